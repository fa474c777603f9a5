"""Links of the chain that lead nowhere: one diagnostic each, at the place where the link should start."""

from collections.abc import Iterable, Iterator

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic, quoted
from redflag_kit.evaluate.reach import RuleReach
from redflag_kit.model.evidence import Source
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.hazard import Hazard
from redflag_kit.model.property import Property
from redflag_kit.model.vignette import Vignette
from redflag_kit.results.trace import TracedControl


def of_rules(guideline: Guideline, reached: Iterable[RuleReach]) -> Iterator[Diagnostic]:
    """Yield rules that cite nothing, and rules that no vignette shows firing or stopping."""
    rules = {rule.id: rule for rule in guideline.rules()}
    for rule in rules.values():
        if not rule.evidence:
            message = f"the rule {quoted(rule.id)} of {guideline.name} cites no source"
            hint = "write it as a rule with `evidence:`, the source that leaves these patients out"
            yield Diagnostic(rule.span, codes.RF176, message, hint, rules=(rule.id,))
    for one in reached:
        span = rules[one.rule].span
        if not one.fires:
            maybe = f"; it may fire in {', '.join(one.may[:3])}" if one.may else ""
            message = f"the rule {quoted(one.rule)} of {guideline.name} fires in no vignette for certain{maybe}"
            hint = "write a vignette for it that expects something of this edition"
            yield Diagnostic(span, codes.RF177, message, hint, rules=(one.rule,))
        if one.can_be_missed and not one.missed:
            message = f"the rule {quoted(one.rule)} of {guideline.name} is narrowly missed in no vignette"
            hint = "write a vignette in which it does not fire and one other answer would make it fire for certain"
            yield Diagnostic(span, codes.RF177, message, hint, rules=(one.rule,))


def of_vignette(vignette: Vignette, rules: dict[str, frozenset[str]]) -> Iterator[Diagnostic]:
    """Yield what a vignette lacks: expectations, or rules that it gives as reasons; `rules` are those of each edition.

    An edition stands under the name and version by which the vignette expects something of it.
    """
    if vignette.todo or not vignette.expectations:
        message = f"{quoted(vignette.id)} still waits for its expected outcomes"
        yield Diagnostic(vignette.span, codes.RF405, message, "read the cited rows and fill them in")
    for expectation in vignette.expectations:
        name = f"{expectation.guideline}@{expectation.version}"
        if name not in rules:
            message = f"{quoted(vignette.id)} expects something of {quoted(name)}, which the project does not have"
            yield Diagnostic(expectation.span, codes.RF402, message, "correct the name, or add the guideline")
            continue
        for rule in expectation.because:
            if rule not in rules[name]:
                claimed = f"{quoted(vignette.id)} gives the rule {quoted(rule)} as a reason"
                message = f"{claimed}, and no such rule runs in {name}"
                yield Diagnostic(expectation.span, codes.RF404, message, "correct `because`", rules=(rule,))


def of_property(one: Property) -> Iterator[Diagnostic]:
    """Yield a property that controls no hazard."""
    if not one.hazards:
        message = f"the property {quoted(one.id)} controls no hazard"
        hint = "add `hazards: [HZ-..]`, and the property to the controls of those hazards"
        yield Diagnostic(one.span, codes.RF178, message, hint)


def of_hazard(hazard: Hazard, controls: Iterable[TracedControl]) -> Iterator[Diagnostic]:
    """Yield a hazard of which no control is in force."""
    if not any(one.in_force for one in controls):
        message = f"no control of the hazard {quoted(hazard.id)} is in force"
        hint = "name a rule, property or vignette of an edition that is in force"
        yield Diagnostic(hazard.span, codes.RF174, message, hint)


def of_source(source: Source) -> Diagnostic:
    """Return the note on a source that nothing cites."""
    message = f"nothing cites the source {quoted(source.id)}"
    return Diagnostic(source.span, codes.RF179, message, "cite it where it is used, or leave it as background")
