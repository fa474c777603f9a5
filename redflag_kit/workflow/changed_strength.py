"""Section 9 of the diff report: how strong the vignettes are where the new edition says something else."""

from redflag_kit.logic.budget import BudgetExceeded
from redflag_kit.results.envelope import NotDecided
from redflag_kit.results.mutate import EXEMPTED, NOT_DECIDED, STATES, SURVIVED, TestStrength
from redflag_kit.workflow.sides import Side
from redflag_kit.workflow.strength import measure
from redflag_kit.workflow.strength_drafts import with_drafts

SHOWN = (SURVIVED, NOT_DECIDED, EXEMPTED)


def changed_strength(old: Side, new: Side) -> TestStrength | NotDecided:
    """Return what became of the mutants of what changed, with those that nothing notices or needs to notice."""
    try:
        found = measure(new.project, new.guideline, old.guideline)
    except BudgetExceeded as error:
        return NotDecided(f"how strong the vignettes of {new.label} are: {error.question}", "nothing", error.budget)
    told = with_drafts(new.project, found)
    left = sorted((one for one in told if one.state in SHOWN), key=lambda one: STATES.index(one.state))
    return TestStrength(found.told.totals, tuple(left))
