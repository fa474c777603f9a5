"""An edition restricted to some of its outputs says of these what it says as a whole, and nothing of the others."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from redflag_kit.analyse.properties.run import examine
from redflag_kit.analyse.properties.verdict import Result
from redflag_kit.evaluate.engine import engine
from redflag_kit.model.condition import Not, OutputTest
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.property import Statement
from redflag_kit.model.restricted import restricted
from redflag_kit.semantics.literal import entail, holds, read
from tests.property import reference
from tests.property.claims import Reader, property_of, values_read
from tests.property.effort import examples
from tests.property.generators import Chooser, guidelines, output_test
from tests.property.models import decision, has, rule, vocabulary
from tests.property.models import guideline as made
from tests.unit.diff.small import FEVER, SCAN, VISIT


@st.composite
def parts(draw: st.DrawFn) -> tuple[Guideline, frozenset[str]]:
    guideline = draw(guidelines())
    return guideline, draw(st.frozensets(st.sampled_from(guideline.covers))) if guideline.covers else frozenset()


@examples(60)
@given(parts())
def test_a_restricted_edition_writes_what_the_whole_one_writes(drawn: tuple[Guideline, frozenset[str]]) -> None:
    whole, kept = drawn
    part = restricted(whole, kept)
    assert set(part.covers) == kept
    assert engine(part).compiled.covers == part.covers
    for patient in reference.legal_patients(whole):
        before, after = read(whole, patient).values, read(part, patient).values
        assert {name: after[name] for name in kept} == {name: before[name] for name in kept}


@examples(60)
@given(parts())
def test_what_is_left_out_entails_nothing(drawn: tuple[Guideline, frozenset[str]]) -> None:
    whole, kept = drawn
    part = restricted(whole, kept)
    for patient in reference.legal_patients(whole):
        values = read(part, patient).values
        gone = {name: "silent" for name in set(whole.covers) - kept if name in part.outputs}
        alone = entail(part, values | gone)
        assert all(entail(part, values)[name] == alone[name] for name in kept)


@examples(30)
@given(guidelines())
def test_an_edition_restricted_to_everything_is_the_edition_itself(guideline: Guideline) -> None:
    assert restricted(guideline, guideline.covers) is guideline


@examples(30)
@given(parts())
def test_what_is_left_out_is_not_covered_however_much_the_tables_kept_write_of_it(
    drawn: tuple[Guideline, frozenset[str]],
) -> None:
    whole, kept = drawn
    part = restricted(whole, kept)
    gone = set(whole.covers) - kept
    for patient in reference.legal_patients(whole):
        assert {read(part, patient).values[name] for name in gone} <= {"not_covered"}


@examples(40)
@given(data=st.data())
def test_a_property_of_a_part_is_refuted_by_confirmed_patients_exactly_if_there_are_any(data: st.DataObject) -> None:
    c = Chooser(data.draw)
    whole, kept = data.draw(parts())
    part = restricted(whole, kept)
    gone = sorted(set(whole.covers) - kept)
    assume(kept and gone)
    when, then = (output_test(c, whole.outputs[c.pick(names)]) for names in (sorted(kept), gone))
    claim = Statement("when", when, Not(then) if c.chance(50) else then)
    one = property_of(claim, values_read(c))
    (verdict,) = examine(part, [one]).verdicts
    reader = Reader(part, one.values)
    asked = [patient for patient in reader.care if holds(claim.when, patient, reader.of(patient))]
    breakers = [patient for patient in asked if not holds(claim.then, patient, reader.of(patient))]
    assert verdict.confirmed
    if verdict.result is not Result.NOT_COVERED:
        assert verdict.result is (Result.REFUTED if breakers else Result.PROVED)


def test_a_definition_that_reads_a_table_left_out_is_left_out_with_it() -> None:
    scanned, hot = OutputTest("scan", frozenset({"now"}), "now"), has("fever")
    first = decision("first", [rule("R", hot, {"scan": "now"})], None)
    for read_by_visit, kept in ((scanned, {"scanned", "hot"}), (hot, {"hot"})):
        second = decision("second", [rule("S", read_by_visit, {"visit": "now"})], None)
        whole = made(vocabulary([FEVER], [SCAN, VISIT]), [first, second])
        defined = replace(whole, definitions={"scanned": scanned, "hot": hot})
        assert set(restricted(defined, ["visit"]).definitions) == kept
