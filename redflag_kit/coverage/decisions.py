"""Decisions: what the guideline can say as a whole, and which of it some vignette gets.

Definition: a *decision* is what all covered outputs get together, as the rules write it, with the rule that is decisive
for each (`docs/semantics.md` 18). Patients with the same decision are told the same for the same reasons, so the
decisions some legal patient gets are counted, and never patients: how many combinations of findings lead to a decision
says nothing about how many people have them. A vignette touches a decision if all its completions get it and it looks
at every covered output.
Method: the legal patients are split by the cells of one aspect after the other. COST: one conjunction per part and
cell; beyond `most` parts the split ends, and nothing is claimed about how many there are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeAlias

from redflag_kit.coverage.aim import Aim
from redflag_kit.coverage.item import item
from redflag_kit.coverage.shown import Shown
from redflag_kit.evaluate.engine import Engine
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.results.coverage import DECISIONS, CoverageItem
from redflag_kit.semantics.cells import Aspect
from redflag_kit.semantics.hit_policies import LISTED, Cell, aspects
from redflag_kit.terms.scale import Status
from redflag_kit.wording.conditions import value_words

MOST = 10_000
_Cells: TypeAlias = tuple[tuple[Aspect, Cell[BddRegion]], ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """Everybody who gets one decision, and which cell of each split they are in."""

    region: BddRegion
    chosen: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Splits:
    """How the covered outputs split the patients: `of`, per covered aspect, is the number of its split among `all`.

    Outputs that are always written together split in the same way, and do so once.
    """

    engine: Engine
    of: dict[Aspect, int]
    all: tuple[tuple[BddRegion, ...], ...]

    def decisions(self, most: int) -> tuple[Decision, ...] | None:
        """Return every decision that some legal patient gets, None if there are more than `most`."""
        # COST: constraints between findings that no decision depends on are left out until the end.
        legal, diagrams = self.engine.meaning.legal, self.engine.diagrams
        read = {name for split in self.all for cell in split for name in diagrams.reads(cell)}
        parts = [Decision(diagrams.exists(legal, (name for name in diagrams.space.names if name not in read)), ())]
        for split in self.all:
            parts = [
                Decision(region, (*part.chosen, number))
                for part in parts
                for number, cell in enumerate(split)
                if not (region := part.region & cell).is_empty()
            ]
            if len(parts) > most:
                return None
        return tuple(Decision(one.region & legal, one.chosen) for one in parts)

    def of_case(self, case: BddRegion) -> tuple[int, ...] | None:
        """Return the cells that a case lies in with all its completions, None if it has several decisions."""
        chosen = []
        for split in self.all:
            inside = next((number for number, cell in enumerate(split) if (case - cell).is_empty()), None)
            if inside is None:
                return None
            chosen.append(inside)
        return tuple(chosen)

    def cells(self, decision: Decision) -> Iterator[tuple[Aspect, Cell[BddRegion]]]:
        """Yield what each covered aspect gets in a decision."""
        for aspect, split in self.of.items():
            yield aspect, self.engine.meaning.cells[aspect][decision.chosen[split]]


def decisions(engine: Engine, vignettes: Sequence[Shown], most: int = MOST) -> tuple[Aim, ...] | None:
    """Return one item per decision that some legal patient gets, None if there are more than `most`.

    Those come first that the least unusual patients get.
    """
    splits = _splits(engine)
    found = splits.decisions(most)
    if found is None:
        return None
    touched: dict[tuple[int, ...] | None, str] = {}
    for one in vignettes:
        if {output for _, output in one.looks}.issuperset(engine.compiled.covers):
            touched.setdefault(splits.of_case(one.region), one.name)
    made = (
        (
            _unusual(engine, one.region),
            Aim(_item(engine, tuple(splits.cells(one)), touched.get(one.chosen, "")), one.region),
        )
        for one in found
    )
    return tuple(one for _, one in sorted(made, key=lambda pair: (pair[0], pair[1].item.id)))


def _splits(engine: Engine) -> _Splits:
    covered = (aspect for name in engine.compiled.covers for aspect in aspects(engine.compiled.outputs[name]))
    by_aspect = {aspect: tuple(cell.region for cell in engine.meaning.cells[aspect]) for aspect in covered}
    numbers = {split: number for number, split in enumerate(dict.fromkeys(by_aspect.values()))}
    return _Splits(engine, {aspect: numbers[split] for aspect, split in by_aspect.items()}, tuple(numbers))


def _unusual(engine: Engine, region: BddRegion) -> int:
    """Return on how many findings the least unusual patient of a region is unusual."""
    unusual = 0
    while (region & engine.diagrams.near_calm(unusual)).is_empty():
        unusual += 1
    return unusual


def _item(engine: Engine, cells: _Cells, by: str) -> CoverageItem:
    deciding = {cell.rule for _, cell in cells if cell.rule}
    rules = tuple(rule.id for rule in engine.rules if rule.id in deciding)
    span = engine.by_id[rules[0]].span if rules else engine.guideline.span
    said = "; ".join(_sentences(engine, cells)) or "nothing is said"
    because = f" (by {', '.join(rules)})" if rules else ""
    return item(_id(cells), DECISIONS, by, f"{said}{because}", "", span, rules=rules)


def _id(cells: _Cells) -> str:
    """Return a name that depends on what is said because of which rules, and on nothing else."""
    said = sorted((*aspect, cell.value, cell.rule or "") for aspect, cell in cells)
    return sha256(repr(said).encode()).hexdigest()[:12]


def _sentences(engine: Engine, cells: _Cells) -> Iterator[str]:
    """Yield what is said, outputs that get the same together; silence is not mentioned."""
    listed: dict[str, list[str]] = {}
    said: dict[str, dict[str, None]] = {}
    for (name, element), cell in cells:
        output = engine.compiled.outputs[name]
        if cell.value == LISTED:
            listed.setdefault(output.label, []).append(value_words(output, element))
        elif cell.value != Status.SILENT.value:
            said.setdefault(value_words(output, cell.value), {})[output.label] = None
    yield from (f"{', '.join(labels)}: {words}" for words, labels in said.items())
    yield from (f"{label}: {', '.join(elements)}" for label, elements in listed.items())
