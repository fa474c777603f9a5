"""A guideline made ready for cases: its regions over diagrams, and what is asked of them again and again."""

from collections.abc import Iterable
from dataclasses import dataclass

from redflag_kit.compile.compiler import compile_condition, compile_guideline
from redflag_kit.compile.expression import InputEntry
from redflag_kit.compile.prepared import Prepared, prepare
from redflag_kit.compile.table import Compiled
from redflag_kit.logic.bdd import BddRegion, Diagrams
from redflag_kit.model.condition import Condition, Value
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Stated
from redflag_kit.semantics.cases import Filled, Possible, entailed, fill, possible, stated_entry, written
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
        findings = self.guideline.vocabulary.findings
        clean: dict[str, Value] = {}
        if fill_clean:
            clean = {name: f.clean for name, f in findings.items() if f.clean is not None}
        return fill(self.compiled, case, clean, self.meaning.legal, self.atoms, self.diagrams)

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
    cuts = dict.fromkeys(entry for case in cases for one in case if (entry := _cut(compiled, one)) is not None)
    atoms = prepare(guideline, compiled, cuts).atoms
    diagrams = Diagrams(atoms.space)
    regions = meaning(compiled, atoms, diagrams)
    tables = written(regions, diagrams)
    return Engine(guideline, compiled, atoms, diagrams, regions, tables, entailed(compiled, tables, diagrams))


def _cut(compiled: Compiled, stated: Stated) -> InputEntry | None:
    """Return the cut a stated number needs to be told from its neighbours."""
    one = compiled.inputs.get(stated.finding)
    if one is None or one.grid is None or stated.unknown:
        return None
    return stated_entry(one, stated)
