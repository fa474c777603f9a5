"""Drafts for one guideline that show what changed since another edition and no vignette shows."""

from collections.abc import Iterable, Sequence

from redflag_kit.diagnostics.diagnostic import Diagnostic
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Vignette
from redflag_kit.results.suggest import CHANGES, NotSuggested
from redflag_kit.suggest.changes import Since, not_readable, since
from redflag_kit.suggest.goal import Goal
from redflag_kit.suggest.meet import Effort
from redflag_kit.suggest.plan import Draft, Plan, Subject, plan
from redflag_kit.workflow.closing import NOT_FOUND, Closing, closed

NOTHING = Plan((), 0, 0, 0, True)


def showing(
    old: Guideline, new: Guideline, ref: str, taken: frozenset[str], vignettes: Sequence[Vignette], effort: Effort
) -> tuple[Closing, tuple[Diagnostic, ...]]:
    """Return drafts in every class of changed patients in which none of the vignettes lies, and our own faults.

    Nothing is drafted for a class that the literal interpreter does not see in the patient found.
    """
    gone = not_readable(old, new)
    if gone:
        reason = f"{old.name} reads what the vocabulary of {new.name} does not have, or declares otherwise"
        return Closing(NOTHING, {}, (NotSuggested(CHANGES, CHANGES, ", ".join(gone), reason),)), ()
    ready = since(old, new, vignettes)
    missing = ready.unshown(vignettes)
    goals = [Goal(name, one.region) for name, one in missing.items()]
    found = plan(Subject(ready.engine, ref, taken), goals, lambda name: None, effort)
    every = [*vignettes, *(draft.vignette for draft in found.drafts)]
    still = since(old, new, every).unshown(every)
    faults = _faults(ready, found.drafts)
    noticed = {name: ready.noticed(name) for name in missing}
    left = tuple(NotSuggested(name, CHANGES, noticed[name].sentence, NOT_FOUND) for name in still)
    return Closing(closed(found, {*still, *faults}), noticed, left), tuple(faults.values())


def _faults(ready: Since, drafts: Iterable[Draft]) -> dict[str, Diagnostic]:
    found: dict[str, Diagnostic] = {}
    for draft in drafts:
        assert draft.patient is not None
        found |= {name: fault for name in draft.notices if (fault := ready.fault(name, draft.patient))}
    return found
