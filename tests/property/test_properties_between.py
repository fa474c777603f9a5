"""Properties between two editions agree with going through every patient of both, one by one."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from redflag_kit.analyse.properties.between import Wards, decide_between, wards
from redflag_kit.analyse.properties.verdict import Result
from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.diagnostics.span import NOWHERE
from redflag_kit.logic.bdd import BddRegion, Diagrams
from redflag_kit.logic.budget import NO_DEADLINE
from redflag_kit.logic.sat import Clauses, SatRegion
from redflag_kit.model import condition as conditions
from redflag_kit.model.condition import Condition, OutputTest
from redflag_kit.model.property import Between, Carried, Editions, Known, NeverLess, Property, Values
from redflag_kit.semantics.literal import Patient, holds
from redflag_kit.terms.scale import STATUSES
from tests.property.claims import Reader, is_lower, ordered, property_of, readable_by, unusual, values_read
from tests.property.editions import Pair, pair_of
from tests.property.effort import examples
from tests.property.generators import Chooser, condition_of

PATIENTS = 64
OLD, NEW = Editions("old", "rules"), Editions("new", "rules")


def pair_with_one_vocabulary(c: Chooser) -> Pair:
    found = pair_of(c, PATIENTS)
    one, other = found.old.vocabulary, found.new.vocabulary
    assume((one.findings, one.outputs) == (other.findings, other.outputs))
    return found


def claim_of(c: Chooser, pair: Pair) -> Between:
    testable = readable_by(pair.new)
    when = condition_of(c, testable, 1)
    if c.chance(50):
        word = c.pick(("then_new", "never_new"))
        return Between(OLD, NEW, when, Carried(word, condition_of(c, testable, 1)))
    return Between(OLD, NEW, when, NeverLess(tuple(o.id for o in c.some(ordered(pair.new), least=1))))


def read_by(condition: Condition) -> set[str]:
    return {test.output for test in conditions.tests(condition) if isinstance(test, OutputTest)}


def is_vacuous(claim: Between, pair: Pair) -> bool:
    asked = [(pair.old, read_by(claim.when))]
    if isinstance(claim.kept, NeverLess):
        asked.append((pair.old, set(claim.kept.outputs)))
    elif claim.kept.word == "never_new":
        asked.append((pair.new, read_by(claim.kept.condition)))
    return any(outputs and not outputs & set(edition.covers) for edition, outputs in asked)


class Both:
    """Two editions, every patient of both read word by word."""

    def __init__(self, pair: Pair, values: Values) -> None:
        self.old, self.new = Reader(pair.old, values), Reader(pair.new, values)
        self.patients = [p for p in self.old.care if p in self.new.legal]

    def breakers(self, claim: Between) -> list[Patient]:
        asked = [p for p in self.patients if holds(claim.when, p, self.old.of(p))]
        return [p for p in asked if self._breaks(claim, p)]

    def _breaks(self, claim: Between, patient: Patient) -> bool:
        before, after = self.old.of(patient), self.new.of(patient)
        inside = holds(self.new.guideline.scope, patient, {})
        if isinstance(claim.kept, Carried):
            said = inside and holds(claim.kept.condition, patient, after)
            return said if claim.kept.word == "never_new" else not said
        for name in claim.kept.outputs:
            scale = self.old.guideline.vocabulary.outputs[name].scale
            assert scale is not None
            value = "silent" if after[name] in STATUSES else after[name]
            if name in self.old.guideline.covers and is_lower(scale, value, before[name]):
                return True
        return False


def by_diagrams(pair: Pair, one: Property) -> Wards[BddRegion]:
    old, new = ((g, compile_guideline(g)) for g in (pair.old, pair.new))
    return wards(old, new, [one], Diagrams)


def by_search(pair: Pair, one: Property) -> Wards[SatRegion]:
    old, new = ((g, compile_guideline(g)) for g in (pair.old, pair.new))
    return wards(old, new, [one], lambda space: Clauses(space, deadline=NO_DEADLINE))


@examples(60)
@given(data=st.data())
def test_it_is_refuted_exactly_if_somebody_breaks_it_and_by_the_most_ordinary_of_them(data: st.DataObject) -> None:
    c = Chooser(data.draw)
    pair = pair_with_one_vocabulary(c)
    claim = claim_of(c, pair)
    one = property_of(claim, values_read(c))
    here = by_diagrams(pair, one)
    (verdict,) = decide_between(here, one).verdicts
    if is_vacuous(claim, pair):
        assert verdict.result is Result.NOT_COVERED
        return
    both = Both(pair, one.values)
    found = both.breakers(claim)
    assert verdict.result is (Result.REFUTED if found else Result.PROVED)
    assert (verdict.confirmed, verdict.smallest, verdict.old) == (True, True, pair.old)
    if verdict.counterexample is not None:
        shown = verdict.counterexample.patient
        assert shown in found
        assert unusual(here.new, (shown, ())) == min(unusual(here.new, (patient, ())) for patient in found)
    assert decide_between(by_search(pair, one), one).verdicts == (verdict,)


@examples(25)
@given(data=st.data())
def test_known_violations_are_told_from_others_and_from_stale_ones(data: st.DataObject) -> None:
    c = Chooser(data.draw)
    pair = pair_with_one_vocabulary(c)
    claim = claim_of(c, pair)
    assume(not is_vacuous(claim, pair))
    testable = readable_by(pair.new)
    testable.outputs = []
    where = condition_of(c, testable, 1)
    known = Known(NEW, where, "it is so", ("BOOK",), NOWHERE)
    one = property_of(claim, values_read(c), (known,))
    decided = decide_between(by_diagrams(pair, one), one)
    found = Both(pair, one.values).breakers(claim)
    inside, outside = (
        [p for p in found if holds(where, p, {})],
        [p for p in found if not holds(where, p, {})],
    )
    assert len(decided.stale) == (not inside)
    assert [v.known is not None for v in decided.verdicts] == [True] * bool(inside) + [False] * bool(
        outside or not inside
    )
