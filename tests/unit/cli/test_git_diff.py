"""`redflag git-diff` as git calls it: what changes for patients stands above the lines, and no change is hidden."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from redflag_kit.cli import git_diff_command
from redflag_kit.workflow import git_diff
from tests.unit.cli.command_lines import BASE, GUIDELINE, ROOT, run
from tests.unit.project.scratch import Scratch, scratch

VOCABULARY = "guidelines/back_pain/vocabulary.yaml"
PROVED = "text changed, proved unchanged for every patient"
CHANGED = "redflag: what changes for patients"


@pytest.fixture(scope="module")
def history(tmp_path_factory) -> Scratch:
    """A repository set up as the documentation says: a rule is made, reworded, made less urgent, and moved."""
    root = tmp_path_factory.mktemp("driver") / "repository"
    shutil.copytree(BASE, root)
    made = scratch(root)
    made.environment["PYTHONPATH"] = str(ROOT)
    command = f"'{sys.executable}' -m redflag_kit git-diff"
    made.write({".gitattributes": "guidelines/**/*.yaml diff=redflag\n"})
    made.git("config", "diff.redflag.command", command)
    made.git("config", "diff.redflag.textconv", f"{command} --textconv")
    made.commit("first")
    text = (root / GUIDELINE).read_text("utf-8")
    made.write({GUIDELINE: text.replace("title: A major injury", "title: Major injury") + "# why\n"})
    made.commit("reworded")
    made.write({GUIDELINE: text.replace("20 mg/L", "40 mg/L")})
    made.commit("less urgent")
    return made


@pytest.fixture
def repository(history, tmp_path) -> Scratch:
    shutil.copytree(history.root, tmp_path / "copy")
    return Scratch(tmp_path / "copy", environment=history.environment)


def test_git_diff_tells_what_changes_for_patients_above_the_lines(repository):
    path = repository.root / GUIDELINE
    repository.write({GUIDELINE: path.read_text("utf-8").replace("40 mg/L", "30 mg/L")})
    shown = repository.git("diff")
    assert shown.startswith(f"diff --git a/{GUIDELINE} b/{GUIDELINE}\n{CHANGED}")
    assert "vocabulary of HEAD" in shown
    assert "### Added\n- **Gained:** suspected: infection: not listed → listed." in shown
    assert "redflag diff HEAD:clinic@2024.0.0 clinic@2024.0.0 --report" in shown
    assert "-  high_crp: {value: 40 mg/L" in shown


def test_git_log_finds_the_commits_of_both_texts(history):
    first, second = (history.git("rev-parse", "--short=12", name) for name in ("HEAD~2", "HEAD~1"))
    shown = history.git("log", "--patch", "--ext-diff", "-1", "HEAD~1")
    assert PROVED in shown
    assert f"vocabulary of {first}, the new text with the vocabulary of {second}" in " ".join(shown.split())
    assert "Touched, but proved unchanged for every patient: X-MAJOR (the title)" in shown
    assert "+# why" in shown


def test_git_show_without_the_driver_compares_readable_tables(history):
    shown = history.git("show", "HEAD")
    assert "-    when      fever or crp mg l over 20 mg/L" in shown
    assert "+    when      fever or crp mg l over 40 mg/L" in shown
    assert GUIDELINE + ":" not in shown


@pytest.fixture
def asked(repository, capsys, monkeypatch):
    """Call the driver in this process, as git does, for a text of the working files against HEAD's."""
    for name, value in repository.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(repository.root)
    monkeypatch.setenv("GIT_DIR", ".git")
    name = repository.git("rev-parse", f"HEAD:{GUIDELINE}")
    old = repository.root.parent / "old.yaml"
    old.write_text((repository.root / GUIDELINE).read_text("utf-8"), "utf-8")

    def ask(path=GUIDELINE, new=GUIDELINE, hexes=(name, "0" * 40), mode="100644", more=()):
        sides = (str(old), hexes[0], "100644", str(new), hexes[1], mode)
        return run(capsys, "git-diff", path, *sides, *more)

    return ask


def edited(repository, old, new):
    path = repository.root / GUIDELINE
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def test_a_text_that_cannot_be_read_gets_the_ordinary_diff_and_the_reason(repository, asked):
    edited(repository, "high_crp: {", "high_crp: {{")
    shown = asked()
    assert (shown.code, shown.err) == (0, "")
    assert "cannot be read as a guideline" in shown.out
    assert "+  high_crp: {{value" in shown.out


def test_a_crash_hides_no_change_and_does_not_stop_git(repository, asked, monkeypatch):
    def fails(*_):
        raise RuntimeError("a fault of the comparison")

    edited(repository, "40 mg/L", "41 mg/L")
    monkeypatch.setattr(git_diff, "told", fails)
    shown = asked()
    assert shown.code == 0
    assert "RuntimeError: a fault of the comparison" in " ".join(shown.out.split())
    assert "+  high_crp: {value: 41 mg/L" in shown.out
    monkeypatch.setattr(git_diff_command, "_hunks", fails)
    assert "+  high_crp: {value: 41 mg/L" in asked().out


def test_a_new_and_a_deleted_guideline_are_told(repository, asked, capsys):
    gone = ("/dev/null", ".", ".")
    here = (GUIDELINE, "0" * 40, "100644")
    new = run(capsys, "git-diff", GUIDELINE, *gone, *here)
    assert "new file mode 100644\nredflag: the guideline is new; the text:\n--- /dev/null" in new.out
    old = run(capsys, "git-diff", GUIDELINE, *here, *gone)
    assert "deleted file mode 100644\nredflag: the guideline is gone" in old.out
    assert "\n-schema: redflag/guideline/1" in old.out


def test_a_rename_keeps_what_git_says_of_it(repository, asked):
    moved = Path(GUIDELINE).with_name("moved.yaml")
    (repository.root / GUIDELINE).rename(repository.root / moved)
    edited_text = (repository.root / moved).read_text("utf-8").replace("40 mg/L", "41 mg/L")
    (repository.root / moved).write_text(edited_text, "utf-8")
    shown = asked(new=str(moved), more=(str(moved), f"rename from {GUIDELINE}\nrename to {moved}\n"))
    assert f"rename to {moved}\n{CHANGED}" in shown.out


def test_a_mode_that_changed_alone_is_told(asked):
    shown = asked(mode="100755")
    assert shown.out.endswith("old mode 100644\nnew mode 100755\nredflag: the contents are equal\n")


def test_what_guidelines_rest_on_points_to_the_whole_comparison(repository, asked):
    (repository.root.parent / "old.yaml").write_text((repository.root / VOCABULARY).read_text("utf-8"), "utf-8")
    (repository.root / VOCABULARY).open("a").write("# more\n")
    shown = asked(VOCABULARY, VOCABULARY, hexes=("1" * 40, "0" * 40))
    assert "redflag diff --against REV" in shown.out
    assert "+# more" in shown.out


def test_names_and_texts_cannot_control_the_terminal(repository, asked):
    other = "notes/-a\x1b[2J\nb.yaml"
    edited(repository, "40 mg/L", "41 mg/L \x1b[2J")
    shown = asked(other)
    assert "\x1b" not in shown.out
    assert "redflag: no guideline of a project; the text:" in shown.out
    assert "+++ b/notes/-a<U+001B>[2J<U+000A>b.yaml\n" in shown.out


def test_binary_contents_are_told(repository, asked):
    (repository.root / GUIDELINE).write_bytes(b"\0\1")
    assert "the contents differ and are no text" in asked().out


def test_a_conversion_of_anything_else_is_the_text_itself(repository, asked, capsys):
    assert run(capsys, "git-diff", "--textconv", VOCABULARY).out == (repository.root / VOCABULARY).read_text("utf-8")
    assert run(capsys, "git-diff", "--textconv", "missing.yaml").out.startswith("(cannot be read: ")
    shutil.rmtree(repository.root / "guidelines" / "back_pain" / "clinic")
    (repository.root / VOCABULARY).unlink()
    old = repository.root.parent / "old.yaml"
    assert run(capsys, "git-diff", "--textconv", str(old)).out == old.read_text("utf-8")


def test_other_calls_say_how_it_is_set_up(capsys):
    shown = run(capsys, "git-diff", "--help")
    assert shown.code == 0
    assert "git config diff.redflag.command 'redflag git-diff'" in shown.out
    assert run(capsys, "git-diff", "a.yaml").out == "* unmerged path a.yaml\n"
