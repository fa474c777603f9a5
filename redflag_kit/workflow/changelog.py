"""`redflag changelog`: the comparison of two editions, drafted as a changelog entry."""

from collections.abc import Iterable

from redflag_kit.diff.changelog import entry
from redflag_kit.project.load import Project
from redflag_kit.results.changelog import ChangelogBody, ChangelogEntry
from redflag_kit.results.envelope import Envelope
from redflag_kit.workflow.compared import Compared, compare_sides, exit_code_of
from redflag_kit.workflow.envelope import STATUS
from redflag_kit.workflow.sides import Side, side

LIMITS = (
    "A draft: people decide what to say. Every change of the comparison is in it, each once.",
    "Numbers of patients are not known; nothing here says how common a change is.",
    "For authoring, validating and reviewing rules; not for patient care.",
)


def changelog(project: Project, old_reference: str, new_reference: str) -> Envelope:
    """Return the draft for the newer of two editions of one state. Raises UsageError for references."""
    return changelog_of_sides(side(project, old_reference), side(project, new_reference))


def changelog_of_sides(old: Side, new: Side) -> Envelope:
    """Return the draft for the newer side."""
    return _told([compare_sides(old, new)])


def entry_of(found: Compared) -> ChangelogEntry | None:
    """Return the entry of a comparison; nothing where the editions could not be compared."""
    return entry(found.body, found.new.guideline, found.not_decided) if found.body else None


def _told(found: Iterable[Compared]) -> Envelope:
    compared = tuple(found)
    code = exit_code_of(compared, exit_code=False)
    entries = tuple(told for one in compared if (told := entry_of(one)) is not None)
    inputs = (input_ for one in compared for input_ in (one.old.input("old"), one.new.input("new")))
    return Envelope(
        command="changelog",
        status=STATUS[code],
        exit_code=code,
        inputs=tuple(inputs),
        diagnostics=tuple(said for one in compared for said in one.diagnostics),
        not_decided=tuple(said for one in compared for said in one.not_decided),
        limits=LIMITS if entries else (),
        summary={"entries": len(entries)},
        body=ChangelogBody(entries) if entries else None,
    )
