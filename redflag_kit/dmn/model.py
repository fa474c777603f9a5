"""A decision model as data: what was read from a DMN file, checked and with every reference resolved.

Names are those of the standard. Rules are numbered from 1. A part that was not understood is None, and a diagnostic
says why; whoever evaluates or analyses a decision asks `Decision.usable` first.
"""

from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TypeAlias

from redflag_kit.diagnostics.span import Span
from redflag_kit.dmn.feel.syntax import Expression, UnaryTests
from redflag_kit.dmn.feel.types import Type


class HitPolicy(Enum):
    """What a table does where several rules match; the value is the name in the standard."""

    UNIQUE = "UNIQUE"
    ANY = "ANY"
    PRIORITY = "PRIORITY"
    FIRST = "FIRST"
    RULE_ORDER = "RULE ORDER"
    OUTPUT_ORDER = "OUTPUT ORDER"
    COLLECT = "COLLECT"

    @property
    def is_multiple(self) -> bool:
        """Say whether the result is made of all rules that match."""
        return self in (HitPolicy.RULE_ORDER, HitPolicy.OUTPUT_ORDER, HitPolicy.COLLECT)


class Aggregation(Enum):
    """What COLLECT makes of the outputs."""

    SUM = "SUM"
    COUNT = "COUNT"
    MIN = "MIN"
    MAX = "MAX"


@dataclass(frozen=True, slots=True)
class Tests:
    """Unary tests as written somewhere, e.g. `>= 50`; `tests` is None if they could not be read."""

    text: str
    tests: UnaryTests | None
    span: Span


@dataclass(frozen=True, slots=True)
class Written:
    """An expression as written somewhere; `expression` is None if it could not be read."""

    text: str
    expression: Expression | None
    span: Span


@dataclass(frozen=True, slots=True)
class ItemDefinition:
    """A type with a name: `type` is its FEEL type, the rest says which of its values are allowed.

    `base` is the named type that it restricts or collects, None for built-in types and for structures. Of a collection,
    `allowed` holds for every member and `constraint` for the list as a whole. `whole`: only whole numbers.
    `size`: of how many types it is made, itself included.
    """

    name: str
    type: Type
    id: str = ""
    span: Span | None = None
    base: "ItemDefinition | None" = None
    components: "tuple[ItemDefinition, ...]" = ()
    is_collection: bool = False
    allowed: Tests | None = None
    constraint: Tests | None = None
    whole: bool = False
    size: int = 1

    @property
    def constraints(self) -> tuple[Tests, ...]:
        """Return the tests that one value of this type must satisfy, its own first; none for a collection."""
        if self.is_collection:
            return ()
        own = tuple(tests for tests in (self.allowed, self.constraint) if tests is not None)
        return own + (self.base.constraints if self.base else ())

    @property
    def is_whole(self) -> bool:
        """Say whether the values are whole numbers."""
        return not self.is_collection and (self.whole or (self.base is not None and self.base.is_whole))


@dataclass(frozen=True, slots=True)
class Variable:
    """The name under which a value is known to expressions, and its type."""

    name: str
    item: ItemDefinition

    @property
    def type(self) -> Type:
        """Return the FEEL type of the value."""
        return self.item.type


@dataclass(frozen=True, slots=True)
class InputData:
    """A value that comes from outside."""

    id: str
    name: str
    variable: Variable
    span: Span


@dataclass(frozen=True, slots=True)
class InputClause:
    """A column of conditions: `values` are the input values, or else those that its type allows."""

    id: str
    label: str
    expression: Written
    type: Type
    item: ItemDefinition
    input_values: Tests | None
    span: Span


@dataclass(frozen=True, slots=True)
class OutputClause:
    """A column of results; `values` gives the order of priority: the output values, or else what the type allows."""

    id: str
    name: str
    label: str
    type: Type
    item: ItemDefinition
    output_values: Tests | None
    default: Written | None
    span: Span

    @property
    def values(self) -> Tests | None:
        """Return the list of values from the highest priority to the lowest."""
        if self.output_values is not None:
            return self.output_values
        allowed = _single(self.item).constraints
        return allowed[0] if allowed else None


def _single(item: ItemDefinition) -> ItemDefinition:
    """Return the type of the members of a collection as one value, or the type itself."""
    if not item.is_collection:
        return item
    return ItemDefinition(
        item.name, item.type.item or item.type, base=item.base, allowed=item.allowed, whole=item.whole
    )


@dataclass(frozen=True, slots=True)
class Rule:
    """A row: one entry per input and per output; `number` counts from 1."""

    number: int
    id: str
    inputs: tuple[Tests, ...]
    outputs: tuple[Written, ...]
    annotations: tuple[str, ...]
    span: Span


@dataclass(frozen=True)
class DecisionTable:
    """A decision table."""

    id: str
    hit_policy: HitPolicy
    aggregation: Aggregation | None
    inputs: tuple[InputClause, ...]
    outputs: tuple[OutputClause, ...]
    rules: tuple[Rule, ...]
    span: Span


Logic: TypeAlias = DecisionTable | Written


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision: its variable, what it requires (ids, in file order), and its logic if that is supported.

    `usable`: everything in it was understood and everything it requires is usable too.
    """

    id: str
    name: str
    variable: Variable
    required_inputs: tuple[str, ...]
    required_decisions: tuple[str, ...]
    logic: Logic | None
    usable: bool
    span: Span

    @property
    def table(self) -> DecisionTable | None:
        """Return the decision table, if the logic is one."""
        return self.logic if isinstance(self.logic, DecisionTable) else None


@dataclass(frozen=True, slots=True)
class NestedTable:
    """A table inside a part that is not evaluated as a whole, such as a business knowledge model or a boxed context.

    It can be analysed for the values of its columns. `name` says where it stands, e.g. `my model / risk`.
    """

    name: str
    table: DecisionTable
    usable: bool


@dataclass(frozen=True)
class Model:
    """A decision model; decisions and inputs in file order."""

    file: str
    version: str
    namespace: str
    name: str
    items: tuple[ItemDefinition, ...]
    inputs: tuple[InputData, ...]
    decisions: tuple[Decision, ...]
    nested: tuple[NestedTable, ...] = ()

    @cached_property
    def inputs_by_id(self) -> dict[str, InputData]:
        """Return the inputs by id."""
        return {one.id: one for one in self.inputs}

    @cached_property
    def decisions_by_id(self) -> dict[str, Decision]:
        """Return the decisions by id."""
        return {one.id: one for one in self.decisions}

    def decision(self, key: str) -> Decision | None:
        """Return the decision with this id, or else the first with this name."""
        named = (one for one in self.decisions if key in (one.name, one.variable.name))
        return self.decisions_by_id.get(key) or next(named, None)

    @cached_property
    def ordered(self) -> tuple[Decision, ...]:
        """Return the decisions so that each comes after those it requires; circles and what needs them are left out."""
        missing = {one.id: len(one.required_decisions) for one in self.decisions}
        needed_by: dict[str, list[Decision]] = {}
        for one in self.decisions:
            for key in one.required_decisions:
                needed_by.setdefault(key, []).append(one)
        done = [one for one in self.decisions if not missing[one.id]]
        for one in done:  # grows as it is read
            for later in needed_by.get(one.id, ()):
                missing[later.id] -= 1
                if not missing[later.id]:
                    done.append(later)
        return tuple(done)
