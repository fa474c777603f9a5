"""Cases: patients of whom not everything is known, as regions; filled in the order of `docs/semantics.md` 14.

Claim: a value is possible for a case exactly if some legal completion of the filled case has it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Generic

from redflag_kit.compile.compiler import on_grid
from redflag_kit.compile.cuts import Atoms
from redflag_kit.compile.expression import InputEntry, Interval
from redflag_kit.compile.table import Compiled, Input
from redflag_kit.logic.algebra import Algebra, R
from redflag_kit.model.condition import Value
from redflag_kit.model.vignette import Stated
from redflag_kit.semantics.hit_policies import LISTED, aspects
from redflag_kit.semantics.regions import Meaning
from redflag_kit.terms.scale import STATUSES, Status


@dataclass(frozen=True, slots=True)
class Filled(Generic[R]):
    """A filled case. `region` is empty exactly if the case contradicts itself.

    `assumed`: findings filled by an assumption; `withdrawn`: normal values and assumptions that did not fit what is
    known; `without`: per assumed finding the region with that assumption left out and the others kept.
    """

    region: R
    assumed: tuple[str, ...]
    withdrawn: tuple[str, ...]
    without: Mapping[str, R]


class _Without(Mapping[str, R]):
    """What a case is without one of its assumptions, found when somebody asks: most readers never do."""

    def __init__(self, filled: R, masks: Mapping[str, int], algebra: Algebra[R]) -> None:
        self._filled = filled
        self._masks = masks
        self._algebra = algebra

    def __getitem__(self, name: str) -> R:
        if name not in self._masks:
            raise KeyError(name)
        others = {other: mask for other, mask in self._masks.items() if other != name}
        return _take(self._filled, others, self._algebra)[0]

    def __iter__(self) -> Iterator[str]:
        return iter(self._masks)

    def __len__(self) -> int:
        return len(self._masks)


def stated_entry(one: Input, stated: Stated) -> InputEntry:
    """Return what a case says of an input as a test; `unknown` accepts everything."""
    if one.grid is not None:
        number = stated.number()
        if number is not None:
            return InputEntry(one.finding, intervals=(Interval(number, number),))
        whole = (Interval(one.grid.low, one.grid.high),)
        return InputEntry(one.finding, intervals=whole if stated.unknown else on_grid(stated.ranges, one.grid, False))
    return InputEntry(one.finding, words=frozenset(one.words) if stated.unknown else stated.words)


def fill(
    guideline: Compiled,
    stated: Iterable[Stated],
    clean: Mapping[str, Value],
    legal: R,
    atoms: Atoms,
    algebra: Algebra[R],
) -> Filled[R]:
    """Return the filled case. `clean` holds the normal values to take for findings that are not stated (none: `{}`)."""
    return assuming(guideline, told(stated, clean, legal, atoms, algebra))


@dataclass(frozen=True)
class Told(Generic[R]):
    """A case before assumptions: what is stated, and `filled` with normal values but for those `withdrawn`.

    `known`: the findings that are stated, be it as unknown; `facts`: the atoms of those of which something is known.
    """

    legal: R
    atoms: Atoms
    algebra: Algebra[R]
    known: Mapping[str, Stated]
    facts: Mapping[str, int]
    wanted: Mapping[str, int]

    @cached_property
    def region(self) -> R:
        """Return the legal patients of whom all that is stated holds."""
        # COST: where little is stated and many numbers are told apart, by far the largest diagram of a case. So it is
        # made only where the filled case leaves a question open.
        return self.legal & _box(self.algebra, self.facts)

    @cached_property
    def taken(self) -> tuple[R, tuple[str, ...]]:
        """Return the patients who also have the normal values, and the findings whose normal value does not fit."""
        at_once = self.legal & _box(self.algebra, {**self.facts, **self.wanted})
        return _take(self.region, self.wanted, self.algebra) if at_once.is_empty() else (at_once, ())

    @property
    def filled(self) -> R:
        return self.taken[0]

    @cached_property
    def withdrawn(self) -> tuple[str, ...]:
        """Return the findings left out whose value is not settled by what is stated."""
        return tuple(name for name in self.taken[1] if not self.forces(name))

    def leaves_open(self, finding: str) -> bool:
        """Say whether nothing is known of a finding: neither stated nor filled in."""
        if finding in self.known:
            return self.known[finding].unknown
        return finding not in self.wanted or finding in self.withdrawn

    def forces(self, finding: str) -> bool:
        """Say whether what is stated leaves a finding only one value."""
        # COST: two values among the filled settle the question without the region.
        if len(_values_of(self.filled, finding, self.atoms, self.algebra)) > 1:
            return False
        possible = _values_of(self.region, finding, self.atoms, self.algebra)
        if len(possible) != 1 or self.atoms.inputs[finding].grid is None:
            return len(possible) <= 1
        interval = self.atoms.interval(finding, possible[0])
        return interval.low == interval.high


def told(stated: Iterable[Stated], clean: Mapping[str, Value], legal: R, atoms: Atoms, algebra: Algebra[R]) -> Told[R]:
    """Return a case with its normal values, before any assumption."""
    known = {one.finding: one for one in stated if one.finding in atoms.inputs}
    facts = {name: _fact(one, atoms) for name, one in known.items() if not one.unknown}
    wanted = {name: value for name, value in clean.items() if name in atoms.inputs and name not in known}
    return Told(legal, atoms, algebra, known, facts, _masks(wanted, atoms))


def _fact(stated: Stated, atoms: Atoms) -> int:
    one = atoms.inputs[stated.finding]
    if one.grid is None:
        return atoms.mask_of_words(one.finding, stated.words)
    number = stated.number()
    return 1 << atoms.atom_of(one.finding, number) if number is not None else atoms.mask(stated_entry(one, stated))


def assuming(guideline: Compiled, case: Told[R]) -> Filled[R]:
    """Return the case with a guideline's assumptions made where nothing is known."""
    wanted = {
        name: value
        for name, value in guideline.assume.items()
        if name in case.atoms.inputs and case.leaves_open(name) and not case.forces(name)
    }
    masks = _masks(wanted, case.atoms)
    final, refused = _take(case.filled, masks, case.algebra)
    assumed = tuple(name for name in wanted if name not in refused)
    without = _Without(case.filled, {name: masks[name] for name in assumed}, case.algebra)
    return Filled(final, assumed, tuple(dict.fromkeys((*case.withdrawn, *refused))), without)


def _masks(values: Mapping[str, Value], atoms: Atoms) -> dict[str, int]:
    return {name: 1 << atoms.atom_of(name, value) for name, value in values.items()}


def _take(region: R, wanted: Mapping[str, int], algebra: Algebra[R]) -> tuple[R, tuple[str, ...]]:
    """Narrow a region by one finding's atoms after the other, leaving out those that would leave nothing."""
    at_once = region & _box(algebra, wanted)
    if not at_once.is_empty():
        return at_once, ()
    refused: list[str] = []
    for name, mask in wanted.items():
        narrower = region & algebra.literal(name, mask)
        if narrower.is_empty():
            refused.append(name)
        else:
            region = narrower
    return region, tuple(refused)


def _box(algebra: Algebra[R], masks: Mapping[str, int]) -> R:
    """Return the patients with each finding in the atoms of its mask."""
    # COST: from the last axis up, so that a diagram only grows at its top.
    region = algebra.whole
    for name in sorted(masks, key=algebra.space.position, reverse=True):
        region &= algebra.literal(name, masks[name])
    return region


def _values_of(region: R, finding: str, atoms: Atoms, algebra: Algebra[R]) -> tuple[int, ...]:
    """Return up to two atoms that a finding has in a region."""
    found = (a for a in range(atoms.size(finding)) if not (region & algebra.literal(finding, 1 << a)).is_empty())
    return tuple(islice(found, 2))


@dataclass(frozen=True, slots=True)
class Possible:
    """What an output can be: levels low to high, then statuses. Of a set: listed always (`must`), ever (`may`)."""

    values: tuple[str, ...]
    must: tuple[str, ...] = ()
    may: tuple[str, ...] = ()

    @property
    def decided(self) -> bool:
        """Say whether there is one possible value: a level or status, or one exact set."""
        return self.must == self.may and len(self.values) + bool(self.may) == 1


def written(meaning: Meaning[R], algebra: Algebra[R]) -> dict[tuple[str, str], dict[str, R]]:
    """Return where each aspect has each value, as the rules write it."""
    return {aspect: meaning.values(aspect, algebra) for aspect in meaning.cells}


def entailed(
    guideline: Compiled,
    tables: Mapping[tuple[str, str], Mapping[str, R]],
    algebra: Algebra[R],
    among: Collection[str] | None = None,
) -> dict[tuple[str, str], dict[str, R]]:
    """Return the tables with what `satisfied_by` entails (`docs/semantics.md` 11).

    `among` limits this to some outputs, which must hold all that satisfy one of them or that one of them satisfies.
    """
    result = {aspect: dict(values) for aspect, values in tables.items()}
    ordered = tuple(name for name in members_first(guideline) if among is None or name in among)
    for name in ordered:
        output = guideline.outputs[name]
        members = [member for member in output.satisfied_by if member in guideline.outputs]
        if output.scale is None or not members:
            continue
        joined: dict[str, R] = {}
        free = algebra.whole
        for level in reversed(output.scale.levels):
            here = algebra.empty
            for member in (name, *members):
                here |= result[member, ""].get(level, algebra.empty)
            joined[level] = free & here
            free = free - here
        for status in STATUSES:
            joined[status] = free & result[name, ""].get(status, algebra.empty)
        result[name, ""] = {value: region for value, region in joined.items() if not region.is_empty()}
    for name in reversed(ordered):
        output = guideline.outputs[name]
        against = output.scale.against if output.scale else None
        if against is None or against not in result[name, ""]:
            continue
        for member in output.satisfied_by:
            if member in guideline.outputs:
                _pass_down(result[member, ""], result[name, ""][against], against, algebra)
    return result


def _pass_down(member: dict[str, R], region: R, against: str, algebra: Algebra[R]) -> None:
    silent = member.get(Status.SILENT.value, algebra.empty)
    moved = silent & region
    if not moved.is_empty():
        member[Status.SILENT.value] = silent - region
        member[against] = member.get(against, algebra.empty) | moved


def members_first(guideline: Compiled) -> tuple[str, ...]:
    """Return the covered and local outputs, members before the outputs they satisfy."""
    ordered: dict[str, None] = {}

    def visit(name: str) -> None:
        for member in guideline.outputs[name].satisfied_by:
            if member in guideline.outputs:
                visit(member)
        ordered.setdefault(name)

    for name in guideline.outputs:
        visit(name)
    return tuple(ordered)


def possible(
    guideline: Compiled,
    output: str,
    tables: Mapping[tuple[str, str], Mapping[str, R]],
    sets: Mapping[str, Mapping[str, R]],
    case: R,
) -> Possible:
    """Return what an output can be in a filled case."""
    declared = guideline.outputs[output]
    if declared.scale:
        reached = tables[output, ""]
        order = (*declared.scale.levels, *STATUSES)
        return Possible(tuple(v for v in order if v in reached and not (case & reached[v]).is_empty()))
    must: list[str] = []
    may: list[str] = []
    for aspect in aspects(declared):
        listed = tables[aspect].get(LISTED)
        if listed is None or (case & listed).is_empty():
            continue
        may.append(aspect[1])
        if (case - listed).is_empty():
            must.append(aspect[1])
    found = sets[output]
    statuses = tuple(s for s in STATUSES if s in found and not (case & found[s]).is_empty())
    return Possible(statuses, tuple(must), tuple(may))
