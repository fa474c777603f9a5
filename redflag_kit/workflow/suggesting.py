"""Suggestions for one guideline: what its vignettes do not notice, and drafted patients that would."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic, quoted
from redflag_kit.model.guideline import Guideline
from redflag_kit.mutate.apply import apply
from redflag_kit.mutate.decide import decide
from redflag_kit.mutate.mutant import AssumeChanged, Mutant
from redflag_kit.mutate.mutants import mutants
from redflag_kit.mutate.verdict import Killed, NotDecided, Strength, Survived, Watch
from redflag_kit.project.load import Project
from redflag_kit.results.suggest import (
    CHANGES,
    COVERAGE,
    MUTANTS,
    UNKNOWNS,
    NotSuggested,
    Purpose,
    SuggestedFor,
    SuggestedVignette,
)
from redflag_kit.suggest.filled import waits
from redflag_kit.suggest.goal import Goal
from redflag_kit.suggest.meet import Effort
from redflag_kit.suggest.naming import reference
from redflag_kit.suggest.plan import Draft, Plan, Subject, plan
from redflag_kit.suggest.present import Shown, noticed_mutant, suggested
from redflag_kit.suggest.unknown import OpenFault, noticing, plan_for_cases
from redflag_kit.workflow.strength import watches
from redflag_kit.workflow.suggesting_changes import showing
from redflag_kit.workflow.suggesting_coverage import closing, filled


@dataclass(frozen=True, slots=True)
class Drafted:
    """What is suggested for one guideline. `strength`: with drafts filled in as it is now; `faults` are our own."""

    guideline: Guideline
    told: SuggestedFor
    vignettes: tuple[SuggestedVignette, ...]
    strength: Strength
    faults: tuple[Diagnostic, ...]


def draft_for(
    project: Project,
    guideline: Guideline,
    taken: Collection[str],
    purposes: Collection[str],
    effort: Effort,
    before: Guideline | None = None,
) -> Drafted:
    """Return vignettes that notice what none notices yet, for some purposes; drafts that wait count as filled in.

    `before`: the edition since which changes are to be shown.
    """
    every = watches(project, guideline)
    waiting = [one for one in every if waits(one.expectation)]
    watching = (*(one for one in every if one not in waiting), *filled(guideline, waiting))
    strength = decide(guideline, mutants(guideline), watching)
    later = {one.vignette.id for one in waiting}
    subject = Subject(strength.engine, reference(guideline, project.library.guidelines), frozenset(taken))
    exempted = {one.mutant for one in project.library.exemptions if one.guideline == guideline.name}
    counted = [one for one in strength.verdicts if one.mutant.id not in exempted and MUTANTS in purposes]
    left = {one.mutant.id: one for one in counted if isinstance(one, Survived)}
    plans = dict(zip((MUTANTS, UNKNOWNS), _plans(subject, left, effort), strict=False))
    goals = {name: noticed_mutant(one.mutant) for name, one in left.items()}
    open_ones = [_not_decided(one) for one in counted if isinstance(one, NotDecided)]
    faults = [_unconfirmed(guideline, left[name].mutant) for one in plans.values() for name in one.unconfirmed]
    if COVERAGE in purposes:
        drafts = [draft.vignette for one in plans.values() for draft in one.drafts]
        new = filled(guideline, [Watch(one, one.expectations[0]) for one in drafts])
        names = subject.taken | {one.id for one in drafts}
        closed = closing(guideline, subject.ref, names, (*watching, *new), effort)
        plans[COVERAGE] = closed.plan
        goals |= closed.shown
        open_ones += closed.left
    if CHANGES in purposes and before is not None:
        drafts = [draft.vignette for one in plans.values() for draft in one.drafts]
        names = subject.taken | {one.id for one in drafts}
        there = list({one.vignette.id: one.vignette for one in every}.values())
        since, own = showing(before, guideline, subject.ref, names, [*there, *drafts], effort)
        plans[CHANGES] = since.plan
        goals |= since.shown
        open_ones += since.left
        faults += own
    told = SuggestedFor(
        guideline=guideline.name,
        title=guideline.title,
        path=guideline.path,
        digest=strength.engine.compiled.digest,
        purposes=tuple(_purpose(name, one) for name, one in plans.items() if one.goals),
        waiting=tuple(sorted(later)),
        promised=sum(isinstance(one, Killed) and later.issuperset(one.by) for one in strength.verdicts),
        left=tuple(open_ones),
    )
    shown = suggested(Shown(guideline, goals), [draft for one in plans.values() for draft in one.drafts])
    return Drafted(guideline, told, shown, strength, tuple(faults))


def _plans(subject: Subject, left: Mapping[str, Survived], effort: Effort) -> tuple[Plan, ...]:
    """Return the drafts for faults that some patient shows, then those for faults that only open cases show."""
    guideline = subject.guideline

    def faulty(name: str) -> Guideline:
        return apply(guideline, left[name].mutant.edit)

    goals = [Goal(name, one.region) for name, one in left.items() if one.region is not None]
    first = plan(subject, goals, faulty, effort)
    open_faults = {
        name: OpenFault(one.mutant.edit.finding, faulty(name), one.case)
        for name, one in left.items()
        if isinstance(one.mutant.edit, AssumeChanged)
    }
    if not open_faults:
        return (first,)
    by = noticing(guideline, open_faults, [draft.vignette for draft in first.drafts])
    drafts = tuple(
        _also(draft, [name for name in by if by[name][:1] == (draft.vignette.id,)]) for draft in first.drafts
    )
    rest = {name: one for name, one in open_faults.items() if not by[name]}
    taken = subject.taken | {draft.vignette.id for draft in drafts}
    second = plan_for_cases(replace(subject, taken=taken), rest, effort)
    return (replace(first, drafts=drafts, goals=first.goals + len(open_faults) - len(rest)), second)


def _also(draft: Draft, names: Iterable[str]) -> Draft:
    return replace(draft, notices=(*draft.notices, *names))


def _purpose(purpose: str, one: Plan) -> Purpose:
    return Purpose(purpose, one.goals, len(one.drafts), one.bound, one.tried, one.exact)


def _not_decided(one: NotDecided) -> NotSuggested:
    reason = f"whether anybody gets another outcome needs more than {one.budget}"
    return NotSuggested(one.mutant.id, MUTANTS, one.mutant.sentence, reason)


def _unconfirmed(guideline: Guideline, mutant: Mutant) -> Diagnostic:
    message = f"no patient found shows the mutant {quoted(mutant.id)} of {guideline.name} to the reference evaluator"
    return Diagnostic(mutant.span, codes.RF902, message, "please report it; nothing is suggested for this mutant")
