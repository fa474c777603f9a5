"""The results as docs/kit-mutation.md shows them: a table from the last full run of each package, and the rules.

The table is text between two marks, so that a run of one package rewrites its row and leaves the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from tests.kit_mutation.verdict import Tally

BEGIN, END = "<!-- results: begin -->", "<!-- results: end -->"
HEAD = (
    "| package | mutants | killed | by limit | by rule | equivalent | accepted | unexplained | score |\n"
    "|---|---:|---:|---:|---:|---:|---:|---:|---:|\n"
)


def row(one: Tally) -> str:
    """Return the row of a package."""
    cells = (
        f"`{one.package}`",
        one.mutants,
        one.killed,
        one.by_limit,
        one.by_rule,
        one.equivalent,
        one.accepted,
        len(one.unexplained) + one.not_run,
        f"{one.score:.1f} %",
    )
    return f"| {' | '.join(map(str, cells))} |"


def rewritten(page: str, tallies: Iterable[Tally], order: Iterable[str]) -> str:
    """Return the page with the rows of these packages replaced, in the given order of packages."""
    before, rest = page.split(BEGIN)
    table, after = rest.split(END)
    rows: Mapping[str, str] = {**rows_of(table), **{one.package: row(one) for one in tallies}}
    lines = "".join(f"{rows[name]}\n" for name in order if name in rows)
    return f"{before}{BEGIN}\n{HEAD}{lines}{END}{after}"


def rows_of(table: str) -> dict[str, str]:
    """Return the rows of a table by package."""
    return {found[1]: found[0] for found in re.finditer(r"^\| `([a-z_.]+)` \|.*$", table, re.MULTILINE)}
