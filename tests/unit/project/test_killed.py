"""A command that is killed leaves every file old, absent or whole; what else it leaves is hidden and cleared away."""

import json
import os
import subprocess
import sys

import pytest

from redflag_kit.project.leftovers import OLD, clear_leftovers, temporary_name
from redflag_kit.project.write import append_atomically, write_atomically
from tests.unit.cli.command_lines import ROOT
from tests.unit.report.ci.faulty import faulty_project, result_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes cannot be forked there")


@pytest.fixture(scope="module")
def killed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("killed")
    result, _ = result_of(folder, faulty_project(folder / "repository"), "test")
    saved = folder / "saved.json"
    saved.write_text(json.dumps(result), "utf-8")
    model = ROOT / "tests" / "data" / "planted" / "gap.dmn"
    command = [sys.executable, "-m", "tests.unit.project.killed", *map(str, (folder, saved, model))]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stderr
    return json.loads((folder / "found.json").read_text("utf-8"))


def visible(state):
    return {name: text for name, text in state.items() if "/." not in f"/{name}"}


@pytest.mark.parametrize("name", ["json", "html", "appended", "import", "record"])
def test_a_kill_at_any_step_leaves_old_absent_or_whole_files(killed, name):
    *states, whole = (visible(state) for state in killed["trials"][name])
    assert len(states) >= 4
    for state in states:
        for file, text in state.items():
            assert text in ("old\n", whole[file])


def test_some_kill_came_before_the_new_file_and_some_after(killed):
    *states, whole = (visible(state) for state in killed["trials"]["json"])
    assert {"r.json": "old\n"} in states
    assert whole in states


def test_leftovers_are_hidden_and_nothing_loads_them(killed):
    assert killed["leftovers"]
    assert killed["loaded"] == []


def test_a_reader_never_sees_half_a_file_whoever_is_killed(killed):
    assert set(killed["seen"]) <= {0, 1}


def leftover(folder, process, age, name="r.html"):
    path = folder / temporary_name(name, process, "0a1b")
    path.write_text("half", "utf-8")
    os.utime(path, (path.stat().st_mtime - age,) * 2)
    return path


def dead():
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        return process.pid


def test_what_a_dead_writer_left_is_cleared_away_once_it_is_old(tmp_path):
    gone = leftover(tmp_path, dead(), OLD + 60)
    write_atomically(tmp_path / "r.html", "new")
    assert not gone.exists()
    assert [one.name for one in tmp_path.iterdir()] == ["r.html"]


def test_what_may_still_be_in_use_stays(tmp_path):
    kept = [
        leftover(tmp_path, os.getppid(), OLD + 60),  # its writer is running
        leftover(tmp_path, dead(), OLD - 60),  # it is new
        leftover(tmp_path, dead(), OLD + 60, "other.html"),  # it is another file's
        tmp_path / ".redflag-note.txt",
    ]
    kept[-1].write_text("mine", "utf-8")
    write_atomically(tmp_path / "r.html", "new")
    assert all(one.exists() for one in kept)


def test_a_number_that_is_ours_now_belonged_to_a_writer_that_is_gone(tmp_path):
    gone = leftover(tmp_path, os.getpid(), OLD + 60)
    own = tmp_path / temporary_name("r.html", os.getpid(), "ffff")
    own.write_text("", "utf-8")
    clear_leftovers(tmp_path / "r.html", own)
    assert (gone.exists(), own.exists()) == (False, True)


def test_a_number_that_no_process_can_have_is_gone_too(tmp_path):
    gone = leftover(tmp_path, 10**30, OLD + 60)
    write_atomically(tmp_path / "r.html", "new")
    assert not gone.exists()


def test_a_link_stays_a_link_and_a_device_a_device(tmp_path):
    target, link = tmp_path / "target", tmp_path / "link"
    link.symlink_to(target)
    write_atomically(link, "one")
    write_atomically(link, "two")
    assert (link.is_symlink(), target.read_text("utf-8")) == (True, "two")
    write_atomically(tmp_path / ".." / ".." / ".." / ".." / ".." / "dev" / "null", "nothing")


def test_the_rights_of_a_file_are_kept(tmp_path):
    path = tmp_path / "r.html"
    write_atomically(path, "one")
    path.chmod(0o640)
    write_atomically(path, "two")
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_very_long_name_can_be_written(tmp_path):
    path = tmp_path / ("x" * 255)
    write_atomically(path, "one")
    assert path.read_text("utf-8") == "one"


def test_appended_texts_are_set_off_and_bounded(tmp_path):
    path = tmp_path / "summary.md"
    assert append_atomically(path, "one\n", 100)
    assert append_atomically(path, "two\n", 100)
    assert not append_atomically(path, "x" * 100, 100)
    assert path.read_text("utf-8") == "one\n\ntwo\n"
