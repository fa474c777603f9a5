"""A small guideline of which nothing is noticed yet: what can be faulty in it, as goals and as open faults."""

from __future__ import annotations

from functools import cache

from redflag_kit.evaluate.engine import Engine
from redflag_kit.model.guideline import Guideline
from redflag_kit.mutate.apply import apply
from redflag_kit.mutate.decide import decide
from redflag_kit.mutate.mutant import AssumeChanged, Mutant
from redflag_kit.mutate.mutants import mutants
from redflag_kit.mutate.verdict import Strength, Survived
from redflag_kit.suggest.goal import Goal
from redflag_kit.suggest.plan import Subject
from redflag_kit.suggest.unknown import OpenFault
from tests.unit.evaluate.worlds import decision, guideline, rule


@cache
def small() -> Guideline:
    return guideline(
        decision(
            "d",
            rule("R1", "fever", "{scan: soon}"),
            rule("R2", "{all: [cough, worry]}", "{scan: now}"),
            rule("R3", "{age: at_least 60 a}", "{likely: [flu]}"),
        ),
        findings="fever cough worry age",
        covers="scan likely",
    )


@cache
def strength() -> Strength:
    return decide(small(), mutants(small()), ())


def ready() -> Engine:
    return strength().engine


def subject(*taken: str) -> Subject:
    return Subject(ready(), "g@1", frozenset(taken))


@cache
def faults() -> dict[str, Mutant]:
    return {one.id: one for one in mutants(small())}


def faulty(name: str) -> Guideline | None:
    return apply(small(), faults()[name].edit) if name in faults() else None


def survived() -> list[Survived]:
    return [one for one in strength().verdicts if isinstance(one, Survived)]


def goals(*words: str) -> list[Goal]:
    """Return what patients show of the mutants whose id has one of the words; of all mutants without words."""
    return [
        Goal(one.mutant.id, one.region)
        for one in survived()
        if one.region is not None and (not words or any(word in one.mutant.id for word in words))
    ]


def open_faults() -> dict[str, OpenFault]:
    found = {}
    for one in survived():
        edit = one.mutant.edit
        if isinstance(edit, AssumeChanged):
            found[one.mutant.id] = OpenFault(edit.finding, apply(small(), edit), one.case)
    return found
