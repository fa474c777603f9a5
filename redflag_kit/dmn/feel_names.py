"""FEEL names for everything a guideline names: unique, stable, and none that FEEL would read as something else."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

# SOURCE: DMN 1.5, 10.3.1.2 (grammar) and 10.3.4 (built-in functions that are one word).
_RESERVED = frozenset({
    "abs", "after", "all", "and", "any", "append", "before", "between", "ceiling", "coincides", "concatenate",
    "contains", "context", "count", "date", "decimal", "distinct", "duration", "during", "else", "even", "every",
    "exp", "external", "false", "finishes", "flatten", "floor", "for", "function", "get", "if", "in", "includes",
    "index", "insert", "instance", "is", "item", "list", "log", "matches", "max", "mean", "median", "meets", "min",
    "mode", "modulo", "not", "now", "null", "number", "odd", "of", "or", "overlaps", "partial", "product", "put",
    "range", "remove", "replace", "return", "reverse", "satisfies", "some", "sort", "split", "sqrt", "starts",
    "stddev", "string", "sublist", "substring", "sum", "then", "time", "today", "true", "union", "values",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class FeelNames:
    """The FEEL name of each thing, by its id in the guideline; `helpers` by what they say, such as `applies 11-CA`."""

    findings: dict[str, str]
    outputs: dict[str, str]
    scores: dict[str, str]
    definitions: dict[str, str]
    helpers: dict[str, str]


def feel_names(
    findings: Iterable[str],
    outputs: Iterable[str],
    scores: Iterable[str],
    definitions: Iterable[str],
    helpers: Iterable[str],
) -> FeelNames:
    """Return a name for each; where two would be equal the later one is numbered."""
    taken: set[str] = set()
    groups = ({one: _free(one, taken) for one in group} for group in (findings, outputs, scores, definitions, helpers))
    return FeelNames(*groups)


def xml_id(prefix: str, name: str) -> str:
    """Return an id for an element: FEEL names are plain, so a prefix keeps the kinds apart."""
    return f"{prefix}_{name}"


def _free(text: str, taken: set[str]) -> str:
    word = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
    word = f"{word}_" if word in _RESERVED else word
    name, number = word, 2
    while name in taken:
        name, number = f"{word}_{number}", number + 1
    taken.add(name)
    return name
