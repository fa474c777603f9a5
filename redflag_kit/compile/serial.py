"""The compiled form as plain JSON data: what other tools, and a table embedded in a page, evaluate."""

from redflag_kit.compile.digest import domain_data, output_data, restriction_data, value_text
from redflag_kit.compile.expression import canonical
from redflag_kit.compile.table import Compiled, Row, Table

FORM = "redflag/compiled/1"


def as_json(guideline: Compiled) -> dict[str, object]:
    """Return a compiled guideline as plain data: rows in file order, conditions in canonical form, numbers as text."""
    return {
        "form": FORM,
        "name": guideline.name,
        "digest": guideline.digest,
        "inputs": {
            name: {"domain": domain_data(one), "calm": value_text(one.calm)} for name, one in guideline.inputs.items()
        },
        "outputs": {name: output_data(output) for name, output in guideline.outputs.items()},
        "covers": list(guideline.covers),
        "assume": {name: value_text(value) for name, value in guideline.assume.items()},
        "restrictions": [restriction_data(one) for one in guideline.restrictions],
        "scope": canonical(guideline.scope),
        "sums": {one.score: [[canonical(when), points] for when, points in one.points] for one in guideline.sums},
        "tables": [_table(table) for table in guideline.tables],
    }


def _table(table: Table) -> dict[str, object]:
    return {
        "decision": table.decision,
        "hit_policy": table.hit_policy.value,
        "outputs": list(table.outputs),
        "rows": [_row(row) for row in table.rows],
        "otherwise": None if table.otherwise is None else [_row(row) for row in table.otherwise],
    }


def _row(row: Row) -> dict[str, object]:
    return {
        "rule": row.rule,
        "when": canonical(row.when),
        "then": {output: list(values) for output, values in row.then},
        "suppressed_by": list(row.suppressed_by),
        "digest": row.digest,
    }
