"""Words, levels and bands that are accepted or not."""

from dataclasses import replace

from redflag_kit.model.condition import OutputTest, WordTest
from redflag_kit.mutate.mutant import PartsReplaced
from redflag_kit.mutate.text import output_texts
from tests.unit.evaluate.worlds import decision, guideline, rule, score
from tests.unit.mutate.told import ids, mutant, told


def test_a_choice_has_a_value_more_or_less() -> None:
    made = guideline(
        decision(
            "d",
            rule("R1", "{all: [fever, {pain: mild}]}", "{scan: soon}"),
            rule("R2", "{pain: is_not none}", "{scan: later}"),
        ),
        findings="pain fever",
    )
    assert told(made, "value") == {
        "R1:value-added:pain:none": ("mild", "[none, mild]", "not (pain: severe) instead of pain: mild"),
        "R1:value-added:pain:severe": ("mild", "[mild, severe]", "pain: mild or severe instead of pain: mild"),
        "R2:value-removed:pain:mild": ("is_not none", "severe", "pain: severe instead of pain: mild or severe"),
        "R2:value-removed:pain:severe": ("is_not none", "mild", "pain: mild instead of pain: mild or severe"),
    }


def test_levels_are_added_and_removed_where_a_test_ends() -> None:
    made = guideline(
        decision("d", rule("R3", "fever", "{scan: now}")),
        decision(
            "e",
            rule("E1", "{scan: at_least soon}", "{visit: soon}"),
            rule("E2", "{scan: later}", "{visit: later}"),
            rule("E3", "{scan: is_not now}", "{visit: now}"),
            rule("E4", "{scan: [silent, avoid]}", "{visit: now}"),
            rule("E5", "{scan: later to soon}", "{visit: now}"),
        ),
        findings="fever",
        covers="scan visit",
    )
    assert told(made, "value") == {
        "E1:value-added:scan:later": (
            "at_least soon",
            "at_least later",
            "the scan: later or soon or right now instead of the scan: soon or right now",
        ),
        "E1:value-removed:scan:soon": (
            "at_least soon",
            "now",
            "the scan: right now instead of the scan: soon or right now",
        ),
        "E2:value-added:scan:avoid": ("later", "at_most later", "the scan: avoid or later instead of the scan: later"),
        "E2:value-added:scan:soon": ("later", "later to soon", "the scan: later or soon instead of the scan: later"),
        "E3:value-removed:scan:soon": (
            "is_not now",
            "is_not at_least soon",
            "the scan: avoid or later or nothing said or gap or conflict or out of scope or not covered "
            "instead of the scan: avoid or later or soon or nothing said or gap or conflict or out of "
            "scope or not covered",
        ),
        "E4:value-removed:scan:avoid": (
            "[avoid, silent]",
            "silent",
            "the scan: nothing said instead of the scan: avoid or nothing said",
        ),
        "E4:value-added:scan:later": (
            "[avoid, silent]",
            "[at_most later, silent]",
            "the scan: avoid or later or nothing said instead of the scan: avoid or nothing said",
        ),
        "E5:value-added:scan:avoid": (
            "later to soon",
            "at_most soon",
            "the scan: avoid or later or soon instead of the scan: later or soon",
        ),
        "E5:value-removed:scan:later": ("later to soon", "soon", "the scan: soon instead of the scan: later or soon"),
        "E5:value-removed:scan:soon": ("later to soon", "later", "the scan: later instead of the scan: later or soon"),
        "E5:value-added:scan:now": (
            "later to soon",
            "at_least later",
            "the scan: later or soon or right now instead of the scan: later or soon",
        ),
    }


def test_every_element_of_a_set_is_added_or_removed() -> None:
    made = guideline(
        decision("d", rule("R1", "fever", "{likely: [flu, strain]}")),
        decision(
            "e",
            rule("E1", "{likely: includes flu}", "{visit: soon}"),
            rule("E2", "{likely: [flu, silent]}", "{visit: later}"),
        ),
        findings="fever",
        covers="likely visit",
    )
    assert told(made, "value") == {
        "E1:value-added:likely:stroke": (
            "includes flu",
            "[includes flu, includes stroke]",
            "likely: influenza or stroke instead of likely: influenza",
        ),
        "E1:value-added:likely:strain": (
            "includes flu",
            "[includes flu, includes strain]",
            "likely: influenza or strain instead of likely: influenza",
        ),
        "E2:value-removed:likely:flu": (
            "[includes flu, silent]",
            "silent",
            "likely: nothing said instead of likely: influenza or nothing said",
        ),
        "E2:value-added:likely:stroke": (
            "[includes flu, silent]",
            "[includes flu, includes stroke, silent]",
            "likely: influenza or stroke or nothing said instead of likely: influenza or nothing said",
        ),
        "E2:value-added:likely:strain": (
            "[includes flu, silent]",
            "[includes flu, includes strain, silent]",
            "likely: influenza or strain or nothing said instead of likely: influenza or nothing said",
        ),
    }


def test_bands_are_added_and_removed() -> None:
    made = guideline(
        score("s", "{when: fever, points: 1}, {when: cough, points: 2}", "{none: 0 to 0, low: 1 to 1, high: 2 to 3}"),
        decision("d", rule("R1", "{s: high}", "{scan: soon}"), rule("R2", "{s: [none, low]}", "{scan: later}")),
    )
    assert told(made, "value") == {
        "R1:value-added:s:none": ("high", "[none, high]", "s: none, high instead of s: high"),
        "R1:value-added:s:low": ("high", "[low, high]", "s: low, high instead of s: high"),
        "R2:value-removed:s:none": ("[none, low]", "low", "s: low instead of s: none, low"),
        "R2:value-removed:s:low": ("[none, low]", "none", "s: none instead of s: none, low"),
    }


def test_levels_apart_are_listed() -> None:
    made = guideline(
        decision("d", rule("R1", "fever", "{scan: now}")),
        decision("e", rule("E1", "{scan: [avoid, soon]}", "{visit: soon}")),
        findings="fever",
        covers="scan visit",
    )
    assert told(made, "value") == {
        "E1:value-removed:scan:avoid": ("[avoid, soon]", "soon", "the scan: soon instead of the scan: avoid or soon"),
        "E1:value-added:scan:later": (
            "[avoid, soon]",
            "at_most soon",
            "the scan: avoid or later or soon instead of the scan: avoid or soon",
        ),
        "E1:value-removed:scan:soon": ("[avoid, soon]", "avoid", "the scan: avoid instead of the scan: avoid or soon"),
        "E1:value-added:scan:now": (
            "[avoid, soon]",
            "[avoid, soon, now]",
            "the scan: avoid or soon or right now instead of the scan: avoid or soon",
        ),
    }


def test_three_levels_in_the_middle_are_told_from_the_first_to_the_last() -> None:
    output = guideline(decision("d", rule("R1", "fever", "{scan: soon}"))).outputs["scan"]
    assert output.scale is not None
    longer = replace(output, scale=replace(output.scale, levels=("avoid", "later", "soon", "now", "at_once")))
    assert output_texts(frozenset({"later", "soon", "now"}), longer) == ["later to now"]
    assert output_texts(frozenset({"avoid", "later", "soon"}), longer) == ["at_most soon"]
    assert output_texts(frozenset({"later", "now", "at_once"}), longer) == ["later", "now", "at_once"]


def test_the_test_with_another_value_says_what_it_accepts() -> None:
    made = guideline(
        decision(
            "d",
            rule("R1", "{pain: mild}", "{scan: soon}"),
            rule("R2", "{pain: is_not none}", "{likely: [flu]}"),
        ),
        decision("e", rule("E1", "{scan: [avoid, soon]}", "{visit: soon}")),
        findings="pain",
        covers="scan likely visit",
    )

    def text(name: str) -> str:
        edit = mutant(made, name).edit
        assert isinstance(edit, PartsReplaced)
        new = edit.parts[0].new
        assert isinstance(new, WordTest | OutputTest)
        return new.text

    assert text("R1:value-added:pain:severe") == "mild, severe"
    assert text("R2:value-removed:pain:mild") == "severe"
    assert text("E1:value-added:scan:now") == "avoid, soon, now"


def test_no_test_is_left_that_accepts_nothing() -> None:
    made = guideline(
        decision("d", rule("R1", "{any: [fever, {not: {pain: mild}}]}", "{scan: soon}")),
        decision("e", rule("E1", "{any: [fever, {not: {scan: later}}]}", "{visit: soon}")),
        findings="fever pain",
        covers="scan visit",
    )
    assert "R1:value-added:pain:severe" in ids(made, "value")
    assert not [one for one in ids(made, "value-removed") if one.startswith(("R1:", "E1:"))]


def test_one_value_more_for_a_test_of_what_two_are_not_leaves_one_that_it_is_not() -> None:
    asked = "{all: [fever, {pain: 'not(none, mild)'}]}"
    made = guideline(decision("d", rule("R1", asked, "{scan: soon}")), findings="pain fever")
    assert told(made, "value") == {
        "R1:value-added:pain:none": ("severe", "is_not mild", "not (pain: mild) instead of pain: severe"),
        "R1:value-added:pain:mild": ("severe", "is_not none", "pain: mild or severe instead of pain: severe"),
    }
