"""Vignettes and a change: whose outcome differs, and which classes each lies in."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.compile.expression import InputEntry
from redflag_kit.diff.changes import Change, Key
from redflag_kit.diff.pair import Aspect, Edition, Pair
from redflag_kit.diff.present import aspect_label, aspect_words
from redflag_kit.logic.algebra import disjunction
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.model.condition import Value
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Vignette
from redflag_kit.results.diff import VignetteChange
from redflag_kit.semantics.cases import fill, stated_entry
from redflag_kit.terms.scale import STATUSES, Status


@dataclass(frozen=True, slots=True)
class Placed:
    """A vignette's case in both editions; empty regions where it contradicts an edition's constraints."""

    vignette: Vignette
    old: BddRegion
    new: BddRegion


@dataclass(frozen=True, slots=True)
class Placing:
    """The vignettes that lie wholly within each class, and those that a change concerns."""

    within: Mapping[Key, tuple[str, ...]]
    changed: tuple[VignetteChange, ...]


def vignette_cuts(old: Guideline, new: Guideline, vignettes: Iterable[Vignette]) -> tuple[InputEntry, ...]:
    """Return the cuts that tell the vignettes' numbers from their neighbours."""
    inputs = {**compile_guideline(old).inputs, **compile_guideline(new).inputs}
    entries = (
        stated_entry(inputs[one.finding], one)
        for vignette in vignettes
        for one in vignette.findings
        if one.finding in inputs and not one.unknown
    )
    return tuple(dict.fromkeys(entry for entry in entries if entry.intervals))


def place(pair: Pair[BddRegion], vignettes: Iterable[Vignette]) -> tuple[Placed, ...]:
    """Return every vignette's filled case in both editions."""
    alike = _fill_alike(pair.old, pair.new)
    placed = []
    for one in vignettes:
        old = _filled(pair, pair.old, one)
        placed.append(Placed(one, old, old if alike else _filled(pair, pair.new, one)))
    return tuple(placed)


def _fill_alike(old: Edition[BddRegion], new: Edition[BddRegion]) -> bool:
    """Say whether both editions fill every case in the same way. Assumptions are made in order."""
    return (
        old.meaning.legal == new.meaning.legal
        and list(old.compiled.assume.items()) == list(new.compiled.assume.items())
        and _clean(old) == _clean(new)
    )


def _filled(pair: Pair[BddRegion], edition: Edition[BddRegion], vignette: Vignette) -> BddRegion:
    clean = _clean(edition) if vignette.fill_clean else {}
    legal = edition.meaning.legal
    return fill(edition.compiled, vignette.findings, clean, legal, pair.atoms, pair.diagrams).region


def _clean(edition: Edition[BddRegion]) -> dict[str, Value]:
    return {name: f.clean for name, f in edition.guideline.vocabulary.findings.items() if f.clean is not None}


def inside(
    pair: Pair[BddRegion], placed: Iterable[Placed], found: Iterable[Change[BddRegion]]
) -> dict[Key, tuple[str, ...]]:
    """Return, per class, the vignettes whose every completion in either edition lies in it."""
    cases = [
        (one.vignette.id, one.old | one.new) for one in placed if not one.old.is_empty() and not one.new.is_empty()
    ]
    members: dict[Key, list[str]] = {}
    for group in _by_aspect(found).values():
        anywhere = disjunction(pair.diagrams, (change.region for change in group))
        within = [(name, case) for name, case in cases if (case - anywhere).is_empty()]
        for change in group:
            members[change.key] = [name for name, case in within if (case - change.region).is_empty()]
    return {key: tuple(names) for key, names in members.items()}


def _by_aspect(found: Iterable[Change[BddRegion]]) -> dict[Aspect, list[Change[BddRegion]]]:
    groups: dict[Aspect, list[Change[BddRegion]]] = {}
    for change in found:
        groups.setdefault(change.aspect, []).append(change)
    return groups


def changed(
    pair: Pair[BddRegion], placed: Iterable[Placed], found: Iterable[Change[BddRegion]]
) -> Iterator[VignetteChange]:
    """Yield the vignettes with a written outcome that differs between the editions, status against status aside."""
    diagrams = pair.diagrams
    moved = {
        aspect: disjunction(diagrams, (one.region for one in group)) for aspect, group in _by_aspect(found).items()
    }
    tables = {id(edition): _tables(pair, edition) for edition in (pair.old, pair.new)}
    for one in placed:
        differences = []
        for aspect in pair.aspects():
            if one.old == one.new and (one.old & moved.get(aspect, diagrams.empty)).is_empty():
                continue
            old = _values(tables[id(pair.old)][aspect], one.old)
            new = _values(tables[id(pair.new)][aspect], one.new)
            if old != new and {*old, *new} - set(STATUSES):
                output = pair.outputs[aspect[0]]
                said = (" or ".join(aspect_words(output, _shown(aspect, v)) for v in side) for side in (old, new))
                differences.append((aspect_label(output, aspect[1]), *said))
        if differences:
            yield VignetteChange(one.vignette.id, one.vignette.title, tuple((a, b, c) for a, b, c in differences))


def _shown(aspect: tuple[str, str], value: str) -> str:
    return "not_listed" if aspect[1] and value == Status.SILENT.value else value


def _tables(pair: Pair[BddRegion], edition: Edition[BddRegion]) -> dict[tuple[str, str], dict[str, BddRegion]]:
    tables: dict[tuple[str, str], dict[str, BddRegion]] = {}
    for aspect in pair.aspects():
        found = tables.setdefault(aspect, {})
        for cell in edition.cells(aspect, pair.diagrams.whole):
            found[cell.value] = found.get(cell.value, pair.diagrams.empty) | cell.region
    return tables


def _values(table: Mapping[str, BddRegion], case: BddRegion) -> tuple[str, ...]:
    return tuple(sorted(value for value, region in table.items() if not (case & region).is_empty()))
