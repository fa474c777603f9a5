"""`redflag changelog`: what a comparison finds, drafted as changelog entries."""

from collections.abc import Sequence

from redflag_kit.diff.changelog import alone, entry, open_entry
from redflag_kit.project.load import Project
from redflag_kit.results.changelog import ChangelogBody, ChangelogEntry
from redflag_kit.results.envelope import Envelope
from redflag_kit.workflow.compared import Compared, compare_sides, exit_code_of
from redflag_kit.workflow.envelope import OK, STATUS, UNDECIDED
from redflag_kit.workflow.revisions import inputs_of
from redflag_kit.workflow.sides import Side
from redflag_kit.workflow.states_compared import Entry, StatesCompared, compare_states, state_words

LIMITS = (
    "A draft: people decide what to say. Every change of the comparison is in it, each once.",
    "Numbers of patients are not known; nothing here says how common a change is.",
    "For authoring, validating and reviewing rules; not for patient care.",
)


def changelog(old: Side, new: Side) -> Envelope:
    """Return the draft for the newer of two editions."""
    found = compare_sides(old, new)
    code = exit_code_of([found], exit_code=False)
    return Envelope(
        command="changelog",
        status=STATUS[code],
        exit_code=code,
        inputs=(old.input("old"), new.input("new")),
        options={"old": old.reference, "new": new.reference},
        diagnostics=found.diagnostics,
        not_decided=found.not_decided,
        limits=LIMITS,
        summary={"entries": 1, "equivalent": found.equivalent},
        body=ChangelogBody((entry_of(found),)),
    )


def changelog_of_states(old: Project, new: Project, references: Sequence[str] = ()) -> Envelope:
    """Return a draft for every guideline that differs between two states, or that the references name.

    Raises UsageError with exit code 3 if nothing of a side could be loaded, or a reference names nothing.
    """
    found = compare_states(old, new, references)
    code = exit_code_of(found.compared, exit_code=False)
    if code == OK and found.not_decided:
        code = UNDECIDED
    entries = sorted((_told(found, one) for one in found.entries), key=lambda one: (one.id, one.version, one.new))
    return Envelope(
        command="changelog",
        status=STATUS[code],
        exit_code=code,
        inputs=inputs_of(found),
        options={"old": state_words(old), "new": state_words(new), "guidelines": [*references]},
        diagnostics=found.diagnostics,
        not_decided=found.not_decided,
        limits=LIMITS,
        summary={"entries": len(entries), "equivalent": found.equivalent},
        body=ChangelogBody(tuple(entries)),
    )


def entry_of(found: Compared) -> ChangelogEntry:
    """Return the entry of a comparison; where the editions could not be compared, it says why."""
    if found.body:
        return entry(found.body, found.new.guideline, found.not_decided)
    reasons = [one.message for one in found.diagnostics]
    return open_entry(found.old.label, found.new.label, found.new.guideline, found.not_decided, reasons)


def _told(found: StatesCompared, one: Entry) -> ChangelogEntry:
    if one.compared:
        return entry_of(one.compared)
    counterparts = one.counterparts
    guideline = counterparts.new or counterparts.old
    assert guideline is not None  # an entry has at least one of them
    return alone(guideline, state_words(found.old), state_words(found.new), is_new=counterparts.new is not None)
