"""`redflag mutate`: small faults put into guidelines, and which of them the vignettes notice."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from redflag_kit.diagnostics.diagnostic import quoted, sorted_unique
from redflag_kit.diff.pairing import CHANGED
from redflag_kit.logic.budget import Budget
from redflag_kit.model.guideline import Guideline
from redflag_kit.mutate.mutant import Mutant
from redflag_kit.mutate.score import standing, totals_of
from redflag_kit.mutate.verdict import NotDecided as Open
from redflag_kit.project.load import Project
from redflag_kit.project.states import States
from redflag_kit.project.tree import place
from redflag_kit.results.envelope import Envelope, NotDecided
from redflag_kit.results.mutate import MISSED, OPEN, MutantTest, MutateBody, MutatedFile
from redflag_kit.workflow.envelope import FINDINGS, NOT_LOADED, OK, STATUS, UNDECIDED, UsageError, guideline_input
from redflag_kit.workflow.reference import find_guideline
from redflag_kit.workflow.sides import old_state_of, one_state
from redflag_kit.workflow.since import counterparts
from redflag_kit.workflow.strength import Keep, Measured, measure
from redflag_kit.workflow.strength_drafts import with_drafts

LIMITS = (
    "A mutant is one small fault in what is written. That all are noticed does not say that the rules are right, nor "
    "that a rule that nobody wrote would be missed.",
    "Noticed means that an expectation is no longer met; reasons (`because`) are not looked at.",
    "Patients are combinations of the findings in the vocabulary, numbers on the grid that each finding declares.",
)
Told = Callable[[int, int, str], None]
"""Takes how many guidelines are done, of how many, and the name of the next."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for. `words` all have to be in kind, rule or id of a mutant; `floor` is a share as written."""

    references: tuple[str, ...] = ()
    words: str = ""
    changed: str | None = None
    floor: str = ""
    show: str = ""
    budget: Budget = field(default_factory=Budget)


def mutate(states: States, asked: Asked, told: Told = lambda done, of, name: None) -> Envelope:
    """Return what became of the mutants of the guidelines that are asked for, of all without any.

    Raises UsageError: with exit code 3 where there is nothing to mutate, or nothing that could notice a mutant.
    """
    project, names = one_state(states, asked.references)
    if not project.library.guidelines and not project.sound:
        return Envelope("mutate", STATUS[NOT_LOADED], NOT_LOADED, diagnostics=project.diagnostics)
    chosen = _chosen(project, names)
    before = {one.name: None for one in chosen} if asked.changed is None else _before(states, project, asked.changed)
    work = [one for one in chosen if one.name in before]
    measured: list[Measured] = []
    deadline = asked.budget.start()
    for done, one in enumerate(work):
        told(done, len(work), one.name)
        measured.append(measure(project, one, before[one.name], _keeping(asked.words), deadline))
    measured = [one for one in measured if one.mutants]
    _check_not_empty(measured, asked)
    return _envelope(states, project, asked, [_with_floor(one, asked.floor) for one in measured])


def _chosen(project: Project, names: Sequence[str]) -> list[Guideline]:
    """Return the guidelines that are named, all without names, in the order of the project."""
    named = {find_guideline(project, name).name for name in names}
    return [one for one in project.library.guidelines if not names or one.name in named]


def _before(states: States, project: Project, revision: str) -> dict[str, Guideline | None]:
    """Return the editions that changed since a revision with what they were; None where they are new."""
    old = old_state_of(states, revision)
    return editions_before(old.library.guidelines, project.library.guidelines)


def editions_before(old: Iterable[Guideline], new: Iterable[Guideline]) -> dict[str, Guideline | None]:
    """Return the editions that mean something else than before with what they were; None where they are new."""
    found = counterparts(old, new)
    return {one.new.name: one.old if one.kind == CHANGED else None for one in found if one.new is not None}


def _keeping(words: str) -> Keep:
    wanted = words.casefold().split()

    def keep(one: Mutant) -> bool:
        said = f"{one.operator.value} {one.rule} {one.id}".casefold()
        return all(word in said for word in wanted)

    return keep


def _check_not_empty(measured: Sequence[Measured], asked: Asked) -> None:
    if not measured and asked.words:
        hint = "kinds of faults, rules and ids are searched; several words must all be found"
        raise UsageError(f"no mutant matches {quoted(asked.words)}", hint, NOT_LOADED)
    if not measured and asked.changed is not None:
        message = f"nothing that a rule says changed since {quoted(asked.changed)}, so there is nothing to mutate"
        raise UsageError(message, "leave `--changed` out to mutate whole guidelines", NOT_LOADED)
    if not measured:
        raise UsageError("there is nothing to mutate", "put guidelines below guidelines/", NOT_LOADED)
    if not any(one.told.vignettes for one in measured):
        names = ", ".join(quoted(one.guideline.name) for one in measured)
        hint = "put vignettes below vignettes/; redflag test shows what they expect and whether it comes out"
        raise UsageError(f"no vignette expects anything of {names} that comes out", hint, NOT_LOADED)


def _with_floor(one: Measured, floor: str) -> Measured:
    if not floor:
        return one
    return replace(one, told=replace(one.told, floor=standing(one.told.totals, Fraction(floor))))


def _envelope(states: States, project: Project, asked: Asked, measured: Sequence[Measured]) -> Envelope:
    results = tuple(result for one in measured for result in with_drafts(project, one))
    totals = totals_of(result.state for result in results)
    code = exit_code_of({one.told.floor for one in measured}, sound=project.sound)
    tests = _tests(project, measured)
    return Envelope(
        command="mutate",
        status=STATUS[code],
        exit_code=code,
        inputs=tuple(
            guideline_input(one.guideline, "guideline", one.guideline.name, one.told.digest, project)
            for one in measured
        ),
        options={
            "guidelines": list(asked.references),
            "words": asked.words,
            "changed": asked.changed,
            "fail_under": asked.floor,
            "show": asked.show,
        },
        diagnostics=sorted_unique((*project.diagnostics, *(fault for one in measured for fault in one.faults))),
        not_decided=tuple(left for one in measured for left in undecided(one)),
        limits=LIMITS,
        summary={
            "mutants": totals.mutants,
            "killed": totals.killed,
            "survived": totals.survived,
            "not_decided": totals.not_decided,
            "score": totals.score,
        },
        body=MutateBody(
            totals=totals,
            guidelines=tuple(one.told for one in measured),
            mutants=results,
            changed=asked.changed or "",
            files=_files(states, project, {*(one.file for one in results), *(one.file for one in tests)}),
            tests=tests,
        ),
    )


def exit_code_of(floors: Collection[str], *, sound: bool) -> int:
    """Return 1 if a guideline misses the floor or a file has errors, 4 if what is not decided could turn that round."""
    if MISSED in floors or not sound:
        return FINDINGS
    return UNDECIDED if OPEN in floors else OK


def undecided(one: Measured) -> tuple[NotDecided, ...]:
    """Return the mutants of which it is open whether anybody gets another outcome."""
    return tuple(
        NotDecided(f"{one.guideline.name}: {left.mutant.sentence}", "no vignette notices it", left.budget)
        for left in one.strength.verdicts
        if isinstance(left, Open)
    )


def _tests(project: Project, measured: Iterable[Measured]) -> tuple[MutantTest, ...]:
    """Return the vignettes that could notice something, in the order of the project."""
    watching = {name for one in measured for name in one.strength.watching}
    return tuple(
        MutantTest(one.id, one.title, one.span.file, one.span.line, one.span.column)
        for _, one in project.library.vignettes
        if one.id in watching
    )


def _files(states: States, project: Project, names: Iterable[str]) -> tuple[MutatedFile, ...]:
    """Return the texts of files as spans name them."""
    outside = place(project.revision, "")
    found = []
    for name in sorted(names):
        data = states.read(project.revision, name.removeprefix(outside))
        if data is not None:
            found.append(MutatedFile(name, data.decode("utf-8-sig", "replace").replace("\r\n", "\n")))
    return tuple(found)
