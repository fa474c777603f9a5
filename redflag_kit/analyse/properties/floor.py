"""Floors: levels below which no guideline may fall.

Claim: a breach is found exactly if a legal patient in scope satisfies a row and a covered output of it has neither the
row's level nor a higher one. Being silent is below every floor; an output that a guideline does not cover has none.
"""

from collections.abc import Iterator

from redflag_kit.analyse.properties.breach import Breach, Counterexample
from redflag_kit.analyse.properties.reference import in_care, reading_of, said
from redflag_kit.analyse.properties.ward import Ward
from redflag_kit.logic.algebra import R
from redflag_kit.logic.space import Point
from redflag_kit.model.property import Floor, Values
from redflag_kit.semantics.literal import holds
from redflag_kit.terms.scale import Scale


def outputs(claim: Floor) -> tuple[str, ...]:
    """Return the outputs that a floor reads."""
    return tuple(dict.fromkeys(name for row in claim.rows for name, _ in row.least))


def breaches(ward: Ward[R], claim: Floor, values: Values, among: R) -> Iterator[Breach[R]]:
    """Yield, per row and covered output, the patients who get less."""
    for row in claim.rows:
        whom = ward.care & among & ward.region(row.when, values)
        for name, level in row.least:
            if name in ward.guideline.covers:
                enough = ward.among(ward.values(name, values), _from(ward.output(name).scale, level))
                yield Breach(whom - enough)


def counterexample(ward: Ward[R], claim: Floor, values: Values, point: Point) -> Counterexample | None:
    """Return the patient of a point, or None if the literal interpreter finds nothing wrong with them."""
    patient = ward.patient_at(point)
    reading = reading_of(ward.guideline, patient, values)
    wanted: dict[str, str] = {}
    for row in claim.rows:
        for name, level in row.least if holds(row.when, patient, reading.values) else ():
            scale = ward.guideline.vocabulary.outputs[name].scale
            if name in ward.guideline.covers and reading.values[name] not in _from(scale, level):
                wanted[name] = max(wanted.get(name, level), level, key=_from(scale, "").index)
    if not in_care(ward.guideline, patient) or not wanted:
        return None
    return Counterexample(patient, said(reading, wanted), reading.fired, tuple(wanted.items()))


def _from(scale: Scale | None, level: str) -> tuple[str, ...]:
    """Return a level and those above it, every level for none."""
    assert scale is not None
    return scale.levels[scale.rank(level) if level else 0 :]
