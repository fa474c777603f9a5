"""Witness patients are legal patients of the region they are asked of."""

from __future__ import annotations

from hypothesis import given

from redflag_kit.model.guideline import Guideline
from redflag_kit.semantics.literal import read
from redflag_kit.semantics.witness import patient_at, witness
from tests.property.effort import PATIENTS, examples
from tests.property.generators import guidelines
from tests.property.reference import values_of
from tests.property.worlds import World


@examples(30)
@given(guidelines(PATIENTS))
def test_every_legal_point_has_a_legal_patient(guideline: Guideline) -> None:
    world = World(guideline)
    findings = guideline.vocabulary.findings
    for point in world.points_in(world.meaning.legal):
        patient = patient_at(point, world.atoms, world.compiled.restrictions, findings)
        assert world.is_legal(patient)
        assert world.point_of(patient) == point
        assert patient.keys() == findings.keys()
        assert all(patient[name] in values_of(finding) for name, finding in findings.items())


@examples(35)
@given(guidelines(PATIENTS))
def test_a_value_has_a_witness_exactly_if_some_patient_gets_it(guideline: Guideline) -> None:
    world = World(guideline)
    restrictions, findings = world.compiled.restrictions, guideline.vocabulary.findings
    readings = [read(guideline, patient).values for patient, _ in world.patients if world.is_legal(patient)]
    for output in guideline.outputs.values():
        if output.scale is None:
            continue
        values = set()
        for cell in world.meaning.cells[output.id, ""]:
            region = world.meaning.legal & cell.region
            found = witness(region, world.diagrams, world.atoms, restrictions, findings)
            assert (found is None) == region.is_empty()
            if found is not None:
                values.add(cell.value)
                assert world.is_legal(found)
                assert read(guideline, found).values[output.id] == cell.value
        assert values == {reading[output.id] for reading in readings}
