"""What a comparison says of two generated editions is what the literal interpreter says of every patient."""

from __future__ import annotations

from collections import Counter

from hypothesis import assume, given

from redflag_kit.diff.changes import ANY_OUTPUT, changes, constraint_changes
from redflag_kit.diff.compare import Comparison, compare
from redflag_kit.diff.direction import MIRRORED_DIRECTIONS, MIRRORS
from redflag_kit.diff.pair import clashing_findings, pair
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.logic.mdd import Diagram, reorder
from redflag_kit.model.guideline import Guideline
from tests.property.editions import Pair, editions
from tests.property.effort import PATIENTS, examples
from tests.property.generators import guidelines
from tests.unit.diff.listing import Listing, point_of


@examples(25)
@given(guidelines(PATIENTS))
def test_an_edition_is_equivalent_to_itself(guideline: Guideline) -> None:
    found = compare(guideline, guideline, ())
    assert found.equivalent
    assert found.required_bump == "patch"
    nothing = (found.classes, found.unknowns, found.cards, found.edits, found.counts, found.faults)
    assert not any(nothing)


@examples(60)
@given(editions(PATIENTS))
def test_the_classes_of_an_output_partition_exactly_its_changed_patients(given_pair: Pair) -> None:
    assert not clashing_findings(given_pair.old, given_pair.new)
    both = pair(given_pair.old, given_pair.new)
    listed = Listing(given_pair.old, given_pair.new)
    found = list(changes(both))
    expected: dict[tuple[tuple[str, str], tuple[int, ...]], tuple[str, str]] = {}
    for patient, aspect, old, new in listed.changed():
        expected[aspect, point_of(both.atoms, patient)] = (old, new)
    seen: Counter[object] = Counter()
    for patient in listed.legal:
        point = point_of(both.atoms, patient)
        fired = {*listed.old.reading(patient).fired}, {*listed.new.reading(patient).fired}
        for aspect in both.aspects():
            inside = [c for c in found if c.aspect == aspect and both.diagrams.contains(c.region, point)]
            assert [(c.old_value, c.new_value) for c in inside] == (
                [expected[aspect, point]] if (aspect, point) in expected else []
            )
            for change in inside:
                assert {change.old_rule, change.new_rule} - {None} <= fired[0] | fired[1]
                assert change.old_rule is None or change.old_rule in fired[0]
                assert change.new_rule is None or change.new_rule in fired[1]
                seen[change.key] += 1
    assert seen.keys() == {change.key for change in found}


@examples(30)
@given(editions(PATIENTS))
def test_a_changed_set_shows_in_some_compared_element(given_pair: Pair) -> None:
    both = pair(given_pair.old, given_pair.new)
    listed = Listing(given_pair.old, given_pair.new)
    compared = {*both.aspects()}
    for patient in listed.legal:
        for output in both.outputs:
            differs = listed.old.value(patient, output) != listed.new.value(patient, output)
            shown = any(
                listed.old.of_aspect(patient, aspect) != listed.new.of_aspect(patient, aspect)
                for aspect in compared
                if aspect[0] == output
            )
            assert differs == shown


@examples(30)
@given(editions(PATIENTS))
def test_patients_whom_one_edition_allows_form_the_constraint_classes(given_pair: Pair) -> None:
    both = pair(given_pair.old, given_pair.new)
    listed = Listing(given_pair.old, given_pair.new)
    regions = {(c.old_value, c.new_value): c.region for c in constraint_changes(both)}
    expected = {
        ("possible", "impossible"): [p for p in listed.by_old if p not in listed.legal],
        ("impossible", "possible"): [p for p in listed.by_new if p not in listed.legal],
    }
    for key, patients in expected.items():
        points = {point_of(both.atoms, patient) for patient in patients}
        allowed = {point_of(both.atoms, patient) for patient in listed.legal}
        region = regions.pop(key, both.diagrams.empty)
        assert points - allowed <= {point for point in points if both.diagrams.contains(region, point)}
        assert region.is_empty() == (not points - allowed)
    assert not regions


@examples(40)
@given(editions(PATIENTS))
def test_every_class_is_shown_with_its_witness_and_its_exact_region(given_pair: Pair) -> None:
    found = compare(given_pair.old, given_pair.new, ())
    both = pair(given_pair.old, given_pair.new)
    assert not found.faults
    assert len(found.classes) == len([*constraint_changes(both), *changes(both)])
    for one in found.classes:
        assert one.region.cubes
        assert one.region.text
        values = dict(one.witness.old), dict(one.witness.new)
        if one.output == ANY_OUTPUT[0]:
            assert (values[0] == {"*": "impossible"}) != (values[1] == {"*": "impossible"})
        else:
            assert values[0][one.output] != values[1][one.output]
            assert one.old_rule.id in ("", *(rule.id for rule in one.witness.old_rules if rule.decisive))
            assert one.new_rule.id in ("", *(rule.id for rule in one.witness.new_rules if rule.decisive))


@examples(40)
@given(editions(PATIENTS))
def test_the_way_back_is_the_mirror_class_by_class(given_pair: Pair) -> None:
    # The newer edition says which end of a scale is the urgent one; where the older says otherwise nothing mirrors.
    declared = given_pair.old.outputs, given_pair.new.outputs
    assume(all(declared[0][name] == declared[1][name] for name in declared[0].keys() & declared[1]))
    forth, back = compare(given_pair.old, given_pair.new, ()), compare(given_pair.new, given_pair.old, ())
    assert Counter(mirrored(forth)) == Counter(summary(back))
    assert forth.equivalent == back.equivalent
    assert {MIRRORS[u.kind] for u in forth.unknowns} == {u.kind for u in back.unknowns}
    old, new = pair(given_pair.old, given_pair.new), pair(given_pair.new, given_pair.old)
    reversed_classes = {(c.aspect, c.new_value, c.old_value, c.new_rule, c.old_rule): c.region for c in changes(new)}
    for change in changes(old):
        region = reversed_classes.pop(
            (change.aspect, change.old_value, change.new_value, change.old_rule, change.new_rule)
        )
        assert by_name(change.region) == by_name(region)
    assert not reversed_classes


@examples(25)
@given(editions(PATIENTS))
def test_the_version_step_is_major_exactly_if_something_is_less_urgent_lost_or_gone(given_pair: Pair) -> None:
    old, new = given_pair.old, given_pair.new
    found = compare(old, new, ())
    worse = any(one.direction in ("less_urgent", "lost") for one in found.classes)
    gone = not {*old.covers} <= {*new.covers} or not {*old.vocabulary.findings} <= {*new.vocabulary.findings}
    expected = "major" if worse or gone else "patch" if found.equivalent else "minor"
    assert found.required_bump == expected


Row = tuple[str, str, str, str, str, str, str, str]


def summary(found: Comparison) -> list[Row]:
    return [
        (c.output, c.element, c.kind, c.direction, c.from_value, c.to_value, c.old_rule.id, c.new_rule.id)
        for c in found.classes
    ]


def mirrored(found: Comparison) -> list[Row]:
    return [
        (output, element, MIRRORS[kind], MIRRORED_DIRECTIONS[direction], after, before, new, old)
        for output, element, kind, direction, before, after, old, new in summary(found)
    ]


def by_name(region: BddRegion) -> Diagram:
    """Return a region over findings in order of their names, so that two spaces can be compared."""
    return reorder(region.owner.freeze(region), sorted(region.owner.space.names))
