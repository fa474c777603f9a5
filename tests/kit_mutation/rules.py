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
    """Say whether all that changes is that one `zip` no longer insists on equal lengths, or words that it need not."""
    return change.now in {
        change.was[: found.start()] + looser + change.was[found.end() :]
        for found in re.finditer(r", strict=(True|False)", change.was)
        for looser in (", strict=None", ", strict=False", ", ")
    }


def weakens_an_assertion(change: Change) -> bool:
    """Say whether all that changes is one assertion."""
    return all(re.fullmatch(r"assert [^\n]*", text) for text in (change.was, change.now))


def rewords_an_internal_fault(change: Change) -> bool:
    """Say whether all that changes is what a `ValueError`, `TypeError` or `KeyError` of our own says."""
    return all(
        re.fullmatch(r"raise (ValueError|TypeError|KeyError)\([^\n]*\)", text) for text in (change.was, change.now)
    )


def renames_a_cast(change: Change) -> bool:
    """Say whether all that changes is the type that `typing.cast` states, which it does not look at."""
    pattern = r'\bcast\((?:"[^"]*"|None|), ?'
    return (
        "cast(" in change.was
        and change.was != change.now
        and re.sub(pattern, "cast(", change.was) == re.sub(pattern, "cast(", change.now)
    )


RULES = (
    Rule(
        "strict zips",
        "`zip(..., strict=True)` states that two sequences are equally long, which they are by construction; where they"
        " are not, it ends the run with an internal error instead of a wrong answer",
        loosens_a_strict_zip,
    ),
    Rule(
        "assertions",
        "an `assert` states what is so by construction, for readers and the type checker; as long as it is so, no input"
        " tells a weaker one from it",
        weakens_an_assertion,
    ),
    Rule(
        "texts of internal faults",
        "what a `ValueError`, `TypeError` or `KeyError` of ours says is read by developers alone: bad input gets a"
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
