"""A guideline made ready for cases: its regions over diagrams, and what is asked of them again and again."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from redflag_kit.compile.compiler import compile_condition, compile_guideline
from redflag_kit.compile.expression import InputEntry
from redflag_kit.compile.prepared import Prepared, prepare
from redflag_kit.compile.table import Compiled
from redflag_kit.logic.bdd import BddRegion, Diagrams
from redflag_kit.logic.budget import NO_DEADLINE, Budget, Deadline
from redflag_kit.model.condition import Condition, Value
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Stated
from redflag_kit.semantics.cases import (
    Filled,
    Possible,
    Told,
    assuming,
    entailed,
    possible,
    stated_entry,
    told,
    written,
)
from redflag_kit.semantics.regions import Meaning, condition_region, meaning

Tables = dict[tuple[str, str], dict[str, BddRegion]]


@dataclass(frozen=True)
class Engine(Prepared):
    """A guideline with its regions. Build one per run with every case the run will ask, so that its cuts are exact."""

    diagrams: Diagrams
    meaning: Meaning[BddRegion]
    written: Tables
    entailed: Tables

    def fill(self, case: Iterable[Stated], fill_clean: bool) -> Filled[BddRegion]:
        """Return a case filled in the order that `docs/semantics.md` gives."""
        return assuming(self.compiled, self.told(case, fill_clean))

    def told(self, case: Iterable[Stated], fill_clean: bool) -> Told[BddRegion]:
        """Return a case with its normal values if those are wanted, before any assumption."""
        return told(case, self.clean if fill_clean else {}, self.meaning.legal, self.atoms, self.diagrams)

    @cached_property
    def clean(self) -> dict[str, Value]:
        """Return the normal value of every finding that has one."""
        return {name: f.clean for name, f in self.guideline.vocabulary.findings.items() if f.clean is not None}

    def possible(self, output: str, region: BddRegion) -> Possible:
        """Return what an output can be, entailed levels included."""
        return possible(self.compiled, output, self.entailed, self.meaning.sets, region)

    def possible_as_written(self, output: str, region: BddRegion) -> Possible:
        """Return what an output can be as the rules write it."""
        return possible(self.compiled, output, self.written, self.meaning.sets, region)

    def region(self, condition: Condition) -> BddRegion:
        """Return where a condition of this guideline holds, exceptions and scope aside."""
        return condition_region(compile_condition(self.guideline, condition), self.meaning, self.atoms, self.diagrams)

    def masks(self, region: BddRegion) -> tuple[int, ...]:
        """Return the atoms that each finding can take in a region, as masks in the order of the space."""
        return tuple(
            sum(
                1 << atom
                for atom in range(axis.size)
                if not (region & self.diagrams.literal(axis.name, 1 << atom)).is_empty()
            )
            for axis in self.diagrams.space.axes
        )

    def outlook(self, region: BddRegion) -> tuple[Possible, ...]:
        """Return what every covered output can be."""
        return tuple(self.possible(output, region) for output in self.guideline.covers)


def engine(guideline: Guideline, cases: Iterable[Iterable[Stated]] = ()) -> Engine:
    """Return a guideline ready for the given cases."""
    compiled = compile_guideline(guideline)
    return engine_over(prepare(guideline, compiled, cuts_of(compiled, cases)))


def engine_over(ready: Prepared, nodes: int = Budget().nodes, deadline: Deadline = NO_DEADLINE) -> Engine:
    """Return a guideline ready for the cases that its atoms tell apart; raises BudgetExceeded."""
    diagrams = Diagrams(ready.atoms.space, nodes, deadline)
    regions = meaning(ready.compiled, ready.atoms, diagrams)
    tables = written(regions, diagrams)
    implied = entailed(ready.compiled, tables, diagrams)
    return Engine(ready.guideline, ready.compiled, ready.atoms, diagrams, regions, tables, implied)


def cuts_of(compiled: Compiled, cases: Iterable[Iterable[Stated]]) -> tuple[InputEntry, ...]:
    """Return the cuts that the numbers of cases need, each once."""
    numbers = {name for name, one in compiled.inputs.items() if one.grid is not None}
    # COST: many cases state few different numbers.
    found = {
        (one.finding, one.ranges): one for case in cases for one in case if one.finding in numbers and not one.unknown
    }
    return tuple(dict.fromkeys(stated_entry(compiled.inputs[one.finding], one) for one in found.values()))
