"""Only ordinary files inside the project are read."""

import os

import pytest

from redflag_kit.source.nodes import plain
from redflag_kit.source.reader import SIZE_LIMIT, read_file


@pytest.fixture
def root(tmp_path):
    root = tmp_path / "project"
    (root / "acp").mkdir(parents=True)
    (root / "acp" / "2011.yaml").write_text("id: acp\nactive: yes\n")
    return root


def refused(path, root):
    node, (fault,) = read_file(path, root)
    assert node is None
    return fault.code.id, fault.span.file, fault.message


def test_a_file_is_read_under_its_name_in_the_project(root):
    node, (fault,) = read_file(root / "acp" / "2011.yaml", root)
    assert node is not None
    assert plain(node) == {"id": "acp", "active": "yes"}
    assert str(fault.span) == "acp/2011.yaml:2:9"


def test_a_missing_file_is_refused(root):
    assert refused(root / "none.yaml", root) == ("RF002", "none.yaml", "`none.yaml` does not exist")


def test_a_folder_is_refused(root):
    assert refused(root / "acp", root) == ("RF002", "acp", "`acp` is not an ordinary file")


def test_a_pipe_is_refused_without_waiting_for_it(root):
    os.mkfifo(root / "pipe.yaml")
    assert refused(root / "pipe.yaml", root) == ("RF002", "pipe.yaml", "`pipe.yaml` is not an ordinary file")


def test_a_device_outside_is_refused(root):
    (root / "null.yaml").symlink_to("/dev/null")
    assert refused(root / "null.yaml", root)[0] == "RF025"


def test_a_large_file_is_refused_by_its_size(root):
    with (root / "big.yaml").open("wb") as stream:
        stream.truncate(SIZE_LIMIT + 1)
    assert refused(root / "big.yaml", root) == ("RF003", "big.yaml", "the file is larger than 4 MiB")


def test_a_file_that_may_not_be_read_is_refused(root, monkeypatch):
    def deny(*_args, **_kwargs):
        raise PermissionError

    monkeypatch.setattr("pathlib.Path.open", deny)
    assert refused(root / "acp" / "2011.yaml", root)[2] == "`acp/2011.yaml` may not be read by you"


def test_a_path_that_leads_outside_is_refused(root):
    (root.parent / "secret.yaml").write_text("a: 1\n")
    (root / "link.yaml").symlink_to(root.parent / "secret.yaml")
    assert refused(root / "link.yaml", root) == ("RF025", "link.yaml", "`link.yaml` leads outside the project")
    assert refused(root / ".." / "secret.yaml", root)[:2] == ("RF025", "../secret.yaml")
    assert refused(root / ".." / "none.yaml", root)[0] == "RF025"


def test_a_folder_link_that_leads_outside_is_refused(root):
    (root.parent / "other").mkdir()
    (root.parent / "other" / "a.yaml").write_text("a: 1\n")
    (root / "folder").symlink_to(root.parent / "other")
    assert refused(root / "folder" / "a.yaml", root)[:2] == ("RF025", "folder/a.yaml")


def test_a_link_that_stays_inside_is_followed(root):
    (root / "latest.yaml").symlink_to("acp/2011.yaml")
    node, (fault,) = read_file(root / "latest.yaml", root)
    assert node is not None
    assert fault.span.file == "latest.yaml"


def test_a_project_that_is_itself_a_link_is_fine(root):
    (root.parent / "alias").symlink_to(root)
    node, _ = read_file(root.parent / "alias" / "acp" / "2011.yaml", root.parent / "alias")
    assert node is not None


def test_a_link_to_itself_is_refused(root):
    (root / "loop.yaml").symlink_to("loop.yaml")
    assert refused(root / "loop.yaml", root) == ("RF002", "loop.yaml", "`loop.yaml` cannot be read")
