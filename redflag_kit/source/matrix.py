"""Read a risk matrix: scales without repetition, a class for every pair, and no class that falls as harm grows."""

from collections.abc import Iterable
from itertools import pairwise

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import did_you_mean, quoted
from redflag_kit.model.evidence import Source
from redflag_kit.model.hazard import RiskMatrix, Step
from redflag_kit.source.hazard_documents import MatrixDoc, StepDoc
from redflag_kit.source.names import Faults
from redflag_kit.source.nodes import Node, Path, key_span_at, span_at
from redflag_kit.source.parameters import check_unique

_AT: Path = ("matrix",)
_TABLE: Path = (*_AT, "table")


def build_matrix(doc: MatrixDoc, node: Node, sources: dict[str, Source], faults: Faults) -> RiskMatrix:
    """Return the matrix; every pair has a class only if no fault was noted."""
    for position, key in enumerate(doc.cite):
        faults.cite(key, span_at(node, (*_AT, "cite", position)), sources)
    if not doc.cite:
        faults.add(
            span_at(node, (*_AT, "cite")),
            codes.RF139,
            "the risk matrix has no source",
            "add the source it is taken from",
        )
    matrix = RiskMatrix(
        cite=tuple(doc.cite),
        severity=_steps(doc.severity, "severity", node, faults),
        likelihood=_steps(doc.likelihood, "likelihood", node, faults),
        classes=_steps(doc.classes, "classes", node, faults),
        table={(severity, likelihood): name for severity, row in doc.table.items() for likelihood, name in row.items()},
    )
    before = len(faults.found)
    _check_words(doc, matrix, node, faults)
    _check_complete(doc, matrix, node, faults)
    if len(faults.found) == before:
        _check_order(matrix, node, faults)
    return matrix


def named_step(name: str, steps: Iterable[Step], what: str, node: Node, at: Path, faults: Faults) -> None:
    """Note a name that is none of the steps of a scale."""
    known = [step.id for step in steps]
    if name not in known:
        hint = did_you_mean(name, known) or f"it has {', '.join(known) or 'no step'}"
        faults.add(span_at(node, at), codes.RF173, f"the scale of {what} has no step {quoted(name)}", hint)


def _steps(docs: list[StepDoc], what: str, node: Node, faults: Faults) -> tuple[Step, ...]:
    at: Path = (*_AT, what)
    check_unique([one.id for one in docs], node, at, "step", faults, key="id")
    if not docs:
        faults.add(
            span_at(node, at), codes.RF139, f"the scale of {quoted(what)} has no step", "list its steps, lowest first"
        )
    for position, one in enumerate(docs):
        faults.level(one.id, span_at(node, (*at, position, "id")), "a step")
    return tuple(Step(one.id, one.means) for one in docs)


def _check_words(doc: MatrixDoc, matrix: RiskMatrix, node: Node, faults: Faults) -> None:
    """Note what the table names and the scales do not have."""
    for severity, row in doc.table.items():
        if severity not in {step.id for step in matrix.severity}:
            _unknown(severity, matrix.severity, "severity", node, (*_TABLE, severity), faults)
        for likelihood, name in row.items():
            place: Path = (*_TABLE, severity, likelihood)
            if likelihood not in {step.id for step in matrix.likelihood}:
                _unknown(likelihood, matrix.likelihood, "likelihood", node, place, faults)
            named_step(name, matrix.classes, "risk", node, place, faults)


def _unknown(name: str, steps: Iterable[Step], what: str, node: Node, at: Path, faults: Faults) -> None:
    known = [step.id for step in steps]
    hint = did_you_mean(name, known) or f"it has {', '.join(known) or 'no step'}"
    faults.add(key_span_at(node, at), codes.RF173, f"the scale of {what} has no step {quoted(name)}", hint)


def _check_complete(doc: MatrixDoc, matrix: RiskMatrix, node: Node, faults: Faults) -> None:
    """Note every pair without a class, row by row."""
    for severity in matrix.severity:
        missing = {step.id: None for step in matrix.likelihood if (severity.id, step.id) not in matrix.table}
        if missing:
            message = f"the risk matrix has no class for {quoted(severity.id)} with {', '.join(missing)}"
            place = key_span_at(node, (*_TABLE, severity.id)) if severity.id in doc.table else span_at(node, _TABLE)
            faults.add(place, codes.RF172, message, "give each pair of severity and likelihood a class")


def _check_order(matrix: RiskMatrix, node: Node, faults: Faults) -> None:
    """Note where risk falls although severity or likelihood grows."""
    for severity in matrix.severity:
        for lower, higher in pairwise(matrix.likelihood):
            _not_falling(matrix, (severity.id, lower.id), (severity.id, higher.id), node, faults)
    for likelihood in matrix.likelihood:
        for lower, higher in pairwise(matrix.severity):
            _not_falling(matrix, (lower.id, likelihood.id), (higher.id, likelihood.id), node, faults)


def _not_falling(
    matrix: RiskMatrix, lower: tuple[str, str], higher: tuple[str, str], node: Node, faults: Faults
) -> None:
    if matrix.risk(*higher).number < matrix.risk(*lower).number:
        less, more = (f"{severity} with {likelihood}" for severity, likelihood in (lower, higher))
        message = f"the risk matrix gives {quoted(more)} a lower class than {quoted(less)}"
        hint = "correct one of them, or the order of the scales: lowest first"
        faults.add(span_at(node, (*_TABLE, *higher)), codes.RF172, message, hint)
