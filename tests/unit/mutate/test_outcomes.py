"""What rules recommend, and when they give way."""

from redflag_kit.mutate.mutants import mutants
from tests.unit.evaluate.worlds import decision, guideline, rule
from tests.unit.mutate.told import told


def test_levels_move_by_one_and_outputs_and_elements_are_forgotten() -> None:
    made = guideline(
        decision("d", rule("R1", "fever", "{scan: avoid, likely: [flu, strain]}"), rule("R2", "cough", "{visit: now}")),
        covers="scan visit likely",
    )
    assert told(made, "outcome") == {
        "R1:outcome-dropped:scan": ("scan: avoid", "", "the scan: nothing said instead of avoid"),
        "R1:outcome-raised:scan": ("avoid", "later", "the scan: later instead of avoid"),
        "R1:outcome-dropped:likely": ("likely: [flu, strain]", "", "likely: nothing said instead of influenza, strain"),
        "R1:outcome-dropped:likely:flu": ("[flu, strain]", "[strain]", "likely: strain instead of influenza, strain"),
        "R1:outcome-dropped:likely:strain": (
            "[flu, strain]",
            "[flu]",
            "likely: influenza instead of influenza, strain",
        ),
        "R2:outcome-dropped:visit": ("{visit: now}", "silent", "the visit: nothing said instead of right now"),
        "R2:outcome-lowered:visit": ("now", "soon", "the visit: soon instead of right now"),
    }


def test_every_exception_is_forgotten_once() -> None:
    made = guideline(
        decision(
            "d",
            rule("R1", "fever", "{scan: soon}", "unless: [R2, R3]"),
            rule("R2", "cough", "{scan: later}"),
            rule("R3", "numb", "{scan: now}", "overrides: [R1, R2]"),
        )
    )
    assert told(made, "exception") == {
        "R1:exception-removed:R2": ("R2", "", "rule R1 applies even where rule R2 does"),
        "R1:exception-removed:R3": ("R3", "", "rule R1 applies even where rule R3 does"),
        "R2:exception-removed:R3": ("R2", "", "rule R2 applies even where rule R3 does"),
    }


def test_policies_are_those_a_decision_may_have() -> None:
    made = guideline(
        decision("d", rule("R1", "fever", "{scan: soon}"), rule("R2", "cough", "{scan: later}"), policy="FIRST"),
        decision("e", rule("E1", "fever", "{likely: [flu]}"), rule("E2", "cough", "{likely: [strain]}")),
        decision("only", rule("O1", "fever", "{visit: soon}")),
        covers="scan visit likely",
    )
    assert told(made, "policy") == {
        "decision d:hit-policy-changed:UNIQUE": ("FIRST", "UNIQUE", "d: hit policy UNIQUE instead of FIRST"),
        "decision d:hit-policy-changed:ANY": ("FIRST", "ANY", "d: hit policy ANY instead of FIRST"),
        "decision d:hit-policy-changed:PRIORITY": ("FIRST", "PRIORITY", "d: hit policy PRIORITY instead of FIRST"),
        "decision d:hit-policy-changed:COLLECT": ("FIRST", "COLLECT", "d: hit policy COLLECT instead of FIRST"),
        "decision e:hit-policy-changed:UNIQUE": ("COLLECT", "UNIQUE", "e: hit policy UNIQUE instead of COLLECT"),
        "decision e:hit-policy-changed:ANY": ("COLLECT", "ANY", "e: hit policy ANY instead of COLLECT"),
        "decision e:hit-policy-changed:FIRST": ("COLLECT", "FIRST", "e: hit policy FIRST instead of COLLECT"),
    }


def test_the_lowest_level_and_no_element_at_all_are_the_ends() -> None:
    made = guideline(
        decision("d", rule("R1", "fever", "{scan: later}"), rule("R2", "cough", "{likely: [flu]}")),
        covers="scan likely",
    )
    assert told(made, "outcome") == {
        "R1:outcome-dropped:scan": ("{scan: later}", "silent", "the scan: nothing said instead of later"),
        "R1:outcome-raised:scan": ("later", "soon", "the scan: soon instead of later"),
        "R1:outcome-lowered:scan": ("later", "avoid", "the scan: avoid instead of later"),
        "R2:outcome-dropped:likely": ("{likely: [flu]}", "silent", "likely: nothing said instead of influenza"),
    }


def test_mutants_are_of_the_rule_and_of_the_kind_that_their_ids_name() -> None:
    made = guideline(
        decision(
            "d", rule("R1", "{all: [cough, ill]}", "{scan: soon}"), rule("R2", "fever", "{likely: [flu, strain]}")
        ),
        findings="fever cough worry age",
        covers="scan likely",
        extra="definitions:\n  ill: {any: [worry, fever, {age: at_least 60 a}]}\n",
    )
    rules = {one.id for one in made.rules()}
    found = mutants(made)
    assert {one.id.split(" ")[0] for one in found} >= {"finding", "decision", "definition"}
    for one in found:
        owner, kind = one.id.split(":")[:2]
        assert one.rule == (owner if owner in rules else ""), one.id
        assert one.operator.value == kind, one.id
