"""Groups with the wrong word or the wrong count."""

from redflag_kit.model.condition import Condition, members
from redflag_kit.mutate.forms import NEVER
from redflag_kit.mutate.homes import homes_of
from redflag_kit.mutate.mutant import Operator, Owner, PartsReplaced, Where
from redflag_kit.mutate.mutants import mutants
from tests.unit.evaluate.worlds import decision, guideline, rule
from tests.unit.mutate.told import ids, mutant, told


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


def test_definitions_are_named_in_words() -> None:
    made = guideline(
        decision(
            "d",
            rule("R1", "{any: [long_fever, cough]}", "{scan: soon}"),
            rule("R2", "{all: [{not: long_fever}, numb]}", "{scan: later}"),
        ),
        extra="definitions:\n  long_fever: {any: [fever, numb]}\n",
    )
    assert told(made, "any-to-all")["R1:any-to-all"][2] == "all instead of any of: long fever; cough"
    inside = told(made, "definition long_fever")
    assert inside
    assert all(sentence.startswith("long fever: ") for _, _, sentence in inside.values())
    assert told(made, "all-to-any")["R2:all-to-any"][2] == "any instead of all of: not long fever; numbness"


def test_parts_of_definitions_are_replaced_where_they_are_read() -> None:
    made = guideline(
        decision("d", rule("R1", "{any: [long_fever, cough]}", "{scan: soon}")),
        extra="definitions:\n  long_fever: {any: [fever, numb]}\n",
    )
    homes = homes_of(made)
    for name in ids(made, "definition long_fever"):
        edit = mutant(made, name).edit
        assert isinstance(edit, PartsReplaced)
        for part in edit.parts:
            assert part.old == part_at(made.rules()[0].when, part.path)
    for home in homes.all():
        assert homes.changed([(home.root, home.root.form)]) == {}


def part_at(condition: Condition, path: tuple[int, ...]) -> Condition:
    for position in path:
        condition = members(condition)[position]
    return condition


def test_one_entry_of_a_map_deep_in_a_condition_is_replaced_with_its_map() -> None:
    made = guideline(
        decision("d", rule("R1", "{any: [{cough: present, fever: absent}, numb]}", "{scan: soon}")),
    )
    assert told(made, "R1:condition-negated:cough") == {
        "R1:condition-negated:cough": (
            "{cough: present, fever: absent}",
            "{cough: absent, fever: absent}",
            "no cough instead of cough",
        )
    }


def test_a_rule_left_out_is_of_that_rule() -> None:
    made = guideline(decision("d", rule("R1", "fever", "{scan: soon}"), rule("R2", "cough", "{scan: later}")))
    found = [one for one in mutants(made) if ":rule-dropped" in one.id]
    assert [(one.id, one.rule, one.operator) for one in found] == [
        (f"{name}:rule-dropped", name, Operator.RULE_DROPPED) for name in ("R1", "R2", "d.otherwise")
    ]


def test_what_stands_after_a_row_for_everybody_else_comes_to_nothing_under_any_policy() -> None:
    for policy in ("FIRST", "COLLECT"):
        made = guideline(
            decision(
                "d",
                rule("R1", "fever", "{scan: soon}"),
                policy=policy,
                otherwise=[rule("E1", "", "{scan: later}"), rule("E2", "cough", "{scan: now}")],
            )
        )
        assert ids(made, "E1:rule-dropped")
        assert ids(made, "E2") == []


def test_sentences_name_a_table_in_words() -> None:
    made = guideline(decision("how_soon", rule("R1", "fever", "{scan: soon}"), rule("R2", "cough", "{scan: now}")))
    sentences = [sentence for _, _, sentence in told(made, "decision how_soon").values()]
    assert sentences
    assert all(one.startswith("how soon: hit policy ") for one in sentences)


def test_a_definition_that_stays_the_same_leaves_its_uses_to_what_else_changes() -> None:
    made = guideline(
        decision("d", rule("R1", "{all: [long_fever, cough]}", "{scan: soon}")),
        extra="definitions:\n  long_fever: {any: [fever, fever]}\n",
    )
    homes = homes_of(made)
    (definition,) = homes.definitions
    (use,) = homes.uses["long_fever"]
    first = definition.parts[1]
    assert homes.changed([(first, NEVER)]) == {}
    assert homes.changed([(use, NEVER), (first, NEVER)]) == {Where(Owner.RULE, "R1"): NEVER}
