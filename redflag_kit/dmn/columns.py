"""The inputs that a decision depends on, each with its domain: cut by every test that is put to it on the way.

An input that several tables read has one domain; its values satisfy the allowed values of its type and of every column
that it stands in.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from redflag_kit.dmn.domain import Domain, NotAnalysable, domain_of, mentions_null
from redflag_kit.dmn.feel.evaluate import satisfies
from redflag_kit.dmn.feel.syntax import UnaryTests
from redflag_kit.dmn.feel.types import ANY, Kind
from redflag_kit.dmn.model import Decision, InputClause, ItemDefinition, Model, Tests, Variable
from redflag_kit.dmn.paths import Plain, is_path, path_text, steps
from redflag_kit.dmn.truths import cuts_of

UNKNOWN = ItemDefinition("", ANY)


@dataclass(slots=True)
class _Found:
    """What is known of one input so far."""

    names: tuple[str, ...]
    item: ItemDefinition
    tests: list[UnaryTests] = field(default_factory=list)
    restrictions: list[Tests] = field(default_factory=list)
    input_values: list[Tests] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reading:
    """An input as tables read it: the names of its path, and its domain."""

    names: tuple[str, ...]
    domain: Domain


def closure(model: Model, target: Decision) -> tuple[Decision, ...]:
    """Return a decision and all that it requires, each after those it requires itself."""
    needed = {target.id}
    waiting = [target]
    while waiting:
        for key in waiting.pop().required_decisions:
            if key not in needed:
                needed.add(key)
                waiting.append(model.decisions_by_id[key])
    return (*(one for one in model.ordered if one.id in needed and one.id != target.id), target)


def upstream(model: Model, decision: Decision, path: Plain) -> Decision | None:
    """Return the decision whose result a path reads, None if it reads an input."""
    name = steps(path)[0]
    required = (model.decisions_by_id[key] for key in decision.required_decisions)
    return next((one for one in required if one.variable.name == name), None)


def readings(model: Model, decisions: Iterable[Decision]) -> dict[str, Reading]:
    """Return the inputs that some decisions read, by path. Raises NotAnalysable for values that cannot be cut."""
    found: dict[str, _Found] = {}
    for decision in decisions:
        for path, tests, clause in _tests(decision):
            if upstream(model, decision, path) is None:
                one = found.setdefault(path_text(path), _Found(steps(path), _item(model, decision, steps(path))))
                one.tests += tests
                if clause is not None:
                    one.restrictions += clause.item.constraints
                    one.input_values += [clause.input_values] if clause.input_values else []
                    one.item = clause.item if one.item.type == ANY else one.item
    return {name: Reading(one.names, _domain(name, one)) for name, one in found.items() if not _is_untested(one)}


def _tests(decision: Decision) -> Iterator[tuple[Plain, list[UnaryTests], InputClause | None]]:
    table = decision.table
    if table is None:
        expression = getattr(decision.logic, "expression", None)
        for path, tests in cuts_of(expression) if expression is not None else ():
            yield path, [tests], None
        return
    for position, clause in enumerate(table.inputs):
        expression = clause.expression.expression
        if expression is None:
            continue
        if is_path(expression):
            cells = (rule.inputs[position].tests for rule in table.rules)
            yield expression, [cell for cell in cells if cell is not None], clause
        else:
            yield from ((path, [tests], None) for path, tests in cuts_of(expression))


def _item(model: Model, decision: Decision, names: tuple[str, ...]) -> ItemDefinition:
    """Return the type of an input, that of a part of it for a longer path."""
    inputs = (model.inputs_by_id[key] for key in decision.required_inputs if key in model.inputs_by_id)
    variable: Variable | None = next((one.variable for one in inputs if one.variable.name == names[0]), None)
    item = variable.item if variable else UNKNOWN
    for name in names[1:]:
        if item.type.kind not in (Kind.ANY, Kind.CONTEXT):
            raise NotAnalysable(f"`{'.'.join(names)}`: a part of a {item.type.kind.value} is computed from it")
        item = next((part for part in _components(item) if part.name == name), UNKNOWN)
    return item


def _components(item: ItemDefinition) -> tuple[ItemDefinition, ...]:
    while not item.components and item.base is not None:
        item = item.base
    return item.components


def _is_untested(found: _Found) -> bool:
    """Say whether nothing asks for an input's value: neither a test nor a type or a list that bounds it."""
    bounded = found.item.constraints or found.restrictions or found.input_values
    return not bounded and found.item.type == ANY and all(one.is_any for one in found.tests)


def _domain(name: str, found: _Found) -> Domain:
    types, listed = _known((*found.item.constraints, *found.restrictions)), _known(found.input_values)
    tests = tuple(dict.fromkeys(found.tests))
    # Null is a value of every type; only the input values of a column say whether it may come.
    null = mentions_null((*types, *listed, *tests)) and all(satisfies(one, None, {}) for one in listed)
    try:
        return domain_of(found.item.type.kind, found.item.is_whole, (*types, *listed), tests, null)
    except NotAnalysable as error:
        raise NotAnalysable(f"`{name}`: {error}") from None


def _known(tests: Iterable[Tests]) -> tuple[UnaryTests, ...]:
    return tuple(dict.fromkeys(one.tests for one in tests if one.tests is not None))
