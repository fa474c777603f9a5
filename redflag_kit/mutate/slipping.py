"""Units that slip: an amount ten times too large or too small, or in a unit that authors take for another.

SOURCE of the pairs: units of one dimension that differ by a prefix, by metric and customary use, or by the next larger
stretch of time; each pair measures the same, so the slip is legal and silent.
"""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from redflag_kit.model.condition import NumberTest, Range
from redflag_kit.mutate.fault import Bench, PartFault
from redflag_kit.mutate.homes import Part
from redflag_kit.mutate.mutant import Operator
from redflag_kit.mutate.text import amount
from redflag_kit.mutate.thresholds import Limited, is_empty, with_range
from redflag_kit.terms.quantity import NotAQuantity, Quantity, has_decimal, parse_quantity
from redflag_kit.terms.units import convert

CONFUSED = (
    ("s", "min"), ("min", "h"), ("h", "d"), ("d", "wk"),
    ("/min", "/h"), ("/h", "/d"),
    ("Cel", "[degF]"),
    ("mm", "cm"), ("cm", "m"), ("cm", "[in_i]"), ("[in_i]", "[ft_i]"),
    ("ug", "mg"), ("mg", "g"), ("g", "kg"), ("kg", "[lb_av]"),
    ("mL", "dL"), ("dL", "L"), ("mL", "L"), ("mL/min", "mL/h"),
    ("mg/d", "g/d"),
    ("g/dL", "g/L"), ("mg/dL", "mg/L"), ("mg/dL", "g/L"), ("ug/L", "mg/L"), ("ug/mL", "ng/mL"), ("ug/mL", "mg/dL"),
    ("mmol/L", "umol/L"), ("mol/L", "mmol/L"),
    ("10*9/L", "10*12/L"), ("10*9/L", "/uL"), ("10*3/uL", "10*6/uL"), ("10*3/uL", "/uL"),
    ("%", "1"),
)  # fmt: skip


def slips(one: Quantity) -> Iterator[tuple[str, Quantity]]:
    """Yield the amounts that may be written by mistake for one, each with a name; only what has a decimal form."""
    for name, value in (("x10", one.value * 10), ("per10", one.value / 10)):
        if value != one.value and has_decimal(value):
            yield name, Quantity(value, one.unit)
    for unit in confused_with(one.unit):
        # a bare number stands for a finding without unit alone
        if unit != "1":
            yield f"unit-{unit}", Quantity(one.value, unit)


def confused_with(unit: str) -> tuple[str, ...]:
    """Return the units that may be written for one by mistake."""
    return tuple(other for pair in CONFUSED if unit in pair for other in pair if other != unit)


def slipped(bench: Bench, part: Part) -> Iterator[PartFault]:
    """Yield the slips of every amount that stands in a test."""
    test = part.condition
    if not isinstance(test, NumberTest):
        return
    unit = bench.unit(test)
    for position, one in enumerate(test.ranges):
        for written in dict.fromkeys((one.low_written, one.high_written)):
            meant = parse_quantity(written) if written and written not in part.home.parameters else None
            if meant is None or isinstance(meant, NotAQuantity):
                continue
            for name, slip in slips(meant):
                new = rewritten(one, written, slip, unit)
                if not is_empty(new):
                    yield _fault(bench, part, with_range(test, position, new), f"{test.finding}:{name}")


def rewritten(one: Range, written: str, slip: Quantity, unit: str) -> Range:
    """Return a range with another amount at the ends where one was written."""
    value: Fraction = convert(slip.value, slip.unit, unit)
    if one.low_written == written:
        one = replace(one, low=value, low_written=amount(slip.value, slip.unit))
    if one.high_written == written:
        one = replace(one, high=value, high_written=amount(slip.value, slip.unit))
    return one


def _fault(bench: Bench, part: Part, new: Limited, subject: str) -> PartFault:
    return PartFault(Operator.UNIT_SLIPPED, subject, part, new, lambda: bench.retested(part, new))
