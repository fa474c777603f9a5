"""Drafts for what no vignette shows, whatever it is: only what they are seen to show once they are there is claimed."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from redflag_kit.results.suggest import Noticed, NotSuggested
from redflag_kit.suggest.plan import Plan

NOT_FOUND = "no patient that was tried shows it for certain; state one by hand"


@dataclass(frozen=True, slots=True)
class Closing:
    """Drafts for what is not shown, what they show by id, and what is left."""

    plan: Plan
    shown: dict[str, Noticed]
    left: tuple[NotSuggested, ...]


def closed(found: Plan, still: Collection[str]) -> Plan:
    """Return the drafts with what they show for certain; `still`: what is not shown with all of them there."""
    kept = [
        replace(draft, notices=own)
        for draft in found.drafts
        if (own := tuple(name for name in draft.notices if name not in still))
    ]
    shown = sum(len(draft.notices) for draft in kept)
    bound = found.bound if shown == found.goals else 0  # what is proved is about all of them
    return replace(found, drafts=tuple(kept), goals=shown, bound=bound)
