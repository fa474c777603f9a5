"""The outputs shown in the README are what the commands print."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from redflag_kit.__main__ import main

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
SAMPLES = re.findall(r"<!-- sample: redflag (.+?) -->\n```text\n(.+?)```", README, re.DOTALL)


def test_the_readme_has_samples() -> None:
    assert len(SAMPLES) >= 6


@pytest.mark.parametrize(("command", "sample"), SAMPLES, ids=[command for command, _ in SAMPLES])
def test_a_sample_in_the_readme_is_what_the_command_prints(
    command: str, sample: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "80")
    # What is printed must not depend on how busy the machine is.
    main([*shlex.split(command), *(("--budget", "600") if command == "check" else ())])
    printed = capsys.readouterr().out.splitlines()
    position = 0
    for line in sample.splitlines():
        if line.strip() == "...":  # the README leaves something out here
            continue
        assert line in printed[position:], f"`redflag {command}` does not print {line!r} (any more)"
        position += printed[position:].index(line) + 1
