"""`redflag check`: files, names, units, and every table analysed exactly."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from redflag_kit.compile.prepared import Prepared, prepare
from redflag_kit.diagnostics.codes import Severity
from redflag_kit.diagnostics.diagnostic import quoted, sorted_unique
from redflag_kit.logic.budget import Budget, Deadline
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.property import Property
from redflag_kit.project.load import Project
from redflag_kit.results.check import CheckBody, CheckedGuideline
from redflag_kit.results.envelope import Envelope
from redflag_kit.workflow.check_guideline import Examined, examine_tables
from redflag_kit.workflow.envelope import NOT_LOADED, OK, STATUS, UNDECIDED, UsageError, exit_code_of, guideline_input
from redflag_kit.workflow.in_turn import in_turn
from redflag_kit.workflow.properties import (
    Safety,
    check_between,
    check_properties,
    in_order,
    properties_between,
    properties_of,
)

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
    budget = budget or Budget()
    wanted = _selected(project, tuple(paths))
    if wanted is None and project.sound and not project.library.guidelines:
        raise _nothing(named=False)

    def is_wanted(file: str) -> bool:
        return wanted is None or _inside(file, wanted)

    guidelines = [g for g in project.library.guidelines if is_wanted(g.path)]
    safety = properties_of(project, is_wanted)
    between = properties_between(project, is_wanted)
    needed = {*safety, *(path for pair in between for path in pair)}
    ready = {g.path: prepare(g) for g in project.library.guidelines if is_wanted(g.path) or g.path in needed}
    # Compiling takes as long as it takes, as loading does; the clock of the analyses starts here.
    found = _examined(ready, {g.path for g in guidelines}, safety, between, budget.nodes, budget.start())
    digests = {path: one.compiled.digest for path, one in ready.items()}
    diagnostics = [d for d in project.diagnostics if is_wanted(d.span.file)]
    diagnostics += [d for one in found for d in one.diagnostics]
    not_decided = tuple(left for one in found for left in one.not_decided)
    properties = in_order(project, (checked for one in found for checked in one.properties))
    ordered = sorted_unique(diagnostics)
    vignettes = [v for _, v in project.library.vignettes if is_wanted(v.span.file)]
    vocabularies = [v for v in project.library.vocabularies if is_wanted(v.path)]
    something = bool(guidelines or vignettes or vocabularies or properties)
    code = exit_code_of(ordered, fail_on, something)
    if not something and not ordered:
        raise _nothing(wanted is not None)
    if not_decided and code == OK:
        code = UNDECIDED
    audits = tuple(audit for one in found for audit in one.default_audit)
    body = CheckBody(
        guidelines=tuple(_checked(g, digests[g.path]) for g in guidelines),
        findings=tuple(finding for one in found for finding in one.findings),
        properties=properties,
        default_audit=audits,
        must_assess=tuple(listed for one in found for listed in one.must_assess),
        vocabularies=tuple(v.id for v in vocabularies),
        vignettes=len(vignettes),
    )
    return Envelope(
        command="check",
        status=STATUS[code],
        exit_code=code,
        inputs=tuple(guideline_input(g, "guideline", g.name, digests[g.path]) for g in guidelines),
        diagnostics=ordered,
        not_decided=not_decided,
        limits=(*((AUDIT_LIMIT,) if audits else ()), *(limit for one in found for limit in one.limits)),
        summary={
            "guidelines": len(guidelines),
            "vignettes": len(vignettes),
            "errors": sum(d.severity is Severity.ERROR for d in ordered),
            "warnings": sum(d.severity is Severity.WARNING for d in ordered),
        },
        body=body,
    )


def _examined(
    ready: Mapping[str, Prepared],
    wanted: Collection[str],
    properties: Mapping[str, Safety],
    between: Mapping[tuple[str, str], Sequence[Property]],
    nodes: int,
    deadline: Deadline,
) -> list[Examined]:
    """Return what was found of every guideline, in their order, then of pairs; the tables of those at wanted paths."""
    steps: dict[tuple[str, ...], Callable[[Deadline], Examined]] = {}
    # Small guidelines first: what they do not need is there for the others.
    for path, one in sorted(ready.items(), key=lambda item: (len(item[1].rules), item[0])):
        if path in wanted:
            steps[path, "tables"] = partial(examine_tables, one, nodes)
        if path in properties:
            steps[path, "properties"] = partial(check_properties, one, properties[path], nodes)
    for (old, new), own in between.items():
        steps[old, new] = partial(check_between, ready[old], ready[new], own, nodes)
    taken = in_turn(tuple(steps.values()), deadline, lambda one: bool(one.not_decided or one.limits))
    found = dict(zip(steps, taken, strict=True))
    of_each = [found.get((path, part)) for path in ready for part in ("tables", "properties")]
    return [one for one in (*of_each, *(found[pair] for pair in between)) if one]


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


def _nothing(named: bool) -> UsageError:
    if named:
        message = "nothing to check: what was named holds no file of the project"
        return UsageError(message, "files of a project are YAML below guidelines/ and vignettes/", NOT_LOADED)
    message = "nothing to check: the project has no guideline"
    return UsageError(message, "put guidelines below guidelines/", NOT_LOADED)


def _inside(file: str, wanted: tuple[str, ...]) -> bool:
    return any(one in ("", file) or file.startswith(f"{one}/") for one in wanted)


def _checked(guideline: Guideline, digest: str) -> CheckedGuideline:
    return CheckedGuideline(
        id=guideline.id,
        version=guideline.version.text,
        path=guideline.path,
        digest=digest,
        decisions=len(guideline.decisions) + len(guideline.scores),
        rules=sum(len(d.rules) + len(d.otherwise or ()) for d in guideline.decisions),
        title=guideline.title,
    )
