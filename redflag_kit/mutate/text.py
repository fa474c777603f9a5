"""Parts of guidelines as the text an author would write: YAML of this language, on one line.

Claim: read at the place of what it was made from, the text gives the same condition. Spelling may differ from the
author's: `{fever: present}` becomes `fever`, quoted FEEL tests become words wherever words can say it.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

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
    Range,
    ScoreTest,
    Test,
    Value,
    WordTest,
)
from redflag_kit.model.guideline import Assignment, Guideline, Rule
from redflag_kit.model.vocabulary import PRESENT, Assume, Finding, Kind, Output
from redflag_kit.source.dump import Data, flow
from redflag_kit.terms.quantity import has_decimal, render
from redflag_kit.terms.scale import STATUSES

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", re.ASCII)


class Writer:
    """Writes parts of one guideline; what was written before is looked up."""

    def __init__(self, guideline: Guideline) -> None:
        self._findings: Mapping[str, Finding] = guideline.vocabulary.findings
        self._outputs: Mapping[str, Output] = guideline.outputs
        self._known: dict[int, tuple[Condition, str]] = {}

    def condition(self, condition: Condition) -> str:
        """Return a condition as a value."""
        known = self._known.get(id(condition))
        if known is None:
            known = self._known[id(condition)] = (condition, self._condition(condition))
        return known[1]

    def _condition(self, condition: Condition) -> str:
        match condition:
            case Always():
                return "always"
            case Named(name):
                return name
            case WordTest(finding, words) if words == {PRESENT} and self._findings[finding].kind is Kind.YES_NO:
                return finding
            case All(parts) if is_map(condition):
                entries = [self.entry(part) for part in parts]
                keys = {key for key, _ in entries}
                if "" in keys or len(keys) < len(entries):
                    return self._listed("all", parts)
                return "{" + ", ".join(f"{key}: {value}" for key, value in entries) + "}"
            case _:
                key, value = self.entry(condition)
                return f"{{{key}: {value}}}"

    def entry(self, condition: Condition) -> tuple[str, str]:
        """Return a condition as one entry of a map; no key if it cannot be one."""
        match condition:
            case All(parts):
                return "all", self._list(parts)
            case Any(parts):
                return "any", self._list(parts)
            case AtLeast(n, parts):
                return "at_least", f"{{n: {n}, of: {self._list(parts)}}}"
            case Not(part):
                return "not", self.condition(part)
            case Named() | Always():
                return "", ""
            case _:
                return subject(condition), self.test(condition)

    def _listed(self, word: str, parts: tuple[Condition, ...]) -> str:
        return f"{{{word}: {self._list(parts)}}}"

    def _list(self, parts: tuple[Condition, ...]) -> str:
        return "[" + ", ".join(self.condition(part) for part in parts) + "]"

    def test(self, test: Test) -> str:
        """Return what stands after the finding, output or score of a test."""
        match test:
            case WordTest(finding, words):
                return one_or_list(words_texts(words, self._findings[finding], is_negative(test)))
            case NumberTest(finding, ranges, negated):
                return ranges_text(ranges, negated, self._findings[finding].unit)
            case ScoreTest(_, ranges, negated):
                return one_or_list([*test.bands]) if test.bands else ranges_text(ranges, negated, "1")
            case OutputTest(name, values):  # pragma: no branch
                return one_or_list(output_texts(values, self._outputs[name]))

    def then(self, assignments: tuple[Assignment, ...]) -> str:
        """Return what a rule recommends."""
        return flow({one.output: self._written(one) for one in assignments}) if assignments else "silent"

    def values(self, assignment: Assignment) -> str:
        """Return what stands after the output in what a rule recommends."""
        return flow(self._written(assignment))

    def _written(self, assignment: Assignment) -> Data:
        scale = self._outputs[assignment.output].scale
        return assignment.values[0] if scale else list(assignment.values)

    def rule(self, rule: Rule) -> str:
        """Return a rule in short: its id, its condition, and what it recommends."""
        return f"{{id: {flow(rule.id)}, when: {self.condition(rule.when)}, then: {self.then(rule.then)}}}"


def is_map(condition: Condition) -> bool:
    """Say whether a condition was written as a map that means all its entries."""
    return isinstance(condition, All) and bool(condition.span.line) and not condition.word_span.line


def subject(test: Test) -> str:
    """Return the finding, output or score that a test is about."""
    match test:
        case WordTest(name) | NumberTest(name) | OutputTest(name) | ScoreTest(name):  # pragma: no branch
            return name


def amount(number: Fraction, unit: str) -> str:
    """Return a number with its unit, as a threshold or parameter is written."""
    return render(number) if unit == "1" else f"{render(number)} {unit}"


def policy(assume: Assume | None) -> Data:
    """Return what is done where nothing is known of a finding."""
    if assume is None:
        return "ask"
    cite: dict[str, Data] = {"cite": assume.cite} if assume.cite else {}
    return {"assume": _value(assume.value), "reason": assume.reason, "evidence": assume.evidence, **cite}


def _value(value: Value) -> Data:
    if isinstance(value, str):
        return value
    return Decimal(render(value)) if has_decimal(value) else render(value)


def range_text(one: Range, unit: str) -> str:
    """Return a range as an author writes it; the ends by the names they were given by."""
    low = one.low_written or ("" if one.low is None else amount(one.low, unit))
    high = one.high_written or ("" if one.high is None else amount(one.high, unit))
    if one.high is None:
        return f"{'at_least' if one.low_included else 'above'} {low}"
    if one.low is None:
        return f"{'at_most' if one.high_included else 'below'} {high}"
    if one.low_included and one.high_included:
        return low if one.low == one.high else f"{low} to {high}"
    return f"{'[' if one.low_included else '('}{low}..{high}{']' if one.high_included else ')'}"


def ranges_text(ranges: tuple[Range, ...], negated: bool, unit: str) -> str:
    """Return ranges as what stands after a finding or score."""
    texts = [range_text(one, unit) for one in ranges]
    if not negated:
        return one_or_list(texts)
    return flow(f"is_not {texts[0]}" if len(texts) == 1 else f"not({', '.join(texts)})")


def one_or_list(texts: list[str]) -> str:
    """Return words as one value, or as a list where there are several."""
    said = [text if _NUMBER.fullmatch(text) else flow(text) for text in texts]
    return said[0] if len(said) == 1 else f"[{', '.join(said)}]"


def words_texts(words: frozenset[str], finding: Finding, is_negative: bool) -> list[str]:
    """Return the values of a finding that a test accepts, by what it leaves out if it is to be told so."""
    left_out = [word for word in finding.words if word not in words]
    if is_negative and len(left_out) == 1:
        return [f"is_not {left_out[0]}"]
    return [word for word in finding.words if word in words]


def output_texts(values: frozenset[str], output: Output) -> list[str]:
    """Return the levels, elements and statuses that a test accepts, neighbouring levels as one text."""
    statuses = [status for status in STATUSES if status in values]
    if output.scale is None:
        return [*(f"includes {one}" for one in output.elements if one in values), *statuses]
    levels = output.scale.levels
    if len(statuses) == len(STATUSES):
        rest = _levels_texts([level for level in levels if level not in values], levels)
        return [f"is_not {rest[0]}"] if len(rest) == 1 else [*(one for one in levels if one in values), *statuses]
    return [*_levels_texts([level for level in levels if level in values], levels), *statuses]


def _levels_texts(chosen: list[str], levels: tuple[str, ...]) -> list[str]:
    if len(chosen) < 2:
        return chosen
    first, last = levels.index(chosen[0]), levels.index(chosen[-1])
    if last - first + 1 > len(chosen):
        return chosen
    if last == len(levels) - 1:
        return [f"at_least {chosen[0]}"]
    return [f"at_most {chosen[-1]}"] if first == 0 else [f"{chosen[0]} to {chosen[-1]}"]


def is_negative(test: Test) -> bool:
    """Say whether a test was written as what is not accepted."""
    return test.text.startswith(("is_not ", "not(", "not ("))
