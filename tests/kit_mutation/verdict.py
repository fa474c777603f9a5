"""How many mutants of a package were noticed, and what is not as it must be.

Score = noticed / (all - those that rules cover - those that are equivalent). Accepted survivors lower it, so a floor
says how many may be accepted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.kit_mutation.justified import Justification, stale, told
from tests.kit_mutation.mutants import Mutant, Outcome
from tests.kit_mutation.rules import rule_for

FLOOR = 95.0
"""Per cent of the mutants that count which the tests must notice, package by package."""


@dataclass(frozen=True, slots=True)
class Tally:
    """The mutants of a package by what became of them; the numbers after `killed` add up with it to `mutants`.

    `by_limit` of the killed ones ran into a limit of time or ended the process of the tests.
    """

    package: str
    mutants: int
    killed: int
    by_limit: int
    by_rule: int
    equivalent: int
    accepted: int
    unexplained: tuple[Mutant, ...]
    not_run: int

    @property
    def counted(self) -> int:
        """Return how many mutants the score is about."""
        return self.mutants - self.by_rule - self.equivalent - self.not_run

    @property
    def score(self) -> float:
        """Return the per cent of those mutants that the tests notice; 100 of none."""
        return 100.0 * self.killed / self.counted if self.counted else 100.0


def tally(package: str, mutants: Sequence[Mutant], justified: Iterable[Justification]) -> Tally:
    """Sort the mutants of a package by what became of them and why."""
    kinds = {one.change: one.kind for one in justified}
    # A limit does not show that a mutant does anything else; many an equivalent one only takes longer.
    excused = [one.outcome.by_limit and one.change in kinds for one in mutants]
    noticed = [one for one, slow in zip(mutants, excused, strict=True) if one.outcome.noticed and not slow]
    survivors = [one for one, slow in zip(mutants, excused, strict=True) if one.outcome.open or slow]
    unexplained = [one for one in survivors if one.change not in kinds]
    kind_of = [kinds.get(one.change) for one in survivors]
    return Tally(
        package,
        mutants=len(mutants),
        killed=len(noticed),
        by_limit=sum(one.outcome.by_limit for one in noticed),
        by_rule=sum(rule_for(one.change) is not None for one in unexplained),
        equivalent=kind_of.count("equivalent"),
        accepted=kind_of.count("accepted"),
        unexplained=tuple(one for one in unexplained if rule_for(one.change) is None),
        not_run=sum(one.outcome is Outcome.NOT_RUN for one in mutants),
    )


def faults(one: Tally, mutants: Sequence[Mutant], justified: Iterable[Justification], *, bounded: bool) -> list[str]:
    """Return everything that keeps a package from passing; a bounded run may leave mutants out."""
    found = [f"{mutant.outcome.value}: {told(mutant.change)}  [{mutant.name}]" for mutant in one.unexplained]
    found += stale(justified, mutants)
    if not bounded:
        if one.mutants == 0:
            found.append(f"{one.package}: no mutants were made, which is never a pass")
        found += [f"no verdict: {mutant.name}" for mutant in mutants if mutant.outcome is Outcome.NOT_RUN]
    if one.score < FLOOR:
        found.append(f"{one.package}: {one.score:.1f} % of the mutants that count are killed, fewer than {FLOOR:g} %")
    return found
