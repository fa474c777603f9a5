"""Read constraints: implications between conditions, and comparisons of two numbers."""

from collections.abc import Mapping
from fractions import Fraction

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import did_you_mean, quoted
from redflag_kit.model.evidence import Source
from redflag_kit.model.vocabulary import (
    Comparison,
    Constraint,
    Implication,
)
from redflag_kit.source.conditions import read_condition
from redflag_kit.source.documents import (
    ConstraintDoc,
)
from redflag_kit.source.names import Faults, Names
from redflag_kit.source.nodes import Node, Path, node_at, span_at
from redflag_kit.source.parameters import check_unique
from redflag_kit.terms.units import compatible, convert, dimension


def read_constraints(
    docs: list[ConstraintDoc],
    node: Node,
    names: Names,
    sources: Mapping[str, Source],
    faults: Faults,
    earlier: tuple[Constraint, ...] = (),
) -> tuple[Constraint, ...]:
    """Return the constraints of a file; `earlier` ones, of the vocabulary, hold beside them."""
    check_unique([one.id for one in docs], node, ("constraints",), "constraint", faults, key="id")
    constraints: list[Constraint] = []
    compared = {side: one.id for one in earlier if isinstance(one, Comparison) for side in (one.left, one.right)}
    taken = {one.id for one in earlier}
    for position, one in enumerate(docs):
        at: Path = ("constraints", position)
        span = span_at(node, (*at, "id"))
        faults.rule_id(one.id, span, "a constraint")
        if one.id in taken:
            message = f"the vocabulary has a constraint {quoted(one.id)} already"
            faults.add(span, codes.RF106, message, "rename this one")
        faults.cite(one.cite, span_at(node, (*at, "cite")), sources)
        if one.compare is not None and one.if_ is None and one.then is None:
            comparison = _comparison(one, node, at, names, compared, faults)
            constraints += [comparison] if comparison else []
        elif one.compare is None and one.if_ is not None and one.then is not None:
            when = read_condition(node_at(node, (*at, "if")), names, faults)
            then = read_condition(node_at(node, (*at, "then")), names, faults)
            if when is not None and then is not None:
                constraints.append(Implication(one.id, one.title, when, then, span))
        else:
            faults.add(
                span,
                codes.RF101,
                f"the constraint {quoted(one.id)} needs `if` and `then`, or `compare`",
                "write one of the two",
            )
    return tuple(constraints)


def _comparison(
    doc: ConstraintDoc, node: Node, at: Path, names: Names, compared: dict[str, str], faults: Faults
) -> Comparison | None:
    span = span_at(node, (*at, "compare"))
    words = doc.compare or []
    shape = "write [finding, at_most, finding], with below, at_most, at_least or above in the middle"
    if len(words) != 3 or words[1] not in ("below", "at_most", "at_least", "above"):
        faults.add(span, codes.RF135, "the comparison cannot be read", shape)
        return None
    left, right = (words[0], words[2]) if words[1] in ("below", "at_most") else (words[2], words[0])
    if left == right:
        faults.add(span, codes.RF135, f"{quoted(left)} is compared with itself", "name two findings")
        return None
    sides = []
    for name in (left, right):
        span = span_at(node, (*at, "compare", 0 if name == words[0] else 2))
        finding = names.findings.get(name)
        if finding is None and name in names.failed:
            continue
        if finding is None:
            hint = did_you_mean(name, names.findings) or "declare it in the vocabulary"
            faults.add(span, codes.RF107, f"no finding is called {quoted(name)}", hint)
        elif finding.grid is None:
            hint = "only numbers can be compared; write {if: ..., then: ...} for other findings"
            faults.add(span, codes.RF135, f"{quoted(name)} is not a number", hint)
        elif name in compared:
            message = f"{quoted(name)} is compared in {quoted(compared[name])} already"
            faults.add(span, codes.RF135, message, "a finding may be compared with one other only")
        else:
            sides.append(finding)
            compared[name] = doc.id
    if len(sides) != 2:
        return None
    span = span_at(node, (*at, "compare"))
    one, other = sides
    if not compatible(one.unit, other.unit):
        faults.add(
            span,
            codes.RF121,
            f"{quoted(left)} is in {quoted(one.unit)}, and {quoted(right)} is in {quoted(other.unit)}",
            "only findings recorded in units of one kind can be compared",
        )
        return None
    if dimension(one.unit) == "temperature" and one.unit != other.unit:
        faults.add(
            span,
            codes.RF135,
            f"{quoted(left)} and {quoted(right)} are on different temperature scales",
            "declare both in one unit",
        )
        return None
    factor = convert(Fraction(1), other.unit, one.unit)
    return Comparison(
        doc.id, doc.title, left, right, words[1] in ("below", "above"), factor, span_at(node, (*at, "id"))
    )
