"""Safety properties agree with going through every patient, and every case, one by one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redflag_kit.analyse.properties.verdict import Result, decide, outputs_of
from redflag_kit.analyse.properties.ward import Ward, ward
from redflag_kit.logic.bdd import BddRegion, Diagrams
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.property import Claim, Monotone, Property
from redflag_kit.semantics.literal import holds
from tests.property.claims import (
    Reader,
    floor_of,
    known_where,
    lowered,
    monotone_of,
    property_of,
    readable_by,
    statement_of,
    troubles,
    unknown_safety_of,
    unusual,
    values_read,
)
from tests.property.effort import examples
from tests.property.generators import Chooser, condition_of, guideline_of

PATIENTS = 64
Maker = Callable[[Chooser, Guideline], Claim]
MAKERS: dict[str, Maker] = {
    "statement": statement_of,
    "floor": floor_of,
    "monotone": monotone_of,
    "unknown_safety": unknown_safety_of,
}


def world(data: st.DataObject, kind: str) -> tuple[Guideline, Claim, Chooser]:
    c = Chooser(data.draw)
    guideline = guideline_of(c, PATIENTS)
    return guideline, MAKERS[kind](c, guideline), c


def ready(guideline: Guideline, one: Property) -> Ward[BddRegion]:
    return ward(guideline, [one], lambda space: Diagrams(space, 200_000))


@pytest.mark.parametrize("kind", MAKERS)
@examples(40)
@given(data=st.data())
def test_a_property_is_refuted_exactly_if_somebody_breaks_it_and_by_the_most_ordinary_of_them(
    kind: str, data: st.DataObject
) -> None:
    guideline, claim, c = world(data, kind)
    one = property_of(claim, values_read(c))
    here = ready(guideline, one)
    (verdict,) = decide(here, one).verdicts
    outputs = outputs_of(claim)
    if outputs and not set(outputs) & set(guideline.covers):
        assert verdict.result is Result.NOT_COVERED
        return
    reader = Reader(guideline, one.values)
    found = list(troubles(reader, claim))
    assert verdict.result is (Result.REFUTED if found else Result.PROVED)
    assert (verdict.confirmed, verdict.smallest) == (True, True)
    shown = verdict.counterexample
    assert (shown is None) == (not found)
    if shown is None:
        return
    trouble = (dict(shown.patient), shown.unknown)
    assert trouble in found
    assert unusual(here, trouble) == min(unusual(here, one) for one in found)
    if isinstance(claim, Monotone):
        assert any(lowered(reader, claim, shown.patient))


@pytest.mark.parametrize("kind", MAKERS)
@examples(15)
@given(data=st.data())
def test_known_violations_are_told_from_others_and_from_stale_ones(kind: str, data: st.DataObject) -> None:
    guideline, claim, c = world(data, kind)
    testable = readable_by(guideline)
    testable.outputs = []
    where = condition_of(c, testable, 1)
    one = property_of(claim, values_read(c), (known_where(where),))
    decided = decide(ready(guideline, one), one)
    if decided.verdicts[0].result is Result.NOT_COVERED:
        return
    found = list(troubles(Reader(guideline, one.values), claim))
    inside = [p for p, _ in found if holds(where, p, {})]
    outside = [p for p, _ in found if not holds(where, p, {})]
    assert len(decided.stale) == (not inside)
    assert [v.known is not None for v in decided.verdicts] == [True] * bool(inside) + [False] * bool(
        outside or not inside
    )
    for verdict in decided.verdicts:
        if verdict.counterexample is not None:
            assert holds(where, verdict.counterexample.patient, {}) is (verdict.known is not None)
            assert verdict.confirmed
