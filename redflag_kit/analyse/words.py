"""Faults of a guideline in clinical words: where it stands, what is so, what to do, which other lines belong to it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from redflag_kit.analyse.fault import Fault
from redflag_kit.compile.prepared import Prepared
from redflag_kit.diagnostics.codes import (
    RF301,
    RF302,
    RF303,
    RF304,
    RF305,
    RF306,
    RF307,
    RF308,
    RF309,
    RF310,
    RF311,
    RF312,
    RF313,
    RF315,
    Code,
)
from redflag_kit.diagnostics.diagnostic import Note, quoted
from redflag_kit.diagnostics.span import Span
from redflag_kit.model.guideline import Decision, Guideline, Rule
from redflag_kit.semantics.hit_policies import LISTED
from redflag_kit.wording.conditions import then_phrase, value_words
from redflag_kit.wording.findings import number_words


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of one fault."""

    span: Span
    message: str
    help: str
    related: tuple[Note, ...] = ()


def told(ready: Prepared, fault: Fault) -> Words:
    """Return what is said of a fault of a guideline."""
    return TELL[fault.code](ready, fault)


def listed(names: Iterable[str], joined: str = "and") -> str:
    """Return names for a message: `A`, `A` and `B`, or `A`, `B` and `C`."""
    *most, last = [quoted(name) for name in names]
    return f"{', '.join(most)} {joined} {last}" if most else last


def _decision(guideline: Guideline, fault: Fault) -> Decision:
    return next(one for one in guideline.decisions if one.id == fault.decision)


def _rules(ready: Prepared, names: Iterable[str]) -> list[Rule]:
    return [ready.by_id[name] for name in names]


def _notes(ready: Prepared, names: Iterable[str], said: str) -> tuple[Note, ...]:
    return tuple(Note(rule.span, said) for rule in _rules(ready, names))


def _gap(ready: Prepared, fault: Fault) -> Words:
    exact = _exact_values(ready, fault)
    message = f"no rule of {quoted(fault.decision)} applies to some patients, and `otherwise` does not say what then"
    if exact:
        message = f"{message}; left out is exactly {' and '.join(exact)}"
    return Words(
        _decision(ready.guideline, fault).span, message, "add a rule, or declare the gap with `otherwise: silent`"
    )


def _exact_values(ready: Prepared, fault: Fault) -> list[str]:
    """Return the numbers of which a region leaves only one value in each of its alternatives, in words."""
    said: list[str] = []
    findings = ready.guideline.vocabulary.findings
    assert fault.where is not None  # a gap is told with its region
    cubes = fault.where.cubes
    for name, finding in findings.items():
        if finding.grid is None or not all(name in cube for cube in cubes):
            continue
        intervals = {i for cube in cubes for i in ready.atoms.entry(name, cube[name]).intervals}
        if all(i.low == i.high for i in intervals):
            numbers = " or ".join(number_words(low, finding.unit) for low in sorted(i.low for i in intervals))
            said.append(f"{finding.label} {numbers}")
    return said


def _together(fault: Fault) -> str:
    both = "both" if len(fault.rules) == 2 else "all"
    return f"rules {listed(fault.rules)} of {quoted(fault.decision)} {both} apply to some patients"


def _capped(fault: Fault) -> str:
    """Return what is said where more sets of rules meet than are told in full."""
    return f" (one of more than {fault.detail['sets_reported']} sets that meet)" if fault.detail else ""


def _overlap(ready: Prepared, fault: Fault) -> Words:
    return _meeting(ready, fault, f"{_together(fault)}, and UNIQUE allows one{_capped(fault)}")


def _conflict(ready: Prepared, fault: Fault) -> Words:
    outputs = ready.guideline.outputs
    said = dict.fromkeys(then_phrase(rule, outputs) for rule in _rules(ready, fault.rules))
    return _meeting(ready, fault, f"{_together(fault)} and disagree ({'; against '.join(said)}){_capped(fault)}")


def _meeting(ready: Prepared, fault: Fault, message: str) -> Words:
    *others, last = fault.rules
    said = "the other rule" if len(others) == 1 else "one of the other rules"
    return Words(
        _rules(ready, [last])[0].span,
        message,
        "narrow one of them, add `overrides`, or choose another hit policy",
        _notes(ready, others, said),
    )


def _never(ready: Prepared, fault: Fault) -> Words:
    (rule,) = _rules(ready, fault.rules)
    message = f"the rule {quoted(rule.id)} applies to no patient: {_why_never(ready, fault)}"
    notes = _notes(ready, fault.others, "this rule would write it")
    return Words(rule.span, message, "correct its condition, or delete it", notes)


def _why_never(ready: Prepared, fault: Fault) -> str:
    match fault.detail["why"]:
        case "value":
            name, *values = fault.names
            output = ready.guideline.outputs[name]
            never = f"{output.label} is never {' or '.join(value_words(output, value) for value in values)}"
            if not fault.others:
                return f"{never}, as no rule writes it"
            return f"{never}, as {listed(fault.others)} {'decides' if len(fault.others) == 1 else 'decide'} for nobody"
        case "contradiction":
            return "its own tests exclude each other"
        case "earlier":
            return f"what earlier decisions say of {listed(fault.names)} excludes it"
        case "scope":
            return "the scope of the guideline excludes them"
        case _:
            if len(fault.names) == 1:
                return f"the constraint {listed(fault.names)} excludes them"
            return f"the constraints {listed(fault.names)} exclude them"


def _nobody(ready: Prepared, fault: Fault) -> Words:
    message = f"scope and constraints of {quoted(ready.guideline.name)} leave no patient"
    return Words(ready.guideline.span, message, "widen the scope, or correct a constraint")


def _masked(ready: Prepared, fault: Fault) -> Words:
    (rule,) = _rules(ready, fault.rules)
    match fault.others:
        case ():
            comes = "one of several other rules comes first"
        case (other,):
            comes = f"{quoted(other)} comes first"
        case _:
            comes = f"one of {listed(fault.others)} comes first"
    message = f"the rule {quoted(rule.id)} never decides: wherever its condition holds, {comes}"
    notes = _notes(ready, fault.others, "this rule comes first")
    return Words(rule.span, message, "delete it, narrow what comes first, or mark it `inert` with a reason", notes)


def _partly_masked(ready: Prepared, fault: Fault) -> Words:
    (rule,) = _rules(ready, fault.rules)
    wins = "wins" if len(fault.others) == 1 else "win"
    message = f"{listed(fault.others)} {wins} over the rule {quoted(rule.id)} for some patients to whom both apply"
    notes = _notes(ready, fault.others, "this rule wins")
    return Words(rule.span, message, "nothing needs to be done if that is meant; else narrow one of them", notes)


def _duplicates(ready: Prepared, fault: Fault) -> Words:
    first, *others = fault.rules
    message = f"rules {listed(fault.rules)} of {quoted(fault.decision)} apply to the same patients and say the same"
    if fault.code is RF313:
        message = f"{message}, and UNIQUE allows one"
    last = _rules(ready, others[-1:])[0]
    notes = _notes(ready, (first, *others[:-1]), "the same rule")
    return Words(last.span, message, "keep one of them, with the evidence of both", notes)


def _subsumed(ready: Prepared, fault: Fault) -> Words:
    (rule,) = _rules(ready, fault.rules)
    message = f"the rule {quoted(rule.id)} lies inside {listed(fault.others)}, which says the same"
    notes = _notes(ready, fault.others, "the wider rule")
    return Words(rule.span, message, "delete it, or waive this if it stands for evidence of its own", notes)


def _redundant(ready: Prepared, fault: Fault) -> Words:
    (rule,) = _rules(ready, fault.rules)
    message = f"without the rule {quoted(rule.id)} every outcome is the same"
    if fault.others:
        message = f"{message}, as {listed(fault.others)} says it too"
    notes = _notes(ready, fault.others, "this rule says the same")
    return Words(rule.span, message, "delete it, or waive this if it stands for evidence of its own", notes)


def _irrelevant(ready: Prepared, fault: Fault) -> Words:
    (name,) = fault.names
    label = quoted(ready.guideline.vocabulary.findings[name].label)
    if not fault.detail["everywhere"]:
        span = _decision(ready.guideline, fault).span
        return Words(span, f"{label} is read by {quoted(fault.decision)} but never changes its result", _NEVER_MATTERS)
    decisions = [one for one in ready.guideline.decisions if one.id == fault.decision]
    span = decisions[0].span if decisions else ready.guideline.span
    return Words(span, f"{label} is read but never changes what is recommended", _NEVER_MATTERS)


_NEVER_MATTERS = "look for the rule in which it should make a difference, or stop asking for it"


def _mergeable(ready: Prepared, fault: Fault) -> Words:
    one, other = _rules(ready, fault.rules)
    (name,) = fault.names
    findings = ready.guideline.vocabulary.findings
    label = findings[name].label if name in findings else name
    message = (
        f"rules {listed(fault.rules)} of {quoted(fault.decision)} can be one rule: they differ in {quoted(label)} only"
    )
    hint = f"write one rule in the place of {listed(fault.others)}; that this changes nothing is proved"
    return Words(other.span, message, hint, (Note(one.span, "the other rule"),))


def _three_valued(ready: Prepared, fault: Fault) -> Words:
    (name,) = fault.names
    output = ready.guideline.outputs[name]
    element, value = str(fault.detail["element"]), str(fault.detail["value"])
    said = output.phrase(element) if value == LISTED else value_words(output, value)
    message = (
        f"{quoted(output.label)} is decided ({said}) for patients of whom three-valued evaluation of the rules of "
        f"{quoted(fault.decision)} would leave it open"
    )
    hint = "nothing is wrong here; mind it where the rules are run by another engine"
    return Words(_decision(ready.guideline, fault).span, message, hint)


TELL: dict[Code, Callable[[Prepared, Fault], Words]] = {
    RF301: _gap,
    RF302: _overlap,
    RF303: _conflict,
    RF304: _never,
    RF305: _nobody,
    RF306: _masked,
    RF307: _duplicates,
    RF308: _subsumed,
    RF309: _redundant,
    RF310: _irrelevant,
    RF311: _mergeable,
    RF312: _three_valued,
    RF313: _duplicates,
    RF315: _partly_masked,
}
