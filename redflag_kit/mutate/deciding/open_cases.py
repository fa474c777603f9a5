"""Mutants of assumptions: which cases with findings not assessed get another outcome.

Claim: `witness_of` returns a case exactly if there is one in which each finding is known or not assessed and some
covered output can turn out otherwise; the literal interpreter has listed its completions.
Method: first the cases in which this finding alone is not assessed. If there is none and no constraint ties the
finding to others, there is none at all: whoever completes a case still does with the assumed value. Else the finding
and what constraints tie it to may each be known or not, on axes of their own; all else may count as known, since what
is possible with it unknown is possible with it known as some completion has it.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from math import prod

from redflag_kit.analyse.assumed import Assumed, flag, tied_to
from redflag_kit.compile.expression import inputs_of, outputs_of, scores_of
from redflag_kit.compile.table import Compiled
from redflag_kit.evaluate.engine import Engine, Tables
from redflag_kit.logic.algebra import disjunction
from redflag_kit.logic.bdd import BddRegion, Diagrams
from redflag_kit.logic.budget import NO_DEADLINE, BudgetExceeded, Deadline
from redflag_kit.logic.space import Axis, Space
from redflag_kit.model.condition import Value
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Stated
from redflag_kit.model.vocabulary import Comparison, Finding
from redflag_kit.mutate.apply import apply
from redflag_kit.mutate.deciding.confirm import NotConfirmed, Reference, stated
from redflag_kit.mutate.deciding.prepared import assumed_values
from redflag_kit.mutate.mutant import AssumeChanged, Mutant
from redflag_kit.observe.world import families_of, rows_of
from redflag_kit.semantics.cases import entailed, written
from redflag_kit.semantics.hit_policies import LISTED
from redflag_kit.semantics.literal import OutputValue, Patient, is_legal
from redflag_kit.semantics.regions import Meaning, meaning
from redflag_kit.semantics.witness import patient_at

MAX_COMPLETIONS = 20_000

Outlook = tuple[frozenset[str], frozenset[str], frozenset[str]]
"""What an output can be: levels and statuses, and of a set what is always and what is ever in it."""


@dataclass(frozen=True)
class Unknowns:
    """A guideline over cases, for the mutants of its assumptions."""

    engine: Engine
    reference: Reference
    nodes: int
    deadline: Deadline = NO_DEADLINE
    _worlds: dict[frozenset[str], Assumed] = field(default_factory=dict, repr=False)

    def witness_of(self, mutant: Mutant) -> tuple[Stated, ...] | None:
        """Return a case that gets another outcome, None if there is none; raises BudgetExceeded."""
        edit = mutant.edit
        assert isinstance(edit, AssumeChanged)
        engine, name = self.engine, edit.finding
        if name not in engine.compiled.inputs:
            return None
        other = apply(engine.guideline, edit)
        after = assumed_values(other, engine.compiled.inputs)
        tied = tied_to(engine.compiled, (name,))
        region = changed_alone(engine, name, after.get(name), tied)
        point = engine.diagrams.least(region)
        if point is not None:
            return self._told(mutant, other, self._patient(point), (name,))
        if len(tied) == 1:
            return None
        world = self._world(frozenset(tied))
        found = world.diagrams.least(changed_in_cases(world, after))
        if found is None:
            return None
        atoms, unknown = world.atoms_at(found)
        return self._told(mutant, other, self._patient(atoms), unknown)

    def _world(self, tied: frozenset[str]) -> Assumed:
        if tied not in self._worlds:
            self._worlds[tied] = flagged(self.engine, tied, self.nodes, self.deadline)
        return self._worlds[tied]

    def _patient(self, point: tuple[int, ...]) -> dict[str, Value]:
        engine = self.engine
        return patient_at(point, engine.atoms, engine.compiled.restrictions, engine.guideline.vocabulary.findings)

    def _told(
        self, mutant: Mutant, other: Guideline, patient: Mapping[str, Value], unknown: tuple[str, ...]
    ) -> tuple[Stated, ...]:
        """Return a case as a vignette states it, its completions listed and read on the literal interpreter."""
        findings = self.engine.guideline.vocabulary.findings
        if prod(len(_values(findings[name])) for name in unknown) > MAX_COMPLETIONS:
            raise BudgetExceeded("the completions of a witness", f"{MAX_COMPLETIONS} completions")
        legal = self._completions(patient, unknown)
        sides = [
            _outlooks([self.reference.outcome(one) for one in completed(side, legal, unknown)])
            for side in (self.engine.guideline, other)
        ]
        if not legal or sides[0] == sides[1]:
            if any(isinstance(one, Comparison) for one in self.engine.compiled.restrictions):
                # Atoms say which pairs of intervals have legal numbers, not which numbers go with the one stated.
                raise BudgetExceeded("a witness with compared numbers", "the intervals between thresholds")
            raise NotConfirmed(f"the witness of mutant {mutant.id} of {self.engine.guideline.name} gets the same")
        return tuple(Stated(one.finding, unknown=True) if one.finding in unknown else one for one in stated(patient))

    def _completions(self, patient: Mapping[str, Value], unknown: tuple[str, ...]) -> list[Patient]:
        guideline = self.engine.guideline
        constraints = (*guideline.vocabulary.constraints, *guideline.constraints)
        choices = product(*(_values(guideline.vocabulary.findings[name]) for name in unknown))
        every = ({**patient, **dict(zip(unknown, chosen, strict=True))} for chosen in choices)
        return [one for one in every if is_legal(constraints, one)]


def completed(guideline: Guideline, legal: list[Patient], unknown: tuple[str, ...]) -> list[Patient]:
    """Return the completions of a case with a guideline's assumptions made where they fit."""
    for name in guideline.vocabulary.findings:
        if name in unknown and name in guideline.assume:
            value = guideline.assume[name].value
            legal = [one for one in legal if one[name] == value] or legal
    return legal


def changed_alone(engine: Engine, finding: str, after: Value | None, tied: Collection[str]) -> BddRegion:
    """Return the legal patients who get another outcome if nothing is known of the finding, and all else is.

    `tied` are the findings that constraints tie to it, itself among them.
    """
    # COST: what the other constraints say is asked of the result only; it would make every region before it larger.
    diagrams, atoms = engine.diagrams, engine.atoms
    before = engine.compiled.assume.get(finding)
    near = diagrams.exists(engine.meaning.legal, [name for name in diagrams.space.names if name not in tied])

    def possible(region: BddRegion, value: Value | None) -> BddRegion:
        asked = diagrams.shared(near, region, (finding,))
        if value is None:
            return asked
        atom = atoms.atom_of(finding, value)
        fits = diagrams.restrict(near, finding, atom)
        return diagrams.ite(fits, diagrams.restrict(region, finding, atom), asked)

    changes = (
        possible(region, before) ^ possible(region, after)
        for region in answers(engine.compiled, engine.entailed, engine.meaning, told_by(engine.compiled, tied))
    )
    return engine.meaning.legal & disjunction(diagrams, changes)


def told_by(compiled: Compiled, findings: Collection[str]) -> frozenset[str]:
    """Return the covered outputs that hang on some findings: what decisions that read them write, and what follows."""
    names = set(findings)
    if names.intersection(inputs_of(compiled.scope)):
        return frozenset(compiled.covers)
    names |= {one.score for one in compiled.sums if any(names.intersection(inputs_of(when)) for when, _ in one.points)}
    for table in compiled.tables:
        whens = [row.when for row in rows_of(table)]
        if any(names & {*inputs_of(when), *outputs_of(when), *scores_of(when)} for when in whens):
            names |= set(table.outputs)
    implied = families_of(compiled)
    return frozenset(name for name in compiled.covers if names & implied[name])


def answers(
    compiled: Compiled, tables: Tables, found: Meaning[BddRegion], outputs: Collection[str]
) -> Iterator[BddRegion]:
    """Yield regions that tell all of some outputs: a case has the same outcome if each is possible as before."""
    for name in (name for name in compiled.covers if name in outputs):
        if compiled.outputs[name].scale:
            yield from tables[name, ""].values()
            continue
        yield from found.sets[name].values()
        for element in compiled.outputs[name].elements:
            listed = tables[name, element].get(LISTED)
            if listed is not None:
                yield from (listed, ~listed)


def flagged(engine: Engine, tied: Collection[str], nodes: int, deadline: Deadline) -> Assumed:
    """Return the guideline over cases in which some findings may be not assessed."""
    atoms = engine.atoms
    axes: list[Axis] = []
    for axis in atoms.space.axes:
        axes += [Axis(flag(axis.name), 2), axis] if axis.name in tied else [axis]
    diagrams = Diagrams(Space(tuple(axes)), nodes, deadline)
    regions = meaning(engine.compiled, atoms, diagrams)
    tables = entailed(engine.compiled, written(regions, diagrams), diagrams)
    return Assumed(engine, diagrams, regions, tables, tuple(name for name in atoms.inputs if name in tied))


def changed_in_cases(world: Assumed, after: Mapping[str, Value]) -> BddRegion:
    """Return the cases that get another outcome with other assumptions; none applies to what counts as known."""
    compiled = world.ready.compiled
    sides = []
    for assume in (compiled.assume, after):
        made = {name: value for name, value in assume.items() if name in world.flagged}
        ready = replace(world.ready, compiled=replace(compiled, assume=made))
        sides.append((replace(world, ready=ready), tuple(made)))
    (old, was), (new, is_now) = sides
    changes = (
        old.cases_with(was, region) ^ new.cases_with(is_now, region)
        for region in answers(compiled, world.tables, world.meaning, told_by(compiled, world.flagged))
    )
    return disjunction(world.diagrams, changes)


def _values(finding: Finding) -> tuple[Value, ...]:
    grid = finding.grid
    return tuple(finding.words) if grid is None else tuple(grid.at(index) for index in range(grid.size))


def _outlooks(readings: list[Mapping[str, OutputValue]]) -> dict[str, Outlook]:
    """Return what each output can be over some patients."""
    return {name: _outlook([one[name] for one in readings]) for name in readings[0]} if readings else {}


def _outlook(values: list[OutputValue]) -> Outlook:
    plain = frozenset(value for value in values if isinstance(value, str))
    sets = [value if isinstance(value, frozenset) else frozenset[str]() for value in values]
    return plain, frozenset.intersection(*sets), frozenset.union(*sets)
