"""What the analyses of one subject found, question by question, and how far they got.

Errors and warnings come from questions that must be decided; the rest is advice, which a table may be too large for
without leaving open whether anything is wrong with it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from redflag_kit.analyse.fault import Fault
from redflag_kit.diagnostics import codes

GAPS, OVERLAPS, NEVER, REPEATS, MASKED = FAULTS = (
    "gaps",
    "overlaps and conflicts",
    "rules that cannot apply",
    "rules that repeat each other",
    "rules that never decide",
)
"""Questions about faults."""

NEVER_MATTERS, THREE_VALUED = NEED_DIAGRAMS = ("findings that never matter", "three-valued evaluation")
"""Questions that need quantification; they are asked of diagrams alone."""

REDUNDANT, MERGEABLE, PARTLY, *_ = ADVICE = (
    "redundant rules",
    "rules that can be merged",
    "rules that give way in part",
    *NEED_DIAGRAMS,
)
"""Questions whose answers are notes."""

STRONGEST_FIRST = (codes.RF304, codes.RF313, codes.RF307, codes.RF306, codes.RF308, codes.RF309, codes.RF311)
"""Faults of rules of which the first says what the later ones would say again."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one analysis found. `limit` is what stopped it, empty if it finished; what it found until then is so."""

    question: str
    faults: tuple[Fault, ...]
    limit: str = ""


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A question that was not decided: the limit that stopped it, and what was established all the same."""

    question: str
    budget: str
    established: str = ""


@dataclass(frozen=True, slots=True)
class Analysed:
    """Every fault found, in the order of the analyses; what was not decided; and what advice was not given."""

    faults: tuple[Fault, ...]
    unsettled: tuple[Unsettled, ...] = ()
    ungiven: tuple[Unsettled, ...] = ()

    @property
    def complete(self) -> bool:
        """Say whether every question was decided."""
        return not self.unsettled and not self.ungiven


def joined(answers: Sequence[Answer]) -> Analysed:
    """Return what several analyses found together, each thing said once."""
    left = [Unsettled(one.question, one.limit, established(one, answers)) for one in answers if one.limit]
    return Analysed(
        tuple(once(fault for one in answers for fault in one.faults)),
        tuple(one for one in left if one.question not in ADVICE),
        tuple(one for one in left if one.question in ADVICE),
    )


def established(one: Answer, answers: Iterable[Answer]) -> str:
    """Return what is known although a question was not decided."""
    so_far = f"{len(one.faults)} so far, each of them proved; there may be more" if one.faults else "none found so far"
    decided = [f"{other.question} ({len(other.faults) or 'none'})" for other in answers if not other.limit]
    return f"{so_far}; decided: {', '.join(decided) or 'nothing else'}"


def once(faults: Iterable[Fault]) -> list[Fault]:
    """Return the faults without those that a stronger one about the same rules implies."""
    faults = list(faults)
    told: dict[str, int] = {}
    for fault in faults:
        if fault.code in STRONGEST_FIRST:
            strength = STRONGEST_FIRST.index(fault.code)
            told |= {rule: min(strength, told.get(rule, strength)) for rule in fault.rules}
    groups = [frozenset(fault.rules) for fault in faults if fault.code in (codes.RF307, codes.RF313)]
    return [fault for fault in faults if not _is_implied(fault, told, groups)]


def _is_implied(fault: Fault, told: Mapping[str, int], groups: Sequence[frozenset[str]]) -> bool:
    """Say whether stronger faults of rules say it.

    A masked rule is no news if only rules that it repeats mask it; an input without influence, if every rule that reads
    it is told to do nothing.
    """
    needless = len(STRONGEST_FIRST) - 1
    if fault.code is codes.RF310:
        return bool(fault.others) and all(told.get(rule, needless) < needless for rule in fault.others)
    if fault.code is codes.RF306:
        return any({*fault.rules, *fault.others} <= group for group in groups)
    if fault.code not in STRONGEST_FIRST:
        return False
    return any(told[rule] < STRONGEST_FIRST.index(fault.code) for rule in fault.rules)
