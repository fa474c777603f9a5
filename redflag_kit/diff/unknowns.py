"""How missing information changes an outcome between two editions.

Claim: over all cases in which each finding is known or not assessed, each edition's assumptions applied, the kinds
reported are exactly those that occur; each has a witness case that was checked on the literal interpreter by
enumerating its completions. Method: a second axis per finding says whether it is known; quantify accordingly.
A set is compared by element, and as a whole (listed, or a status) where no element shows a change.
Not covered: which members of a set go together; cases decided in both editions whose completions all change, as
their patients are in change classes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from redflag_kit.diff.pair import Aspect, Edition, Pair, flag
from redflag_kit.diff.reference import aspect_value, constraints_hold, reading_of, takes
from redflag_kit.logic.algebra import at_least, disjunction
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.model.condition import Value
from redflag_kit.semantics.hit_policies import LISTED

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

    Outputs that no patient sees change are skipped unless the editions complete cases differently, by assumptions or
    by constraints; outputs that only one edition covers are skipped, as nothing is undecided about them in the other.
    """
    both = set(pair.old.guideline.covers) & set(pair.new.guideline.covers)
    touched = {output for output, _ in changed}
    everything = _complete_differently(pair)
    wanted = [name for name in pair.outputs if name in both and (name in touched or everything)]
    if not wanted:
        return
    ward = _Ward(
        pair=pair,
        cases=_lift(pair, pair.old.meaning.legal) & _lift(pair, pair.new.meaning.legal),
        old=_filled(pair, pair.old),
        new=_filled(pair, pair.new),
    )
    for name in wanted:
        found = [hinge for a in pair.aspects() if a[0] == name for hinge in _hinges_of(ward, a)]
        if not found and pair.outputs[name].scale is None:
            found = list(_hinges_of(ward, (name, "")))
        yield from found


@dataclass(frozen=True, slots=True)
class _Ward:
    """The cases that both editions allow, and the completions each edition leaves them."""

    pair: Pair
    cases: BddRegion
    old: BddRegion
    new: BddRegion


def _complete_differently(pair: Pair) -> bool:
    """Say whether the editions may leave one case different completions. Assumptions are made in order."""
    return _assumed(pair, pair.old) != _assumed(pair, pair.new) or pair.old.meaning.legal != pair.new.meaning.legal


def _assumed(pair: Pair, edition: Edition) -> list[tuple[str, Value]]:
    """Return what an edition assumes of the findings of both, also of those that it does not read itself."""
    policy, inputs = edition.guideline.assume, pair.atoms.inputs
    order = (name for name in edition.guideline.vocabulary.findings if name in policy and name in inputs)
    return [(name, policy[name].value) for name in order if takes(inputs[name], policy[name].value)]


def _hinges_of(ward: _Ward, aspect: Aspect) -> Iterator[Hinge]:
    pair = ward.pair
    tables = [_values(pair, edition, aspect) for edition in (pair.old, pair.new)]
    old, new = (_possible(pair, table, filled) for table, filled in zip(tables, (ward.old, ward.new), strict=True))
    same = disjunction(pair.diagrams, (tables[0][value] & tables[1][value] for value in tables[0].keys() & tables[1]))
    for kind, region in _kinds(ward, old, new, same):
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
    for name, value in _assumed(pair, edition):
        assumed = region & diagrams.literal(name, 1 << pair.atoms.atom_of(name, value))
        applies = diagrams.literal(flag(name), 0b10) & _lift(pair, assumed)
        region = diagrams.ite(applies, assumed, region)
    return region


def _values(pair: Pair, edition: Edition, aspect: Aspect) -> dict[str, BddRegion]:
    """Return the patients for whom an aspect, or a whole set, has each value."""
    if not aspect[1] and pair.outputs[aspect[0]].scale is None:
        statuses = edition.meaning.sets[aspect[0]]
        return {**statuses, LISTED: ~disjunction(pair.diagrams, statuses.values())}
    found: dict[str, BddRegion] = {}
    for cell in edition.cells(aspect, pair.diagrams.whole):
        found[cell.value] = found.get(cell.value, pair.diagrams.empty) | cell.region
    return found


def _possible(pair: Pair, table: Mapping[str, BddRegion], filled: BddRegion) -> dict[str, BddRegion]:
    """Return, per value, the cases for which it is possible."""
    lifted = {value: _lift(pair, filled & region) for value, region in table.items()}
    return {value: region for value, region in lifted.items() if not region.is_empty()}


def _kinds(
    ward: _Ward, old: dict[str, BddRegion], new: dict[str, BddRegion], same: BddRegion
) -> Iterator[tuple[str, BddRegion]]:
    """Yield the cases of each kind. `same` are the patients to whom both editions give one value."""
    pair, cases = ward.pair, ward.cases
    diagrams = pair.diagrams
    nothing = diagrams.empty
    values = sorted({*old, *new})
    undecided_old = cases & at_least(diagrams, 2, list(old.values()))
    undecided_new = cases & at_least(diagrams, 2, list(new.values()))
    more = disjunction(diagrams, (new.get(v, nothing) - old.get(v, nothing) for v in values))
    fewer = disjunction(diagrams, (old.get(v, nothing) - new.get(v, nothing) for v in values))
    both = undecided_old & undecided_new
    yield "newly_undecided", (cases - undecided_old) & undecided_new
    yield "newly_decided", undecided_old & (cases - undecided_new)
    yield "wider", both & (more - fewer)
    yield "narrower", both & (fewer - more)
    moved = (cases - undecided_old - undecided_new) & more
    if not moved.is_empty():  # decided in both, because they complete the case differently
        moved = moved & _lift(pair, ward.old ^ ward.new) & _lift(pair, pair.legal & same)
    yield "moved", moved | both & more & fewer


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
        for name, value in _assumed(pair, edition):
            if name in unknown:
                atom = pair.atoms.atom_of(name, value)
                fitting = [patient for patient in legal if pair.atoms.atom_of(name, patient[name]) == atom]
                legal = fitting or legal
        if {aspect_value(reading_of(edition, patient), aspect) for patient in legal} != set(values):
            return False
    return True
