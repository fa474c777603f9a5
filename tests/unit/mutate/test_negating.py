"""Conditions that hold where they should not."""

from tests.unit.evaluate.worlds import decision, guideline, rule
from tests.unit.mutate.told import told


def test_tests_and_groups_are_negated_and_a_not_is_forgotten() -> None:
    made = guideline(
        decision("d", rule("R1", "{all: [{not: {any: [cough, {age: at_least 18 a}]}}, {pain: mild}]}", "{scan: soon}")),
        findings="cough age pain",
    )
    assert told(made, "negated") == {
        "R1:condition-negated:all": (
            "{all: [{not: {any: [cough, {age: at_least 18 a}]}}, {pain: mild}]}",
            "{not: {all: [{not: {any: [cough, {age: at_least 18 a}]}}, {pain: mild}]}}",
            "not ((none of: cough; age at least 18 years) and pain: mild) instead of (none of: cough; "
            "age at least 18 years) and pain: mild",
        ),
        "R1:condition-negated:not-any": (
            "{not: {any: [cough, {age: at_least 18 a}]}}",
            "{any: [cough, {age: at_least 18 a}]}",
            "cough or age at least 18 years instead of none of: cough; age at least 18 years",
        ),
        "R1:condition-negated:cough": ("cough", "{cough: absent}", "no cough instead of cough"),
        "R1:condition-negated:age": (
            "{age: at_least 18 a}",
            "{not: {age: at_least 18 a}}",
            "not age at least 18 years instead of age at least 18 years",
        ),
        "R1:condition-negated:pain": ("{pain: mild}", "{not: {pain: mild}}", "not pain: mild instead of pain: mild"),
    }


def test_an_entry_of_a_map_is_negated_with_its_map() -> None:
    made = guideline(decision("d", rule("R1", "{fever: present, any: [cough, numb]}", "{scan: soon}")))
    assert told(made, "negated") == {
        "R1:condition-negated:all": (
            "{fever: present, any: [cough, numb]}",
            "{not: {fever: present, any: [cough, numb]}}",
            "not (fever and (cough or numbness)) instead of fever and (cough or numbness)",
        ),
        "R1:condition-negated:fever": (
            "{fever: present, any: [cough, numb]}",
            "{fever: absent, any: [cough, numb]}",
            "no fever instead of fever",
        ),
        "R1:condition-negated:any": (
            "{fever: present, any: [cough, numb]}",
            "{fever: present, not: {any: [cough, numb]}}",
            "none of: cough; numbness instead of cough or numbness",
        ),
        "R1:condition-negated:cough": ("cough", "{cough: absent}", "no cough instead of cough"),
        "R1:condition-negated:numb": ("numb", "{numb: absent}", "normal feeling instead of numbness"),
    }


def test_a_definition_is_negated_by_its_name_and_always_is_left_to_the_rule() -> None:
    made = guideline(
        decision(
            "d",
            rule("R1", "ill", "{scan: soon}"),
            rule("R2", "{all: [ill, numb]}", "{scan: later}"),
            rule("R3", "always", "{scan: avoid}"),
        ),
        extra="definitions: {ill: {all: [fever, cough]}}\n",
    )
    assert told(made, "negated") == {
        "definition ill:condition-negated:all": (
            "{all: [fever, cough]}",
            "{not: {all: [fever, cough]}}",
            "ill: not (fever and cough) instead of fever and cough",
        ),
        "definition ill:condition-negated:fever": ("fever", "{fever: absent}", "ill: no fever instead of fever"),
        "definition ill:condition-negated:cough": ("cough", "{cough: absent}", "ill: no cough instead of cough"),
        "R1:condition-negated:ill": ("ill", "{not: ill}", "not ill instead of ill"),
        "R2:condition-negated:all": (
            "{all: [ill, numb]}",
            "{not: {all: [ill, numb]}}",
            "not ((fever and cough) and numbness) instead of (fever and cough) and numbness",
        ),
        "R2:condition-negated:ill": ("ill", "{not: ill}", "not ill instead of ill"),
        "R2:condition-negated:numb": ("numb", "{numb: absent}", "normal feeling instead of numbness"),
    }


def test_a_map_that_can_no_longer_be_one_becomes_a_list() -> None:
    made = guideline(
        decision("d", rule("R1", "{fever: present, not: ill}", "{scan: soon}")),
        extra="definitions: {ill: {all: [cough, numb]}}\n",
    )
    assert told(made, "R1:condition-negated:not-ill") == {
        "R1:condition-negated:not-ill": (
            "{fever: present, not: ill}",
            "{all: [fever, ill]}",
            "ill instead of not ill",
        ),
    }
