"""Expectations that wait to be filled in, with what the guideline says now in place of `TODO`.

Never written to a file: whether what comes out is right is for a person to say. It serves to find out what a vignette
will notice once somebody has confirmed the present outcome.
"""

from dataclasses import replace

from redflag_kit.evaluate.engine import Engine
from redflag_kit.evaluate.outcome import outcomes
from redflag_kit.model.vignette import Expectation, Expected, Vignette
from redflag_kit.results.case import Outcome


def waits(expectation: Expectation) -> bool:
    """Say whether anything of an expectation is still to be filled in."""
    return any(one.todo for one in (*expectation.outcomes, *([expectation.whole] if expectation.whole else ())))


def filled_in(engine: Engine, vignette: Vignette, expectation: Expectation) -> Expectation:
    """Return the expectation with the present outcomes. The engine must be made with the case of the vignette."""
    case = engine.fill(vignette.findings, vignette.fill_clean)
    if case.region.is_empty():
        return expectation
    now = {one.output: one for one in outcomes(engine, case)}
    if expectation.whole is None:
        kept = tuple(_now(now[one.output]) if one.todo and one.output in now else one for one in expectation.outcomes)
        return replace(expectation, outcomes=kept)
    said = {one.written for one in now.values()}
    if len(said) == 1 and len(written := next(iter(said))) == 1:
        return replace(expectation, whole=Expected("", written[0], values=frozenset(written)))
    return replace(expectation, whole=None, outcomes=tuple(map(_now, now.values())))


def _now(outcome: Outcome) -> Expected:
    """Return what comes out as an expectation that is met by it and by nothing else."""
    may = frozenset((*outcome.may, *outcome.possible))
    if not outcome.may:
        return Expected(outcome.output, ", ".join(outcome.possible), values=may)
    return Expected(outcome.output, ", ".join(sorted(may)), must=frozenset(outcome.must), may=may)
