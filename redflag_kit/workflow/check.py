"""`redflag check`: files, names, units, and every table analysed exactly."""

from collections.abc import Iterable
from pathlib import Path

from redflag_kit.analyse.assumptions import audit_assumptions
from redflag_kit.analyse.fault import kind_of
from redflag_kit.analyse.guideline import Finding, analyse
from redflag_kit.analyse.run import Unsettled
from redflag_kit.diagnostics.codes import RF203, RF312, RF314, Severity
from redflag_kit.diagnostics.diagnostic import Diagnostic, quoted, sorted_unique
from redflag_kit.evaluate.engine import engine
from redflag_kit.logic.budget import Budget, BudgetExceeded
from redflag_kit.model.guideline import Guideline
from redflag_kit.project.load import Project
from redflag_kit.results.audit import DefaultAudit, MustAssess
from redflag_kit.results.check import CheckBody, CheckedGuideline, TableFinding
from redflag_kit.results.envelope import Envelope, NotDecided
from redflag_kit.workflow.envelope import NOT_LOADED, OK, STATUS, UNDECIDED, UsageError, exit_code_of, guideline_input
from redflag_kit.workflow.properties import check_properties

AUDIT_LIMIT = (
    "default audits: ordered outputs, and cases in which each finding is known or not assessed, not partly known"
)


def check(
    project: Project,
    paths: Iterable[Path] = (),
    fail_on: Severity = Severity.ERROR,
    budget: Budget | None = None,
) -> Envelope:
    """Return every diagnostic of the project, or of the files named by `paths`."""
    deadline = (budget or Budget()).start()
    wanted = _selected(project, tuple(paths))
    guidelines = [g for g in project.library.guidelines if wanted is None or _inside(g.path, wanted)]
    diagnostics = [d for d in project.diagnostics if wanted is None or _inside(d.span.file, wanted)]
    findings: list[TableFinding] = []
    not_decided: list[NotDecided] = []
    default_audit: list[DefaultAudit] = []
    must_assess: list[MustAssess] = []
    for guideline in guidelines:
        try:
            ready = engine(guideline)
            # Three-valued differences are no fault of the guideline: they stand among the findings only.
            found, unsettled = analyse(ready, deadline)
            diagnostics += [one.diagnostic for one in found if one.diagnostic.code is not RF312]
            findings += [_result(guideline, one) for one in found if one.fault.code is not RF314]
            not_decided += [_unsettled(guideline, one) for one in unsettled]
            assumptions = audit_assumptions(ready)
            if assumptions:
                diagnostics += assumptions.diagnostics
                default_audit += assumptions.audits
                must_assess.append(assumptions.must_assess)
        except BudgetExceeded as error:
            not_decided.append(NotDecided(f"analysis of {guideline.name}", "files and names are checked", str(error)))
            diagnostics.append(
                Diagnostic(guideline.span, RF203, f"{quoted(guideline.name)} is too large to analyse: {error}")
            )
    safety = check_properties(project, lambda file: wanted is None or _inside(file, wanted))
    diagnostics += safety.diagnostics
    not_decided += safety.not_decided
    ordered = sorted_unique(diagnostics)
    vignettes = [v for _, v in project.library.vignettes if wanted is None or _inside(v.span.file, wanted)]
    vocabularies = [v for v in project.library.vocabularies if wanted is None or _inside(v.path, wanted)]
    something = bool(guidelines or vignettes or vocabularies or safety.checked)
    code = exit_code_of(ordered, fail_on, something)
    if not something and not ordered:
        raise UsageError(
            "nothing to check: the project has no guideline", "put guidelines below guidelines/", NOT_LOADED
        )
    if not_decided and code == OK:
        code = UNDECIDED
    body = CheckBody(
        guidelines=tuple(_checked(guideline) for guideline in guidelines),
        findings=tuple(findings),
        properties=safety.checked,
        default_audit=tuple(default_audit),
        must_assess=tuple(must_assess),
        vocabularies=tuple(v.id for v in vocabularies),
        vignettes=len(vignettes),
    )
    return Envelope(
        command="check",
        status=STATUS[code],
        exit_code=code,
        inputs=tuple(guideline_input(g, "guideline", g.name) for g in guidelines),
        diagnostics=ordered,
        not_decided=tuple(not_decided),
        limits=(AUDIT_LIMIT,) if default_audit else (),
        summary={
            "guidelines": len(guidelines),
            "vignettes": len(vignettes),
            "errors": sum(d.severity is Severity.ERROR for d in ordered),
            "warnings": sum(d.severity is Severity.WARNING for d in ordered),
        },
        body=body,
    )


def _selected(project: Project, paths: tuple[Path, ...]) -> tuple[str, ...] | None:
    """Return the wanted paths relative to the project. Raises UsageError for a path that is not part of it."""
    if not paths:
        return None
    selected = []
    for path in paths:
        place = path.resolve()
        if not place.exists():
            raise UsageError(f"there is no file {quoted(str(path))}", "", NOT_LOADED)
        if not place.is_relative_to(project.root.resolve()):
            raise UsageError(
                f"{quoted(str(path))} is not part of the project", "name a file below the project's folder"
            )
        relative = place.relative_to(project.root.resolve()).as_posix()
        selected.append("" if relative == "." else relative)
    return tuple(selected)


def _inside(file: str, wanted: tuple[str, ...]) -> bool:
    return any(one in ("", file) or file.startswith(f"{one}/") for one in wanted)


def _checked(guideline: Guideline) -> CheckedGuideline:
    return CheckedGuideline(
        id=guideline.id,
        version=guideline.version.text,
        path=guideline.path,
        digest=guideline_input(guideline, "", "").digest,
        decisions=len(guideline.decisions) + len(guideline.scores),
        rules=sum(len(d.rules) + len(d.otherwise or ()) for d in guideline.decisions),
        title=guideline.title,
    )


def _unsettled(guideline: Guideline, one: Unsettled) -> NotDecided:
    return NotDecided(f"{one.question} of {guideline.name}", "what is reported is so; there may be more", one.budget)


def _result(guideline: Guideline, one: Finding) -> TableFinding:
    fault, code = one.fault, one.fault.code
    witness = None if one.diagnostic.witness is None else dict(one.diagnostic.witness)
    share = None if fault.where is None or fault.where.share is None else str(fault.where.share)
    return TableFinding(
        code=code.id,
        kind=kind_of(code),
        severity=one.diagnostic.severity.value,
        guideline=guideline.name,
        decision=fault.decision,
        message=one.diagnostic.message,
        rules=fault.rules,
        others=fault.others,
        region=one.region,
        share=share,
        witness=witness,
        waived=one.diagnostic.waived,
    )
