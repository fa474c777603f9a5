"""Which sources the files of a project cite, read from their trees: a fault elsewhere in a file hides none of them."""

from collections.abc import Iterator

from redflag_kit.source.nodes import Mapping, Node, Scalar, Sequence

_KEYS = frozenset({"cite", "scope_cite", "sources"})
"""Keys whose value is a source or a list of sources; `sources:` of a bibliography is a map and cites nothing."""


def citations(node: Node) -> Iterator[str]:
    """Yield every source that a file cites, as often as it does."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from citations(item)
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            if key.text in _KEYS and not isinstance(value, Mapping):
                yield from _named(value)
            else:
                yield from citations(value)


def _named(value: Node) -> Iterator[str]:
    items = value.items if isinstance(value, Sequence) else (value,)
    yield from (item.text for item in items if isinstance(item, Scalar))
