"""What must hold from one edition to another.

Claim: a breach is found exactly if a patient whom both editions allow, in scope of the old one and satisfying `when`
by what the old one says,
- `then_new`: is out of scope of the new edition or does not satisfy the condition by what it says;
- `never_new`: is in scope of the new edition and satisfies the condition by what it says;
- `never_less_urgent`: gets a less urgent value of an output that the old edition covers. What the new edition does not
  say, for whatever reason, stands where `silent` stands in the order.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic

from redflag_kit.analyse.properties.breach import Breach, Counterexample
from redflag_kit.analyse.properties.order import less_urgent_after
from redflag_kit.analyse.properties.reference import Patient, in_care, is_patient, reading_of, said
from redflag_kit.analyse.properties.verdict import Decided, Question, settle
from redflag_kit.analyse.properties.ward import Ward, conditions_of, entries_of, with_inputs
from redflag_kit.compile.cuts import cut
from redflag_kit.compile.table import Compiled
from redflag_kit.logic.algebra import R, Searching, disjunction
from redflag_kit.logic.budget import NO_DEADLINE, Deadline
from redflag_kit.logic.space import Point, Space
from redflag_kit.model.condition import outputs_of
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.property import Between, Carried, NeverLess, Property, Values
from redflag_kit.semantics.literal import Reading, holds
from redflag_kit.semantics.regions import meaning
from redflag_kit.semantics.witness import patient_at
from redflag_kit.terms.scale import Status


@dataclass(frozen=True)
class Wards(Generic[R]):
    """Two editions over one space of patients."""

    old: Ward[R]
    new: Ward[R]


def wards(
    old: tuple[Guideline, Compiled],
    new: tuple[Guideline, Compiled],
    properties: Iterable[Property],
    make: Callable[[Space], Searching[R]],
) -> Wards[R]:
    """Return two editions ready for the properties between them."""
    read = [condition for one in properties for condition in conditions_of(one)]
    ready = [(guideline, with_inputs(guideline, compiled, read)) for guideline, compiled in (old, new)]
    atoms = cut([compiled for _, compiled in ready], entries_of(new[0], read))
    algebra = make(atoms.space)
    one, two = (Ward(guideline, c, atoms, algebra, meaning(c, atoms, algebra)) for guideline, c in ready)
    return Wards(one, two)


def decide_between(both: Wards[R], one: Property, deadline: Deadline = NO_DEADLINE) -> Decided:
    """Return what is known of a property between the two editions."""
    return settle(_question(both, one), deadline)


def _question(both: Wards[R], one: Property) -> Question[R]:
    """Return a property put to the two editions."""
    claim = one.claim
    assert isinstance(claim, Between)
    of_old, of_new = both.old.uncovered(_read_of_old(claim)), both.new.uncovered(_read_of_new(claim))
    return Question(
        property=one,
        guideline=both.new.guideline,
        algebra=both.new.algebra,
        uncovered=tuple(dict.fromkeys((*of_old, *of_new))),
        vacuous=_is_vacuous(both, claim),
        where=lambda condition: both.new.region(condition, one.values),
        breaches=lambda among: _breaches(both, claim, one.values, among),
        confirm=lambda point, _breach, _among: _counterexample(both, claim, one.values, point),
        old=both.old.guideline,
    )


def _is_vacuous(both: Wards[R], claim: Between) -> bool:
    """Say whether an edition covers none of the outputs that are read of it, so that nothing is asked of anybody.

    That the new edition covers none of what it must say is no such case: then it says none of it.
    """
    asked = [(both.old, outputs_of(claim.when))]
    match claim.kept:
        case NeverLess(outputs):
            asked.append((both.old, outputs))
        case Carried("never_new", condition):
            asked.append((both.new, outputs_of(condition)))
    return any(outputs and len(ward.uncovered(outputs)) == len(outputs) for ward, outputs in asked)


def _breaches(both: Wards[R], claim: Between, values: Values, among: R) -> Iterator[Breach[R]]:
    """Yield where the claim fails, output by output where it names outputs."""
    whom = both.old.care & both.new.meaning.legal & among & both.old.region(claim.when, values)
    match claim.kept:
        case Carried("then_new", condition):
            yield Breach(whom - (both.new.meaning.scope & both.new.region(condition, values)))
        case Carried(_, condition):
            yield Breach(whom & both.new.meaning.scope & both.new.region(condition, values))
        case NeverLess(outputs):  # pragma: no branch
            for name in outputs:
                if name in both.old.guideline.covers:
                    yield Breach(whom & _lowered(both, name, values))


def _lowered(both: Wards[R], name: str, values: Values) -> R:
    scale = both.old.output(name).scale
    assert scale is not None
    lower = less_urgent_after(scale)
    unsaid = {Status.NOT_COVERED.value: both.new.algebra.whole}
    then = both.new.values(name, values) if name in both.new.guideline.covers else unsaid
    now = both.old.values(name, values)
    return disjunction(
        both.new.algebra,
        (region & both.new.among(then, lower[value]) for value, region in now.items() if value in lower),
    )


def _counterexample(both: Wards[R], claim: Between, values: Values, point: Point) -> Counterexample | None:
    """Return the patient of a point, or None if the literal interpreter finds nothing wrong with them."""
    old, new = both.old.guideline, both.new.guideline
    restrictions = dict.fromkeys((*both.old.compiled.restrictions, *both.new.compiled.restrictions))
    patient = patient_at(point, both.new.atoms, restrictions, new.vocabulary.findings)
    now, then = reading_of(old, patient, values), reading_of(new, patient, values)
    asked = in_care(old, patient) and is_patient(new, patient) and holds(claim.when, patient, now.values)
    shown = _failing(both, claim, patient, now, then)
    if not asked or shown is None:
        return None
    told = [name for name in _read_of_old(claim) if name in old.covers] if isinstance(claim.kept, Carried) else shown
    return Counterexample(patient, said(now, told), then.fired, instead=said(then, shown), old_rules=now.fired)


def _failing(both: Wards[R], claim: Between, patient: Patient, now: Reading, then: Reading) -> tuple[str, ...] | None:
    """Return the outputs that show that what should be kept is not, or None if it is kept."""
    if isinstance(claim.kept, NeverLess):
        return _fallen(both.old.guideline, claim.kept.outputs, now, then) or None
    inside = holds(both.new.guideline.scope, patient, {})
    holding = inside and holds(claim.kept.condition, patient, then.values)
    return _read_of_new(claim) if holding == (claim.kept.word == "never_new") else None


def _fallen(old: Guideline, outputs: Iterable[str], now: Reading, then: Reading) -> tuple[str, ...]:
    found = []
    for name in outputs:
        scale = old.vocabulary.outputs[name].scale
        assert scale is not None
        if then.values[name] in less_urgent_after(scale).get(str(now.values[name]), ()):
            found.append(name)
    return tuple(found)


def _read_of_old(claim: Between) -> tuple[str, ...]:
    kept = claim.kept.outputs if isinstance(claim.kept, NeverLess) else ()
    return tuple(dict.fromkeys((*outputs_of(claim.when), *kept)))


def _read_of_new(claim: Between) -> tuple[str, ...]:
    return () if isinstance(claim.kept, NeverLess) else outputs_of(claim.kept.condition)
