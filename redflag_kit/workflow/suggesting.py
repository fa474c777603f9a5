"""Suggestions for one guideline: what its vignettes do not notice, and drafted patients that would."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic, quoted
from redflag_kit.evaluate.engine import engine
from redflag_kit.model.guideline import Guideline
from redflag_kit.mutate.apply import apply
from redflag_kit.mutate.decide import decide
from redflag_kit.mutate.mutant import AssumeChanged, Mutant
from redflag_kit.mutate.mutants import mutants
from redflag_kit.mutate.verdict import Killed, NotDecided, Strength, Survived, Watch
from redflag_kit.project.load import Project
from redflag_kit.results.suggest import MUTANTS, UNKNOWNS, NotSuggested, Purpose, SuggestedFor, SuggestedVignette
from redflag_kit.suggest.filled import filled_in, waits
from redflag_kit.suggest.goal import Goal
from redflag_kit.suggest.meet import Effort
from redflag_kit.suggest.naming import reference
from redflag_kit.suggest.plan import Draft, Plan, Subject, plan
from redflag_kit.suggest.present import Shown, noticed_mutant, suggested
from redflag_kit.suggest.unknown import OpenFault, noticing, plan_for_cases
from redflag_kit.workflow.strength import watches


@dataclass(frozen=True, slots=True)
class Drafted:
    """What is suggested for one guideline. `strength`: with drafts filled in as it is now; `faults` are our own."""

    guideline: Guideline
    told: SuggestedFor
    vignettes: tuple[SuggestedVignette, ...]
    strength: Strength
    faults: tuple[Diagnostic, ...]


def draft_for(project: Project, guideline: Guideline, taken: Collection[str], effort: Effort) -> Drafted:
    """Return vignettes that notice all mutants that no vignette notices yet, drafts that wait for outcomes included."""
    every = watches(project, guideline)
    waiting = [one for one in every if waits(one.expectation)]
    strength = decide(
        guideline, mutants(guideline), (*(w for w in every if w not in waiting), *_filled(guideline, waiting))
    )
    later = {one.vignette.id for one in waiting}
    subject = Subject(strength.engine, reference(guideline, project.library.guidelines), frozenset(taken))
    exempted = {one.mutant for one in project.library.exemptions if one.guideline == guideline.name}
    left = {v.mutant.id: v for v in strength.verdicts if isinstance(v, Survived) and v.mutant.id not in exempted}
    plans = _plans(subject, left, effort)
    drafts = [draft for one in plans for draft in one.drafts]
    shown = Shown(guideline, {name: noticed_mutant(one.mutant) for name, one in left.items()})
    open_ones = [v for v in strength.verdicts if isinstance(v, NotDecided) and v.mutant.id not in exempted]
    told = SuggestedFor(
        guideline=guideline.name,
        title=guideline.title,
        path=guideline.path,
        digest=strength.engine.compiled.digest,
        purposes=tuple(_purpose(name, one) for name, one in zip((MUTANTS, UNKNOWNS), plans, strict=False) if one.goals),
        waiting=tuple(sorted(later)),
        promised=sum(isinstance(v, Killed) and later.issuperset(v.by) for v in strength.verdicts),
        left=tuple(_not_decided(one) for one in open_ones),
    )
    faults = tuple(_unconfirmed(guideline, left[name].mutant) for one in plans for name in one.unconfirmed)
    return Drafted(guideline, told, suggested(shown, drafts), strength, faults)


def _filled(guideline: Guideline, waiting: Sequence[Watch]) -> tuple[Watch, ...]:
    """Return watches that wait for outcomes with what comes out now."""
    if not waiting:
        return ()
    now = engine(guideline, [one.vignette.findings for one in waiting])
    return tuple(replace(one, expectation=filled_in(now, one.vignette, one.expectation)) for one in waiting)


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
