"""Kinds of mutants that no test could or should tell from the code, each with the rule by which it is recognised.

A rule looks at what a mutant changed and at nothing else. A mutant that a rule covers and the tests kill all the same
counts as killed; the table in docs/kit-mutation.md tells how many survived by each rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from tests.kit_mutation.mutants import Change


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of mutants, in the plural, why they do not count, and how they are recognised."""

    name: str
    reason: str
    covers: Callable[[Change], bool]


def loosens_a_strict_zip(change: Change) -> bool:
    """Say whether all that changes is that one `zip` no longer insists on equal lengths."""
    return change.now in {
        looser
        for found in re.finditer(r", strict=True", change.was)
        for looser in (
            change.was[: found.start()] + instead + change.was[found.end() :]
            for instead in (", strict=None", ", strict=False", ", ")
        )
    }


def rewords_an_internal_fault(change: Change) -> bool:
    """Say whether all that changes is what a `ValueError`, `TypeError` or failed assertion of our own says."""
    return any(
        re.fullmatch(pattern, change.was) and re.fullmatch(pattern, change.now)
        for pattern in (r"raise (ValueError|TypeError)\(.*\)", r"raise AssertionError\(.*\)")
    ) or _same_but_for_the_last_string(change, r'(assert .*, )(".*")')


def renames_a_cast(change: Change) -> bool:
    """Say whether all that changes is the type that `typing.cast` states, which it does not look at."""
    pattern = r'\bcast\((?:"[^"]*"|None|), ?'
    return (
        "cast(" in change.was
        and change.was != change.now
        and re.sub(pattern, "cast(", change.was) == re.sub(pattern, "cast(", change.now)
    )


def _same_but_for_the_last_string(change: Change, pattern: str) -> bool:
    was, now = re.fullmatch(pattern, change.was), re.fullmatch(pattern, change.now)
    return was is not None and now is not None and was[1] == now[1]


RULES = (
    Rule(
        "strict zips",
        "`zip(..., strict=True)` states that two sequences are equally long, which they are by construction; where they"
        " are not, it ends the run with an internal error instead of a wrong answer",
        loosens_a_strict_zip,
    ),
    Rule(
        "texts of internal faults",
        "what a `ValueError`, a `TypeError` or a failed assertion says is read by developers alone: bad input gets a"
        " diagnostic, whose text is tested",
        rewords_an_internal_fault,
    ),
    Rule(
        "types for the type checker",
        "`typing.cast` returns its argument as it is, whatever type it is told",
        renames_a_cast,
    ),
)


def rule_for(change: Change) -> Rule | None:
    """Return the first rule that covers a change."""
    return next((rule for rule in RULES if rule.covers(change)), None)
