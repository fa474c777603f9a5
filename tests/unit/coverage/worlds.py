"""Small projects whose coverage is known by hand."""

from __future__ import annotations

from typing import Any

from redflag_kit.coverage.edges import boundary_cases, thresholds
from redflag_kit.coverage.measure import measure
from redflag_kit.coverage.shown import Met
from redflag_kit.evaluate.engine import Engine, engine
from redflag_kit.evaluate.vignettes import judge
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Vignette
from redflag_kit.results.coverage import CoverageItem, GuidelineCoverage
from tests.unit.evaluate.worlds import library


def measured(*decisions: str, vignettes: tuple[str, ...] = (), most: int = 1000, **options: Any) -> GuidelineCoverage:
    """Return the coverage of a guideline by vignettes written as by `evaluate.worlds.case`; all must pass."""
    found = library(*decisions, vignettes="".join(vignettes), **options)
    ready, met = meeting(found.guidelines[0], [one for _, one in found.vignettes])
    return measure(ready, met, most)


def meeting(guideline: Guideline, vignettes: list[Vignette]) -> tuple[Engine, list[Met]]:
    """Return a guideline ready for vignettes, and all that they expect of it, which it meets."""
    ready = engine(guideline, [*(one.findings for one in vignettes), *boundary_cases(thresholds(guideline))])
    met = []
    for vignette in vignettes:
        case = ready.fill(vignette.findings, vignette.fill_clean)
        for expectation in vignette.expectations:
            rows, faults = judge(ready, vignette, expectation, case)
            assert not faults
            met.append(Met(vignette, expectation, case, rows))
    return ready, met


def states(found: GuidelineCoverage, kind: str) -> dict[str, str]:
    """Return, per item of a kind, the vignette that covers it, or else its state."""
    return {one.id: one.vignette or one.state for one in items(found, kind)}


def items(found: GuidelineCoverage, kind: str) -> list[CoverageItem]:
    """Return the items of a kind, but for the rule that `otherwise: silent` stands for."""
    return [one for one in found.items if one.kind == kind and not one.id.startswith("d.otherwise ")]


def counts(found: GuidelineCoverage, kind: str) -> tuple[int, int, int]:
    """Return how many items of a kind are covered, how many there are, and how many nobody can show."""
    (total,) = [one for one in found.totals if one.kind == kind]
    return total.covered, total.items, total.impossible
