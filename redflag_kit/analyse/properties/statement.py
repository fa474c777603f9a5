"""always, never, when/then: a condition that every patient in scope satisfies.

Claim: a breach is found exactly if a legal patient in scope satisfies `when` and not `then`.
"""

from collections.abc import Iterator

from redflag_kit.analyse.properties.breach import Breach, Counterexample
from redflag_kit.analyse.properties.reference import in_care, reading_of, said
from redflag_kit.analyse.properties.ward import Ward
from redflag_kit.logic.algebra import R
from redflag_kit.logic.space import Point
from redflag_kit.model.condition import outputs_of
from redflag_kit.model.property import Statement, Values
from redflag_kit.semantics.literal import holds


def outputs(claim: Statement) -> tuple[str, ...]:
    """Return the outputs that a statement reads."""
    return outputs_of(claim.when, claim.then)


def breaches(ward: Ward[R], claim: Statement, values: Values, among: R) -> Iterator[Breach[R]]:
    """Yield the patients for whom the statement fails."""
    yield Breach((ward.care & among & ward.region(claim.when, values)) - ward.region(claim.then, values))


def counterexample(ward: Ward[R], claim: Statement, values: Values, point: Point) -> Counterexample | None:
    """Return the patient of a point, or None if the literal interpreter finds nothing wrong with them."""
    patient = ward.patient_at(point)
    reading = reading_of(ward.guideline, patient, values)
    fails = holds(claim.when, patient, reading.values) and not holds(claim.then, patient, reading.values)
    if not in_care(ward.guideline, patient) or not fails:
        return None
    covered = [name for name in outputs(claim) if name in ward.guideline.covers]
    return Counterexample(patient, said(reading, covered), reading.fired)
