"""Drafts for one guideline that show what no vignette shows: coverage, measured before and after."""

from collections.abc import Sequence
from dataclasses import replace

from redflag_kit.coverage.aim import Aim
from redflag_kit.coverage.edges import boundary_cases, thresholds
from redflag_kit.coverage.measure import holes
from redflag_kit.coverage.shown import Met
from redflag_kit.evaluate.engine import Engine, engine
from redflag_kit.evaluate.vignettes import judge
from redflag_kit.model.guideline import Guideline
from redflag_kit.mutate.verdict import Watch
from redflag_kit.results.coverage import CoverageItem
from redflag_kit.results.suggest import COVERAGE, Noticed, NotSuggested
from redflag_kit.suggest.filled import filled_in
from redflag_kit.suggest.goal import Goal
from redflag_kit.suggest.meet import Effort
from redflag_kit.suggest.plan import Subject, plan
from redflag_kit.workflow.closing import NOT_FOUND, Closing, closed

NO_PATIENT = "only a vignette can show it that leaves a finding unknown; state one by hand"


def closing(
    guideline: Guideline, ref: str, taken: frozenset[str], watching: Sequence[Watch], effort: Effort
) -> Closing:
    """Return drafts that show what the given vignettes do not, as far as measuring again says that they do."""
    ready, missing = _holes(guideline, watching)
    goals = [Goal(name, one.region) for name, one in missing.items() if one.region is not None]
    found = plan(Subject(ready, ref, taken), goals, lambda name: None, effort)
    drafted = [Watch(draft.vignette, draft.vignette.expectations[0]) for draft in found.drafts]
    _, still = _holes(guideline, (*watching, *filled(guideline, drafted)))
    return Closing(
        closed(found, still),
        {name: _noticed(name, one.item) for name, one in missing.items()},
        tuple(_left(name, one) for name, one in still.items() if name in missing),
    )


def filled(guideline: Guideline, waiting: Sequence[Watch]) -> tuple[Watch, ...]:
    """Return watches that wait for outcomes with what comes out now."""
    if not waiting:
        return ()
    now = engine(guideline, [one.vignette.findings for one in waiting])
    return tuple(replace(one, expectation=filled_in(now, one.vignette, one.expectation)) for one in waiting)


def _holes(guideline: Guideline, watching: Sequence[Watch]) -> tuple[Engine, dict[str, Aim]]:
    """Return what the vignettes do not show that some patient could, by the id of a goal."""
    cases = [one.vignette.findings for one in watching]
    ready = engine(guideline, [*cases, *boundary_cases(thresholds(guideline))])
    met = []
    for one in watching:
        case = ready.fill(one.vignette.findings, one.vignette.fill_clean)
        results, faults = judge(ready, one.vignette, one.expectation, case)
        if results and not faults:
            met.append(Met(one.vignette, one.expectation, case, results))
    # Decisions are too many to ask for a vignette each, so they are not even counted.
    return ready, {f"{one.item.kind}: {one.item.id}": one for one in holes(ready, met, 0)}


def _noticed(name: str, one: CoverageItem) -> Noticed:
    return Noticed(name, COVERAGE, one.text, one.rules[0] if one.rules else "", one.file, one.line)


def _left(name: str, one: Aim) -> NotSuggested:
    reason = NO_PATIENT if one.region is None else NOT_FOUND
    return NotSuggested(name, COVERAGE, one.item.text, reason)
