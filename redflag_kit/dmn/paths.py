"""Paths: expressions that name a value as it is, e.g. `age` or `patient.age`."""

from collections.abc import Iterator, Mapping
from typing import TypeGuard

from redflag_kit.dmn.feel.syntax import Name, Path, Test, children
from redflag_kit.dmn.feel.values import ContextValue, Value

Plain = Name | Path


def is_path(node: Test) -> TypeGuard[Plain]:
    """Say whether an expression is a path."""
    while isinstance(node, Path):
        node = node.subject
    return isinstance(node, Name)


def steps(path: Test) -> tuple[str, ...]:
    """Return the names of a path, the variable first, e.g. ("patient", "age")."""
    if isinstance(path, Path):
        return (*steps(path.subject), path.name)
    assert isinstance(path, Name)
    return (path.name,)


def path_text(path: Test) -> str:
    """Return a path as it is written."""
    return ".".join(steps(path))


def paths_of(node: Test) -> Iterator[Plain]:
    """Yield the values that an expression reads, in reading order."""
    if is_path(node):
        yield node
        return
    for part in children(node):
        yield from paths_of(part)


def scope_of_paths(values: Mapping[tuple[str, ...], Value]) -> dict[str, Value]:
    """Return the variables in which paths have these values; paths that start alike become one context."""
    heads: dict[str, dict[tuple[str, ...], Value]] = {}
    for names, value in values.items():
        heads.setdefault(names[0], {})[names[1:]] = value
    return {name: _context(inner) for name, inner in heads.items()}


def _context(values: Mapping[tuple[str, ...], Value]) -> Value:
    if () in values:
        return values[()]
    return ContextValue(tuple(scope_of_paths(values).items()))
