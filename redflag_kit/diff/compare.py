"""Compare two editions: every changed patient in one class, every class described, witnessed and fingerprinted."""

import gc
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias, TypeVar

from redflag_kit.diagnostics.diagnostic import Diagnostic
from redflag_kit.diff.bump import declared_bump, is_enough, required_bump
from redflag_kit.diff.cards import cards, counts, order, rule_edits
from redflag_kit.diff.changes import Change, Key, changes, constraint_changes, in_space_of
from redflag_kit.diff.describe import Describer, describer, describer_by_search
from redflag_kit.diff.edits import Alignment, align
from redflag_kit.diff.fingerprint import fingerprints
from redflag_kit.diff.pair import Pair, pair, pair_by_name, pair_by_search, pair_with_flags
from redflag_kit.diff.present import present
from redflag_kit.diff.redefined import redefined
from redflag_kit.diff.touched import touched
from redflag_kit.diff.unknown_results import unknown_results
from redflag_kit.diff.unknowns import assume_alike, hinges
from redflag_kit.diff.vignettes import Placing, changed, filled_alike, inside, place, vignette_cuts
from redflag_kit.logic.algebra import R
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.logic.budget import Budget, BudgetExceeded, Deadline
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Vignette
from redflag_kit.results.diff import (
    Card,
    ChangeClass,
    OutputCounts,
    RedefinedOutput,
    RuleEdit,
    UnchangedEdit,
    UnknownChange,
    VignetteChange,
)
from redflag_kit.results.envelope import NotDecided

T = TypeVar("T")
Unknowns: TypeAlias = tuple[tuple[UnknownChange, ...], tuple[Diagnostic, ...]]
WITHIN = Budget()

FINGERPRINTS = "the fingerprints of the change classes"
VIGNETTES = "which vignettes the change concerns"
MISSING = "how missing information changes the outputs"
ESTABLISHED = "every change class, proved, with a witness, for all patients of whom every finding is known"


@dataclass(frozen=True, slots=True)
class ByDiagrams:
    """Two editions and their classes as regions, for what only diagrams can tell."""

    pair: Pair[BddRegion]
    changes: tuple[Change[BddRegion], ...]
    alignment: Alignment


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two editions. `faults` are witnesses that were not confirmed: our own fault, never shown.

    `undecided` names what was not established within the budget; `equivalent` is None if that leaves it open.
    `regions` is None where the classes had to be searched for. Editions of which an output is `redefined` so that other
    things follow from it are never equivalent.
    """

    equivalent: bool | None
    classes: tuple[ChangeClass, ...]
    cards: tuple[Card, ...]
    edits: tuple[RuleEdit, ...]
    counts: tuple[OutputCounts, ...]
    unknowns: tuple[UnknownChange, ...]
    unchanged_edits: tuple[UnchangedEdit, ...]
    vignettes: tuple[VignetteChange, ...]
    uncovered: tuple[str, ...]
    required_bump: str
    declared_bump: str
    bump_enough: bool | None
    alignment: Alignment
    faults: tuple[Diagnostic, ...]
    undecided: tuple[NotDecided, ...]
    regions: ByDiagrams | None = None
    redefined: tuple[RedefinedOutput, ...] = ()


@dataclass(frozen=True, slots=True)
class _Beside:
    """What is known beside the classes: fingerprints, vignettes in or changed by them, and missing information."""

    marks: Mapping[Key, str]
    vignettes: Placing | None
    unknowns: Unknowns | None
    undecided: tuple[NotDecided, ...]


def compare(old: Guideline, new: Guideline, vignettes: Iterable[Vignette], budget: Budget = WITHIN) -> Comparison:
    """Return the comparison of two editions whose findings can be compared.

    Where the diagrams of patients outgrow the budget, the classes are searched for instead, and less is said of each.
    Raises BudgetExceeded if the search does not end in time either.
    """
    deadline = budget.start()
    try:
        return _by_diagrams(old, new, tuple(vignettes), budget.nodes)
    except BudgetExceeded as error:
        exceeded = str(error)
    gc.collect()  # the exception's traceback kept the regions made so far alive until here
    return _by_search(old, new, exceeded, deadline)


def _by_diagrams(old: Guideline, new: Guideline, vignettes: tuple[Vignette, ...], nodes: int) -> Comparison:
    both = pair(old, new, nodes=nodes)
    found = (*constraint_changes(both), *changes(both))
    undecided: list[NotDecided] = []

    def within(question: str, work: Callable[[], T]) -> T | None:
        try:
            return work()
        except BudgetExceeded as error:
            undecided.append(NotDecided(question, ESTABLISHED, str(error)))
            return None

    beside = _Beside(
        marks=(within(FINGERPRINTS, lambda: _marks(pair_by_name(old, new, nodes), found)) or {}) if found else {},
        # COST: where no patient is changed, and cases are completed alike, no vignette is concerned.
        vignettes=within(VIGNETTES, lambda: _placing(old, new, vignettes, found, nodes))
        if found or not filled_alike(both)
        else None,
        unknowns=within(MISSING, lambda: _unknowns(pair_with_flags(old, new, nodes), found))
        if _may_differ_on_cases(both, found)
        else ((), ()),
        undecided=tuple(undecided),
    )
    told = _told(describer(both), found, beside)
    return replace(told, regions=ByDiagrams(both, found, told.alignment))


def _by_search(old: Guideline, new: Guideline, exceeded: str, deadline: Deadline) -> Comparison:
    both = pair_by_search(old, new, deadline)
    found = (*constraint_changes(both), *changes(both))
    if not _may_differ_on_cases(both, found):  # and no class is left to say more about
        return _told(describer_by_search(both), found, _Beside({}, None, ((), ()), ()))
    questions = (FINGERPRINTS, VIGNETTES, MISSING) if found else (MISSING,)
    undecided = tuple(NotDecided(question, ESTABLISHED, exceeded) for question in questions)
    return _told(describer_by_search(both), found, _Beside({}, None, None, undecided))


def _may_differ_on_cases(both: Pair[R], found: tuple[Change[R], ...]) -> bool:
    """Say whether a case can come out differently: not where all patients are alike, and completed alike."""
    return bool(found) or not assume_alike(both)


def _marks(by_name: Pair[BddRegion], found: Iterable[Change[BddRegion]]) -> dict[Key, str]:
    return fingerprints(by_name, in_space_of(by_name, found))


def _placing(
    old: Guideline, new: Guideline, vignettes: Iterable[Vignette], found: Iterable[Change[BddRegion]], nodes: int
) -> Placing:
    finer = pair(old, new, vignette_cuts(old, new, vignettes), nodes)  # only vignettes need their numbers told apart
    placed = place(finer, vignettes)
    return Placing(inside(finer, placed, found), tuple(changed(finer, placed)))


def _unknowns(flagged: Pair[BddRegion], found: Iterable[Change[BddRegion]]) -> Unknowns:
    return unknown_results(flagged, hinges(flagged, frozenset(change.aspect for change in found)))


def _told(describe: Describer[R], found: tuple[Change[R], ...], beside: _Beside) -> Comparison:
    both = describe.pair
    old, new = both.old.guideline, both.new.guideline
    alignment = align(describe)
    within = beside.vignettes.within if beside.vignettes else {}
    faults: list[Diagnostic] = []
    shown: dict[str, tuple[ChangeClass, Change[R]]] = {}
    for change in found:
        mark = beside.marks.get(change.key, "")
        one, noted = present(describe, alignment, change, mark, within.get(change.key, ()))
        faults += noted
        if one:
            assert one.id not in shown, "two classes share an id, and neither may be left out"
            shown[one.id] = (one, change)
    classes = order((one for one, _ in shown.values()), both)
    unknowns, noted = beside.unknowns or ((), ())
    otherwise = redefined(old, new)
    differs = found or unknowns or noted or any(one.entails for one in otherwise)
    equivalent = False if differs else None if beside.unknowns is None else True
    required = required_bump(old, new, classes, equivalent, otherwise)
    return Comparison(
        equivalent=equivalent,
        classes=classes,
        cards=cards(shown[one.id] for one in classes),
        edits=rule_edits(classes, both),
        counts=counts(both, classes, unknowns),
        unknowns=unknowns,
        unchanged_edits=tuple(touched(both, alignment)),
        vignettes=beside.vignettes.changed if beside.vignettes else (),
        uncovered=tuple(one.id for one in classes if not one.vignettes) if beside.vignettes else (),
        required_bump=required,
        declared_bump=declared_bump(old, new),
        bump_enough=is_enough(old, new, required),
        alignment=alignment,
        faults=(*faults, *noted),
        undecided=beside.undecided,
        redefined=otherwise,
    )
