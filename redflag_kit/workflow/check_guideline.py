"""The part of `check` that is about the tables of one guideline: their faults, and what its assumptions hide."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from redflag_kit.analyse.answers import Unsettled
from redflag_kit.analyse.assumptions import audit_assumptions
from redflag_kit.analyse.fault import kind_of
from redflag_kit.analyse.guideline import Finding, analyse
from redflag_kit.compile.prepared import Prepared
from redflag_kit.diagnostics.codes import RF203, RF312, RF314
from redflag_kit.diagnostics.diagnostic import Diagnostic, quoted
from redflag_kit.diagnostics.span import Span
from redflag_kit.logic.budget import BudgetExceeded, Deadline
from redflag_kit.results.audit import DefaultAudit, MustAssess
from redflag_kit.results.check import TableFinding
from redflag_kit.results.envelope import NotDecided
from redflag_kit.results.properties import CheckedProperty
from redflag_kit.workflow.envelope import advice_limit

RAISE = "raise the budget with --budget, or split the decision"


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found of one guideline, what was not decided, and what was left out (`limits`)."""

    diagnostics: tuple[Diagnostic, ...] = ()
    not_decided: tuple[NotDecided, ...] = ()
    findings: tuple[TableFinding, ...] = ()
    default_audit: tuple[DefaultAudit, ...] = ()
    must_assess: tuple[MustAssess, ...] = ()
    properties: tuple[CheckedProperty, ...] = ()
    limits: tuple[str, ...] = ()


def together(parts: Iterable[Examined]) -> Examined:
    """Return several parts as one."""
    parts = tuple(parts)
    return Examined(
        tuple(one for part in parts for one in part.diagnostics),
        tuple(one for part in parts for one in part.not_decided),
        tuple(one for part in parts for one in part.findings),
        tuple(one for part in parts for one in part.default_audit),
        tuple(one for part in parts for one in part.must_assess),
        tuple(one for part in parts for one in part.properties),
        tuple(one for part in parts for one in part.limits),
    )


def examine_tables(ready: Prepared, nodes: int, deadline: Deadline) -> Examined:
    """Return the faults of a guideline's tables and what its assumptions hide."""
    faults = _faults(ready, nodes, deadline.part(0.5) if ready.compiled.assume else deadline)
    return together((faults, _audit(ready, nodes, deadline)))


def _faults(ready: Prepared, nodes: int, deadline: Deadline) -> Examined:
    found = analyse(ready, nodes, deadline)
    name = ready.guideline.name
    # Three-valued differences are no fault of the guideline: they stand among the findings only.
    return Examined(
        diagnostics=(
            *(one.diagnostic for one in found.shown if one.diagnostic.code is not RF312),
            *undecided(ready.guideline.span, name, found.unsettled),
        ),
        not_decided=tuple(_not_decided(name, one) for one in found.unsettled),
        findings=tuple(_result(name, one) for one in found.shown if one.fault.code is not RF314),
        limits=tuple(advice_limit(name, one.question, one.budget) for one in found.ungiven),
    )


def _audit(ready: Prepared, nodes: int, deadline: Deadline) -> Examined:
    question = f"what the assumptions of {quoted(ready.guideline.name)} hide"
    try:
        found = audit_assumptions(ready, nodes, deadline)
    except BudgetExceeded as error:
        told = Diagnostic(ready.guideline.span, RF203, f"not decided within the budget: {question}", RAISE)
        return Examined((told,), (NotDecided(question, "nothing", error.budget),))
    return Examined(found.diagnostics, (), (), found.audits, (found.must_assess,)) if found else Examined()


def undecided(span: Span, name: str, unsettled: Iterable[Unsettled]) -> Iterator[Diagnostic]:
    """Yield one diagnostic for all questions about something that were not decided."""
    questions = ", ".join(one.question for one in unsettled)
    if questions:
        yield Diagnostic(span, RF203, f"not decided for {quoted(name)} within the budget: {questions}", RAISE)


def _not_decided(name: str, one: Unsettled) -> NotDecided:
    return NotDecided(f"{one.question} of {name}", one.established, one.budget)


def _result(name: str, one: Finding) -> TableFinding:
    fault, code = one.fault, one.fault.code
    witness = None if one.diagnostic.witness is None else dict(one.diagnostic.witness)
    share = None if fault.where is None or fault.where.share is None else str(fault.where.share)
    return TableFinding(
        code=code.id,
        kind=kind_of(code),
        severity=one.diagnostic.severity.value,
        guideline=name,
        decision=fault.decision,
        message=one.diagnostic.message,
        rules=fault.rules,
        others=fault.others,
        region=one.region,
        share=share,
        witness=witness,
        waived=one.diagnostic.waived,
    )
