"""Beyond the budget of diagrams the same classes are found, with the same witnesses, and what is left open is named."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given

from redflag_kit.diff.compare import FINGERPRINTS, MISSING, VIGNETTES, Comparison, compare
from redflag_kit.logic.budget import Budget
from tests.property.editions import Pair, editions
from tests.property.effort import PATIENTS, examples

NO_DIAGRAMS = Budget(nodes=1)


def told(found: Comparison) -> Sequence[object]:
    """Return all that is said of the classes without diagrams, in an order that does not depend on their ids."""
    return sorted(
        ((one.output, one.element, one.from_value, one.to_value, one.old_rule.id, one.new_rule.id),
         (one.kind, one.direction, one.sentence, one.witness.case, one.witness.old, one.witness.new))
        for one in found.classes
    )  # fmt: skip


@examples(30)
@given(editions(PATIENTS))
def test_a_search_finds_the_classes_and_witnesses_that_diagrams_find(given_pair: Pair) -> None:
    exact = compare(given_pair.old, given_pair.new, ())
    searched = compare(given_pair.old, given_pair.new, (), NO_DIAGRAMS)
    assert not searched.faults
    assert told(searched) == told(exact)
    assert (searched.alignment, searched.unchanged_edits) == (exact.alignment, exact.unchanged_edits)
    assert {one.edit.kind for one in searched.edits} == {one.edit.kind for one in exact.edits}
    assert searched.declared_bump == exact.declared_bump


@examples(30)
@given(editions(PATIENTS))
def test_a_search_proves_or_refutes_equivalence_or_says_what_is_open(given_pair: Pair) -> None:
    exact = compare(given_pair.old, given_pair.new, ())
    searched = compare(given_pair.old, given_pair.new, (), NO_DIAGRAMS)
    open_questions = [one.question for one in searched.undecided]
    if searched.equivalent is None:
        assert not exact.classes
        assert open_questions == [MISSING]
    else:
        assert searched.equivalent == exact.equivalent
        assert open_questions == [] or searched.classes
        assert set(open_questions) <= {FINGERPRINTS, VIGNETTES, MISSING}


@examples(20)
@given(editions(PATIENTS))
def test_regions_found_by_search_are_told(given_pair: Pair) -> None:
    for one in compare(given_pair.old, given_pair.new, (), NO_DIAGRAMS).classes:
        assert one.region.cubes
        assert one.region.exact or len(one.region.cubes) > 1
