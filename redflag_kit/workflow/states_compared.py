"""Two states of a project compared: every guideline that may have changed, worst first. For the diff and the gate."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from redflag_kit.diagnostics.diagnostic import Diagnostic, quoted, sorted_unique
from redflag_kit.diff.pairing import ADDED, CHANGED, Counterparts, pairing
from redflag_kit.model.guideline import Guideline
from redflag_kit.project.load import Project
from redflag_kit.project.tree import place
from redflag_kit.results.diff import DIRECTIONS, DiffBody
from redflag_kit.results.envelope import NotDecided
from redflag_kit.results.revisions import GuidelineChange
from redflag_kit.source.places import folder_of
from redflag_kit.source.schemas import DOCUMENTS
from redflag_kit.workflow.compared import Compared, compare_sides
from redflag_kit.workflow.envelope import NOT_LOADED, UsageError
from redflag_kit.workflow.pictures import with_pictures
from redflag_kit.workflow.reference import matches
from redflag_kit.workflow.sides import Side, label

OLD, NEW = "old", "new"
NO_BUDGET = "none would do: the file has errors"


@dataclass(frozen=True, slots=True)
class Entry:
    """A guideline that was touched, added or removed, with its comparison if it has a counterpart."""

    counterparts: Counterparts
    compared: Compared | None

    @property
    def body(self) -> DiffBody | None:
        """Return what differs, if that could be found."""
        return self.compared.body if self.compared else None

    @property
    def equivalent(self) -> bool | None:
        """Say whether nothing changes for anybody; a guideline that came or went is a change in itself."""
        if self.counterparts.kind != CHANGED:
            return False
        return self.compared.equivalent if self.compared else None


@dataclass(frozen=True, slots=True)
class StatesCompared:
    """Two states of a project. `entries` are worst first; `unchanged` are editions of the new state.

    `not_decided` includes what files with errors say; `diagnostics` are these errors and those of the comparisons.
    `left_out`: what was to be drawn and could not be, in words.
    """

    old: Project
    new: Project
    entries: tuple[Entry, ...]
    unchanged: tuple[Guideline, ...]
    not_decided: tuple[NotDecided, ...]
    diagnostics: tuple[Diagnostic, ...]
    left_out: tuple[str, ...] = ()

    @property
    def compared(self) -> tuple[Compared, ...]:
        """Return the comparisons, in the order of their entries."""
        return tuple(one.compared for one in self.entries if one.compared)

    @property
    def diffs(self) -> tuple[DiffBody, ...]:
        """Return the bodies of the comparisons, as `guidelines` of a result number them."""
        return tuple(one.body for one in self.entries if one.body)

    @property
    def changes(self) -> tuple[GuidelineChange, ...]:
        """Return the entries as they stand in a result."""
        found: list[GuidelineChange] = []
        number = 0
        for entry in self.entries:
            one = entry.counterparts
            old = label(self.old, one.old) if one.old else ""
            new = label(self.new, one.new) if one.new else ""
            at = number if entry.body else None
            found.append(GuidelineChange(one.kind, old, new, one.old_path, one.new_path, at))
            number += entry.body is not None
        return tuple(found)

    @property
    def equivalent(self) -> bool | None:
        """Say whether both states are proved to say the same; None if that is open and nothing is known to differ."""
        if any(one.equivalent is False for one in self.entries):
            return False
        return None if self.not_decided or any(one.equivalent is None for one in self.entries) else True


def compare_states(
    old: Project, new: Project, references: Sequence[str] = (), *, drawn: bool = False
) -> StatesCompared:
    """Return how two states differ, or how the guidelines differ that the references name on either side.

    What stands beside the guidelines (vignettes, properties, hazards) is that of the new side. `drawn`: a comparison
    that is the only one has what a page draws and answers from. Raises UsageError with exit code 3 if nothing of a side
    could be loaded, or a reference names nothing.
    """
    _check_loaded(old, new)
    editions = old.library.guidelines, new.library.guidelines
    lost = _lost(old), _lost(new)
    found = pairing(*editions, lambda a, b: _basis(old, a) == _basis(new, b), lost)
    asked = _asked(old, new, references)
    touched = [one for one in found.entries if asked & _about(one)]
    drawn = drawn and sum(one.old is not None and one.new is not None for one in touched) == 1
    left_out: list[str] = []
    entries = tuple(Entry(one, _compared(old, new, one, left_out if drawn else None)) for one in touched)
    compared = [one.compared for one in entries if one.compared]
    open_ones = [replace(left, question=_question(one, left)) for one in compared for left in one.not_decided]
    return StatesCompared(
        old=old,
        new=new,
        entries=tuple(sorted(entries, key=_rank)),
        unchanged=tuple(one for one in found.unchanged if (NEW, one.name) in asked),
        not_decided=(*open_ones, *_unread(old, lost[0]), *_unread(new, lost[1] | _beside(new))),
        diagnostics=sorted_unique(
            (*old.errors, *new.errors, *(fault for one in compared for fault in one.diagnostics))
        ),
        left_out=tuple(left_out),
    )


def _check_loaded(old: Project, new: Project) -> None:
    for one in (old, new):
        if one.errors and not one.library.guidelines:
            first = one.errors[0]
            message = f"no guideline of {state_words(one)} could be loaded"
            raise UsageError(message, f"{first.span}: {first.message}", NOT_LOADED)
    if not old.library.guidelines and not new.library.guidelines:
        hint = "name other revisions, or the project with --project DIR"
        raise UsageError(f"neither {state_words(old)} nor {state_words(new)} has a guideline", hint, NOT_LOADED)


def state_words(project: Project) -> str:
    """Return a state in words: `main`, or the working files."""
    return project.revision.shown if project.revision else "the working files"


def _compared(old: Project, new: Project, one: Counterparts, left_out: list[str] | None) -> Compared | None:
    """Return a comparison; with pictures if there is a list for what of them is left out."""
    if one.old is None or one.new is None:
        return None
    found = compare_sides(Side(old, one.old, label(old, one.old)), Side(new, one.new, label(new, one.new)))
    if left_out is not None:
        found, missing = with_pictures(found)
        left_out += missing
    return replace(found, regions=None)  # COST: the diagrams of every pair would stay until the last is compared


def _basis(project: Project, guideline: Guideline) -> tuple[str, ...]:
    """Return the digests of the texts that a guideline rests on: its own, its vocabulary and its bibliography."""
    folder = folder_of(guideline.vocabulary.path)
    sources = [
        file.digest
        for path, file in sorted(project.files.items())
        if file.schema == "redflag/sources/1" and folder_of(path) == folder
    ]
    return (project.files[guideline.path].digest, project.files[guideline.vocabulary.path].digest, *sources)


def _about(one: Counterparts) -> frozenset[tuple[str, str]]:
    """Return the editions that an entry is about; one before an added edition is only there to compare with."""
    old = {(OLD, one.old.name)} if one.old and one.kind != ADDED else set()
    return frozenset(old | ({(NEW, one.new.name)} if one.new else set()))


def _asked(old: Project, new: Project, references: Sequence[str]) -> frozenset[tuple[str, str]]:
    """Return the editions of both sides that references name, all of them without any. Raises UsageError."""
    sides = [(name, project, one) for name, project in ((OLD, old), (NEW, new)) for one in project.library.guidelines]
    if not references:
        return frozenset((name, one.name) for name, _, one in sides)
    found: set[tuple[str, str]] = set()
    for reference in references:
        named = {(name, one.name) for name, project, one in sides if matches(project, one, reference)}
        if not named:
            known = ", ".join(dict.fromkeys(one.name for _, _, one in sides))
            message = f"no guideline of {state_words(old)} or {state_words(new)} matches {quoted(reference)}"
            raise UsageError(message, f"they have: {known}", NOT_LOADED)
        found |= named
    return frozenset(found)


def _question(one: Compared, left: NotDecided) -> str:
    return left.question if one.body is None else f"{one.old.label} against {one.new.label}: {left.question}"


def _lost(project: Project) -> frozenset[str]:
    """Return the files that are, or may be, guidelines and could not be used."""
    used = {one.path for one in project.library.guidelines}
    known = DOCUMENTS.keys() - {"redflag/guideline/1"}
    return frozenset(path for path, one in project.files.items() if one.schema not in known) - used


def _beside(project: Project) -> frozenset[str]:
    """Return the files with errors that stand beside the guidelines, and may have been read in part."""
    read = {one.path for one in project.library.guidelines}
    outside = place(project.revision, "")
    return frozenset(one.span.file.removeprefix(outside) for one in project.errors) - read


def _unread(project: Project, paths: Collection[str]) -> list[NotDecided]:
    return [NotDecided(f"what {place(project.revision, path)} says", "nothing", NO_BUDGET) for path in sorted(paths)]


def _rank(one: Entry) -> tuple[int, int]:
    """Return how grave an entry is: what was not compared comes first, then by the worst change, proved equal last."""
    body = one.body
    if body is None:
        return (0, 0) if one.equivalent is None else (2, 0)
    if body.equivalent:
        return (3, 0)
    worst = min((DIRECTIONS.index(change.direction) for change in body.changes), default=len(DIRECTIONS))
    return (1, worst)
