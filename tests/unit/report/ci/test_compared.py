"""Comparisons and the gate in the formats of CI: what must be signed stands out, and what is settled is marked so."""

import copy
import json
import re
from pathlib import Path

import pytest

from redflag_kit.diff.direction import MIRRORS
from redflag_kit.gate import checks
from redflag_kit.gate.items import OTHER_KINDS
from redflag_kit.report import markdown
from redflag_kit.report.ci import github, gitlab, junit
from redflag_kit.report.ci.changes_words import KINDS
from redflag_kit.report.ci.sarif import FINGERPRINT
from tests.unit.cli.command_lines import BASE, GUIDELINE
from tests.unit.report.ci.judged import NEW, OLD, PATHS, check, gated, item, other
from tests.unit.report.ci.test_junit import document, outcomes
from tests.unit.report.ci.test_sarif import log_of

NEW_URI = f"project/{PATHS[1]}"


def levels(run):
    return [(one["ruleId"], one["level"], one["baselineState"]) for one in run["results"]]


def place(one):
    physical = one["locations"][0]["physicalLocation"]
    return physical["artifactLocation"]["uri"], physical["region"]["startLine"]


def test_a_comparison_lists_what_patients_lose_as_notes_at_the_new_rule(compared, losing):
    run = log_of(compared)
    kinds = {one["kind"] for one in losing}
    found = [one for one in run["results"] if one["ruleId"] in kinds]
    assert [(one["level"], one["baselineState"]) for one in found] == [("note", "new")] * len(losing) != []
    lines = (BASE / GUIDELINE).read_text("utf-8").splitlines()
    named = [lines[place(one)[1] - 1].strip() for one in found]
    rules = [one["new_rule"] or one["old_rule"] for one in losing]
    # A table's `otherwise` is named after the table.
    assert all(rule.split(".")[-1] in line for rule, line in zip(rules, named, strict=True))
    assert {place(one)[0] for one in found} == {NEW_URI}
    assert [one["relatedLocations"][0]["physicalLocation"]["region"]["startLine"] for one in found] == [
        one["old_row"]["line"] for one in losing
    ]


def test_an_old_edition_that_is_not_in_the_tree_has_no_place_in_it(compared):
    left = copy.deepcopy(compared)
    left["inputs"][0]["revision"] = "0" * 40
    assert not any("relatedLocations" in one for one in log_of(left)["results"])


def test_the_gate_makes_errors_of_what_must_be_signed(compared, losing):
    run = log_of(gated(compared, [item(one) for one in losing]))
    found = [one for one in run["results"] if one["level"] == "error"]
    assert [one["ruleId"] for one in found] == [one["kind"] for one in losing]
    assert all(one["baselineState"] == "new" for one in found)
    assert all(one["message"]["text"].endswith("sign-off: open; missing: clinical-safety") for one in found)
    assert all(place(one)[0] == NEW_URI for one in found)


def test_what_is_approved_is_a_suppressed_note_that_names_its_record(compared, losing):
    run = log_of(gated(compared, [item(one, "approved") for one in losing], exit_code=0))
    assert not [one for one in run["results"] if one["level"] == "error"]
    (suppression,) = run["results"][0]["suppressions"]
    assert (suppression["kind"], suppression["status"]) == ("external", "accepted")
    assert suppression["justification"] == "approved: guidelines/back_pain/approvals/r1.yaml"
    uri = suppression["location"]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "project/guidelines/back_pain/approvals/r1.yaml"


@pytest.mark.parametrize("state", ["open", "conditional", "rejected", "expired", "unknown"])
def test_nothing_but_an_approval_counts(compared, losing, state):
    left = gated(compared, [item(losing[0], state, reasons=["because"])])
    (error,) = (one for one in log_of(left)["results"] if one["level"] == "error")
    assert error["message"]["text"].endswith(f"sign-off: {state}; missing: clinical-safety; because")
    assert "suppressions" not in error
    assert document(left).get("failures") == "1"


def test_the_fingerprint_of_a_change_is_that_of_its_meaning(compared, losing):
    first = log_of(gated(compared, [item(losing[0])]))["results"][0]
    moved = copy.deepcopy(compared)
    for one in moved["diff"]["changes"]:
        one["new_row"] |= {"file": PATHS[1], "line": 77}
    second = log_of(gated(moved, [item(losing[0])]))["results"][0]
    assert first["partialFingerprints"][FINGERPRINT] == second["partialFingerprints"][FINGERPRINT]
    assert place(first) != place(second)


def test_changes_that_no_class_shows_stand_at_their_edition_or_are_told_of_the_run(compared):
    items = [other("assumption-changed"), other("guideline-removed", new=""), other("settings-relaxed", old="", new="")]
    run = log_of(gated(compared, items))
    at = {one["ruleId"]: place(one) for one in run["results"] if one["level"] == "error"}
    assert at == {"assumption-changed": (NEW_URI, 1), "guideline-removed": (f"project/{PATHS[0]}", 1)}
    (told,) = (one for one in run["invocations"][0]["toolExecutionNotifications"] if one["level"] == "error")
    assert told["associatedRule"]["id"] == "settings-relaxed"


def test_who_gains_needs_no_remark_unless_a_role_is_asked_for(compared, losing):
    gaining = dict(losing[0], direction="more_urgent")
    quiet = gated(compared, [item(gaining, "not_required", roles=[])], exit_code=0)
    assert all(one["ruleId"] != gaining["kind"] for one in log_of(quiet)["results"])
    asked = gated(compared, [item(gaining)])
    assert [one["ruleId"] for one in log_of(asked)["results"] if one["level"] == "error"] == [gaining["kind"]]


def test_faults_are_told_apart_as_introduced_kept_and_resolved(compared):
    left = copy.deepcopy(compared)
    fault = {"code": "RF303", "name": "conflicting-outputs", "severity": "error", "rules": ["X-MINOR"], "findings": []}
    left["diff"]["health"] = {
        "introduced": [fault | {"message": "new"}],
        "kept": [fault | {"message": "old", "rules": []}],
        "resolved": [fault | {"message": "gone"}],
    }
    run = log_of(left)
    found = [one for one in run["results"] if one["ruleId"] == "RF303"]
    assert [(one["kind"], one["level"], one["baselineState"]) for one in found] == [
        ("fail", "error", "new"),
        ("fail", "error", "unchanged"),
        ("pass", "none", "absent"),
    ]
    assert [place(one)[0] for one in found] == [NEW_URI, NEW_URI, f"project/{PATHS[0]}"]
    assert place(found[0])[1] > 1
    root = document(left)
    assert [one.get("message") for one in root.iter("failure")] == [f"{NEW}: new"]
    lines = [line for line in github.render(left).splitlines() if "RF303" in line]
    assert [line.split("::")[1].split(" ")[0] for line in lines] == ["error"]


def test_properties_vignettes_and_versions_are_told(compared):
    left = copy.deepcopy(compared)
    prop = {
        "id": "P-1", "guideline": NEW, "old": OLD, "result": "refuted", "title": "Kept", "known": None, "line": 3,
        "file": "guidelines/back_pain/properties.yaml",
        "counterexample": {"text": "age 40 years", "says": "MRI: silent"},
    }  # fmt: skip
    known = {"reason": "printed so", "file": "guidelines/back_pain/properties.yaml", "line": 9}
    left["diff"]["properties"] = [
        prop,
        prop | {"id": "P-2", "result": "not_decided", "counterexample": None},
        prop | {"id": "P-3", "known": known},
        prop | {"id": "P-4", "result": "proved"},
    ]
    broken = {"id": "P-5", "title": "Safe", "change": "broken", "new": [prop | {"id": "P-5", "old": ""}], "old": []}
    left["diff"]["property_changes"] = [broken, broken | {"id": "P-6", "change": "kept"}]
    left["diff"]["vignettes"]["failing"] = ["V9"]
    left["diff"]["bump_enough"] = False
    told = ("RF320", "RF321", "RF403", "version-too-low")
    found = [(one["ruleId"], one["level"]) for one in log_of(left)["results"] if one["ruleId"] in told]
    assert found == [
        ("RF320", "error"),
        ("RF321", "warning"),
        ("RF320", "note"),
        ("RF320", "error"),
        ("RF403", "error"),
        ("version-too-low", "note"),
    ]
    messages = [one["message"]["text"] for one in log_of(left)["results"] if one["ruleId"] == "RF320"]
    assert messages[0] == f"{NEW}: P-1: Kept; age 40 years; MRI: silent"
    assert messages[2] == f"{NEW}: P-5: Safe: is broken now; age 40 years; MRI: silent"


def test_a_version_that_is_too_low_blocks_only_in_the_gate(compared):
    low = {"old": OLD, "new": NEW, "required": "major", "declared": "minor", "ok": False}
    left = gated(compared, [], versions=[low])
    assert ("version-too-low", "error", "new") in levels(log_of(left))
    assert [one for one in levels(log_of(gated(compared, [], versions=[low | {"ok": True}]))) if "low" in one[0]] == []


def test_every_check_of_the_gate_is_a_case(compared):
    found = [
        check("tests"),
        check("vignettes", "failed", ["V1 fails"]),
        check("version", "not_decided"),
        check("sign-off", "signoff"),
        check("settings", "noted"),
    ]
    root = document(gated(compared, [], found, exit_code=1))
    gate = next(suite for suite in root if suite.get("name") == "gate")
    assert [(one.get("name"), *(part.tag for part in one if part.tag != "system-out")) for one in gate] == [
        ("tests: The tests",),
        ("vignettes: The vignettes", "failure"),
        ("version: The version", "error"),
        ("sign-off: The sign-off", "failure"),
        ("settings: The settings", "skipped"),
    ]
    assert "V1 fails" in next(gate.iter("failure")).text


def test_each_item_and_each_comparison_is_a_case(compared, losing):
    root = document(gated(compared, [item(losing[0]), *(item(one, "approved") for one in losing[1:])]))
    signed = [one for suite in root if suite.get("name") == "sign-off" for one in suite]
    assert [len(one.findall("failure")) for one in signed] == [1] + [0] * (len(losing) - 1)
    found = outcomes(root)
    assert found[(f"{OLD} -> {NEW}", "is compared")] == ""
    assert found[("unchanged", "other@1.0.0 is unchanged")] == ""


def test_a_comparison_that_was_not_decided_is_an_error(compared):
    left = copy.deepcopy(compared)
    left["diff"]["equivalent"] = None
    assert document(left).get("errors") == "1"


def test_every_class_is_a_case_of_a_comparison(compared, losing):
    names = {name for _, name in outcomes(document(compared))}
    assert {f"{one['kind']}: {one['id']}" for one in losing} <= names


def test_failed_checks_lead_the_annotations(compared, losing):
    left = gated(compared, [item(one) for one in losing], [check("vignettes", "failed", ["a", "b"])])
    first = github.render(left).splitlines()[0]
    assert first == "::error title=gate-vignettes::The vignettes: required at least 1, found none%0Aa%0Ab"


def test_code_quality_has_every_open_change_of_the_gate(compared, losing):
    entries = json.loads(gitlab.render(gated(compared, [item(losing[0]), *(item(o, "approved") for o in losing[1:])])))
    mine = [one for one in entries if one["check_name"] == losing[0]["kind"]]
    assert [(one["severity"], one["location"]["path"]) for one in mine] == [("critical", NEW_URI)]


def test_a_comment_starts_with_the_mark_by_which_it_is_found_again_and_fits(compared, losing):
    many = [other("settings-relaxed", id=f"s-{number}", sentence="x" * 900) for number in range(200)]
    text = markdown.render(gated(compared, [*many, *(item(one) for one in losing)]))
    assert text.startswith("<!-- redflag-kit:gate -->\n")
    assert len(text) < 65_000
    assert "<!-- redflag-kit" not in markdown.render(compared)


FAULT = {
    "code": "RF307", "name": "duplicate-rules", "severity": "warning", "rules": ["A", "B"], "findings": [],
    "message": "twice", "help": "", "file": PATHS[1], "line": 5, "column": 2, "end_line": 5, "end_column": 9,
    "witness": None, "where": "", "waived": "", "related": [],
}  # fmt: skip


def faulty(compared, *diagnostics, checks=()):
    return gated(compared, [], checks, exit_code=1) | {"diagnostics": [FAULT | one for one in diagnostics]}


def test_what_fails_a_case_of_the_gate_is_what_its_settings_say(compared):
    left = faulty(compared, {}) | {"options": {}}
    assert document(left).get("failures") == "0"
    left["gate"]["settings"]["values"] = {"fail_on": "warning"}
    assert document(left).get("failures") == "1"


def test_a_fault_that_was_there_before_the_change_is_not_new(compared):
    error = {"severity": "error"}
    kept = [f"{PATHS[1]}:5:2: RF307 twice"]
    left = faulty(compared, error, error | {"message": "thrice"}, checks=[check("tables", "failed", kept=kept)])
    states = [(one["message"]["text"], one["baselineState"]) for one in log_of(left)["results"]]
    assert [state for words, state in states if words in ("twice", "thrice")] == ["unchanged", "new"]
    assert [one.get("message") for one in document(left).iter("failure")][1:] == ["thrice"]


@pytest.mark.parametrize(
    ("reason", "state"),
    [
        ("P-1 (Kept) for a@1.0.0", "unchanged"),
        ("P-1 (Kept) for a@1.0.0 after a@0.1.0", "unchanged"),
        ("P-1 (Kept) for a@1.0.0-b", "new"),
        ("P-12 (Kept) for a@1.0.0", "new"),
    ],
)
def test_a_property_that_was_broken_before_the_change_is_not_new(compared, reason, state):
    broken = {"code": "RF320", "message": "the property `P-1` does not hold for `a@1.0.0`: all", "severity": "error"}
    left = faulty(compared, broken, checks=[check("properties", "noted", kept=[reason])])
    assert [one["baselineState"] for one in log_of(left)["results"] if one["ruleId"] == "RF320"] == [state]


def test_a_fault_of_a_commit_has_no_place_in_the_working_tree(compared):
    left = faulty(compared, {"file": f"origin/main:{PATHS[0]}", "severity": "error"})
    run = log_of(left)
    assert [one for one in run["results"] if one["ruleId"] == "RF307"] == []
    (told,) = (one for one in run["invocations"][0]["toolExecutionNotifications"] if one["level"] == "error")
    assert told["message"]["text"] == f"origin/main:{PATHS[0]}:5: twice"
    assert "RF307" not in github.render(left)
    assert document(left).get("failures") == "0"


def test_every_check_of_the_gate_that_can_fail_is_explained():
    names = set(re.findall(r'GateCheck\(\s*"(\w+)"', Path(checks.__file__).read_text("utf-8")))
    assert {"loads", "version"} <= names
    explained = {name.removeprefix("gate-") for name in KINDS if name.startswith("gate-")}
    assert explained == names - {"signoff"}


def test_every_kind_of_change_is_explained():
    kinds = {kind for kind in MIRRORS if "-" in kind} | set(OTHER_KINDS)
    assert kinds <= set(KINDS)


def test_guidelines_of_different_publishers_have_no_remarks(compared):
    left = copy.deepcopy(compared) | {"diff": {"compares": "guidelines"}}
    assert log_of(left)["results"] == []
    assert junit.render(left)


def test_a_guideline_without_a_counterpart_is_told(compared):
    def change(kind, **names):
        empty = dict.fromkeys(("old", "new", "old_path", "new_path"), "")
        return {"kind": kind, **empty, **names, "diff": None}

    changes = [
        change("first", new="b@1.0.0", new_path="guidelines/b.yaml"),
        change("removed", old="main:c@1.0.0", old_path="guidelines/c.yaml"),
    ]
    left = copy.deepcopy(compared) | {"diff": {"compares": "revisions", "guidelines": changes, "diffs": []}}
    assert [(one["ruleId"], place(one)) for one in log_of(left)["results"]] == [
        ("guideline-added", ("project/guidelines/b.yaml", 1)),
        ("guideline-removed", ("project/guidelines/c.yaml", 1)),
    ]


def test_an_edition_is_found_whatever_revision_it_was_read_from(compared, losing):
    left = gated(compared, [item(losing[0]), other("guideline-removed", new="")])
    left["gate"]["guidelines"][0]["old"] = f"main:{OLD}"
    left["gate"]["signoff"]["items"][0]["old"] = f"main:{OLD}"
    assert [one["ruleId"] for one in log_of(left)["results"] if one["level"] == "error"] == [
        losing[0]["kind"],
        "guideline-removed",
    ]
