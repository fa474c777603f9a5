"""The packages whose mutants are tried, in the order of the table, each with the tests that are to notice them.

The tests of a package are quick ones that state what it promises: its unit tests, and random searches that take about a
second. What only the command line, a browser or a whole story would notice is missing from them on purpose. mutmut
itself chooses among them, for each function those that call it.
"""

from __future__ import annotations

TESTS: dict[str, tuple[str, ...]] = {
    "logic": ("tests/unit/logic",),
    "semantics": ("tests/unit/semantics", "tests/property/test_witness.py", "tests/property/test_locality.py"),
    "compile": ("tests/unit/compile", "tests/unit/semantics"),
    "analyse": ("tests/unit/analyse",),
    "evaluate": ("tests/unit/evaluate", "tests/property/test_reach.py"),
    "diff": ("tests/unit/diff",),
}
