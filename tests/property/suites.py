"""Vignettes that pass, made from cases: some outputs listed with what really comes out, the others silent or any."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from redflag_kit.coverage.edges import boundary_cases, thresholds
from redflag_kit.coverage.shown import Met
from redflag_kit.diagnostics.span import NOWHERE
from redflag_kit.evaluate.engine import Engine, engine
from redflag_kit.evaluate.outcome import outcomes
from redflag_kit.evaluate.vignettes import judge
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Expectation, Expected, Vignette
from redflag_kit.results.case import Outcome
from redflag_kit.terms.scale import STATUSES
from tests.property.effort import PATIENTS
from tests.property.generators import Case, Chooser, case_of, guideline_of


@dataclass(frozen=True)
class Suite:
    """A guideline with cases, and which vignettes each was made into."""

    guideline: Guideline
    cases: list[Case]
    engine: Engine
    met: list[Met]


@st.composite
def suites(draw: st.DrawFn, patients: int = PATIENTS, cases: int = 4) -> Suite:
    """Return guidelines with vignettes that pass; cases that contradict themselves are left out."""
    c = Chooser(draw)
    guideline = guideline_of(c, patients)
    drawn = [case_of(c, guideline) for _ in range(cases)]
    ready = engine(guideline, [*(stated for stated, _ in drawn), *boundary_cases(thresholds(guideline))])
    kept, met = [], []
    for number, case in enumerate(drawn):
        filled = ready.fill(case[0], bool(case[1]))
        if filled.region.is_empty():
            continue
        expectation = _expectation(c, outcomes(ready, filled))
        span = NOWHERE
        name = f"V{number}"
        vignette = Vignette(name, name, "", "", (), case[0], bool(case[1]), "", (expectation,), todo=False, span=span)
        rows, faults = judge(ready, vignette, expectation, filled)
        assert not faults
        if rows:
            kept.append(case)
            met.append(Met(vignette, expectation, filled, rows))
    return Suite(guideline, kept, ready, met)


def _expectation(c: Chooser, found: tuple[Outcome, ...]) -> Expectation:
    words = {one.written for one in found}
    if len(words) == 1 and len(word := next(iter(words))) == 1 and word[0] in STATUSES and c.chance(60):
        whole = Expected("", word[0], frozenset(word))
        return Expectation("g", "1", (), whole, (), "", strict=False, span=NOWHERE)
    listed = [one for one in found if one.written != ("silent",) or c.chance(30)]
    strict = len(listed) < len(found) and c.chance(70)
    if not strict:
        listed = [one for one in listed if c.chance(80)]
    return Expectation("g", "1", tuple(_expected(c, one) for one in listed), None, (), "", strict, NOWHERE)


def _expected(c: Chooser, one: Outcome) -> Expected:
    """Return what really comes out, or only that it is undecided."""
    if not one.decided and c.chance(30):
        return Expected(one.output, "undecided", undecided=True)
    if one.kind == "ordered" or not one.may:
        return Expected(one.output, "values", values=frozenset(one.possible))
    return Expected(one.output, "members", must=frozenset(one.must), may=frozenset((*one.may, *one.possible)))
