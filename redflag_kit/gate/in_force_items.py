"""What counts on the two sides of a change: for each guideline and output the edition that is in force.

Claim: an item is there exactly for the outputs of which another edition counts than before, and no pair of editions,
and no guideline that was added or taken away, shows that.
"""

from collections.abc import Iterable, Mapping

from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.gate.items import IN_FORCE_CHANGED, item
from redflag_kit.gate.lineage import Lineage
from redflag_kit.gate.settings import GateSettings
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.in_force import in_force
from redflag_kit.results.gate import SignoffItem

NOTHING = "no edition"


def in_force_items(both: Lineage, settings: GateSettings, at: str | None) -> Iterable[SignoffItem]:
    """Yield an item for each move between editions, with all outputs that make it, at a date or in the latest state."""
    before, after = _counting(both.old.values(), at), _counting(both.new.values(), at)
    moved: dict[tuple[str, str, str], list[str]] = {}
    for family, output in sorted({*before, *after}):
        old, new = before.get((family, output), ""), after.get((family, output), "")
        if old != new and not _is_shown(both, output, old, new, frozenset(after.values())):
            moved.setdefault((family, old, new), []).append(output)
    roles = settings.roles.get("in_force_changed", ())
    for (family, old, new), outputs in sorted(moved.items()):
        vocabulary = (both.new.get(new) or both.old[old]).vocabulary
        label = ", ".join(vocabulary.outputs[name].label for name in outputs)
        yield item(
            IN_FORCE_CHANGED,
            [family, outputs, _digest(both.old.get(old)), _digest(both.new.get(new))],
            roles,
            f"{new or NOTHING} counts now where {old or NOTHING} of {family} counted before: {label}",
            guideline=family,
            old=old,
            new=new,
            output=outputs[0] if len(outputs) == 1 else "",
            label=label,
        )


def _counting(guidelines: Iterable[Guideline], at: str | None) -> Mapping[tuple[str, str], str]:
    """Return which edition is in force, by guideline and output."""
    return {
        (family.id, output): one.guideline.name
        for family in in_force(guidelines, at)
        for one in family.in_force
        for output in one.outputs
    }


def _is_shown(both: Lineage, output: str, old: str, new: str, standing: frozenset[str]) -> bool:
    """Say whether something else tells a reviewer that another edition counts for an output.

    A pair tells it if it compares the two; or, where nothing counts on one side, if its other edition does not cover
    the output, so that every patient of it is in a change class.
    """
    if old and new:
        return (old, new) in both.pairs
    if new:
        if new not in both.before:
            return True
        return output not in both.old[both.before[new]].covers
    after = both.carried_on[old]
    return not after or any(name in standing and output not in both.new[name].covers for name in after)


def _digest(guideline: Guideline | None) -> str | None:
    return None if guideline is None else compile_guideline(guideline).digest
