"""`redflag diff`: two editions compared exactly, with everything a reviewer needs beside it."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from redflag_kit.analyse.assumptions import hidden_outcomes
from redflag_kit.analyse.guideline import Finding, analyse
from redflag_kit.analyse.run import Wanted
from redflag_kit.compile.prepared import Prepared, prepare
from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic, quoted, sorted_unique
from redflag_kit.diff.compare import Comparison, compare
from redflag_kit.diff.direction import LATERAL_ASSUMPTION
from redflag_kit.diff.pair import clashing_findings, clashing_outputs
from redflag_kit.logic.budget import Budget, BudgetExceeded
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Vignette
from redflag_kit.project.load import Project
from redflag_kit.results.diff import DIRECTIONS, DiffBody, Health, HealthItem, Tables, VignetteSummary
from redflag_kit.results.envelope import Envelope, NotDecided
from redflag_kit.results.properties import CheckedProperty
from redflag_kit.trace.changed import touched, with_hazards
from redflag_kit.workflow.check_guideline import Examined
from redflag_kit.workflow.envelope import FINDINGS, INTERNAL, OK, STATUS, UNDECIDED, guideline_input
from redflag_kit.workflow.properties import check_between, properties_between
from redflag_kit.workflow.reference import find_guideline
from redflag_kit.workflow.show import shown_guideline
from redflag_kit.workflow.test import matching, run_vignettes

T = TypeVar("T")

LIMITS = (
    "Patients are combinations of the findings in the vocabulary; what the vocabulary does not ask cannot be seen.",
    "Numbers are compared on the grid that each finding declares.",
    "Numbers of change classes are not numbers of patients, and say nothing about how common a change is.",
    "Missing information: every finding known or not assessed; partly known findings are not enumerated here. Outputs "
    "that only one edition covers are left out there.",
    "What is written by the rules is compared; levels entailed by `satisfied_by` follow from it.",
    "Safety properties are those declared between the two editions; `redflag check` decides those of each by itself.",
    "Test strength, population impact, traceability and sign-off are not measured.",
    "Nothing here says which edition is right. For authoring, validating and reviewing rules; not for patient care.",
)
HAZARDS = (
    "A change class touches the hazards whose controls name its old or its new decisive rule; where no rule decides, "
    "none is named. Risks are those of the hazard log and are not judged anew for the new edition."
)
NO_HAZARDS = "No hazard log was read, so hazards are not measured."


def diff(project: Project, old_reference: str, new_reference: str, *, exit_code: bool = False) -> Envelope:
    """Return what changed between two editions. `exit_code` makes a change exit 1. Raises UsageError for references."""
    old, new = find_guideline(project, old_reference), find_guideline(project, new_reference)
    inputs = (guideline_input(old, "old", old_reference), guideline_input(new, "new", new_reference))
    options: dict[str, object] = {"exit_code": exit_code}
    faults = (
        *(_clashing_finding(new, name) for name in clashing_findings(old, new)),
        *(_clashing_output(new, name) for name in clashing_outputs(old, new)),
    )
    if faults:
        return Envelope("diff", STATUS[FINDINGS], FINDINGS, inputs, options, faults, summary={"equivalent": None})
    try:
        found = compare(old, new, _vignettes_of(project, old, new))
    except BudgetExceeded as error:
        nothing = NotDecided(f"{old.name} against {new.name}", "nothing was established", str(error))
        summary: dict[str, object] = {"equivalent": None}
        return Envelope("diff", STATUS[UNDECIDED], UNDECIDED, inputs, options, (), (nothing,), LIMITS, summary)
    between = _between(project, old, new)
    undecided = [*found.undecided, *between.not_decided]
    faults = (*found.faults, *(one for one in between.diagnostics if one.code == codes.RF902))
    logs = [log for log in project.library.hazards if log.vocabulary in {old.vocabulary.id, new.vocabulary.id}]
    found = replace(found, classes=with_hazards(found.classes, logs, old, new))
    body = _body(project, old, new, found, undecided, between.properties)
    if logs:
        body = replace(body, hazards=touched(found.classes, logs, old, new, found.alignment.successors))
    code = FINDINGS if exit_code and found.equivalent is False else UNDECIDED if undecided else OK
    if faults:
        code = INTERNAL
    return Envelope(
        command="diff",
        status=STATUS[code],
        exit_code=code,
        inputs=inputs,
        options=options,
        diagnostics=sorted_unique(faults),
        not_decided=tuple(undecided),
        limits=(*LIMITS, HAZARDS if logs else NO_HAZARDS),
        summary={
            "equivalent": found.equivalent,
            "classes": len(found.classes),
            "required_bump": found.required_bump,
            **{name: sum(c.direction == name for c in found.classes) for name in DIRECTIONS if name != "lateral"},
        },
        body=body,
    )


def _vignettes_of(project: Project, old: Guideline, new: Guideline) -> list[Vignette]:
    """Return the vignettes written in a vocabulary of the editions."""
    known = {old.vocabulary.id, new.vocabulary.id}
    return [vignette for vocabulary, vignette in project.library.vignettes if vocabulary in known]


def _clashing_finding(new: Guideline, name: str) -> Diagnostic:
    message = f"the finding {quoted(name)} changed its kind, unit or resolution, so the editions cannot be compared"
    finding = new.vocabulary.findings.get(name)
    hint = "give the changed finding a new id"
    return Diagnostic(finding.span if finding else new.span, codes.RF501, message, hint, findings=(name,))


def _clashing_output(new: Guideline, name: str) -> Diagnostic:
    message = f"the output {quoted(name)} changed its kind or its order of levels, so the editions cannot be compared"
    hint = "add levels without moving the others, or give the changed output a new id"
    return Diagnostic(new.vocabulary.outputs[name].span, codes.RF502, message, hint)


def _body(
    project: Project,
    old: Guideline,
    new: Guideline,
    found: Comparison,
    undecided: list[NotDecided],
    properties: tuple[CheckedProperty, ...],
) -> DiffBody:
    """Return the body; what it needs of single editions and cannot have within the budget joins the undecided."""
    return DiffBody(
        old=old.name,
        new=new.name,
        equivalent=found.equivalent,
        verdict=_verdict(old, new, found),
        required_bump=found.required_bump,
        declared_bump=found.declared_bump,
        versioning=new.versioning,
        bump_enough=found.bump_enough,
        counts=found.counts,
        changes=found.classes,
        cards=found.cards,
        edits=found.edits,
        unknowns=found.unknowns,
        properties=properties,
        health=_within("faults of the decision tables", undecided, lambda: _health(old, new)) or Health((), (), ()),
        vignettes=_vignettes(project, old, new, found, undecided),
        test_strength=None,
        population=None,
        unchanged_edits=found.unchanged_edits,
        tables=Tables(shown_guideline(old), shown_guideline(new), tuple(found.alignment.successors.items())),
        lateral_assumption=LATERAL_ASSUMPTION,
    )


def _between(project: Project, old: Guideline, new: Guideline) -> Examined:
    """Return what became of the properties between the two editions."""
    own = properties_between(project, lambda _: True).get((old.path, new.path))
    if not own:
        return Examined((), ())
    budget = Budget()
    return check_between(prepare(old), prepare(new), own, budget.nodes, budget.start())


def _verdict(old: Guideline, new: Guideline, found: Comparison) -> str:
    if found.equivalent:
        return (
            f"{new.name} gives every patient, and every case with missing information, what {old.name} gives (proved)"
        )
    if found.equivalent is None:
        return f"{new.name} gives every patient what {old.name} gives (proved); with missing information: not decided"
    worse = sum(c.direction in ("less_urgent", "lost") for c in found.classes)
    better = sum(c.direction in ("more_urgent", "gained") for c in found.classes)
    other = len(found.classes) - worse - better
    parts = [f"{worse} less urgent or lost", f"{better} more urgent or gained"]
    parts += [f"{other} of scope, coverage or constraints only"] if other else []
    noun = "class" if len(found.classes) == 1 else "classes"
    return f"{len(found.classes)} change {noun} from {old.name} to {new.name}: {', '.join(parts)}"


def _health(old: Guideline, new: Guideline) -> Health:
    before, after = _faults(prepare(old)), _faults(prepare(new))
    return Health(
        introduced=tuple(item for key, item in after.items() if key not in before),
        resolved=tuple(item for key, item in before.items() if key not in after),
        kept=tuple(item for key, item in after.items() if key in before),
    )


def _faults(ready: Prepared) -> dict[tuple[object, ...], HealthItem]:
    """Return the faults of the tables and what assumptions hide, by what makes them the same in another edition."""
    budget = Budget()
    analysed = analyse(ready, budget.nodes, budget.start(), Wanted.FAULTS)
    for one in analysed.unsettled:
        raise BudgetExceeded(f"{one.question} of {ready.guideline.name}", one.budget)
    found: dict[tuple[object, ...], HealthItem] = {
        (one.fault.code, one.fault.rules, one.fault.decision): _item(one) for one in analysed.shown
    }
    code = codes.RF330
    for key, said in hidden_outcomes(ready, budget.nodes, budget.start()).items():
        found[code, *key] = HealthItem(code.id, code.name, code.severity.value, said, (), (key[0],))
    return found


def _item(finding: Finding) -> HealthItem:
    code = finding.fault.code
    return HealthItem(code.id, code.name, code.severity.value, finding.diagnostic.message, finding.fault.rules)


def _within(question: str, undecided: list[NotDecided], work: Callable[[], T]) -> T | None:
    try:
        return work()
    except BudgetExceeded as error:
        undecided.append(NotDecided(question, "the change classes", str(error)))
        return None


def _vignettes(
    project: Project, old: Guideline, new: Guideline, found: Comparison, undecided: list[NotDecided]
) -> VignetteSummary:
    vignettes = _vignettes_of(project, old, new)
    asked = {
        v.id: {g.name for e in v.expectations if (g := matching(project, e.guideline, e.version)) is not None}
        for v in vignettes
    }
    ran = _within(
        "which vignettes fail",
        undecided,
        lambda: run_vignettes(project, [v for v in vignettes if new.name in asked[v.id]], new.name)[0],
    )
    return VignetteSummary(
        changed=found.vignettes,
        new=tuple(name for name, editions in asked.items() if new.name in editions and old.name not in editions),
        failing=tuple(one.id for one in ran or () if not one.passed),
        orphaned=tuple(name for name, editions in asked.items() if old.name in editions and new.name not in editions),
        uncovered=found.uncovered,
    )
