"""Plain words for findings and their values."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor

from redflag_kit.compile.cuts import Atoms
from redflag_kit.compile.expression import InputEntry, Interval
from redflag_kit.model.condition import Range, Value
from redflag_kit.model.vocabulary import PRESENT, Finding, Grid, Kind
from redflag_kit.terms.quantity import has_decimal, render

_UNIT_WORDS = {
    "a": "years",
    "mo": "months",
    "wk": "weeks",
    "d": "days",
    "h": "hours",
    "Cel": "°C",
    "[degF]": "°F",
    "[lb_av]": "lb",
    "1": "",
}
_ONE = {"a": "year", "mo": "month", "wk": "week", "d": "day"}


def number_words(number: Fraction, unit: str) -> str:
    """Return a number with its unit in words: `50 years`, `1 day`, `38.5 °C`."""
    words = _ONE.get(unit) if number == 1 else None
    return f"{render(number)} {words or _UNIT_WORDS.get(unit, unit)}".strip()


def word_phrase(finding: Finding, word: str) -> str:
    """Return one value as a phrase that names the finding: `fever`, `no fever`, `weight loss: explained`."""
    said = dict(finding.says).get(word)
    if said:
        return said
    if finding.kind is Kind.YES_NO:
        return finding.label if word == PRESENT else f"no {finding.label}"
    return f"{finding.label}: {word.replace('_', ' ')}"


def value_phrase(finding: Finding, value: Value) -> str:
    """Return a value as a phrase that names the finding: `age 45 years`."""
    if isinstance(value, str):
        return word_phrase(finding, value)
    return f"{finding.label} {number_words(value, finding.unit)}"


def bare_value(finding: Finding, value: Value) -> str:
    """Return a value alone, for tables that name the finding elsewhere: `present`, `45 years`."""
    return value.replace("_", " ") if isinstance(value, str) else number_words(value, finding.unit)


def entry_phrase(finding: Finding, entry: InputEntry) -> str:
    """Return a test in plain words: `age over 50 years`, `no fever`, `pain course: unchanged or worse`."""
    if finding.grid is not None:
        if entry.intervals == (Interval(finding.grid.low, finding.grid.high),):
            return f"{finding.label}: any value"
        ranges = " or ".join(_interval_words(interval, finding.grid, finding.unit) for interval in entry.intervals)
        return f"{finding.label} {ranges}" if ranges else f"{finding.label}: no value at all"
    words = [word for word in finding.words if word in entry.words]
    left_out = [word for word in finding.words if word not in entry.words]
    if not left_out:
        return f"{finding.label}: any value"
    if len(words) == 1:
        return word_phrase(finding, words[0])
    if len(left_out) == 1 and len(finding.words) > 2 and left_out[0] != finding.clean:
        return f"not ({word_phrase(finding, left_out[0])})"
    if finding.says:
        return " or ".join(word_phrase(finding, word) for word in words) or f"{finding.label}: no value at all"
    return f"{finding.label}: {' or '.join(word.replace('_', ' ') for word in words) or 'no value at all'}"


def _interval_words(interval: Interval, grid: Grid, unit: str) -> str:
    if interval.low == interval.high:
        return number_words(interval.low, unit)
    if interval.low == grid.low:
        return f"at most {number_words(interval.high, unit)}"
    if interval.high == grid.high:
        return f"at least {number_words(interval.low, unit)}"
    return f"{render(interval.low)} to {number_words(interval.high, unit)}"


def range_words(one: Range, unit: str) -> str:
    """Return an authored range as its author would say it: `over 50 years`, `at least 28 days`, `20 to 40 years`."""
    if one.low is not None and one.high is not None:
        if one.low == one.high:
            return number_words(one.low, unit)
        if one.low_included and one.high_included:
            return f"{render(one.low)} to {number_words(one.high, unit)}"
        from_low = Range(low=one.low, low_included=one.low_included)
        to_high = Range(high=one.high, high_included=one.high_included)
        return f"{range_words(from_low, unit)} and {range_words(to_high, unit)}"
    if one.low is not None:
        return f"{'at least' if one.low_included else 'over'} {number_words(one.low, unit)}"
    assert one.high is not None  # a test bounds at least one end
    return f"{'at most' if one.high_included else 'under'} {number_words(one.high, unit)}"


def with_decimals(one: Range, grid: Grid | None) -> Range:
    """Return a range whose limits can be written as decimals, for the same patients.

    A limit of 100 [degF] is 340/9 degrees Celsius; over it begins, in steps of 0.1, at 37.8.
    """
    if grid is None:
        return one
    low, high = one.low, one.high
    if low is not None and not has_decimal(low):
        one = replace(one, low=grid.at(ceil((low - grid.low) / grid.step)), low_included=True)
    if high is not None and not has_decimal(high):
        one = replace(one, high=grid.at(floor((high - grid.low) / grid.step)), high_included=True)
    return one


def patient_phrases(
    findings: Mapping[str, Finding], patient: Mapping[str, Value], calm: Mapping[str, Value]
) -> tuple[str, ...]:
    """Return what is worth saying of a witness: its values that are not the ordinary ones, in vocabulary order."""
    return tuple(
        value_phrase(findings[name], patient[name])
        for name in findings
        if name in patient and patient[name] != calm.get(name)
    )


def atom_phrase(finding: Finding, atoms: Atoms, atom: int) -> str:
    """Return one atom as a phrase that names the finding: `no fever`, `age at most 17 years`."""
    words = atoms.inputs[finding.id].words
    if words:
        return word_phrase(finding, words[atom])
    return entry_phrase(finding, InputEntry(finding.id, intervals=(atoms.interval(finding.id, atom),)))


def atom_words(finding: Finding, atoms: Atoms, atom: int) -> str:
    """Return one atom alone, for tables that name the finding elsewhere: `absent`, `at most 17 years`."""
    words = atoms.inputs[finding.id].words
    if words:
        return bare_value(finding, words[atom])
    return atom_phrase(finding, atoms, atom).removeprefix(f"{finding.label} ").removeprefix(f"{finding.label}: ")
