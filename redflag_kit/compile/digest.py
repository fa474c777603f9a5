"""Digests of meaning: equal where formatting, comments, text, evidence and order alone differ."""

import hashlib
import json
from collections.abc import Mapping

from redflag_kit.compile.expression import Expression, canonical
from redflag_kit.compile.table import Input, Restriction, Sum, Table
from redflag_kit.model.condition import Value
from redflag_kit.model.guideline import Guideline, HitPolicy
from redflag_kit.model.vocabulary import Comparison, Output
from redflag_kit.terms.quantity import render


def digest_of(data: object) -> str:
    """Return `sha256:` and the hash of plain JSON data, keys sorted, in ASCII."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def row_digest(when: Expression, then: tuple[tuple[str, tuple[str, ...]], ...], guards: tuple[str, ...]) -> str:
    """Return the digest of a row: its entries and the digests of the rows that suppress it, not its id or text."""
    return digest_of(["row", canonical(when), then, sorted(guards)])


def guideline_digest(
    guideline: Guideline,
    inputs: Mapping[str, Input],
    restrictions: tuple[Restriction, ...],
    scope: Expression,
    sums: tuple[Sum, ...],
    tables: tuple[Table, ...],
    assume: Mapping[str, Value],
) -> str:
    """Return the digest of everything that can change an outcome."""
    return digest_of(
        {
            "guideline": guideline.id,
            "covers": sorted(guideline.covers),
            "outputs": {name: output_data(output) for name, output in guideline.outputs.items()},
            "inputs": {name: domain_data(one) for name, one in inputs.items()},
            "assume": [[name, value_text(value)] for name, value in assume.items()],  # of two that clash the first wins
            "restrictions": sorted((restriction_data(r) for r in restrictions), key=repr),
            "scope": canonical(scope),
            "sums": {s.score: sorted(([canonical(when), points] for when, points in s.points), key=repr) for s in sums},
            "tables": {table.decision: _table(table) for table in tables},
        }
    )


def value_text(value: Value) -> str:
    """Return a finding's value as text: the word, or the exact number."""
    return value if isinstance(value, str) else render(value)


def output_data(output: Output) -> object:
    """Return what of an output can change an outcome."""
    scale = output.scale
    ordered = [scale.levels, scale.against, sorted(sorted(p) for p in scale.lateral)] if scale else None
    return [ordered, sorted(output.elements), output.combine.value, sorted(output.satisfied_by)]


def domain_data(one: Input) -> object:
    """Return the values an input can take."""
    grid = one.grid
    return [render(grid.low), render(grid.high), render(grid.step)] if grid else sorted(one.words)


def restriction_data(restriction: Restriction) -> object:
    """Return a constraint without its id and title."""
    if isinstance(restriction, Comparison):
        return ["compare", restriction.left, restriction.strict, render(restriction.factor), restriction.right]
    return ["if", canonical(restriction.when), canonical(restriction.then)]


def _table(table: Table) -> object:
    rows = [row.digest for row in table.rows]
    ordered = rows if table.hit_policy is HitPolicy.FIRST else sorted(rows)
    outputs = list(table.outputs) if table.hit_policy is HitPolicy.PRIORITY else sorted(table.outputs)
    otherwise = None if table.otherwise is None else [row.digest for row in table.otherwise]
    return [table.hit_policy.value, ordered, otherwise, outputs]
