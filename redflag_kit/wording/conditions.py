"""Plain words for authored conditions, as a clinician would read them aloud."""

from collections.abc import Iterable, Mapping

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
from redflag_kit.model.vocabulary import Finding, Kind, Output
from redflag_kit.terms.scale import STATUSES
from redflag_kit.wording.findings import entry_phrase, range_words, with_decimals


def condition_phrase(condition: Condition, findings: Mapping[str, Finding], outputs: Mapping[str, Output]) -> str:
    """Return a condition in plain words, parts in brackets where reading would otherwise be ambiguous."""

    def phrases(parts: Iterable[Condition], beside: str) -> list[str]:
        said = [(_plain(part), condition_phrase(part, findings, outputs)) for part in parts]
        return [f"({text})" if _is_ambiguous(part, text, beside) else text for part, text in said]

    match condition:
        case Named(_, only) | All((only,)) | Any((only,)):
            return condition_phrase(only, findings, outputs)
        case WordTest() | NumberTest() | OutputTest() | ScoreTest():
            return test_phrase(condition, findings, outputs)
        case Always():
            return "always"
        case All(parts):
            return " and ".join(phrases(parts, "and"))
        case Any(parts):
            return " or ".join(phrases(parts, "or"))
        case AtLeast(n, parts):
            return f"at least {n} of: " + "; ".join(phrases(parts, ";"))
        case Not(part):  # pragma: no branch
            inner = _plain(part)
            if isinstance(inner, Any):
                return "none of: " + "; ".join(phrases(inner.members, ";"))
            if isinstance(inner, WordTest) and findings[inner.finding].kind is Kind.YES_NO:
                left = frozenset(findings[inner.finding].words) - inner.words
                return test_phrase(WordTest(inner.finding, left, inner.text), findings, outputs)
            return f"not {phrases((inner,), 'not')[0]}"


def _plain(condition: Condition) -> Condition:
    """Return a condition without the names and the lists of one that stand around it."""
    match condition:
        case Named(_, only) | All((only,)) | Any((only,)):
            return _plain(only)
        case _:
            return condition


def _is_ambiguous(part: Condition, text: str, beside: str) -> bool:
    """Say whether a part could be misread beside `and`, `or`, `;` or `not`."""
    match part:
        case All() | Any():
            return beside != ";"
        case AtLeast():
            return True
        case Not(inner):
            bare = not text.startswith("not (") and beside in ("and", "or")
            return bare or isinstance(_plain(inner), Any)
        case WordTest(_, alternatives) | OutputTest(_, alternatives) | NumberTest(_, alternatives, False):
            joined = len(alternatives) > 1 and " or " in text and not text.startswith("not (")
            return joined and beside in ("and", "not")
        case _:
            return False


def test_phrase(test: Test, findings: Mapping[str, Finding], outputs: Mapping[str, Output]) -> str:
    """Return one test in plain words."""
    match test:
        case WordTest(name, words):
            return entry_phrase(findings[name], InputEntry(name, words=words))
        case NumberTest(name, ranges, negated):
            finding = findings[name]
            written = [with_decimals(one, finding.grid) for one in ranges]
            alternatives = " or ".join(range_words(one, finding.unit) for one in written)
            if negated:
                one = len(ranges) == 1 and " and " not in alternatives
                alternatives = f"not {alternatives}" if one else f"not ({alternatives})"
            return f"{finding.label} {alternatives}"
        case OutputTest(name, values):
            output = outputs[name]
            ordered = output.scale.levels if output.scale else output.elements
            said = [output.phrase(value) for value in ordered if value in values]
            said += [_status_words(value) for value in STATUSES if value in values]
            return f"{output.label}: {' or '.join(said)}"
        case ScoreTest(name, _, _, text):  # pragma: no branch
            return f"{name}: {text}".replace("_", " ")


def _status_words(status: str) -> str:
    return "nothing said" if status == "silent" else status.replace("_", " ")


def then_phrase(rule: Rule, outputs: Mapping[str, Output]) -> str:
    """Return what a rule writes in plain words: `MRI: without waiting; ESR: optional`."""
    if rule.inert:
        return f"nothing (inert: {rule.inert})"
    return "; ".join(assignment_phrase(a, outputs) for a in rule.then) or "says nothing"


def advice_phrase(rule: Rule, guideline: Guideline) -> str:
    """Return what a rule writes in plain words; outputs it is not in force for last, named as such."""
    own = frozenset((*guideline.covers, *(guideline.outputs.keys() - guideline.vocabulary.outputs.keys())))
    ended = tuple(a for a in rule.then if a.output not in own)
    if not ended:
        return then_phrase(rule, guideline.outputs)
    left = [assignment_phrase(a, guideline.outputs) for a in rule.then if a.output in own]
    past = "; ".join(assignment_phrase(a, guideline.outputs) for a in ended)
    return "; ".join([*left, f"no longer in force: {past}"])


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
