"""What a model gives on the reference evaluator, beside what its imported guideline gives."""

from decimal import Decimal
from fractions import Fraction
from itertools import islice, product

from redflag_kit.dmn.evaluate import evaluate_model
from redflag_kit.dmn.feel.types import Kind
from redflag_kit.dmn.import_findings import word_map
from redflag_kit.dmn.import_names import slug
from redflag_kit.dmn.read import read_dmn
from redflag_kit.semantics.literal import read
from redflag_kit.workflow.import_dmn import import_dmn

NULL = {"gap", "conflict", "silent"}


def values_of(finding):
    if finding.grid is None:
        return finding.words
    return [finding.grid.at(i) for i in range(finding.grid.size)]


def disagreements(data, file="model.dmn", most=3000, **options):
    """Return the patients, at most so many, and outputs for which a model and its guideline differ."""
    imported = import_dmn(data, file, **options)
    assert imported.guideline is not None, [one.message for one in imported.diagnostics]
    model = read_dmn(data, file).model
    assert model is not None
    findings = imported.guideline.vocabulary.findings
    by_label = {one.label: one.id for one in findings.values()}
    wrong = []
    for values in islice(product(*(values_of(one) for one in findings.values())), most):
        patient = dict(zip(findings, values, strict=True))
        given = {}
        for one in model.inputs:
            if one.variable.name in by_label:
                given[one.variable.name] = feel_value(one, patient[by_label[one.variable.name]])
        found = evaluate_model(model, given)
        said = read(imported.guideline, patient).values
        for decision in model.decisions:
            for output, value in results(decision, found[decision.id].value):
                if output in said and not same(value, said[output]):
                    wrong.append((patient, output, value, said[output]))
    return wrong


def results(decision, value):
    if decision.table is not None and len(decision.table.outputs) > 1:
        for clause in decision.table.outputs:
            yield slug(clause.name), None if value is None else value.get(clause.name)
    else:
        yield slug(decision.variable.name), value
        yield f"{slug(decision.variable.name)}_result", value


def feel_value(data, value):
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    if data.variable.type.kind is Kind.BOOLEAN:
        return value == "present"
    words = data.variable.item.constraints[0].text.replace('"', "").split(",")
    return next(word.strip() for word in words if slug(word) == value)


def same(value, said):
    if value is None or value == ():
        return said in NULL
    if isinstance(value, tuple):
        return frozenset(word_map(value, "value").values()) == said
    return said == word_map([value], "value")[value]
