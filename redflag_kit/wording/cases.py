"""Plain words for what a case says."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from redflag_kit.compile.expression import InputEntry
from redflag_kit.model.condition import Range, Value
from redflag_kit.model.vignette import Stated
from redflag_kit.model.vocabulary import Finding
from redflag_kit.results.case import CaseJson, CaseValue
from redflag_kit.terms.quantity import render
from redflag_kit.wording.findings import bare_value, number_words, word_phrase


def stated_words(finding: Finding, stated: Stated | None) -> str:
    """Return what a case says of a finding: `no fever`, `age 45 years`, `fever: not assessed`."""
    if stated is None or stated.unknown:
        return f"{finding.label}: not assessed"
    if finding.grid is not None:
        return f"{finding.label} " + " or ".join(_range_words(one, finding.unit) for one in stated.ranges)
    words = [word for word in finding.words if word in stated.words]
    return " or ".join(word_phrase(finding, word) for word in words)


def _range_words(one: Range, unit: str) -> str:
    assert one.low is not None and one.high is not None
    if one.low == one.high:
        return number_words(one.low, unit)
    return f"{render(one.low)} to {number_words(one.high, unit)}"


def case_json(stated: Iterable[Stated], findings: Mapping[str, Finding]) -> CaseJson:
    """Return a case as the JSON contract writes it, in vocabulary order."""
    by_name = {one.finding: one for one in stated if not one.unknown}
    return {name: _case_value(findings[name], by_name[name]) for name in findings if name in by_name}


def _case_value(finding: Finding, stated: Stated) -> CaseValue:
    if finding.grid is None:
        words = [word for word in finding.words if word in stated.words]
        return words[0] if len(words) == 1 else {"any_of": list(words)}
    number = stated.number()
    if number is not None:
        return number_json(number)
    ends = [(one.low, one.high) for one in stated.ranges if one.low is not None and one.high is not None]
    return {
        "any_of": [number_json(low) if low == high else [number_json(low), number_json(high)] for low, high in ends]
    }


def number_json(number: Fraction) -> str | int:
    """Return a number as the JSON contract writes it: integers as numbers, decimals as text."""
    return number.numerator if number.denominator == 1 else render(number)


def entry_values(finding: Finding, entry: InputEntry) -> tuple[str, ...]:
    """Return the values that a test accepts, for data: words as people say them, numbers as `50` or `50..99`."""
    if finding.grid is None:
        return tuple(bare_value(finding, word) for word in finding.words if word in entry.words)
    return tuple(
        str(number_json(i.low)) if i.low == i.high else f"{number_json(i.low)}..{number_json(i.high)}"
        for i in entry.intervals
    )


def patient_json(patient: Mapping[str, Value], findings: Mapping[str, Finding]) -> CaseJson:
    """Return a complete or partial patient as a case of single values."""
    return {
        name: value if isinstance(value, str) else number_json(value)
        for name in findings
        if (value := patient.get(name)) is not None
    }


def stated_patient(patient: Mapping[str, Value]) -> tuple[Stated, ...]:
    """Return a patient as a case."""
    return tuple(
        Stated(name, frozenset({value})) if isinstance(value, str) else Stated(name, ranges=(Range(value, value),))
        for name, value in patient.items()
    )


def case_phrases(stated: Iterable[Stated], findings: Mapping[str, Finding]) -> tuple[str, ...]:
    """Return a case in plain words, in vocabulary order, findings not assessed left out."""
    by_name = {one.finding: one for one in stated if not one.unknown}
    return tuple(stated_words(findings[name], by_name[name]) for name in findings if name in by_name)
