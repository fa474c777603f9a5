"""A change that people sign: everything of it that may be signed, and where its sign-off stands with some records."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from redflag_kit.diagnostics.diagnostic import Diagnostic
from redflag_kit.gate.settings import GateSettings
from redflag_kit.model.approval import Approval
from redflag_kit.project.load import Project
from redflag_kit.project.states import States
from redflag_kit.results.diff import DiffBody
from redflag_kit.results.envelope import NotDecided, ResultInput
from redflag_kit.results.signoff import Signoff, SignoffItem
from redflag_kit.workflow.compared import Compared, compare_sides
from redflag_kit.workflow.envelope import FINDINGS, UNDECIDED, UsageError
from redflag_kit.workflow.gate_signoff import Asked, signoff_of
from redflag_kit.workflow.revisions import inputs_of
from redflag_kit.workflow.sides import Side, state_of
from redflag_kit.workflow.signed import items_between, standing_between
from redflag_kit.workflow.states_compared import compare_states
from redflag_kit.workflow.to_sign import items_to_sign, settings_of


@dataclass(frozen=True, slots=True)
class Change:
    """What may be signed of a change, worst first, and the states that it lies between.

    `stand` tells where it stands with the records of the new side, all of them. `past` is the revision that it is
    held against; empty where two editions are compared, of which it is not known who wrote what. What `diagnostics`
    and `not_decided` tell of was not compared, so nothing of it is among the items.
    """

    old: Project
    new: Project
    diffs: tuple[DiffBody, ...]
    items: tuple[SignoffItem, ...]
    inputs: tuple[ResultInput, ...]
    stand: Callable[[tuple[Approval, ...]], Signoff]
    not_decided: tuple[NotDecided, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    past: str = ""


def change_between(old: Side, new: Side, settings: GateSettings, date: str) -> Change:
    """Return what may be signed between two editions. Raises UsageError if they cannot be compared."""
    found = compare_sides(old, new)
    if found.body is None:
        raise _incomparable(found)
    items = items_between(old, new, found.body, settings)
    return Change(
        old=old.project,
        new=new.project,
        diffs=(found.body,),
        items=items,
        inputs=(old.input("old"), new.input("new")),
        stand=lambda records: standing_between(old, new, items, records, settings, date),
        not_decided=found.not_decided,
        diagnostics=found.diagnostics,
    )


def change_since(states: States, revision: str, date: str) -> Change:
    """Return what may be signed of the working files, held against a revision. Raises UsageError."""
    old, new = state_of(states, revision), state_of(states, None)
    read = settings_of(states, old, new)
    found = compare_states(old, new)

    def stand(records: tuple[Approval, ...]) -> Signoff:
        with_records = replace(new, library=replace(new.library, approvals=records))
        return signoff_of(states, replace(found, new=with_records), read, Asked(revision, date))

    return Change(
        old=old,
        new=new,
        diffs=found.diffs,
        items=items_to_sign(found, read, (None, date)),
        inputs=inputs_of(found),
        stand=stand,
        not_decided=found.not_decided,
        diagnostics=found.diagnostics,
        past=revision,
    )


def _incomparable(found: Compared) -> UsageError:
    if found.diagnostics:
        first = found.diagnostics[0]
        return UsageError(f"{first.span}: {first.message}", first.help, FINDINGS)
    left = found.not_decided[0]
    return UsageError(f"not decided: {left.question}; it needs more than {left.budget}", left.established, UNDECIDED)
