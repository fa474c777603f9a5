"""What is said of a decision table is what trying every kind of value on the evaluator shows.

The values tried are every threshold, a value beside each, every text named and one that is not, and null where the
model knows it. No piece, region or compiled table of ours takes part in the trying.
"""

from itertools import combinations, product
from xml.sax.saxutils import escape

from hypothesis import given
from hypothesis import strategies as st

from redflag_kit.diagnostics.codes import RF301, RF302, RF303, RF304, RF306, RF307, RF315
from redflag_kit.dmn.evaluate import Failure, evaluate_decision
from redflag_kit.dmn.feel.evaluate import evaluate
from redflag_kit.dmn.feel.parser import parse_expression
from redflag_kit.dmn.feel.scope import scope_of
from redflag_kit.dmn.findings import analyse_model
from redflag_kit.dmn.read import read_dmn
from redflag_kit.logic.budget import Budget
from tests.property.effort import examples

NAMESPACE = "https://www.omg.org/spec/DMN/20230324/MODEL/"

NUMBERS = ["-1", "0", "0.5", "1", "1.5", "2", "2.5", "3", "4"]
DATES = [f'@"2020-01-0{day}"' for day in range(1, 7)]
DURATIONS = [f'@"P{months}M"' for months in range(5)]
TEXTS = ['"a"', '"b"', '"c"', '"other"']
TRUTHS = ["true", "false"]

ENDS = {"number": ["0", "1", "2", "3"], "date": DATES[1:5], "years and months duration": DURATIONS[1:4]}
TRIED = {"number": NUMBERS, "date": DATES, "years and months duration": DURATIONS, "string": TEXTS, "boolean": TRUTHS}


@st.composite
def line_tests(draw, ends):
    one, other = sorted(draw(st.lists(st.sampled_from(range(len(ends))), min_size=2, max_size=2)))
    low, high = ends[one], ends[other]
    shape = draw(st.sampled_from(["-", "<", "<=", ">", ">=", "=", "in", "not", "either", "null"]))
    match shape:
        case "-":
            return "-"
        case "=":
            return low
        case "in":
            return f"{draw(st.sampled_from('[('))}{low}..{high}{draw(st.sampled_from('])'))}"
        case "not":
            return f"not({draw(st.sampled_from(['< ', '>= ', '']))}{high})"
        case "either":
            return f"< {low}, {high}"
        case "null":
            return draw(st.sampled_from(["null", f"null, > {low}", "not(null)"]))
    return f"{shape} {low}"


@st.composite
def cells(draw, kind):
    if kind in ENDS:
        return draw(line_tests(ENDS[kind]))
    words = TRUTHS if kind == "boolean" else TEXTS[:3]
    shape = draw(st.sampled_from(["-", "one", "two", "not"]))
    one, two = draw(st.sampled_from(words)), draw(st.sampled_from(words))
    return {"-": "-", "one": one, "two": f"{one}, {two}", "not": f"not({one})"}[shape]


@st.composite
def columns(draw, name):
    kind = draw(st.sampled_from(sorted(TRIED)))
    allowed = ""
    if draw(st.booleans()):
        allowed = {
            "number": "[0..3]",
            "date": f"[{DATES[0]}..{DATES[-1]}]",
            "years and months duration": f">= {DURATIONS[0]}",
            "string": '"a","b","c"',
            "boolean": "",
        }[kind]
    return name, kind, allowed


def table_of(name, policy, inputs, rules, requires=""):
    clauses = "".join(
        f'<input><inputExpression typeRef="{kind}"><text>{column}</text></inputExpression>'
        + (f"<inputValues><text>{escape(allowed)}</text></inputValues>" if allowed else "")
        + "</input>"
        for column, kind, allowed in inputs
    )
    rows = "".join(
        "<rule>"
        + "".join(f"<inputEntry><text>{escape(cell)}</text></inputEntry>" for cell in cells_of_rule)
        + f'<outputEntry><text>"{output}"</text></outputEntry></rule>'
        for cells_of_rule, output in rules
    )
    return (
        f'<decision id="{name}" name="{name}"><variable name="{name}" typeRef="string"/>{requires}'
        f'<decisionTable hitPolicy="{policy}">{clauses}'
        f'<output><outputValues><text>"x","y","z"</text></outputValues></output>{rows}</decisionTable></decision>'
    )


def required(kind, names):
    tag = "requiredInput" if kind == "input" else "requiredDecision"
    return "".join(f'<informationRequirement><{tag} href="#{name}"/></informationRequirement>' for name in names)


def model_of(inputs, tables):
    data = "".join(
        f'<inputData id="{name}" name="{name}"><variable name="{name}" typeRef="{kind}"/></inputData>'
        for name, kind, _ in inputs
    )
    text = f'<definitions xmlns="{NAMESPACE}" id="m" name="m" namespace="m">{data}{"".join(tables)}</definitions>'
    reading = read_dmn(text.encode(), "m.dmn")
    assert reading.model is not None, reading.diagnostics
    return reading.model


POLICIES = st.sampled_from(["UNIQUE", "ANY", "FIRST", "PRIORITY", "COLLECT", "RULE ORDER"])
OUTPUTS = st.sampled_from("xyz")


@st.composite
def models(draw):
    inputs = [draw(columns(name)) for name in "pq"[: draw(st.integers(1, 2))]]
    rules = draw(
        st.lists(st.tuples(st.tuples(*(cells(kind) for _, kind, _ in inputs)), OUTPUTS), min_size=1, max_size=5)
    )
    table = table_of("T", draw(POLICIES), inputs, rules, required("input", [name for name, _, _ in inputs]))
    texts = {name: [row[at] for row, _ in rules] for at, (name, _, _) in enumerate(inputs)}
    return model_of(inputs, [table]), inputs, texts


@st.composite
def chains(draw):
    """Two tables: the second reads the first, and may read the same input again."""
    first, second = draw(columns("p")), draw(columns("q"))
    rules = draw(st.lists(st.tuples(st.tuples(cells(first[1])), OUTPUTS), min_size=1, max_size=4))
    policy = draw(st.sampled_from(["UNIQUE", "FIRST", "ANY"]))
    upper = table_of("U", policy, [first], rules, required("input", ["p"]))
    again = draw(st.booleans())
    other = first if again else second
    on_result = st.sampled_from(["-", '"x"', '"x","y"', 'not("z")', "null"])
    more = draw(st.lists(st.tuples(st.tuples(on_result, cells(other[1])), OUTPUTS), min_size=1, max_size=4))
    requires = required("input", [other[0]]) + required("decision", ["U"])
    lower = table_of("T", draw(POLICIES), [("U", "string", ""), other], more, requires)
    inputs = [first] if again else [first, second]
    texts = {first[0]: [row[0] for row, _ in rules]}
    texts[other[0]] = [*texts.get(other[0], []), *(row[1] for row, _ in more)]
    return model_of(inputs, [upper, lower]), inputs, texts


def tried(model, inputs, texts):
    """Yield what the evaluator says of every combination of values that the columns allow."""
    values = [
        TRIED[kind] + (["null"] if any("null" in text for text in texts[name]) else []) for name, kind, _ in inputs
    ]
    for chosen in product(*values):
        case = {name: constant(text) for (name, _, _), text in zip(inputs, chosen, strict=True)}
        found = evaluate_decision(model, "T", case)
        if not any(fault.failure is Failure.VALUE_NOT_ALLOWED for fault in found.faults):
            yield found


def constant(text):
    return evaluate(parse_expression(text, scope_of({})), {})


def said(model):
    found, left = analyse_model(model, Budget(), Budget().start())
    assert left == ()
    return [one for one in found if one.decision.id == "T"]


def of_code(found, code):
    return [one for one in found if one.fault.code is code]


def check(model, inputs, texts):
    found, cases = said(model), list(tried(model, inputs, texts))
    assert [one.diagnostic.message for one in found if one.diagnostic.code.id == "RF902"] == []
    if not cases:
        return
    table = next(one for one in model.decisions if one.id == "T").table
    numbers = {rule.number for rule in table.rules}
    matched = [set(one.matched) for one in cases]
    assert bool(of_code(found, RF301)) == any(not one for one in matched)
    never = {number for number in numbers if not any(number in one for one in matched)}
    assert {number for one in of_code(found, RF304) for number in one.rules} == never
    outputs = {rule.number: rule.outputs[0].text for rule in table.rules}
    if table.hit_policy.value == "UNIQUE":
        pairs = {pair for one in matched for pair in combinations(sorted(one), 2)}
        told = {pair for one in of_code(found, RF302) for pair in combinations(sorted(one.rules), 2)}
        assert told <= pairs
        # A rule that repeats an earlier one meets whatever that meets, and is reported as its repetition.
        by_number = {rule.number: {n for n, one in enumerate(matched) if rule.number in one} for rule in table.rules}
        assert all(
            repeats(one, by_number, outputs) or repeats(other, by_number, outputs) for one, other in pairs - told
        )
    if table.hit_policy.value == "ANY":
        clashing = any(len({outputs[number] for number in one}) > 1 for one in matched)
        assert bool(of_code(found, RF303)) == clashing
    # A rule that only rules with its own inputs and output keep from deciding is told as their repetition.
    masked = {number for one in of_code(found, RF306) for number in one.rules}
    masked |= {number for one in of_code(found, RF307) for number in one.rules[1:] if table.hit_policy.value == "FIRST"}
    if table.hit_policy.value == "FIRST":
        decides = {min(one) for one in matched if one}
        check_that_gives_way(table, found, matched, outputs, numbers - decides)
        assert masked == numbers - never - decides
    if table.hit_policy.value == "PRIORITY":
        best = [{n for n in one if outputs[n] == min(outputs[m] for m in one)} for one in matched if one]
        decides = set().union(*best)
        check_that_gives_way(table, found, matched, outputs, numbers - decides)
        assert masked == numbers - never - decides


def check_that_gives_way(table, found, matched, outputs, masked):
    """Check which rules are told to give way in part, and to which."""

    def stronger(one, other):
        return one < other if table.hit_policy.value == "FIRST" else outputs[one] < outputs[other]

    expected = {
        (rule, other)
        for rule in outputs.keys() - masked
        for other in outputs
        if stronger(other, rule) and outputs[other] != outputs[rule]
        if any({rule, other} <= one for one in matched) and any(other in one and rule not in one for one in matched)
    }
    told = {(one.rules[0], other) for one in of_code(found, RF315) for other in one.others}
    assert told == expected


def repeats(number, by_number, outputs):
    """Say whether a rule matches the very cases of an earlier one and has its output."""
    return any(
        by_number[number] == by_number[other] and outputs[number] == outputs[other]
        for other in by_number
        if other < number
    )


@examples(150)
@given(models())
def test_a_table_has_exactly_the_faults_that_trying_every_value_shows(made):
    check(*made)


@examples(150)
@given(chains())
def test_a_table_that_reads_another_one_has_exactly_the_faults_that_can_come_about(made):
    check(*made)
