"""The packages whose mutants are tried, part by part in the order of the table, and the tests that are to notice them.

The tests of a part are quick ones that state what it promises: its unit tests, and random searches that take about a
second. What only the command line, a browser or a whole story would notice is missing from them on purpose. mutmut
itself chooses among them, for each function those that call it. Left out are tests that measure a budget of seconds,
which everything exceeds while mutmut counts calls, and searches that take longer than all the others together.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass(frozen=True, slots=True)
class Part:
    """Modules that are mutated together (patterns of paths, in which `*` stands for anything), and their tests."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]
    left_out: tuple[str, ...] = ()

    def holds(self, path: str) -> bool:
        """Say whether a module is one of the part."""
        return any(fnmatchcase(path, pattern) for pattern in self.modules)

    @property
    def selection(self) -> tuple[str, ...]:
        """Return what pytest is told."""
        return (*self.tests, *(f"--deselect={one}" for one in self.left_out))


def _logic(*names: str) -> tuple[str, ...]:
    return tuple(f"redflag_kit/logic/{name}.py" for name in names)


def _logic_tests(*names: str) -> tuple[str, ...]:
    return tuple(f"tests/unit/logic/test_{name}.py" for name in names)


_DECIDING = tuple(
    f"tests/unit/mutate/test_{name}.py" for name in ("decide", "decide_assumptions", "decide_policies", "matrix")
)

PARTS: dict[str, Part] = {
    "compile": Part(("redflag_kit/compile/*",), ("tests/unit/compile", "tests/unit/semantics")),
    "semantics": Part(
        ("redflag_kit/semantics/*",),
        ("tests/unit/semantics", "tests/property/test_witness.py", "tests/property/test_locality.py"),
    ),
    "evaluate": Part(("redflag_kit/evaluate/*",), ("tests/unit/evaluate", "tests/property/test_reach.py")),
    "logic": Part(
        _logic("algebra", "bitset", "budget", "cover", "kleene", "space"),
        _logic_tests("algebra", "bitset", "budget", "cover", "kleene", "space"),
    ),
    "logic.diagrams": Part(
        _logic("bdd", "mdd", "multi", "nodes", "questions", "remainders"),
        _logic_tests("bdd", "mdd", "multi", "nodes", "questions", "remainders"),
    ),
    "logic.sat": Part(
        _logic("chains", "gates", "samples", "sat"),
        _logic_tests("chains", "gates", "samples", "sat", "solving"),
        tuple(
            f"tests/unit/logic/test_sat.py::test_{name}"
            for name in (
                "a_question_too_hard_for_its_time_is_told",
                "three_thousand_counts_over_twenty_groups_share_their_counters",
                "writing_clauses_stops_at_the_deadline",
            )
        ),
    ),
    "logic.boxes": Part(("redflag_kit/logic/boxes/*",), ("tests/unit/logic/boxes",)),
    "analyse": Part(("redflag_kit/analyse/*",), ("tests/unit/analyse",)),
    "diff": Part(("redflag_kit/diff/*",), ("tests/unit/diff",)),
    "observe": Part(("redflag_kit/observe/*",), ("tests/unit/observe", *_DECIDING)),
    "mutate": Part(
        ("redflag_kit/mutate/[!dv]*", "redflag_kit/mutate/dropping.py", "redflag_kit/mutate/values.py"),
        ("tests/unit/mutate",),
    ),
    "mutate.deciding": Part(
        ("redflag_kit/mutate/deciding/*", "redflag_kit/mutate/decide.py", "redflag_kit/mutate/verdict.py"), _DECIDING
    ),
    "coverage": Part(("redflag_kit/coverage/*",), ("tests/unit/coverage",)),
    "suggest": Part(("redflag_kit/suggest/*",), ("tests/unit/suggest",)),
}
