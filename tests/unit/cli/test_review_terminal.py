"""A review at a real terminal: cards, questions, answers, and records even where it is broken off."""

from __future__ import annotations

import os
import re
import select
import signal
import sys
from pathlib import Path

import pytest
import yaml

from tests.unit.cli.test_approve import PAIR, WHO, committed, project, records

__all__ = ["committed", "project"]  # fixtures

pty = pytest.importorskip("pty")
PROMPT = re.compile(rb"(\[\?\]|why\?( \(Enter: [^\r\n]*\))?) > $")
CTRL_C = b"\x03"


def play(arguments: tuple[str, ...], answers: list[bytes]) -> tuple[str, int]:
    """Run the command at a terminal, answer each question in turn, and return what was shown and the exit code."""
    process, terminal = pty.fork()
    if process == 0:
        # What is run in the background inherits that Ctrl-C is ignored.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.execv(sys.executable, [sys.executable, "-m", "redflag_kit", *arguments])
    shown, seen, silent = b"", 0, 0
    left, last = list(answers), b""
    while silent < 12:
        if not select.select([terminal], [], [], 5)[0]:
            silent += 1
            if last == CTRL_C:  # one that comes between a question and its reading is lost: a person presses again
                os.write(terminal, CTRL_C)
            continue
        try:
            data = os.read(terminal, 1 << 16)
        except OSError:  # Linux says so when the other side is closed
            break
        if not data:
            break
        shown += data
        if left and PROMPT.search(shown[seen:]):
            seen, last = len(shown), left.pop(0)
            os.write(terminal, last)
    else:  # silent for a minute: it waits for nothing that comes
        os.kill(process, signal.SIGKILL)
    return shown.decode(), os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


@pytest.fixture(autouse=True)
def _here(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, sys.path)))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "100")


def test_a_review_shows_each_change_in_full_and_writes_what_was_decided(project: Path):
    shown, code = play(("approve", "--review", *PAIR, *WHO), [b"?\n", b"a\n", b"agreed\n", b"r\n", b"harm\n"])
    assert code == 0
    assert "2 changes to sign as clinical-safety, by A Reviewer <reviewer@example.org>, on 2026-02-01" in shown
    for word in (
        "1 of 2",
        "who      ",
        "example  ",
        "before   T-FEVER",
        "evidence: BOOK supported",
        "tested   ",
        "id   ",
    ):
        assert word in shown
    found = [yaml.safe_load(one.read_text("utf-8")) for one in records(project)]
    assert sorted((one["decision"], one["rationale"]) for one in found) == [("approve", "agreed"), ("reject", "harm")]


def test_ctrl_c_keeps_what_was_decided_and_writes_nothing_half(project: Path):
    shown, code = play(("approve", "--review", *PAIR, *WHO), [b"a\n", b"agreed\n", b"r\n", CTRL_C])
    assert code == 0
    (path,) = records(project)
    assert yaml.safe_load(path.read_text("utf-8"))["rationale"] == "agreed"
    assert "wrote " in shown
