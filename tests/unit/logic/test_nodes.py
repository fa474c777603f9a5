"""Room for nodes, though the engine collects in a thread of its own."""

from __future__ import annotations

import pytest

from redflag_kit.logic.nodes import PATIENCE, free


class Busy:
    """A manager whose own thread collects at first, so that collections asked of it are not begun."""

    def __init__(self, busy: int, freed: int = 0) -> None:
        self.busy, self.freed, self.count, self.asked = busy, freed, 0, 0

    def gc_count(self) -> int:
        return self.count

    def gc(self) -> int:
        self.asked += 1
        self.busy -= 1
        if self.busy >= 0:
            return 0
        self.count += 1
        return self.freed


@pytest.fixture
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    found: list[float] = []
    monkeypatch.setattr("redflag_kit.logic.nodes.sleep", found.append)
    return found


@pytest.mark.parametrize(("busy", "freed", "asked"), [(0, 0, 2), (0, 9, 2), (1, 0, 3), (5, 9, 7)])
def test_freeing_waits_for_the_thread_of_the_engine(naps: list[float], busy: int, freed: int, asked: int) -> None:
    """What is freed, is freed by two collections: the count may have been that of the engine's thread."""
    manager = Busy(busy, freed)
    free(manager)
    assert (manager.asked, manager.count, naps) == (asked, 2, [0.001] * busy)


class Told(Busy):
    """A manager that frees nodes without counting it: an answer is enough."""

    def gc_count(self) -> int:
        return 0


def test_nodes_that_were_freed_need_no_count(naps: list[float]) -> None:
    free(Told(0, 9))
    assert naps == []


def test_freeing_does_not_wait_forever(naps: list[float]) -> None:
    free(Busy(10**9))
    assert len(naps) == PATIENCE
