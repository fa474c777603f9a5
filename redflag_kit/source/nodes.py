"""The tree of a strict YAML file: scalars, sequences and mappings, each with the place where it was written."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from redflag_kit.diagnostics.span import Span

Plain: TypeAlias = "dict[str, Plain] | list[Plain] | str | int | Decimal | bool | None"
Path: TypeAlias = tuple[str | int, ...]


@dataclass(slots=True, unsafe_hash=True)
class Scalar:
    """One value without parts, e.g. `2.50`: value Decimal("2.50"), text "2.50", plain because it has no quotes.

    `text` is what YAML hands over before any reading as a number or word: quotes and folding are already undone.
    Never changed once made.
    """

    # COST: not `frozen`, as with `Span`.

    value: str | int | Decimal | bool | None
    text: str
    plain: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list, written in block or in flow style."""

    items: "tuple[Node, ...]"
    span: Span


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with their values, in the order written."""

    # INVARIANT: the value of every key is a str and no two keys are equal; the reader reports what breaks this.
    entries: "tuple[tuple[Scalar, Node], ...]"
    span: Span
    by_key: "dict[str, tuple[Scalar, Node]]" = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # COST: files may have thousands of keys, and every diagnostic looks up its place.
        object.__setattr__(self, "by_key", {str(entry[0].value): entry for entry in reversed(self.entries)})


Node: TypeAlias = Scalar | Sequence | Mapping


def get(mapping: Mapping, key: str) -> Node | None:
    """Return the value under a key, or nothing."""
    return mapping.by_key[key][1] if key in mapping.by_key else None


def entry_span(key: Scalar, value: Node) -> Span:
    """Return the span of one entry of a mapping, from its key to the end of its value."""
    start, end = key.span, value.span
    return Span(start.file, start.line, start.column, end.end_line, end.end_column)


def plain(node: Node) -> Plain:
    """Return ordinary data: dict, list, str, int, Decimal, bool or None."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {str(key.value): plain(value) for key, value in node.entries}


def span_at(node: Node, path: Path) -> Span:
    """Return the span of the deepest value on the path that exists, e.g. ("rules", 1, "then")."""
    return _deepest(node, path)[1].span


def key_span_at(node: Node, path: Path) -> Span:
    """Return the span of the key that the path ends in, or of the deepest value that exists if it names no key."""
    key, value, complete = _deepest(node, path)
    return key.span if complete and key is not None else value.span


def node_at(node: Node, path: Path) -> Node:
    """Return the value at a path that is known to exist."""
    _, found, complete = _deepest(node, path)
    if not complete:
        raise KeyError(path)
    return found


def _deepest(node: Node, path: Path) -> tuple[Scalar | None, Node, bool]:
    """Follow the path: the last key passed, the value reached, and whether the path was followed to its end."""
    key: Scalar | None = None
    for step in path:
        found = _step(node, step)
        if found is None:
            return key, node, False
        key, node = found
    return key, node, True


def _step(node: Node, step: str | int) -> tuple[Scalar | None, Node] | None:
    """Go one step down: by key into a mapping, by position into a sequence."""
    match node, step:
        case Mapping(), str():
            return node.by_key.get(step)
        case Sequence(), int() if 0 <= step < len(node.items):
            return None, node.items[step]
        case _:
            return None
