"""Rules that cannot apply to any legal patient in scope.

Claim: reported exactly if no such patient fires the rule after exceptions; for `otherwise` rules, if none reaches it.
The `otherwise: silent` shorthand is not a rule of its own and is not reported.
"""

from collections.abc import Iterator

from redflag_kit.analyse.finding import Finding
from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import quoted
from redflag_kit.evaluate.engine import Engine
from redflag_kit.model.condition import Always


def dead_rules(engine: Engine) -> Iterator[Finding]:
    """Yield one finding per rule that never fires; one for the whole guideline if no patient is possible at all."""
    meaning = engine.meaning
    legal = meaning.legal & meaning.scope
    guideline = engine.guideline
    if legal.is_empty():
        message = f"scope and constraints of {quoted(guideline.name)} leave no patient"
        yield Finding(
            codes.RF305, "", (), legal, None, guideline.span, message, "widen the scope, or correct a constraint"
        )
        return
    for decision in guideline.decisions:
        for rule in (*decision.rules, *(decision.otherwise or ())):
            region = legal & meaning.fires[rule.id]
            shorthand = rule.id == f"{decision.id}.otherwise" and isinstance(rule.when, Always)
            if region.is_empty() and not shorthand:
                why = (
                    "its condition cannot hold"
                    if (legal & meaning.holds[rule.id]).is_empty()
                    else "other rules always come first"
                )
                message = f"the rule {quoted(rule.id)} applies to no patient: {why}"
                yield Finding(
                    codes.RF304,
                    decision.id,
                    (rule.id,),
                    region,
                    None,
                    rule.span,
                    message,
                    "correct its condition, or delete it",
                )
