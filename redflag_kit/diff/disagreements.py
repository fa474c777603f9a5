"""Where two guidelines disagree in level, and where one of them leaves somebody alone.

Claim: a patient whom both allow is in a group of an output exactly if both give it a level and the levels differ; in an
`Alone` exactly if one gives a level and the other covers the output and gives none. Outputs with the same values for
the same patients are told together. Sets have no levels and are not compared.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from redflag_kit.diff.panel import Speaker
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.model.vocabulary import Output
from redflag_kit.terms.scale import STATUSES, Scale


class Kind(StrEnum):
    """How two levels differ, gravest first: one advises against and one for, in urgency, or strength against time."""

    AGAINST = "against"
    URGENCY = "urgency"
    LATERAL = "lateral"


@dataclass(frozen=True, slots=True)
class Group:
    """Patients to whom one guideline gives one level of these outputs and the other another."""

    outputs: tuple[str, ...]
    values: tuple[str, str]
    kind: Kind
    steps: int
    region: BddRegion


@dataclass(frozen=True, slots=True)
class Alone:
    """Patients of whom guideline number `speaker` (0 or 1) says `levels`, for or against, and the other `status`."""

    outputs: tuple[str, ...]
    speaker: int
    status: str
    advises: str
    levels: tuple[str, ...]
    region: BddRegion


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of one output: the groups it is in, and whether both ever give it a level for the same patient."""

    output: str
    groups: tuple[Group, ...]
    both_speak: bool


def hear(output: Output, one: Speaker, other: Speaker) -> Heard:
    """Compare the levels that two guidelines give an output that both cover."""
    scale = scale_of(output)
    legal = one.edition.meaning.legal & other.edition.meaning.legal
    first = [(level, legal & region) for level, region in _levels(one, output)]
    found: list[Group] = []
    both_speak = False
    for level, mine in first:
        for second, theirs in _levels(other, output):
            region = mine & theirs
            if region.is_empty():
                continue
            both_speak = True
            if level != second:
                kind = kind_of(scale, level, second)
                steps = abs(scale.rank(level) - scale.rank(second))
                found.append(Group((output.id,), (level, second), kind, steps, region))
    return Heard(output.id, tuple(found), both_speak)


def left_alone(output: Output, one: Speaker, other: Speaker) -> Iterator[Alone]:
    """Yield who gets a level of an output that both cover from one guideline and none from the other."""
    legal = one.edition.meaning.legal & other.edition.meaning.legal
    for place, (speaks, listens) in enumerate(((one, other), (other, one))):
        silent = [(status, r & legal) for status, r in listens.values(output.id).items() if status in STATUSES]
        for status, region in sorted(silent, key=lambda pair: STATUSES.index(pair[0])):
            yield from _alone(output, speaks, place, status, region)


def _alone(output: Output, speaks: Speaker, place: int, status: str, region: BddRegion) -> Iterator[Alone]:
    against = scale_of(output).against
    said = [(level, where & region) for level, where in _levels(speaks, output)]
    for advises in ("for", "against"):
        meant = [(level, r) for level, r in said if (level == against) == (advises == "against") and not r.is_empty()]
        if meant:
            whole = meant[0][1]
            for _, where in meant[1:]:
                whole |= where
            yield Alone((output.id,), place, status, advises, tuple(level for level, _ in meant), whole)


def together(found: Iterable[Group]) -> tuple[Group, ...]:
    """Return groups of several outputs, those with the same patients and levels as one, gravest first."""
    merged: dict[object, Group] = {}
    for one in found:
        key = (one.values, one.kind, one.steps, one.region)
        before = merged.get(key)
        merged[key] = one if before is None else replace(before, outputs=(*before.outputs, *one.outputs))
    return tuple(sorted(merged.values(), key=lambda one: gravity(one.kind, one.steps)))


def alone_together(found: Iterable[Alone]) -> tuple[Alone, ...]:
    """Return those left alone over several outputs, the same patients with the same levels as one."""
    merged: dict[object, Alone] = {}
    for one in found:
        key = (one.speaker, one.status, one.advises, one.levels, one.region)
        before = merged.get(key)
        merged[key] = one if before is None else replace(before, outputs=(*before.outputs, *one.outputs))
    return tuple(sorted(merged.values(), key=lambda one: (one.advises != "for", one.speaker)))


def gravity(kind: Kind, steps: int) -> tuple[int, int]:
    """Return what groups are ranked by; equal ones keep the order of the vocabulary and of the scale."""
    return list(Kind).index(kind), -steps


def kind_of(scale: Scale, one: str, other: str) -> Kind:
    """Return how two different levels of a scale differ."""
    if scale.against in (one, other):
        return Kind.AGAINST
    return Kind.LATERAL if scale.is_lateral(one, other) else Kind.URGENCY


def scale_of(output: Output) -> Scale:
    """Return the scale of an output that has one."""
    assert output.scale is not None
    return output.scale


def _levels(speaker: Speaker, output: Output) -> list[tuple[str, BddRegion]]:
    """Return where a guideline gives each level, in the order of the scale."""
    values = speaker.values(output.id)
    return [(level, values[level]) for level in scale_of(output).levels if level in values]
