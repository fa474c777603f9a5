"""`redflag suggest`: few new patients that notice what the vignettes do not, and vignettes that add nothing to that."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from redflag_kit.diagnostics.diagnostic import sorted_unique
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vocabulary import Vocabulary
from redflag_kit.mutate.verdict import Killed
from redflag_kit.project.load import Project
from redflag_kit.results.envelope import Envelope
from redflag_kit.results.suggest import (
    CHANGES,
    MUTANTS,
    NotSuggested,
    Redundancy,
    RedundantVignette,
    SuggestBody,
    SuggestedVignette,
)
from redflag_kit.suggest.meet import Effort
from redflag_kit.suggest.redundant import partition
from redflag_kit.workflow.envelope import NOT_LOADED, OK, STATUS, UsageError, guideline_input
from redflag_kit.workflow.reference import find_guideline
from redflag_kit.workflow.sides import Side
from redflag_kit.workflow.suggest_write import default_path, write_suggestions
from redflag_kit.workflow.suggesting import Drafted, draft_for

LIMITS = (
    "A drafted patient may be one whom nobody ever meets; whether the outcome is right is for a person to say, who has "
    "read the rows.",
    "The least number is proved for patients of whom every finding is known. A case that leaves findings open stands "
    "for many patients, and can notice more than one of them does.",
)
REDUNDANT_LIMIT = (
    "Redundant means that every mutant that a vignette notices is noticed by others that are kept. It may be worth "
    "keeping for other reasons: the comment it came from, a trap, a disagreement between guidelines, what it tells."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for. `limit`: how many vignettes at most, 0 for all; `write`: a file, "" for the usual one.

    `since`: the edition, or the revision, since which changes are to be shown.
    """

    references: tuple[str, ...] = ()
    purposes: tuple[str, ...] = (MUTANTS,)
    limit: int = 0
    write: str | None = None
    redundant: bool = False
    since: str = ""


Sides = Callable[[Sequence[Guideline]], Mapping[str, Side | None]]
"""Returns the editions that chosen guidelines are compared with, by their names (`workflow.since`)."""

FIRST = "no edition of it was there then, so all of it is new"


def suggest(project: Project, asked: Asked, sides: Sides = lambda chosen: {}) -> Envelope:
    """Return vignettes for the guidelines that are asked for, for all without any, and write them if that is asked.

    Raises UsageError, with exit code 3 where there is no guideline.
    """
    if not project.library.guidelines and not project.sound:
        return Envelope("suggest", STATUS[NOT_LOADED], NOT_LOADED, diagnostics=project.diagnostics)
    chosen = _chosen(project, asked.references)
    before = sides(chosen) if CHANGES in asked.purposes else {}
    taken = {vignette.id for _, vignette in project.library.vignettes}
    drafted: list[Drafted] = []
    for one in chosen:
        side = before.get(one.name)
        found = draft_for(project, one, taken, asked.purposes, Effort(), side.guideline if side else None)
        drafted.append(_without_changes(found) if one.name in before and side is None else found)
        taken |= {vignette.id for vignette in drafted[-1].vignettes}
    every = [vignette for one in drafted for vignette in one.vignettes]
    kept = every[: asked.limit] if asked.limit else every
    written = _write(project, asked.write, chosen, kept) if asked.write is not None and kept else ()
    return Envelope(
        command="suggest",
        status=STATUS[OK],
        exit_code=OK,
        inputs=(
            *(guideline_input(one.guideline, "guideline", one.guideline.name, one.told.digest) for one in drafted),
            *(side.input("old") for one in chosen if (side := before.get(one.name))),
        ),
        options={
            "guidelines": list(asked.references),
            "for": list(asked.purposes),
            "limit": asked.limit,
            "write": asked.write,
            "redundant": asked.redundant,
            "since": asked.since,
        },
        diagnostics=sorted_unique(fault for one in drafted for fault in one.faults),
        limits=(*LIMITS, *((REDUNDANT_LIMIT,) if asked.redundant else ())),
        summary={"vignettes": len(every), "written": len(kept) if written else 0},
        body=SuggestBody(
            guidelines=tuple(one.told for one in drafted),
            vignettes=tuple(kept),
            more=len(every) - len(kept),
            written=written,
            redundancy=_redundancy(project, drafted) if asked.redundant else None,
        ),
    )


def _without_changes(one: Drafted) -> Drafted:
    """Say of a guideline that there is nothing to compare it with."""
    left = NotSuggested(CHANGES, CHANGES, one.guideline.name, FIRST)
    return replace(one, told=replace(one.told, left=(*one.told.left, left)))


def _chosen(project: Project, references: Sequence[str]) -> list[Guideline]:
    """Return the guidelines that are named, all without names, in the order of the project."""
    if not project.library.guidelines:
        raise UsageError("the project has no guideline", "put guidelines below guidelines/", NOT_LOADED)
    named = {find_guideline(project, name).name for name in references}
    return [one for one in project.library.guidelines if not references or one.name in named]


def _write(
    project: Project, target: str | None, chosen: Sequence[Guideline], kept: Sequence[SuggestedVignette]
) -> tuple[str, ...]:
    """Write the suggestions of each library to its file and return the files."""
    vocabularies = {one.name: one.vocabulary for one in chosen}
    by_library: dict[str, list[str]] = {}
    for vignette in kept:
        by_library.setdefault(vocabularies[vignette.guideline].id, []).append(vignette.yaml)
    if target and len(by_library) > 1:
        hint = f"name guidelines of one of them: {', '.join(sorted(by_library))}"
        raise UsageError("the vignettes do not share a vocabulary, so one file cannot hold them", hint)
    known = {one.id: one for one in vocabularies.values()}
    return tuple(_write_one(project, target, known[name], items) for name, items in by_library.items())


def _write_one(project: Project, target: str | None, vocabulary: Vocabulary, items: Sequence[str]) -> str:
    path = Path(target) if target else default_path(project.root, vocabulary)
    write_suggestions(path, vocabulary, items)
    return target or path.relative_to(project.root).as_posix()


def _redundancy(project: Project, drafted: Sequence[Drafted]) -> Redundancy:
    """Return what the vignettes of the guidelines at hand notice beyond each other, all guidelines together."""
    watching = {name for one in drafted for name in one.strength.watching}
    waiting = {name for one in drafted for name in one.told.waiting}
    vignettes = {v.id: v for _, v in project.library.vignettes if v.id in watching - waiting}
    noticed_by = {}
    for one in drafted:
        for verdict in one.strength.verdicts:
            if isinstance(verdict, Killed) and (by := [name for name in verdict.by if name in vignettes]):
                noticed_by[f"{one.guideline.name} {verdict.mutant.id}"] = by
    found = partition(tuple(vignettes), noticed_by)
    count = _counts(noticed_by)
    return Redundancy(
        vignettes=len(vignettes),
        essential=found.essential,
        kept=found.kept,
        redundant=tuple(
            RedundantVignette(
                name, vignettes[name].title, vignettes[name].span.file, vignettes[name].span.line, count[name]
            )
            for name in found.redundant
        ),
        blind=found.blind,
    )


def _counts(noticed_by: Mapping[str, Sequence[str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for by in noticed_by.values():
        for name in by:
            found[name] = found.get(name, 0) + 1
    return found
