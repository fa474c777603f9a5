"""What authored things mean, as plain data: equal where names of definitions, text, order and place alone differ.

Conditions are compared as they are built: two that hold for the same patients and are written with different tests
count as different, which asks for one signature too many and never for one too few.
"""

from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction

from redflag_kit.model.condition import All, Any, AtLeast, Condition, Named, Not
from redflag_kit.model.property import Statement

_TEXT = frozenset(("text", "span", "title", "reason", "cite", "note"))
"""Fields that are there for readers, beside those that do not count in comparisons, such as places in files."""


def meaning(value: object) -> object:
    """Return plain JSON data for what something means."""
    match value:
        case Enum():
            return value.value
        case None | bool() | int() | str():
            return value
        case Fraction():
            return str(value)
        case frozenset() | set():
            return sorted((meaning(one) for one in value), key=repr)
        case tuple() | list():
            return [meaning(one) for one in value]
        case Named(_, meant):
            return meaning(meant)
        case All(parts):
            return _flat("all", parts)
        case Any(parts):
            return _flat("any", parts)
        case AtLeast(n, parts):
            return ["at_least", n, sorted((meaning(part) for part in parts), key=repr)]
        case Not(Not(part)):
            return meaning(part)
        case Statement(_, when, then):  # `always`, `never` and `when` are ways to write the same
            return ["statement", meaning(when), meaning(then)]
    assert is_dataclass(value) and not isinstance(value, type), f"{type(value).__name__} has no plain form"
    return [
        type(value).__name__,
        *(meaning(getattr(value, one.name)) for one in fields(value) if one.compare and one.name not in _TEXT),
    ]


def _flat(word: str, parts: tuple[Condition, ...]) -> object:
    """Return the parts of an `all` or `any` in one order, each once, nested ones of the same kind taken up."""
    members: dict[str, object] = {}
    for part in parts:
        data = meaning(part)
        nested = data[1:] if isinstance(data, list) and data[:1] == [word] else [data]
        members |= {repr(one): one for one in nested}
    ordered = [members[key] for key in sorted(members)]
    return ordered[0] if len(ordered) == 1 else [word, *ordered]
