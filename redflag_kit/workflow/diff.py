"""`redflag diff`: two editions compared exactly, with everything a reviewer needs beside it."""

from collections.abc import Iterable
from dataclasses import replace

from redflag_kit.gate.settings import GateSettings
from redflag_kit.project.load import Project
from redflag_kit.results.diff import DIRECTIONS
from redflag_kit.results.envelope import Envelope, NotDecided
from redflag_kit.workflow.changed_strength import changed_strength
from redflag_kit.workflow.compared import Compared, compare_sides, exit_code_of
from redflag_kit.workflow.envelope import STATUS
from redflag_kit.workflow.mutate import LIMITS as STRENGTH
from redflag_kit.workflow.pictures import Plot, with_pictures
from redflag_kit.workflow.sides import Side, side
from redflag_kit.workflow.signed import SIGNED, with_signoff

LIMITS = (
    "Patients are combinations of the findings in the vocabulary; what the vocabulary does not ask cannot be seen.",
    "Numbers are compared on the grid that each finding declares.",
    "Numbers of change classes are not numbers of patients, and say nothing about how common a change is.",
    "Missing information: every finding known or not assessed; partly known findings are not enumerated here. Outputs "
    "that only one edition covers are left out there.",
    "What is written by the rules is compared; levels entailed by `satisfied_by` follow from it.",
    "A property guards a rule if it reads an output that the rule bears on; whether it would notice a fault of the "
    "rule is not measured. Vignettes, properties and hazards are those of the new side.",
    "Population impact is not measured.",
    "Nothing here says which edition is right. For authoring, validating and reviewing rules; not for patient care.",
)
HAZARDS = (
    "A change class touches the hazards whose controls name its old or its new decisive rule; where no rule decides, "
    "none is named. Risks are those of the hazard log and are not judged anew for the new edition."
)
NO_STRENGTH = "Test strength is not measured."
NO_HAZARDS = "No hazard log was read, so hazards are not measured."


def diff(project: Project, old_reference: str, new_reference: str, *, exit_code: bool = False) -> Envelope:
    """Return what changed between two editions of one state of a project. Raises UsageError for references."""
    return diff_sides(side(project, old_reference), side(project, new_reference), exit_code=exit_code)


def diff_sides(
    old: Side,
    new: Side,
    settings: GateSettings | None = None,
    *,
    exit_code: bool = False,
    plot: Plot | None = None,
    strength: bool = False,
) -> Envelope:
    """Return what changed between two editions. `exit_code` makes a change exit 1.

    `settings` say which roles sign what; the defaults do where there are none. `plot` names two findings that changes
    are drawn over; raises UsageError where that cannot be done. `strength` also measures how strong the vignettes are
    where the new edition says something else.
    """
    found, left_out = with_pictures(compare_sides(old, new), plot)
    if strength:
        found = _with_strength(found, old, new)
    code = exit_code_of([found], exit_code=exit_code)
    return Envelope(
        command="diff",
        status=STATUS[code],
        exit_code=code,
        inputs=(old.input("old"), new.input("new")),
        options={
            "exit_code": exit_code,
            **({"plot": list(plot)} if plot else {}),
            **({"strength": True} if strength else {}),
        },
        diagnostics=found.diagnostics,
        not_decided=found.not_decided,
        limits=(*limits_of([found]), *left_out, *([SIGNED] if found.body else ())),
        summary=_summary(found),
        body=with_signoff(found.body, old, new, settings or GateSettings()) if found.body else None,
    )


def _with_strength(found: Compared, old: Side, new: Side) -> Compared:
    if found.body is None:
        return found
    strength = changed_strength(old, new)
    if isinstance(strength, NotDecided):
        return replace(found, not_decided=(*found.not_decided, strength))
    return replace(found, body=replace(found.body, test_strength=strength))


def limits_of(found: Iterable[Compared]) -> tuple[str, ...]:
    """Return what comparisons do not say; nothing where nothing could be compared."""
    compared = [one for one in found if one.body or one.not_decided]
    if not compared:
        return ()
    bodies = [one.body for one in compared if one.body]
    if not bodies:
        return LIMITS
    hazards = HAZARDS if any(one.hazards is not None for one in bodies) else NO_HAZARDS
    return (*LIMITS, hazards, *(STRENGTH if any(one.test_strength for one in bodies) else (NO_STRENGTH,)))


def _summary(found: Compared) -> dict[str, object]:
    body = found.body
    if body is None:
        return {"equivalent": None}
    return {
        "equivalent": body.equivalent,
        "classes": len(body.changes),
        "required_bump": body.required_bump,
        **{name: sum(c.direction == name for c in body.changes) for name in DIRECTIONS if name != "lateral"},
    }
