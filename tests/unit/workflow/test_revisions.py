"""Two states of a project are compared edition by edition; what cannot be read is never taken for equal."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import pytest

from redflag_kit.logic.budget import BudgetExceeded
from redflag_kit.project.states import States
from redflag_kit.report.formats import render
from redflag_kit.report.json import to_json
from redflag_kit.results.diff import DiffBody
from redflag_kit.results.envelope import Envelope
from redflag_kit.results.revisions import RevisionsBody
from redflag_kit.workflow.changelog import changelog_of_states
from redflag_kit.workflow.envelope import UsageError
from redflag_kit.workflow.revisions import revisions
from redflag_kit.workflow.schema_result import result_schema
from tests.unit.cli.command_lines import BASE, GUIDELINE, run
from tests.unit.project.scratch import Scratch, scratch

VOCABULARY = "guidelines/back_pain/vocabulary.yaml"
NEXT = "guidelines/back_pain/clinic/2025.yaml"


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Scratch:
    made = scratch(tmp_path_factory.mktemp("origin") / "project")
    shutil.copytree(BASE, made.root, dirs_exist_ok=True)
    made.commit("first")
    return made


@pytest.fixture
def project(origin: Scratch, tmp_path: Path) -> Scratch:
    """Return a repository whose one commit is the base project."""
    folder = tmp_path / "project"
    shutil.copytree(origin.root, folder)
    return Scratch(folder)


def edit(made: Scratch, *changes: tuple[str, str], file: str = GUIDELINE, to: str = "") -> None:
    text = (made.root / file).read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    made.write({to or file: text})


def against(made: Scratch, name: str = "HEAD", *references: str, exit_code: bool = False) -> Envelope:
    states = States(made.root)
    return revisions(states.at(name), states.working, references, exit_code=exit_code)


def body_of(found: Envelope) -> RevisionsBody:
    assert isinstance(found.body, RevisionsBody)
    return found.body


def rows(found: Envelope) -> list[tuple[str, str, str]]:
    return [(one.kind, one.old, one.new) for one in body_of(found).guidelines]


def only_diff(found: Envelope) -> DiffBody:
    (one,) = body_of(found).diffs
    return one


def test_files_that_nobody_touched_are_equal_without_being_compared(project: Scratch):
    found = against(project, exit_code=True)
    assert (found.exit_code, body_of(found).equivalent, body_of(found).guidelines) == (0, True, ())
    assert body_of(found).unchanged == ("clinic@2024.0.0",)
    assert body_of(found).verdict == (
        "no guideline differs between HEAD and the working files: 1 guideline with the same text"
    )


def test_a_threshold_that_moved_is_a_change_between_two_editions_of_one_name(project: Scratch):
    edit(project, ("20 mg/L", "30 mg/L"))
    found = against(project, exit_code=True)
    assert found.exit_code == 1
    assert rows(found) == [("changed", "HEAD:clinic@2024.0.0", "clinic@2024.0.0")]
    assert body_of(found).verdict.startswith("1 guideline differs between HEAD and the working files")
    diff = only_diff(found)
    assert diff.equivalent is False
    assert "from HEAD:clinic@2024.0.0 to clinic@2024.0.0" in diff.verdict
    assert {one.old_rule.file for one in diff.changes if one.old_rule.id} == {f"HEAD:{GUIDELINE}"}
    assert {one.new_rule.file for one in diff.changes if one.new_rule.id} == {GUIDELINE}
    assert [(one.role, one.version, one.revision) for one in found.inputs] == [
        ("old", "2024.0.0", project.git("rev-parse", "HEAD")),
        ("new", "2024.0.0", None),
    ]


def test_a_reworded_rule_is_proved_unchanged_and_named(project: Scratch):
    edit(project, ("A high score", "A score that is high"))
    found = against(project, exit_code=True)
    assert (found.exit_code, body_of(found).equivalent) == (0, True)
    assert [(one.new_rule, one.what) for one in only_diff(found).unchanged_edits] == [("M-WORRY", ("the title",))]
    assert body_of(found).verdict == (
        "for every patient and case the working files and HEAD say the same (proved for 1 guideline)"
    )


def test_only_a_comparison_that_stands_alone_is_drawn(project: Scratch):
    edit(project, ("20 mg/L", "30 mg/L"))
    assert only_diff(against(project)).explorer is not None
    edit(project, ("version: 2024", "version: 2025"), ("published: 2024", "published: 2025"), to=NEXT)
    assert [one.explorer for one in body_of(against(project)).diffs] == [None, None]


def test_a_vocabulary_that_was_touched_compares_every_guideline_below_it(project: Scratch):
    edit(project, ("title: ", "title: New "), file="guidelines/back_pain/sources.yaml")
    assert rows(against(project)) == [("changed", "HEAD:clinic@2024.0.0", "clinic@2024.0.0")]


def test_a_renamed_file_is_nothing_to_a_reader(project: Scratch):
    project.git("mv", GUIDELINE, "guidelines/back_pain/clinic/older edition.yaml")
    assert body_of(against(project, exit_code=True)).equivalent is True


def test_a_new_edition_is_compared_with_the_one_before_it(project: Scratch):
    edit(project, ("version: 2024", "version: 2025"), ("published: 2024", "published: 2025"), to=NEXT)
    found = against(project)
    assert rows(found) == [("added", "HEAD:clinic@2024.0.0", "clinic@2025.0.0")]
    assert body_of(found).unchanged == ("clinic@2024.0.0",)
    assert body_of(found).equivalent is False


def test_a_version_raised_in_place_leaves_its_vignettes_without_an_edition(project: Scratch):
    edit(project, ("version: 2024.0.0", "version: 2025.0.0"))
    found = against(project)
    assert rows(found) == [("changed", "HEAD:clinic@2024.0.0", "clinic@2025.0.0")]
    asked = only_diff(found).vignettes
    assert asked.new == ()
    assert asked.orphaned


def test_guidelines_that_came_or_went_are_named(project: Scratch):
    edit(project, ("id: clinic", "id: practice"))
    found = against(project, exit_code=True)
    assert found.exit_code == 1
    assert rows(found) == [("removed", "HEAD:clinic@2024.0.0", ""), ("first", "", "practice@2024.0.0")]
    assert body_of(found).diffs == ()


def test_only_what_is_named_is_compared(project: Scratch):
    edit(project, ("version: 2024", "version: 2025"), ("20 mg/L", "30 mg/L"), to=NEXT)
    edit(project, ("20 mg/L", "25 mg/L"))
    assert rows(against(project, "HEAD", "clinic@2024")) == [("changed", "HEAD:clinic@2024.0.0", "clinic@2024.0.0")]
    assert rows(against(project, "HEAD", NEXT)) == [("added", "HEAD:clinic@2024.0.0", "clinic@2025.0.0")]
    assert len(rows(against(project, "HEAD", "clinic"))) == 2
    with pytest.raises(UsageError, match="no guideline of HEAD or the working files matches `nothing`"):
        against(project, "HEAD", "nothing")


@pytest.fixture
def broken(project: Scratch) -> Scratch:
    """Return a repository with two editions, of which one cannot be read in the commit `broken`."""
    edit(project, ("version: 2024", "version: 2025"), ("published: 2024", "published: 2025"), to=NEXT)
    project.commit("sound")
    project.git("branch", "sound")
    edit(project, ("hit_policy: UNIQUE", "hit_policy: SOMETIMES"), file=NEXT)
    project.commit("broken")
    project.git("branch", "broken")
    project.git("checkout", "--quiet", "sound")
    return project


def test_an_old_edition_that_cannot_be_read_is_not_decided_and_its_error_names_the_revision(broken: Scratch):
    found = against(broken, "broken", exit_code=True)
    assert (found.exit_code, found.status) == (4, "undecided")
    assert body_of(found).equivalent is None
    assert rows(found) == [("changed", "", "clinic@2025.0.0")]
    assert [one.question for one in found.not_decided] == [f"what broken:{NEXT} says"]
    assert {one.span.file for one in found.diagnostics} == {f"broken:{NEXT}"}


def test_a_new_edition_that_cannot_be_read_is_not_decided(broken: Scratch):
    broken.git("checkout", "--quiet", "broken")
    found = against(broken, "sound")
    assert found.exit_code == 4
    assert rows(found) == [("changed", "sound:clinic@2025.0.0", "")]


def test_a_vocabulary_that_is_gone_leaves_nothing_to_compare(project: Scratch):
    (project.root / VOCABULARY).unlink()
    with pytest.raises(UsageError, match="no guideline of the working files could be loaded") as refused:
        against(project)
    assert refused.value.exit_code == 3


def test_an_error_beside_the_guidelines_is_not_decided(project: Scratch):
    edit(project, ("vocabulary: back_pain", "vocabulary: other"), file="vignettes/clinic.yaml")
    found = against(project)
    assert (found.exit_code, [one.question for one in found.not_decided]) == (4, ["what vignettes/clinic.yaml says"])


def test_findings_that_cannot_be_compared_are_told_and_never_equal(project: Scratch):
    edit(project, ("range: 0 to 500, step: 0.5", "range: 0 to 500, step: 1"), file=VOCABULARY)
    found = against(project)
    assert (found.exit_code, [one.code.id for one in found.diagnostics]) == (1, ["RF501"])
    assert (body_of(found).equivalent, body_of(found).diffs) == (None, ())
    assert "1 guideline not compared" in body_of(found).verdict


@pytest.mark.parametrize("schema", ["redflag/guideline/2", "redflag/guidline/1"])
def test_an_edition_whose_schema_nobody_knows_is_not_gone(project: Scratch, schema: str):
    edit(project, ("version: 2024", "version: 2025"), ("published: 2024", "published: 2025"), to=NEXT)
    project.commit()
    edit(project, ("redflag/guideline/1", schema))
    found = against(project)
    assert (found.exit_code, rows(found)) == (4, [("changed", "HEAD:clinic@2024.0.0", "")])


def test_what_stands_beside_the_guidelines_is_not_asked_of_the_old_side(
    project: Scratch, capsys: pytest.CaptureFixture[str]
):
    good = (project.root / "vignettes" / "clinic.yaml").read_text("utf-8")
    project.write(
        {"vignettes/clinic.yaml": "nothing: here\n", "guidelines/back_pain/hazards.yaml": "schema: redflag/hazards/1\n"}
    )
    project.commit()
    project.write({"vignettes/clinic.yaml": good})
    (project.root / "guidelines/back_pain/hazards.yaml").unlink()
    found = run(capsys, "diff", "--against", "HEAD", "--exit-code", "--project", project.root)
    assert (found.code, found.err) == (0, "")


def test_two_commits_are_compared_without_any_working_file(project: Scratch):
    project.git("tag", "v1")
    edit(project, ("20 mg/L", "30 mg/L"))
    project.commit("second")
    shutil.rmtree(project.root / "guidelines")
    states = States(project.root)
    found = revisions(states.at("v1"), states.at("HEAD"))
    assert rows(found) == [("changed", "v1:clinic@2024.0.0", "HEAD:clinic@2024.0.0")]
    assert body_of(found).new_revision == project.git("rev-parse", "HEAD")


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_an_edition_from_which_other_things_follow_is_never_told_as_unchanged(project: Scratch, form: str):
    edit(
        project,
        (
            "  mri: {scale: timing, label: MRI of the back}",
            "  mri: {satisfied_by: [xray], scale: timing, label: MRI of the back}",
        ),
        file=VOCABULARY,
    )
    found = against(project)
    page = render(to_json(found), form)
    assert (only_diff(found).equivalent, only_diff(found).changes) == (False, ())
    assert "other things follow" in page
    assert "proved unchanged" not in page.replace("Touched, but proved unchanged", "")
    states = States(project.root)
    entry = " ".join(render(to_json(changelog_of_states(states.at("HEAD"), states.working)), "text").split())
    assert "implied by" in entry
    assert "Nothing changed for any patient" not in entry


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_every_report_names_each_guideline_and_what_became_of_it(project: Scratch, form: str):
    edit(project, ("version: 2024", "version: 2025"), ("20 mg/L", "30 mg/L"), to=NEXT)
    edit(project, ("A high score", "A score that is high"))
    page = render(to_json(against(project)), form)
    assert "2025.0.0" in page
    if form == "text":
        assert max(map(len, page.splitlines())) <= 80
        assert "proved unchanged" in page
        assert "M-WORRY: the title" in page


def test_the_command_line_compares_with_a_revision_and_between_two(
    project: Scratch, capsys: pytest.CaptureFixture[str]
):
    edit(project, ("20 mg/L", "30 mg/L"))
    project.git("branch", "clinic")
    where = ("--project", project.root)
    assert run(capsys, "diff", "--against", "HEAD", "--exit-code", *where).code == 1
    assert run(capsys, "diff", "HEAD:", "main:", "--exit-code", *where).code == 0
    assert run(capsys, "diff", "clinic:clinic", "clinic", "--exit-code", *where).code == 1
    assert run(capsys, "diff", f"HEAD:{GUIDELINE}", "clinic:clinic@2024", "--exit-code", *where).code == 0
    assert "clinic 2024.0.0" in run(capsys, "show", "HEAD:clinic", *where).out.replace("@", " ")
    explained = run(capsys, "explain", "HEAD:clinic", "fever=present", "--format", "json", *where)
    assert f"HEAD:{GUIDELINE}" in explained.out


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("--against", "--output=x"), 2, "expected one argument"),
        (("--against", "nothing"), 3, "there is no revision `nothing`"),
        (("--against=-x",), 2, "`-x` cannot be a revision: it starts with a hyphen"),
        (("--against=",), 2, "the revision has no name"),
        ((":clinic", "clinic"), 2, "the revision has no name"),
        (("HEAD:", "clinic"), 2, "`HEAD:` names a revision and no guideline"),
        (("HEAD:nothing", "clinic"), 3, "no guideline in HEAD matches `nothing`"),
        (("HEAD:clinic",), 2, "two editions are needed"),
        (("--guidelines", "HEAD:clinic", "clinic"), 2, "guidelines of several states"),
        (("--guidelines", "--against", "HEAD"), 2, "`--against` compares states"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_line(
    origin: Scratch, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int, message: str
):
    found = run(capsys, "diff", *arguments, "--project", origin.root)
    assert (found.code, message in found.err) == (code, True), found.err


def test_a_file_that_exists_wins_over_a_revision(project: Scratch, monkeypatch: pytest.MonkeyPatch):
    from redflag_kit.workflow.reference import split_reference

    monkeypatch.chdir(project.root)
    assert split_reference(project.root, f"HEAD:{GUIDELINE}") == ("HEAD", GUIDELINE)
    project.write({f"HEAD:{GUIDELINE}": ""})
    assert split_reference(project.root, f"HEAD:{GUIDELINE}") == (None, f"HEAD:{GUIDELINE}")
    assert split_reference(project.root, r"C:\rules\acp.yaml") == (None, r"C:\rules\acp.yaml")
    assert split_reference(project.root, "main:a\0b") == ("main", "a\0b")


def test_a_patient_is_taken_through_an_edition_as_it_was_and_as_it_is(
    project: Scratch, capsys: pytest.CaptureFixture[str]
):
    edit(project, ("20 mg/L", "30 mg/L"))
    case = ("age_years=40", "crp_mg_l=25", "judgement=present", "numb_saddle=absent", "--project", project.root)
    both = ("--guideline", "HEAD:clinic", "--guideline", "clinic")
    found = run(capsys, "compare", *both, *case)
    assert found.code == 0, found.err
    assert "HEAD:clinic@2024.0.0" in found.out
    result = json.loads(run(capsys, "compare", *both, *case, "--format", "json").out)
    assert [(one["id"], one["revision"] is None) for one in result["inputs"]] == [("clinic", False), ("clinic", True)]
    assert result["inputs"][0]["digest"] != result["inputs"][1]["digest"]
    assert [one["guideline"] for one in result["compare"]["explanations"]] == ["HEAD:clinic", "clinic"]


def test_a_finding_that_an_older_vocabulary_asks_otherwise_is_refused(
    project: Scratch, capsys: pytest.CaptureFixture[str]
):
    project.git("tag", "old")
    text = (project.root / VOCABULARY).read_text("utf-8")
    assert "crp_mg_l:" in text
    project.write({VOCABULARY: text.replace("0 to 500", "0 to 600", 1)})
    arguments = ("--guideline", "clinic", "--guideline", "old:clinic", "crp_mg_l=25", "--project", project.root)
    found = run(capsys, "compare", *arguments)
    assert (found.code, "old:clinic@2024.0.0 does not ask the finding `crp_mg_l`" in found.err) == (2, True), found.err


def test_a_bare_clone_compares_two_commits(project: Scratch, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    edit(project, ("20 mg/L", "30 mg/L"))
    project.commit()
    folder = tmp_path / "bare.git"
    project.git("clone", "--quiet", "--bare", str(project.root), str(folder))
    assert run(capsys, "diff", "HEAD~1:", "HEAD:", "--exit-code", "--project", folder).code == 1
    refused = run(capsys, "diff", "--against", "HEAD", "--project", folder)
    assert (refused.code, "`bare.git` has no folder guidelines/" in refused.err) == (3, True)


def test_a_commit_without_the_project_makes_every_edition_new(project: Scratch):
    project.git("checkout", "--quiet", "--orphan", "empty")
    project.git("rm", "-r", "--quiet", "--cached", ".")
    project.git("commit", "--quiet", "--allow-empty", "--message=nothing")
    found = against(project)
    assert rows(found) == [("first", "", "clinic@2024.0.0")]
    assert found.limits[0].startswith("HEAD has no guideline in this place of the repository")


def test_findings_and_values_that_only_one_side_has_are_compared_and_vignettes_may_use_them(project: Scratch):
    night = '  night_pain: {type: yes_no, clean: absent, ask: "Does it hurt at night?"}\n  fever:'
    edit(project, ("  fever:", night), ("[none, minor, major]", "[none, minor, major, fatal]"), file=VOCABULARY)
    edit(project, ("{any: [fever,", "{any: [fever, night_pain,"), ("{injury: major}", "{injury: [major, fatal]}"))
    edit(
        project,
        ("    findings: {age_years: 12 a}", "    findings: {age_years: 12 a, night_pain: present, injury: fatal}"),
        file="vignettes/clinic.yaml",
    )
    found = against(project)
    assert (found.exit_code, found.not_decided, found.diagnostics) == (0, (), ())
    assert only_diff(found).changes
    project.git("add", "--all")
    project.git("commit", "--quiet", "--message=later")
    states = States(project.root)
    back = revisions(states.at("HEAD"), states.at("HEAD~1"))
    assert (back.exit_code, back.not_decided, back.diagnostics) == (0, (), ())
    assert only_diff(back).required_bump == "major"


def test_a_saved_result_follows_the_schema_and_is_rendered_again(
    project: Scratch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    edit(project, ("version: 2024", "version: 2025"), ("20 mg/L", "30 mg/L"), to=NEXT)
    edit(project, ("id: clinic", "id: practice"))
    saved = tmp_path / "saved.json"
    printed = run(
        capsys, "diff", "--against", "HEAD", "--report", f"json={saved}", "--quiet", "--project", project.root
    )
    jsonschema.validate(json.loads(saved.read_text("utf-8")), result_schema())
    assert run(capsys, "report", saved).out == printed.out
    kinds = [one["kind"] for one in json.loads(saved.read_text("utf-8"))["diff"]["guidelines"]]
    assert kinds == ["added", "removed", "first"]


def test_what_was_left_open_between_two_editions_is_told_with_their_names(
    project: Scratch, monkeypatch: pytest.MonkeyPatch
):
    def exceeded(*_: object) -> None:
        raise BudgetExceeded("the vignettes", "1 diagram node")

    monkeypatch.setattr("redflag_kit.workflow.beside.run_vignettes", exceeded)
    edit(project, ("A high score", "A score that is high"))
    found = against(project, exit_code=True)
    assert (found.exit_code, body_of(found).equivalent) == (4, None)
    (left,) = found.not_decided
    assert left.question == "HEAD:clinic@2024.0.0 against clinic@2024.0.0: which vignettes fail"
