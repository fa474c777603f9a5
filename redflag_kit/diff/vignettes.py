"""Vignettes and a change: whose outcome differs, and which classes each lies in."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.compile.expression import InputEntry
from redflag_kit.diff.changes import Change
from redflag_kit.diff.pair import Edition, Pair
from redflag_kit.diff.present import aspect_label, aspect_words
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


def place(pair: Pair, vignettes: Iterable[Vignette]) -> tuple[Placed, ...]:
    """Return every vignette's filled case in both editions."""
    return tuple(Placed(v, _filled(pair, pair.old, v), _filled(pair, pair.new, v)) for v in vignettes)


def _filled(pair: Pair, edition: Edition, vignette: Vignette) -> BddRegion:
    clean: dict[str, Value] = {}
    if vignette.fill_clean:
        findings = edition.guideline.vocabulary.findings
        clean = {name: f.clean for name, f in findings.items() if f.clean is not None}
    legal = edition.meaning.legal
    return fill(edition.compiled, vignette.findings, clean, legal, pair.atoms, pair.diagrams).region


def inside(placed: Iterable[Placed], change: Change) -> tuple[str, ...]:
    """Return the vignettes whose every completion lies in a class."""
    return tuple(
        one.vignette.id
        for one in placed
        if not one.old.is_empty()
        and not one.new.is_empty()
        and (one.old - change.region).is_empty()
        and (one.new - change.region).is_empty()
    )


def changed(pair: Pair, placed: Iterable[Placed]) -> Iterator[VignetteChange]:
    """Yield the vignettes with a written outcome that differs between the editions, status against status aside."""
    tables = {id(edition): _tables(pair, edition) for edition in (pair.old, pair.new)}
    for one in placed:
        differences = []
        for aspect in pair.aspects():
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


def _tables(pair: Pair, edition: Edition) -> dict[tuple[str, str], dict[str, BddRegion]]:
    tables: dict[tuple[str, str], dict[str, BddRegion]] = {}
    for aspect in pair.aspects():
        found = tables.setdefault(aspect, {})
        for cell in edition.cells(aspect, pair.diagrams.whole):
            found[cell.value] = found.get(cell.value, pair.diagrams.empty) | cell.region
    return tables


def _values(table: Mapping[str, BddRegion], case: BddRegion) -> tuple[str, ...]:
    return tuple(sorted(value for value, region in table.items() if not (case & region).is_empty()))
