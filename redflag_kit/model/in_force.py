"""Which edition of a guideline is in force, for which outputs, at a date.

An edition speaks of the outputs that it covers or supersedes. It stands at a date if it is active and was published by
then, or retired and the date lies from its publication to before its withdrawal; without a date the active ones stand.
For each output the latest standing edition that speaks of it decides: it is in force if it covers it, and if it only
supersedes it, no edition is. Drafts never stand. No clock is read: the date is given, or the question is about the
latest state.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from redflag_kit.model.guideline import Guideline


@dataclass(frozen=True, slots=True)
class InForce:
    """An edition with the outputs that it is in force for, in the order of its `covers`.

    `replaced`: earlier editions and what of their outputs it replaced, whether it covers them or not.
    """

    guideline: Guideline
    outputs: tuple[str, ...]
    replaced: tuple[tuple[Guideline, tuple[str, ...]], ...]

    @property
    def whole(self) -> bool:
        """Say whether it is in force for everything it covers."""
        return len(self.outputs) == len(self.guideline.covers)


@dataclass(frozen=True, slots=True)
class Family:
    """The editions of one guideline at a date: those in force for something, by date, and those that are not.

    `undated` are retired editions, published by then, of which nobody says when they were withdrawn, so that they may
    have been in force, or kept others from being so.
    """

    id: str
    vocabulary: str
    editions: tuple[Guideline, ...]
    in_force: tuple[InForce, ...]
    undated: tuple[Guideline, ...]


def families(guidelines: Iterable[Guideline]) -> tuple[tuple[Guideline, ...], ...]:
    """Return the editions of each guideline, by date and then by version; guidelines by id."""
    found: dict[tuple[str, str], list[Guideline]] = {}
    for one in guidelines:
        found.setdefault((one.id, one.vocabulary.id), []).append(one)
    return tuple(tuple(sorted(found[key], key=lambda one: (one.published, one.version))) for key in sorted(found))


def in_force(guidelines: Iterable[Guideline], at: str | None = None) -> tuple[Family, ...]:
    """Return every family with what of it is in force at a date (year-month-day), or in the latest state."""
    return tuple(_family(editions, at) for editions in families(guidelines))


def _family(editions: tuple[Guideline, ...], at: str | None) -> Family:
    deciding: dict[str, int] = {}
    for place, one in enumerate(editions):
        if _stands(one, at):
            deciding |= dict.fromkeys(_speaks_of(one), place)
    found = []
    for place, one in enumerate(editions):
        outputs = tuple(name for name in one.covers if deciding.get(name) == place)
        if outputs:
            found.append(InForce(one, outputs, _replaced(one, editions[:place])))
    undated = tuple(
        one
        for place, one in enumerate(editions)
        if _may_stand(one, at) and any(deciding.get(name, -1) < place for name in _speaks_of(one))
    )
    return Family(editions[0].id, editions[0].vocabulary.id, editions, tuple(found), undated)


def _stands(one: Guideline, at: str | None) -> bool:
    if at is None or one.status == "draft":
        return one.status == "active"
    return one.published <= at and (one.status == "active" or at < one.withdrawn)


def _may_stand(one: Guideline, at: str | None) -> bool:
    return at is not None and one.status == "retired" and not one.withdrawn and one.published <= at


def _speaks_of(one: Guideline) -> tuple[str, ...]:
    return (*one.covers, *(superseded.output for superseded in one.supersedes))


def _replaced(one: Guideline, earlier: tuple[Guideline, ...]) -> tuple[tuple[Guideline, tuple[str, ...]], ...]:
    """Return what an edition took over from each earlier one, an output from the latest that covers it."""
    left = set(_speaks_of(one))
    found = []
    for before in reversed([edition for edition in earlier if edition.status != "draft"]):
        taken = tuple(name for name in before.covers if name in left)
        left -= set(taken)
        if taken:
            found.append((before, taken))
    return tuple(reversed(found))
