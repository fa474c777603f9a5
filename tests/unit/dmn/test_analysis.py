"""Faults of decision tables: what is said, where, and of which tables nothing can be said."""

from xml.sax.saxutils import escape

import pytest

from redflag_kit.dmn.findings import analyse_model
from redflag_kit.dmn.read import read_dmn
from redflag_kit.logic.budget import Budget
from tests.dmn.models import definitions, input_data, requirements, sound, table


def model(types="", inputs=None, *decisions):
    """Return a model of inputs by name and type, and of decisions as XML."""
    data = "".join(input_data(name, kind) for name, kind in (inputs or {}).items())
    return sound(definitions(types + data + "".join(decisions)))


def decision(name, logic, inputs=(), decisions=(), kind="Any"):
    needs = requirements(tuple(inputs)) + "".join(
        f'<informationRequirement><requiredDecision href="#{one}"/></informationRequirement>' for one in decisions
    )
    return f'<decision id="{name}" name="{name}"><variable name="{name}" typeRef="{kind}"/>{needs}{logic}</decision>'


def rules(policy, columns, outputs, *rows, values="", default=(), aggregation=""):
    """Return a table: columns as (expression, input values), outputs by name, rows as cells and then outputs."""
    heads = "".join(
        f"<input><inputExpression><text>{escape(text)}</text></inputExpression>"
        + (f"<inputValues><text>{escape(listed)}</text></inputValues>" if listed else "")
        + "</input>"
        for text, listed in columns
    )
    results = "".join(
        f'<output name="{name}">'
        + (f"<outputValues><text>{values}</text></outputValues>" if values else "")
        + (f"<defaultOutputEntry><text>{default[at]}</text></defaultOutputEntry>" if at < len(default) else "")
        + "</output>"
        for at, name in enumerate(outputs)
    )
    body = "".join(
        "<rule>"
        + "".join(f"<inputEntry><text>{escape(one)}</text></inputEntry>" for one in row[: len(columns)])
        + "".join(f"<outputEntry><text>{escape(one)}</text></outputEntry>" for one in row[len(columns) :])
        + "</rule>"
        for row in rows
    )
    extra = f' aggregation="{aggregation}"' if aggregation else ""
    return f'<decisionTable hitPolicy="{policy}"{extra}>{heads}{results}{body}</decisionTable>'


def expression(text):
    return f"<literalExpression><text>{escape(text)}</text></literalExpression>"


def analysed(made, name="D"):
    """Return what is said of a decision as (code, rules, region), and why something is left open."""
    found, left = analyse_model(made, Budget(), Budget().start())
    said = [
        (one.diagnostic.code.id, one.rules, one.region.text if one.region else "")
        for one in found
        if one.decision.id == name
    ]
    return said, [one.reason for one in left if one.decision.id == name]


def codes(made, name="D"):
    said, left = analysed(made, name)
    assert left == []
    return [(code, numbers) for code, numbers, _ in said]


def open_because(made, name="D"):
    said, left = analysed(made, name)
    (reason,) = left
    assert said == []
    return reason.removeprefix("no budget settles it: ")


def test_a_conflict_in_one_output_of_an_any_table_leaves_the_others_null_too():
    upper = rules("ANY", [("n", "")], ["a", "b"], ("-", '"x"', '"x"'), ("> 0", '"x"', '"y"'))
    lower = rules("FIRST", [("U.a", "")], ["o"], ('"x"', "1"), ("null", "2"))
    made = model("", {"n": "number"}, decision("U", upper, ["n"]), decision("D", lower, (), ["U"]))
    assert codes(made) == []


def test_an_output_without_a_default_is_null_where_another_has_one():
    upper = rules("UNIQUE", [("n", "")], ["a", "b"], ("0", '"x"', '"x"'), default=['"z"'])
    lower = rules("UNIQUE", [("U.b", "")], ["o"], ('"x"', "1"), ("null", "2"), ('"z"', "3"))
    made = model("", {"n": "number"}, decision("U", upper, ["n"]), decision("D", lower, (), ["U"]))
    assert codes(made) == [("RF304", (3,))]


def test_a_result_of_several_outputs_is_null_as_a_whole_if_its_type_excludes_one():
    types = (
        '<itemDefinition name="t"><itemComponent name="a"><typeRef>string</typeRef></itemComponent>'
        '<itemComponent name="b"><typeRef>string</typeRef><allowedValues><text>"x"</text></allowedValues>'
        "</itemComponent></itemDefinition>"
    )
    upper = rules("UNIQUE", [("n", "")], ["a", "b"], ("0", '"v"', '"x"'), ("not(0)", '"w"', '"y"'))
    lower = rules("UNIQUE", [("U.a", "")], ["o"], ('"v"', "1"), ("null", "2"), ('"w"', "3"))
    data = definitions(
        types + input_data("n", "number") + decision("U", upper, ["n"], kind="t") + decision("D", lower, (), ["U"])
    )
    made = read_dmn(data, "m.dmn").model
    assert made is not None
    assert codes(made) == [("RF304", (3,))]


def test_a_decision_that_hands_on_a_number_is_not_taken_for_a_condition():
    lower = rules("UNIQUE", [("U", "")], ["o"], ("> 5", "1"), ("<= 5", "2"))
    made = model("", {"n": "number"}, decision("U", expression("n"), ["n"]), decision("D", lower, (), ["U"]))
    assert open_because(made) == "the decision `U`: it gives a value of `n` itself"


def test_a_column_may_choose_between_values():
    made = model(
        "",
        {"n": "number"},
        decision(
            "D",
            rules(
                "UNIQUE",
                [('if n > 5 then "high" else if n > 3 then "some" else null', "")],
                ["o"],
                ('"high"', "1"),
                ('"low"', "2"),
                ("null", "3"),
            ),
            ["n"],
        ),
    )
    assert analysed(made) == ([("RF301", (), "n: (3..5]"), ("RF304", (2,), "")], [])


def test_of_different_outputs_with_one_priority_the_first_decides():
    rows = [("-", '"x"', '"p"'), ("> 0", '"x"', '"q"'), ("> 1", '"y"', '"q"')]
    ranked = '<outputValues><text>"x","y"</text></outputValues>'
    upper = rules("PRIORITY", [("n", "")], ["a", "b"], *rows).replace('<output name="a">', f'<output name="a">{ranked}')
    made = model("", {"n": "number"}, decision("D", upper, ["n"]))
    assert codes(made) == [("RF306", (2,)), ("RF306", (3,))]


@pytest.mark.parametrize(
    ("output", "reason"),
    [('"z"', '`"z"` of rule 1 is not among the output values'), ('s + "y"', "the priority of rule 1 is computed")],
)
def test_an_output_without_a_priority_is_not_ranked(output, reason):
    logic = rules("PRIORITY", [("s", "")], ["o"], ("-", output), ('"a"', '"y"'), values='"x","y"')
    reading = definitions(input_data("s", "string") + decision("D", logic, ["s"]))
    made = read_dmn(reading, "m.dmn").model
    assert made is not None
    assert open_because(made) == reason


def test_the_least_of_numbers_beside_a_default_that_is_none():
    data = table([("> 0", "1"), ("> 5", "2")], {"n": "number"}, policy="COLLECT", aggregation="MIN", default='"none"')
    assert codes(sound(data)) == [("RF306", (2,))]


def test_a_value_that_its_column_does_not_list_is_not_settled_by_a_default():
    upper = rules("UNIQUE", [("n", "")], ["o"], ("> 0", '"x"'), ("<= 0", '"y"'))
    middle = rules("UNIQUE", [("U", '"x"')], ["o"], ('"x"', "1"), default=["2"])
    lower = rules("UNIQUE", [("M", "")], ["o"], ("1", "1"), ("null", "2"), ("2", "3"))
    made = model(
        "",
        {"n": "number"},
        decision("U", upper, ["n"]),
        decision("M", middle, (), ["U"]),
        decision("D", lower, (), ["M"]),
    )
    assert codes(made) == [("RF304", (3,))]
    assert analysed(made, "M") == ([("RF301", (), "n: <= 0")], [])


def test_equal_times_written_with_other_offsets_do_not_disagree():
    rows = [("> 0", '@"10:00:00Z"'), ("> 1", '@"11:00:00+01:00"')]
    assert codes(sound(table(rows, {"n": "number"}, policy="ANY", default="null"))) == [("RF308", (2,))]


@pytest.mark.parametrize(
    ("kind", "cell", "region"),
    [
        ("time", '<= @"10:00:00"', 't: > @"10:00:00"'),
        ("number", "null", "t: not(null)"),
        ("string", "null", "t: not(null)"),
        ("string", '<= "m"', 't: > "m"'),
        ("string", 'not("m")', 't: "m"'),
        ("string", '"m"', "t: any other text"),
        ("boolean", "false, null", "t: true"),
    ],
)
def test_a_gap_is_told_in_feel(kind, cell, region):
    made = model("", {"t": kind}, decision("D", rules("UNIQUE", [("t", "")], ["o"], (cell, "1")), ["t"]))
    assert analysed(made) == ([("RF301", (), region)], [])


def test_values_between_which_others_are_not_allowed_are_told_one_by_one():
    made = model("", {"n": "number"}, decision("D", rules("UNIQUE", [("n", "1,2,[5..6],9")], ["o"], ("1", "1")), ["n"]))
    assert analysed(made) == ([("RF301", (), "n: 2 or [5..6] or 9")], [])


def test_a_part_of_a_date_is_not_taken_for_an_input_of_its_own():
    made = model("", {"d": "date"}, decision("D", rules("UNIQUE", [("d.year", "")], ["o"], ("> 2000", "1")), ["d"]))
    assert open_because(made) == "`d.year`: a part of a date is computed from it"


def test_parts_of_a_context_that_nothing_reads_may_be_anything():
    types = (
        '<itemDefinition name="t"><itemComponent name="age"><typeRef>number</typeRef></itemComponent>'
        '<itemComponent name="sex"><typeRef>string</typeRef></itemComponent></itemDefinition>'
    )
    logic = rules("UNIQUE", [("p.age", "")], ["o"], ("> 50", "1"))
    assert analysed(model(types, {"p": "t"}, decision("D", logic, ["p"]))) == ([("RF301", (), "p.age: <= 50")], [])


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("sum([if n > 5 then 1 else 0]) >= 1", ["null"]),
        ("sum([if n > 5 then 1 else 0, if n > 7 then 1 else 0]) != 1", ["null"]),
        ("sum([if n > 5 then 1 else 0]) < 9", ["false", "null"]),
    ],
)
def test_what_holds_is_counted(text, never):
    column = [(text, "")]
    cells = ["true", "false", "null"]
    logic = rules("UNIQUE", column, ["o"], *((cell, f'"{cell}"') for cell in cells))
    said = codes(model("", {"n": "number"}, decision("D", logic, ["n"])))
    assert [cells[numbers[0] - 1] for code, numbers in said if code == "RF304"] == never


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        ("n > 5 and m > 5", "n: > 5, m: > 5", "m: <= 5; or n: <= 5"),
        ("n > 5 or m > 5", "m: > 5; or n: > 5", "n: <= 5, m: <= 5"),
        ("not(n > 5)", "n: <= 5", "n: > 5"),
        ("(if n > 5 then true else m < 2) and true", "m: < 2; or n: > 5", "n: <= 5, m: >= 2"),
        ("n between 1 and 5", "n: [1..5]", "n: < 1 or > 5"),
        ("5 < n", "n: > 5", "n: <= 5"),
        ("n in (1, > 5)", "n: 1 or > 5", "n: < 1 or (1..5]"),
        ("n != 5", "n: < 5 or > 5", "n: 5"),
    ],
)
def test_a_boolean_decision_is_followed_to_its_inputs(text, left, right):
    upper = decision("U", expression(text), ["n", "m"])
    for cell, region in (("false", left), ("true", right)):
        lower = decision("D", rules("UNIQUE", [("U", "")], ["o"], (cell, "1")), [], ["U"])
        assert analysed(model("", {"n": "number", "m": "number"}, upper, lower)) == ([("RF301", (), region)], [])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("n > m", "the decision `U`: it is computed in a way that is not analysed"),
        ("sum([if n > 1 then 2 else 0]) > 1", "the decision `U`: it adds up something other than 1 for each condition"),
    ],
)
def test_what_a_decision_computes_otherwise_is_refused(text, reason):
    upper = decision("U", expression(text), ["n", "m"])
    lower = decision("D", rules("UNIQUE", [("U", "")], ["o"], ("true", "1")), [], ["U"])
    assert open_because(model("", {"n": "number", "m": "number"}, upper, lower)).startswith(reason)


def test_a_decision_may_choose_what_an_earlier_one_says():
    first = decision("F", rules("UNIQUE", [("n", "")], ["o"], ("> 0", '"x"'), ("<= 0", '"y"')), ["n"])
    upper = decision("U", expression('if n > 9 then "z" else F'), ["n"], ["F"])
    lower = decision("D", rules("UNIQUE", [("U", "")], ["o"], ('"x"', "1"), ('"z"', "2")), [], ["U"])
    assert analysed(model("", {"n": "number"}, first, upper, lower)) == ([("RF301", (), "n: <= 0")], [])


@pytest.mark.parametrize(
    ("policy", "path", "output", "reason"),
    [
        ("COLLECT", "U", "1", "it reads `U`, which is a list"),
        ("FIRST", "U", "n + 1", "it reads `U`, whose values are computed"),
    ],
)
def test_a_result_that_is_a_list_or_computed_is_not_followed(policy, path, output, reason):
    upper = decision("U", rules(policy, [("n", "")], ["o"], ("> 0", output)), ["n"])
    lower = decision("D", rules("UNIQUE", [(path, "")], ["o"], ("1", "1")), [], ["U"])
    assert open_because(model("", {"n": "number"}, upper, lower)) == reason


def test_an_input_without_a_type_that_nothing_tests_is_no_obstacle():
    made = model("", {"a": "Any"}, decision("D", rules("UNIQUE", [("a", "")], ["o"], ("-", "1")), ["a"]))
    assert analysed(made) == ([], [])


def test_of_computed_outputs_it_is_said_that_they_may_agree():
    logic = rules("ANY", [("n", "")], ["o"], ("> 5", "n + 1"), ("-", "2 * n"))
    found, _ = analyse_model(model("", {"n": "number"}, decision("D", logic, ["n"])), Budget(), Budget().start())
    (conflict,) = (one for one in found if one.diagnostic.code.id == "RF303")
    assert conflict.diagnostic.message.endswith("both match some inputs and for some of them their outputs differ")


def test_an_input_that_an_output_is_computed_from_is_not_told_to_be_without_influence():
    logic = rules("UNIQUE", [("n", ""), ("m", "")], ["o"], ("> 5", "-", "n + 1"), ("<= 5", "-", "n + 1"))
    made = model("", {"n": "number", "m": "number"}, decision("D", logic, ["n", "m"]))
    assert codes(made) == [("RF311", (1, 2))]


def test_rules_that_differ_in_an_input_with_two_columns_are_not_told_to_be_one_rule():
    columns = [("n > 5", ""), ("n", "")]
    logic = rules("FIRST", columns, ["o"], ("true", "-", "1"), ("-", "[3..5]", "1"), ("-", "-", "2"))
    assert codes(model("", {"n": "number"}, decision("D", logic, ["n"]))) == []


def test_copies_in_a_list_are_told_unless_they_never_match():
    row = ("> 5", '"x"')
    logic = rules("COLLECT", [("n", "")], ["o"], row, row, ("<= 5", '"y"'), ("[9..3]", '"z"'), ("[9..3]", '"z"'))
    made = model("", {"n": "number"}, decision("D", logic, ["n"]))
    assert codes(made) == [("RF307", (1, 2)), ("RF304", (4,)), ("RF304", (5,))]


def test_beyond_its_time_a_table_is_not_even_read():
    made = model("", {"n": "number"}, decision("D", rules("UNIQUE", [("n", "")], ["o"], ("1", "1")), ["n"]))
    found, left = analyse_model(made, Budget(), Budget(seconds=0).start())
    assert (found, [one.reason for one in left]) == ((), ["0 s"])


def test_what_nothing_reads_of_a_context_is_no_obstacle_to_earlier_decisions():
    types = (
        '<itemDefinition name="base"><itemComponent name="age"><typeRef>number</typeRef></itemComponent>'
        '<itemComponent name="sex"><typeRef>string</typeRef></itemComponent></itemDefinition>'
        '<itemDefinition name="t"><typeRef>base</typeRef></itemDefinition>'
    )
    upper = decision("U", rules("UNIQUE", [("p.age", "")], ["o"], ("> 5", '"x"'), ("<= 5", '"y"')), ["p"])
    lower = decision("D", rules("UNIQUE", [("U", "")], ["o"], ('"x"', "1")), [], ["U"])
    assert analysed(model(types, {"p": "t"}, upper, lower)) == ([("RF301", (), "p.age: <= 5")], [])


def test_a_column_that_compares_two_inputs_is_refused():
    logic = rules("UNIQUE", [("n > m", "")], ["o"], ("true", "1"))
    reason = "the column `n > m`: it is computed in a way that is not analysed"
    assert open_because(model("", {"n": "number", "m": "number"}, decision("D", logic, ["n", "m"]))) == reason


def test_a_condition_without_a_type_is_refused():
    upper = decision("U", expression("flag"), ["flag"])
    lower = decision("D", rules("UNIQUE", [("U", "")], ["o"], ("true", "1")), [], ["U"])
    assert "flag" in open_because(model("", {"flag": "Any"}, upper, lower))


@pytest.mark.parametrize(
    ("columns", "cells", "why"),
    [
        (["n", "n"], ("> 5", "< 3"), "its entries exclude each other"),
        (["U", "n"], ('"x"', "< 3"), "what earlier decisions come to excludes it"),
        (["U", "n"], ('"z"', "-"), '`U` is never "z"'),
        (["n", "n"], ("[9..3]", "-"), "its entry `[9..3]` accepts no value that `n` can have"),
    ],
)
def test_why_a_rule_never_matches_is_said(columns, cells, why):
    upper = decision("U", rules("UNIQUE", [("n", "")], ["o"], ("> 5", '"x"'), ("<= 5", '"y"')), ["n"])
    logic = rules("FIRST", [(one, "") for one in columns], ["o"], ("-", "-", "0"), (*cells, "1"))
    made = model("", {"n": "number"}, upper, decision("D", logic, ["n"], ["U"]))
    found, _ = analyse_model(made, Budget(), Budget().start())
    (never,) = (one for one in found if one.diagnostic.code.id == "RF304")
    assert never.diagnostic.message == f"rule 2 of `D` can never match: {why}"
