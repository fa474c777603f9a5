"""Decision models become guidelines with the same outcomes, or are refused by name."""

from fractions import Fraction

import pytest

from redflag_kit.diagnostics.codes import Severity
from redflag_kit.dmn.import_findings import Choices
from redflag_kit.dmn.import_names import rule_id
from redflag_kit.workflow.import_dmn import import_dmn
from tests.unit.dmn.imported import disagreements
from tests.unit.dmn.written import decision, literal, model, table


def guideline(found):
    """Return the guideline of an import that went well."""
    assert found.guideline is not None
    return found.guideline


def refusals(data, **options):
    found = import_dmn(data, "model.dmn", **options)
    assert found.files == {}
    return [one.message for one in found.diagnostics if one.code.severity is Severity.ERROR]


ROWS = (("< 50", "true", '"low"', '"image"'), (">= 50", "-", 'not("low")', '"refer"'), ("[20..30)", "-", "-", '"wait"'))


@pytest.mark.parametrize("policy", ["UNIQUE", "ANY", "FIRST", "PRIORITY"])
@pytest.mark.parametrize("default", ["", '"wait"'])
def test_a_table_gives_the_same_under_every_hit_policy(policy, default):
    made = table(("Age", "Fever", "Site"), ROWS, policy, '"wait","refer","image"', default)
    assert disagreements(model(decision("Act", "string", made))) == []


def test_no_rule_of_an_import_is_called_like_the_scope():
    assert [rule_id(name) for name in ("scope", "Scope", "the scope", "")] == [
        "rule-scope",
        "Scope",
        "the-scope",
        "rule",
    ]


def test_a_collected_list_becomes_a_set():
    made = table(("Age", "Fever", "Site"), ROWS, "COLLECT", kind="string")
    assert disagreements(model(decision("Act", "Any", made))) == []


@pytest.mark.parametrize("aggregation", ["MIN", "MAX"])
def test_the_least_and_the_greatest_of_numbers_are_levels(aggregation):
    rows = (("< 50", "-", "2.5"), ("> 30", "true", "-1"), ("> 40", "-", "10"))
    made = table(("Age", "Fever"), rows, "COLLECT", kind="number", aggregation=aggregation)
    assert disagreements(model(decision("Dose", "number", made, ("i:Age", "i:Fever")))) == []


@pytest.mark.parametrize(
    "text",
    [
        "Fever and Age > 50",
        'not(Fever or Site = "low") and Age between 20 and 40',
        'Site in ("low", "mid") or Age in [20..30)',
        'if Fever then Age < 10 else Site != "High up"',
        "sum([if Fever then 1 else 0, if Age >= 65 then 1 else 0, if Age < 20 then 1 else 0]) >= 2",
        "not(sum([if Fever then 1 else 0, if Age >= 65 then 1 else 0]) < 1)",
        "50 <= Age",
        "Age != 50",
    ],
)
def test_boolean_expressions_become_conditions(text):
    assert disagreements(model(decision("Alarm", "boolean", literal(text)))) == []


def test_chained_decisions_read_what_earlier_ones_give():
    first = decision(
        "Risk",
        "string",
        table(
            ("Age",),
            ((">= 65", '"high"'), ("[40..65)", '"middle"')),
        ),
        ("i:Age",),
    )
    alarm = decision("Alarm", "boolean", literal('not(Risk = "high") and Fever'), ("d:Risk", "i:Fever"))
    rows = (('"high"', "-", '"now"'), ('not("high")', "true", '"soon"'), ("-", "false", '"later"'))
    last = decision("Act", "string", table(("Risk", "Alarm"), rows, "FIRST"), ("d:Risk", "d:Alarm"))
    assert disagreements(model(first, alarm, last)) == []


def test_points_become_a_score_that_tables_read():
    text = 'sum([if Fever then 2 else 0, if Age > 50 then 1 else 0, if Site = "mid" then -1 else 0])'
    points = decision("Points", "number", literal(text))
    last = decision("Act", "string", table(("Points",), ((">= 2", '"now"'), ("[0..2)", '"later"'))), ("d:Points",))
    assert disagreements(model(points, last)) == []


def test_fixed_values_stand_for_themselves():
    limit = decision("Limit", "number", literal("65"), ())
    last = decision("Act", "string", table(("Age",), (("> Limit", '"now"'),)), ("i:Age", "d:Limit"))
    assert disagreements(model(limit, last)) == []


def test_a_resolution_is_chosen_that_keeps_every_case_apart_and_told():
    made = table(("Age",), (("< 50", '"a"'), ("> 50", '"b"')))
    found = import_dmn(model(decision("Act", "string", made, ("i:Age",))), "model.dmn")
    assert [one.code.id for one in found.diagnostics if one.code.severity is Severity.WARNING][:1] == ["RF081"]
    assert guideline(found).vocabulary.findings["age"].grid.step == 5
    assert disagreements(model(decision("Act", "string", made, ("i:Age",)))) == []


def test_a_resolution_and_a_range_can_be_given():
    made = table(("Age",), (("< 50", '"a"'),))
    data = model(decision("Act", "string", made, ("i:Age",)), types="", inputs=(("Age", "number"),))
    assert refusals(data) == ["input `Age` is a number without a lowest and a highest value"]
    choices = Choices({"Age": Fraction(1)}, {"Age": (Fraction(0), Fraction(120))})
    found = import_dmn(data, "model.dmn", choices=choices)
    assert found.diagnostics == ()
    assert guideline(found).vocabulary.findings["age"].grid.size == 121


def test_a_choice_for_an_input_that_is_not_there_is_refused():
    data = model(decision("Alarm", "boolean", literal("Fever"), ("i:Fever",)))
    assert refusals(data, choices=Choices({"Agee": Fraction(1)}, {}))[0] == "no input that is a number is called `Agee`"


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (table(("Age",), (("< 50", "Age"),), kind="number"), "the result `Age` is computed"),
        (table(("Age",), (("< 50", "null"),)), "the result is null or an empty list, which no rule can write"),
        (table(("Age",), (("null", '"a"'),)), "the cell asks for a value that is missing (null)"),
        (
            table(("Age",), (("< 50", '"a"'),), "RULE ORDER"),
            "hit policy RULE ORDER has no counterpart in the guideline language",
        ),
        (
            table(("Age",), (("< 50", "1"),), "COLLECT", kind="number", aggregation="SUM"),
            "hit policy COLLECT SUM has no counterpart in the guideline language",
        ),
        (table(("Age + 1",), (("< 50", '"a"'),)), "the expression has arithmetic (`+`), which no condition can say"),
    ],
)
def test_what_no_guideline_can_say_is_named(made, message):
    assert message in refusals(model(decision("Act", "Any", made, ("i:Age",))))


@pytest.mark.parametrize(
    ("kind", "message"),
    [("string", "input `X` can be any text"), ("date", "input `X` is of type `date`")],
)
def test_an_input_that_no_finding_can_be_is_named(kind, message):
    data = model(decision("A", "string", table(("X",), (("-", '"a"'),)), ("i:X",)), types="", inputs=(("X", kind),))
    assert message in refusals(data)


def test_a_file_that_cannot_be_read_is_not_imported():
    found = import_dmn(b"<nothing", "model.dmn")
    assert (found.files, found.guideline) == ({}, None)
    assert [one.code.id for one in found.diagnostics] == ["RF060"]


def test_thresholds_become_parameters():
    made = table(("Age",), (("< 50", '"a"'), ("> 64.5", '"b"')))
    found = import_dmn(model(decision("Act", "string", made, ("i:Age",))), "model.dmn")
    assert sorted(guideline(found).parameters) == ["age_50", "age_64_5"]
