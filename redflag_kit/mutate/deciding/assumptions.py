"""Mutants of assumptions, judged by the vignettes that leave the finding open."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from redflag_kit.compile.table import Compiled
from redflag_kit.evaluate.engine import Engine
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.mutate.apply import apply
from redflag_kit.mutate.deciding.prepared import assumed_values
from redflag_kit.mutate.deciding.watching import Case
from redflag_kit.mutate.mutant import AssumeChanged
from redflag_kit.observe.effect import View
from redflag_kit.semantics.cases import Possible, assuming


def killers(engine: Engine, cases: Iterable[Case], edit: AssumeChanged) -> Iterator[int]:
    """Yield the numbers of the cases of which some expectation is unmet once the assumption is another."""
    finding = edit.finding
    assume = assumed_values(apply(engine.guideline, edit), engine.compiled.inputs)
    if assume == engine.compiled.assume:
        return
    other = replace(engine.compiled, assume=assume)
    adds = finding not in engine.compiled.assume
    for case in cases:
        # COST: an assumption more leaves fewer completions, and whatever all of them have stays as it is.
        if (case.seen.judged or not adds) and case.told.leaves_open(finding):
            region = _refilled(engine, other, case, finding if adds else None)
            if region != case.region and _unsettled(engine, case, region):
                yield case.number


def _refilled(engine: Engine, other: Compiled, case: Case, added: str | None) -> BddRegion:
    """Return the completions of a case with the assumptions of a mutant; `added`: the one finding it assumes more."""
    if added is not None:
        atom = engine.atoms.atom_of(added, other.assume[added])
        narrower = case.region & engine.diagrams.literal(added, 1 << atom)
        if not narrower.is_empty():  # all assumptions fit at once, so their order does not matter
            return narrower
    return assuming(other, case.told).region


def _unsettled(engine: Engine, case: Case, region: BddRegion) -> bool:
    for judged in case.seen.judged:
        found = engine.possible(judged.output, region)
        if not judged.is_met(found, engine.possible_as_written(judged.output, region)):
            return True
    return any(_seen(engine, look, region) != _seen(engine, look, case.region) for look in case.seen.exact)


def _seen(engine: Engine, look: tuple[View, str], region: BddRegion) -> Possible:
    view, output = look
    return engine.possible(output, region) if view is View.ENTAILED else engine.possible_as_written(output, region)
