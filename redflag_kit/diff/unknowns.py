"""How missing information changes an outcome between two editions.

Claim: over all cases in which each finding is known or not assessed, each edition's assumptions applied, the kinds
reported are exactly those that occur; each has a witness case that was checked on the literal interpreter by
enumerating its completions. Method: a second axis per finding says whether it is known; quantify accordingly.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from redflag_kit.diff.pair import Aspect, Edition, Pair, flag
from redflag_kit.diff.reference import aspect_value, constraints_hold, reading_of
from redflag_kit.logic.algebra import at_least, disjunction
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.model.condition import Value

MAX_COMPLETIONS = 20_000
KINDS = ("newly_undecided", "newly_decided", "wider", "narrower", "moved")


@dataclass(frozen=True, slots=True)
class Hinge:
    """An aspect whose set of possible values changes for some case: its kind and a witness.

    `known` are the findings the case knows, `unknown` those left open that matter; `old`/`new` the possible values.
    `confirmed`: None if the witness has too many completions to enumerate.
    """

    aspect: Aspect
    kind: str
    known: Mapping[str, Value]
    unknown: tuple[str, ...]
    old: tuple[str, ...]
    new: tuple[str, ...]
    confirmed: bool | None


def hinges(pair: Pair, changed: frozenset[Aspect]) -> Iterator[Hinge]:
    """Yield one entry per aspect and kind. The pair's space must have flags (`pair_with_flags`).

    Aspects that no patient sees change are skipped unless the editions' assumptions differ; outputs that only one
    edition covers are skipped, as nothing is undecided about them in the other.
    """
    assumptions_differ = pair.old.compiled.assume != pair.new.compiled.assume
    both = set(pair.old.guideline.covers) & set(pair.new.guideline.covers)
    wanted = [a for a in pair.aspects() if a[0] in both and (a in changed or assumptions_differ)]
    if not wanted:
        return
    filled = {id(edition): _filled(pair, edition) for edition in (pair.old, pair.new)}
    cases = _lift(pair, pair.old.meaning.legal) & _lift(pair, pair.new.meaning.legal)
    for aspect in wanted:
        old, new = (_possible(pair, edition, aspect, filled[id(edition)]) for edition in (pair.old, pair.new))
        values = sorted({*old, *new})
        for kind, region in _kinds(pair, cases, old, new, values):
            point = pair.diagrams.least(region)
            if point is not None:
                yield _hinge(pair, aspect, kind, point, old, new)


def _lift(pair: Pair, region: BddRegion) -> BddRegion:
    """Return the cases some completion of which lies in a region."""
    diagrams = pair.diagrams
    support = set(diagrams.support(region))
    for name in reversed(tuple(pair.atoms.inputs)):
        if name in support:
            unknown = diagrams.literal(flag(name), 0b10)
            region = diagrams.ite(unknown, diagrams.exists(region, (name,)), region)
    return region


def _filled(pair: Pair, edition: Edition) -> BddRegion:
    """Return the legal patients of an edition, narrowed by its assumptions where nothing is known and they fit."""
    region = edition.meaning.legal
    diagrams = pair.diagrams
    for name, value in edition.compiled.assume.items():
        assumed = region & diagrams.literal(name, 1 << pair.atoms.atom_of(name, value))
        applies = diagrams.literal(flag(name), 0b10) & _lift(pair, assumed)
        region = diagrams.ite(applies, assumed, region)
    return region


def _possible(pair: Pair, edition: Edition, aspect: Aspect, filled: BddRegion) -> dict[str, BddRegion]:
    """Return, per value of an aspect, the cases for which it is possible."""
    found: dict[str, BddRegion] = {}
    for cell in edition.cells(aspect, pair.diagrams.whole):
        found[cell.value] = found.get(cell.value, pair.diagrams.empty) | cell.region
    lifted = {value: _lift(pair, filled & region) for value, region in found.items()}
    return {value: region for value, region in lifted.items() if not region.is_empty()}


def _kinds(
    pair: Pair, cases: BddRegion, old: dict[str, BddRegion], new: dict[str, BddRegion], values: list[str]
) -> Iterator[tuple[str, BddRegion]]:
    diagrams = pair.diagrams
    nothing = diagrams.empty
    undecided_old = cases & at_least(diagrams, 2, list(old.values()))
    undecided_new = cases & at_least(diagrams, 2, list(new.values()))
    more = disjunction(diagrams, (new.get(v, nothing) - old.get(v, nothing) for v in values))
    fewer = disjunction(diagrams, (old.get(v, nothing) - new.get(v, nothing) for v in values))
    both = undecided_old & undecided_new
    yield "newly_undecided", (cases - undecided_old) & undecided_new
    yield "newly_decided", undecided_old & (cases - undecided_new)
    yield "wider", both & (more - fewer)
    yield "narrower", both & (fewer - more)
    yield "moved", both & more & fewer


def _hinge(
    pair: Pair,
    aspect: Aspect,
    kind: str,
    point: tuple[int, ...],
    old: dict[str, BddRegion],
    new: dict[str, BddRegion],
) -> Hinge:
    inputs = tuple(pair.atoms.inputs)
    atoms = point[1::2]
    unknown = tuple(name for name, known in zip(inputs, point[::2], strict=True) if known == 1)
    patient = pair.patient_at(atoms)
    known = {name: value for name, value in patient.items() if name not in unknown}
    possible_old, possible_new = (
        tuple(sorted(value for value, region in side.items() if pair.diagrams.contains(region, point)))
        for side in (old, new)
    )
    confirmed = _confirm(pair, aspect, atoms, unknown, (possible_old, possible_new))
    return Hinge(aspect, kind, known, unknown, possible_old, possible_new, confirmed)


def _confirm(
    pair: Pair, aspect: Aspect, atoms: tuple[int, ...], unknown: tuple[str, ...], claimed: tuple[tuple[str, ...], ...]
) -> bool | None:
    """Enumerate the completions of a witness on the literal interpreter, assumptions applied one after the other."""
    inputs = tuple(pair.atoms.inputs)
    choices = [range(pair.atoms.size(name)) if name in unknown else (atoms[i],) for i, name in enumerate(inputs)]
    total = 1
    for choice in choices:
        total *= len(choice)
    if total > MAX_COMPLETIONS:
        return None
    patients = [pair.patient_at(completion) for completion in product(*choices)]
    for edition, values in zip((pair.old, pair.new), claimed, strict=True):
        legal = [patient for patient in patients if constraints_hold(edition, patient)]
        for name, value in edition.compiled.assume.items():
            if name in unknown:
                fitting = [patient for patient in legal if patient[name] == value]
                legal = fitting or legal
        if {aspect_value(reading_of(edition, patient), aspect) for patient in legal} != set(values):
            return False
    return True
