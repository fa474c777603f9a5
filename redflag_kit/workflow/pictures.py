"""What a page draws and answers from: the explorer. Made for a comparison that is shown, not for one that is judged."""

from dataclasses import replace

from redflag_kit.diff.explorer import explorer
from redflag_kit.logic.budget import BudgetExceeded
from redflag_kit.workflow.compared import Compared

SEARCHED = "The explorer was left out: the decision tables are too large for it."


def with_pictures(found: Compared) -> tuple[Compared, tuple[str, ...]]:
    """Return a comparison with what a page draws, and what was left out, in words."""
    if found.body is None:
        return found, ()
    if found.regions is None:
        return found, (SEARCHED,)
    try:
        made = explorer(found.regions.pair, found.regions.changes)
    except BudgetExceeded as error:
        return found, (f"The explorer was left out: its diagrams need more than {error.budget}.",)
    return replace(found, body=replace(found.body, explorer=made)), ()
