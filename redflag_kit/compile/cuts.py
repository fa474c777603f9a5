"""Atoms: the pieces into which a run's tests cut every finding's values.

Claim: two patients in the same atoms are alike to every test of the run, so analysing atoms is exact for the whole
grid. A word is an atom; a number's atoms are the intervals between all thresholds used anywhere in the run.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from redflag_kit.compile.expression import InputEntry, Interval, entries
from redflag_kit.compile.table import Compiled, Input, number_of
from redflag_kit.logic.space import Axis, Space
from redflag_kit.model.condition import Value
from redflag_kit.model.vocabulary import Comparison, Grid


@dataclass(frozen=True)
class Atoms:
    """The atoms of every input of a run. `starts` holds, per number, the grid index at which each atom begins."""

    inputs: dict[str, Input]
    starts: dict[str, tuple[int, ...]]

    @cached_property
    def space(self) -> Space:
        """Return the space of all combinations of atoms, the calmest atom of each input first in its calm order."""
        return Space(tuple(Axis(name, self.size(name), self._calm_order(name)) for name in self.inputs))

    def size(self, finding: str) -> int:
        """Return how many atoms an input has."""
        return len(self.starts[finding]) if finding in self.starts else len(self.inputs[finding].words)

    def mask(self, entry: InputEntry) -> int:
        """Return the atoms a test accepts; its thresholds must be among the run's cuts."""
        one = self.inputs[entry.finding]
        if one.grid is None:
            return self.mask_of_words(entry.finding, entry.words)
        mask = 0
        for interval in entry.intervals:
            first = self.atom_of(entry.finding, interval.low)
            last = self.atom_of(entry.finding, interval.high)
            mask |= (1 << (last + 1)) - (1 << first)
        return mask

    def mask_of_words(self, finding: str, words: frozenset[str]) -> int:
        """Return the atoms of some values of a choice."""
        found = self._masks.get((finding, words))
        if found is None:
            found = sum(1 << i for i, word in enumerate(self.inputs[finding].words) if word in words)
            self._masks[finding, words] = found
        return found

    @cached_property
    def _masks(self) -> dict[tuple[str, frozenset[str]], int]:
        """Return the masks asked for so far: vignettes and rules ask for the same few over and over."""
        return {}

    def atom_of(self, finding: str, value: Value) -> int:
        """Return the atom a value lies in."""
        found = self._found.get((finding, value))
        if found is None:
            one = self.inputs[finding]
            if one.grid is None:
                found = one.words.index(str(value))
            else:
                found = bisect_right(self.starts[finding], one.grid.index(number_of(value))) - 1
            self._found[finding, value] = found
        return found

    @cached_property
    def _found(self) -> dict[tuple[str, Value], int]:
        """Return the atoms looked up so far: vignettes ask for the same few values over and over."""
        return {}

    def interval(self, finding: str, atom: int) -> Interval:
        """Return the numbers of one atom."""
        return self._intervals[finding][atom]

    @cached_property
    def _intervals(self) -> dict[str, tuple[Interval, ...]]:
        found = {}
        for finding, starts in self.starts.items():
            grid = self.inputs[finding].grid
            assert grid is not None
            ends = (*starts[1:], grid.size)
            found[finding] = tuple(
                Interval(grid.at(start), grid.at(end - 1)) for start, end in zip(starts, ends, strict=True)
            )
        return found

    def value_nearest_calm(self, finding: str, atom: int) -> Value:
        """Return the value of an atom that lies nearest the input's ordinary value."""
        one = self.inputs[finding]
        if one.grid is None:
            return one.words[atom]
        interval = self.interval(finding, atom)
        return min(max(number_of(one.calm), interval.low), interval.high)

    def entry(self, finding: str, mask: int) -> InputEntry:
        """Return the test that accepts exactly the atoms of a mask."""
        one = self.inputs[finding]
        chosen = [atom for atom in range(self.size(finding)) if mask >> atom & 1]
        if one.grid is None:
            return InputEntry(finding, words=frozenset(one.words[atom] for atom in chosen))
        merged: list[Interval] = []
        for atom in chosen:
            interval = self.interval(finding, atom)
            if merged and interval.low - one.grid.step == merged[-1].high:
                merged[-1] = Interval(merged[-1].low, interval.high)
            else:
                merged.append(interval)
        return InputEntry(finding, intervals=tuple(merged))

    def _calm_order(self, finding: str) -> tuple[int, ...]:
        calm = self.atom_of(finding, self.inputs[finding].calm)
        atoms = range(self.size(finding))
        if self.inputs[finding].grid is None:
            return tuple(sorted(atoms, key=lambda atom: (atom != calm, atom)))
        return tuple(sorted(atoms, key=lambda atom: (abs(atom - calm), atom)))


def merge_inputs(guidelines: Iterable[Compiled]) -> tuple[dict[str, Input], tuple[str, ...]]:
    """Return the union of the guidelines' inputs, and the findings whose declarations cannot be compared.

    Words are united, number ranges too if their grids fit together; a finding that changed its kind, or its
    resolution, is named in the second part and keeps its first declaration.
    """
    merged: dict[str, Input] = {}
    clashing: list[str] = []
    for guideline in guidelines:
        for name, one in guideline.inputs.items():
            known = merged.setdefault(name, one)
            union = _union(known, one)
            if union is None:
                clashing.append(name)
            else:
                merged[name] = union
    return merged, tuple(dict.fromkeys(clashing))


def cut(guidelines: Iterable[Compiled], extra: Iterable[InputEntry] = ()) -> Atoms:
    """Return the atoms of a run: every threshold of every guideline, and those of further tests.

    Compared numbers are also cut at the values that may be filled in for them, and where one bounds the other.
    """
    guidelines = tuple(guidelines)
    inputs, _ = merge_inputs(guidelines)
    sizes = {name: one.grid.size for name, one in inputs.items() if one.grid}
    starts = {name: {0} for name in sizes}
    tests = [entry for guideline in guidelines for entry in _entries(guideline)]
    for entry in (*tests, *extra):
        grid = inputs[entry.finding].grid if entry.finding in inputs else None
        for interval in entry.intervals if grid else ():
            assert grid is not None
            starts[entry.finding] |= {grid.index(interval.low), grid.index(interval.high) + 1}
    comparisons = [r for guideline in guidelines for r in guideline.restrictions if isinstance(r, Comparison)]
    for name, start in [bound for one in comparisons for bound in _bounds(one, inputs, starts)]:
        starts[name].add(start)
    kept = {name: tuple(sorted(s for s in cuts if s < sizes[name])) for name, cuts in starts.items()}
    return Atoms(inputs, kept)


def _entries(guideline: Compiled) -> Iterable[InputEntry]:
    for one in guideline.inputs.values():
        if one.grid:  # a version's own range is a test where the other version's is wider
            yield InputEntry(one.finding, intervals=(Interval(one.grid.low, one.grid.high),))
    yield from entries(guideline.scope)
    for total in guideline.sums:
        for when, _ in total.points:
            yield from entries(when)
    for table in guideline.tables:
        for row in (*table.rows, *(table.otherwise or ())):
            yield from entries(row.when)
    for restriction in guideline.restrictions:
        if isinstance(restriction, Comparison):
            for name in (restriction.left, restriction.right):
                calm = guideline.inputs[name].calm
                for number in (number_of(calm), number_of(guideline.assume.get(name, calm))):
                    yield InputEntry(name, intervals=(Interval(number, number),))
        else:
            yield from entries(restriction.when)
            yield from entries(restriction.then)


def _bounds(
    comparison: Comparison, inputs: Mapping[str, Input], starts: Mapping[str, set[int]]
) -> Iterable[tuple[str, int]]:
    """Yield where the atoms of either side of a comparison bound the other side.

    With these cuts, what is known of one number leaves whole atoms of the other.
    """
    left, right = inputs[comparison.left].grid, inputs[comparison.right].grid
    if left is None or right is None:
        return
    for start in starts[comparison.left]:
        low = left.at(start)
        yield comparison.right, bisect_left(range(right.size), True, key=lambda i: comparison.holds(low, right.at(i)))
    for end in {*starts[comparison.right], right.size} - {0}:
        high = right.at(end - 1)
        yield comparison.left, bisect_left(range(left.size), True, key=lambda i: not comparison.holds(left.at(i), high))


def _union(one: Input, other: Input) -> Input | None:
    if one.grid is None and other.grid is None:
        return Input(one.finding, tuple(sorted({*one.words, *other.words})), None, one.calm)
    if one.grid is None or other.grid is None:
        return None
    if one.grid.step != other.grid.step or (one.grid.low - other.grid.low) % one.grid.step != 0:
        return None
    grid = Grid(min(one.grid.low, other.grid.low), max(one.grid.high, other.grid.high), one.grid.step)
    return Input(one.finding, (), grid, one.calm)
