"""Binding a value to a variable: it must be of the type and among the values allowed, or null takes its place.

SOURCE: DMN 1.5, 10.3.2.9.4 ("conforms to" conversion) and 7.3.3 (allowed values and type constraints). Null is a value
of every type; whether a table accepts it is said by its input values.
"""

from decimal import Decimal

from redflag_kit.dmn.feel.evaluate import satisfies
from redflag_kit.dmn.feel.types import conforms, type_of
from redflag_kit.dmn.feel.values import ContextValue, Value, feel_text
from redflag_kit.dmn.model import ItemDefinition, Tests
from redflag_kit.dmn.outcome import Failure, Fault


def conform(value: Value, item: ItemDefinition, where: str) -> tuple[Value, tuple[Fault, ...]]:
    """Return the value, or null with a fault that says why."""
    if value is None:
        return None, ()
    if not conforms(type_of(value), item.type):
        message = f"{feel_text(value)} is not of type `{item.type}`"
        return None, (Fault(Failure.WRONG_TYPE, where, message),)
    if reason := _violation(value, item):
        return None, (Fault(Failure.VALUE_NOT_ALLOWED, where, reason),)
    return value, ()


def _violation(value: Value, item: ItemDefinition) -> str:
    """Say which restriction of a type a value of its FEEL type violates, if any."""
    if value is None:
        return ""
    if item.is_collection and isinstance(value, tuple):
        inner = [_single_violation(one, item) for one in value if one is not None]
        return next((one for one in inner if one), "") or _test(item.constraint, value, item)
    return _single_violation(value, item) or _test(item.constraint, value, item)


def _single_violation(value: Value, item: ItemDefinition) -> str:
    if item.whole and isinstance(value, Decimal) and value != value.to_integral_value():
        return f"{feel_text(value)} is no whole number"
    if reason := _test(item.allowed, value, item):
        return reason
    if isinstance(value, ContextValue):
        parts = (_violation(value.get(part.name), part) for part in item.components)
        return next((one for one in parts if one), "")
    return _violation(value, item.base) if item.base else ""


def _test(tests: Tests | None, value: Value, item: ItemDefinition) -> str:
    if tests is None or tests.tests is None or satisfies(tests.tests, value, {}):
        return ""
    return f"{feel_text(value)} is not among the values of `{item.name}`: {' '.join(tests.text.split())}"
