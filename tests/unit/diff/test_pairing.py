"""Each edition of either state of a project stands in exactly one place, next to what it must be compared with."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from redflag_kit.diff.pairing import ADDED, CHANGED, FIRST, REMOVED, Counterparts, pairing
from redflag_kit.model.guideline import Guideline
from redflag_kit.terms.version import Version
from tests.property.effort import examples
from tests.unit.diff.small import edition, feverish

ANY = edition(feverish())


def made(name: str, number: int, path: str = "") -> Guideline:
    version = Version((number, 0, 0), f"{number}.0.0")
    return replace(ANY, id=name, version=version, path=path or f"guidelines/{name}/{number}.yaml")


def told(entries: tuple[Counterparts, ...]) -> list[tuple[str, str, str]]:
    return [(one.kind, one.old.name if one.old else "", one.new.name if one.new else "") for one in entries]


def never(_old: Guideline, _new: Guideline) -> bool:
    return False


def test_the_same_edition_is_compared_with_itself_wherever_its_file_is():
    found = pairing([made("acp", 1, "a.yaml")], [made("acp", 1, "b.yaml")], never)
    assert told(found.entries) == [(CHANGED, "acp@1.0.0", "acp@1.0.0")]
    assert (found.entries[0].old_path, found.entries[0].new_path) == ("a.yaml", "b.yaml")


def test_an_edition_whose_version_was_raised_in_place_is_compared_with_what_the_file_was():
    found = pairing([made("acp", 1, "a.yaml"), made("acp", 3, "b.yaml")], [made("acp", 4, "a.yaml")], never)
    assert told(found.entries) == [(REMOVED, "acp@3.0.0", ""), (CHANGED, "acp@1.0.0", "acp@4.0.0")]


def test_another_guideline_at_the_same_path_is_no_counterpart():
    found = pairing([made("acp", 1, "a.yaml")], [made("acr", 1, "a.yaml")], never)
    assert told(found.entries) == [(REMOVED, "acp@1.0.0", ""), (FIRST, "", "acr@1.0.0")]


def test_a_new_edition_is_compared_with_the_highest_lower_version_of_its_family():
    old = [made("acp", 1), made("acp", 2), made("acp", 9), made("acr", 3)]
    found = pairing(old, [*old, made("acp", 4)], lambda _a, _b: True)
    assert told(found.entries) == [(ADDED, "acp@2.0.0", "acp@4.0.0")]
    assert [one.name for one in found.unchanged] == ["acp@1.0.0", "acp@2.0.0", "acp@9.0.0", "acr@3.0.0"]


def test_every_entry_names_the_files_of_both_sides_and_no_file_where_there_is_no_edition():
    found = pairing([made("acp", 1, "a.yaml")], [made("acp", 2, "b.yaml"), made("acr", 1, "c.yaml")], never)
    assert [(one.kind, one.old_path, one.new_path) for one in found.entries] == [
        (REMOVED, "a.yaml", ""),
        (ADDED, "a.yaml", "b.yaml"),
        (FIRST, "", "c.yaml"),
    ]


def test_an_edition_keeps_its_place_where_the_other_sides_file_cannot_be_read():
    gone, come = made("acp", 1, "a.yaml"), made("acr", 1, "b.yaml")
    found = pairing([gone], [come], never, (["b.yaml"], ["a.yaml"]))
    assert found.entries == (
        Counterparts(CHANGED, gone, None, "a.yaml", "a.yaml"),
        Counterparts(CHANGED, None, come, "b.yaml", "b.yaml"),
    )


def test_texts_are_compared_old_with_new_and_only_the_same_text_is_unchanged():
    old, new = (
        [made("acp", 1, "a.yaml"), made("acr", 1, "b.yaml")],
        [made("acp", 1, "c.yaml"), made("acr", 1, "b.yaml")],
    )
    asked = []

    def same_path(before: Guideline, after: Guideline) -> bool:
        asked.append((before.path, after.path))
        return before.path == after.path

    found = pairing(old, new, same_path)
    assert set(asked) == {("a.yaml", "c.yaml"), ("b.yaml", "b.yaml")}
    assert told(found.entries) == [(CHANGED, "acp@1.0.0", "acp@1.0.0")]
    assert found.unchanged == (new[1],)


def test_an_edition_before_all_others_has_none_to_be_compared_with():
    found = pairing([made("acp", 2)], [made("acp", 1), made("acp", 2)], never)
    assert told(found.entries) == [(FIRST, "", "acp@1.0.0"), (CHANGED, "acp@2.0.0", "acp@2.0.0")]


def test_a_file_that_cannot_be_read_makes_no_edition_new_or_removed():
    found = pairing([], [made("acp", 1, "a.yaml")], never, ({"a.yaml"}, ()))
    assert told(found.entries) == [(CHANGED, "", "acp@1.0.0")]
    found = pairing([made("acp", 1, "a.yaml")], [], never, ((), {"a.yaml"}))
    assert told(found.entries) == [(CHANGED, "acp@1.0.0", "")]


def states() -> st.SearchStrategy[tuple[list[Guideline], list[Guideline]]]:
    one = st.builds(made, st.sampled_from("ab"), st.integers(1, 4), st.sampled_from(["p", "q", "r", "s", "t"]))
    side = st.lists(one, max_size=5, unique_by=(lambda g: g.name, lambda g: g.path))
    return st.tuples(side, side)


@examples(100)
@given(states(), st.sets(st.sampled_from(["p", "q", "r", "s", "t"])), st.booleans())
def test_each_edition_is_in_exactly_one_place(
    both: tuple[list[Guideline], list[Guideline]], lost: set[str], alike: bool
):
    old, new = both
    free = [{path for path in lost if all(one.path != path for one in side)} for side in (old, new)]
    found = pairing(old, new, lambda _a, _b: alike, (free[0], free[1]))
    placed_new = Counter(one.new.name for one in found.entries if one.new)
    placed_new.update(one.name for one in found.unchanged)
    assert placed_new == Counter(one.name for one in new)
    placed_old = Counter(one.old.name for one in found.entries if one.old and one.kind != ADDED)
    assert all(number == 1 for number in placed_old.values())
    if not alike:
        assert set(placed_old) == {one.name for one in old}
    for one in found.entries:
        if one.kind == ADDED:
            assert one.old is not None
            assert one.new is not None
            lower = [other.version for other in old if other.id == one.new.id and other.version < one.new.version]
            assert one.old.version == max(lower)
        if one.kind == FIRST:
            assert one.new is not None
            assert not [other for other in old if other.id == one.new.id and other.version < one.new.version]
