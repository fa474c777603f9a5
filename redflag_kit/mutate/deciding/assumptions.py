"""Mutants of assumptions, judged by the vignettes that leave the finding open."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from redflag_kit.analyse.assumed import tied_to
from redflag_kit.evaluate.engine import Engine
from redflag_kit.evaluate.frozen import read_by_rules
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.mutate.apply import apply
from redflag_kit.mutate.deciding.expectations import Judged, Look
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
    tied = tied_to(engine.compiled, (finding,))
    if tied & engine.compiled.assume.keys():  # an assumption may displace others, and give way to them
        for case in cases:
            if case.told.leaves_open(finding):
                region = assuming(other, case.told).region
                if region != case.region and (
                    _differs(engine, case.seen.exact, case.region, region) or _unmet(engine, case.seen.judged, region)
                ):
                    yield case.number
        return
    # COST: an assumption more leaves fewer completions, and whatever all of them have stays as it is.
    told, is_read = told_by(engine.compiled, tied), finding in read_by_rules(engine.compiled)
    added = engine.diagrams.literal(finding, 1 << engine.atoms.atom_of(finding, assume[finding]))
    for case in cases:
        judged = tuple(one for one in case.seen.judged if one.output in told)
        if judged and case.told.leaves_open(finding):
            region = (read.get(case.number, case.region) if is_read else case.region) & added
            if not region.is_empty() and _unmet(engine, judged, region):
                yield case.number


def _unmet(engine: Engine, judged: Iterable[Judged], region: BddRegion) -> bool:
    """Say whether something that is judged is not as expected for those in a region."""
    for one in judged:
        found = engine.possible(one.output, region)
        if not one.is_met(found, engine.possible_as_written(one.output, region) if one.whole else found):
            return True
    return False


def _differs(engine: Engine, looks: Collection[Look], before: BddRegion, region: BddRegion) -> bool:
    """Say whether something that is watched exactly can be something else than before."""
    return any(_seen(engine, look, region) != _seen(engine, look, before) for look in looks)


def _seen(engine: Engine, look: Look, region: BddRegion) -> Possible:
    view, output = look
    return engine.possible(output, region) if view is View.ENTAILED else engine.possible_as_written(output, region)
