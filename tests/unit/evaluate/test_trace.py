"""How each rule stands for a case, and why."""

from __future__ import annotations

from redflag_kit.evaluate.trace import rule_states, scope_state
from redflag_kit.results.case import ConditionState, RuleState
from tests.unit.evaluate.worlds import Opened, decision, opened, rule, score

FIRST = rule("FIRST", "{all: [fever, cough]}", "{scan: now}")
SECOND = rule("SECOND", "cough", "{scan: soon}", "unless: [FIRST]")
TABLE = decision("d", FIRST, SECOND)


def states(world: Opened) -> dict[str, RuleState]:
    return {one.id: one for one in rule_states(world.engine, world.stated, world.region)}


def state(case_of: str, name: str, table: str = TABLE, **options) -> RuleState:
    return states(opened(table, case_of=case_of, **options))[name]


def test_a_rule_is_shown_with_its_place_its_words_and_its_evidence():
    found = state("{fever: present, cough: present}", "FIRST")
    assert (found.id, found.title, found.file) == ("FIRST", "the rule FIRST", "g/g.yaml")
    assert found.line > 1
    assert (found.state, found.writes, found.evidence) == ("fires", "the scan: right now", "BOOK r1 (opinion)")


def test_a_citation_without_a_row_names_the_source_alone():
    bare = "{id: R, title: R, when: fever, then: {scan: now}, evidence: [{cite: BOOK, status: partly}]}"
    assert state("{}", "R", decision("d", bare)).evidence == "BOOK (partly)"


def test_all_citations_of_a_rule_are_named_in_order():
    two = "evidence: [{cite: BOOK, row: r1, status: partly}, {cite: BOOK, row: r2, status: opinion}]"
    found = state("{}", "R", decision("d", f"{{id: R, title: R, when: fever, then: {{scan: now}}, {two}}}"))
    assert found.evidence == "BOOK r1 (partly), BOOK r2 (opinion)"


def test_every_condition_says_what_the_case_knows_and_whether_it_holds():
    assert state("{fever: present}", "FIRST").conditions == (
        ConditionState("fever", "fever", "yes"),
        ConditionState("cough", "cough: not assessed", "open"),
    )
    assert [one.state for one in state("{fever: absent}", "FIRST").conditions] == ["no", "open"]


def test_a_rule_stands_in_one_of_four_ways():
    assert state("{fever: present, cough: present}", "FIRST").state == "fires"
    assert state("{cough: absent}", "FIRST").state == "not"
    assert state("{cough: present}", "FIRST").state == "open"
    assert state("{fever: present, cough: present}", "SECOND").state == "suppressed"


def test_a_suppressed_rule_names_the_rules_that_suppress_it():
    assert state("{fever: present, cough: present}", "SECOND").suppressed_by == ("FIRST",)
    assert state("{fever: present}", "SECOND").suppressed_by == ("FIRST",)
    assert state("{fever: present}", "SECOND").state == "suppressed"


def test_an_open_rule_names_the_rules_that_may_suppress_it():
    found = state("{cough: present}", "SECOND")
    assert (found.state, found.suppressed_by) == ("open", ("FIRST",))


def test_a_rule_that_fires_or_does_not_hold_names_none():
    assert state("{fever: absent, cough: present}", "SECOND").suppressed_by == ()
    assert state("{cough: absent}", "SECOND").suppressed_by == ()


def test_only_the_rules_that_suppress_in_this_case_are_named():
    override = rule("THIRD", "numb", "{scan: later}", "overrides: [SECOND]")
    table = decision("d", FIRST, SECOND, override)
    assert state("{fever: present, cough: present, numb: absent}", "SECOND", table).suppressed_by == ("FIRST",)
    assert state("{fever: absent, cough: present, numb: present}", "SECOND", table).suppressed_by == ("THIRD",)
    assert state("{fever: present, cough: present, numb: present}", "SECOND", table).suppressed_by == ("FIRST", "THIRD")


def test_outside_the_scope_no_rule_fires_and_conditions_are_still_judged():
    found = state("{fever: present, cough: present, numb: absent}", "FIRST", scope="numb")
    assert (found.state, [one.state for one in found.conditions]) == ("not", ["yes", "yes"])


def test_otherwise_rules_come_last_and_fire_where_they_decide():
    table = decision("d", FIRST, otherwise=[rule("O-ONE", "numb", "{scan: avoid}"), rule("O-TWO")])
    found = states(opened(table, case_of="{fever: absent}"))
    assert [(one.id, one.state) for one in found.values()] == [("FIRST", "not"), ("O-ONE", "open"), ("O-TWO", "open")]
    assert found["O-TWO"].writes == "says nothing"
    assert found["O-TWO"].conditions == (ConditionState("always", "", "yes"),)


def test_the_parts_of_a_definition_are_shown_one_by_one():
    table = decision("d", rule("R", "ill", "{scan: now}"))
    found = state("{fever: present}", "R", table, extra="definitions: {ill: {at_least: {n: 2, of: [fever, cough]}}}\n")
    assert [(one.text, one.state) for one in found.conditions] == [("fever", "yes"), ("cough", "open")]


def test_a_part_names_each_of_its_findings_once():
    table = decision("d", rule("R", "{all: [{any: [fever, {not: fever}, cough]}, {pain: severe}]}", "{scan: now}"))
    found = state("{fever: present}", "R", table, findings="fever cough pain")
    assert [one.value for one in found.conditions] == ["fever; cough: not assessed", "pain: not assessed"]


def test_conditions_on_outputs_and_scores_are_judged_too():
    reads = rule("R", "{all: [{visit: at_least soon}, {likely: includes flu}, {sum: at_least 1}]}", "{scan: now}")
    first = rule("V", "fever", "{visit: soon, likely: [flu]}")
    tables = score("sum", "{when: cough, points: 1}"), decision("d", first), decision("e", reads)
    found = states(opened(*tables, covers="scan visit likely", case_of="{fever: present}"))["R"]
    assert found.conditions == (
        ConditionState("the visit: soon or right now", "", "yes"),
        ConditionState("likely: influenza", "", "yes"),
        ConditionState("sum: at least 1", "", "open"),
    )


SCOPE = "{all: [{not: {any: [fever, {all: [cough, numb]}]}}, {any: [fever, cough, numb]}]}"


def scope(case_of: str, wanted: str = SCOPE, extra: str = "") -> tuple[str, list[tuple[str, str]]]:
    world = opened(TABLE, case_of=case_of, scope=wanted, extra=extra)
    found, missed = scope_state(world.engine, world.stated, world.region)
    return found, [(one.text, one.state) for one in missed]


def test_a_patient_in_scope_misses_no_part_of_it():
    assert scope("{fever: absent, cough: present, numb: absent}") == ("yes", [])


def test_the_parts_of_the_scope_that_are_not_met_are_named_in_their_smallest_parts():
    assert scope("{fever: present, cough: absent, numb: absent}") == ("no", [("no fever", "no")])
    assert scope("{fever: absent, cough: present, numb: present}") == ("no", [("not (cough and numbness)", "no")])


def test_every_finding_that_a_scope_asks_for_is_a_part_of_its_own():
    assert scope("{fever: absent, cough: absent}", "{all: [fever, cough]}") == (
        "no",
        [("fever", "no"), ("cough", "no")],
    )


def test_a_scope_that_rests_on_what_is_not_assessed_is_open():
    assert scope("{cough: present, numb: absent}") == ("open", [("no fever", "open")])


def test_definitions_in_a_scope_are_read_through():
    definitions = "definitions: {ill: {any: [fever, numb]}, fit: {not: ill}}\n"
    assert scope("{fever: absent, cough: absent, numb: present}", "fit", definitions) == (
        "no",
        [("normal feeling", "no")],
    )
