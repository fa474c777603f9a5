"""Read parts of a result that may be missing: a report shows what is there and never fails over what is not."""

from collections.abc import Mapping
from typing import Any, TypeAlias

Json: TypeAlias = Mapping[str, Any]


def members(value: object) -> list[Any]:
    """Return a list of the contract, empty where it is missing."""
    return list(value) if isinstance(value, list | tuple) else []


def objects(value: object) -> list[Json]:
    """Return the objects of a list of the contract."""
    return [one for one in members(value) if isinstance(one, Mapping)]


def member(value: object) -> Json:
    """Return an object of the contract, empty where it is missing."""
    return value if isinstance(value, Mapping) else {}


def pairs(value: object) -> list[tuple[Any, ...]]:
    """Return an object as pairs, or a list of pairs (or longer rows) as it is."""
    if isinstance(value, Mapping):
        return list(value.items())
    return [tuple(one) for one in members(value) if isinstance(one, list | tuple) and len(one) > 1]


def text(value: object) -> str:
    """Return a value of the contract as text; nothing for null."""
    return "" if value is None else str(value)


def number(value: object) -> int:
    """Return a count of the contract, 0 where it is missing."""
    return value if isinstance(value, int) else 0


def body(result: Json) -> Json:
    """Return what the command found."""
    return member(result.get(text(result.get("command"))))


def labels_of(explanation: Json) -> dict[str, str]:
    """Return what the outputs of an explanation are called."""
    named = ((text(one.get("output")), text(one.get("label"))) for one in objects(explanation.get("outcomes")))
    return {output: label or output.replace("_", " ") for output, label in named}


def name_of(explanation: Json, finding: object) -> str:
    """Return what a finding that may be asked is called."""
    asked = (text(one.get("label")) for one in objects(explanation.get("ask_next")) if one.get("finding") == finding)
    return next(asked, "") or text(finding).replace("_", " ")


def value_words(value: object) -> str:
    """Return a value of a case in words: `any of short, prolonged`, `28 to 60`."""
    if isinstance(value, Mapping):
        return " or ".join(value_words(one) for one in members(value.get("any_of"))) or "not assessed"
    if isinstance(value, list | tuple):
        return " to ".join(text(one) for one in value)
    return text(value).replace("_", " ")


def case_words(case: object) -> list[str]:
    """Return a case as one phrase per finding."""
    return [f"{text(name).replace('_', ' ')}: {value_words(value)}" for name, value in member(case).items()]


def cubes_of(region: object) -> list[list[str]]:
    """Return the alternatives of a region in words, each a list of phrases that hold together."""
    found = member(region)
    cubes, words = members(found.get("cubes")), members(found.get("words"))
    if len(words) == len(cubes):
        return [[text(phrase) for phrase in members(one)] for one in words]
    return [case_words(one) for one in cubes]


def context_of(region: object) -> tuple[str, str]:
    """Return what holds for the whole region beside its alternatives, and its text if the two do not fit together.

    The context is the part of the text that stands before the alternatives, as in `in scope of both editions: fever`.
    """
    said, cubes = text(member(region).get("text")), cubes_of(region)
    if not cubes:
        return "", ""
    # The parts of an alternative are joined by `and`, those of a decision model by a comma.
    before, found, _ = said.partition(next((one for one in _joined(cubes[0]) if one and one in said), "\0"))
    fits = found and (not before or before.endswith(": "))
    return (before.removesuffix(": "), "") if fits else ("", said)


def _joined(phrases: list[str]) -> tuple[str, str]:
    return " and ".join(phrases), ", ".join(phrases)
