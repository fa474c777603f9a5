"""What a comparison says of missing information is what going through all cases says."""

from __future__ import annotations

from hypothesis import assume, given

from redflag_kit.diff.changes import changes
from redflag_kit.diff.compare import compare
from redflag_kit.diff.pair import pair, pair_with_flags
from redflag_kit.diff.unknowns import hinges
from tests.property.editions import Pair, editions
from tests.property.effort import FACTOR, examples
from tests.unit.diff.listing import Listing, outcome

FEW_CASES = 64 if FACTOR == 1 else 160
"""Patients of a vocabulary whose cases are all gone through: about three cases for each."""


@examples(80)
@given(editions(FEW_CASES))
def test_the_kinds_reported_are_exactly_those_that_occur(given_pair: Pair) -> None:
    listed = Listing(given_pair.old, given_pair.new)
    expected, _ = listed.kinds()
    both, flagged = pair(given_pair.old, given_pair.new), pair_with_flags(given_pair.old, given_pair.new)
    found = list(hinges(flagged, frozenset(change.aspect for change in changes(both))))
    by_element = {aspect[0] for aspect, _ in expected if aspect[1] and aspect in both.aspects()}
    compared = {*both.aspects()} | {whole for whole in listed.whole_outputs if whole[0] not in by_element}
    assert {(hinge.aspect, hinge.kind) for hinge in found} == {key for key in expected if key[0] in compared}
    for hinge in found:
        assert hinge.confirmed is True
        case = {name: hinge.known.get(name) for name in listed.values}
        assert case in expected[hinge.aspect, hinge.kind]
        claimed = ({*hinge.old}, {*hinge.new})
        for patients, table, values in zip(listed.filled(case), listed.tables(hinge.aspect), claimed, strict=True):
            assert outcome(table, patients) == values


@examples(80)
@given(editions(FEW_CASES))
def test_editions_are_equivalent_exactly_if_all_patients_and_all_cases_agree(given_pair: Pair) -> None:
    listed = Listing(given_pair.old, given_pair.new)
    assume({*given_pair.old.covers} == {*given_pair.new.covers})
    _, any_change = listed.kinds()
    same = not any_change and listed.by_old == listed.by_new and not any(listed.changed())
    assert compare(given_pair.old, given_pair.new, ()).equivalent == same
