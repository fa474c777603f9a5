"""Generated models as projects on disk, so that whole commands can be measured on them."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from redflag_kit.compile.expression import Both, Count, Expression, InputEntry, OutputEntry
from redflag_kit.compile.table import Compiled, Input, Row, Table

FOLDER = Path("guidelines") / "generated"
HEAD = """schema: redflag/guideline/1
id: generated
version: 1.0.0
title: A generated guideline
publisher: Nobody
published: 2026-01-01
status: draft
intended_use: benchmarks
vocabulary: generated
"""
SOURCES = """schema: redflag/sources/1
sources:
  GEN: {type: report, title: Generated, publisher: Nobody, issued: 2026, read: table}
"""


def write_project(compiled: Compiled, root: Path) -> Path:
    """Write a model without scope, constraints and exceptions as a project, and return the project's folder."""
    folder = root / FOLDER
    folder.mkdir(parents=True)
    (folder / "sources.yaml").write_text(SOURCES, "utf-8")
    (folder / "vocabulary.yaml").write_text("\n".join(_vocabulary(compiled)) + "\n", "utf-8")
    (folder / "generated.yaml").write_text(HEAD + "\n".join(_guideline(compiled)) + "\n", "utf-8")
    return root


def _vocabulary(compiled: Compiled) -> Iterator[str]:
    yield "schema: redflag/vocabulary/1\nid: generated\nversion: 1.0.0\ntitle: Generated\nfindings:"
    yield from (f"  {one.finding}: {_finding(one)}" for one in compiled.inputs.values())
    levels = next(one.scale for one in compiled.outputs.values() if one.scale)
    yield f"scales:\n  levels: {{levels: [{', '.join(levels.levels)}]}}\noutputs:"
    yield from (f"  {name}: {{scale: levels}}" for name in compiled.outputs)


def _finding(one: Input) -> str:
    ask = f'ask: "What about {one.finding}?"'
    if one.grid is None:
        return f"{{type: yes_no, clean: absent, {ask}}}"
    low, high = one.grid.low, one.grid.high
    return f'{{type: integer, unit: "1", range: {low} to {high}, example: {low}, {ask}}}'


def _guideline(compiled: Compiled) -> Iterator[str]:
    first = next(one for one in compiled.inputs.values())
    everybody = f"{{any: [{first.finding}, {{not: {first.finding}}}]}}"
    if first.grid is not None:
        everybody = f"{{{first.finding}: n{first.grid.low} to n{first.grid.high}}}"
    numbers = sorted({int(n) for one in compiled.inputs.values() if one.grid for n in range(int(one.grid.high) + 1)})
    yield "parameters:" if numbers else "parameters: {}"
    yield from (f"  n{one}: {{value: {one}, cite: GEN, evidence: supported}}" for one in numbers)
    counts = _counts(compiled)
    yield "definitions:" if counts else "definitions: {}"
    yield from (f"  {name}: {_count(one)}" for one, name in counts.items())
    yield f"scope: {everybody}\nscope_cite: [GEN]\ncovers: [{', '.join(compiled.covers)}]\ndecisions:"
    for table in compiled.tables:
        yield f"  - id: decide_{table.decision}\n    question: What then?"
        yield f"    hit_policy: {table.hit_policy.value}\n    rules:"
        yield from (f"      - {_rule(row, counts)}" for row in table.rows)
        yield from _otherwise(table)


def _otherwise(table: Table) -> Iterator[str]:
    for row in table.otherwise or ():
        [(output, (level,))] = row.then
        name = row.rule.replace(".", "_")
        yield f"    otherwise:\n      - {{id: {name}, title: rest, then: {{{output}: {level}}}, {_EVIDENCE}}}"


_EVIDENCE = "evidence: [{cite: GEN, status: supported}]"


def _counts(compiled: Compiled) -> dict[Count, str]:
    """Return a name for each count: to write it out in every rule would make a file of millions of words."""
    counts = (part for table in compiled.tables for row in table.rows for part in _parts(row.when))
    found = dict.fromkeys(part for part in counts if isinstance(part, Count))
    return {one: f"count{number:03}" for number, one in enumerate(found)}


def _parts(expression: Expression) -> tuple[Expression, ...]:
    return expression.parts if isinstance(expression, Both) else (expression,)


def _count(one: Count) -> str:
    return f"{{at_least: {{n: {one.n}, of: [{', '.join(_condition(part, {}) for part in one.parts)}]}}}}"


def _rule(row: Row, counts: Mapping[Count, str]) -> str:
    [(output, (level,))] = row.then
    when = _condition(row.when, counts)
    return f"{{id: {row.rule}, title: {row.rule}, when: {when}, then: {{{output}: {level}}}, {_EVIDENCE}}}"


def _condition(expression: Expression, counts: Mapping[Count, str]) -> str:
    match expression:
        case InputEntry(finding, words=words) if words:
            return f"{{{finding}: [{', '.join(sorted(words))}]}}"
        case InputEntry(finding, intervals=(one,)):
            return f"{{{finding}: n{one.low} to n{one.high}}}"
        case OutputEntry(output, values):
            return f"{{{output}: [{', '.join(sorted(values))}]}}"
        case Both(parts):
            return f"{{all: [{', '.join(_condition(part, counts) for part in parts)}]}}"
        case Count():
            return counts[expression]
        case _:
            raise ValueError(f"no words for {expression}")
