"""Compare two editions: every changed patient in one class, every class described, witnessed and fingerprinted."""

from collections.abc import Iterable
from dataclasses import dataclass

from redflag_kit.diagnostics.diagnostic import Diagnostic
from redflag_kit.diff.bump import declared_bump, required_bump
from redflag_kit.diff.cards import cards, counts, order, rule_edits
from redflag_kit.diff.changes import Change, changes, constraint_changes, in_space_of
from redflag_kit.diff.describe import describer
from redflag_kit.diff.edits import Alignment, align
from redflag_kit.diff.fingerprint import fingerprints
from redflag_kit.diff.pair import Pair, pair, pair_by_name, pair_with_flags
from redflag_kit.diff.present import present
from redflag_kit.diff.touched import touched
from redflag_kit.diff.unknown_results import unknown_results
from redflag_kit.diff.unknowns import hinges
from redflag_kit.diff.vignettes import changed, inside, place, vignette_cuts
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Vignette
from redflag_kit.results.diff import (
    Card,
    ChangeClass,
    OutputCounts,
    RuleEdit,
    UnchangedEdit,
    UnknownChange,
    VignetteChange,
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two editions. `faults` are witnesses that were not confirmed: our own fault, never shown."""

    equivalent: bool
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
    alignment: Alignment
    faults: tuple[Diagnostic, ...]


def compare(old: Guideline, new: Guideline, vignettes: Iterable[Vignette]) -> Comparison:
    """Return the comparison of two editions whose findings can be compared.

    Raises BudgetExceeded if the diagrams outgrow their budget.
    """
    vignettes = tuple(vignettes)
    both = pair(old, new)
    found = (*constraint_changes(both), *changes(both))
    by_name = pair_by_name(old, new)
    marks = fingerprints(by_name, in_space_of(by_name, found))
    describe = describer(both)
    alignment = align(describe)
    finer = pair(old, new, vignette_cuts(old, new, vignettes))  # only vignettes need their numbers told apart
    placed = place(finer, vignettes)
    finely = tuple(in_space_of(finer, found))
    covering = inside(finer, placed, finely)
    faults: list[Diagnostic] = []
    shown: dict[str, tuple[ChangeClass, Change]] = {}
    for change in found:
        one, noted = present(describe, alignment, change, marks[change.key], covering[change.key])
        faults += noted
        if one:
            assert one.id not in shown, "two classes share an id, and neither may be left out"
            shown[one.id] = (one, change)
    classes = order((one for one, _ in shown.values()), both)
    unknowns, noted = _unknowns(old, new, found)
    faults += noted
    equivalent = not found and not unknowns and not noted
    return Comparison(
        equivalent=equivalent,
        classes=classes,
        cards=cards(shown[one.id] for one in classes),
        edits=rule_edits(classes, both),
        counts=counts(both, classes, unknowns),
        unknowns=unknowns,
        unchanged_edits=tuple(touched(both, alignment)),
        vignettes=tuple(changed(finer, placed, finely)),
        uncovered=tuple(one.id for one in classes if not one.vignettes),
        required_bump=required_bump(old, new, classes, equivalent),
        declared_bump=declared_bump(old, new),
        alignment=alignment,
        faults=tuple(faults),
    )


def _unknowns(
    old: Guideline, new: Guideline, found: tuple[Change, ...]
) -> tuple[tuple[UnknownChange, ...], tuple[Diagnostic, ...]]:
    flagged: Pair = pair_with_flags(old, new)
    return unknown_results(flagged, hinges(flagged, frozenset(change.aspect for change in found)))
