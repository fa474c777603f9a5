"""Coverage of one guideline by the vignettes that expect something of it and pass."""

from collections.abc import Iterable, Sequence

from redflag_kit.coverage.aim import Aim
from redflag_kit.coverage.boundaries import boundaries
from redflag_kit.coverage.conditions import conditions
from redflag_kit.coverage.decisions import MOST, decisions
from redflag_kit.coverage.item import totals, uncovered_first
from redflag_kit.coverage.outputs import outputs
from redflag_kit.coverage.rules import rules
from redflag_kit.coverage.shown import Met, Shown, shown
from redflag_kit.coverage.unknowns import unknowns
from redflag_kit.coverage.views import views
from redflag_kit.evaluate.engine import Engine
from redflag_kit.results.coverage import (
    DECISIONS,
    KINDS,
    UNCOVERED,
    GuidelineCoverage,
    KindTotals,
)


def measure(engine: Engine, met: Iterable[Met], most: int = MOST) -> GuidelineCoverage:
    """Return what is covered. The engine must be made with the cases of the vignettes and with `boundary_cases`."""
    vignettes = shown(engine, met)
    found, counted_decisions = _aims(engine, vignettes, most)
    items = [one.item for one in found]
    counted = tuple(totals(kind, items) for kind in KINDS if kind != DECISIONS or counted_decisions)
    if not counted_decisions:
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


def holes(engine: Engine, met: Iterable[Met], most: int = MOST) -> tuple[Aim, ...]:
    """Return what is not covered though some patient could show it, each with every patient who would.

    The engine is one for `measure`. Decisions are left out where there are more than `most`.
    """
    found, _ = _aims(engine, shown(engine, met), most)
    return tuple(one for one in found if one.item.state == UNCOVERED)


def _aims(engine: Engine, vignettes: Sequence[Shown], most: int) -> tuple[tuple[Aim, ...], bool]:
    """Return every aim, kind by kind, and whether decisions are among them."""
    found = views(engine)
    decided = decisions(engine, vignettes, most)
    kinds = (
        rules(engine, vignettes),
        outputs(engine, vignettes),
        conditions(engine, found, vignettes),
        boundaries(engine, found, vignettes),
        unknowns(engine, found, vignettes),
        decided or (),
    )
    return tuple(aim for kind in kinds for aim in kind), decided is not None
