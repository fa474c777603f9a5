"""The verdict of the gate: what blocks, what is not decided, and that nothing found of nothing is no pass."""

import itertools

import pytest

from redflag_kit.gate import checks
from redflag_kit.gate.checks import Found, Strong
from redflag_kit.gate.judge import judge, worst_version
from redflag_kit.gate.settings import GateSettings
from redflag_kit.results.gate import GateCheck, GateVersion, SettingChange, Signoff, SignoffItem

NOTHING = Signoff((), (), (), (), (), ())
RESULTS = ("passed", "failed", "not_decided", "signoff", "noted")


def item(state, missing=(), fingerprint="sha256:1", reasons=()):
    roles = () if state == "not_required" else ("clinical-safety",)
    return SignoffItem(
        "c-1",
        fingerprint,
        "urgency-lowered",
        "less_urgent",
        "throat",
        "a",
        "b",
        "x",
        "x",
        "x",
        roles,
        state,
        missing,
        (),
        reasons,
    )


def signoff(*items):
    missing = tuple(sorted({role for one in items for role in one.missing}))
    return Signoff(("clinical-safety",), (), missing, (), items, ())


def check(result):
    return GateCheck(result, result.capitalize(), result, "", "", ())


def verdict(*results, **given):
    found = judge([check(one) for one in results], NOTHING, **{"empty": False, "faulty": False, **given})
    return (found.verdict, found.exit_code)


def test_only_passed_and_noted_checks_pass():
    assert verdict("passed", "noted", "passed") == ("PASS", 0)


@pytest.mark.parametrize("results", list(itertools.product(RESULTS, repeat=3)))
def test_the_gravest_result_decides_wherever_it_stands(results):
    expected = ("PASS", 0)
    if "failed" in results:
        expected = ("BLOCKED", 1)
    elif "not_decided" in results:
        expected = ("UNDECIDED", 4)
    elif "signoff" in results:
        expected = ("BLOCKED", 5)
    assert verdict(*results) == expected


def test_nothing_to_work_on_outweighs_findings_and_a_contradiction_of_engines_outweighs_all():
    assert verdict("failed", "passed", empty=True) == ("BLOCKED", 3)
    assert verdict("passed", empty=True, faulty=True) == ("BLOCKED", 70)


def test_the_sentence_says_what_is_in_the_way():
    assert judge([check("failed"), check("signoff")], NOTHING, empty=False, faulty=False).sentence == (
        "this change may not go in: failed"
    )
    left = signoff(item("open", ("clinical-safety",)), item("rejected"), item("approved"))
    assert judge([check("failed")], left, empty=False, faulty=False).sentence == (
        "this change may not go in: failed; 2 items left to sign"
    )
    assert judge([check("not_decided")], left, empty=False, faulty=False).sentence == (
        "whether this change may go in could not be decided: not_decided; 2 items left to sign"
    )
    assert judge([checks.signoff(left)], left, empty=False, faulty=False).sentence == (
        "only sign-off is missing: 2 items (1 rejected), to be approved as clinical-safety"
    )
    rejected = signoff(item("rejected"))
    assert judge([checks.signoff(rejected)], rejected, empty=False, faulty=False).sentence == (
        "only sign-off is missing: 1 item (1 rejected)"
    )


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (Found(), "passed"),
        (Found(kept=("k",)), "noted"),
        (Found(undecided=("u",), kept=("k",)), "not_decided"),
        (Found(("i",), ("k",), ("u",)), "failed"),
    ],
)
def test_only_what_is_introduced_blocks_and_what_was_there_is_noted(found, expected):
    assert checks.tables(found, "error").result == expected
    assert checks.properties(found, 1).result == expected
    assert checks.tables(found, "warning").reasons == (*found.introduced, *found.undecided, *found.kept)


def test_a_project_without_a_property_has_proved_nothing():
    assert checks.properties(Found(), 0).result == "noted"


def test_files_that_cannot_be_read_block_now_and_leave_the_change_open_if_it_was_before():
    assert checks.loads((), ()).result == "passed"
    assert checks.loads((), ("main:a.yaml",)).result == "not_decided"
    assert checks.loads(("a.yaml",), ("main:a.yaml",)).result == "failed"


def test_a_comparison_that_is_impossible_blocks_and_one_that_is_open_is_undecided():
    assert checks.compared(2, (), ()).result == "passed"
    assert checks.compared(2, (), ("u",)).result == "not_decided"
    assert checks.compared(2, ("f",), ("u",)).result == "failed"


def test_vignettes_pass_only_if_there_are_some_and_none_waits():
    assert checks.vignettes(3, 0, ()).result == "passed"
    assert checks.vignettes(0, 0, ()).result == "failed"
    waiting = checks.vignettes(2, 1, ("V3",))
    assert (waiting.result, waiting.actual) == (
        "failed",
        "2 vignettes passed, 1 failed or not filled in (1 expectation to fill in)",
    )


def test_least_numbers_count_guidelines_and_vignettes():
    settings = GateSettings(min_guidelines=2, min_vignettes=3)
    assert checks.numbers(2, 3, settings).result == "passed"
    assert checks.numbers(1, 0, settings).reasons == (
        "1 guideline where 2 are the least",
        "0 vignettes that ran, where 3 are the least",
    )
    assert checks.numbers(0, 0, GateSettings()).result == "failed"


ASKED = GateSettings(min_mutation_score="0.8")


def test_strength_that_nobody_asks_for_is_noted_and_not_measured():
    found = checks.mutation(GateSettings(), None)
    assert (found.result, found.required, found.actual) == ("noted", "nothing", "not measured")


def test_strength_passes_if_nothing_changed_or_every_edition_reaches_the_share():
    assert (checks.mutation(ASKED, ()).result, checks.mutation(ASKED, ()).actual) == ("passed", "nothing to mutate")
    good = checks.mutation(ASKED, [Strong("a@1", "reached", "0.9", ("left",)), Strong("b@1", "reached", "")])
    assert (good.result, good.reasons) == ("passed", ())
    assert good.actual == "a@1: 0.9, b@1: nothing left to notice"
    assert good.required == "a share of 0.8 of the faults in changed rules noticed by vignettes"


def test_one_edition_that_falls_short_blocks_and_its_survivors_are_named():
    editions = [Strong("a@1", "reached", "0.9"), Strong("b@1", "missed", "0.5", ("one", "two"), ("three",))]
    found = checks.mutation(ASKED, editions)
    assert (found.result, found.actual) == ("failed", "2 changed editions, 1 short of it")
    assert found.reasons == (
        "b@1: score 0.5",
        "b@1: not noticed: one",
        "b@1: not noticed: two",
        "b@1: not decided: three",
    )


def test_what_is_not_decided_leaves_the_strength_open_unless_something_else_falls_short():
    unsure = Strong("a@1", "open", "", (), ("three",))
    found = checks.mutation(ASKED, [unsure])
    assert (found.result, found.actual) == ("not_decided", "1 changed edition, 1 short of it")
    assert found.reasons == ("a@1: no score", "a@1: not decided: three")
    assert checks.mutation(ASKED, [unsure, Strong("b@1", "missed", "0")]).result == "failed"


def step(ok, required="minor", declared="none", versioning="semver"):
    return GateVersion("throat", "main:throat@1.0.0", "throat@1.0.0", versioning, required, declared, ok)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (step(False), "throat@1.0.0 keeps the version of main:throat@1.0.0; the change needs a minor step"),
        (
            step(False, "major", "patch"),
            "throat@1.0.0 makes a patch step of main:throat@1.0.0; the change needs a major step",
        ),
        (
            step(False, versioning="calendar"),
            "throat@1.0.0 keeps the version of main:throat@1.0.0; the change needs a higher version",
        ),
        (
            step(False, declared="backwards"),
            "throat@1.0.0 has a lower version than main:throat@1.0.0; versions only grow",
        ),
    ],
)
def test_an_edition_without_the_step_it_needs_blocks(one, expected):
    found = checks.version([step(True), one])
    assert (found.result, found.reasons) == ("failed", (expected,))


def test_a_step_that_is_open_is_not_decided_and_no_pair_needs_none():
    assert checks.version([step(None), step(True)]).result == "not_decided"
    assert checks.version([step(True)]).result == "passed"
    assert checks.version([]).result == "passed"


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        ([], None),
        ([step(True, "patch"), step(True, "major")], step(True, "major")),
        ([step(True, "major"), step(None)], step(None)),
        ([step(None), step(False)], step(False)),
    ],
)
def test_the_worst_version_is_the_first_that_is_not_enough(versions, expected):
    assert worst_version(versions) == expected


def test_a_record_with_a_fault_and_a_recalled_edition_in_use_block():
    assert checks.records((), 2).result == "passed"
    assert checks.records(("gone",), 2).result == "failed"
    assert checks.recalls((), ()).result == "passed"
    assert checks.recalls((), ("aside",)).result == "noted"
    assert checks.recalls(("in use",), ("aside",)).reasons == ("in use", "aside")


def test_settings_are_told_and_unread_ones_leave_them_undecided():
    change = SettingChange("min_vignettes", "5", "1", True)
    override = SettingChange("fail_on (--fail-on)", "error", "info", False)
    assert checks.settings((), (), ()).result == "passed"
    assert checks.settings((), (), ("before",)).result == "not_decided"
    found = checks.settings((change,), (override,), ())
    assert (found.result, found.reasons) == (
        "noted",
        (
            "min_vignettes: 5 before, 1 now (lets more through)",
            "fail_on (--fail-on) overrides error of the file by info (lets no more through)",
        ),
    )


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([], "passed"),
        ([item("not_required")], "passed"),
        ([item("approved")], "passed"),
        ([item("open", ("clinical-safety",))], "signoff"),
        ([item("conditional")], "signoff"),
        ([item("expired")], "signoff"),
        ([item("rejected")], "signoff"),
        ([item("approved"), item("unknown")], "not_decided"),
        ([item("open", fingerprint="")], "not_decided"),
    ],
)
def test_every_state_but_approved_keeps_the_gate_closed(items, expected):
    assert checks.signoff(signoff(*items)).result == expected


def test_an_item_that_is_left_says_why():
    found = checks.signoff(signoff(item("open", ("clinical-safety",)), item("expired", reasons=("it expired",))))
    assert found.reasons == ("c-1: needs clinical-safety", "c-1: it expired")
    assert found.actual == "0 of 2 items approved"
    unmarked = checks.signoff(signoff(item("open", fingerprint="")))
    assert unmarked.reasons == ("c-1: no fingerprint could be made within the budget, so it cannot be signed",)
