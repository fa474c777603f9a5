"""How missing information changes an outcome between two editions.

Claim: over all cases in which each finding is known or not assessed, each edition's assumptions applied, the kinds
reported are exactly those that occur; each has a witness case that was checked on the literal interpreter by
enumerating its completions. Method: cases have axes of their own (known or not, and what is known); a relation ties
them to the patients who complete them, who are then projected away.
A set is compared by element, and as a whole (listed, or a status) where no element shows a change.
Not covered: which members of a set go together; cases decided in both editions whose completions all change, as
their patients are in change classes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from redflag_kit.diff.pair import Aspect, Edition, Pair, flag, known
from redflag_kit.diff.reference import Readings, takes
from redflag_kit.logic.algebra import R, at_least, disjunction
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.model.condition import Value
from redflag_kit.semantics.hit_policies import LISTED

MAX_COMPLETIONS = 20_000
NEAR = (2, 3)
"""How many axes the cases that are searched first may have off their calmest atom."""

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


def hinges(pair: Pair[BddRegion], changed: frozenset[Aspect]) -> Iterator[Hinge]:
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
    ward = _ward(pair)
    for name in wanted:
        found = [hinge for a in pair.aspects() if a[0] == name for hinge in _hinges_of(ward, a)]
        if not found and pair.outputs[name].scale is None:
            found = list(_hinges_of(ward, (name, "")))
        yield from found


@dataclass(frozen=True, slots=True)
class _Ward:
    """The cases that both editions allow, and which patients complete a case: in either edition, and before `assume`.

    `old` and `new` leave the editions' constraints aside.
    """

    pair: Pair[BddRegion]
    agree: BddRegion
    cases: BddRegion
    old: BddRegion
    new: BddRegion
    readings: Readings[BddRegion]


def _ward(pair: Pair[BddRegion]) -> _Ward:
    agree = _agreement(pair)
    return _Ward(
        pair=pair,
        agree=agree,
        cases=_lift(pair, agree, pair.old.meaning.legal) & _lift(pair, agree, pair.new.meaning.legal),
        old=_assuming(pair, agree, pair.old),
        new=_assuming(pair, agree, pair.new),
        readings=Readings(pair),
    )


def _agreement(pair: Pair[BddRegion]) -> BddRegion:
    """Return where a patient has every finding that a case knows as the case knows it."""
    diagrams = pair.diagrams
    region = diagrams.whole
    for name in reversed(tuple(pair.atoms.inputs)):  # from the last axis up, so that each step adds on top
        masks = (1 << atom for atom in range(pair.atoms.size(name)))
        same = disjunction(diagrams, (diagrams.literal(known(name), m) & diagrams.literal(name, m) for m in masks))
        region &= diagrams.literal(flag(name), 0b10) | same
    return region


def _complete_differently(pair: Pair[BddRegion]) -> bool:
    """Say whether the editions may leave one case different completions."""
    return not assume_alike(pair) or pair.old.meaning.legal != pair.new.meaning.legal


def assume_alike(pair: Pair[R]) -> bool:
    """Say whether the editions make the same assumptions, in the same order."""
    return _assumed(pair, pair.old) == _assumed(pair, pair.new)


def _assumed(pair: Pair[R], edition: Edition[R]) -> list[tuple[str, Value]]:
    """Return what an edition assumes of the findings of both, also of those that it does not read itself."""
    policy, inputs = edition.guideline.assume, pair.atoms.inputs
    order = (name for name in edition.guideline.vocabulary.findings if name in policy and name in inputs)
    return [(name, policy[name].value) for name in order if takes(inputs[name], policy[name].value)]


def _hinges_of(ward: _Ward, aspect: Aspect) -> Iterator[Hinge]:
    pair = ward.pair
    tables = [_values(pair, edition, aspect) for edition in (pair.old, pair.new)]
    old = _possible(pair, tables[0], ward.old, pair.old.meaning.legal)
    new = _possible(pair, tables[1], ward.new, pair.new.meaning.legal)
    same = disjunction(pair.diagrams, (tables[0][value] & tables[1][value] for value in tables[0].keys() & tables[1]))
    points = _points(ward, old, new, same)
    for kind in KINDS:
        if kind in points:
            yield _hinge(ward, aspect, kind, points[kind], old, new)


def _points(
    ward: _Ward, old: dict[str, BddRegion], new: dict[str, BddRegion], same: BddRegion
) -> dict[str, tuple[int, ...]]:
    """Return the canonical witness of every kind that occurs."""
    # COST: the cases of a kind are many, but its witness leaves the calmest on as few axes as any. So the cases next
    # to the calmest are searched first, and all cases only for the kinds that do not occur among those.
    diagrams = ward.pair.diagrams
    found: dict[str, tuple[int, ...]] = {}
    for near in (*map(diagrams.near_calm, NEAR), diagrams.whole):
        cases = ward.cases & near
        before, after = ({value: region & cases for value, region in side.items()} for side in (old, new))
        outlook = _Outlook(ward, before, after, same)
        for kind in KINDS:
            point = None if kind in found else diagrams.least(outlook.of_kind(kind))
            if point is not None:
                found[kind] = point
        if len(found) == len(KINDS):
            break
    return found


def _assuming(pair: Pair[BddRegion], agree: BddRegion, edition: Edition[BddRegion]) -> BddRegion:
    """Return which patients complete a case once an edition's assumptions are made, where they fit."""
    # COST: the assumptions narrow the relation, which is small, and not the patients, which would multiply with it.
    diagrams, legal = pair.diagrams, edition.meaning.legal
    possible = _lift(pair, agree, legal)
    for name, value in _assumed(pair, edition):
        taken = diagrams.literal(name, 1 << pair.atoms.atom_of(name, value))
        unknown = diagrams.literal(flag(name), 0b10)
        applies = unknown & _lift(pair, agree, legal & taken)
        if ((possible & unknown) - applies).is_empty():
            applies = unknown  # it fits every case that has completions; the others do not matter
        agree &= ~applies | taken
    return agree


def _lift(pair: Pair[BddRegion], agree: BddRegion, region: BddRegion) -> BddRegion:
    """Return the cases some completion of which lies in a region."""
    return pair.diagrams.shared(agree, region, pair.atoms.inputs)


def _values(pair: Pair[BddRegion], edition: Edition[BddRegion], aspect: Aspect) -> dict[str, BddRegion]:
    """Return the patients for whom an aspect, or a whole set, has each value."""
    if not aspect[1] and pair.outputs[aspect[0]].scale is None:
        statuses = edition.meaning.sets[aspect[0]]
        return {**statuses, LISTED: ~disjunction(pair.diagrams, statuses.values())}
    found: dict[str, BddRegion] = {}
    for cell in edition.cells(aspect, pair.diagrams.whole):
        found[cell.value] = found.get(cell.value, pair.diagrams.empty) | cell.region
    return found


def _possible(
    pair: Pair[BddRegion], table: Mapping[str, BddRegion], agree: BddRegion, legal: BddRegion
) -> dict[str, BddRegion]:
    """Return, per value, the cases for which it is possible."""
    lifted = {value: _lift(pair, agree, legal & region) for value, region in table.items()}
    return {value: region for value, region in lifted.items() if not region.is_empty()}


@dataclass(frozen=True)
class _Outlook:
    """What an aspect can be in either edition for some of the cases that both allow.

    `same` are the patients to whom both editions give one value.
    """

    ward: _Ward
    old: dict[str, BddRegion]
    new: dict[str, BddRegion]
    same: BddRegion

    def of_kind(self, kind: str) -> BddRegion:
        """Return the cases of a kind."""
        if kind == "newly_undecided":
            return self.undecided_new - self.undecided_old
        if kind == "newly_decided":
            return self.undecided_old - self.undecided_new
        both = self.undecided_old & self.undecided_new
        if kind == "wider":
            return both & (self.more - self.fewer)
        if kind == "narrower":
            return both & (self.fewer - self.more)
        return self.decided_otherwise | both & self.more & self.fewer

    @cached_property
    def undecided_old(self) -> BddRegion:
        return at_least(self.ward.pair.diagrams, 2, list(self.old.values()))

    @cached_property
    def undecided_new(self) -> BddRegion:
        return at_least(self.ward.pair.diagrams, 2, list(self.new.values()))

    @cached_property
    def more(self) -> BddRegion:
        """Return the cases for which some value has become possible."""
        return self._beyond(self.new, self.old)

    @cached_property
    def fewer(self) -> BddRegion:
        """Return the cases for which some value is no longer possible."""
        return self._beyond(self.old, self.new)

    @property
    def decided_otherwise(self) -> BddRegion:
        """Return the cases decided in both editions, but not alike, because they complete the case differently."""
        ward, pair = self.ward, self.ward.pair
        moved = self.more - self.undecided_old - self.undecided_new
        if moved.is_empty():
            return moved
        completions = (ward.old & pair.old.meaning.legal) ^ (ward.new & pair.new.meaning.legal)
        return moved & _lift(pair, ward.agree, completions) & _lift(pair, ward.agree, pair.legal & self.same)

    def _beyond(self, one: Mapping[str, BddRegion], other: Mapping[str, BddRegion]) -> BddRegion:
        diagrams = self.ward.pair.diagrams
        nothing = diagrams.empty
        return disjunction(diagrams, (region - other.get(value, nothing) for value, region in one.items()))


def _hinge(
    ward: _Ward,
    aspect: Aspect,
    kind: str,
    point: tuple[int, ...],
    old: dict[str, BddRegion],
    new: dict[str, BddRegion],
) -> Hinge:
    pair = ward.pair
    inputs = tuple(pair.atoms.inputs)
    atoms = point[1::3]
    unknown = tuple(name for name, flagged in zip(inputs, point[::3], strict=True) if flagged == 1)
    patient = pair.patient_at(atoms)
    stated = {name: value for name, value in patient.items() if name not in unknown}
    possible_old, possible_new = (
        tuple(sorted(value for value, region in side.items() if pair.diagrams.contains(region, point)))
        for side in (old, new)
    )
    confirmed = _confirm(pair, ward.readings, aspect, atoms, unknown, (possible_old, possible_new))
    return Hinge(aspect, kind, stated, unknown, possible_old, possible_new, confirmed)


def _confirm(
    pair: Pair[BddRegion],
    readings: Readings[BddRegion],
    aspect: Aspect,
    atoms: tuple[int, ...],
    unknown: tuple[str, ...],
    claimed: tuple[tuple[str, ...], ...],
) -> bool | None:
    """Enumerate the completions of a witness on the literal interpreter, assumptions applied one after the other."""
    inputs = tuple(pair.atoms.inputs)
    choices = [range(pair.atoms.size(name)) if name in unknown else (atoms[i],) for i, name in enumerate(inputs)]
    total = 1
    for choice in choices:
        total *= len(choice)
    if total > MAX_COMPLETIONS:
        return None
    completions = list(product(*choices))
    for edition, values in zip((pair.old, pair.new), claimed, strict=True):
        legal = [one for one in completions if readings.is_legal(edition, one)]
        for name, value in _assumed(pair, edition):
            if name in unknown:
                at, atom = inputs.index(name), pair.atoms.atom_of(name, value)
                legal = [one for one in legal if one[at] == atom] or legal
        if {readings.value(edition, one, aspect) for one in legal} != set(values):
            return False
    return True
