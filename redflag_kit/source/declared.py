"""What files declare and name, read from their trees: a fault elsewhere in a file hides none of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from redflag_kit.source.nodes import Mapping, Node, Scalar, Sequence, get


@dataclass(frozen=True, slots=True)
class NamedClaim:
    """A claim that a rule names, with the place."""

    rule: str
    claim: Scalar


def of_vocabulary(nodes: Iterable[Node], vocabulary: str) -> tuple[Node, ...]:
    """Return the files that name a vocabulary as theirs."""
    return tuple(node for node in nodes if isinstance(node, Mapping) and _text(get(node, "vocabulary")) == vocabulary)


def ids_in(nodes: Iterable[Node], key: str) -> frozenset[str]:
    """Return the ids of the entries under a key: the vignettes or properties of some files."""
    return frozenset(name for node in nodes for entry in _entries(node, key) if (name := _text(get(entry, "id"))))


def claims_named(nodes: Iterable[Node]) -> tuple[NamedClaim, ...]:
    """Return every claim that a rule of some guidelines names, in the order of the files."""
    return tuple(one for node in nodes for rule in _rules(node) for one in _named(rule))


def _rules(guideline: Node) -> Iterator[Mapping]:
    for decision in _entries(guideline, "decisions"):
        for key in ("rules", "otherwise"):
            yield from _entries(decision, key)


def _named(rule: Mapping) -> Iterator[NamedClaim]:
    claims = get(rule, "claims")
    for one in claims.items if isinstance(claims, Sequence) else ():
        if isinstance(one, Scalar):
            yield NamedClaim(_text(get(rule, "id")), one)


def _entries(node: Node, key: str) -> Iterator[Mapping]:
    found = get(node, key) if isinstance(node, Mapping) else None
    for entry in found.items if isinstance(found, Sequence) else ():
        if isinstance(entry, Mapping):
            yield entry


def _text(node: Node | None) -> str:
    return node.text if isinstance(node, Scalar) else ""
