"""The thresholds of a guideline as compiled: where the numbers that a test accepts begin and end.

Claim: tests that accept the same numbers have the same thresholds, however they are written: `below 50 a` and
`at_most 49 a` are one where ages are whole years. Thresholds of constraints are none: they decide nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from redflag_kit.compile.compiler import compile_condition
from redflag_kit.compile.expression import Interval, entries
from redflag_kit.model.condition import Condition, NumberTest, Range, tests
from redflag_kit.model.evidence import Parameter
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Stated
from redflag_kit.model.vocabulary import Finding
from redflag_kit.terms.units import convert

SCOPE = "scope"


@dataclass(frozen=True, slots=True)
class Threshold:
    """A gap between two neighbouring numbers, `last` and `first`, that some tests tell apart.

    `values` are the numbers to try: `last`, `first`, and the one beyond on each side that some test accepts.
    `begins` and `ends`: whether some test accepts numbers from `first` on, or up to `last`. `users`: ids of the rules,
    `scope`, and ids of the scores with such a test, `parameters` what those tests call the limit.
    """

    finding: str
    last: Fraction
    first: Fraction
    values: tuple[Fraction, ...]
    begins: bool
    ends: bool
    users: tuple[str, ...]
    parameters: tuple[str, ...]

    def across(self, value: Fraction) -> Fraction:
        """Return the nearest number on the other side."""
        return self.last if value >= self.first else self.first


@dataclass(frozen=True, slots=True)
class _Edge:
    """One end of one interval that a test accepts: `at` is in it; `beyond` too, None where there is no such number."""

    finding: str
    at: Fraction
    outside: Fraction
    beyond: Fraction | None
    user: str
    parameters: tuple[str, ...]


def thresholds(guideline: Guideline) -> tuple[Threshold, ...]:
    """Return the thresholds of a guideline, by finding in the order of the vocabulary, then by number."""
    gaps: dict[tuple[str, Fraction, Fraction], list[_Edge]] = {}
    for user, condition in _conditions(guideline):
        for edge in _edges(guideline, user, condition):
            key = (edge.finding, min(edge.at, edge.outside), max(edge.at, edge.outside))
            gaps.setdefault(key, []).append(edge)
    order = list(guideline.vocabulary.findings)
    ordered = sorted(gaps, key=lambda key: (order.index(key[0]), key[1]))
    return tuple(_threshold(*key, gaps[key]) for key in ordered)


def boundary_cases(found: Iterable[Threshold]) -> tuple[tuple[Stated, ...], ...]:
    """Return cases that state each number to try, so that an engine made with them tells each from its neighbours."""
    numbers = dict.fromkeys((one.finding, value) for one in found for value in (*one.values, one.last, one.first))
    return tuple((Stated(finding, ranges=(Range(value, value),)),) for finding, value in numbers)


def _conditions(guideline: Guideline) -> Iterator[tuple[str, Condition]]:
    yield SCOPE, guideline.scope
    for score in guideline.scores:
        yield from ((score.id, points.when) for points in score.points)
    yield from ((rule.id, rule.when) for rule in guideline.rules())


def _edges(guideline: Guideline, user: str, condition: Condition) -> Iterator[_Edge]:
    for test in tests(condition):
        if isinstance(test, NumberTest):
            finding = guideline.vocabulary.findings[test.finding]
            named = _named(guideline, test)
            for entry in entries(compile_condition(guideline, test)):
                for interval in entry.intervals:
                    yield from _ends(finding, interval, user, named)


def _ends(finding: Finding, interval: Interval, user: str, named: tuple[Parameter, ...]) -> Iterator[_Edge]:
    """Yield the ends of an interval that are not ends of the finding's range."""
    grid = finding.grid
    assert grid is not None
    for at, step in ((interval.low, grid.step), (interval.high, -grid.step)):
        outside, beyond = at - step, at + step
        if outside in grid:
            inside = beyond if interval.low <= beyond <= interval.high else None
            names = tuple(one.id for one in named if _lies(one, finding, outside, at))
            yield _Edge(finding.id, at, outside, inside, user, names)


def _named(guideline: Guideline, test: NumberTest) -> tuple[Parameter, ...]:
    """Return the parameters that a test names."""
    known = {**guideline.vocabulary.parameters, **guideline.parameters}
    written = dict.fromkeys(text for one in test.ranges for text in (one.low_written, one.high_written))
    return tuple(known[text] for text in written if text in known)


def _lies(parameter: Parameter, finding: Finding, one: Fraction, other: Fraction) -> bool:
    """Say whether a parameter is the limit between two neighbouring numbers of a finding."""
    return min(one, other) <= convert(parameter.value, parameter.unit, finding.unit) <= max(one, other)


def _threshold(finding: str, last: Fraction, first: Fraction, edges: list[_Edge]) -> Threshold:
    numbers = {last, first, *(edge.beyond for edge in edges if edge.beyond is not None)}
    return Threshold(
        finding,
        last,
        first,
        tuple(sorted(numbers)),
        begins=any(edge.at == first for edge in edges),
        ends=any(edge.at == last for edge in edges),
        users=tuple(dict.fromkeys(edge.user for edge in edges)),
        parameters=tuple(dict.fromkeys(name for edge in edges for name in edge.parameters)),
    )
