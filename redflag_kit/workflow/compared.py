"""Two sides compared: the one comparison behind `redflag diff`, with and without revisions, and the gate."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic, quoted, sorted_unique
from redflag_kit.diff.compare import ByDiagrams, Comparison, compare
from redflag_kit.diff.direction import LATERAL_ASSUMPTION
from redflag_kit.diff.pair import clashing_findings, clashing_outputs
from redflag_kit.logic.budget import BudgetExceeded
from redflag_kit.model.guideline import Guideline
from redflag_kit.results.diff import DiffBody, Health, Tables
from redflag_kit.results.envelope import NotDecided
from redflag_kit.results.properties import CheckedProperty
from redflag_kit.trace.changed import touched, with_hazards
from redflag_kit.workflow.beside import between, health, vignette_summary, within
from redflag_kit.workflow.changed_trace import changed_trace
from redflag_kit.workflow.envelope import FINDINGS, INTERNAL, OK, UNDECIDED
from redflag_kit.workflow.property_changes import property_changes
from redflag_kit.workflow.show import shown_guideline
from redflag_kit.workflow.sides import Side, hazard_logs_of, vignettes_of


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs between two sides. `body` is None where they were not compared.

    `diagnostics` without a body say why the editions cannot be compared (RF501, RF502); beside a body they are faults
    of our own (RF902), and the comparison must not be trusted. `not_decided` is never a pass. `regions`, where there
    are any, are what a page draws and answers from.
    """

    old: Side
    new: Side
    body: DiffBody | None
    diagnostics: tuple[Diagnostic, ...] = ()
    not_decided: tuple[NotDecided, ...] = ()
    regions: ByDiagrams | None = None

    @property
    def equivalent(self) -> bool | None:
        """Say whether both sides are proved to give every patient and case the same; None if that is open."""
        return None if self.body is None or self.diagnostics else self.body.equivalent


def compare_sides(old: Side, new: Side) -> Compared:
    """Return what differs between two editions, of one state of the project or of two; never raises.

    Vignettes, properties and hazards are those of the new side.
    """
    faults = (
        *(_clashing_finding(new.guideline, name) for name in clashing_findings(old.guideline, new.guideline)),
        *(_clashing_output(new.guideline, name) for name in clashing_outputs(old.guideline, new.guideline)),
    )
    if faults:
        return Compared(old, new, None, sorted_unique(faults))
    try:
        found = compare(old.guideline, new.guideline, vignettes_of(old, new))
    except BudgetExceeded as error:
        nothing = NotDecided(f"{old.label} against {new.label}", "nothing was established", str(error))
        return Compared(old, new, None, (), (nothing,))
    examined = between(old, new)
    properties, each = property_changes(old, new)
    undecided = [*found.undecided, *(left for one in (examined, *each) for left in one.not_decided)]
    told = (diagnostic for one in (examined, *each) for diagnostic in one.diagnostics)
    faults = (*found.faults, *(one for one in told if one.code == codes.RF902))
    body = _body(old, new, _with_hazards(old, new, found), undecided, examined.properties)
    body = replace(body, property_changes=properties, trace=changed_trace(old, new, body.changes, body.edits))
    return Compared(old, new, body, sorted_unique(faults), tuple(undecided), found.regions)


def exit_code_of(found: Iterable[Compared], *, exit_code: bool) -> int:
    """Return the exit code of comparisons; `exit_code` makes a change exit 1."""
    all_of = tuple(found)
    if any(one.diagnostics and one.body for one in all_of):
        return INTERNAL
    if any(one.diagnostics or (exit_code and one.equivalent is False) for one in all_of):
        return FINDINGS
    return UNDECIDED if any(one.not_decided for one in all_of) else OK


def _with_hazards(old: Side, new: Side, found: Comparison) -> Comparison:
    logs = hazard_logs_of(old, new)
    return replace(found, classes=with_hazards(found.classes, logs, old.guideline, new.guideline))


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
    old: Side,
    new: Side,
    found: Comparison,
    undecided: list[NotDecided],
    properties: tuple[CheckedProperty, ...],
) -> DiffBody:
    """Return the body; what it needs of single editions and cannot have within the budget joins the undecided."""
    before, after, logs = old.guideline, new.guideline, hazard_logs_of(old, new)
    faults = within("faults of the decision tables", undecided, lambda: health(before, after))
    return DiffBody(
        old=old.label,
        new=new.label,
        equivalent=found.equivalent,
        verdict=_verdict(old.label, new.label, found),
        required_bump=found.required_bump,
        declared_bump=found.declared_bump,
        versioning=after.versioning,
        bump_enough=found.bump_enough,
        counts=found.counts,
        changes=found.classes,
        cards=found.cards,
        edits=found.edits,
        unknowns=found.unknowns,
        properties=properties,
        health=faults or Health((), (), ()),
        vignettes=vignette_summary(old, new, found, undecided),
        test_strength=None,
        population=None,
        unchanged_edits=found.unchanged_edits,
        tables=Tables(shown_guideline(before), shown_guideline(after), tuple(found.alignment.successors.items())),
        lateral_assumption=LATERAL_ASSUMPTION,
        hazards=touched(found.classes, logs, before, after, found.alignment.successors) if logs else None,
        redefined=found.redefined,
    )


def _verdict(old: str, new: str, found: Comparison) -> str:
    if found.equivalent:
        return f"{new} gives every patient, and every case with missing information, what {old} gives (proved)"
    if found.equivalent is None:
        return f"{new} gives every patient what {old} gives (proved); with missing information: not decided"
    redefined = ", ".join(one.label for one in found.redefined if one.entails)
    follows = f"other things follow from what the rules say of {redefined}" if redefined else ""
    if not found.classes and follows:
        return f"the rules of {new} give every patient what those of {old} give (proved), but {follows}"
    worse = sum(c.direction in ("less_urgent", "lost") for c in found.classes)
    better = sum(c.direction in ("more_urgent", "gained") for c in found.classes)
    other = len(found.classes) - worse - better
    parts = [f"{worse} less urgent or lost", f"{better} more urgent or gained"]
    parts += [f"{other} of scope, coverage or constraints only"] if other else []
    noun = "class" if len(found.classes) == 1 else "classes"
    told = f"{len(found.classes)} change {noun} from {old} to {new}: {', '.join(parts)}"
    return f"{told}; {follows}" if follows else told
