"""The gate as text: what must be signed is told worst first, and once for changes that read alike."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from redflag_kit.report.text_gate import render
from tests.browser.signed import gate


def asking(times: int, sentence: str = "MRI: now → after a trial") -> dict[str, Any]:
    """Return a gate that waits for the same signature of several changes, their sentences numbered from the second."""
    result = gate(1)
    items = result["gate"]["signoff"]["items"]
    change = result["gate"]["diffs"][0]["changes"][0]
    first = next(one for one in items if one["id"] == change["id"])
    alike = {**first, "state": "open", "sentence": sentence, "reasons": [], "missing": first["roles"]}
    result["gate"]["signoff"]["items"] = [{**deepcopy(alike), "id": change["id"]} for _ in range(times)]
    return result


def test_changes_that_read_alike_are_told_once_with_an_example_patient():
    shown = render(asking(3))
    assert shown.count("MRI: now → after a trial") == 2  # once here, once as what a stale record approves
    assert "(3 change classes)" in shown
    assert "for:" not in shown
    assert "example:" in shown


def test_a_change_alone_says_whom_it_concerns():
    shown = render(asking(1))
    assert "for:" in shown
    assert "change classes)" not in shown


def test_what_is_not_told_is_counted():
    result = asking(15)
    for number, one in enumerate(result["gate"]["signoff"]["items"]):
        one["sentence"] = f"change number {number}"
    shown = render(result)
    assert "change number 11" in shown
    assert "change number 12" not in shown
    assert "and 3 more changes; --report html=PATH has all" in shown


def test_whoever_has_to_sign_is_told_the_command():
    assert "help: redflag approve --review --against main" in render(asking(1))
    done = asking(1)
    done["gate"]["signoff"]["items"][0]["state"] = "approved"
    assert "approve --review" not in render(done)
