"""The reference for cases on examples small enough to check by hand."""

from __future__ import annotations

from pathlib import Path

from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vocabulary import Constraint, Finding
from tests.architecture.imports import imported_names
from tests.property import reference
from tests.property.models import (
    at_most,
    decision,
    guideline,
    has,
    implies,
    number,
    ordered,
    rule,
    scale,
    stated,
    vocabulary,
    yes_no,
)
from tests.property.reference import Filled, Values, fill, legal_patients, outcome

SCAN = ordered("scan", scale("later", "now"))


def rules_on(*findings: Finding, constraints: tuple[Constraint, ...] = ()) -> Guideline:
    rules = [rule("r", has(findings[0].id), {"scan": "now"})]
    return guideline(vocabulary(findings, [SCAN], constraints), [decision("d", rules, [rule("rest")])])


def filled(rules: Guideline, *case: object, **clean: str) -> Filled:
    return fill(rules, legal_patients(rules), case, clean)  # type: ignore[arg-type]


def test_the_reference_knows_no_engine() -> None:
    engine = (
        "redflag_kit.logic",
        "redflag_kit.compile",
        "redflag_kit.semantics.regions",
        "redflag_kit.semantics.cases",
    )
    names = imported_names(Path(reference.__file__).read_text(encoding="utf-8"))
    assert names
    assert [name for name in names if name.startswith(tuple(engine))] == []


def test_the_reference_stays_short() -> None:
    assert len(Path(reference.__file__).read_text(encoding="utf-8").splitlines()) < 150


def test_every_legal_combination_of_values_is_a_patient() -> None:
    rules = rules_on(yes_no("fever"), number("x", 0, 1), number("y", 0, 2), constraints=(at_most("y", "x"),))
    assert len(reference.patients_of(rules.vocabulary.findings)) == 12
    assert len(legal_patients(rules)) == 6


def test_completions_agree_with_what_is_stated_and_unknown_states_nothing() -> None:
    rules = rules_on(yes_no("fever"), number("x", 0, 9))
    ages = [patient["x"] for patient in filled(rules, stated("x", (1, 3), 7), stated("fever")).completions]
    assert ages == [1, 2, 3, 7, 1, 2, 3, 7]
    assert filled(rules, stated("fever", "absent", "present")).completions == legal_patients(rules)


def test_a_contradiction_has_no_completion() -> None:
    rules = rules_on(yes_no("fever"), yes_no("ill"), constraints=(implies(has("fever"), has("ill")),))
    assert filled(rules, stated("fever", "present"), stated("ill", "absent")) == Filled([], [], [], {})


def test_fills_come_in_vocabulary_order_and_what_clashes_is_withdrawn() -> None:
    clash = (implies(has("b", "absent"), has("a")),)
    rules = rules_on(yes_no("b", assume="absent"), yes_no("a", assume="absent"), constraints=clash)
    found = filled(rules)
    assert (found.assumed, found.withdrawn) == (["b"], ["a"])
    assert found.without == {"b": legal_patients(rules)}
    by_clean = filled(rules, a="absent")
    assert (by_clean.assumed, by_clean.withdrawn) == ([], ["b"])
    assert filled(rules, stated("b", "absent"), a="absent").withdrawn == []  # forced, hence not filled


def test_outcomes_are_collected_over_completions() -> None:
    readings: list[Values] = [{"scan": "now", "likely": frozenset("ab")}, {"scan": "silent", "likely": frozenset("a")}]
    assert outcome("scan", readings) == ({"now", "silent"}, set(), set())
    assert outcome("likely", readings) == (set(), {"a"}, {"a", "b"})
    assert outcome("likely", [*readings, {"likely": "silent"}]) == ({"silent"}, set(), {"a", "b"})
