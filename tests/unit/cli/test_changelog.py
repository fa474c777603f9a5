"""`redflag changelog`: an entry ready to paste, in 80 columns, with what authors wrote kept from being markup."""

from __future__ import annotations

import json
import re

import pytest

from redflag_kit.report import markdown_changelog, text_changelog
from redflag_kit.report.json import Json
from tests.unit.cli.command_lines import GUIDELINE, base_project, run
from tests.unit.project.scratch import scratch


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = base_project(tmp_path_factory.mktemp("changelog"))
    newer = (folder / GUIDELINE).with_name("2025.yaml")
    newer.write_text(
        newer.read_text("utf-8").replace("40 mg/L", "10 mg/L").replace("title: R", "title: Again, r"), "utf-8"
    )
    return folder


def drafted(capsys, project, *options):
    names = ("clinic@2024", "clinic@2025")
    return run(capsys, "changelog", *names, "--project", project, *options)


def test_an_entry_has_the_version_its_date_and_the_sections_of_the_convention(capsys, project):
    found = drafted(capsys, project)
    assert found.code == 0
    lines = found.out.splitlines()
    assert lines[0] == "## [2025.0.0] - 2025-01-31"
    headings = [line for line in lines if line.startswith("### ")]
    assert headings == [one for one in ("### Changed", "### Added", "### Removed", "### Fixed") if one in headings]
    assert any(line.startswith("Version: the change asks for a ") for line in lines)
    assert max(map(len, lines)) <= 80


def test_the_same_editions_give_the_same_bytes_in_either_format(capsys, project):
    assert drafted(capsys, project).out == drafted(capsys, project).out
    assert drafted(capsys, project, "-f", "markdown").out.splitlines()[0] == "## [2025.0.0] - 2025-01-31"


def test_the_envelope_has_every_item_as_data(capsys, project):
    found = json.loads(drafted(capsys, project, "-f", "json").out)
    (entry,) = found["changelog"]["entries"]
    assert (entry["id"], entry["version"], found["summary"]) == (
        "clinic",
        "2025.0.0",
        {"entries": 1, "equivalent": False},
    )
    assert all(item["parts"] or item["text"] for section in entry["sections"] for item in section["items"])


def test_an_edition_against_itself_is_proved_unchanged(capsys, project):
    found = run(capsys, "changelog", "clinic@2024", "clinic@2024", "--project", project)
    assert "Nothing changed for any patient" in found.out
    assert "###" not in found.out


HOSTILE = "- a\n# b <script>x</script> [c](javascript:d) | `e` **f** @everyone 1. " + "- " * 60


def entry(**parts):
    part = {"who": HOSTILE, "what": [HOSTILE], "exact": False}
    item = {"mark": "lost", "rules": [HOSTILE, "no rule"], "sources": [HOSTILE], "parts": [part, part], "text": ""}
    return {
        "id": "x",
        "title": HOSTILE,
        "version": "1.0.0",
        "date": "",
        "old": "x@0",
        "new": "x@1",
        "equivalent": None,
        "verdict": "open",
        "sections": [{"title": "Removed", "items": [item, {**item, "parts": [], "text": HOSTILE}]}],
        "unchanged": [HOSTILE],
        "step": "none",
        "open_questions": [HOSTILE],
        **parts,
    }


def test_hostile_text_opens_no_markup_and_starts_no_list():
    shown = markdown_changelog.render({"command": "changelog", "changelog": {"entries": [entry()]}})
    assert "<script" not in shown
    assert "@everyone" not in shown
    assert not re.search(r"(?<!\\)\]\(", shown)
    starts = [line for line in shown.splitlines() if line.lstrip().startswith(("- ", "# "))]
    assert len(starts) == 4  # two items, and the two parts of one
    assert max(map(len, shown.splitlines())) <= 80


def test_characters_that_control_a_terminal_are_not_printed():
    shown = text_changelog.render({"command": "changelog", "changelog": {"entries": [entry(title="a\x1b[2Jb")]}})
    assert "\x1b" not in shown


def test_what_was_not_decided_is_said_beside_the_entries():
    unread: Json = [{"question": "what guidelines/x.yaml says", "established": "nothing", "budget": "none would do"}]
    for render in (text_changelog.render, markdown_changelog.render):
        shown = render({"command": "changelog", "changelog": {"entries": []}, "not_decided": unread})
        assert shown == "**Not decided:** what guidelines/x.yaml says.\n"


@pytest.fixture
def repository(tmp_path, monkeypatch):
    base_project(tmp_path)
    made = scratch(tmp_path / "project")
    for name, value in made.environment.items():
        monkeypatch.setenv(name, value)
    made.commit()
    return made


def test_every_guideline_that_differs_from_a_revision_gets_an_entry(capsys, repository):
    def against(*options):
        return run(capsys, "changelog", "--against", "HEAD", "--project", repository.root, *options)

    assert against().out == "No guideline differs: the text of every one is the same.\n"
    older, newer = repository.root / GUIDELINE, (repository.root / GUIDELINE).with_name("2025.yaml")
    older.unlink()
    newer.write_text(newer.read_text("utf-8").replace("40 mg/L", "30 mg/L"), "utf-8")
    found = against("-f", "json")
    entries = json.loads(found.out)["changelog"]["entries"]
    assert [one["verdict"] for one in entries][:1] == ["clinic@2024.0.0 is gone"]
    assert entries[1]["old"] == "HEAD:clinic@2025.0.0"
    assert "## [2024.0.0] - 2024-01-31" in against().out
    newer.write_text("schema: redflag/guideline/1\n", "utf-8")
    broken = run(capsys, "changelog", "--against", "HEAD", "--project", repository.root)
    assert broken.code != 0


def test_a_command_line_with_one_edition_is_refused(capsys, project):
    found = run(capsys, "changelog", "clinic@2024", "--project", project)
    assert (found.code, found.out) == (2, "")
    assert "redflag changelog OLD NEW" in found.err
