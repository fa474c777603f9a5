"""Everybody who wrote a part of a change is told, under each of their names; where that cannot be known, it is said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from redflag_kit.project.git import repository
from redflag_kit.project.history import Authors, authors, is_dirty, user_of
from redflag_kit.project.revisions import resolved
from tests.unit.project.scratch import AUTHOR, Scratch, scratch

RULES = "guidelines/rules.yaml"
SECOND = "Another Author <another@example.org>"


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scratch:
    """Return a repository whose first commit is tagged `old`, and let git see none of the user's settings."""
    found = scratch(tmp_path / "project")
    found.write({RULES: "1\n", "README.md": "1\n"})
    found.commit()
    found.git("tag", "old")
    for name, value in found.environment.items():
        if name.startswith("GIT_"):
            monkeypatch.setenv(name, value)
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "EMAIL"):
        monkeypatch.delenv(name, raising=False)
    return found


def since_old(made: Scratch, new: str | None = "HEAD") -> Authors:
    where = repository(made.root)
    return authors(where, resolved(where, "old"), resolved(where, new) if new else None)


def test_only_those_who_touched_the_guidelines_are_authors(made: Scratch):
    made.write({"README.md": "2\n"})
    made.commit()
    assert since_old(made) == Authors((), complete=True)
    other = replace(made, author=SECOND)
    other.write({RULES: "2\n"})
    other.commit()
    assert since_old(made) == Authors((SECOND,), complete=True)


def test_it_can_be_told_which_files_make_an_author(made: Scratch):
    made.write({RULES: "2\n"})
    made.commit()
    other = replace(made, author=SECOND)
    other.write({"guidelines/approvals/record.yaml": "1\n"})
    other.commit()
    where = repository(made.root)
    old, new = resolved(where, "old"), resolved(where, "HEAD")
    assert authors(where, old, new, lambda path: "approvals" not in path).names == (AUTHOR,)
    assert authors(where, old, new).names == (AUTHOR, SECOND)


def test_only_files_of_the_project_make_an_author_where_it_lies_below_others(made: Scratch):
    made.write({"inner/guidelines/rules.yaml": "1\n"})
    made.commit()
    made.git("tag", "--force", "old")
    other = replace(made, author=SECOND)
    other.write({RULES: "2\n"})
    other.commit()
    made.write({"inner/guidelines/rules.yaml": "2\n"})
    made.commit()
    where = repository(made.root / "inner")
    assert authors(where, resolved(where, "old"), resolved(where, "HEAD")).names == (AUTHOR,)


def test_co_authors_are_authors(made: Scratch):
    made.write({RULES: "2\n"})
    made.commit(f"A change\n\nCo-authored-by: {SECOND}\nCo-Authored-By: A Third <third@example.org>")
    assert since_old(made).names == ("A Third <third@example.org>", AUTHOR, SECOND)


def test_a_mailmap_adds_a_name_and_takes_none_away(made: Scratch):
    made.write({RULES: "2\n", ".mailmap": f"{SECOND} <author@example.org>\n"})
    made.commit()
    assert since_old(made).names == (AUTHOR, SECOND)


def test_a_change_on_a_branch_that_was_merged_counts_and_so_does_what_a_merge_changes_itself(made: Scratch):
    made.git("checkout", "--quiet", "-b", "side")
    other = replace(made, author=SECOND)
    other.write({RULES: "2\n"})
    other.commit()
    made.git("checkout", "--quiet", "main")
    merging = replace(made, author="A Merger <merger@example.org>")
    merging.git("merge", "--quiet", "--no-ff", "--no-commit", "side")
    merging.write({"guidelines/more.yaml": "1\n"})
    merging.commit()
    assert since_old(made).names == ("A Merger <merger@example.org>", SECOND)


def test_whoever_has_uncommitted_files_is_an_author(made: Scratch):
    made.write({"guidelines/new.yaml": "1\n"})
    made.git("config", "user.name", "A User")
    made.git("config", "user.email", "user@example.org")
    assert since_old(made, None) == Authors(("A User <user@example.org>",), complete=True)
    assert since_old(made).names == ()


def test_without_a_user_it_is_said_that_the_author_is_not_known(made: Scratch):
    made.git("config", "user.useConfigOnly", "true")
    assert since_old(made, None) == Authors((), complete=True)
    made.write({RULES: "2\n"})
    assert user_of(repository(made.root)) == ""
    found = since_old(made, None)
    assert (found.names, found.complete) == ((), False)
    assert "user.name" in found.why


@pytest.mark.parametrize(
    ("files", "dirty"),
    [
        ({RULES: "1\n"}, False),
        ({"README.md": "2\n"}, False),
        ({RULES: "2\n"}, True),
        ({"vignettes/ü new.yaml": "1\n"}, True),
        ({".gitignore": "*.yaml\n", "guidelines/ignored.yaml": "1\n"}, True),
    ],
)
def test_a_tree_is_dirty_if_authored_files_are_not_as_committed(made: Scratch, files: dict[str, str], dirty: bool):
    made.write(files)
    assert is_dirty(repository(made.root)) is dirty


def test_a_shallow_clone_that_ends_too_early_leaves_the_authors_open(made: Scratch, tmp_path: Path):
    for number in (2, 3, 4):
        made.write({RULES: f"{number}\n"})
        made.commit()
    made.git("branch", "proposal")
    folder = tmp_path / "shallow"
    made.git("clone", "--quiet", "--depth=2", "--no-single-branch", made.root.as_uri(), str(folder))
    shallow = Scratch(folder)
    assert since_old(shallow).complete is False
    assert "git fetch --unshallow" in since_old(shallow).why
    where = repository(folder)
    near = authors(where, resolved(where, "HEAD~1"), resolved(where, "HEAD"))
    assert near == Authors((AUTHOR,), complete=True)


def test_a_bare_clone_has_no_uncommitted_files(made: Scratch, tmp_path: Path):
    folder = tmp_path / "bare.git"
    made.git("clone", "--quiet", "--bare", str(made.root), str(folder))
    assert not is_dirty(repository(folder))
