"""FEEL as a tree. Offsets count characters of the text that was parsed, from 0, the end exclusive.

Equal texts give equal trees, so a tree may stand for many cells; where a cell lies in its file is known by the cell.
"""

from dataclasses import dataclass
from typing import TypeAlias

from redflag_kit.dmn.feel.values import Value


@dataclass(frozen=True, slots=True)
class Node:
    """What every node has."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A number, string, boolean, null or at-literal."""

    value: Value


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A variable in scope, e.g. `Credit score`."""

    name: str


@dataclass(frozen=True, slots=True)
class Tested(Node):
    """`?`: the value that a unary test is put to."""


@dataclass(frozen=True, slots=True)
class Path(Node):
    """`subject.name`: an entry of a context, or a part of a date, time, duration or range."""

    subject: "Expression"
    name: str


@dataclass(frozen=True, slots=True)
class ListOf(Node):
    """`[a, b]`."""

    items: "tuple[Expression, ...]"


@dataclass(frozen=True, slots=True)
class Interval(Node):
    """`[a..b]`, `(a..b)`, `]a..b[` and their mixtures; a unary test, and a range where a value is asked for."""

    low: "Expression"
    high: "Expression"
    low_included: bool
    high_included: bool


@dataclass(frozen=True, slots=True)
class Ordering(Node):
    """`< a`, `<= a`, `> a` or `>= a` as a unary test."""

    operator: str
    endpoint: "Expression"


@dataclass(frozen=True, slots=True)
class Negation(Node):
    """`-a`."""

    operand: "Expression"


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """`a + b`, and `- * / **`."""

    operator: str
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """`a < b`, and `<= > >= = !=`."""

    operator: str
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Junction(Node):
    """`a and b`, `a or b`, in three-valued logic."""

    operator: str
    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Between(Node):
    """`a between b and c`."""

    value: "Expression"
    low: "Expression"
    high: "Expression"


@dataclass(frozen=True, slots=True)
class In(Node):
    """`a in b` or `a in (b, c)`."""

    value: "Expression"
    tests: "tuple[Test, ...]"


@dataclass(frozen=True, slots=True)
class If(Node):
    """`if a then b else c`."""

    condition: "Expression"
    then: "Expression"
    otherwise: "Expression"


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A call of a built-in function; `names` are the parameter names if the arguments are named, else empty."""

    function: str
    arguments: "tuple[Expression, ...]"
    names: tuple[str, ...]


Expression: TypeAlias = (
    Literal
    | Name
    | Tested
    | Path
    | ListOf
    | Interval
    | Negation
    | Arithmetic
    | Comparison
    | Junction
    | Between
    | In
    | If
    | Call
)
Test: TypeAlias = Ordering | Expression
"""A positive unary test. An `Interval` tests for being inside it; any other expression for being equal to its value,
being in it if it is a list or a range, or for its truth if it is a boolean that uses `?`."""


@dataclass(frozen=True, slots=True)
class UnaryTests(Node):
    """The tests of a cell: any of `tests` holds, or with `negated` none does; no tests at all is `-`, anything."""

    tests: tuple[Test, ...]
    negated: bool = False

    @property
    def is_any(self) -> bool:
        """Say whether this is `-`, which every value satisfies, null too."""
        return not self.tests


def children(node: Test) -> tuple[Test, ...]:
    """Return the parts of a node, in order."""
    match node:
        case Literal() | Name() | Tested():
            return ()
        case Path():
            return (node.subject,)
        case ListOf():
            return node.items
        case Interval():
            return (node.low, node.high)
        case Ordering():
            return (node.endpoint,)
        case Negation():
            return (node.operand,)
        case Arithmetic() | Comparison() | Junction():
            return (node.left, node.right)
        case Between():
            return (node.value, node.low, node.high)
        case In():
            return (node.value, *node.tests)
        case If():
            return (node.condition, node.then, node.otherwise)
        case Call():
            return node.arguments


def uses_tested(node: Test) -> bool:
    """Say whether a node uses `?`."""
    return isinstance(node, Tested) or any(uses_tested(part) for part in children(node))


def is_constant(node: Test) -> bool:
    """Say whether a node uses neither a variable nor `?`."""
    return not isinstance(node, Name | Tested) and all(is_constant(part) for part in children(node))
