"""Thresholds: a limit that is let in or left out by mistake, or one step of the grid too far out or in.

A limit that a parameter gives is moved where the parameter is declared, see `parameters`; whether the limit itself is
meant is a matter of each test.
"""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor
from typing import TypeAlias

from redflag_kit.model.condition import NumberTest, Range, ScoreTest
from redflag_kit.model.vocabulary import Grid
from redflag_kit.mutate.fault import Bench, PartFault
from redflag_kit.mutate.homes import Part
from redflag_kit.mutate.mutant import Operator
from redflag_kit.mutate.text import amount, range_text, subject

Limited: TypeAlias = NumberTest | ScoreTest


def bounds(bench: Bench, part: Part) -> Iterator[PartFault]:
    """Yield `above` for `at_least` and the like, at every end of every range."""
    test = limited(part)
    for position, one in enumerate(test.ranges if test else ()):
        if test and one.low != one.high:
            if one.low is not None:
                other = replace(one, low_included=not one.low_included)
                yield _fault(bench, part, _bound(one.low_included), with_range(test, position, other))
            if one.high is not None:
                other = replace(one, high_included=not one.high_included)
                yield _fault(bench, part, _bound(one.high_included), with_range(test, position, other))


def steps(bench: Bench, part: Part) -> Iterator[PartFault]:
    """Yield every limit that stands in the test one step further out and in."""
    test = limited(part)
    for position, one in enumerate(test.ranges if test else ()):
        assert test is not None
        for new, is_outward in _moved(one, bench.grid(test), bench.unit(test)):
            given = one.low_written if new.low != one.low else one.high_written
            if given not in part.home.parameters:
                operator = Operator.THRESHOLD_WIDENED if is_outward != test.negated else Operator.THRESHOLD_NARROWED
                yield _fault(bench, part, operator, with_range(test, position, new))


def limited(part: Part) -> Limited | None:
    """Return the test that a part is, if it has limits that stand in it or come from parameters."""
    test = part.condition
    return test if isinstance(test, NumberTest) or (isinstance(test, ScoreTest) and not test.bands) else None


def with_range(test: Limited, position: int, one: Range) -> Limited:
    """Return a test with another range; the text says it."""
    ranges = (*test.ranges[:position], one, *test.ranges[position + 1 :])
    return with_ranges(test, ranges)


def with_ranges(test: Limited, ranges: tuple[Range, ...]) -> Limited:
    """Return a test with other ranges; the text says them."""
    said = ", ".join(range_text(one, "1") for one in ranges)
    return replace(test, ranges=ranges, text=f"not({said})" if test.negated else said)


def is_empty(one: Range) -> bool:
    """Say whether no number can lie in a range, which no author may write."""
    if one.low is None or one.high is None:
        return False
    return one.low > one.high or (one.low == one.high and not (one.low_included and one.high_included))


def lower_end(limit: Fraction, is_included: bool, grid: Grid, by: int) -> Fraction | None:
    """Return the limit that makes a range begin so many steps later, if it is a number of the grid."""
    position = (limit - grid.low) / grid.step
    first = ceil(position) if is_included else floor(position) + 1
    return _at(grid, first + by if is_included else first + by - 1)


def upper_end(limit: Fraction, is_included: bool, grid: Grid, by: int) -> Fraction | None:
    """Return the limit that makes a range end so many steps later, if it is a number of the grid."""
    position = (limit - grid.low) / grid.step
    last = floor(position) if is_included else ceil(position) - 1
    return _at(grid, last + by if is_included else last + by + 1)


def _at(grid: Grid, index: int) -> Fraction | None:
    return grid.at(index) if 0 <= index < grid.size else None


def _moved(one: Range, grid: Grid, unit: str) -> Iterator[tuple[Range, bool]]:
    """Yield a range with one end one step away, and whether it got wider."""
    for is_outward in (True, False):
        step = 1 if is_outward else -1
        low = None if one.low is None else lower_end(one.low, one.low_included, grid, -step)
        high = None if one.high is None else upper_end(one.high, one.high_included, grid, step)
        moved = [replace(one, low=low, low_written=amount(low, unit))] if low is not None else []
        moved += [replace(one, high=high, high_written=amount(high, unit))] if high is not None else []
        yield from ((new, is_outward) for new in moved if not is_empty(new))


def _bound(was_included: bool) -> Operator:
    return Operator.BOUND_OPENED if was_included else Operator.BOUND_CLOSED


def _fault(bench: Bench, part: Part, operator: Operator, new: Limited) -> PartFault:
    return PartFault(operator, subject(new), part, new, lambda: bench.retested(part, new))
