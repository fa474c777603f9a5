"""The scope is told as wider or narrower."""

from redflag_kit.mutate.mutants import mutants
from tests.unit.evaluate.worlds import decision, guideline, rule
from tests.unit.mutate.told import told


def test_what_happens_to_the_scope_has_a_sentence() -> None:
    made = guideline(
        decision("d", rule("R1", "fever", "{scan: soon}")),
        findings="fever age",
        scope="{fever: present, age: at_least 18 a}",
    )
    assert told(made, "scope") == {
        "scope:condition-negated:all": (
            "{fever: present, age: at_least 18 a}",
            "{not: {fever: present, age: at_least 18 a}}",
            "scope: not (fever and age at least 18 years) instead of fever and age at least 18 years",
        ),
        "scope:all-to-any": (
            "{fever: present, age: at_least 18 a}",
            "{any: [fever, {age: at_least 18 a}]}",
            "scope: any instead of all of: fever; age at least 18 years",
        ),
        "scope:condition-negated:fever": (
            "{fever: present, age: at_least 18 a}",
            "{fever: absent, age: at_least 18 a}",
            "scope: no fever instead of fever",
        ),
        "scope:condition-negated:age": (
            "{fever: present, age: at_least 18 a}",
            "{fever: present, not: {age: at_least 18 a}}",
            "scope: not age at least 18 years instead of age at least 18 years",
        ),
        "scope:condition-dropped:fever": ("fever: present", "", "scope: without the condition: fever"),
        "scope:condition-dropped:age": (
            "age: at_least 18 a",
            "",
            "scope: without the condition: age at least 18 years",
        ),
        "scope:bound-opened:age": (
            "at_least 18 a",
            "above 18 a",
            "scope: age: over 18 years instead of at least 18 years",
        ),
        "scope:threshold-widened:age": (
            "at_least 18 a",
            "at_least 17 a",
            "scope: age: at least 17 years instead of at least 18 years",
        ),
        "scope:unit-slipped:age:x10": (
            "at_least 18 a",
            "at_least 180 a",
            "scope: age: at least 180 years instead of at least 18 years",
        ),
        "scope:unit-slipped:age:per10": (
            "at_least 18 a",
            "at_least 1.8 a",
            "scope: age: at least 1.8 years instead of at least 18 years",
        ),
    }


def test_a_not_around_a_fault_turns_the_direction() -> None:
    made = guideline(
        decision("d", rule("R1", "fever", "{scan: soon}")),
        findings="fever cough numb age pain",
        scope="{all: [{any: [cough, fever]}, {not: {age: at_least 18 a}}, {pain: [mild, severe]},"
        " {at_least: {n: 2, of: [numb, cough, fever]}}]}",
    )
    found = {one.id.removeprefix("scope:"): one.operator.value for one in mutants(made) if one.id.startswith("scope:")}
    wider = {name for name, operator in found.items() if operator == "scope-widened"}
    narrower = {name for name, operator in found.items() if operator == "scope-narrowed"}
    assert wider == {
        "all-to-any",
        "condition-dropped:any",
        "condition-dropped:not-age",
        "bound-opened:age",
        "condition-dropped:pain",
        "condition-dropped:at_least",
        "count-lowered",
    }
    assert narrower == {
        "any-to-all",
        "condition-dropped:cough",
        "condition-dropped:fever",
        "threshold-widened:age",
        "unit-slipped:age:per10",
        "value-removed:pain:mild",
        "value-removed:pain:severe",
        "count-raised",
        "condition-dropped:numb",
        "condition-dropped:cough:2",
        "condition-dropped:fever:2",
    }
    assert all(found[name] == "condition-negated" for name in found.keys() - wider - narrower)


def test_whatever_stands_around_a_part_of_the_scope_can_turn_it_round() -> None:
    made = guideline(
        decision("d", rule("R1", "fever", "{scan: soon}")),
        scope="{not: {any: [cough, {all: [fever, {not: numb}]}]}}",
    )
    found = {one.id.removeprefix("scope:"): one.operator.value for one in mutants(made) if one.id.startswith("scope:")}
    assert found["condition-dropped:fever"] == found["all-to-any"] == "scope-narrowed"
    assert found["condition-dropped:cough"] == found["any-to-all"] == "scope-widened"


def test_a_scope_that_becomes_everybody_is_wider() -> None:
    made = guideline(decision("d", rule("R1", "fever", "{scan: soon}")), scope="cough")
    (one,) = (one for one in mutants(made) if one.id == "scope:condition-dropped:cough")
    assert (one.operator.value, one.replacement, one.rule) == ("scope-widened", "always", "")
