"""Single nodes of the diagram engine, which is not imported here: what is below one, and room for others."""

from __future__ import annotations

from time import sleep
from typing import Protocol, Self, TypeVar

PATIENCE = 10_000
"""Milliseconds to wait for a collection by the engine's own thread; four million nodes take it less than one second."""


class Node(Protocol):
    """A function of the engine, which tests the variable of its level; terminals test none."""

    def node_level(self) -> int | None: ...

    def cofactors(self) -> tuple[Self, Self] | None: ...


class Collector(Protocol):
    """A manager of the engine. `gc` returns how many nodes it freed, `gc_count` how many collections were begun."""

    def gc(self) -> int: ...

    def gc_count(self) -> int: ...


N = TypeVar("N", bound=Node)


def followed(function: N, levels: range, atom: int) -> N:
    """Return what is left of a function once the variables of one axis spell an atom, most significant first."""
    for level in levels:
        if function.node_level() == level:
            high, low = cofactors(function)
            function = high if atom >> (levels.stop - 1 - level) & 1 else low
    return function


def cofactors(function: N) -> tuple[N, N]:
    """Return (high, low) of a function that is no terminal."""
    pair = function.cofactors()
    assert pair is not None
    return pair


def free(manager: Collector) -> None:
    """Free the nodes that nothing refers to."""
    # The engine also collects in a thread of its own, whenever that gets to it. Meanwhile ours is refused and its count
    # stays as it is; or it was that thread which raised it just now, so twice.
    refused = 0
    for _ in range(2):
        before = manager.gc_count()
        while not manager.gc() and manager.gc_count() == before and refused < PATIENCE:
            sleep(0.001)
            refused += 1
