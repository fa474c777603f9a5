"""Vignettes against what they expect of a guideline."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from redflag_kit.diagnostics.diagnostic import Diagnostic
from redflag_kit.evaluate.engine import engine
from redflag_kit.evaluate.vignettes import run
from redflag_kit.model.vignette import Expected
from redflag_kit.results.case import Outcome
from redflag_kit.results.vignettes import ExpectationResult
from tests.unit.evaluate.worlds import TRIAL, case, decision, library, rule, vignette

NOW, SOON = rule("R-NOW", "fever", "{scan: now}"), rule("R-SOON", "cough", "{scan: soon}")
TABLE = decision("d", NOW, SOON, rule("R-VISIT", "numb", "{visit: later}"))
SETS = decision("d", rule("R-FLU", "fever", "{likely: [flu]}"), rule("R-STROKE", "numb", "{likely: [stroke]}"))
BOTH = decision("d", rule("R-BOTH", "fever", "{likely: [flu, stroke]}"))


def tried(
    case_of: str, expect: str, table: str = TABLE, unmentioned: str = "absent", **options: Any
) -> tuple[tuple[ExpectationResult, ...], tuple[Diagnostic, ...]]:
    options = {"covers": "scan visit", **options}
    found = library(table, vignettes=case("V", case_of, expect, unmentioned), **options)
    one = vignette(found)
    return run(engine(found.guidelines[0], (one.findings,)), one, one.expectations[0])


def passes(case_of: str, outcomes: str, table: str = TABLE, **options: Any) -> bool:
    results, diagnostics = tried(case_of, f"{{outcomes: {outcomes}}}", table, **options)
    assert results
    assert all(one.passed for one in results) == (not diagnostics)
    return not diagnostics


# ---------------------------------------------------------------- one output


def test_an_expected_level_must_be_the_only_possible_one():
    assert passes("{fever: present}", "{scan: now}")
    assert not passes("{fever: present}", "{scan: soon}")
    assert not passes("{fever: unknown}", "{scan: now}")


def test_a_result_says_what_was_expected_and_what_came_out():
    (result,), diagnostics = tried("{fever: present}", "{outcomes: {scan: now}}")
    assert (result.guideline, result.version, result.output, result.expected) == ("g", "1.0.0", "scan", "now")
    assert (result.passed, result.because_ok, result.missing_reasons, result.todo) == (True, True, (), False)
    assert result.actual.possible == ("now",)
    assert result.line == 9
    assert diagnostics == ()


def test_a_level_that_is_not_met_is_told_with_what_came_out_and_why():
    (result,), (fault,) = tried("{fever: present}", "{outcomes: {scan: soon}}")
    assert not result.passed
    assert fault.code.id == "RF403"
    assert fault.message == "`V`: g@1.0.0 gives `scan` now because of R-NOW, expected soon"
    assert fault.help == "redflag explain g@1.0.0 --vignette V shows why"
    assert fault.rules == ("R-NOW",)


def test_where_no_rule_stands_behind_an_outcome_none_is_named():
    _, (fault,) = tried("{}", "{outcomes: {scan: out_of_scope}}", decision("d", NOW, otherwise=None), covers="scan")
    assert fault.message == "`V`: g@1.0.0 gives `scan` gap, expected out_of_scope"


@pytest.mark.parametrize(("status", "met"), [("silent", True), ("gap", False), ("out_of_scope", False)])
def test_a_status_is_expected_like_a_level(status, met):
    assert passes("{}", f"{{scan: {status}}}") == met
    assert passes("{numb: absent}", "{scan: out_of_scope, visit: out_of_scope}", scope="numb")


def test_undecided_is_any_two_or_more_possible_values():
    assert passes("{fever: unknown}", "{scan: undecided}")
    assert not passes("{fever: present}", "{scan: undecided}")


def test_may_lists_exactly_the_possible_values():
    assert passes("{fever: unknown}", "{scan: {may: [now, silent]}}")
    assert not passes("{fever: unknown}", "{scan: {may: [now]}}")
    assert not passes("{fever: unknown}", "{scan: {may: [now, soon, silent]}}")
    assert passes("{fever: present}", "{scan: {may: [now]}}")


def test_an_output_that_the_guideline_does_not_cover_is_not_covered():
    assert passes("{}", "{test: not_covered}")
    assert passes("{}", "{likely: not_covered}")
    status = ("not_covered",)
    (result,), (fault,) = tried("{}", "{outcomes: {test: now}}")
    assert result.actual == Outcome(
        "test", "ordered", True, status, None, None, (), (), (), (), status, "the test", "not covered"
    )
    (of_a_set,), _ = tried("{}", "{outcomes: {likely: silent}}")
    assert (of_a_set.actual.kind, of_a_set.actual.possible) == ("set", status)
    assert fault.message == "`V`: g@1.0.0 gives `test` not_covered, expected now"


def test_an_output_of_another_vocabulary_is_not_covered():
    found = library(TABLE, covers="scan visit", vignettes=case("V", "{}", "{outcomes: {scan: silent}}", "absent"))
    one = vignette(found)
    foreign = Expected("heart_trace", "now", values=frozenset({"now"}))
    expectation = replace(one.expectations[0], outcomes=(foreign,))
    (result,), (fault,) = run(engine(found.guidelines[0], (one.findings,)), one, expectation)
    assert (result.actual.possible, result.actual.label) == (("not_covered",), "heart trace")
    assert fault.message == "`V`: g@1.0.0 gives `heart_trace` not_covered, expected now"


# ---------------------------------------------------------------- sets


def set_passes(case_of: str, expected: str, **options: Any) -> bool:
    return passes(case_of, f"{{likely: {expected}}}", SETS, covers="likely", **options)


def test_a_list_is_exactly_the_set_in_every_completion():
    assert set_passes("{fever: present}", "[flu]")
    assert not set_passes("{fever: present}", "[flu, stroke]")
    assert not set_passes("{fever: present, numb: unknown}", "[flu]")
    assert not set_passes("{fever: unknown}", "[flu]")


def test_must_alone_is_an_exact_list_and_may_lists_all_that_is_possible():
    assert set_passes("{fever: present}", "{must: [flu]}")
    assert set_passes("{fever: present, numb: unknown}", "{must: [flu], may: [flu, stroke]}")
    assert not set_passes("{fever: present, numb: unknown}", "{must: [flu], may: [stroke]}")
    assert not set_passes("{fever: present, numb: unknown}", "{may: [flu, stroke]}")


def test_a_set_that_need_not_have_a_member_may_be_silent_without_saying_so():
    assert set_passes("{fever: unknown}", "{may: [flu]}")
    assert set_passes("{fever: unknown}", "{may: [flu, silent]}")
    assert not set_passes("{fever: present, numb: unknown}", "{must: [flu], may: [flu, stroke, silent]}")
    assert set_passes("{}", "[]")
    assert not set_passes("{fever: present}", "{may: [silent]}")


def test_other_statuses_of_a_set_must_be_listed():
    scoped = {"scope": "cough", "case_of": "{fever: present, cough: unknown}"}
    assert not set_passes(scoped["case_of"], "{may: [flu]}", scope="cough")
    assert set_passes(scoped["case_of"], "{may: [flu, out_of_scope]}", scope="cough")


def test_a_set_can_be_silent_or_undecided():
    assert set_passes("{}", "silent")
    assert not set_passes("{fever: present}", "silent")
    assert not set_passes("{fever: unknown}", "silent")
    assert set_passes("{fever: unknown}", "undecided")
    assert not passes("{fever: present}", "{likely: undecided}", BOTH, covers="likely")


def test_a_set_that_is_not_as_expected_is_told_with_its_members_and_statuses():
    _, (fault,) = tried("{fever: unknown}", "{outcomes: {likely: [flu]}}", SETS, covers="likely")
    assert fault.message == "`V`: g@1.0.0 gives `likely` flu | silent because of R-FLU, d.otherwise, expected [flu]"


# ---------------------------------------------------------------- one word for all


def test_one_word_is_meant_for_every_covered_output():
    results, _ = tried("{}", "{outcomes: silent}")
    assert [(one.output, one.expected, one.passed) for one in results] == [
        ("scan", "silent", True),
        ("visit", "silent", True),
    ]
    assert not passes("{fever: present}", "silent")
    assert passes("{numb: absent}", "out_of_scope", scope="numb")
    assert not passes("{numb: present}", "out_of_scope", scope="numb")


def test_one_word_is_meant_for_every_output_whatever_is_said_of_others():
    found = library(TABLE, covers="scan visit", vignettes=case("V", "{}", "{outcomes: silent}", "absent"))
    one = vignette(found)
    results, _ = run(engine(found.guidelines[0], (one.findings,)), one, replace(one.expectations[0], strict=False))
    assert [result.output for result in results] == ["scan", "visit"]


def test_all_undecided_means_each_of_them():
    assert passes("{fever: unknown, numb: unknown}", "undecided")
    assert not passes("{fever: unknown}", "undecided")


def test_a_set_of_two_certain_members_is_not_undecided():
    assert not passes("{fever: present}", "undecided", BOTH, covers="likely")
    assert passes("{fever: unknown}", "undecided", BOTH, covers="likely")


def test_one_word_is_compared_with_what_the_rules_write_entailed_levels_aside():
    table = decision("d", rule("R-ANY", "fever", "{any_test: avoid}"), rule("R-TEST", "cough", "{test: soon}"))
    options = {"covers": "scan any_test", "table": decision("d", NOW)}
    assert not passes("{fever: present}", "silent", **options)
    results, _ = tried("{fever: present}", "{outcomes: silent}", **options)
    assert [(one.output, one.passed) for one in results] == [("scan", False), ("any_test", True)]
    results, _ = tried("{fever: unknown}", "{outcomes: undecided}", table, covers="any_test test scan")
    assert [(one.output, one.passed) for one in results] == [("any_test", True), ("test", True), ("scan", True)]


def test_an_umbrella_that_is_open_only_as_written_is_undecided():
    table = decision("d", rule("R-ANY", "cough", "{any_test: later}"), NOW)
    results, _ = tried("{fever: present, cough: unknown}", "{outcomes: undecided}", table, covers="scan any_test")
    assert [(one.output, one.actual.decided, one.passed) for one in results] == [
        ("scan", True, False),
        ("any_test", True, True),
    ]


# ---------------------------------------------------------------- outputs that are not listed


def test_outputs_that_are_not_listed_must_be_silent():
    results, (fault,) = tried("{fever: present, numb: present}", "{outcomes: {scan: now}}")
    assert [(one.output, one.expected, one.passed) for one in results] == [
        ("scan", "now", True),
        ("visit", "silent (not listed)", False),
    ]
    assert (results[1].line, fault.span.line) == (9, 9)
    assert fault.message == "`V`: g@1.0.0 gives `visit` later because of R-VISIT, expected silent (not listed)"


def test_other_outputs_may_be_anything_if_the_vignette_says_so():
    results, diagnostics = tried("{fever: present, numb: present}", "{outcomes: {scan: now}, others: any}")
    assert ([one.output for one in results], diagnostics) == (["scan"], ())


def test_entailed_levels_need_no_mention_and_count_where_they_are_listed():
    options = {"covers": "scan any_test", "table": decision("d", NOW)}
    assert passes("{fever: present}", "{scan: now}", **options)
    assert passes("{fever: present}", "{scan: now, any_test: now}", **options)
    assert not passes("{fever: present}", "{scan: now, any_test: silent}", **options)


# ---------------------------------------------------------------- reasons


def test_a_reason_is_a_rule_that_fires_for_certain():
    (result,), diagnostics = tried("{fever: present}", "{outcomes: {scan: now}, because: [R-NOW]}")
    assert (result.because_ok, result.missing_reasons, diagnostics) == (True, (), ())


@pytest.mark.parametrize(
    ("case_of", "outcome"), [("{cough: present}", "soon"), ("{cough: present, fever: unknown}", "undecided")]
)
def test_a_rule_that_does_not_fire_or_may_not_fire_is_no_reason(case_of, outcome):
    (result,), (fault,) = tried(case_of, f"{{outcomes: {{scan: {outcome}}}, because: [R-SOON, R-NOW]}}")
    assert (result.passed, result.because_ok, result.missing_reasons) == (True, False, ("R-NOW",))
    assert fault.code.id == "RF404"
    assert fault.message == "`V` gives the rule `R-NOW` as a reason, and it does not fire for certain in g@1.0.0"
    assert fault.help == "correct `because`, or state what the rule needs"
    assert (fault.span.file, fault.span.line) == ("v/v.yaml", 9)
    assert fault.rules == ("R-NOW",)


def test_an_inert_rule_is_never_a_reason():
    seen = "id: R-SEEN, title: seen, inert: cited only, when: fever, evidence: [{cite: BOOK, status: opinion}]"
    (result,), (fault,) = tried(
        "{fever: present}", "{outcomes: {scan: now}, because: [R-SEEN]}", decision("d", NOW, SOON, f"{{{seen}}}")
    )
    assert (result.passed, result.because_ok, result.missing_reasons) == (True, False, ("R-SEEN",))
    assert fault.message == "`V` gives the rule `R-SEEN` as a reason, and it is inert in g@1.0.0"
    assert fault.help == "an inert rule decides nothing; correct `because`"


def test_a_reason_that_is_no_rule_is_told_as_such():
    (result,), (fault,) = tried("{fever: present}", "{outcomes: {scan: now}, because: [R-NEW]}")
    assert (result.passed, result.because_ok, result.missing_reasons) == (True, False, ("R-NEW",))
    assert fault.code.id == "RF404"
    assert fault.message == "`V` gives the rule `R-NEW` as a reason, and g@1.0.0 has no such rule"
    assert fault.help == "correct `because`"


def test_a_wrong_outcome_and_a_wrong_reason_are_both_told():
    _, faults = tried("{cough: present}", "{outcomes: {scan: now}, because: [R-NEW, R-NOW, R-SOON]}")
    assert [(one.code.id, one.rules) for one in faults] == [
        ("RF403", ("R-SOON",)),
        ("RF404", ("R-NEW",)),
        ("RF404", ("R-NOW",)),
    ]


# ---------------------------------------------------------------- still to be filled in


def test_an_expectation_still_to_be_filled_in_never_passes():
    (result,), (fault,) = tried("{fever: present}", "{outcomes: {scan: TODO}}")
    assert (result.passed, result.todo) == (False, True)
    assert fault.code.id == "RF405"
    assert fault.message == "`V` still waits for what g@1.0.0 should say of `scan`"
    assert fault.help == "read the cited row and fill in the expected outcome"
    assert (fault.span.file, fault.span.line) == ("v/v.yaml", 9)


def test_all_outcomes_can_wait_to_be_filled_in_and_are_told_once():
    results, faults = tried("{}", "{outcomes: TODO}")
    assert [(one.output, one.passed, one.todo) for one in results] == [("scan", False, True), ("visit", False, True)]
    assert [(one.code.id, one.message) for one in faults] == [("RF405", "`V` still waits for what g@1.0.0 should say")]


# ---------------------------------------------------------------- contradictions

SICK = "{id: K-SICK, title: fever comes with a cough, if: fever, then: cough}"


def test_a_case_that_contradicts_itself_names_the_smallest_part_that_does():
    case_of = "{numb: present, fever: present, cough: absent, pain: unknown}"
    results, (fault,) = tried(
        case_of, "{outcomes: silent}", constraints=[SICK], findings="fever cough numb pain", unmentioned="unknown"
    )
    assert results == ()
    assert (fault.code.id, fault.findings) == ("RF401", ("fever", "cough"))
    assert fault.message == "`V` states what cannot be true together: fever, no cough"
    assert fault.help == "correct one of them, or the constraint that forbids it"
    assert (fault.span.file, fault.span.line) == ("v/v.yaml", 4)


def test_numbers_that_are_compared_contradict_each_other_by_one_step():
    table = decision("d", rule("R", "{trial: at_least 14 d}", "{scan: now}"))
    options: dict[str, Any] = {
        "findings": "trial days",
        "constraints": [TRIAL],
        "covers": "scan",
        "unmentioned": "unknown",
    }
    results, (fault,) = tried("{trial: 30 d, days: 29 d}", "{outcomes: {scan: now}}", table, **options)
    assert results == ()
    assert fault.message == "`V` states what cannot be true together: trial 30 days, duration 29 days"
    assert tried("{trial: 30 d, days: 30 d}", "{outcomes: {scan: now}}", table, **options)[1] == ()


def test_clean_values_are_no_part_of_a_contradiction():
    assert passes("{fever: present}", "{scan: now, visit: silent}", constraints=[SICK])
    # No cough is the normal value; stated with fever it contradicts, and what else is normal has no part in that.
    constraints = [SICK, "{id: K-NUMB, title: fever comes with numbness, if: fever, then: numb}"]
    _, (fault,) = tried("{fever: present, cough: absent}", "{outcomes: silent}", constraints=constraints)
    assert fault.findings == ("fever", "cough")


def test_where_the_constraints_leave_nobody_no_finding_is_to_blame():
    nobody = [
        "{id: K-1, title: nobody, if: fever, then: {not: fever}}",
        "{id: K-2, title: nobody, if: {fever: absent}, then: fever}",
    ]
    _, (fault,) = tried("{cough: present}", "{outcomes: silent}", constraints=nobody)
    assert (fault.code.id, fault.findings) == ("RF401", ())
    assert fault.message == "`V` is no patient: the constraints of g@1.0.0 leave none"
    assert fault.help == "correct one of the constraints"


def test_a_result_of_an_output_without_a_line_of_its_own_points_at_the_expectation():
    found = library(TABLE, covers="scan visit", vignettes=case("V", "{fever: present}", "{outcomes: {scan: now}}"))
    one = vignette(found)
    (expected,) = one.expectations[0].outcomes
    expectation = replace(one.expectations[0], outcomes=(replace(expected, span=None),), strict=False)
    (result,), _ = run(engine(found.guidelines[0], (one.findings,)), one, expectation)
    assert result.line == one.expectations[0].span.line
