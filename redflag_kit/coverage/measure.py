"""Coverage of one guideline by the vignettes that expect something of it and pass."""

from collections.abc import Iterable

from redflag_kit.coverage.boundaries import boundaries
from redflag_kit.coverage.conditions import conditions
from redflag_kit.coverage.decisions import MOST, decisions
from redflag_kit.coverage.item import totals, uncovered_first
from redflag_kit.coverage.outputs import outputs
from redflag_kit.coverage.rules import rules
from redflag_kit.coverage.shown import Met, shown
from redflag_kit.coverage.unknowns import unknowns
from redflag_kit.coverage.views import views
from redflag_kit.evaluate.engine import Engine
from redflag_kit.results.coverage import (
    DECISIONS,
    KINDS,
    GuidelineCoverage,
    KindTotals,
)


def measure(engine: Engine, met: Iterable[Met], most: int = MOST) -> GuidelineCoverage:
    """Return what is covered. The engine must be made with the cases of the vignettes and with `boundary_cases`."""
    vignettes = shown(engine, met)
    found = views(engine)
    items = [
        *rules(engine, vignettes),
        *outputs(engine, vignettes),
        *conditions(engine, found, vignettes),
        *boundaries(engine, found, vignettes),
        *unknowns(engine, found, vignettes),
    ]
    decided = decisions(engine, vignettes, most)
    items += decided or ()
    counted = tuple(totals(kind, items) for kind in KINDS if kind != DECISIONS or decided is not None)
    if decided is None:
        counted += (KindTotals(DECISIONS, 0, 0, 0, None, f"{most} decisions"),)
    guideline = engine.guideline
    return GuidelineCoverage(
        guideline=guideline.name,
        title=guideline.title,
        path=guideline.path,
        digest=engine.compiled.digest,
        vignettes=len({one.name for one in vignettes}),
        totals=counted,
        items=tuple(one for kind in KINDS for one in uncovered_first([i for i in items if i.kind == kind])),
    )
