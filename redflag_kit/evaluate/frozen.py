"""A guideline frozen for cases: what each output says, as diagrams that need no engine any more.

Claim: for every case that lets each finding be one of some values, the possible values of every output and the findings
that can change it are exactly those over the legal completions.
Method: findings that rules read keep their axes. A finding that only constraints mention, and that they tie to one
other finding at most, has none; what is known of it narrows that other finding through a `Link`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from redflag_kit.compile.expression import inputs_of
from redflag_kit.compile.table import Compiled, tied_by
from redflag_kit.evaluate.engine import Engine
from redflag_kit.logic.algebra import disjunction
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.logic.remainders import Remainders
from redflag_kit.logic.space import Space
from redflag_kit.semantics.cases import Possible
from redflag_kit.semantics.hit_policies import LISTED, aspects
from redflag_kit.terms.scale import STATUSES

Masks = list[int]
"""The atoms that each axis of the space can still take."""


@dataclass(frozen=True, slots=True)
class Part:
    """One question an output answers: its value (`element` is empty), or whether a set lists an element.

    `values` are the values in order, the first being end 1 of the diagram at `root`.
    """

    output: str
    element: str
    values: tuple[str, ...]
    root: int

    def named(self, ends: int) -> tuple[str, ...]:
        """Return the values whose bits are in a mask of ends."""
        return tuple(value for number, value in enumerate(self.values, start=1) if ends >> number & 1)


@dataclass(frozen=True, slots=True)
class Link:
    """Findings without axes of their own in the diagrams, and what they leave of the finding they are tied to.

    `root` tells which combinations are legal; `tied` is the position of the finding, None if they stand alone.
    """

    positions: tuple[int, ...]
    tied: int | None
    root: int


@dataclass(frozen=True, slots=True)
class Links:
    """All links of a guideline over one store."""

    store: Remainders
    links: tuple[Link, ...]

    def narrow(self, masks: Masks, full: Sequence[int]) -> None:
        """Take from the masks what the findings without axes rule out; a mask of 0 means that nobody agrees."""
        for link in self.links:
            if any(masks[position] != full[position] for position in link.positions):
                self._narrow(link, masks)

    def _narrow(self, link: Link, masks: Masks) -> None:
        if link.tied is None:
            if not self.store.possible(link.root, masks):
                masks[link.positions[0]] = 0
            return
        left = masks[link.tied]
        for atom in range(self.store.sizes[link.tied]):
            masks[link.tied] = 1 << atom
            if left >> atom & 1 and not self.store.possible(link.root, masks):
                left &= ~(1 << atom)
        masks[link.tied] = left


@dataclass(frozen=True, slots=True)
class Frozen:
    """All parts of some outputs over one store; without links it needs masks that hold all that is known already."""

    space: Space
    store: Remainders
    parts: tuple[Part, ...]
    links: Links | None = None

    def masks(self, known: Mapping[str, int]) -> Masks | None:
        """Return the masks of a case, None if nobody agrees with it. Findings left out may have any value."""
        full = [axis.full for axis in self.space.axes]
        masks = [known.get(axis.name, axis.full) for axis in self.space.axes]
        if self.links:
            self.links.narrow(masks, full)
        return None if 0 in masks or self.store.possible(self.parts[0].root, masks) == 0 else masks

    def ends(self, masks: Masks) -> list[int]:
        """Return the possible ends of every part, as masks, for a case that somebody agrees with."""
        known: dict[int, int] = {}
        found = []
        for part in self.parts:
            ends = known.get(part.root)
            if ends is None:
                ends = known[part.root] = self.store.possible(part.root, masks)
            found.append(ends)
        return found

    def remainders(self, masks: Masks) -> list[int]:
        """Return what is left of every part."""
        known: dict[int, int] = {}
        found = []
        for part in self.parts:
            left = known.get(part.root)
            if left is None:
                left = known[part.root] = self.store.narrow(part.root, masks)
            found.append(left)
        return found

    def possible(self, masks: Masks) -> dict[str, Possible]:
        """Return what every output can be for a case that somebody agrees with."""
        found: dict[str, Possible] = {}
        for part, ends in zip(self.parts, self.ends(masks), strict=True):
            named = part.named(ends)
            if part.element:
                before = found.get(part.output, Possible(()))
                listed = (part.element,) if LISTED in named else ()
                always = listed if len(named) == 1 else ()
                found[part.output] = Possible((), (*before.must, *always), (*before.may, *listed))
            elif part.output in found:  # a set as a whole comes after its elements
                before = found[part.output]
                found[part.output] = Possible(tuple(v for v in named if v != LISTED), before.must, before.may)
            else:
                found[part.output] = Possible(named)
        return found


def freeze(engine: Engine) -> Frozen:
    """Return a whole guideline frozen for any case."""
    diagrams, legal = engine.diagrams, engine.meaning.legal
    groups = loose(engine.compiled)
    everything = freeze_outputs(engine, engine.guideline.covers, legal)
    alone = [
        diagrams.exists(legal, [name for name in engine.atoms.inputs if name not in (*names, tied)])
        for names, tied in groups
    ]
    store, roots = diagrams.freeze_parts([[region] for region in alone])
    position = diagrams.space.position
    links = tuple(
        Link(tuple(map(position, names)), position(tied) if tied else None, root)
        for (names, tied), root in zip(groups, roots, strict=True)
    )
    return Frozen(everything.space, everything.store, everything.parts, Links(store, links))


def freeze_outputs(engine: Engine, outputs: Collection[str], case: BddRegion) -> Frozen:
    """Return some outputs frozen for one case, or any within it, given by its `Engine.masks`."""
    dropped = [name for names, _ in loose(engine.compiled) for name in names]
    care = engine.diagrams.exists(case, dropped)
    named = [
        (output, element, {value: here for value, region in values.items() if not (here := region & care).is_empty()})
        for output, element, values in _partitions(engine, outputs)
    ]
    store, roots = engine.diagrams.freeze_parts([list(values.values()) for _, _, values in named])
    parts = tuple(
        Part(output, element, tuple(values), root) for (output, element, values), root in zip(named, roots, strict=True)
    )
    return Frozen(engine.diagrams.space, store, parts)


def _partitions(engine: Engine, outputs: Collection[str]) -> Iterable[tuple[str, str, dict[str, BddRegion]]]:
    """Yield the parts of some outputs with the region of each value; of a set its elements, then the whole."""
    nothing = engine.diagrams.empty
    for name in outputs:
        output = engine.guideline.outputs[name]
        if output.scale:
            reached = engine.entailed[name, ""]
            order = (*output.scale.levels, *STATUSES)
            yield name, "", {value: reached[value] for value in order if value in reached}
            continue
        for aspect in aspects(output):
            listed = engine.entailed[aspect].get(LISTED, nothing)
            yield name, aspect[1], {LISTED: listed, "": ~listed}
        statuses = engine.meaning.sets[name]
        somewhere = ~disjunction(engine.diagrams, statuses.values())
        yield name, "", {LISTED: somewhere, **{status: statuses[status] for status in STATUSES if status in statuses}}


def loose(compiled: Compiled) -> list[tuple[tuple[str, ...], str | None]]:
    """Return the findings without axes in groups, each with the one other finding that constraints tie it to.

    A finding that no rule reads is taken away if it is tied to at most one finding that is left; asking that other
    finding is never worse than asking it. Taking it away may free the next.
    """
    read = read_by_rules(compiled)
    ties = [tied_by(restriction) for restriction in compiled.restrictions]
    held: dict[str, tuple[str, ...]] = {name: (name,) for name in compiled.inputs}
    alone: list[tuple[str, ...]] = []
    left = {name: {other for tie in ties if name in tie for other in tie} - {name} for name in compiled.inputs}
    while loose := next((name for name, near in left.items() if name not in read and len(near) < 2), None):
        near = left.pop(loose)
        for other in near:
            left[other].discard(loose)
            held[other] += held[loose]
        if not near:
            alone.append(held[loose])
    tied = [(held[name][1:], name) for name in left if len(held[name]) > 1]
    return [*((names, None) for names in alone), *tied]


def read_by_rules(compiled: Compiled) -> set[str]:
    """Return the findings that the scope, a score or a rule reads."""
    conditions = [compiled.scope, *(when for total in compiled.sums for when, _ in total.points)]
    conditions += [row.when for table in compiled.tables for row in (*table.rows, *(table.otherwise or ()))]
    return {name for condition in conditions for name in inputs_of(condition)}
