"""Describe regions so that a reviewer can read them, exactly.

Method: first in findings alone; if that takes more than a few short lines, in a mixed vocabulary of rules (old and new)
and findings. Both are covers relative to the context of both scopes, computed by `logic.cover`, which checks that
they are exact. Not covered: minimality.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Generic, TypeAlias

from redflag_kit.compile.expression import InputEntry
from redflag_kit.diff.changes import ANY_OUTPUT, IMPOSSIBLE, Change
from redflag_kit.diff.pair import Edition, Pair
from redflag_kit.diff.reference import Seen, seen
from redflag_kit.logic.algebra import R
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.logic.cover import Column, Cover, cover
from redflag_kit.logic.space import Point
from redflag_kit.results.diff import Edit
from redflag_kit.results.region import Cube, Region
from redflag_kit.wording.cases import number_json
from redflag_kit.wording.findings import bare_value
from redflag_kit.wording.regions import alternatives, any_rule_words, findings_words, rule_words, shared_once

if TYPE_CHECKING:
    from redflag_kit.logic.sat import SatRegion

Literals: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""A condition as a cover has it: columns with the values that they may take."""

MAX_FINDING_CUBES = 3
MAX_FINDING_LITERALS = 6
MAX_FINDINGS_READ = 10
MAX_CUBES = 12
MAX_EDIT_CUBES = 12
MAX_TOLD_CUBES = 60
YES, NO = "applies", "does not apply"
INSIDE, OUTSIDE = "inside", "outside"


@dataclass(frozen=True)
class Describer(Generic[R]):
    """Describes regions of one comparison; holds the vocabulary columns they are described in.

    `few_findings` says whether a region reads so few findings that a short condition in findings may exist. `edits`
    remembers the edits already described and `witnesses` the patients by their atoms, as many classes share one.
    """

    pair: Pair[R]
    inputs: tuple[Column[R], ...]
    few_findings: Callable[[R], bool]
    edits: dict[tuple[tuple[str, ...], tuple[str, ...]], Edit] = field(default_factory=dict)
    witnesses: dict[Point, Seen] = field(default_factory=dict)

    def witness(self, region: R) -> Seen:
        """Return the canonical patient of a region that is not empty, as the literal interpreter reads it."""
        point = self.pair.algebra.least(region)
        assert point is not None
        if point not in self.witnesses:
            self.witnesses[point] = seen(self.pair, self.pair.patient_at(point))
        return self.witnesses[point]

    def change(self, change: Change[R]) -> Region:
        """Return the exact condition of a change class."""
        pair = self.pair
        if change.aspect == ANY_OUTPUT:
            allowing = pair.old if change.new_value == IMPOSSIBLE else pair.new
            return self.in_findings(change.region, allowing.meaning.legal, MAX_CUBES)
        care, context = pair.legal, ""
        if (change.region - self._scopes).is_empty():
            care, context = care & self._scopes, "in scope of both editions"
        return self._in_context(self._shortly(change.region, care) or self.mixed(change, care), context)

    def in_both_scopes(
        self, region: R, outputs: frozenset[str], deciding: tuple[frozenset[str], frozenset[str]]
    ) -> Region:
        """Return the exact condition of a region within both scopes that what is written to some outputs tells apart.

        `deciding` are the rules of either edition to keep, where possible, when the region is told in rules.
        """
        return self.told(region, self.pair.legal & self._scopes, outputs, deciding)

    def told(
        self, region: R, care: R, outputs: frozenset[str], deciding: tuple[frozenset[str], frozenset[str]]
    ) -> Region:
        """Return the exact condition of a region in findings if that is short, else in rules that bear on outputs."""
        short = self._shortly(region, care)
        if short:
            return replace(short, text=shared_once(cube.words for cube in short.cubes))
        found = self._rule_cover(region, care, outputs, deciding, MAX_TOLD_CUBES)
        literals = [one.literals for one in found.cubes]
        whole = _region(map(self._cube, literals), found.exact)
        return replace(whole, text=self._gathered(literals)) if found.exact else whole

    def _gathered(self, cubes: Sequence[Literals]) -> str:
        """Return alternatives in rules as one sentence, what they share said once and single rules named together."""
        shared = tuple(one for one in cubes[0] if all(one in cube for cube in cubes))
        own = [tuple(one for one in cube if one not in shared) for cube in cubes]
        if not all(own):
            return alternatives(self._cube(cube).words for cube in cubes)
        said: list[str] = []
        single: dict[str, list[str]] = {"old": [], "new": []}
        for cube in own:
            side, _, rule = cube[0][0].partition(":")
            if len(cube) == 1 and cube[0][1] == (YES,):
                single[side].append(rule)
            else:
                said.append(" and ".join(self._cube(cube).words))
        names = self._names()
        said = [*(any_rule_words(names[side], rules) for side, rules in single.items() if rules), *said]
        within = f"; in each case {' and '.join(self._cube(shared).words)}" if shared else ""
        return "; or ".join(said) + within

    def _shortly(self, region: R, care: R) -> Region | None:
        """Return a region in findings if that is short."""
        if not self.few_findings(region):
            return None
        plain = self.in_findings(region, care, MAX_FINDING_CUBES)
        short = plain.exact and all(len(cube.literals) <= MAX_FINDING_LITERALS for cube in plain.cubes)
        return plain if short else None

    def _in_context(self, region: Region, context: str) -> Region:
        """Return a region that was told relative to a context with that context: in its text, and in every cube."""
        if not context:
            return region
        scopes = tuple((f"scope ({side})", (INSIDE,)) for side in ("old", "new"))
        cubes = tuple(Cube((*scopes, *cube.literals), cube.words) for cube in region.cubes)
        return Region(f"{context}: {region.text}", cubes, region.exact)

    def in_findings(self, region: R, care: R, limit: int) -> Region:
        """Return a region in findings alone, as far as `limit` conditions reach."""
        found = cover(self.pair.algebra, region, care, self.inputs, limit)
        return _region((self._cube(one.literals) for one in found.cubes), found.exact)

    def mixed(self, change: Change[R], care: R) -> Region:
        """Return a class in rules of both editions; those tell its patients from all others by construction."""
        deciding = frozenset((change.old_rule,)), frozenset((change.new_rule,))
        found = self._rule_cover(change.region, care, frozenset((change.aspect[0],)), deciding, MAX_CUBES)
        return _region((self._cube(one.literals) for one in found.cubes), found.exact)

    def _rule_cover(
        self,
        region: R,
        care: R,
        outputs: frozenset[str],
        deciding: tuple[frozenset[str | None], frozenset[str | None]],
        limit: int,
    ) -> Cover[R]:
        rules = (
            *self._rules(self.pair.old, "old", outputs, deciding[0]),
            *self._rules(self.pair.new, "new", outputs, deciding[1]),
        )
        columns = [column for _, column in sorted(rules, key=lambda pair: pair[0])]
        return cover(self.pair.algebra, region, care, columns, limit)

    @cached_property
    def _scopes(self) -> R:
        return self.pair.old.meaning.scope & self.pair.new.meaning.scope

    @cached_property
    def _applies(self) -> dict[tuple[str, str], Column[R]]:
        """Return a column per side and rule: whether the rule applies."""
        care = self.pair.legal
        return {
            (side, rule): Column(f"{side}:{rule}", ((NO, care - fires), (YES, care & fires)))
            for side, edition in (("old", self.pair.old), ("new", self.pair.new))
            for rule, fires in edition.meaning.fires.items()
        }

    def _rules(
        self, edition: Edition[R], side: str, outputs: frozenset[str], deciding: frozenset[str | None]
    ) -> list[tuple[tuple[int, int], Column[R]]]:
        """Return columns with their rank for dropping: rules that write no such output first, deciding ones last."""
        columns: list[tuple[tuple[int, int], Column[R]]] = []
        for table in edition.compiled.tables:
            if outputs.isdisjoint(table.outputs):
                continue
            otherwise = tuple(row.rule for row in table.otherwise or ())
            for position, row in enumerate((*table.rows, *(table.otherwise or ()))):
                telling = any(map(row.writes, outputs)) or row.rule in otherwise
                rank = 3 if row.rule in deciding else 1 if telling else 0
                columns.append(((rank, -position), self._applies[side, row.rule]))
        care, within = self.pair.legal, edition.meaning.scope
        scope = ((INSIDE, care & within), (OUTSIDE, care - within))
        columns.append(((2, 0), Column(f"{side}:scope", scope)))
        return columns

    def _cube(self, literals: Literals) -> Cube:
        entries: list[InputEntry] = []
        shown: list[tuple[str, tuple[str, ...]]] = []
        applying: dict[str, list[str]] = {"old": [], "new": []}
        not_applying: dict[str, list[str]] = {"old": [], "new": []}
        scopes: list[str] = []
        names = self._names()
        for column, labels in literals:
            side, _, name = column.rpartition(":")  # a finding has no side, whatever it is called
            if side not in names:
                entry = self.pair.atoms.entry(column, sum(1 << int(label) for label in labels))
                entries.append(entry)
                shown.append((column, self._values(entry)))
                continue
            shown.append((f"{name} ({self._tags[side]})", labels))
            if name == "scope":
                scopes.append(f"{'in' if labels == (INSIDE,) else 'out of'} scope of {names[side]}")
            elif labels == (YES,):
                applying[side].append(name)
            else:
                not_applying[side].append(name)
        words = [*scopes]
        for side in ("old", "new"):
            words += rule_words(names[side], applying[side], not_applying[side])
        words += findings_words(entries, self.pair.findings)
        return Cube(tuple(shown), tuple(words))

    @cached_property
    def _tags(self) -> dict[str, str]:
        """Return what tells the editions apart in the literals of a region: their sides, or guidelines by name."""
        is_one = self.pair.old.guideline.id == self.pair.new.guideline.id
        return {"old": "old", "new": "new"} if is_one else self._names()

    def _names(self) -> dict[str, str]:
        """Return what to call the editions: their versions, unless those do not tell them apart; guidelines by name."""
        if self.pair.old.guideline.id != self.pair.new.guideline.id:
            return {"old": self.pair.old.guideline.name, "new": self.pair.new.guideline.name}
        old, new = self.pair.old.guideline.version.text, self.pair.new.guideline.version.text
        return {"old": "the old edition", "new": "the new edition"} if old == new else {"old": old, "new": new}

    def _values(self, entry: InputEntry) -> tuple[str, ...]:
        finding = self.pair.findings[entry.finding]
        if entry.intervals:
            return tuple(
                str(number_json(i.low)) if i.low == i.high else f"{number_json(i.low)}..{number_json(i.high)}"
                for i in entry.intervals
            )
        return tuple(bare_value(finding, word) for word in finding.words if word in entry.words)


def describer(pair: Pair[BddRegion]) -> Describer[BddRegion]:
    """Return the describer of a comparison over diagrams."""
    scopes = pair.old.meaning.scope & pair.new.meaning.scope
    # Scopes and constraints are read whatever the rules say.
    context = frozenset(pair.diagrams.support(scopes & pair.legal))

    def few_findings(region: BddRegion) -> bool:
        reads = (name for name in pair.diagrams.reads(region) if name not in context)
        return len(tuple(islice(reads, MAX_FINDINGS_READ + 1))) <= MAX_FINDINGS_READ

    return Describer(pair, _inputs(pair), few_findings)


def describer_by_search(pair: Pair[SatRegion]) -> Describer[SatRegion]:
    """Return the describer of a comparison by search, which tells every class in rules: those it need not look for."""
    return Describer(pair, _inputs(pair), lambda _: False)


def _inputs(pair: Pair[R]) -> tuple[Column[R], ...]:
    """Return one column per finding, its values calmest first."""
    return tuple(
        Column(axis.name, tuple((str(atom), pair.algebra.literal(axis.name, 1 << atom)) for atom in axis.calm))
        for axis in pair.atoms.space.axes
    )


def _region(cubes: Iterable[Cube], exact: bool) -> Region:
    found = tuple(cubes)
    text = alternatives(cube.words for cube in found)
    return Region(text if exact else f"{text}; and more", found, exact)
