"""Mutants of assumptions, judged by the vignettes that leave the finding open."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from redflag_kit.analyse.assumed import tied_to
from redflag_kit.evaluate.engine import Engine
from redflag_kit.evaluate.frozen import read_by_rules
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.mutate.apply import apply
from redflag_kit.mutate.deciding.expectations import Seen
from redflag_kit.mutate.deciding.open_cases import told_by
from redflag_kit.mutate.deciding.prepared import assumed_values
from redflag_kit.mutate.deciding.watching import Case
from redflag_kit.mutate.mutant import AssumeChanged
from redflag_kit.observe.effect import View
from redflag_kit.semantics.cases import Possible, assuming


def killers(engine: Engine, cases: Iterable[Case], read: Mapping[int, BddRegion], edit: AssumeChanged) -> Iterator[int]:
    """Yield the numbers of the cases of which some expectation is unmet once the assumption is another.

    `read`: the completions of cases by the findings that some condition reads, where they were found.
    """
    finding = edit.finding
    assume = assumed_values(apply(engine.guideline, edit), engine.compiled.inputs)
    if assume == engine.compiled.assume:
        return
    other = replace(engine.compiled, assume=assume)
    told = told_by(engine.compiled, tied_to(engine.compiled, (finding,)))
    if finding in engine.compiled.assume:
        for case in cases:
            if case.told.leaves_open(finding):
                region = assuming(other, case.told).region
                if region != case.region and _unsettled(engine, case.region, region, case.seen):
                    yield case.number
        return
    # COST: an assumption more leaves fewer completions, and whatever all of them have stays as it is.
    conditions = read_by_rules(engine.compiled)
    added = engine.diagrams.literal(finding, 1 << engine.atoms.atom_of(finding, assume[finding]))
    for case in cases:
        judged = tuple(one for one in case.seen.judged if one.output in told)
        if judged and case.told.leaves_open(finding):
            before = read.get(case.number, case.region)
            region = before & added
            if region.is_empty() or finding not in conditions:
                before, region = case.region, assuming(other, case.told).region
            if region != before and _unsettled(engine, before, region, Seen(frozenset(), judged)):
                yield case.number


def _unsettled(engine: Engine, before: BddRegion, region: BddRegion, seen: Seen) -> bool:
    for judged in seen.judged:
        found = engine.possible(judged.output, region)
        if not judged.is_met(found, engine.possible_as_written(judged.output, region) if judged.whole else found):
            return True
    return any(_seen(engine, look, region) != _seen(engine, look, before) for look in seen.exact)


def _seen(engine: Engine, look: tuple[View, str], region: BddRegion) -> Possible:
    view, output = look
    return engine.possible(output, region) if view is View.ENTAILED else engine.possible_as_written(output, region)
