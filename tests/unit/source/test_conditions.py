"""Conditions: what is combined, what is refused, and that nothing is lost in silence."""

import pytest

from redflag_kit.diagnostics.codes import RF150, RF151
from redflag_kit.diagnostics.span import NOWHERE
from redflag_kit.model.condition import All, Always, Any, AtLeast, Named, Not, WordTest
from redflag_kit.source.conditions import names_in, read_condition, size
from redflag_kit.source.names import FAULT_LIMIT, Faults, TooManyFaultsError
from redflag_kit.source.ordering import cycle_in, in_order
from tests.unit.source.reading import names, node_of, read

FEVER = WordTest("fever", frozenset({"present"}), "present")
NUMB = WordTest("numb_saddle", frozenset({"present"}), "present")


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("always", Always()),
        ("fever", FEVER),
        ("{fever: present, numb_saddle: present}", All((FEVER, NUMB))),
        ("{all: [fever, numb_saddle]}", All((FEVER, NUMB))),
        ("{any: [fever, numb_saddle]}", Any((FEVER, NUMB))),
        ("{not: fever}", Not(FEVER)),
        ("{at_least: {n: 2, of: [fever, numb_saddle]}}", AtLeast(2, (FEVER, NUMB))),
        ("{at_least: {of: [fever, numb_saddle], n: 1}}", AtLeast(1, (FEVER, NUMB))),
    ],
)
def test_a_condition_means_what_it_says(text, meaning):
    assert read(read_condition, text, names()).value == meaning


def test_a_definition_is_kept_by_its_name():
    found = read(read_condition, "infection_signs", names()).value
    assert isinstance(found, Named)
    assert found.name == "infection_signs"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{}", "RF124"),
        ("[fever]", "RF124"),
        ("5", "RF124"),
        ("true", "RF124"),
        ("~", "RF124"),
        ("pain_days", "RF125"),
        ("mri", "RF125"),
        ("points", "RF125"),
        ("adult", "RF124"),
        ("feverish", "RF107"),
        ("{all: []}", "RF139"),
        ("{any: fever}", "RF124"),
        ("{not: [fever]}", "RF124"),
        ("{all: [fever, feverish]}", "RF107"),
        ("{fever: present, feverish: present}", "RF107"),
        ("{infection_signs: present}", "RF125"),
        ("{at_least: fever}", "RF124"),
        ("{at_least: {n: 1}}", "RF124"),
        ("{at_least: {n: two, of: [fever]}}", "RF124"),
        ("{at_least: {n: true, of: [fever]}}", "RF124"),
        ("{at_least: {n: 2, of: [fever]}}", "RF124"),
        ("{at_least: {n: 1, of: [feverish]}}", "RF107"),
        ("{at_least: {n: 1, of: fever}}", "RF124"),
    ],
)
def test_what_is_no_condition_is_refused(text, code):
    found = read(read_condition, text, names())
    assert found.value is None
    assert found.codes == [code]


def test_a_name_whose_declaration_failed_is_not_told_again():
    known = names()
    faults = Faults()
    known.failed |= {"rash", "itch"}
    faults.add(NOWHERE, RF150, "first")
    for text in ("{all: [rash, {itch: severe}, feverish]}",):
        assert read_condition(node_of(text), known, faults) is None
    assert [one.code.id for one in faults.found] == ["RF150", "RF107"]


def test_the_names_of_a_condition_are_found_and_the_words_of_its_tests_are_not():
    text = "{all: [a, {not: b}, {c: minor}, {at_least: {n: 2, of: [d, {any: [e]}]}}, {f: [g, h]}]}"
    assert names_in(node_of(text)) >= {"a", "b", "c", "d", "e", "f"}
    assert not names_in(node_of(text)) & {"minor", "g", "h"}


def test_the_size_of_a_condition_counts_definitions_written_out():
    condition = All((FEVER, Named("x", Any((FEVER, NUMB)))))
    assert (size(condition).count, size(condition).height) == (6, 4)


def test_reading_ends_after_the_errors_one_can_mend_at_once_and_warnings_do_not_count():
    from redflag_kit.diagnostics.codes import RF107

    faults = Faults()
    for _ in range(FAULT_LIMIT + 1):
        faults.add(NOWHERE, RF151, "a warning")
    assert not faults.has_error
    for _ in range(FAULT_LIMIT):
        faults.add(NOWHERE, RF107, "an error")
    with pytest.raises(TooManyFaultsError):
        faults.add(NOWHERE, RF107, "one too many")
    assert faults.found[-1].code.id == "RF028"


def test_things_are_moved_only_behind_what_they_need():
    needs = {"a": frozenset("c"), "b": frozenset(), "c": frozenset(), "d": frozenset("ab"), "e": frozenset()}
    assert in_order(needs) == ("b", "c", "a", "d", "e")
    assert in_order({"a": frozenset("b"), "b": frozenset("c"), "c": frozenset()}) == ("c", "b", "a")
    assert in_order({"a": frozenset("bc"), "b": frozenset(), "c": frozenset()}) == ("b", "c", "a")


def test_a_circle_is_named_from_its_first_name():
    assert cycle_in({"b": frozenset("c"), "c": frozenset("a"), "a": frozenset("b")}) in (
        ("a", "b", "c", "a"),
        ("a", "c", "b", "a"),
    )
    assert cycle_in({"a": frozenset("a")}) == ("a", "a")
    assert cycle_in({"a": frozenset("b"), "b": frozenset()}) == ()
