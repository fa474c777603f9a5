"""Decisions get the values that the standard gives them, and say why where it gives none."""

from decimal import Decimal

import pytest

from redflag_kit.dmn.evaluate import Failure, evaluate_columns, evaluate_decision, evaluate_model
from redflag_kit.dmn.feel.properties import part_of
from redflag_kit.dmn.feel.values import ContextValue, Value, feel_text
from redflag_kit.dmn.model import Model
from redflag_kit.dmn.read import read_dmn
from tests.dmn.models import definitions, input_data, literal, sound, table, table_of

AGE = {"Age": "number"}
OVERLAPPING = [("< 50", '"b"'), ("> 10", '"a"'), ("> 20", '"c"'), ("> 90", '"a"')]
LISTED = {"": '"a", "b", "c"'}


def result(data: bytes, **inputs: Value):
    found = evaluate_decision(sound(data), "D", inputs)
    return feel_text(found.value), found.matched, [fault.failure for fault in found.faults]


@pytest.mark.parametrize(
    ("policy", "age", "expected"),
    [
        ("UNIQUE", 5, ('"b"', (1,), [])),
        ("UNIQUE", 30, ("null", (1, 2, 3), [Failure.SEVERAL_RULES])),
        ("ANY", 5, ('"b"', (1,), [])),
        ("ANY", 15, ("null", (1, 2), [Failure.RULES_DISAGREE])),
        ("FIRST", 30, ('"b"', (1, 2, 3), [])),
        ("PRIORITY", 30, ('"a"', (1, 2, 3), [])),
        ("PRIORITY", 5, ('"b"', (1,), [])),
        ("RULE ORDER", 30, ('["b", "a", "c"]', (1, 2, 3), [])),
        ("RULE ORDER", 95, ('["a", "c", "a"]', (2, 3, 4), [])),
        ("OUTPUT ORDER", 30, ('["a", "b", "c"]', (1, 2, 3), [])),
        ("OUTPUT ORDER", 95, ('["a", "a", "c"]', (2, 3, 4), [])),
        ("COLLECT", 30, ('["b", "a", "c"]', (1, 2, 3), [])),
    ],
)
def test_each_hit_policy_rules_on_the_rules_that_match(policy, age, expected):
    assert result(table(OVERLAPPING, AGE, policy=policy, values=LISTED), Age=Decimal(age)) == expected


@pytest.mark.parametrize(
    ("aggregation", "age", "value"),
    [
        ("SUM", 30, "6"),
        ("COUNT", 30, "3"),
        ("MIN", 30, "1"),
        ("MAX", 30, "3"),
        ("SUM", 0, "null"),
        ("COUNT", 0, "null"),
    ],
)
def test_collect_aggregates_what_matches_and_nothing_is_null(aggregation, age, value):
    rules = [("> 10", "1"), ("> 10", "2"), ("> 20", "3")]
    assert result(table(rules, AGE, policy="COLLECT", aggregation=aggregation), Age=Decimal(age))[0] == value


def test_what_cannot_be_aggregated_is_a_fault():
    data = table([("-", "x")], {"x": "Any"}, policy="COLLECT", aggregation="SUM")
    assert result(data, x="a") == ("null", (1,), [Failure.NOT_AGGREGATED])


@pytest.mark.parametrize(
    ("policy", "expected"),
    [("UNIQUE", '"none"'), ("COLLECT", '"none"'), ("RULE ORDER", '"none"'), ("FIRST", '"none"')],
)
def test_the_default_output_is_given_where_nothing_matches(policy, expected):
    data = table([("> 10", '"a"')], AGE, policy=policy, default='"none"')
    assert result(data, Age=Decimal(1)) == (expected, (), [])


def test_several_outputs_make_a_context():
    data = table([("> 10", '"a"', "1")], AGE, ("kind", "rate"), default="null")
    assert result(data, Age=Decimal(11))[0] == '{"kind": "a", "rate": 1}'
    assert result(data, Age=Decimal(1))[0] == '{"kind": null, "rate": null}'


def test_priority_of_several_outputs_goes_from_left_to_right():
    rules = [("-", '"y"', '"p"', "1"), ("-", '"x"', '"q"', "2"), ("-", '"x"', '"p"', "3")]
    values = {"one": '"x", "y"', "two": '"p", "q"'}
    data = table(rules, AGE, ("one", "two", "three"), "OUTPUT ORDER", values=values)
    value = evaluate_decision(sound(data), "D", {}).value
    assert isinstance(value, tuple)
    assert [feel_text(part_of(one, "three")) for one in value] == ["3", "2", "1"]


def test_an_output_without_a_priority_is_a_fault():
    data = table([("-", "x")], {"x": "Any"}, policy="PRIORITY", values=LISTED)
    assert result(data, x="z") == ("null", (1,), [Failure.NO_PRIORITY])


def test_the_order_of_priority_may_come_from_the_type():
    allowed = '<allowedValues><text>"c", "a"</text></allowedValues>'
    types = f'<itemDefinition name="t"><typeRef>string</typeRef>{allowed}</itemDefinition>'
    data = table([("-", '"a"'), ("-", '"c"')], AGE, policy="PRIORITY", kind="t", types=types)
    assert result(data)[0] == '"c"'


def test_rules_of_an_any_table_may_agree_in_different_words():
    assert result(table([("-", "2"), ("-", "1 + 1")], AGE, policy="ANY")) == ("2", (1, 2), [])


def test_null_satisfies_a_dash_and_a_negated_list_but_no_comparison():
    data = table(
        [("-", "1"), ('not("a")', "2"), ('< "a"', "3"), ('not(< "a")', "4"), ("null", "5")],
        {"x": "string"},
        policy="COLLECT",
    )
    assert result(data)[1] == (1, 2, 5)


def test_a_value_that_the_input_values_do_not_allow_is_a_fault():
    data = table([("-", "1")], AGE, values={"Age": "[0..120]"})
    assert result(data, Age=Decimal(130)) == ("null", (), [Failure.VALUE_NOT_ALLOWED])
    assert result(data) == ("null", (), [Failure.VALUE_NOT_ALLOWED])
    assert result(data, Age=Decimal(120))[0] == "1"


TYPES = """
<itemDefinition name="tAge"><typeRef>number</typeRef><allowedValues><text>[0..120]</text></allowedValues></itemDefinition>
<itemDefinition name="tChild"><typeRef>tAge</typeRef><allowedValues><text>&lt; 18</text></allowedValues></itemDefinition>
<itemDefinition name="tAges" isCollection="true"><typeRef>tAge</typeRef></itemDefinition>
<itemDefinition name="tWords" isCollection="true"><typeRef>string</typeRef><allowedValues><text>"a", "b"</text></allowedValues></itemDefinition>
<itemDefinition name="tFew" isCollection="true"><typeRef>string</typeRef><typeConstraint><text>count(?) &lt; 3</text></typeConstraint></itemDefinition>
<itemDefinition name="tPerson"><itemComponent name="age"><typeRef>tAge</typeRef></itemComponent>
<itemComponent name="names"><typeRef>tWords</typeRef></itemComponent></itemDefinition>
"""  # fmt: skip # noqa: E501
N = Decimal


@pytest.mark.parametrize(
    ("kind", "value", "fault"),
    [
        ("tAge", N(120), None),
        ("tAge", N(121), Failure.VALUE_NOT_ALLOWED),
        ("tAge", "x", Failure.WRONG_TYPE),
        ("tAge", None, None),
        ("tChild", N(17), None),
        ("tChild", N(18), Failure.VALUE_NOT_ALLOWED),
        ("tChild", N(-1), Failure.VALUE_NOT_ALLOWED),
        ("tAges", (N(1), N(2)), None),
        ("tAges", (N(1), N(200)), Failure.VALUE_NOT_ALLOWED),
        ("tAges", N(1), Failure.WRONG_TYPE),
        ("tWords", ("a", "b", "a"), None),
        ("tWords", ("a", "c"), Failure.VALUE_NOT_ALLOWED),
        ("tWords", ("a", N(1)), Failure.WRONG_TYPE),
        ("tFew", ("x", "y"), None),
        ("tFew", ("x", "y", "z"), Failure.VALUE_NOT_ALLOWED),
        ("tPerson", ContextValue((("age", N(5)), ("names", ("a",)))), None),
        ("tPerson", ContextValue((("age", N(500)), ("names", ("a",)))), Failure.VALUE_NOT_ALLOWED),
        ("tPerson", ContextValue((("age", N(5)), ("names", ("z",)))), Failure.VALUE_NOT_ALLOWED),
        ("tPerson", ContextValue((("age", N(5)),)), Failure.WRONG_TYPE),
        ("tPerson", ContextValue((("age", None), ("names", None), ("more", N(1)))), None),
        ("integer", N(5), None),
        ("integer", N("5.5"), Failure.VALUE_NOT_ALLOWED),
        ("boolean", N(1), Failure.WRONG_TYPE),
        ("Any", N(1), None),
    ],
)
def test_an_input_must_be_of_its_type_and_among_its_values(kind, value, fault):
    data = definitions(
        TYPES + input_data("x", kind) + '<decision id="D" name="D"><variable name="D"/><informationRequirement>'
        '<requiredInput href="#in_x"/></informationRequirement><literalExpression><text>x</text></literalExpression>'
        "</decision>"
    )
    found = evaluate_decision(sound(data), "D", {"x": value})
    assert [one.failure for one in found.faults] == ([fault] if fault else [])
    assert found.value == (None if fault else value)


def test_a_result_of_another_type_becomes_null():
    assert result(literal("x", {"x": "Any"}, "number"), x="123") == ("null", (), [Failure.WRONG_TYPE])


def chain() -> Model:
    step = (
        '<decision id="d{0}" name="D{0}"><variable name="D{0}" typeRef="number"/><informationRequirement>'
        '<{2} href="#{1}"/></informationRequirement><literalExpression><text>{3} + 1</text></literalExpression>'
        "</decision>"
    )
    body = input_data("x", "number") + step.format(0, "in_x", "requiredInput", "x")
    body += "".join(step.format(n, f"d{n - 1}", "requiredDecision", f"D{n - 1}") for n in range(1, 2_000))
    return sound(definitions(body))


def test_a_long_chain_of_decisions_is_evaluated():
    model = chain()
    assert evaluate_decision(model, "D1999", {"x": N(0)}).value == N(2000)
    assert [one.value for one in evaluate_model(model, {"x": N(1)}).values()][:3] == [N(2), N(3), N(4)]


def test_faults_of_what_a_decision_requires_are_its_faults_too():
    found = evaluate_decision(chain(), "D3", {"x": "a"})
    assert [(one.failure, one.where) for one in found.faults] == [(Failure.WRONG_TYPE, "x")]


def test_a_decision_that_was_not_understood_is_not_evaluated():
    data = definitions(
        '<decision id="D" name="D"><literalExpression><text>for x in y return x</text></literalExpression></decision>'
    )
    model = read_dmn(data, "m.dmn").model
    assert model is not None
    assert [one.failure for one in evaluate_decision(model, "D", {}).faults] == [Failure.NOT_USABLE]
    assert evaluate_model(model, {}) == {}


def test_an_unknown_decision_is_an_error_of_the_caller():
    with pytest.raises(KeyError):
        evaluate_decision(sound(literal("1", {})), "E", {})


def test_a_table_is_evaluated_for_values_of_its_columns():
    found = evaluate_columns(table_of(sound(table(OVERLAPPING, AGE, policy="FIRST"))), [N(60)])
    assert (found.value, found.matched) == ("a", (2, 3))


def test_types_of_an_imported_model_are_used():
    namespace = "https://www.omg.org/spec/DMN/20230324/MODEL/"
    other = definitions(
        '<itemDefinition name="t"><typeRef>string</typeRef><allowedValues><text>"a"</text></allowedValues>'
        "</itemDefinition>"
    )
    other = other.replace(b'"urn:m"', b'"urn:other"')
    imported = f'<import name="o" namespace="urn:other" importType="{namespace}"/>'
    data = table([("-", "1")], {"x": "o.t"}, types=imported)
    reading = read_dmn(data, "m.dmn", {"other.dmn": other, "m.dmn": data})
    assert reading.diagnostics == ()
    assert reading.model is not None
    found = evaluate_decision(reading.model, "D", {"x": "b"})
    assert [one.failure for one in found.faults] == [Failure.VALUE_NOT_ALLOWED]
