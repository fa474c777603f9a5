"""Which advice holds of a decision table as it is written: compiled tables know neither its cells nor computed outputs.

Claim: an input is told to be without influence only if no output entry can depend on it; two rules are told to be one
rule only if the input or decision that they differ in stands in one column, so that one cell can say both.
"""

from redflag_kit.analyse.fault import Fault
from redflag_kit.diagnostics import codes
from redflag_kit.dmn.columns import upstream
from redflag_kit.dmn.model import Decision, DecisionTable, Model
from redflag_kit.dmn.paths import Plain, path_text, paths_of


def holds_as_written(model: Model, decision: Decision, fault: Fault) -> bool:
    """Say whether a fault of a table is one of the table as written; all but some advice are."""
    table = decision.table
    assert table is not None
    if fault.code is codes.RF310:
        return not any(_may_depend(model, decision, path, name) for path in _computed(table) for name in fault.names)
    if fault.code is codes.RF311:
        return all(_columns_with(model, decision, table, name) == 1 for name in fault.names)
    return True


def _computed(table: DecisionTable) -> list[Plain]:
    """Return what the output entries of a table read."""
    entries = [entry.expression for rule in table.rules for entry in rule.outputs]
    entries += [clause.default.expression for clause in table.outputs if clause.default]
    return [path for entry in entries if entry is not None for path in paths_of(entry)]


def _may_depend(model: Model, decision: Decision, path: Plain, name: str) -> bool:
    return upstream(model, decision, path) is not None or path_text(path).split(".")[0] == name.split(".")[0]


def _columns_with(model: Model, decision: Decision, table: DecisionTable, name: str) -> int:
    """Return how many columns read an input, by its path, or an earlier decision, by its id."""
    nodes = [clause.expression.expression for clause in table.inputs]
    read = [{_name(model, decision, path) for path in paths_of(node)} for node in nodes if node is not None]
    return sum(name in names for names in read)


def _name(model: Model, decision: Decision, path: Plain) -> str:
    source = upstream(model, decision, path)
    return path_text(path) if source is None else source.id
