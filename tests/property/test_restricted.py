"""An edition restricted to some of its outputs says of these what it says as a whole, and nothing of the others."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from redflag_kit.evaluate.engine import engine
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.restricted import restricted
from redflag_kit.semantics.literal import entail, read
from tests.property import reference
from tests.property.effort import examples
from tests.property.generators import guidelines


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
