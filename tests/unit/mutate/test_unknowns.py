"""Findings that nobody assessed."""

from tests.unit.evaluate.worlds import decision, guideline, rule
from tests.unit.mutate.told import told


def test_a_clean_value_is_taken_and_an_assumption_is_forgotten() -> None:
    made = guideline(
        decision("d", rule("R1", "{all: [fever, worry, weight]}", "{scan: soon}")),
        findings="fever worry weight cough",
        extra="on_unknown: {fever: ask, weight: ask}\n",
    )
    assert told(made, "finding") == {
        "finding fever:unknown-as-absent": (
            "{fever: ask, weight: ask}",
            "{fever: {assume: absent, reason: unknown is taken as absent, evidence: opinion}, weight: ask}",
            "fever: taken as absent where nothing is known",
        ),
        "finding worry:assumption-removed": (
            "{assume: absent, reason: not noted, evidence: opinion}",
            "ask",
            "worry: no longer taken as absent where nothing is known",
        ),
    }


def test_a_guideline_without_policies_gets_its_first() -> None:
    made = guideline(
        decision("d", rule("R1", "{all: [fever, {temp: above 38.0 Cel}]}", "{scan: soon}")), findings="fever temp"
    )
    assert told(made, "finding") == {
        "finding fever:unknown-as-absent": (
            "",
            "on_unknown: {fever: {assume: absent, reason: unknown is taken as absent, evidence: opinion}}\n",
            "fever: taken as absent where nothing is known",
        ),
    }


def test_a_policy_of_the_guideline_itself_is_forgotten() -> None:
    made = guideline(
        decision("d", rule("R1", "{age: at_least 18 a}", "{scan: soon}")),
        findings="age",
        extra="on_unknown: {age: {assume: 40, reason: common, evidence: opinion, cite: BOOK}}\n",
    )
    assert told(made, "finding") == {
        "finding age:assumption-removed": (
            "{assume: 40, reason: common, evidence: opinion, cite: BOOK}",
            "ask",
            "age: no longer taken as 40 years where nothing is known",
        ),
    }
