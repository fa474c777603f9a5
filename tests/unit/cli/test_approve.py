"""`redflag approve`: records are written whole, read back, judged, and never edited."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tests.story.project import GUIDELINE
from tests.unit.cli.command_lines import ROOT, Ran, run
from tests.unit.project.scratch import AUTHOR, CLEAN, Scratch, scratch

REVIEWER = "A Reviewer <reviewer@example.org>"
WHO = ("--who", REVIEWER, "--date", "2026-02-01")
WHY = ("--rationale", "read the trial")
SECOND = GUIDELINE.replace("1.yaml", "1.1.yaml")
PAIR = ("throat@1.0", "throat@1.1")
FOLDER = "guidelines/sore_throat/throat/approvals"
HIGHER = ("high_fever: {value: 39.0", "high_fever: {value: 39.5")

Approve = Callable[..., Ran]


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A committed project with two editions; the second asks for a higher fever, and has not been signed."""
    root = tmp_path_factory.mktemp("approve") / "project"
    made = scratch(root)
    shutil.copytree(ROOT / "tests" / "story" / "throat", root, dirs_exist_ok=True)
    text = (root / GUIDELINE).read_text("utf-8")
    for old, new in (("version: 1.0.0", "version: 1.1.0"), ("2024-01-31", "2025-01-31"), HIGHER):
        text = text.replace(old, new)
    made.write({SECOND: text})
    made.commit()
    return root


@pytest.fixture
def project(committed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "project"
    shutil.copytree(committed, root)
    monkeypatch.chdir(root)
    for name, value in CLEAN.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("GIT_AUTHOR_NAME", raising=False)
    monkeypatch.delenv("GIT_AUTHOR_EMAIL", raising=False)
    return root


@pytest.fixture
def approve(project: Path, capsys: pytest.CaptureFixture[str]) -> Approve:
    return lambda *arguments: run(capsys, "approve", *arguments)


def body_of(ran: Ran) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(ran.out)
    schema = json.loads((ROOT / "redflag_kit" / "schemas" / "result.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(result)
    return result


def records(project: Path) -> list[Path]:
    return sorted(project.glob("guidelines/**/approvals/*.yaml"))


def states(result: dict[str, Any]) -> list[str]:
    return [one["state"] for one in result["approve"]["signoff"]["items"]]


def test_add_writes_one_readable_record_and_says_where_the_change_stands(project, approve):
    ran = approve("add", *PAIR, "--all", *WHO, *WHY)
    assert ran.code == 0, ran.err
    (path,) = records(project)
    assert path.name == "2026-02-01-throat-1.1.0-approve-clinical-safety-a-reviewer.yaml"
    assert path.relative_to(project).as_posix().startswith(FOLDER)
    found = yaml.safe_load(path.read_text("utf-8"))
    assert (found["who"], found["role"], str(found["date"])) == (REVIEWER, "clinical-safety", "2026-02-01")
    assert (found["old"]["version"], found["new"]["version"]) == ("1.0.0", "1.1.0")
    assert "temperature" in found["covers"][0]["what"]
    assert "✔ approved: 2 changes" in ran.out
    assert "on    2026-02-01" in ran.out


def test_the_same_choice_gives_the_same_bytes_and_never_writes_over_a_record(project, approve):
    approve("add", *PAIR, "--all", *WHO, *WHY)
    (first,) = records(project)
    text = first.read_bytes()
    approve("add", *PAIR, "--all", *WHO, *WHY)
    assert [one.name[-7:] for one in records(project)] == ["-2.yaml", "er.yaml"]
    assert first.read_bytes() == text
    first.with_name(f"{first.stem}-2.yaml").unlink()
    first.unlink()
    approve("add", *PAIR, "--all", *WHO, *WHY)
    assert first.read_bytes() == text


def test_changes_are_chosen_by_id_by_the_start_of_a_fingerprint_and_by_direction(project, approve):
    items = body_of(approve("add", *PAIR, "--all", *WHO, *WHY, "-f", "json"))["approve"]["signoff"]["items"]
    records(project)[0].unlink()
    one, two = (item for item in items if item["roles"])
    found = body_of(approve("add", *PAIR, "--class", one["id"], *WHO, *WHY, "-f", "json"))
    assert sorted(states(found)) == ["approved", "open"]
    found = body_of(approve("add", *PAIR, "--fingerprint", two["fingerprint"][:17], *WHO, *WHY, "-f", "json"))
    assert states(found) == ["approved", "approved"]
    assert found["summary"] == {"written": 1, "who": REVIEWER, "who_from": "option", "role": "clinical-safety"}
    assert approve("add", *PAIR, "--all", "--direction", "less_urgent", *WHO, *WHY).code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "an action is needed"),
        (("ad", *PAIR), 2, "did you mean `add`?"),
        (("add", *PAIR, "--all", *WHO), 2, "a record needs a reason"),
        (("add", *PAIR, *WHO, *WHY), 2, "no change was chosen"),
        (("add", "throat@1.0", "--all", *WHO, *WHY), 2, "two editions are needed"),
        (("add", "--against", "HEAD", "throat", "--all", *WHO, *WHY), 2, "takes the whole change"),
        (("add", "throat@1.0", "HEAD:throat@1.1", "--all", *WHO, *WHY), 2, "beside working files"),
        (("add", *PAIR, "--class", "mri", *WHO, *WHY), 3, "no change has the id `mri`"),
        (("add", *PAIR, "--fingerprint", "sha256:12", *WHO, *WHY), 2, "too short"),
        (("add", *PAIR, "--fingerprint", "sha256:0123456789", *WHO, *WHY), 3, "the change may have moved"),
        (("add", *PAIR, "--all", "--role", "pharmacy", *WHO, *WHY), 3, "asked for are: clinical-safety"),
        (("add", *PAIR, "--all", "--direction", "gained", *WHO, *WHY), 3, "no change has that direction"),
        (("add", *PAIR, "--direction", "lost", *WHO, *WHY), 2, "goes with `--all`"),
        (("add", "throat@1.0", "throat@1.0", "--all", *WHO, *WHY), 2, "no change asks for a signature"),
        (("add", *PAIR, "--all", *WHO, "--rationale", " "), 2, "does not say why"),
        (("add", *PAIR, "--all", "--role", "Big Boss", "--direction", "lost", *WHO, *WHY), 3, ""),
        (("add", *PAIR, "--all", *WHO, *WHY, "--expires", "2026-01-01"), 2, "so it never counts"),
        (("add", *PAIR, "--all", *WHO, *WHY, "--expires", "soon"), 2, "`--expires`: `soon` is not a date"),
        (("add", *PAIR, "--all", *WHO[:2], *WHY, "--date", "2026-02-30"), 2, "is not a date"),
        (("add", *PAIR, "--all", *WHO, *WHY, "--met", "x"), 2, "more `--met` than `--condition`"),
        (("add", *PAIR, "--all", *WHO, *WHY, "--withdraws", "r"), 3, "no record is called `r`"),
        (("add", *PAIR, "--all", *WHY), 2, "who signs is not known: git has no name"),
        (("verify", "all"), 2, "takes no `all`"),
        (("verify", "--all"), 2, "`--all` means nothing for `approve verify`"),
        (("verify", "--against", "nowhere"), 3, "there is no revision `nowhere`"),
        (("list", "a", "b"), 2, "one guideline at a time"),
        (("list", "throta"), 3, "did you mean `throat`?"),
        (("violation", "throat"), 2, "a guideline and its versions are needed"),
        (("violation", "throat", "1.0"), 2, "a recall needs a role and a reason"),
        (("violation", "throta", "1.0", "--role", "r", *WHO, *WHY), 3, "did you mean `throat`?"),
        (("violation", "throat", "3", "--role", "r", *WHO, *WHY), 3, "no version of `throat` is in `3`"),
        (("violation", "throat", "since 3", "--role", "r", *WHO, *WHY), 2, "is not a range of versions"),
        (("withdraw", *WHO), 2, "a record and a reason are needed"),
        (("withdraw", "r", *WHO, *WHY), 3, "no record is called `r`"),
        (("--review", *PAIR, *WHO), 2, "there is no terminal to ask"),
        (("--review", *PAIR, *WHO, "--color", "never", "--format", "json"), 2, "a review is held in text"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_is_written(arguments, code, said, project, approve):
    ran = approve(*arguments)
    assert ran.code == code
    assert said in ran.err
    assert "Traceback" not in ran.err
    assert records(project) == []


def test_git_tells_who_signs_where_nobody_is_named(project, approve, monkeypatch):
    monkeypatch.setenv("GIT_AUTHOR_NAME", "A Reviewer")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "reviewer@example.org")
    ran = approve("add", *PAIR, "--all", *WHY, *WHO[2:])
    assert f"who   {REVIEWER} (as git knows you" in ran.out
    assert yaml.safe_load(records(project)[0].read_text("utf-8"))["who"] == REVIEWER


def test_without_git_somebody_must_be_named(project, approve):
    shutil.rmtree(project / ".git")
    ran = approve("add", *PAIR, "--all", *WHY)
    assert ran.code == 2
    assert "who signs is not known" in ran.err
    assert approve("add", *PAIR, "--all", *WHO, *WHY).code == 0


def test_the_day_is_todays_by_utc_and_is_told(project, approve, monkeypatch):
    monkeypatch.setattr("redflag_kit.cli.signing.today", lambda: "2026-03-04")
    assert "on    2026-03-04" in approve("add", *PAIR, "--all", *WHO[:2], *WHY).out


def test_a_condition_waits_until_a_record_that_replaces_it_says_how_it_was_met(project, approve):
    found = body_of(
        approve(
            "add", *PAIR, "--all", *WHO, *WHY, "--condition", "train the staff", "--expires", "2027-01-01", "-f", "json"
        )
    )
    assert set(states(found)) == {"conditional"}
    (shown,) = found["approve"]["records"]
    assert (shown["state"], shown["reason"]) == ("conditional", "to be met: train the staff")
    name = shown["record"]["id"]
    later = (*WHO[:2], "--date", "2026-02-03", *WHY)
    met = ("--condition", "train the staff", "--met", "all wards, 3 February", "--withdraws", name)
    ran = approve("add", *PAIR, "--all", *later, *met)
    assert "if       train the staff (met: all wards, 3 February)" in ran.out
    assert f"takes back {name}" in ran.out
    assert "✔ approved: 2 changes" in ran.out


def test_a_rejection_blocks_until_it_is_withdrawn(project, approve):
    approve("add", *PAIR, "--all", *WHO, *WHY)
    other = ("--who", "A Colleague <c@example.org>", "--date", "2026-02-02", *WHY)
    found = body_of(approve("add", *PAIR, "--all", "--decision", "reject", *other, "-f", "json"))
    assert set(states(found)) == {"rejected"}
    (written,) = found["approve"]["written"]
    assert approve("withdraw", Path(written).stem, *WHO, *WHY).code == 2
    ran = approve("withdraw", Path(written).stem, *other)
    assert "took back records on throat" in ran.out
    found = body_of(approve("verify", "--date", "2026-02-02", "-f", "json"))
    assert found["summary"] == {"records": 3, "counts": 2, "withdrawn": 1}


def test_a_recall_names_versions_that_are_there(project, approve):
    ran = approve("violation", "throat", "1.0.0", "to", "1.1", "--role", "clinical-safety", *WHO, *WHY)
    assert ran.code == 0
    assert "recalled throat 1.0.0 to 1.1" in ran.out
    assert yaml.safe_load(records(project)[0].read_text("utf-8"))["versions"] == "1.0.0 to 1.1"


def test_list_shows_all_records_or_those_of_one_guideline(project, approve):
    assert "there is no sign-off record" in approve("list").out
    approve("add", *PAIR, "--all", *WHO, *WHY)
    assert "2026-02-01 approved throat 1.0.0 → 1.1.0" in approve("list", "throat").out
    assert len(body_of(approve("list", "-f", "json"))["approve"]["records"]) == 1


def edit(project: Path, old: str, new: str) -> None:
    text = (project / GUIDELINE).read_text("utf-8")
    assert old in text
    (project / GUIDELINE).write_text(text.replace(old, new), "utf-8")


def test_a_change_since_a_revision_is_signed_and_goes_stale_when_it_moves(project, approve):
    edit(project, *HIGHER)
    monkey = Scratch(project)
    monkey.commit("Higher")
    found = body_of(approve("add", "--against", "HEAD~1", "--all", *WHO, *WHY, "-f", "json"))
    assert set(states(found)) <= {"approved", "not_required"}
    assert found["approve"]["signoff"]["authors"] == [AUTHOR]
    monkey.commit("Signed")
    edit(project, "value: 39.5", "value: 39.6")
    monkey.commit("Higher still")
    found = body_of(approve("verify", "--against", "HEAD~3", "--date", "2026-02-02", "-f", "json"))
    assert "open" in states(found)
    assert found["approve"]["signoff"]["stale"]
    ran = approve("verify", "--against", "HEAD~3", "--date", "2026-02-02")
    assert "– stale:" in ran.out


def test_diff_approve_and_gate_name_a_change_by_one_fingerprint_and_agree_on_it(project, approve, capsys):
    edit(project, *HIGHER)
    signed = body_of(approve("add", "--against", "HEAD", "--all", *WHO, *WHY, "-f", "json"))["approve"]["signoff"]
    gate = json.loads(run(capsys, "gate", "--against", "HEAD", "--now", "2026-02-01", "-f", "json").out)["gate"]
    assert gate["signoff"] == signed
    items = {(one["id"], one["fingerprint"]) for one in signed["items"]}
    (diff,) = json.loads(run(capsys, "diff", "--against", "HEAD", "-f", "json").out)["diff"]["diffs"]
    assert {(one["id"], one["fingerprint"]) for one in diff["changes"]} <= items
    assert {(one["id"], one["fingerprint"]) for one in gate["diffs"][0]["changes"]} <= items


def test_a_guideline_that_goes_is_signed_by_a_record_that_names_no_new_edition(project, approve):
    (project / SECOND).unlink()
    (project / GUIDELINE).rename(project / GUIDELINE.replace("1.yaml", "one.yaml"))
    found = body_of(approve("add", "--against", "HEAD", "--all", *WHO, *WHY, "-f", "json"))
    shown = [(one["old"], one["new"]) for one in found["approve"]["records"]]
    assert ("1.1.0", "") in shown
    assert "approved throat 1.1.0 → removed" in approve("list").out


def test_a_record_tells_of_many_patients_as_far_as_there_is_room(project, approve):
    edit(project, "any: [stridor, drooling]", "all: [stridor, drooling, exudate, {days: at_least long}]")
    approve("add", "--against", "HEAD", "--all", *WHO, *WHY)
    said = [one["what"] for path in records(project) for one in yaml.safe_load(path.read_text("utf-8"))["covers"]]
    assert all(len(one) < 300 for one in said)
    assert any(one.endswith(" …") for one in said)
    assert len(set(said)) == len(said)


def test_a_review_that_decides_nothing_writes_nothing(project, approve, monkeypatch):
    def nobody(_question: str) -> str:
        raise EOFError

    monkeypatch.setattr("redflag_kit.cli.review_terminal.check_terminal", lambda _options: None)
    monkeypatch.setattr("builtins.input", nobody)
    ran = approve("--review", "add", *PAIR, *WHO)
    assert ran.code == 0
    assert "2 changes to sign" in ran.out
    assert "nothing was decided, so nothing was written" in ran.out
    assert records(project) == []


def test_an_author_alone_does_not_open_the_way(project, approve):
    edit(project, *HIGHER)
    Scratch(project).commit("Higher")
    found = body_of(
        approve("add", "--against", "HEAD~1", "--all", "--who", AUTHOR, "--date", "2026-02-01", *WHY, "-f", "json")
    )
    assert "open" in states(found)
    assert found["approve"]["signoff"]["missing"] == ["clinical-safety"]


def test_verify_tells_edited_and_deleted_records_and_faults_of_records(project, approve):
    approve("add", *PAIR, "--all", *WHO, *WHY)
    approve("add", *PAIR, "--all", *WHO[:2], "--date", "2026-02-03", *WHY)
    Scratch(project).commit("Signed")
    assert approve("verify", "--against", "HEAD").code == 0
    first, second = records(project)
    first.write_text(first.read_text("utf-8").replace("read the trial", "read nothing"), "utf-8")
    second.unlink()
    (first.parent / "odd.yaml").write_text("schema: redflag/approval/1\n", "utf-8")
    ran = approve("verify", "--against", "HEAD", "-f", "json")
    assert ran.code == 1
    codes = {one["code"] for one in json.loads(ran.out)["diagnostics"]}
    assert {"RF527", "RF528", "RF101"} <= codes
    assert "✘ faulty" in approve("verify", "--against", "HEAD").out


def test_a_record_that_expired_or_waits_is_told_by_verify(project, approve):
    approve("add", *PAIR, "--all", *WHO, *WHY, "--expires", "2026-03-01")
    ran = approve("verify", "--date", "2026-03-01")
    assert ran.code == 0
    assert "(expired on 2026-03-01)" in ran.out


def test_diff_tells_where_sign_off_stands(project, approve, capsys):
    ran = run(capsys, "diff", *PAIR)
    assert "Sign-off\n  ? open: 2 changes\n  asked for: clinical-safety" in ran.out
    approve("add", *PAIR, "--all", *WHO, *WHY)
    found = body_of(run(capsys, "diff", *PAIR, "-f", "json"))["diff"]
    assert {one["signoff"] for one in found["changes"]} == {f"approved: approved by {REVIEWER}"}
    assert found["signoff"]["records"][0]["who"] == REVIEWER
    fingerprints = {one["fingerprint"] for one in found["changes"]}
    assert fingerprints <= {one["fingerprint"] for one in found["signoff"]["items"]}


def test_what_could_not_be_read_is_not_held_against_records(project, approve):
    approve("add", *PAIR, "--all", *WHO, *WHY)
    edit(project, "id: throat", "id: throat\nodd: true")
    ran = approve("verify", "--against", "HEAD")
    assert ran.code == 4
    assert "? sound: 1 sign-off record, but not everything" in ran.out
    assert "RF102" in ran.err
    ran = approve("add", "--against", "HEAD", "--all", *WHO, *WHY)
    assert ran.code in (2, 3)
    assert len(records(project)) == 1
