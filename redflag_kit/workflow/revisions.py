"""`redflag diff --against REV` and `redflag diff REV: REV:`: every guideline that differs between two states."""

from collections.abc import Sequence

from redflag_kit.diff.pairing import ADDED, CHANGED
from redflag_kit.gate.settings import GateSettings
from redflag_kit.project.load import Project
from redflag_kit.results.diff import DIRECTIONS
from redflag_kit.results.envelope import Envelope, ResultInput
from redflag_kit.results.revisions import RevisionsBody
from redflag_kit.workflow.compared import exit_code_of
from redflag_kit.workflow.diff import limits_of
from redflag_kit.workflow.envelope import OK, STATUS, UNDECIDED, guideline_input
from redflag_kit.workflow.sides import label
from redflag_kit.workflow.signed import SIGNED, with_signoff
from redflag_kit.workflow.states_compared import Entry, StatesCompared, compare_states, state_words

NOT_READ = "Files with errors were not compared; redflag check tells those of the working files in full."


def revisions(
    old: Project,
    new: Project,
    references: Sequence[str] = (),
    settings: GateSettings | None = None,
    *,
    exit_code: bool = False,
) -> Envelope:
    """Return what changed between two states, or in the guidelines that are named. `exit_code` makes a change exit 1.

    `settings` say which roles sign what; the defaults do where there are none. Raises UsageError with exit code 3 if
    nothing of a side could be loaded, or a reference names nothing.
    """
    used = settings or GateSettings()
    found = compare_states(old, new, references, drawn=True)
    code = exit_code_of(found.compared, exit_code=exit_code)
    if code in (OK, UNDECIDED):
        code = 1 if exit_code and found.equivalent is False else UNDECIDED if found.not_decided else OK
    told = [NOT_READ] if old.errors or new.errors else []
    if not old.library.guidelines:
        told.append(
            f"{state_words(old)} has no guideline in this place of the repository: every edition counts as new."
        )
    return Envelope(
        command="diff",
        status=STATUS[code],
        exit_code=code,
        inputs=inputs_of(found),
        options={"old": state_words(old), "new": state_words(new), "guidelines": [*references], "exit_code": exit_code},
        diagnostics=found.diagnostics,
        not_decided=found.not_decided,
        limits=(*told, *limits_of(found.compared), *found.left_out, *([SIGNED] if found.diffs else ())),
        summary=_summary(found),
        body=RevisionsBody(
            old_revision=old.revision.commit if old.revision else "",
            new_revision=new.revision.commit if new.revision else "",
            equivalent=found.equivalent,
            verdict=verdict(found),
            guidelines=found.changes,
            diffs=tuple(with_signoff(one.body, one.old, one.new, used) for one in found.compared if one.body),
            unchanged=tuple(label(new, one) for one in found.unchanged),
        ),
    )


def inputs_of(found: StatesCompared) -> tuple[ResultInput, ...]:
    """Return the editions that were compared, came or went, as inputs of a result."""
    inputs = (one for entry in found.entries for one in _inputs(found, entry))
    return tuple(dict.fromkeys(inputs))


def _inputs(found: StatesCompared, entry: Entry) -> list[ResultInput]:
    one, body = entry.counterparts, entry.body
    sides = (
        ("old", found.old, one.old, body.tables.old.digest if body else ""),
        ("new", found.new, one.new, body.tables.new.digest if body else ""),
    )
    return [
        guideline_input(edition, role, label(project, edition), digest, project)
        for role, project, edition, digest in sides
        if edition is not None
    ]


def verdict(found: StatesCompared) -> str:
    """Return in one sentence how two states differ."""
    old, new = state_words(found.old), state_words(found.new)
    if not found.entries and not found.not_decided:
        return f"no guideline differs between {old} and {new}: {_many(len(found.unchanged))} with the same text"
    if found.equivalent:
        return f"for every patient and case {new} and {old} say the same (proved for {_many(len(found.entries))})"
    changed = sum(one.equivalent is False for one in found.entries)
    verb = "differs" if changed == 1 else "differ"
    told = [f"{_many(changed)} {verb} between {old} and {new}" if changed else f"from {old} to {new}"]
    classes = [change for body in found.diffs for change in body.changes]
    worse = sum(one.direction in ("less_urgent", "lost") for one in classes)
    parts = [f"{len(classes)} change {'class' if len(classes) == 1 else 'classes'}"] if classes else []
    parts += [f"{worse} of them less urgent or lost"] if classes else []
    for kind in ("added", "first", "removed"):
        number = sum(one.counterparts.kind == kind for one in found.entries)
        parts += [f"{number} {'new without a predecessor' if kind == 'first' else kind}"] if number else []
    apart = sum(one.body is None and one.counterparts.kind in (CHANGED, ADDED) for one in found.entries)
    parts += [f"{_many(apart)} not compared"] if apart else []
    equal = sum(one.equivalent is True for one in found.entries)
    parts += [f"{equal} touched and proved unchanged"] if equal else []
    left = len(found.not_decided)
    parts += [f"{left} {'question' if left == 1 else 'questions'} not decided"] if left else []
    return f"{told[0]}: {', '.join(parts)}"


def _many(number: int) -> str:
    return f"{number} guideline" if number == 1 else f"{number} guidelines"


def _summary(found: StatesCompared) -> dict[str, object]:
    classes = [change for body in found.diffs for change in body.changes]
    return {
        "equivalent": found.equivalent,
        "guidelines": len(found.entries),
        "unchanged": len(found.unchanged),
        "classes": len(classes),
        **{name: sum(one.direction == name for one in classes) for name in DIRECTIONS if name != "lateral"},
    }
