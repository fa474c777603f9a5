"""New files appear whole or not at all, and never take the place of another one."""

from __future__ import annotations

from pathlib import Path

import pytest

from redflag_kit.project.write import write_atomically, write_new


def test_a_new_file_is_written_with_the_folders_it_needs(tmp_path: Path):
    path = tmp_path / "guidelines" / "approvals" / "a.yaml"
    write_new(path, "one\n")
    assert path.read_bytes() == b"one\n"
    assert [one.name for one in path.parent.iterdir()] == ["a.yaml"]


def test_a_file_that_is_there_stays_as_it_is(tmp_path: Path):
    path = tmp_path / "a.yaml"
    write_new(path, "one\n")
    with pytest.raises(FileExistsError):
        write_new(path, "two\n")
    assert path.read_bytes() == b"one\n"
    assert [one.name for one in tmp_path.iterdir()] == ["a.yaml"]


def test_a_file_system_without_hard_links_is_no_hindrance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refused(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "hardlink_to", refused)
    path = tmp_path / "a.yaml"
    write_new(path, "one\n")
    with pytest.raises(FileExistsError):
        write_new(path, "two\n")
    assert path.read_bytes() == b"one\n"
    assert [one.name for one in tmp_path.iterdir()] == ["a.yaml"]


def test_nothing_is_left_beside_where_writing_fails(tmp_path: Path):
    path = tmp_path / "a.yaml"
    for write in (write_atomically, write_new):
        with pytest.raises(UnicodeEncodeError):
            write(path, "\ud800")
    assert list(tmp_path.iterdir()) == []
