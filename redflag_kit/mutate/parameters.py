"""Parameters: a number one step off, ten times too large or small, or in another unit, where it is declared.

Every use changes. Constraints are not mutated: one that uses the parameter keeps the number that was meant.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from redflag_kit.model.condition import Condition, NumberTest
from redflag_kit.model.evidence import Parameter
from redflag_kit.mutate.fault import Bench, Fault, Told
from redflag_kit.mutate.homes import Part
from redflag_kit.mutate.mutant import Operator, PartsReplaced
from redflag_kit.mutate.slipping import slips
from redflag_kit.mutate.swapping import given_by
from redflag_kit.mutate.text import amount, one_or_list
from redflag_kit.mutate.thresholds import Limited, is_empty, lower_end, upper_end, with_ranges
from redflag_kit.terms.quantity import Quantity, has_decimal
from redflag_kit.terms.units import convert
from redflag_kit.wording.findings import number_words


def other_parameters(bench: Bench) -> Iterator[Fault]:
    """Yield the faults of every parameter of the guideline, then of those its derived findings use."""
    guideline = bench.guideline
    given = (("parameter", guideline.parameters), ("vocabulary parameter", guideline.vocabulary.parameters))
    for word, parameters in given:
        uses = _uses(bench, parameters)
        for name, parts in uses.items():
            one = parameters[name]
            for new in _steps(bench, one, parts):
                yield from _fault(bench, f"{word} {name}", one, new, parts, None)
            for kind, new in slips(Quantity(one.value, one.unit)):
                yield from _fault(bench, f"{word} {name}", one, new, parts, kind)


def _uses(bench: Bench, parameters: Mapping[str, Parameter]) -> dict[str, list[Part]]:
    """Return the tests that each parameter is used in, in the order in which they are declared."""
    found: dict[str, list[Part]] = {name: [] for name in parameters}
    for home in bench.homes.all():
        for part in home.parts if home.parameters is parameters else ():
            if isinstance(part.condition, NumberTest):
                written = (name for one in part.condition.ranges for name in (one.low_written, one.high_written))
                for name in dict.fromkeys(written):
                    if name in found:
                        found[name].append(part)
    return {name: parts for name, parts in found.items() if parts}


def _steps(bench: Bench, one: Parameter, parts: list[Part]) -> Iterator[Quantity]:
    """Yield the next larger and the next smaller number that moves a limit by one step somewhere."""
    for by in (1, -1):
        moved = [new for part in parts for new in _moved(bench, one, part, by)]
        ordered = sorted(moved, key=lambda new: convert(new.value, new.unit, one.unit), reverse=by < 0)
        yield from ordered[:1]


def _moved(bench: Bench, one: Parameter, part: Part, by: int) -> Iterator[Quantity]:
    """Yield what the parameter would be if a limit of a test were one step away, in its own unit where that ends."""
    test = part.condition
    assert isinstance(test, NumberTest)
    grid, unit = bench.grid(test), bench.unit(test)
    for limits in test.ranges:
        found = []
        if limits.low is not None and limits.low_written == one.id:
            found.append(lower_end(limits.low, limits.low_included, grid, by))
        if limits.high is not None and limits.high_written == one.id:
            found.append(upper_end(limits.high, limits.high_included, grid, by))
        for number in found:
            if number is not None:
                own = convert(number, unit, one.unit)
                yield Quantity(own, one.unit) if has_decimal(own) else Quantity(number, unit)


def _fault(
    bench: Bench, owner: str, one: Parameter, new: Quantity, parts: list[Part], slip: str | None
) -> Iterator[Fault]:
    other = replace(one, value=new.value, unit=new.unit)
    changes = []
    for part in parts:
        test = _with(bench, part.condition, one.id, other)
        if test is None:
            return
        changes.append((part, test))
    forms = bench.homes.forms
    changed = bench.homes.changed([(part, forms.of(test)) for part, test in changes])

    def edit() -> PartsReplaced:
        return PartsReplaced(tuple(each for part, test in changes for each in bench.homes.replacing(part, test)))

    kind = Operator.UNIT_SLIPPED if slip else _direction(bench, changes)
    tell = partial(_told, one, new)
    yield Fault(kind, owner, slip or "", "", bench.effects.of_conditions(changed), edit, tell, kind)


def _with(bench: Bench, test: Condition, name: str, other: Parameter) -> Limited | None:
    """Return a test with another number for a parameter; none if it could not be written."""
    assert isinstance(test, NumberTest)
    ranges = [given_by(one, name, other, bench.unit(test)) for one in test.ranges]
    sound = tuple(one for one in ranges if one is not None and not is_empty(one))
    return with_ranges(test, sound) if len(sound) == len(ranges) else None


def _direction(bench: Bench, changes: list[tuple[Part, Limited]]) -> Operator:
    """Return what happens to the first test that another number changes."""
    forms = bench.homes.forms
    directions = (forms.compare(part.form, forms.of(test)) for part, test in changes)
    first = next((one for one in directions if one), 1)
    return Operator.THRESHOLD_WIDENED if first > 0 else Operator.THRESHOLD_NARROWED


def _told(one: Parameter, new: Quantity) -> Told:
    before, now = amount(one.value, one.unit), amount(new.value, new.unit)
    words = f"{number_words(new.value, new.unit)} instead of {number_words(one.value, one.unit)}"
    sentence = f"{one.id.replace('_', ' ')}: {words}"
    return Told(one.value_span, one_or_list([before]), one_or_list([now]), sentence)
