"""The part of the gate that is about people: who wrote the change, what must be signed, and what the records say."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from redflag_kit.diagnostics.diagnostic import Diagnostic
from redflag_kit.gate.items import SETTINGS_RELAXED
from redflag_kit.gate.settings_file import FILES
from redflag_kit.gate.standing import Circumstances, family_of, signoff
from redflag_kit.project.git import GitError
from redflag_kit.project.history import authors, is_in_folders
from redflag_kit.project.load import Project
from redflag_kit.project.root import SUFFIXES
from redflag_kit.project.states import States
from redflag_kit.results.signoff import Signoff, SignoffItem
from redflag_kit.source.append_only import lost_records
from redflag_kit.source.approvals import is_record_place
from redflag_kit.workflow.states_compared import StatesCompared
from redflag_kit.workflow.to_sign import SettingsRead, items_to_sign


@dataclass(frozen=True, slots=True)
class Asked:
    """How the gate was asked. `date` decides on expiry; `authors` are named beside those that git tells.

    `variables` are those of the environment; `options` are settings of the command line by their option.
    """

    against: str
    date: str
    authors: tuple[str, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)


def signoff_of(states: States, found: StatesCompared, read: SettingsRead, asked: Asked) -> Signoff:
    """Return where the sign-off of a change stands."""
    items = items_to_sign(found, read, (None, asked.date))
    records = found.new.library.approvals
    before = frozenset(one.id for one in found.old.library.approvals)
    given = Circumstances(
        date=asked.date,
        authors=_authors(states, found, read, asked, items),
        reviewers=read.new.reviewers,
        changed=frozenset(family_of(one.guideline) for one in items) | {""},
        earlier=before,
        spent=before,
    )
    judged = signoff(items, records, given)
    # Who may sign a relaxed setting must have been allowed to before it was relaxed.
    strict = signoff(items, records, replace(given, reviewers=read.for_settings().reviewers))
    chosen = (two if one.kind == SETTINGS_RELAXED else one for one, two in zip(judged.items, strict.items, strict=True))
    return _summed(judged, tuple(chosen))


def part_of(signed: Signoff, items: tuple[SignoffItem, ...]) -> Signoff:
    """Return the part of a sign-off that is about some items; what is stale belongs to the whole."""
    roles = {role for one in items for role in one.roles}
    missing = {role for one in items for role in one.missing}
    spoken = {file for one in items for file in one.records}
    return Signoff(
        required=tuple(sorted(roles)),
        present=tuple(sorted(roles - missing)),
        missing=tuple(sorted(missing)),
        stale=(),
        items=items,
        authors=signed.authors,
        records=tuple(one for one in signed.records if one.file in spoken),
    )


def _summed(judged: Signoff, items: tuple[SignoffItem, ...]) -> Signoff:
    missing = {role for one in items for role in one.missing}
    present = tuple(role for role in judged.required if role not in missing)
    return replace(judged, items=items, missing=tuple(sorted(missing)), present=present)


def _authors(
    states: States, found: StatesCompared, read: SettingsRead, asked: Asked, items: tuple[SignoffItem, ...]
) -> tuple[str, ...] | None:
    """Return who wrote the change, None if that is not known: a change that must be signed has an author."""

    def counts(path: str) -> bool:
        return bool(read.changed) if path in FILES else is_authored(path)

    assert found.old.revision is not None, "the gate compares with a commit"
    try:
        told = authors(states.repository, found.old.revision, found.new.revision, counts)
    except GitError:
        return asked.authors or None
    if not told.complete and not asked.authors:
        return None
    named = tuple(sorted({*told.names, *asked.authors}))
    return None if not named and any(one.roles for one in items) else named


def is_authored(path: str) -> bool:
    """Say whether who writes a file of the project is an author of its rules; a record is written by who signs.

    A folder (its name ends with a slash) may hold such files.
    """
    return is_in_folders(path) and path.lower().endswith((*SUFFIXES, "/")) and not is_record_place(path)


def lost_records_of(states: States, old: Project, new: Project) -> tuple[Diagnostic, ...]:
    """Return the records of the old state that were edited or deleted.

    Only if the digests of their texts tell that something is lost are the texts read again, each by itself.
    """
    there = {new.files[path].digest for path in _records(new)}
    if all(old.files[path].digest in there for path in _records(old)):
        return ()
    return lost_records(_texts(states, old), _texts(states, new))


def _records(project: Project) -> tuple[str, ...]:
    return tuple(path for path in project.files if is_record_place(path))


def _texts(states: States, project: Project) -> dict[str, bytes]:
    found = ((path, states.read(project.revision, path)) for path in _records(project))
    return {path: data for path, data in found if data is not None}
