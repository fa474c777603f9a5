"""Which safety properties guard which rules of an edition.

A property guards a rule if it applies to the edition and reads an output that the rule bears on: one that the rule
writes, or leaves silent; with entailed values also one that answers for an output it reads, as a member of
`satisfied_by`; and any output of an earlier decision on which these depend. Properties between two editions apply to
the new one. This says what a property is about. That it would notice every fault of the rule is not claimed.
"""

from collections.abc import Collection, Iterable

from redflag_kit.model.condition import outputs_of
from redflag_kit.model.guideline import Decision, Guideline, Rule
from redflag_kit.model.property import (
    Between,
    Claim,
    Floor,
    Monotone,
    NeverLess,
    Property,
    Statement,
    UnknownSafety,
    Values,
)


def guarded_by(one: Property, guideline: Guideline, applies: bool) -> tuple[str, ...]:
    """Return the rules of an edition that a property guards, in file order; none where it does not apply."""
    if not applies:
        return ()
    return rules_about(_outputs_read(one.claim), one.values, guideline)


def rules_about(outputs: Collection[str], values: Values, guideline: Guideline) -> tuple[str, ...]:
    """Return the rules of an edition that bear on outputs, entailed or as written, in file order."""
    read = _with_what_decides(outputs, values, guideline)
    return tuple(
        rule.id for decision in guideline.decisions for rule in decision.running() if read & _bears_on(rule, decision)
    )


def applies_to(one: Property, guideline: Guideline, in_force: bool, editions: Iterable[Guideline]) -> bool:
    """Say whether a property is about one of all `editions`, as the new one where it is about two."""
    if not isinstance(one.claim, Between):
        return one.applies(guideline, in_force)
    own = (edition for edition in editions if edition.vocabulary.id == one.vocabulary)
    return guideline is one.claim.new.highest(own)


def _outputs_read(claim: Claim | Between) -> set[str]:
    """Return the outputs that a claim names or tests."""
    match claim:
        case Statement(_, when, then):
            return {*outputs_of(when, then)}
        case Floor(rows):
            return {output for row in rows for output, _ in row.least} | {*outputs_of(*(row.when for row in rows))}
        case Monotone(_, outputs, within):
            return {*outputs, *outputs_of(within)}
        case UnknownSafety(outputs):
            return {*outputs}
        case Between(when=when, kept=kept):  # pragma: no branch
            return {*outputs_of(when), *(kept.outputs if isinstance(kept, NeverLess) else outputs_of(kept.condition))}


def _with_what_decides(read: Collection[str], values: Values, guideline: Guideline) -> set[str]:
    """Return outputs with those that answer for them and those that their decisions read."""
    found: set[str] = set()
    waiting = sorted(read)
    while waiting:
        name = waiting.pop()
        if name in found or name not in guideline.outputs:
            continue
        found.add(name)
        if values is Values.ENTAILED:
            waiting += guideline.outputs[name].satisfied_by
        for decision in guideline.decisions:
            if name in decision.outputs:
                waiting += outputs_of(*(rule.when for rule in decision.running()))
    return found


def _bears_on(rule: Rule, decision: Decision) -> set[str]:
    """Return the outputs that a rule writes; one that says nothing leaves every output of its decision silent."""
    return {one.output for one in rule.then} or set(decision.outputs)
