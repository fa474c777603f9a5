"""Exported guidelines mean the same: the DMN evaluator agrees with the literal interpreter for every patient."""

from decimal import Decimal

from hypothesis import given

from redflag_kit.dmn.evaluate import evaluate_model
from redflag_kit.dmn.feel.values import Value
from redflag_kit.dmn.feel_phrase import NotInDmnError
from redflag_kit.dmn.read import read_dmn
from redflag_kit.dmn.write import graph_of
from redflag_kit.dmn.write_xml import DmnVersion, xml_of
from redflag_kit.model.condition import Value as Answer
from redflag_kit.semantics.literal import OutputValue, read
from redflag_kit.terms.scale import Status
from tests.property.effort import examples
from tests.property.generators import guidelines
from tests.property.reference import legal_patients

STATUSES = {one.value for one in Status}


def as_feel(value: Answer) -> Value:
    if isinstance(value, str):
        return {"present": True, "absent": False}.get(value, value)
    return Decimal(value.numerator) / Decimal(value.denominator)


def as_written(value: Value) -> OutputValue:
    if isinstance(value, tuple):
        elements = frozenset(str(one) for one in value)
        return next(iter(elements)) if len(elements) == 1 and elements <= STATUSES else elements
    return str(value)


@examples(60)
@given(guidelines())
def test_the_exported_model_gives_every_patient_the_same(guideline):
    try:
        text = xml_of(graph_of(guideline, {}), DmnVersion.V1_5)
    except NotInDmnError:
        return
    reading = read_dmn(text.encode(), "exported.dmn")
    assert reading.is_sound
    assert reading.model is not None
    by_name = {one.name: one.id for one in reading.model.decisions}
    for patient in legal_patients(guideline)[:40]:
        found = evaluate_model(reading.model, {name: as_feel(value) for name, value in patient.items()})
        assert [fault for one in found.values() for fault in one.faults] == []
        values = read(guideline, patient).values
        decided = [name for decision in guideline.decisions for name in decision.outputs]
        assert {name: as_written(found[by_name[name]].value) for name in decided} == {
            name: values[name] for name in decided
        }
