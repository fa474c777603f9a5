"""Safety where little is known: a decided outcome is never less urgent than a completion of the case.

Claim: over all cases in which each finding is known or not assessed, with the guideline's assumptions made, a breach is
found exactly if the case has one possible value of a covered output and some completion that agrees with what is known
has a more urgent one (`order`). Without assumptions there is none; assumptions are what can break it.
Not covered: cases that know a finding in part. Needs an algebra that can quantify: algebra.
"""

from collections.abc import Iterator
from itertools import product
from math import prod

from redflag_kit.analyse.properties.breach import Breach, Counterexample
from redflag_kit.analyse.properties.order import more_urgent
from redflag_kit.analyse.properties.reference import Patient, is_patient, reading_of, said
from redflag_kit.analyse.properties.ward import Quantifying, Ward, flag, quantifying
from redflag_kit.logic.algebra import R, conjunction, disjunction
from redflag_kit.logic.budget import BudgetExceeded
from redflag_kit.logic.space import Point
from redflag_kit.model.condition import Value
from redflag_kit.model.property import UnknownSafety, Values

MAX_COMPLETIONS = 20_000


def breaches(ward: Ward[R], claim: UnknownSafety, values: Values, among: R) -> Iterator[Breach[R]]:
    """Yield, per covered output and decided value, the cases with a more urgent completion among some patients."""
    if not ward.flagged:
        return
    filled = _filled(ward)
    legal = ward.meaning.legal & among
    for name in (name for name in claim.outputs if name in ward.guideline.covers):
        table = ward.values(name, values)
        possible = {value: _lift(ward, filled & region) for value, region in table.items()}
        scale = ward.output(name).scale
        assert scale is not None
        for value, higher in more_urgent(scale).items():
            if value in possible:
                others = disjunction(ward.algebra, (region for other, region in possible.items() if other != value))
                urgent = _lift(ward, legal & ward.among(table, higher))
                yield Breach((possible[value] - others) & urgent, name, value)


def counterexample(ward: Ward[R], values: Values, point: Point, breach: Breach[R], among: R) -> Counterexample | None:
    """Return the case of a point with its urgent completion, or None if enumerating completions does not confirm it."""
    at = ward.algebra.space.position
    asked = ward.guideline.vocabulary.findings
    unknown = tuple(name for name in asked if name in ward.flagged and point[at(flag(name))])
    name, decided = breach.output, breach.wanted
    scale = ward.output(name).scale
    assert scale is not None
    higher = more_urgent(scale)[decided]
    fixed = (ward.algebra.literal(n, 1 << point[at(n)]) for n in ward.atoms.inputs if n not in unknown)
    known = conjunction(ward.algebra, fixed)
    urgent = ward.meaning.legal & among & ward.among(ward.values(name, values), higher) & known
    chosen = ward.algebra.least(urgent)
    if chosen is None:
        return None
    patient = ward.patient_at(chosen)
    reading = reading_of(ward.guideline, patient, values)
    readings = [reading_of(ward.guideline, one, values) for one in _filled_completions(ward, patient, unknown)]
    if not is_patient(ward.guideline, patient) or reading.values[name] not in higher:
        return None
    if {one.values[name] for one in readings} != {decided}:
        return None
    fired = tuple(rule for rule in readings[0].fired if all(rule in one.fired for one in readings))
    return Counterexample(patient, said(readings[0], (name,)), fired, instead=said(reading, (name,)), unknown=unknown)


def _filled_completions(ward: Ward[R], patient: Patient, unknown: tuple[str, ...]) -> list[Patient]:
    """Return the completions that the assumptions leave, one for each way in which tests can tell them apart."""
    choices = [_values(ward, name) for name in unknown]
    if prod(map(len, choices)) > MAX_COMPLETIONS:
        raise BudgetExceeded("enumerating the completions of a counterexample", f"{MAX_COMPLETIONS:,} completions")
    found: list[Patient] = [{**patient, **dict(zip(unknown, chosen, strict=True))} for chosen in product(*choices)]
    found = [one for one in found if is_patient(ward.guideline, one)]
    for name, value in ward.compiled.assume.items():
        if name in unknown:
            atom = ward.atoms.atom_of(name, value)
            found = [one for one in found if ward.atoms.atom_of(name, one[name]) == atom] or found
    return found


def _values(ward: Ward[R], name: str) -> tuple[Value, ...]:
    """Return values from every atom of a finding; of a number both ends, which decide how it compares with another."""
    found: list[Value] = []
    for atom in range(ward.atoms.size(name)):
        found.append(ward.atoms.value_nearest_calm(name, atom))
        if ward.atoms.inputs[name].grid is not None:
            interval = ward.atoms.interval(name, atom)
            found += (interval.low, interval.high)
    return tuple(dict.fromkeys(found))


def _lift(ward: Ward[R], region: R) -> R:
    """Return the cases some completion of which lies in a region."""
    algebra = _quantifying(ward)
    for name in reversed(ward.flagged):
        unknown = algebra.literal(flag(name), 0b10)
        region = algebra.ite(unknown, algebra.exists(region, (name,)), region)
    return region


def _filled(ward: Ward[R]) -> R:
    """Return the legal patients, narrowed by each assumption in turn where nothing is known and it fits."""
    algebra = _quantifying(ward)
    region = ward.meaning.legal
    for name, value in ward.compiled.assume.items():
        assumed = region & algebra.literal(name, 1 << ward.atoms.atom_of(name, value))
        applies = algebra.literal(flag(name), 0b10) & _lift(ward, assumed)
        region = algebra.ite(applies, assumed, region)
    return region


def _quantifying(ward: Ward[R]) -> Quantifying[R]:
    found = quantifying(ward.algebra)
    if found is None:
        raise BudgetExceeded("what is possible where findings are not assessed", "diagrams can hold")
    return found
