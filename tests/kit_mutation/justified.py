"""Mutants that survive for a reason somebody wrote down, in `justified.toml`, and what is wrong with that file.

    [[justified]]
    function = "redflag_kit.compile.cuts._bounds"
    kind = "equivalent"
    reason = "0 is in the set whatever is taken from it"
    changes = [["- {0}:", "- {1}:"]]

A change is the text that the function has and the text that the mutant has instead (a third item, `2`, says: the second
of two that read alike). `equivalent`: no input tells the mutant from the code. `accepted`: some input does, and the
reason says why no test is asked for; such mutants count against the score.
"""

from __future__ import annotations

import ast
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.kit_mutation.mutants import Change, Mutant, Outcome

FILE = Path(__file__).with_name("justified.toml")
KINDS = ("equivalent", "accepted")
_NAMED = (ast.FunctionDef, ast.ClassDef)


@dataclass(frozen=True, slots=True)
class Justification:
    """Why one change of one function survives."""

    change: Change
    kind: str
    reason: str


def parse(text: str) -> tuple[Justification, ...]:
    """Return the justifications of a file; each needs a known kind, a reason and changes, and none comes twice."""
    found = tuple(one for entry in tomllib.loads(text).get("justified", ()) for one in _entry(entry))
    twice = [change for change, times in Counter(one.change for one in found).items() if times > 1]
    if twice:
        raise ValueError(f"justified twice: {', '.join(map(told, twice))}")
    return found


def _entry(entry: Mapping[str, object]) -> Iterable[Justification]:
    function, kind, reason, changes = (entry.get(key) for key in ("function", "kind", "reason", "changes"))
    if not isinstance(function, str) or kind not in KINDS or not isinstance(reason, str) or not reason.strip():
        raise ValueError(f"needs a function, a kind ({', '.join(KINDS)}) and a reason: {entry}")
    if not isinstance(changes, list) or not changes:
        raise ValueError(f"needs the changes of `{function}` that survive")
    for was, now, *nth in changes:
        yield Justification(Change(function, was, now, nth[0] if nth else 1), str(kind), reason)


def told(change: Change) -> str:
    """Return one line that names a change."""
    nth = f" (number {change.nth} of those that read alike)" if change.nth > 1 else ""
    return f"{change.function}: `{_line(change.was)}` -> `{_line(change.now)}`{nth}"


def _line(text: str) -> str:
    return " / ".join(text.splitlines())


def stale(justified: Iterable[Justification], mutants: Iterable[Mutant]) -> list[str]:
    """Return what justifications say that is not so (any more), about functions whose mutants these are."""
    by_change = {one.change: one for one in mutants}
    functions = {change.function for change in by_change}
    remarks = []
    for one in justified:
        mutant = by_change.get(one.change)
        if mutant is None and one.change.function in functions:
            remarks.append(f"justifies a mutant that does not exist: {told(one.change)}")
        elif mutant is not None and mutant.outcome is Outcome.KILLED:
            remarks.append(f"justifies a mutant that the tests kill: {told(one.change)}")
    return remarks


def gone(justified: Iterable[Justification], root: Path) -> list[str]:
    """Return the justifications of functions that are not there, or have not the lines that mutants change."""
    remarks = []
    for one in justified:
        text = _text_of(one.change.function, root)
        if text is None:
            remarks.append(f"justifies a mutant of a function that does not exist: {told(one.change)}")
        elif not {*one.change.was.splitlines()} <= {line.strip() for line in text.splitlines()}:
            remarks.append(f"justifies a mutant of lines that do not exist: {told(one.change)}")
    return remarks


def _text_of(function: str, root: Path) -> str | None:
    """Return the text of `package.module.function` or `package.module.Class.method`."""
    words = function.split(".")
    at = next((at for at in range(len(words), 0, -1) if root.joinpath(*words[:at]).with_suffix(".py").is_file()), None)
    if at is None:
        return None
    text = root.joinpath(*words[:at]).with_suffix(".py").read_text()
    inner: list[ast.stmt] = ast.parse(text).body
    lines: list[str] = []
    for word in words[at:]:
        found = next((each for each in inner if isinstance(each, _NAMED) and each.name == word), None)
        if found is None:
            return None
        inner, lines = found.body, text.splitlines()[found.lineno - 1 : found.end_lineno]
    return "\n".join(lines)


def as_toml(changes: Iterable[Change]) -> str:
    """Return changes as entries that somebody completes with a kind and a reason."""
    of: dict[str, list[Change]] = {}
    for change in changes:
        of.setdefault(change.function, []).append(change)
    return "\n".join(
        f'[[justified]]\nfunction = "{function}"\nkind = ""\nreason = ""\nchanges = [\n'
        + "".join(
            f"  [{', '.join([_string(one.was), _string(one.now)] + ([str(one.nth)] if one.nth > 1 else []))}],\n"
            for one in ones
        )
        + "]\n"
        for function, ones in of.items()
    )


def _string(text: str) -> str:
    if "'" not in text and "\n" not in text:
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
