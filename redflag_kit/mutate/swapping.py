"""Parameters swapped: a limit that another parameter of the same dimension gives, at one use."""

from collections.abc import Iterator
from dataclasses import replace

from redflag_kit.model.condition import NumberTest, Range
from redflag_kit.model.evidence import Parameter
from redflag_kit.mutate.fault import Bench, PartFault
from redflag_kit.mutate.homes import Part
from redflag_kit.mutate.mutant import Operator
from redflag_kit.mutate.thresholds import Limited, is_empty, with_range
from redflag_kit.terms.units import compatible, convert


def swapped(bench: Bench, part: Part) -> Iterator[PartFault]:
    """Yield every parameter that could stand for each parameter in a test."""
    test = part.condition
    if not isinstance(test, NumberTest):
        return
    unit = bench.unit(test)
    for position, one in enumerate(test.ranges):
        for name in dict.fromkeys((one.low_written, one.high_written)):
            for other in part.home.parameters.values() if name in part.home.parameters else ():
                new = given_by(one, name, other, unit) if other.id != name else None
                if new is not None and not is_empty(new):
                    yield _fault(bench, part, with_range(test, position, new), f"{test.finding}:{other.id}")


def given_by(one: Range, name: str, other: Parameter, unit: str) -> Range | None:
    """Return a range whose ends given by the parameter `name` are given by another, if that can be said in the unit."""
    if not compatible(other.unit, unit) or (other.unit == "1" and unit != "1"):
        return None
    value = convert(other.value, other.unit, unit)
    if one.low_written == name:
        one = replace(one, low=value, low_written=other.id)
    if one.high_written == name:
        one = replace(one, high=value, high_written=other.id)
    return one


def _fault(bench: Bench, part: Part, new: Limited, subject: str) -> PartFault:
    return PartFault(Operator.PARAMETER_SWAPPED, subject, part, new, lambda: bench.retested(part, new))
