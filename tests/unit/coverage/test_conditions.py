"""Tests of conditions that decide an outcome, where they hold and where not."""

from __future__ import annotations

from tests.unit.coverage.worlds import counts, items, measured, states
from tests.unit.evaluate.worlds import case, decision, rule, score

PAIR = decision("d", rule("R", "{all: [fever, cough]}", "{scan: now}"))
BOTH = case("V1", "{fever: present, cough: present}", "{outcomes: {scan: now}}")
NO_COUGH = case("V2", "{fever: present, cough: absent}", "{outcomes: silent}")
NO_FEVER = case("V3", "{fever: absent, cough: present}", "{outcomes: silent}")
NEITHER = case("V4", "{fever: absent, cough: absent}", "{outcomes: silent}")


def test_each_test_of_a_rule_has_to_hold_and_to_fail_where_it_decides():
    found = measured(PAIR, vignettes=(NEITHER, BOTH, NO_COUGH))
    assert states(found, "conditions") == {
        "R 0 fails": "uncovered",
        "R 0 holds": "V1",
        "R 1 holds": "V1",
        "R 1 fails": "V2",
    }
    assert counts(found, "conditions") == (3, 4, 0)
    assert counts(measured(PAIR, vignettes=(BOTH, NO_COUGH, NO_FEVER)), "conditions") == (4, 4, 0)


def test_where_the_outcome_stays_open_nothing_is_shown():
    half = case("V", "{fever: present}", "{outcomes: {scan: undecided}}")
    assert counts(measured(PAIR, vignettes=(half,)), "conditions") == (0, 4, 0)


def test_a_vignette_that_does_not_look_at_the_output_shows_nothing():
    unseen = case("V", "{fever: present, cough: present}", "{outcomes: {visit: silent}, others: any}")
    assert counts(measured(PAIR, covers="scan visit", vignettes=(unseen,)), "conditions") == (0, 4, 0)


def test_a_rule_that_fires_without_deciding_the_outcome_shows_nothing():
    stronger = decision("d", rule("R", "fever", "{scan: soon}"), rule("S", "cough", "{scan: now}"))
    both = case("V", "{fever: present, cough: present}", "{outcomes: {scan: now}}")
    found = states(measured(stronger, vignettes=(both,)), "conditions")
    assert (found["S whole holds"], found["R whole holds"]) == ("V", "uncovered")


def test_silence_of_an_output_that_is_not_listed_is_looked_at():
    two = decision("d", rule("R", "fever", "{scan: now}"), rule("S", "cough", "{visit: now}"))
    feverish = case("V", "{fever: present, cough: absent}", "{outcomes: {scan: now}}")
    found = states(measured(two, covers="scan visit", vignettes=(feverish,)), "conditions")
    assert (found["R whole holds"], found["S whole fails"]) == ("V", "V")


def test_silence_as_written_is_looked_at_where_a_member_entails_a_level():
    family = decision("d", rule("R", "fever", "{scan: now}"), rule("S", "cough", "{any_test: now}"))
    ill = case("V", "{fever: present, cough: absent}", "{outcomes: {scan: now}}")
    listed = case("V", "{fever: present, cough: absent}", "{outcomes: {scan: now, any_test: now}}")
    assert states(measured(family, covers="scan any_test", vignettes=(ill,)), "conditions")["S whole fails"] == "V"
    found = states(measured(family, covers="scan any_test", vignettes=(listed,)), "conditions")
    assert found["S whole fails"] == "uncovered"


def test_one_word_for_all_outputs_is_looked_at_as_written():
    family = decision("d", rule("R", "fever", "{scan: now}"), rule("S", "cough", "{any_test: now}"))
    nobody = case("V", "{fever: absent, cough: absent}", "{outcomes: silent}")
    found = states(measured(family, covers="scan any_test", vignettes=(nobody,)), "conditions")
    assert (found["R whole fails"], found["S whole fails"]) == ("V", "V")


def test_a_dead_test_is_proved_and_named():
    dead = decision("d", rule("R", "{any: [fever, {all: [fever, cough]}]}", "{scan: now}"))
    found = measured(dead)
    assert {one.id: one.state for one in items(found, "conditions")} == {
        "R 0 holds": "uncovered",
        "R 0 fails": "uncovered",
        "R 1.0 holds": "impossible",
        "R 1.0 fails": "uncovered",
        "R 1.1 holds": "impossible",
        "R 1.1 fails": "impossible",
    }
    dead_one = next(one for one in items(found, "conditions") if one.id == "R 1.1 holds")
    assert dead_one.reason == "no patient's outcome is decided by that"


def test_a_test_that_is_never_decisive_alone_has_a_note():
    tied = "{id: K, title: cough comes with a cold, if: cough, then: fever}"
    other = "{id: L, title: a cold comes with cough, if: fever, then: cough}"
    found = measured(
        decision("d", rule("R", "fever", "{scan: now}")), findings="fever cough", constraints=(tied, other)
    )
    assert {one.note for one in items(found, "conditions")} == {"never by fever alone: other findings change with it"}
    free = measured(decision("d", rule("R", "fever", "{scan: now}")))
    assert {one.note for one in items(free, "conditions")} == {""}


def test_scope_and_points_of_scores_have_tests_too():
    points = score("sum", "{when: fever, points: 1}, {when: cough, points: 1}")
    table = decision("d", rule("R", "{sum: at_least 2}", "{scan: now}"))
    found = measured(
        points,
        table,
        scope="{numb: absent}",
        vignettes=(
            case("V1", "{fever: present, cough: present, numb: absent}", "{outcomes: {scan: now}}"),
            case("V2", "{fever: present, cough: absent, numb: absent}", "{outcomes: silent}"),
            case("V3", "{numb: present}", "{outcomes: out_of_scope}"),
        ),
    )
    assert states(found, "conditions") == {
        "sum, points 1 whole fails": "uncovered",
        "the scope whole holds": "V1",
        "the scope whole fails": "V3",
        "sum, points 1 whole holds": "V1",
        "sum, points 2 whole holds": "V1",
        "sum, points 2 whole fails": "V2",
        "R whole holds": "V1",
        "R whole fails": "V2",
    }
    named = {one.id: (one.text, one.rules, one.finding) for one in items(found, "conditions")}
    assert named["the scope whole holds"] == ('the scope: "normal feeling" decides the outcome', (), "numb")
    assert named["R whole fails"] == ('R: "not sum: at least 2" decides the outcome', ("R",), "")


def test_tests_of_intermediate_decisions_count_by_what_follows():
    first = decision("a", rule("A", "fever", "{likely: [flu]}"))
    second = decision("b", rule("B", "{all: [{likely: includes flu}, cough]}", "{scan: now}"))
    ill = case("V", "{fever: present, cough: present}", "{outcomes: {scan: now}, others: any}")
    found = states(measured(first, second, covers="scan likely", vignettes=(ill,)), "conditions")
    assert (found["A whole holds"], found["B 0 holds"], found["B 1 holds"]) == ("V", "V", "V")


def test_a_place_is_where_the_test_is_written():
    found = measured(PAIR)
    assert {(one.file, one.line) for one in items(found, "conditions")} == {("g/g.yaml", 17)}
