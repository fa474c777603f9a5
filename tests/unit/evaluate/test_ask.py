"""What to ask next: which findings, in which order, and how many questions it may take."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from redflag_kit.evaluate.ask import inquire
from redflag_kit.model.condition import Value
from redflag_kit.results.case import AskNext, OutputQuestions, WorstCase
from redflag_kit.semantics.literal import Patient
from tests.property.reference import Readings, agrees, legal_patients
from tests.unit.evaluate.worlds import Opened, decision, opened, rule

NOW, SOON, LATER = (rule(n, w, f"{{scan: {n}}}") for n, w in (("now", "fever"), ("soon", "cough"), ("later", "numb")))
XOR = "{any: [{all: [fever, {not: cough}]}, {all: [cough, {not: fever}]}]}"
TIED = [
    "{id: K-1, title: together, if: fever, then: cough}",
    "{id: K-2, title: together, if: cough, then: fever}",
]


def asked(world: Opened) -> tuple[AskNext, ...]:
    return inquire(world.engine, world.region)[0]


def worst_case(world: Opened) -> WorstCase:
    return inquire(world.engine, world.region)[1]


def exactly(many: int, first: str, *findings: str, output: str = "scan") -> WorstCase:
    return WorstCase(many, many, True, first, findings, (OutputQuestions(output, many, many, True, first),))


def names(*tables: str, **options: Any) -> list[str]:
    return [one.finding for one in asked(opened(*tables, **options))]


def pivotal(world: Opened) -> dict[str, set[str]]:
    """Return, patient by patient, which answer alone can change which outputs."""
    readings = Readings(world.guideline)
    completions = [p for p in legal_patients(world.guideline) if agrees(p, world.vignette.findings)]
    groups: dict[tuple[str, tuple[Value, ...]], list[Patient]] = {}
    for patient in completions:
        for name in patient:
            rest = tuple(value for other, value in patient.items() if other != name)
            groups.setdefault((name, rest), []).append(patient)
    found: dict[str, set[str]] = {}
    for (name, _), alike in groups.items():
        for one, other in combinations(map(readings.entailed, alike), 2):
            found.setdefault(name, set()).update(o for o in world.guideline.covers if one[o] != other[o])
    return {name: outputs for name, outputs in found.items() if outputs}


WORLDS: dict[str, tuple[str, dict[str, Any]]] = {
    "levels": (decision("d", NOW, SOON, LATER), {}),
    "exceptions": (decision("d", NOW, rule("E", "cough", "{scan: soon}", "unless: [now]")), {}),
    "xor": (decision("d", rule("R", XOR, "{scan: now}")), {}),
    "gap": (decision("d", NOW, otherwise=None), {}),
    "scope": (decision("d", NOW, SOON), {"scope": "{pain: [mild, severe]}", "findings": "fever cough pain"}),
    "sets": (
        decision("d", rule("A", "fever", "{likely: [flu]}"), rule("B", "{any: [fever, cough]}", "{likely: [stroke]}")),
        {"covers": "likely"},
    ),
    "umbrella": (
        decision(
            "d", rule("A", "fever", "{any_test: avoid}"), rule("B", "{all: [cough, {pain: severe}]}", "{test: soon}")
        ),
        {"covers": "scan test any_test", "findings": "fever cough pain"},
    ),
    "numbers": (
        decision("d", rule("A", "{temp: at_least 38.0 Cel}", "{scan: now}"), SOON),
        {"findings": "temp fever cough", "constraints": ["{id: K, title: K, if: {temp: above 39.0 Cel}, then: fever}"]},
    ),
}


@pytest.mark.parametrize("case_of", ["{}", "{fever: present}", "{cough: absent}", "{fever: absent, cough: present}"])
@pytest.mark.parametrize("name", WORLDS)
def test_a_finding_is_listed_exactly_if_its_answer_alone_can_change_an_outcome(name, case_of):
    tables, options = WORLDS[name]
    world = opened(tables, case_of=case_of, **options)
    expected = pivotal(world)
    found = asked(world)
    assert {one.finding: set(one.can_change) for one in found} == expected
    assert len(found) == len(expected)


def test_a_finding_is_listed_although_no_single_answer_settles_anything():
    world = opened(decision("d", rule("R", XOR, "{scan: now}")))
    found = asked(world)
    assert [one.finding for one in found] == ["fever", "cough"]
    assert worst_case(world) == exactly(2, "fever", "fever", "cough")


def test_of_findings_that_constraints_tie_together_one_is_asked():
    """Neither can change alone; without one of them the list would be empty although the outcome is open."""
    world = opened(decision("d", rule("R", "{all: [fever, cough]}", "{scan: now}")), constraints=TIED)
    found = asked(world)
    assert [(one.finding, one.can_change) for one in found] == [("fever", ("scan",))]
    assert worst_case(world) == exactly(1, "fever", "fever")


def test_tied_findings_are_asked_beside_those_that_change_an_outcome_alone():
    table = decision("d", rule("R", "{any: [{all: [fever, cough]}, numb]}", "{scan: now}"))
    assert names(table, constraints=TIED) == ["fever", "numb"]
    assert names(table, constraints=TIED, case_of="{numb: present}") == []
    assert names(table, constraints=TIED, case_of="{fever: absent}") == ["numb"]


def test_a_finding_is_asked_with_its_question_and_its_answers_in_plain_words():
    table = decision("d", rule("R", "{age: 20 a to 50 a}", "{scan: now}"), SOON)
    found = {one.finding: one for one in asked(opened(table, findings="age cough"))}
    assert found["cough"].question == "Cough?"
    assert found["cough"].answers == ("no cough", "cough")
    assert (found["cough"].label, found["age"].label) == ("cough", "age")
    assert found["age"].answers == ("age at most 19 years", "age 20 to 50 years", "age at least 51 years")


def test_answers_that_the_case_rules_out_are_not_offered():
    table = decision("d", rule("R", "{pain: severe}", "{scan: now}"), rule("S", "{pain: mild}", "{scan: soon}"))
    (found,) = asked(opened(table, findings="pain", case_of="{pain: {one_of: [mild, severe]}}"))
    assert found.answers == ("pain: mild", "pain: severe")


def test_what_is_known_or_changes_nothing_is_not_asked():
    table = decision("d", NOW, rule("R", "{all: [fever, cough]}", "{scan: soon}"))
    assert names(table) == ["fever"]
    assert names(table, case_of="{fever: present}") == []


# ---------------------------------------------------------------- order


def test_first_comes_the_finding_that_can_settle_the_most_urgent_outcome():
    each = (("numb", "scan", "later"), ("cough", "visit", "soon"), ("fever", "test", "now"))
    table = decision("d", *(rule(name, name, f"{{{output}: {level}}}") for name, output, level in each))
    assert names(table, covers="scan visit test", findings="numb cough fever") == ["fever", "cough", "numb"]


def test_an_answer_that_makes_an_outcome_urgent_for_certain_counts_although_it_stays_open():
    assert names(decision("d", SOON, LATER, NOW), findings="numb cough fever") == ["fever", "cough", "numb"]


def test_of_answers_that_establish_nothing_the_one_about_the_most_urgent_outcome_comes_first():
    both = (
        rule("A", "{all: [cough, {pain: severe}]}", "{scan: soon}"),
        rule("B", "{all: [fever, numb]}", "{visit: now}"),
    )
    found = names(decision("d", *both), covers="scan visit", findings="cough pain fever numb")
    assert found == ["fever", "numb", "cough", "pain"]


def test_an_outcome_that_is_settled_already_gives_no_finding_precedence():
    sure = rule("SURE", "numb", "{visit: now}")
    tables = (
        decision("d", sure, rule("A", "cough", "{scan: later}"), rule("B", "fever", "{test: soon}")),
        {"covers": "scan visit test", "findings": "cough fever numb"},
    )
    assert names(tables[0], **tables[1], case_of="{numb: present}") == ["fever", "cough"]


def test_of_equally_urgent_findings_the_one_that_settles_more_outputs_comes_first():
    table = decision("d", rule("A", "cough", "{scan: now}"), rule("B", "fever", "{visit: now, test: now}"))
    assert names(table, covers="scan visit test", findings="cough fever") == ["fever", "cough"]


def test_then_comes_the_one_that_can_change_more_outputs_and_last_vocabulary_order_decides():
    pairs = "{all: [numb, cough]}", "{all: [numb, fever]}"
    table = decision("d", rule("A", pairs[0], "{scan: now}"), rule("B", pairs[1], "{visit: now, test: soon}"))
    found = names(table, covers="scan visit test", findings="cough fever numb")
    assert found == ["numb", "fever", "cough"]
    assert names(decision("d", rule("A", "{any: [fever, cough]}", "{scan: now}")), findings="cough fever") == [
        "cough",
        "fever",
    ]
    assert names(decision("d", rule("A", "{any: [cough, fever]}", "{scan: now}")), findings="fever cough") == [
        "fever",
        "cough",
    ]


def test_among_findings_of_which_no_answer_settles_anything_the_one_that_bears_on_more_comes_first():
    either = "{{any: [{{all: [{0}, {{not: {1}}}]}}, {{all: [{1}, {{not: {0}}}]}}]}}"
    which = (("A", ("fever", "cough"), "{scan: now}"), ("B", ("cough", "numb"), "{visit: now}"))
    table = decision("d", *(rule(name, either.format(*pair), then) for name, pair, then in which))
    found = asked(opened(table, covers="scan visit"))
    assert [(one.finding, len(one.can_change)) for one in found] == [("cough", 2), ("fever", 1), ("numb", 1)]


def test_sets_and_statuses_are_settled_without_urgency():
    table = decision("d", rule("A", "cough", "{likely: [flu]}"), rule("B", "fever", "{scan: later}"))
    assert names(table, covers="likely scan", findings="cough fever") == ["fever", "cough"]


# ---------------------------------------------------------------- bounds


def test_a_decided_case_needs_no_question():
    world = opened(decision("d", NOW, SOON), case_of="{fever: present}")
    assert asked(world) == ()
    assert worst_case(world) == WorstCase(0, 0, True, None, (), ())


def test_the_questions_of_each_output_are_counted_as_well():
    table = decision("d", NOW, SOON, rule("V", "{pain: severe}", "{visit: now}"))
    found = worst_case(opened(table, covers="scan visit", findings="fever cough pain"))
    assert (found.lower, found.upper, found.exact) == (3, 3, True)
    scan, visit = found.by_output
    assert (scan.output, scan.lower, scan.first) == ("scan", 2, "fever")
    assert (visit.output, visit.lower, visit.first) == ("visit", 1, "pain")


def test_a_question_that_tells_which_of_two_others_matters_saves_one():
    which = rule("A", "{all: [numb, fever]}", "{scan: now}"), rule("B", "{all: [cough, {not: numb}]}", "{scan: now}")
    table = decision("d", *which)
    found = worst_case(opened(table))
    assert found == exactly(2, "numb", *found.findings)
    assert len(found.findings) == 3
