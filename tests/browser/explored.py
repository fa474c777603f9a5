"""Random cases for two editions, as the explorer takes them and as the evaluator does, and the evaluator's answers."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.diff.changes import changes
from redflag_kit.diff.edits import Alignment
from redflag_kit.diff.explorer import explorer
from redflag_kit.diff.pair import Edition, Pair, pair
from redflag_kit.diff.reference import constraints_hold, reading_of
from redflag_kit.evaluate.engine import engine
from redflag_kit.evaluate.outcome import pivotal_assumptions
from redflag_kit.evaluate.trace import state_of
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.model.condition import Range, Value
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Stated
from redflag_kit.report.json import plain
from redflag_kit.results.explorer import ExploredFinding, Explorer
from redflag_kit.semantics.cases import Possible

Given = list[dict[str, Any] | None]
"""A case as the page keeps it: one entry for each finding, in the order of the explorer."""

STATES = {"yes": "fires", "no": "not", "open": "open"}


@dataclass(frozen=True)
class Trial:
    """A case in both forms."""

    given: Given
    stated: tuple[Stated, ...]


@dataclass(frozen=True)
class Explored:
    """Two editions with the explorer's data of them."""

    pair: Pair[BddRegion]
    data: Explorer

    @property
    def editions(self) -> tuple[Edition[BddRegion], Edition[BddRegion]]:
        """Return the old and the new one."""
        return self.pair.old, self.pair.new

    @property
    def calm(self) -> tuple[int, ...]:
        """Return the ordinary atom of each finding."""
        return tuple(axis.calm[0] for axis in self.pair.atoms.space.axes)

    def patient(self, given: Given) -> dict[str, Value] | None:
        """Return the patient of a complete case, None for other cases or where numbers are exact only in part."""
        entries = [one for one in given if one is not None and len(one["atoms"]) == 1]
        numbers = [one["index"] is not None for one, at in zip(entries, self.data.findings, strict=False) if at.number]
        if len(entries) < len(given) or any(numbers) > all(numbers):
            return None
        patient = self.pair.patient_at(tuple(one["atoms"][0] for one in entries))
        exact = ((at, one["index"]) for one, at in zip(entries, self.data.findings, strict=True))
        return patient | {at.id: _number(at, index) for at, index in exact if index is not None}


def explore(old: Guideline, new: Guideline) -> Explored:
    """Return the explorer's data of two editions."""
    both = pair(old, new)
    return Explored(both, explorer(both, tuple(changes(both)), Alignment({}, {})))


def trials(subject: Explored, chance: random.Random, count: int, numbers: int = 6) -> Iterator[Trial]:
    """Yield random cases: complete, partly known, with much or little not assessed, possible or not.

    Most findings have their ordinary value, or nearly everything would be impossible. Numbers are few, since the
    evaluator that answers for all cases tells each of them from its neighbours.
    """
    pools = {
        one.id: [chance.randrange(one.number.size) for _ in range(numbers)]
        for one in subject.data.findings
        if one.number
    }
    for _ in range(count):
        known = chance.choice((1.0, 0.9, 0.5, 0.25, 0.1))
        unusual = chance.choice((0.02, 0.1, 0.3))
        partly = chance.choice((0.0, 0.0, 0.2))
        given: Given = []
        stated = []
        for one, calm in zip(subject.data.findings, subject.calm, strict=True):
            if chance.random() > known:
                given.append(None)
                continue
            if chance.random() < partly:
                atoms = sorted(chance.sample(range(len(one.words)), chance.randint(1, len(one.words))))
            else:
                atoms = [chance.randrange(len(one.words)) if chance.random() < unusual else calm]
            number = chance.choice(pools[one.id]) if one.number and chance.random() < 0.5 * (unusual + partly) else None
            entry, said = _entry(one, atoms, number)
            given.append(entry)
            stated.append(said)
        yield Trial(given, tuple(stated))


def _entry(one: ExploredFinding, atoms: Sequence[int], index: int | None) -> tuple[dict[str, Any], Stated]:
    if index is None or one.number is None:
        return {"atoms": list(atoms), "index": None}, _partly(one, atoms)
    atom = max(at for at, start in enumerate(one.number.starts) if start <= index)
    number = _number(one, index)
    return {"atoms": [atom], "index": index}, Stated(one.id, ranges=(Range(number, number),))


def _partly(one: ExploredFinding, atoms: Sequence[int]) -> Stated:
    if not one.number:
        return Stated(one.id, frozenset(one.values[atom] for atom in atoms))
    ends = (*one.number.starts[1:], one.number.size)
    ranges = (Range(_number(one, one.number.starts[atom]), _number(one, ends[atom] - 1)) for atom in atoms)
    return Stated(one.id, ranges=tuple(ranges))


def _number(one: ExploredFinding, index: int) -> Fraction:
    assert one.number
    return Fraction(one.number.low + index * one.number.step, one.number.denominator)


class Evaluator:
    """One edition ready for all trials: the evaluator that `redflag explain` asks."""

    def __init__(self, guideline: Guideline, asked: Iterable[Trial]) -> None:
        known = compile_guideline(guideline).inputs
        self._grids = {name: one.grid for name, one in known.items() if one.grid}
        self.engine = engine(guideline, ([one for one in trial.stated if self._knows(one)] for trial in asked))

    def _knows(self, one: Stated) -> bool:
        """Say whether an exact number lies on the edition's own grid."""
        number = one.number()
        return number is None or one.finding not in self._grids or number in self._grids[one.finding]

    def answer(self, stated: Sequence[Stated]) -> dict[str, Any] | None:
        """Return what the edition says of a case in the shape of the page's answers, None if nobody can be so."""
        if not all(map(self._knows, stated)):
            return None
        engine = self.engine
        case = engine.fill(stated, False)
        if case.region.is_empty():
            return None
        return {
            "said": {name: _said(engine.possible(name, case.region)) for name in engine.guideline.covers},
            "written": {name: _said(engine.possible_as_written(name, case.region)) for name in engine.guideline.covers},
            "rules": [STATES[state_of(engine.meaning.fires[rule.id], case.region)] for rule in engine.rules],
            "assumed": list(case.assumed),
            "pivotal": [one.finding for one in pivotal_assumptions(engine, case)],
            "withdrawn": list(case.withdrawn),
        }


def read_literally(edition: Edition[BddRegion], patient: dict[str, Value]) -> dict[str, Any] | None:
    """Return what the literal interpreter says an edition writes for a patient, None if nobody can be so."""
    if not constraints_hold(edition, patient):
        return None
    values = reading_of(edition, patient).values
    sets = {name: [e for e in edition.guideline.outputs[name].elements if e in value] for name, value in values.items()}
    return {
        name: {"values": [value], "must": [], "may": []}
        if isinstance(value, str)
        else {"values": [], "must": sets[name], "may": sets[name]}
        for name, value in values.items()
    }


def _said(found: Possible) -> dict[str, list[str]]:
    return {"values": list(found.values), "must": list(found.must), "may": list(found.may)}


def plain_data(subject: Explored) -> Any:
    """Return the data as the page holds it."""
    return plain(subject.data)
