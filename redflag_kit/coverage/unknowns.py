"""Unknowns: each finding that can leave an output undecided is left unknown by a vignette that shows what then holds.

Definition: a finding can leave an output *undecided* if some legal patient's outcome of it would be another with
another value of this finding alone, both legal: a case that states everything but the finding is undecided. No
assumption is made there. A finding is exercised by a vignette that states nothing of it and either expects such an
output to be undecided, where some answer alone would leave fewer values possible; or looks at such an output, where the
finding was assumed and other values would be possible without the assumption. Of a set, each element counts by itself.
There is one item per finding; those that leave no output undecided are impossible, as far as some condition reads them.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from redflag_kit.compile.table import tied_by
from redflag_kit.coverage.aim import Aim
from redflag_kit.coverage.item import item
from redflag_kit.coverage.shown import Shown, findings_read
from redflag_kit.coverage.views import Values, Views
from redflag_kit.evaluate.engine import Engine
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.observe.effect import View
from redflag_kit.results.coverage import UNKNOWNS


def unknowns(engine: Engine, found: Views, vignettes: Sequence[Shown]) -> Iterator[Aim]:
    """Yield one item per finding that some condition of the guideline reads, in the order of the vocabulary."""
    opening = _Opening(engine)
    asked = [_Asked(opening, one, {}) for one in vignettes]
    read = findings_read(engine.guideline)
    for name, finding in engine.guideline.vocabulary.findings.items():
        if name not in read:
            continue
        opened = {
            output: kept
            for output in engine.compiled.covers
            if (kept := [table for table in found.of[View.ENTAILED, output] if opening.leaves_open(name, table)])
        }
        by = next((one.vignette.name for one in asked if one.exercises(name, opened)), "")
        labels = [engine.compiled.outputs[output].label for output in opened]
        text = f"{finding.label} not known, which leaves open: {_some(labels)}" if labels else finding.label
        why = "" if opened else "no outcome hangs on it alone"
        yield Aim(item(name, UNKNOWNS, by, text, why, finding.span, finding=name), None)


def _some(labels: Sequence[str]) -> str:
    """Return a list in words, its first three if it is long."""
    if len(labels) > 4:
        return f"{', '.join(labels[:3])} and {len(labels) - 3} more"
    return ", ".join(labels)


@dataclass(frozen=True)
class _Opening:
    """Where each finding alone can leave an aspect open; every question is asked once and its parts are kept."""

    engine: Engine
    parts: dict[BddRegion, tuple[BddRegion, BddRegion]] = field(default_factory=dict)
    reads: dict[BddRegion, frozenset[str]] = field(default_factory=dict)
    varying: dict[tuple[str, Values], BddRegion] = field(default_factory=dict)
    opened: dict[tuple[str, Values], bool] = field(default_factory=dict)

    @cached_property
    def tied(self) -> frozenset[str]:
        """Return the findings whose values constraints tie to those of others."""
        return frozenset(name for one in self.engine.compiled.restrictions for name in tied_by(one))

    def leaves_open(self, name: str, table: Values) -> bool:
        """Say whether some two legal patients who differ in a finding alone have different values of an aspect."""
        key = (name, table)
        if key not in self.opened:
            varies = not (self.engine.meaning.legal & self.varies(name, table)).is_empty()
            self.opened[key] = varies and (name not in self.tied or self._divides(name, table))
        return self.opened[key]

    def varies(self, name: str, table: Values) -> BddRegion:
        """Return who would have another value of an aspect with another value of a finding, legal or not."""
        # COST: values partition the space, so that the last one divides nobody whom no other divides.
        key = (name, table)
        if key not in self.varying:
            found = self.engine.diagrams.empty
            for region in table.regions[:-1]:
                if region not in self.reads:
                    self.reads[region] = frozenset(self.engine.diagrams.reads(region))
                if name in self.reads[region]:
                    sides = (self.engine.diagrams.exists(side, (name,)) for side in (region, ~region))
                    found |= next(sides) & next(sides)
            self.varying[key] = found
        return self.varying[key]

    def _divides(self, name: str, table: Values) -> bool:
        """Answer with legal patients alone, which costs more: both values have to be legal."""
        return any(
            not (self.engine.diagrams.exists(inside, (name,)) & outside).is_empty()
            for inside, outside in map(self._legal, table.regions[:-1])
        )

    def _legal(self, region: BddRegion) -> tuple[BddRegion, BddRegion]:
        if region not in self.parts:
            legal = self.engine.meaning.legal
            self.parts[region] = (legal & region, legal - region)
        return self.parts[region]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A vignette asked about one finding after the other. `possible`: per table the completions with each value."""

    opening: _Opening
    vignette: Shown
    possible: dict[Values, tuple[BddRegion, ...]]

    def exercises(self, name: str, opened: Mapping[str, Collection[Values]]) -> bool:
        """Say whether a finding is left unknown and what that does to one of the outputs it can open is expected."""
        one = self.vignette
        if name in one.stated:
            return False
        if name in one.case.assumed:
            looked = {output for _, output in one.looks} | set(one.undecided)
            tables = (table for output in opened if output in looked for table in opened[output])
            return any(self._is_pivotal(name, table) for table in tables)
        # COST: outputs that are written together share their tables, and each table is asked about once.
        shared = dict.fromkeys(table for output in one.undecided for table in opened.get(output, ()))
        return any(self._bears_on(name, table) for table in shared)

    def _is_pivotal(self, name: str, table: Values) -> bool:
        """Say whether values would be possible without the assumption about a finding that are not with it."""
        one = self.vignette.case
        return any(
            (one.region & region).is_empty() and not (one.without[name] & region).is_empty() for region in table.regions
        )

    def _bears_on(self, name: str, table: Values) -> bool:
        """Say whether an answer to a finding alone leaves an aspect fewer possible values."""
        case, opening, diagrams = self.vignette.region, self.opening, self.opening.engine.diagrams
        if table not in self.possible:
            self.possible[table] = tuple(part for region in table.regions if not (part := case & region).is_empty())
        parts = self.possible[table]
        # COST: an answer that nothing ties to others leaves every value possible that some completion has anyhow.
        if name not in opening.tied:
            varying = opening.varies(name, table)
            if not any((part - varying).is_empty() for part in parts):
                return False
        for atom in range(opening.engine.atoms.size(name)):
            answer = diagrams.literal(name, 1 << atom)
            left = [not (part & answer).is_empty() for part in parts]
            if any(left) and not all(left):
                return True
        return False
