"""Values of outputs that vignettes expect."""

from __future__ import annotations

from tests.unit.coverage.worlds import counts, items, measured, states
from tests.unit.evaluate.worlds import case, decision, rule

SCAN = decision("d", rule("R", "fever", "{scan: now}"), rule("S", "cough", "{scan: soon}"))
LIKELY = decision("d", rule("R", "fever", "{likely: [flu]}"), rule("S", "numb", "{likely: [stroke]}"))
FAMILY = decision("d", rule("R", "fever", "{test: soon}"), rule("S", "cough", "{any_test: avoid}"))


def test_the_values_that_count_are_those_that_somebody_gets():
    found = measured(SCAN)
    assert states(found, "outputs") == {"scan=soon": "uncovered", "scan=now": "uncovered", "scan=silent": "uncovered"}


def test_a_value_is_covered_where_it_alone_is_expected():
    found = measured(
        SCAN,
        vignettes=(
            case("V1", "{fever: present}", "{outcomes: {scan: now}}"),
            case("V2", "{fever: absent, cough: present}", "{outcomes: {scan: soon}}"),
            case("V3", "{fever: absent}", "{outcomes: {scan: {may: [soon, silent]}}}"),
        ),
    )
    assert states(found, "outputs") == {"scan=silent": "uncovered", "scan=soon": "V2", "scan=now": "V1"}
    assert counts(found, "outputs") == (2, 3, 0)


def test_one_word_for_all_outputs_covers_the_status_of_each():
    found = measured(SCAN, scope="fever", vignettes=(case("V", "{fever: absent}", "{outcomes: out_of_scope}"),))
    assert states(found, "outputs")["scan=out_of_scope"] == "V"


def test_an_output_that_is_not_listed_is_expected_to_be_silent():
    both = decision("d", rule("R", "fever", "{scan: now}"), rule("S", "cough", "{visit: soon}"))
    seen = case("V", "{fever: present, cough: absent}", "{outcomes: {scan: now}}")
    lifted = seen.replace("scan: now}}", "scan: now}, others: any}")
    assert states(measured(both, covers="scan visit", vignettes=(seen,)), "outputs")["visit=silent"] == "V"
    assert states(measured(both, covers="scan visit", vignettes=(lifted,)), "outputs")["visit=silent"] == "uncovered"


def test_an_element_is_covered_where_it_is_expected_always():
    found = measured(
        LIKELY,
        covers="likely",
        vignettes=(case("V", "{fever: present}", "{outcomes: {likely: {must: [flu], may: [flu, stroke]}}}"),),
    )
    assert states(found, "outputs") == {
        "likely=stroke": "uncovered",
        "likely=silent": "uncovered",
        "likely=flu": "V",
    }


def test_entailed_levels_count_and_written_ones_that_others_overrule_do_not():
    found = measured(
        FAMILY,
        covers="scan test any_test",
        vignettes=(
            case("V", "{fever: absent, cough: present}", "{outcomes: {any_test: avoid, test: avoid, scan: avoid}}"),
        ),
    )
    assert {one.id for one in items(found, "outputs") if one.state == "covered"} == {
        "any_test=avoid",
        "test=avoid",
        "scan=avoid",
    }
    places = {one.id: one.rules for one in items(found, "outputs")}
    assert places["any_test=soon"] == ("R",)
    assert places["scan=avoid"] == ("S",)
    assert places["scan=silent"] == ()


def test_a_value_that_a_rule_writes_and_nobody_gets_is_impossible():
    found = measured(decision("d", rule("R", "always", "{scan: now}"), rule("S", "fever", "{scan: soon}")))
    assert states(found, "outputs") == {"scan=now": "uncovered", "scan=soon": "impossible"}
    (soon,) = [one for one in items(found, "outputs") if one.state == "impossible"]
    assert (soon.text, soon.reason, soon.output) == ("the scan: soon", "no patient gets it", "scan")


def test_a_level_of_a_whole_family_is_not_told_of_its_members_unless_it_is_passed_down():
    whole = decision("d", rule("R", "fever", "{any_test: soon}"), rule("S", "cough", "{any_test: avoid}"))
    found = measured(whole, covers="scan any_test")
    assert {one.id: one.rules for one in items(found, "outputs")} == {
        "scan=avoid": ("S",),
        "scan=silent": (),
        "any_test=avoid": ("S",),
        "any_test=soon": ("R",),
        "any_test=silent": (),
    }
