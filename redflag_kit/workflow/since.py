"""Which edition each guideline is compared with, when something is asked about what changed since a reference."""

from collections.abc import Iterable, Sequence

from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.diagnostics.diagnostic import quoted
from redflag_kit.diff.pairing import Counterparts, pairing
from redflag_kit.model.guideline import Guideline
from redflag_kit.project.states import States
from redflag_kit.workflow.envelope import UsageError
from redflag_kit.workflow.reference import find_guideline, split_reference
from redflag_kit.workflow.sides import Side, old_state_of


def sides_since(states: States, chosen: Sequence[Guideline], reference: str) -> dict[str, Side | None]:
    """Return, by the name of each chosen guideline, the edition to compare it with: `acp@2007`, `main:`, `main:acp`.

    A revision alone means every guideline that changed since; None stands for one that had no edition then. Raises
    UsageError.
    """
    revision, named = split_reference(states.root, reference)
    before = old_state_of(states, revision)
    if named:
        if len(chosen) != 1:
            hint = "name the guideline that is to be compared with it, or a revision alone, such as main:"
            raise UsageError(f"{quoted(reference)} is one guideline, and {len(chosen)} are asked for", hint)
        return {chosen[0].name: Side(before, find_guideline(before, named), reference)}
    found = counterparts(before.library.guidelines, chosen)
    return {one.new.name: Side(before, one.old, reference) if one.old else None for one in found if one.new}


def counterparts(old: Iterable[Guideline], new: Iterable[Guideline]) -> tuple[Counterparts, ...]:
    """Return the editions that mean something else than before, or stand on one side alone, with their counterparts."""
    return pairing(old, new, lambda a, b: compile_guideline(a).digest == compile_guideline(b).digest).entries
