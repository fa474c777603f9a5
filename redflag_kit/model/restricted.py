"""An edition restricted to some of the outputs that it covers, for where it is in force for these alone."""

from collections.abc import Iterable
from dataclasses import replace

from redflag_kit.model.condition import outputs_of
from redflag_kit.model.guideline import Decision, Guideline
from redflag_kit.model.vocabulary import Output


def restricted(guideline: Guideline, outputs: Iterable[str]) -> Guideline:
    """Return an edition that covers some of its outputs only, and says of these what it said before.

    Tables that none of them needs are left out, and so are definitions that read their outputs. The others keep every
    rule, since each may suppress or outrank another; what they write to outputs left out may be read by later tables,
    but is no outcome and entails nothing.
    """
    kept = frozenset(outputs)
    if kept >= frozenset(guideline.covers):
        return guideline
    gone = frozenset(guideline.covers) - kept
    decisions = _needed(guideline.decisions, kept)
    written = {name for decision in decisions for name in decision.outputs}
    there = {name: one for name, one in guideline.outputs.items() if name in written or name not in gone}
    return replace(
        guideline,
        covers=tuple(name for name in guideline.covers if name in kept),
        outputs={name: _without(one, gone) for name, one in there.items()},
        definitions={name: one for name, one in guideline.definitions.items() if there.keys() >= {*outputs_of(one)}},
        decisions=decisions,
    )


def _needed(decisions: tuple[Decision, ...], outputs: frozenset[str]) -> tuple[Decision, ...]:
    """Return the tables that write one of the outputs, or write what such a table reads."""
    wanted = set(outputs)
    found = []
    for decision in reversed(decisions):  # each comes after those it reads
        if wanted & set(decision.outputs):
            found.append(decision)
            wanted |= {*outputs_of(*(rule.when for rule in decision.running()))}
    return tuple(reversed(found))


def _without(output: Output, gone: frozenset[str]) -> Output:
    left = () if output.id in gone else tuple(name for name in output.satisfied_by if name not in gone)
    return output if left == output.satisfied_by else replace(output, satisfied_by=left)
