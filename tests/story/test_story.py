"""The story of a change: an author edits rules, the gate names what has to be signed, people sign, rules move again.

One scratch repository serves the whole story. Each act starts from the files that it names, so acts do not depend on
each other's order.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from redflag_kit.__main__ import main
from redflag_kit.project.states import States
from redflag_kit.report.formats import render
from redflag_kit.report.json import to_json
from redflag_kit.workflow.envelope import UsageError
from redflag_kit.workflow.gate import gate
from redflag_kit.workflow.gate_signoff import Asked
from redflag_kit.workflow.schema_result import result_schema
from tests.story.acts import AUTHOR, RECORDS, REVIEWER, Stage, record
from tests.story.project import GUIDELINE, HAZARDS, PROPERTIES, VIGNETTES, VOCABULARY, Files, edited, throat
from tests.unit.project.scratch import CLEAN, Scratch, scratch

REPOSITORY = Path(__file__).parents[2]
BASE = throat()
RULE = BASE[GUIDELINE][BASE[GUIDELINE].index("      - id: T-FEVER") : BASE[GUIDELINE].index("      - id: T-LONG")]
WEEK = "{review: this_week, swab: silent}\n        because: [T-LONG]"
LONGER = "seeing a doctor: this week → not needed"
SWAB = "a throat swab: recommended → says nothing"
SETTINGS = f"""\
[gate]
min_vignettes = 3
[gate.reviewers]
clinical-safety = ["{REVIEWER}"]
"""


def moved_last(files: Files, path: str, block: str, before: str) -> dict[str, str]:
    """Return the files with a block moved to where another text starts."""
    text = files[path].replace(block, "")
    return {**files, path: text.replace(before, block + before, 1)}


def rules_edited(files: Files, days: int = 8) -> dict[str, str]:
    """Raise a threshold, tighten an `any` to `all`, reword a title, reorder rules, add a finding; step the version."""
    files = edited(
        files,
        GUIDELINE,
        ("version: 1.0.0", "version: 2.0.0"),
        ("value: 7 d", f"value: {days} d"),
        ("when: {any: [exudate, swollen_nodes]}", "when: {all: [exudate, swollen_nodes]}"),
        ("title: The airway may be closing", "title: The airway closes, perhaps"),
    )
    files = moved_last(files, GUIDELINE, RULE, "    otherwise:\n      - {id: T-HOME")
    cough = '  cough: {type: yes_no, clean: absent, ask: "Is there a cough?"}\n'
    files = edited(files, VOCABULARY, ("scales:\n", f"{cough}scales:\n"))
    files = edited(files, VIGNETTES, (WEEK, "{review: not_needed, swab: silent}\n        because: [T-HOME]"))
    return {**files, VIGNETTES: files[VIGNETTES].replace("throat@1:", "throat@2:")}


EDITED = rules_edited(BASE)


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    """Return the repository, its first commit tagged `base`; git knows the author alone."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**CLEAN, "GIT_AUTHOR_NAME": "An Author", "GIT_AUTHOR_EMAIL": "author@example.org"}.items():
            patch.setenv(name, value)
        made = Stage(scratch(tmp_path_factory.mktemp("story")))
        made.put({**BASE, "redflag.toml": SETTINGS})
        made.scratch.commit("The project")
        made.scratch.git("tag", "base")
        yield made


@pytest.fixture(scope="module")
def seen(stage):
    """Return what the gate says of the author's edits."""
    return act(stage, EDITED)


def act(stage: Stage, files: Files, settings: str = SETTINGS, against: str = "base", **given: object):
    stage.put({**files, "redflag.toml": settings})
    return stage.gate(against, **given)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def signed(seen):
    return {**EDITED, **record("signed", seen.to_sign)}


def test_nothing_changed_passes(stage):
    found = act(stage, BASE)
    assert (found.verdict, found.states) == (("PASS", 0), [])


def test_the_edits_block_by_exactly_the_classes_that_are_less_urgent(seen):
    assert seen.verdict == ("BLOCKED", 5)
    assert seen.states == [(LONGER, "open"), (SWAB, "open")]
    assert {one.roles for one in seen.to_sign} == {("clinical-safety",)}
    assert (seen.body.signoff.required, seen.body.signoff.missing) == (("clinical-safety",), ("clinical-safety",))
    assert seen.body.signoff.authors == (AUTHOR,)


def test_rewording_and_reordering_are_listed_as_proved_unchanged(seen):
    (diff,) = seen.body.diffs
    assert {one.new_rule: one.what for one in diff.unchanged_edits} == {
        "T-AIR": ("the title",),
        "T-FEVER": ("its place among the rules",),
    }
    assert "✔ T-AIR: the title; proved to change nothing" in seen.text


def test_everything_but_sign_off_is_in_order(seen):
    results = {one.name: one.result for one in seen.body.checks}
    assert {name for name, result in results.items() if result not in ("passed", "noted")} == {"signoff"}
    assert (seen.body.version.required, seen.body.version.declared, seen.body.version.ok) == ("major", "major", True)


def test_the_text_says_what_helps_and_fits_a_terminal(seen):
    lines = seen.text.splitlines()
    assert lines[0] == "✘ BLOCKED: only sign-off is missing: 2 items, to be approved as clinical-safety"
    assert "  help: redflag approve --review --against base" in lines
    assert max(map(len, lines)) <= 80


def test_the_page_of_one_comparison_has_what_reports_draw_and_answer_from(seen):
    page = render(to_json(seen.envelope), "html")
    assert page.count('id="explorer-data"') == page.count('id="area"') == 1
    assert all(f'id="{one}"' in page for one in re.findall(r'href="#([^"]+)"', page))


def test_a_class_says_where_its_sign_off_stands(seen):
    (diff,) = seen.body.diffs
    assert {one.signoff for one in diff.changes} == {"open"}
    assert (diff.signoff.items, diff.signoff.missing) == (seen.body.signoff.items, ("clinical-safety",))


def test_the_author_alone_cannot_approve(stage, seen):
    own = record("own", seen.to_sign, who=AUTHOR)
    found = act(stage, {**EDITED, **own}, settings="")
    assert found.verdict == ("BLOCKED", 5)
    assert "approved by its authors only" in found.to_sign[0].reasons[0]


def test_somebody_who_may_not_act_in_the_role_does_not_count(stage, seen):
    other = record("other", seen.to_sign, who="Another <another@example.org>")
    assert act(stage, {**EDITED, **other}).verdict == ("BLOCKED", 5)


def test_an_approval_by_a_reviewer_turns_the_gate_green(stage, signed):
    found = act(stage, signed)
    assert (found.verdict, found.left) == (("PASS", 0), [])


def test_an_approval_of_a_part_leaves_the_rest_open(stage, seen):
    part = record("part", [one for one in seen.to_sign if one.sentence == SWAB])
    found = act(stage, {**EDITED, **part})
    assert (found.verdict, found.left) == (("BLOCKED", 5), [LONGER])


def test_every_role_that_the_settings_ask_for_has_to_approve(stage, seen):
    two = f'{SETTINGS}[gate.roles]\nless_urgent = ["clinical-safety", "owner"]\n'
    found = act(stage, {**EDITED, **record("signed", seen.to_sign)}, settings=two)
    assert (found.verdict, found.left, found.body.signoff.missing) == (("BLOCKED", 5), [LONGER], ("owner",))
    assert "needs clinical-safety, owner; still to approve: owner" in " ".join(found.text.split())
    owner = record("owner", seen.to_sign[:1], role="owner", who=AUTHOR)
    both = act(stage, {**EDITED, **record("signed", seen.to_sign), **owner}, settings=two)
    assert both.verdict == ("PASS", 0)  # the owner wrote it, and somebody else approved it too


def test_moving_the_threshold_once_more_opens_its_class_alone(stage, seen, signed):
    found = act(stage, {**signed, GUIDELINE: rules_edited(BASE, 9)[GUIDELINE]})
    assert found.verdict == ("BLOCKED", 5)
    assert found.states == [(LONGER, "open"), (SWAB, "approved")]
    old = next(one.fingerprint for one in seen.to_sign if one.sentence == LONGER)
    assert [one.fingerprint for one in found.body.signoff.stale] == [old]
    assert "· stale:" in found.text


def test_approvals_outlive_reformatting_reordering_and_a_renamed_rule(stage, signed):
    files = edited(
        signed,
        GUIDELINE,
        ("covers: [review, swab]", "covers:\n  - swab\n  - review"),
        ("      - id: T-LONG\n", "      - id: T-DAYS\n        replaces: [T-LONG]\n"),
        ("any: [stridor, drooling]", "any: [drooling, stridor]"),
    )
    found = act(stage, moved_last(files, GUIDELINE, RULE, "      - id: T-DAYS"))
    assert (found.verdict, found.left, found.body.signoff.stale) == (("PASS", 0), [], ())


def test_a_rejection_outweighs_an_approval_of_somebody_else(stage, seen, signed):
    against = record("no", seen.to_sign[:1], decision="reject", date="2026-01-11")
    found = act(stage, {**signed, **against})
    assert found.verdict == ("BLOCKED", 5)
    assert {state for _, state in found.states} == {"rejected", "approved"}


def test_an_approval_counts_until_the_day_it_expires(stage, seen):
    files = {**EDITED, **record("short", seen.to_sign, expires="2026-03-01")}
    assert act(stage, files, date="2026-02-28").verdict == ("PASS", 0)
    late = act(stage, files, date="2026-03-01")
    assert (late.verdict, {state for _, state in late.states}) == (("BLOCKED", 5), {"expired"})


def test_an_approval_on_a_condition_waits_for_it(stage, seen):
    found = act(stage, {**EDITED, **record("if", seen.to_sign, condition="a nurse is told")})
    assert (found.verdict, {state for _, state in found.states}) == (("BLOCKED", 5), {"conditional"})


def test_a_recalled_edition_in_force_blocks_whatever_is_signed(stage, signed):
    recall = record("recall", [], decision="violation", versions="2.0")
    found = act(stage, {**signed, **recall})
    assert (found.verdict, found.check("recalls")[0]) == (("BLOCKED", 1), "failed")


def beside(stage: Stage, first: tuple[tuple[str, str], ...] = (), second: tuple[tuple[str, str], ...] = ()):
    """Return what the gate says if the edited rules are put beside the first edition, with vignettes for both."""
    new = edited(EDITED, GUIDELINE, ("2024-01-31", "2025-01-31"), *second)
    both = EDITED[VIGNETTES].partition("vignettes:\n")[2]
    for name in ("V-AIR", "V-WEEK", "V-CHILD"):
        both = both.replace(f"id: {name}", f"id: {name}-2")
    return act(
        stage,
        {
            **edited(BASE, GUIDELINE, *first),
            VOCABULARY: EDITED[VOCABULARY],
            GUIDELINE.replace("1.yaml", "2.yaml"): new[GUIDELINE],
            VIGNETTES: BASE[VIGNETTES] + both,
        },
    )


def test_an_edition_beside_its_predecessor_is_judged_against_it(stage):
    found = beside(stage)
    assert (found.verdict, found.states) == (("BLOCKED", 5), [(LONGER, "open"), (SWAB, "open")])
    assert sorted(one.kind for one in found.body.guidelines) == ["added", "changed"]
    assert found.body.signoff.authors == (AUTHOR,)


def test_retiring_what_the_new_edition_replaces_asks_for_nothing_more(stage):
    found = beside(stage, first=(("status: active", "status: retired\nwithdrawn: 2025-01-31"),))
    assert found.states == [(LONGER, "open"), (SWAB, "open")]


def test_retiring_an_edition_while_its_successor_is_a_draft_is_told(stage):
    retired = (("status: active", "status: retired\nwithdrawn: 2025-01-31"),)
    found = beside(stage, first=retired, second=(("status: active", "status: draft"),))
    assert [one.kind for one in found.to_sign if one.kind == "in-force-changed"] == ["in-force-changed"]


def test_a_version_that_does_not_step_blocks(stage, signed):
    small = edited(signed, GUIDELINE, ("version: 2.0.0", "version: 1.1.0"))
    small[VIGNETTES] = small[VIGNETTES].replace("throat@2", "throat@1")
    found = act(stage, small)
    assert (found.verdict, found.check("version")[0]) == (("BLOCKED", 1), "failed")


def test_a_vignette_that_fails_or_waits_blocks(stage):
    wrong = edited(BASE, VIGNETTES, (WEEK, "{review: now, swab: silent}\n        because: [T-LONG]"))
    waiting = edited(BASE, VIGNETTES, (WEEK, "{review: TODO, swab: silent}\n        because: [T-LONG]"))
    for files in (wrong, waiting):
        found = act(stage, files)
        assert (found.verdict, found.check("vignettes")[0]) == (("BLOCKED", 1), "failed")
        assert found.check("vignettes")[1] == ("vignettes/throat.yaml:14: V-WEEK A week of pain",)


def test_the_text_tells_what_blocks_before_what_is_to_be_signed(stage):
    week = BASE[VIGNETTES][BASE[VIGNETTES].index("  - id: V-WEEK") : BASE[VIGNETTES].index("  - id: V-CHILD")]
    wrong = week.replace("review: this_week", "review: now")
    more = "".join(wrong.replace("V-WEEK", f"V-{number}") for number in range(7))
    other = BASE[GUIDELINE].replace("id: throat\n", "id: other\n")
    files = {**BASE, VIGNETTES: BASE[VIGNETTES] + more, GUIDELINE.replace("throat/1", "throat/other"): other}
    lines = act(stage, files).text.splitlines()
    order = [
        "✘ BLOCKED: this change may not go in: vignettes; 1 item left to sign",
        "What blocks",
        "  ✘ Vignettes: 3 vignettes passed, 7 failed or not filled in",
        "      and 2 more (--format json has all)",
        "    help: redflag test shows what each vignette got; redflag explain GUIDELINE",
        "Sign-off",
        "  ✘ open: new guideline, other@1.0.0",
        "Guidelines",
        "  · other@1.0.0 is new",
        "All checks",
    ]
    assert [line for line in lines if line in order] == order
    assert max(map(len, lines)) <= 80


def test_a_file_that_cannot_be_read_blocks(stage):
    found = act(stage, edited(BASE, PROPERTIES, ("when: stridor", "when: stridr")))
    assert found.verdict == ("BLOCKED", 1)
    assert found.check("loads")[1][0].startswith("guidelines/sore_throat/properties.yaml:10:11: RF107 ")


def test_a_property_that_is_newly_broken_blocks_and_one_that_was_is_noted(stage):
    broken = edited(BASE, PROPERTIES, ("    when: stridor\n", "    when: exudate\n"))
    found = act(stage, broken)
    assert found.check("properties")[0] == "failed"
    stage.scratch.commit("Broken for now")
    again = act(stage, broken, against="HEAD")
    stage.scratch.git("reset", "--quiet", "--soft", "base")
    assert (again.verdict, again.check("properties")[0]) == (("PASS", 0), "noted")


def test_a_table_fault_blocks_only_where_it_is_new(stage):
    evidence = "evidence: [{cite: BOOK, row: a, status: supported}]"
    twice = f"      - {{id: T-AGAIN, title: Again, when: stridor, then: {{review: now}}, {evidence}}}\n"
    faulty = edited(BASE, GUIDELINE, ("      - id: T-FEVER\n", f"{twice}      - id: T-FEVER\n"))
    assert act(stage, faulty, options={"--fail-on": "info"}).check("tables")[0] == "failed"
    stage.scratch.commit("Faulty for now")
    renamed = edited(faulty, GUIDELINE, ("{id: T-AGAIN,", "{id: T-MORE, replaces: [T-AGAIN],"))
    found = act(stage, renamed, against="HEAD", options={"--fail-on": "info"})
    stage.scratch.git("reset", "--quiet", "--soft", "base")
    assert found.check("tables")[0] == "noted"


def test_records_are_only_added_to(stage, seen, signed):
    act(stage, signed)
    stage.scratch.commit("Signed")
    name = f"{RECORDS}/signed.yaml"
    for files in (EDITED, edited(signed, name, ("read with care", "read in haste"))):
        found = act(stage, files, against="HEAD")
        assert (found.verdict, found.check("records")[0]) == (("BLOCKED", 1), "failed")
    stage.scratch.git("reset", "--quiet", "--soft", "base")


def test_a_gate_that_lets_more_through_is_signed_by_who_could_before(stage):
    newcomer = "Newcomer <newcomer@example.org>"
    relaxed = SETTINGS.replace("min_vignettes = 3", "min_vignettes = 2").replace(
        f'"{REVIEWER}"', f'"{REVIEWER}", "{newcomer}"'
    )
    found = act(stage, BASE, settings=relaxed)
    assert [one.kind for one in found.to_sign] == ["settings-relaxed", "settings-relaxed"]
    assert "✘ open: gate relaxed" in found.text
    by_newcomer = record("new", found.to_sign, who=newcomer, guideline="")
    assert act(stage, {**BASE, **by_newcomer}, settings=relaxed).verdict == ("BLOCKED", 5)
    by_reviewer = record("old", found.to_sign, guideline="")
    assert act(stage, {**BASE, **by_reviewer}, settings=relaxed).verdict == ("PASS", 0)


def test_an_output_that_the_vocabulary_defines_otherwise_is_signed(stage):
    quiet = edited(BASE, VOCABULARY, ("    against: not_needed\n", ""))
    found = act(stage, quiet)
    told = "the vocabulary defines seeing a doctor otherwise: advice against was “not needed” and is no level"
    assert [(one.kind, one.sentence, one.state) for one in found.to_sign] == [("output-changed", told, "open")]
    assert (found.body.diffs[0].equivalent, found.body.diffs[0].changes) == (True, ())
    assert "✘ open: output defined otherwise" in found.text
    assert act(stage, {**quiet, **record("signed", found.to_sign, guideline="")}).left == []


def test_a_safeguard_that_is_taken_away_is_signed(stage):
    violation = "{guideline: throat@1, where: exudate, reason: made up, cite: [BOOK]}"
    known = f"    then: {{review: now}}\n    known:\n      - {violation}\n"
    files = edited(BASE, PROPERTIES, ("when: stridor", "when: exudate"), ("    then: {review: now}\n", known))
    start, end = BASE[VIGNETTES].index("  - id: V-WEEK"), BASE[VIGNETTES].index("  - id: V-CHILD")
    files = edited(files, VIGNETTES, (BASE[VIGNETTES][start:end], ""))
    found = act(stage, files, settings=SETTINGS.replace("min_vignettes = 3", "min_vignettes = 1"))
    assert {one.sentence for one in found.to_sign if one.kind == "safeguard-relaxed"} == {
        "a violation of the safety property `P-AIR` by throat@1 is accepted as known",
        "the vignette `V-WEEK` is taken away",
        "what the safety property `P-AIR` claims is changed",
    }


def test_fewer_vignettes_than_the_least_number_block(stage):
    found = act(stage, BASE, settings=SETTINGS.replace("min_vignettes = 3", "min_vignettes = 4"))
    assert (found.verdict, found.check("numbers")[0]) == (("BLOCKED", 1), "failed")


STRENGTH = SETTINGS.replace("[gate]\n", "[gate]\nmin_mutation_score = 0.8\n")


def test_strength_is_not_asked_for_where_nothing_changed(stage):
    found = act(stage, BASE, settings=STRENGTH)
    assert found.verdict == ("PASS", 0)
    assert found.check("mutation") == ("passed", ())


def test_vignettes_that_do_not_notice_faults_in_a_changed_rule_block(stage):
    found = act(stage, edited(BASE, GUIDELINE, ("value: 39.0 Cel", "value: 39.5 Cel")), settings=STRENGTH)
    result, reasons = found.check("mutation")
    assert result == "failed"
    assert reasons[0].startswith("throat@1.0.0: score 0")
    assert any(f"not noticed: {GUIDELINE}:" in one for one in reasons[1:])


def test_a_wrong_setting_blocks(stage):
    found = act(stage, BASE, settings="[gate]\nmin_vignetes = 3\n")
    assert (found.verdict, found.check("loads")[0]) == (("BLOCKED", 1), "failed")


@pytest.mark.parametrize("gone", ["vignettes/", "guidelines/sore_throat/throat/"])
def test_a_run_over_nothing_is_never_green(stage, gone):
    beside = (PROPERTIES, HAZARDS)  # they name guidelines
    files = {path: text for path, text in BASE.items() if not path.startswith(gone) and path not in beside}
    stage.put({**files, "redflag.toml": SETTINGS})
    try:
        code = gate(States(stage.root), Asked("base", "2026-02-01")).exit_code
    except UsageError as error:
        code = error.exit_code
    assert code == 3


def command(stage, capsys, *arguments):
    """Return the exit code of the command and what it prints."""
    code = main(["gate", "--project", str(stage.root), "--now", "2026-02-01", *arguments])
    return code, capsys.readouterr()


def test_the_result_of_the_command_follows_the_schema(stage, signed, capsys):
    stage.put({**signed, "redflag.toml": SETTINGS})
    code, said = command(stage, capsys, "--against", "base", "--format", "json")
    result = json.loads(said.out)
    jsonschema.validate(result, result_schema())
    assert (code, result["gate"]["verdict"], result["options"]["now"]) == (0, "PASS", "2026-02-01")
    assert {one["signoff"] for one in result["gate"]["diffs"][0]["changes"]} == {f"approved: approved by {REVIEWER}"}


def test_a_passing_gate_is_silent_if_asked(stage, signed, capsys):
    stage.put({**signed, "redflag.toml": SETTINGS})
    code, said = command(stage, capsys, "--against", "base", "--quiet")
    assert (code, said.out, said.err) == (0, "", "")


def test_an_option_outweighs_the_settings_and_that_is_told(stage, capsys):
    stage.put({**BASE, "redflag.toml": SETTINGS.replace("[gate]\n", '[gate]\nfail_on = "info"\n')})
    code, said = command(stage, capsys, "--against", "HEAD", "--fail-on", "error")
    told = " ".join(said.out.split())
    assert "fail_on (--fail-on) overrides info of the file by error (lets more through)" in told
    assert code == 0


@pytest.mark.parametrize(
    ("arguments", "variables", "expected"),
    [
        ((), {}, (2, "the following arguments are required: --against")),
        (("--against", "nowhere"), {}, (3, "there is no revision `nowhere`")),
        (("--against", "--upload-pack=x"), {}, (2, "expected one argument")),
        ("--against=-x", {}, (2, "it starts with a hyphen")),
        (("--against", "base", "--now", "soon"), {}, (2, "`soon` is not a date")),
        (("--against", "base", "--fail-on", "none"), {}, (2, "none")),
        (
            ("--against", "base"),
            {"REDFLAG_MIN_VIGNETTES": "0"},
            (2, "REDFLAG_MIN_VIGNETTES is no whole number above 0"),
        ),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_line(stage, capsys, monkeypatch, arguments, variables, expected):
    stage.put({**BASE, "redflag.toml": SETTINGS})
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    code, said = command(stage, capsys, *((arguments,) if isinstance(arguments, str) else arguments))
    assert (code, expected[1] in said.err) == (expected[0], True), said.err


def test_settings_that_nobody_may_read_are_not_guessed(stage, capsys, monkeypatch):
    stage.put({**BASE, "redflag.toml": SETTINGS})
    whole = States.read

    def refused(self, revision, path):
        if path == "redflag.toml" and revision is None:
            raise PermissionError(13, "Permission denied")
        return whole(self, revision, path)

    monkeypatch.setattr(States, "read", refused)
    code, said = command(stage, capsys, "--against", "base")
    assert (code, "`redflag.toml` cannot be read: Permission denied" in said.err) == (3, True)


def test_without_git_there_is_nothing_to_compare_with(tmp_path, capsys):
    for path, text in BASE.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    assert main(["gate", "--project", str(tmp_path), "--against", "main"]) == 3
    assert "is not in a git repository" in capsys.readouterr().err


def test_who_wrote_a_change_is_not_known_in_a_shallow_clone_unless_it_is_said(stage, signed, tmp_path):
    stage.put({**signed, "redflag.toml": SETTINGS})
    stage.scratch.commit("Signed")
    stage.scratch.git("clone", "--quiet", "--depth=1", stage.root.as_uri(), str(tmp_path / "copy"))
    stage.scratch.git("reset", "--quiet", "--soft", "base")
    copy = Stage(Scratch(tmp_path / "copy"))
    copy.scratch.git("fetch", "--quiet", "--depth=1", "origin", "tag", "base")
    unknown = copy.gate()
    assert (unknown.verdict, {state for _, state in unknown.states}) == (("UNDECIDED", 4), {"unknown"})
    assert copy.gate(authors=(AUTHOR,)).verdict == ("PASS", 0)
    assert copy.gate(authors=(REVIEWER,)).verdict == ("BLOCKED", 5)


def test_two_gates_at_once_say_the_same_in_the_same_bytes(stage, signed):
    stage.put({**signed, "redflag.toml": SETTINGS})
    command = [
        sys.executable,
        "-m",
        "redflag_kit",
        "gate",
        "--against",
        "base",
        "--now",
        "2026-02-01",
        "--format",
        "json",
    ]
    runs = [subprocess.Popen(command, cwd=stage.root, stdout=subprocess.PIPE, env=_environment()) for _ in range(2)]
    printed = [one.communicate()[0] for one in runs]
    assert [one.returncode for one in runs] == [0, 0]
    assert printed[0] == printed[1]
    assert json.loads(printed[0])["gate"]["verdict"] == "PASS"


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(REPOSITORY)}
