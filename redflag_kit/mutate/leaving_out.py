"""Rules left out, rows of `otherwise` too."""

from collections.abc import Iterator
from functools import partial

from redflag_kit.model.guideline import Rule
from redflag_kit.mutate.effects import RowChange
from redflag_kit.mutate.fault import Bench, Fault, Told
from redflag_kit.mutate.mutant import Operator, RuleDropped


def left_out(bench: Bench) -> Iterator[Fault]:
    """Yield every rule left out; the last of a decision too, which the table shows and no author overlooks."""
    for rule in bench.guideline.rules():
        effect = bench.effects.of_rule(rule.id, RowChange(dropped=True))
        edit, tell = partial(RuleDropped, rule.id), partial(_told, bench, rule)
        kind = Operator.RULE_DROPPED
        yield Fault(kind, rule.id, "", rule.id, effect, edit, tell, kind)


def _told(bench: Bench, rule: Rule) -> Told:
    if rule.places.whole.line or not rule.span.line:
        return Told(rule.places.whole, bench.writer.rule(rule), "", f"without the rule: {rule.title}")
    return Told(rule.span, "silent", "", "a patient whom no rule reaches is forgotten")
