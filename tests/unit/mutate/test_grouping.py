"""Groups with the wrong word or the wrong count."""

from tests.unit.evaluate.worlds import decision, guideline, rule
from tests.unit.mutate.told import told


def test_all_becomes_any_and_any_becomes_all() -> None:
    made = guideline(decision("d", rule("R1", "{all: [fever, {any: [cough, numb]}]}", "{scan: soon}")))
    assert told(made, "any", "all") == {
        "R1:condition-negated:all": (
            "{all: [fever, {any: [cough, numb]}]}",
            "{not: {all: [fever, {any: [cough, numb]}]}}",
            "not (fever and (cough or numbness)) instead of fever and (cough or numbness)",
        ),
        "R1:all-to-any": ("all", "any", "any instead of all of: fever; cough or numbness"),
        "R1:condition-dropped:any": ("{any: [cough, numb]}", "", "without the condition: cough or numbness"),
        "R1:condition-negated:any": (
            "{any: [cough, numb]}",
            "{not: {any: [cough, numb]}}",
            "none of: cough; numbness instead of cough or numbness",
        ),
        "R1:any-to-all": ("any", "all", "all instead of any of: cough; numbness"),
    }


def test_a_word_that_might_stand_in_the_map_already_is_changed_with_the_map() -> None:
    made = guideline(decision("d", rule("R1", "{all: [fever, cough], any: [cough, numb]}", "{scan: soon}")))
    assert told(made, "to-a") == {
        "R1:all-to-any": (
            "{all: [fever, cough], any: [cough, numb]}",
            "{any: [{all: [fever, cough]}, {any: [cough, numb]}]}",
            "any instead of all of: fever and cough; cough or numbness",
        ),
        "R1:all-to-any:2": (
            "{all: [fever, cough], any: [cough, numb]}",
            "{all: [{any: [fever, cough]}, {any: [cough, numb]}]}",
            "any instead of all of: fever; cough",
        ),
    }


def test_counts_are_one_off_in_both_directions() -> None:
    made = guideline(decision("d", rule("R1", "{at_least: {n: 2, of: [fever, cough, numb]}}", "{scan: soon}")))
    assert told(made, "count") == {
        "R1:count-raised": ("2", "3", "at least 3 instead of 2 of: fever; cough; numbness"),
        "R1:count-lowered": ("2", "1", "at least 1 instead of 2 of: fever; cough; numbness"),
    }


def test_a_count_never_leaves_its_limits() -> None:
    made = guideline(
        decision(
            "d",
            rule("R1", "{at_least: {n: 1, of: [fever, cough, numb]}}", "{scan: soon}"),
            rule("R2", "{at_least: {n: 3, of: [fever, cough, numb]}}", "{scan: soon}"),
        )
    )
    assert told(made, "count") == {
        "R1:count-raised": ("1", "2", "at least 2 instead of 1 of: fever; cough; numbness"),
        "R2:count-lowered": ("3", "2", "at least 2 instead of 3 of: fever; cough; numbness"),
    }
