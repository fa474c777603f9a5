"""Read thresholds: parameters and quantities, brought into a finding's unit exactly."""

from decimal import Decimal
from fractions import Fraction

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Note, did_you_mean, quoted
from redflag_kit.diagnostics.span import Span
from redflag_kit.model.evidence import Parameter
from redflag_kit.model.vocabulary import Finding
from redflag_kit.source.names import Faults, Names
from redflag_kit.source.nodes import Scalar
from redflag_kit.terms.quantity import NotAQuantity, Quantity, parse_quantity
from redflag_kit.terms.units import UNITS, compatible, convert, incompatibility_help

MAX_AMOUNT = 100


def amount(text: str) -> Quantity | NotAQuantity:
    """Read an amount of sensible length."""
    # COST: reading a number takes time in the square of its length.
    if len(text) > MAX_AMOUNT:
        hint = "write a number and a unit, e.g. `50 a` or `38.5 Cel`"
        return NotAQuantity(f"the amount {quoted(text)} is longer than {MAX_AMOUNT} characters", hint)
    return parse_quantity(text)


def scalar_quantity(node: Scalar, faults: Faults) -> Quantity | None:
    """Read a scalar that must be an amount."""
    if isinstance(node.value, int | Decimal) and not isinstance(node.value, bool):
        return Quantity(Fraction(node.value), "1")
    return text_quantity(node.text, node.span, faults)


def text_quantity(text: str, span: Span, faults: Faults) -> Quantity | None:
    """Read an amount with its unit; say what is wrong with it."""
    found = amount(text)
    if isinstance(found, NotAQuantity):
        number, _, unit = text.strip().partition(" ")
        reads = isinstance(amount(number), Quantity)
        faults.add(span, codes.RF120 if unit and reads else codes.RF119, found.message, found.help)
        return None
    return found


def in_unit(
    found: Quantity, finding: Finding, span: Span, faults: Faults, said: str, related: tuple[Note, ...] = ()
) -> Fraction | None:
    """Return an amount in a finding's unit, exactly; `said` is how the author wrote it."""
    if found.unit == "1" and finding.unit != "1":
        message = f"{quoted(said)} has no unit, and {quoted(finding.id)} is in {quoted(finding.unit)}"
        faults.add(
            span,
            codes.RF122,
            message,
            "give the parameter a unit" if related else f"write {quoted(f'{said} {finding.unit}')}",
            related,
        )
        return None
    if not compatible(found.unit, finding.unit):
        message = f"{quoted(said)} is in {quoted(found.unit)}, and {quoted(finding.id)} is in {quoted(finding.unit)}"
        hint = incompatibility_help(found.unit, finding.unit)
        if finding.unit in ("a", "mo"):
            hint = f"say it in {UNITS[finding.unit].name}, as the finding is"
        faults.add(span, codes.RF121, message, hint, related)
        return None
    return convert(found.value, found.unit, finding.unit)


def threshold(text: str, finding: Finding, names: Names, span: Span, faults: Faults) -> Fraction | None:
    """Return a threshold in the finding's unit: a parameter's value, or a quantity."""
    text = text.strip()
    if text[:1].isalpha() and text not in names.parameters:
        if text in names.failed:
            return None
        hint = did_you_mean(text, names.parameters) or "declare it under `parameters:` or write an amount with its unit"
        faults.add(span, codes.RF111, f"no parameter is called {quoted(text)}", hint)
        return None
    parameter: Parameter | None = names.parameters.get(text)
    if parameter:
        names.used_parameters.add(parameter.id)
        found: Quantity | None = Quantity(parameter.value, parameter.unit)
        related: tuple[Note, ...] = (Note(parameter.span, "the parameter is declared here"),)
    else:
        found, related = text_quantity(text, span, faults), ()
    if found is None:
        return None
    number = in_unit(found, finding, span, faults, text, related)
    if number is None:
        return None
    if not parameter and not names.bare_numbers:
        message = f"the threshold {quoted(text)} is written into a condition"
        faults.add(span, codes.RF150, message, "give it a name and a source under `parameters:`")
    _check_in_range(number, finding, text, span, faults, related)
    # a limit of the source in another unit (100 [degF]) is exact where it stands; rounding it would change the source
    if found.unit == finding.unit:
        _check_on_grid(number, finding, text, span, faults, related)
    return number


def _check_in_range(
    number: Fraction, finding: Finding, text: str, span: Span, faults: Faults, related: tuple[Note, ...]
) -> None:
    grid = finding.grid
    assert grid is not None
    if not grid.low <= number <= grid.high:
        message = f"the threshold {quoted(text)} lies outside the range of {quoted(finding.id)}"
        faults.add(span, codes.RF202, message, "correct the threshold or widen the finding's range", related)


def _check_on_grid(
    number: Fraction, finding: Finding, text: str, span: Span, faults: Faults, related: tuple[Note, ...]
) -> None:
    grid = finding.grid
    assert grid is not None
    if grid.low <= number <= grid.high and number not in grid:
        message = f"the threshold {quoted(text)} lies between two values that {quoted(finding.id)} can have"
        hint = "no patient can have exactly this value; write the nearest one that occurs"
        faults.add(span, codes.RF201, message, hint, related)
