"""`redflag check FILE.dmn`: decision models of others, read strictly and analysed exactly."""

from collections.abc import Iterable
from pathlib import Path

from redflag_kit.analyse.fault import kind_of
from redflag_kit.compile.digest import digest_of
from redflag_kit.diagnostics.codes import Severity
from redflag_kit.diagnostics.diagnostic import Diagnostic, quoted, sorted_unique
from redflag_kit.dmn.findings import Open, TableFault, analyse_model
from redflag_kit.dmn.model import Decision, Model, Written
from redflag_kit.logic.budget import Budget
from redflag_kit.project.dmn_files import read_dmn_file
from redflag_kit.results.check import CheckBody, CheckedModel, TableFinding
from redflag_kit.results.envelope import Envelope, NotDecided, ResultInput
from redflag_kit.workflow.envelope import NOT_LOADED, OK, STATUS, UNDECIDED, UsageError, advice_limit, exit_code_of

LIMITS = (
    "Values of an input are analysed as far as its type and its allowed values reach; null only where it is declared "
    "as a value or tested for.",
    "Inputs are independent of each other, as DMN has no way to say otherwise.",
)


def check_models(paths: Iterable[Path], fail_on: Severity = Severity.ERROR, budget: Budget | None = None) -> Envelope:
    """Return every diagnostic of some DMN files. Raises UsageError for a file that is not there."""
    budget = budget or Budget()
    deadline = budget.start()
    diagnostics: list[Diagnostic] = []
    findings: list[TableFinding] = []
    left: list[NotDecided] = []
    models: list[Model] = []
    ungiven: list[str] = []
    # A file that is named twice, by whatever way, is one file, told under its first name.
    files = tuple({path.resolve(): path for path in reversed(tuple(paths))}.values())[::-1]
    for done, path in enumerate(files):
        if not path.is_file():
            raise _no_file(path)
        reading = read_dmn_file(path)
        diagnostics += reading.diagnostics
        if reading.model is None:
            continue
        models.append(reading.model)
        found, undecided = analyse_model(reading.model, budget, deadline.part(1 / (len(files) - done)))
        diagnostics += [one.diagnostic for one in found]
        findings += [_finding(reading.model, one) for one in found]
        left += [_left(one) for one in undecided if not one.advice]
        ungiven += [_ungiven(reading.model, one) for one in undecided if one.advice]
    ordered = sorted_unique(diagnostics)
    tables = sum(one.table is not None for model in models for one in model.decisions)
    code = exit_code_of(ordered, fail_on, bool(tables))
    if not tables and not ordered:
        raise UsageError("nothing to check: the files hold no decision table", "", NOT_LOADED)
    if left and code == OK:
        code = UNDECIDED
    return Envelope(
        command="check",
        status=STATUS[code],
        exit_code=code,
        inputs=tuple(_input(model) for model in models),
        diagnostics=ordered,
        not_decided=tuple(left),
        limits=(*LIMITS, *ungiven),
        summary={
            "models": len(models),
            "tables": tables,
            "errors": sum(one.code.severity is Severity.ERROR for one in ordered),
            "warnings": sum(one.code.severity is Severity.WARNING for one in ordered),
        },
        body=CheckBody(
            guidelines=(),
            findings=tuple(findings),
            properties=(),
            default_audit=(),
            must_assess=(),
            vocabularies=(),
            vignettes=0,
            models=tuple(_checked(model) for model in models),
        ),
    )


def _no_file(path: Path) -> UsageError:
    if path.exists():
        return UsageError(f"{quoted(str(path))} is a folder, not a DMN file", "name the files in it", NOT_LOADED)
    return UsageError(f"there is no file {quoted(str(path))}", "", NOT_LOADED)


def _input(model: Model) -> ResultInput:
    return ResultInput("model", model.file, model.name, model.version, model.file, _digest(model))


def _digest(model: Model) -> str:
    """Return a digest of what the model says, not of how the file is laid out."""
    said = [[one.name, _said(one)] for one in model.decisions]
    return digest_of(["dmn", model.name, said])


def _said(decision: Decision) -> object:
    logic = decision.logic
    if isinstance(logic, Written):
        return logic.text
    if logic is None:
        return None
    return [[*(cell.text for cell in rule.inputs), *(cell.text for cell in rule.outputs)] for rule in logic.rules]


def _checked(model: Model) -> CheckedModel:
    tables = [one.table for one in model.decisions if one.table is not None]
    return CheckedModel(
        name=model.name,
        path=model.file,
        version=model.version,
        decisions=len(model.decisions),
        tables=len(tables),
        rules=sum(len(one.rules) for one in tables),
    )


def _left(one: Open) -> NotDecided:
    return NotDecided(f"{quoted(one.decision.name)}: {one.question}", one.established, one.reason)


def _ungiven(model: Model, one: Open) -> str:
    return advice_limit(f"{quoted(one.decision.name)} of {model.name}", one.question, one.reason)


def _finding(model: Model, one: TableFault) -> TableFinding:
    code, place = one.fault.code, one.fault.where
    return TableFinding(
        code=code.id,
        kind=kind_of(code),
        severity=code.severity.value,
        guideline=model.name,
        decision=one.decision.name,
        message=one.diagnostic.message,
        rules=tuple(str(number) for number in one.rules),
        others=tuple(str(number) for number in one.others),
        region=one.region,
        share=None if place is None or place.share is None else str(place.share),
        witness=None if one.diagnostic.witness is None else dict(one.diagnostic.witness),
        waived="",
    )
