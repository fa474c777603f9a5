"""Vignettes and a change: whose outcome differs, and which classes each lies in."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.compile.expression import InputEntry
from redflag_kit.diff.changes import ANY_OUTPUT, Change, Key
from redflag_kit.diff.pair import Aspect, Edition, Pair
from redflag_kit.diff.present import aspect_label, aspect_words
from redflag_kit.logic.algebra import R, conjunction, disjunction
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.model.condition import Value
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Vignette
from redflag_kit.results.diff import VignetteChange
from redflag_kit.semantics.cases import Told, assuming, stated_entry, told
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
    # COST: what the editions fill in alike, which is nearly always all but the assumptions, is filled in once.
    told_alike, assumed_alike = _told_alike(pair), _assumed_alike(pair)
    placed = []
    for one in vignettes:
        old = _told(pair, pair.old, one)
        new = old if told_alike else _told(pair, pair.new, one)
        before = assuming(pair.old.compiled, old).region
        after = before if told_alike and assumed_alike else assuming(pair.new.compiled, new).region
        placed.append(Placed(one, before, after))
    return tuple(placed)


def filled_alike(pair: Pair[BddRegion]) -> bool:
    """Say whether both editions complete every case in the same way, so that only a change can make a difference."""
    return _told_alike(pair) and _assumed_alike(pair)


def _told_alike(pair: Pair[BddRegion]) -> bool:
    return pair.old.meaning.legal == pair.new.meaning.legal and _clean(pair.old) == _clean(pair.new)


def _assumed_alike(pair: Pair[BddRegion]) -> bool:
    return list(pair.old.compiled.assume.items()) == list(pair.new.compiled.assume.items())  # made in order


def _told(pair: Pair[BddRegion], edition: Edition[BddRegion], vignette: Vignette) -> Told[BddRegion]:
    clean = _clean(edition) if vignette.fill_clean else {}
    return told(vignette.findings, clean, edition.meaning.legal, pair.atoms, pair.diagrams)


def _clean(edition: Edition[BddRegion]) -> dict[str, Value]:
    return {name: f.clean for name, f in edition.guideline.vocabulary.findings.items() if f.clean is not None}


def inside(pair: Pair[BddRegion], placed: Iterable[Placed], found: Iterable[Change[R]]) -> dict[Key, tuple[str, ...]]:
    """Return, per class, the vignettes whose every completion in either edition lies in it.

    The classes may stand in another space of the same editions: only what identifies them is read.
    """
    # COST: asked of what makes a class, a cell of either edition, and never of the class itself: together with the
    # constraints that compare two numbers its diagram is large where vignettes tell many numbers apart.
    cases = [(one.vignette.id, one.old | one.new) for one in placed if _is_patient(pair, one)]
    members: dict[Key, tuple[str, ...]] = {}
    for aspect, group in _by_aspect(found).items():
        if aspect == ANY_OUTPUT:  # of patients whom one edition does not allow
            members |= {change.key: () for change in group}
            continue
        alike = _alike(pair, aspect)
        within = [(name, case) for name, case in cases if (case & alike).is_empty()]
        for change in group:
            old = pair.old.cell(aspect, change.old_value, change.old_rule, pair.algebra.whole)
            new = pair.new.cell(aspect, change.new_value, change.new_rule, pair.algebra.whole)
            here = old & new
            members[change.key] = tuple(name for name, case in within if (case - here).is_empty())
    return members


def _is_patient(pair: Pair[BddRegion], one: Placed) -> bool:
    """Say whether a case has completions in both editions, and each is a patient of both."""
    both = not one.old.is_empty() and not one.new.is_empty()
    return both and (one.old - pair.new.meaning.legal).is_empty() and (one.new - pair.old.meaning.legal).is_empty()


def _alike(pair: Pair[BddRegion], aspect: Aspect) -> BddRegion:
    """Return where an aspect has one value in both editions, constraints aside."""
    old, new = (_table(pair, edition, aspect) for edition in (pair.old, pair.new))
    return disjunction(pair.diagrams, (old[value] & new[value] for value in old if value in new))


def _by_aspect(found: Iterable[Change[R]]) -> dict[Aspect, list[Change[R]]]:
    groups: dict[Aspect, list[Change[R]]] = {}
    for change in found:
        groups.setdefault(change.aspect, []).append(change)
    return groups


def changed(pair: Pair[BddRegion], placed: Iterable[Placed]) -> Iterator[VignetteChange]:
    """Yield the vignettes with a written outcome that differs between the editions, status against status aside."""
    alike = {aspect: _alike(pair, aspect) for aspect in pair.aspects()}
    everywhere = conjunction(pair.diagrams, alike.values())
    tables = {
        id(edition): {aspect: _table(pair, edition, aspect) for aspect in pair.aspects()}
        for edition in (pair.old, pair.new)
    }
    for one in placed:
        # COST: most vignettes concern nothing that changed, which one question to all aspects tells.
        if one.old == one.new and (one.old - everywhere).is_empty():
            continue
        differences = []
        for aspect in pair.aspects():
            if one.old == one.new and (one.old - alike[aspect]).is_empty():
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


def _table(pair: Pair[BddRegion], edition: Edition[BddRegion], aspect: Aspect) -> dict[str, BddRegion]:
    """Return where an aspect has each value in an edition."""
    found: dict[str, BddRegion] = {}
    for cell in edition.cells(aspect, pair.diagrams.whole):
        found[cell.value] = found.get(cell.value, pair.diagrams.empty) | cell.region
    return found


def _values(table: Mapping[str, BddRegion], case: BddRegion) -> tuple[str, ...]:
    # COST: a case that lies wholly within one value, as most do, asks no more once that is found.
    found: list[str] = []
    for value, region in table.items():
        if not (case & region).is_empty():
            found.append(value)
            case = case - region
            if case.is_empty():
                break
    return tuple(sorted(found))
