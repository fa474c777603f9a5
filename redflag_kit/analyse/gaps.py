"""Gaps: patients for whom no rule of a decision applies, and `otherwise` does not say what then.

Claim: reported exactly if such a legal patient in scope exists. Not covered: silence that `otherwise` declares.
"""

from collections.abc import Iterator

from redflag_kit.analyse.finding import Finding, witness_in
from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import quoted
from redflag_kit.evaluate.engine import Engine
from redflag_kit.logic.algebra import disjunction


def gaps(engine: Engine) -> Iterator[Finding]:
    """Yield one finding per decision with a gap."""
    legal = engine.meaning.legal & engine.meaning.scope
    for decision in engine.guideline.decisions:
        rules = (*decision.rules, *(decision.otherwise or ()))
        region = legal - disjunction(engine.diagrams, (engine.meaning.fires[rule.id] for rule in rules))
        if not region.is_empty():
            message = (
                f"no rule of {quoted(decision.id)} applies to some patients, and `otherwise` does not say what then"
            )
            hint = "add a rule, or declare the gap with `otherwise: silent`"
            patient = witness_in(engine, region)
            yield Finding(codes.RF301, decision.id, (), region, patient, decision.span, message, hint)
