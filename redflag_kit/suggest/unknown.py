"""Faults that only cases with something not assessed can notice: a changed assumption. Their witnesses become drafts.

Claim: a draft notices what `killers` says of it, a run of the vignettes with their outcomes filled in as they are now.
"""

from collections.abc import Callable, Mapping, Sequence

from redflag_kit.evaluate.engine import Engine, engine
from redflag_kit.evaluate.outcome import outcomes
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Stated, Vignette
from redflag_kit.results.case import Outcome
from redflag_kit.suggest.choose import fewest
from redflag_kit.suggest.draft import drafted
from redflag_kit.suggest.meet import Effort
from redflag_kit.suggest.plan import Draft, Plan, Subject
from redflag_kit.suggest.written import write_case
from redflag_kit.terms.scale import Status

Killers = Callable[[Sequence[str], Sequence[Vignette]], Mapping[str, Sequence[str]]]
"""Returns, for each of some faults, the ids of those vignettes that notice it once they are filled in."""


def plan_for_cases(
    subject: Subject,
    cases: Mapping[str, tuple[Stated, ...]],
    faulty: Callable[[str], Guideline],
    killers: Killers,
    effort: Effort,
) -> Plan:
    """Return drafts that notice faults, each of which has a case that shows it; what none notices is unconfirmed."""
    candidates = _candidates(subject, {name: write_case(subject.engine, case) for name, case in cases.items()}, faulty)
    by = killers(tuple(cases), candidates)
    if not all(by.values()):  # what was left out as making no difference did make one to a fault
        full = {name: candidates[at].findings if by[name] else cases[name] for at, name in enumerate(cases)}
        candidates = _candidates(subject, full, faulty)
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


def _candidates(
    subject: Subject, cases: Mapping[str, tuple[Stated, ...]], faulty: Callable[[str], Guideline]
) -> list[Vignette]:
    found: list[Vignette] = []
    for name, case in cases.items():
        taken = {*subject.taken, *(one.id for one in found)}
        found.append(_candidate(subject, case, faulty(name), taken))
    return found


def _candidate(subject: Subject, stated: tuple[Stated, ...], faulty: Guideline, taken: set[str]) -> Vignette:
    before, after = (_outcomes(engine(one, (stated,)), stated) for one in (subject.guideline, faulty))
    outputs = [
        one.output
        for one, two in zip(before, after, strict=True)
        if one.written != (Status.SILENT.value,) or _said(one) != _said(two)
    ]
    return drafted(subject.guideline, subject.ref, stated, outputs, taken)


def _outcomes(ready: Engine, stated: tuple[Stated, ...]) -> tuple[Outcome, ...]:
    return outcomes(ready, ready.fill(stated, True))


def _said(one: Outcome) -> tuple[tuple[str, ...], ...]:
    return one.possible, one.must, one.may
