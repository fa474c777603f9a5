"""What an exported file gives on the reference evaluator, beside what the literal interpreter gives."""

from decimal import Decimal

from redflag_kit.dmn.evaluate import evaluate_model
from redflag_kit.dmn.feel_names import feel_names
from redflag_kit.dmn.read import read_dmn
from redflag_kit.dmn.write import graph_of
from redflag_kit.dmn.write_xml import xml_of
from redflag_kit.model.vocabulary import Kind
from redflag_kit.semantics.literal import is_legal, read
from redflag_kit.terms.scale import STATUSES


class Exported:
    """A guideline as a file that was written and read again."""

    def __init__(self, guideline):
        self.guideline = guideline
        reading = read_dmn(xml_of(graph_of(guideline, {})).encode(), "exported.dmn")
        faults = [(one.code.id, one.message) for one in reading.diagnostics]
        assert faults == [], faults
        assert reading.model is not None
        self.model = reading.model
        self.findings = guideline.vocabulary.findings
        self.names = feel_names(self.findings, guideline.outputs, (), (), ())
        self.read = {one.variable.name for one in self.model.inputs}
        self.ids = {one.variable.name: one.id for one in self.model.decisions}
        self.constraints = (*guideline.vocabulary.constraints, *guideline.constraints)

    def disagreements(self, patient):
        """Return the outputs, and the legality, on which the two differ for a patient."""
        given = {
            name: feel_value(self.findings[finding], patient[finding])
            for finding, name in self.names.findings.items()
            if name in self.read
        }
        found = evaluate_model(self.model, given)
        assert [fault for one in found.values() for fault in one.faults] == []
        legal = all(found[key].value for name, key in self.ids.items() if name.startswith("constraint_"))
        wrong = [] if legal == is_legal(self.constraints, patient) else ["legality"]
        expected = read(self.guideline, patient).values
        for output, name in self.names.outputs.items():
            if self.said(found[self.ids[name]].value) != expected[output]:
                wrong.append(output)
        return wrong

    def said(self, value):
        if not isinstance(value, tuple):
            return value
        members = frozenset(value)
        return next(iter(members)) if members & set(STATUSES) else members


def feel_value(finding, value):
    if finding.grid is not None:
        return Decimal(value.numerator) / Decimal(value.denominator)
    return value == "present" if finding.kind is Kind.YES_NO else value
