"""Findings that can leave an outcome open, and vignettes that leave them unknown."""

from __future__ import annotations

from tests.unit.coverage.worlds import counts, items, measured, states
from tests.unit.evaluate.worlds import TRIAL, case, decision, rule

FEVER = decision("d", rule("R", "fever", "{scan: now}"))
PAIR = decision("d", rule("R", "{all: [fever, cough]}", "{scan: now}"))
WORRY = decision("d", rule("R", "{any: [worry, fever]}", "{scan: now}"))


def test_every_finding_that_alone_can_leave_an_outcome_open_counts():
    found = measured(PAIR)
    assert states(found, "unknowns") == {"fever": "uncovered", "cough": "uncovered"}
    (fever, _) = items(found, "unknowns")
    assert (fever.text, fever.finding) == ("fever not known, which leaves open: the scan", "fever")
    assert (fever.file, fever.line) == ("g/vocabulary.yaml", 5)


def test_a_finding_is_exercised_where_it_is_open_and_the_outcome_expected_to_be():
    undecided = case("V", "{fever: present}", "{outcomes: {scan: undecided}}")
    assert states(measured(PAIR, vignettes=(undecided,)), "unknowns") == {"fever": "uncovered", "cough": "V"}


def test_an_open_finding_that_no_longer_matters_is_not_exercised():
    decided = case("V", "{fever: absent}", "{outcomes: silent}")
    assert counts(measured(PAIR, vignettes=(decided,)), "unknowns") == (0, 2, 0)


def test_of_two_unknown_findings_one_must_change_what_is_possible_alone():
    all_open = case("V", "{}", "{outcomes: {scan: undecided}}")
    assert states(measured(PAIR, vignettes=(all_open,)), "unknowns") == {"fever": "V", "cough": "V"}
    either = decision("d", rule("R", "{any: [{all: [fever, cough]}, numb]}", "{scan: now}"))
    beside = states(measured(either, vignettes=(all_open,)), "unknowns")
    assert beside == {"fever": "uncovered", "cough": "uncovered", "numb": "V"}


def test_what_is_filled_with_its_normal_value_is_not_unknown():
    filled = case("V", "{fever: present}", "{outcomes: silent}", unmentioned="absent")
    stated = case("W", "{fever: present, cough: unknown}", "{outcomes: {scan: undecided}}", unmentioned="absent")
    assert states(measured(PAIR, vignettes=(filled, stated)), "unknowns")["cough"] == "W"


def test_a_partly_known_finding_is_not_unknown():
    table = decision("d", rule("R", "{pain: severe}", "{scan: now}"))
    partly = case("V", "{pain: {one_of: [mild, severe]}}", "{outcomes: {scan: undecided}}")
    assert states(measured(table, findings="pain", vignettes=(partly,)), "unknowns") == {"pain": "uncovered"}


def test_an_assumption_that_settles_the_outcome_exercises_its_finding():
    settled = case("V", "{fever: absent}", "{outcomes: silent}")
    found = states(measured(WORRY, findings="worry fever", vignettes=(settled,)), "unknowns")
    assert found == {"worry": "V", "fever": "uncovered"}


def test_an_assumption_that_changes_nothing_exercises_nothing():
    decided = case("V", "{fever: present}", "{outcomes: {scan: now}}")
    found = states(measured(WORRY, findings="worry fever", vignettes=(decided,)), "unknowns")
    assert found == {"worry": "uncovered", "fever": "uncovered"}


def test_an_assumption_counts_where_the_outcome_is_still_open_too():
    table = decision("d", rule("R", "worry", "{scan: now}"), rule("S", "fever", "{scan: soon}"))
    still_open = case("V", "{}", "{outcomes: {scan: undecided}}")
    found = states(measured(table, findings="worry fever", vignettes=(still_open,)), "unknowns")
    assert found == {"worry": "V", "fever": "V"}


def test_who_does_not_look_at_the_output_exercises_nothing():
    unseen = case("V", "{fever: absent}", "{outcomes: {visit: silent}, others: any}")
    found = measured(WORRY, findings="worry fever", covers="scan visit", vignettes=(unseen,))
    assert states(found, "unknowns")["worry"] == "uncovered"


def test_findings_on_which_no_outcome_hangs_alone_are_impossible():
    tied = "{id: K, title: no cough without fever, if: cough, then: fever}"
    other = "{id: L, title: no fever without cough, if: fever, then: cough}"
    found = measured(FEVER, findings="fever cough", constraints=(tied, other))
    assert {one.id: (one.state, one.reason) for one in items(found, "unknowns")} == {
        "fever": ("impossible", "no outcome hangs on it alone")
    }


def test_what_can_be_open_is_asked_of_legal_patients_alone():
    nobody_numb = "{id: K, title: nobody is numb, if: numb, then: {not: numb}}"
    all_numb = "{id: K, title: all are numb, if: {not: numb}, then: numb}"
    two = decision(
        "d", rule("R", "{all: [fever, cough]}", "{scan: later}"), rule("S", "{all: [fever, numb]}", "{scan: soon}")
    )
    assert states(measured(two, constraints=(nobody_numb,)), "unknowns")["fever"] == "uncovered"
    nobody_coughs = "{id: K, title: nobody coughs, if: cough, then: {not: cough}}"
    assert states(measured(two, constraints=(nobody_coughs,)), "unknowns")["fever"] == "uncovered"
    either = decision("d", rule("R", "{any: [fever, numb]}", "{scan: soon}"))
    assert states(measured(either, constraints=(all_numb,)), "unknowns")["fever"] == "impossible"


def test_a_tied_finding_can_leave_any_level_open():
    implied = "{id: K, title: cough means fever, if: cough, then: fever}"
    table = decision(
        "d", rule("R", "{all: [cough, {not: fever}]}", "{scan: later}"), rule("S", "fever", "{scan: soon}")
    )
    assert states(measured(table, constraints=(implied,)), "unknowns") == {"fever": "uncovered", "cough": "impossible"}


def test_findings_that_only_constraints_read_do_not_count():
    table = decision("d", rule("R", '{days: "> 5 d"}', "{scan: now}"))
    assert set(states(measured(table, findings="days trial", constraints=(TRIAL,)), "unknowns")) == {"days"}


def test_an_answer_that_no_completion_can_give_leaves_nothing_out():
    implied = "{id: K, title: cough means fever, if: cough, then: fever}"
    table = decision("d", rule("R", "{any: [{all: [cough, numb]}, {all: [fever, numb]}]}", "{scan: now}"))
    open_ones = case("V", "{fever: absent}", "{outcomes: silent}")
    found = measured(table, constraints=(implied,), vignettes=(open_ones,))
    assert states(found, "unknowns")["cough"] == "impossible"


def test_a_finding_that_constraints_tie_and_whose_answers_leave_all_possible_is_not_exercised():
    implied = "{id: K, title: cough means fever, if: cough, then: fever}"
    table = decision("d", rule("R", "{any: [{all: [cough, numb]}, {pain: severe}]}", "{scan: now}"))
    all_open = case("V", "{}", "{outcomes: {scan: undecided}}")
    found = measured(table, findings="fever cough numb pain", constraints=(implied,), vignettes=(all_open,))
    assert states(found, "unknowns") == {"cough": "uncovered", "numb": "uncovered", "pain": "V"}


def test_an_answer_that_settles_another_finding_settles_what_hangs_on_that():
    implied = "{id: K, title: cough means fever, if: cough, then: fever}"
    table = decision("d", rule("R", "{any: [cough, {all: [fever, numb]}]}", "{scan: now}"))
    not_numb = case("V", "{numb: absent}", "{outcomes: {scan: undecided}}")
    found = measured(table, constraints=(implied,), vignettes=(not_numb,))
    assert states(found, "unknowns") == {"fever": "V", "cough": "V", "numb": "uncovered"}


def test_each_finding_is_asked_about_the_outputs_that_it_can_open():
    two = decision("d", rule("R", "fever", "{scan: now}"), rule("S", "cough", "{visit: now}"))
    all_open = case("V", "{}", "{outcomes: {scan: undecided, visit: undecided}}")
    found = measured(two, covers="scan visit", vignettes=(all_open,))
    assert states(found, "unknowns") == {"fever": "V", "cough": "V"}


def test_many_open_outputs_are_told_in_short():
    table = decision("d", rule("R", "fever", "{scan: now, visit: now, test: now}"))
    found = measured(table, covers="scan visit test any_test anything")
    (fever,) = items(found, "unknowns")
    assert fever.text == "fever not known, which leaves open: the scan, the visit, the test and 2 more"
    (fever,) = items(measured(table, covers="scan visit test any_test"), "unknowns")
    assert fever.text == "fever not known, which leaves open: the scan, the visit, the test, some test"


def test_elements_of_a_set_are_open_each_by_itself():
    table = decision("d", rule("R", "fever", "{likely: [flu]}"), rule("S", "cough", "{likely: [stroke]}"))
    half = case("V", "{cough: present}", "{outcomes: {likely: {must: [stroke], may: [stroke, flu]}}}")
    found = states(measured(table, covers="likely", vignettes=(half,)), "unknowns")
    assert found == {"fever": "V", "cough": "uncovered"}
