"""Faults that only cases with something not assessed can notice: another assumption. Their witnesses become drafts.

Claim: a draft is said to notice a fault exactly if its expectation, with the present outcomes filled in, is not met by
the guideline with the fault.
Method: the witnesses themselves, and joint ones that leave several findings open, are run; the fewest are chosen.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.evaluate.engine import Engine, engine
from redflag_kit.evaluate.outcome import outcomes
from redflag_kit.evaluate.vignettes import run
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Stated, Vignette
from redflag_kit.suggest.choose import fewest
from redflag_kit.suggest.draft import drafted
from redflag_kit.suggest.filled import filled_in
from redflag_kit.suggest.joint import OpenCase, joint_cases
from redflag_kit.suggest.meet import Effort
from redflag_kit.suggest.plan import Draft, Plan, Subject
from redflag_kit.suggest.written import write_case
from redflag_kit.terms.scale import Status


@dataclass(frozen=True, slots=True)
class OpenFault:
    """A guideline that takes something else for a finding of which nothing is known, with a case that shows it."""

    finding: str
    faulty: Guideline
    case: tuple[Stated, ...]


def plan_for_cases(subject: Subject, faults: Mapping[str, OpenFault], effort: Effort) -> Plan:
    """Return drafts that notice faults of assumptions; what none of them notices is unconfirmed."""
    short = {name: write_case(subject.engine, one.case) for name, one in faults.items()}
    joint = joint_cases(subject.engine, [*_open_cases(faults, short)], effort.open_findings)
    candidates = _candidates(subject, (*short.values(), *joint))
    by = noticing(subject.guideline, faults, candidates)
    missed = [faults[name].case for name in faults if not by[name]]
    if missed:  # what was left out as making no difference did make one to a fault
        candidates = _candidates(subject, (*short.values(), *joint, *missed))
        by = noticing(subject.guideline, faults, candidates)
    had = [sum(1 << at for at, name in enumerate(faults) if one.id in by[name]) for one in candidates]
    noticed = sum(1 << at for at, name in enumerate(faults) if by[name])
    choice = fewest(had, noticed, [], effort.choices)
    drafts: list[Draft] = []
    for at in choice.taken:
        told = {name for draft in drafts for name in draft.notices}
        own = tuple(name for name in faults if candidates[at].id in by[name] and name not in told)
        drafts.append(Draft(candidates[at], None, own))
    unconfirmed = tuple(name for name in faults if not by[name])
    return Plan(tuple(drafts), len(faults), 0, len(candidates), choice.exact, unconfirmed)


def noticing(
    guideline: Guideline, faults: Mapping[str, OpenFault], vignettes: Sequence[Vignette]
) -> dict[str, tuple[str, ...]]:
    """Return, for each fault, the ids of those vignettes that notice it once they are filled in."""
    now = engine(guideline, [one.findings for one in vignettes])
    filled = {one.id: filled_in(now, one, one.expectations[0]) for one in vignettes}
    found = {}
    for name, fault in faults.items():
        open_to = [one for one in vignettes if _leaves_open(guideline, one, fault.finding)]
        other = _assuming(now, fault.faulty) if open_to else now
        found[name] = tuple(one.id for one in open_to if run(other, one, filled[one.id])[1])
    return found


def _assuming(now: Engine, faulty: Guideline) -> Engine:
    """Return an engine that differs in what is assumed, and so in no region."""
    compiled = replace(now.compiled, assume=compile_guideline(faulty).assume)
    return replace(now, guideline=faulty, compiled=compiled)


def _leaves_open(guideline: Guideline, vignette: Vignette, finding: str) -> bool:
    """Say whether nothing is said of a finding, nor taken as normal."""
    stated = next((one for one in vignette.findings if one.finding == finding), None)
    return guideline.vocabulary.findings[finding].clean is None if stated is None else stated.unknown


def _open_cases(faults: Mapping[str, OpenFault], short: Mapping[str, tuple[Stated, ...]]) -> Iterable[OpenCase]:
    """Yield the cases of faults that assume something, rather than leave open what is assumed now."""
    for name, fault in faults.items():
        assume = fault.faulty.assume.get(fault.finding)
        if assume is not None:
            yield OpenCase(short[name], fault.finding, assume.value)


def _candidates(subject: Subject, cases: Iterable[tuple[Stated, ...]]) -> list[Vignette]:
    """Return a draft for each case, in which an output is listed if the rules may say something of it."""
    found: list[Vignette] = []
    for stated in cases:
        taken = {*subject.taken, *(one.id for one in found)}
        told = outcomes(subject.engine, subject.engine.fill(stated, True))
        outputs = [one.output for one in told if one.written != (Status.SILENT.value,)]
        found.append(drafted(subject.guideline, subject.ref, stated, outputs, taken))
    return found
