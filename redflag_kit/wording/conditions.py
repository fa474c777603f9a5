"""Plain words for authored conditions, as a clinician would read them aloud."""

from collections.abc import Mapping

from redflag_kit.compile.expression import InputEntry
from redflag_kit.model.condition import (
    All,
    Always,
    Any,
    AtLeast,
    Condition,
    Named,
    Not,
    NumberTest,
    OutputTest,
    ScoreTest,
    Test,
    WordTest,
)
from redflag_kit.model.guideline import Assignment, Guideline, Rule
from redflag_kit.model.vocabulary import Finding, Output
from redflag_kit.terms.scale import STATUSES
from redflag_kit.wording.findings import entry_phrase, range_words


def condition_phrase(condition: Condition, findings: Mapping[str, Finding], outputs: Mapping[str, Output]) -> str:
    """Return a condition in plain words, parts in brackets where reading would otherwise be ambiguous."""

    def phrase(part: Condition) -> str:
        return condition_phrase(part, findings, outputs)

    def grouped(part: Condition) -> str:
        inner = part.meaning if isinstance(part, Named) else part
        text = phrase(part)
        return f"({text})" if isinstance(inner, All | Any | AtLeast) and len(inner.members) > 1 else text

    match condition:
        case WordTest() | NumberTest() | OutputTest() | ScoreTest():
            return test_phrase(condition, findings, outputs)
        case Always():
            return "always"
        case All(parts):
            return " and ".join(map(grouped, parts))
        case Any(parts):
            return " or ".join(map(grouped, parts))
        case AtLeast(n, parts):
            return f"at least {n} of: " + "; ".join(map(phrase, parts))
        case Not(part):
            return (
                f"none of: {'; '.join(map(phrase, _alternatives(part)))}"
                if _alternatives(part)
                else f"not {grouped(part)}"
            )
        case Named(_, meaning):
            return phrase(meaning)


def _alternatives(part: Condition) -> tuple[Condition, ...]:
    inner = part.meaning if isinstance(part, Named) else part
    return inner.members if isinstance(inner, Any) else ()


def test_phrase(test: Test, findings: Mapping[str, Finding], outputs: Mapping[str, Output]) -> str:
    """Return one test in plain words."""
    match test:
        case WordTest(name, words):
            return entry_phrase(findings[name], InputEntry(name, words=words))
        case NumberTest(name, ranges, negated):
            alternatives = " or ".join(range_words(one, findings[name].unit) for one in ranges)
            return f"{findings[name].label} {'not ' if negated else ''}{alternatives}"
        case OutputTest(name, values):
            output = outputs[name]
            ordered = output.scale.levels if output.scale else output.elements
            said = [output.phrase(value) for value in ordered if value in values]
            said += [value.replace("_", " ") for value in STATUSES if value in values]
            return f"{output.label}: {' or '.join(said)}"
        case ScoreTest(name, _, _, text):
            return f"{name.replace('_', ' ')}: {text}"


def then_phrase(rule: Rule, outputs: Mapping[str, Output]) -> str:
    """Return what a rule writes in plain words: `MRI: without waiting; ESR: optional`."""
    if rule.inert:
        return f"nothing (inert: {rule.inert})"
    return "; ".join(assignment_phrase(a, outputs) for a in rule.then) or "silent"


def assignment_phrase(assignment: Assignment, outputs: Mapping[str, Output]) -> str:
    """Return one output entry in plain words."""
    output = outputs[assignment.output]
    return f"{output.label}: {', '.join(output.phrase(value) for value in assignment.values)}"


def rule_phrase(rule: Rule, guideline: Guideline) -> str:
    """Return a rule's condition in plain words."""
    return condition_phrase(rule.when, guideline.vocabulary.findings, guideline.outputs)


def value_words(output: Output | None, value: str) -> str:
    """Return a level, element or status of an output in plain words."""
    statuses = {
        "silent": "says nothing",
        "out_of_scope": "out of scope",
        "not_covered": "not covered",
        "gap": "no rule applies (undeclared gap)",
        "conflict": "rules contradict each other",
    }
    if value in statuses:
        return statuses[value]
    return output.phrase(value) if output else value.replace("_", " ")
