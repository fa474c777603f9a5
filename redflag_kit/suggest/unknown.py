"""Faults that only cases with something not assessed can notice: a changed assumption. Their witnesses become drafts.

Claim: a draft notices what `killers` says of it, a run of the vignettes with their outcomes filled in as they are now.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from redflag_kit.evaluate.outcome import outcomes
from redflag_kit.model.vignette import Stated, Vignette
from redflag_kit.suggest.choose import fewest
from redflag_kit.suggest.draft import drafted
from redflag_kit.suggest.meet import Effort
from redflag_kit.suggest.plan import Draft, Plan, Subject
from redflag_kit.suggest.written import write_case
from redflag_kit.terms.scale import Status

Killers = Callable[[Sequence[str], Sequence[Vignette]], Mapping[str, Sequence[str]]]
"""Returns, for each of some faults, the ids of those vignettes that notice it once they are filled in."""


def plan_for_cases(subject: Subject, cases: Mapping[str, tuple[Stated, ...]], killers: Killers, effort: Effort) -> Plan:
    """Return drafts that notice faults, each of which has a case that shows it; what none notices is unconfirmed."""
    candidates = _candidates(subject, [write_case(subject.engine, case) for case in cases.values()])
    by = killers(tuple(cases), candidates)
    if not all(by.values()):  # what was left out as making no difference did make one to a fault
        found = zip(cases.items(), candidates, strict=True)
        candidates = _candidates(subject, [one.findings if by[name] else case for (name, case), one in found])
        by = killers(tuple(cases), candidates)
    had = [sum(1 << at for at, name in enumerate(cases) if one.id in by[name]) for one in candidates]
    noticed = sum(1 << at for at, name in enumerate(cases) if by[name])
    choice = fewest(had, noticed, [], effort.choices)
    drafts = tuple(
        Draft(candidates[at], None, tuple(name for name in cases if candidates[at].id in by[name]))
        for at in choice.taken
    )
    unconfirmed = tuple(name for name in cases if not by[name])
    return Plan(drafts, len(cases), 0, len(candidates), choice.exact, unconfirmed)


def _candidates(subject: Subject, cases: Iterable[tuple[Stated, ...]]) -> list[Vignette]:
    """Return a draft for each case, in which an output is listed if the rules may say something of it."""
    found: list[Vignette] = []
    for stated in cases:
        taken = {*subject.taken, *(one.id for one in found)}
        told = outcomes(subject.engine, subject.engine.fill(stated, True))
        outputs = [one.output for one in told if one.written != (Status.SILENT.value,)]
        found.append(drafted(subject.guideline, subject.ref, stated, outputs, taken))
    return found
