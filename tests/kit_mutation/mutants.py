"""What mutmut left on disk: each mutant, what it changed, and what became of it.

mutmut writes three files for each mutated module: the module with all its mutants in it, `.meta` (an exit code for each
mutant) and `.spans` (the lines of each generated function). Its own numbers of mutants shift with every edit of a
function, so here a mutant is known by its function and the text that it takes away and puts in its place.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from pathlib import Path

SEPARATOR = "ǁ"


class Outcome(Enum):
    """What became of a mutant."""

    KILLED = "killed"
    TIMED_OUT = "timed out"
    CRASHED = "crashed"
    SURVIVED = "survived"
    NO_TESTS = "no tests"
    NOT_RUN = "not run"

    @property
    def noticed(self) -> bool:
        """Say whether the tests end otherwise than they do without the mutant."""
        return self is Outcome.KILLED or self.by_limit

    @property
    def by_limit(self) -> bool:
        """Say whether that is because they did not end, or not by themselves."""
        return self in (Outcome.TIMED_OUT, Outcome.CRASHED)

    @property
    def open(self) -> bool:
        """Say whether no test told the mutant from the code."""
        return self in (Outcome.SURVIVED, Outcome.NO_TESTS)


@dataclass(frozen=True, slots=True)
class Change:
    """Lines of a function, stripped, and those that a mutant has instead; `nth` of the equal ones in that function."""

    function: str
    was: str
    now: str
    nth: int = 1


@dataclass(frozen=True, slots=True)
class Mutant:
    """One mutant by mutmut's name, what it changes, and what became of it."""

    name: str
    change: Change
    outcome: Outcome

    @property
    def module(self) -> str:
        """Return the module that it is in."""
        return self.name.rpartition(".")[0]


def outcome_of(exit_code: int | None) -> Outcome:
    """Return what an exit code in a `.meta` file says.

    mutmut counts 255 as a timeout, but it is what a process ends with in which pytest could not be started. A signal
    ends a process that used up its time (SIGXCPU, then SIGKILL) or crashed.
    """
    match exit_code:
        case 0:
            return Outcome.SURVIVED
        case 1 | 3:
            return Outcome.KILLED
        case 5 | 33:
            return Outcome.NO_TESTS
        case 24 | -24 | 152 | 36 | -9:
            return Outcome.TIMED_OUT
        case int() if exit_code < 0:
            return Outcome.CRASHED
        case _:
            return Outcome.NOT_RUN


def function_of(name: str) -> str:
    """Return the function or method that a mutant of this name changes: `module.function`, `module.Class.method`."""
    module, _, mangled = name.partition("__mutmut_")[0].rpartition(".")
    own = mangled[2:]  # x_function, xǁClassǁmethod
    return f"{module}.{own.replace(SEPARATOR, '.')}"


def change_between(old: str, new: str) -> tuple[str, str]:
    """Return the lines of one text of a function that the other lacks, and those it has in their place.

    The line with the name is told apart by what follows the name alone, since mutmut names every copy differently.
    """
    was, now = ([line.strip() for line in _anonymous(text).splitlines()] for text in (old, new))
    gone: list[str] = []
    come: list[str] = []
    for tag, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag != "equal":
            gone += was[a:b]
            come += now[c:d]
    return "\n".join(gone), "\n".join(come)


def _anonymous(text: str) -> str:
    head, define, rest = text.partition("def ")
    return head + define + rest[rest.index("(") :] if define else text


def mutants_of(meta: str, spans: str, code: str) -> tuple[Mutant, ...]:
    """Return the mutants of one module, from the texts of its `.meta`, its `.spans` and the mutated module itself."""
    exit_codes: Mapping[str, int | None] = json.loads(meta)["exit_code_by_key"]
    places: Mapping[str, list[int]] = json.loads(spans)["spans"] if exit_codes else {}
    lines = code.splitlines()

    def text(generated: str) -> str:
        first, last = places[generated]
        return "\n".join(lines[first - 1 : last])

    seen: Counter[Change] = Counter()
    found: list[Mutant] = []
    for name, exit_code in exit_codes.items():
        generated = name.rpartition(".")[2]
        original = generated.partition("__mutmut_")[0] + "__mutmut_orig"
        change = Change(function_of(name), *change_between(text(original), text(generated)))
        seen[change] += 1
        numbered = Change(change.function, change.was, change.now, seen[change])
        found.append(Mutant(name, numbered, outcome_of(exit_code)))
    return tuple(found)


def read_mutants(mutated: Path) -> tuple[Mutant, ...]:
    """Return all mutants below a directory that mutmut wrote, module by module."""
    return tuple(one for meta in sorted(mutated.rglob("*.py.meta")) for one in _read(meta))


def _read(meta: Path) -> Iterable[Mutant]:
    module = meta.with_suffix("")
    spans = module.with_name(module.name + ".spans")
    return mutants_of(meta.read_text(), spans.read_text() if spans.exists() else "{}", module.read_text())
