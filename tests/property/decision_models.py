"""Decision models at random: typed inputs, contexts, decisions of every kind in a chain, every hit policy.

Each model comes with the values to try on the evaluator: every threshold, a value beside each, every text named and one
that is not, and null where the model knows it. Values are written in FEEL.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar
from xml.sax.saxutils import escape

from hypothesis import strategies as st

from redflag_kit.dmn.feel.evaluate import evaluate, satisfies
from redflag_kit.dmn.feel.parser import parse_expression, parse_unary_tests
from redflag_kit.dmn.feel.scope import scope_of
from redflag_kit.dmn.feel.values import Value

T = TypeVar("T")
NAMESPACE = "https://www.omg.org/spec/DMN/20230324/MODEL/"
DAYS, YEARS = "days and time duration", "years and months duration"


@dataclass(frozen=True)
class Values:
    """The values of one type: what tests name, what is tried, what a type or column may allow."""

    type: str
    named: tuple[str, ...]
    tried: tuple[str, ...]
    lists: tuple[str, ...]
    ordered: bool = True


def dated(parts: Iterable[object], form: str) -> tuple[str, ...]:
    return tuple(f'@"{form.format(one)}"' for one in parts)


KINDS = {
    "number": Values(
        "number", ("0", "1", "2", "3"), ("-1", "0", "0.5", "1", "1.5", "2", "2.5", "3", "4"), ("[0..3]", "0,2", "> 1")
    ),
    "whole": Values("whole", ("0", "1", "2", "4"), ("-1", "0", "1", "2", "3", "4", "5"), ("[0..4]", "0,1,4")),
    "date": Values("date", dated((2, 3, 5), "2020-01-0{}"), dated(range(1, 7), "2020-01-0{}"), ('>= @"2020-01-02"',)),
    "time": Values(
        "time",
        dated((0, 10, 12), "{:02}:00:00Z"),
        dated((0, 1, 10, 11, 12, 13), "{:02}:00:00Z"),
        ('[@"10:00:00Z"..@"12:00:00Z"]',),
    ),
    "moment": Values(
        "dateTime",
        dated((2, 3), "2020-01-0{}T10:00:00"),
        dated(("1T10", "1T11", "2T10", "2T11", "3T10", "3T11"), "2020-01-0{}:00:00"),
        ('> @"2020-01-01T10:00:00"',),
    ),
    "months": Values(YEARS, dated((1, 2, 4), "P{}M"), dated(range(6), "P{}M"), ('>= @"P0M"',)),
    "days": Values(DAYS, dated((1, 2), "P{}D"), dated(("0D", "1D", "1DT1H", "2D", "3D"), "P{}"), ('[@"P0D"..@"P2D"]',)),
    "text": Values("string", ('"a"', '"b"', '"c"'), ('"a"', '"b"', '"c"', '"d"'), ('"a","b"', 'not("a")'), False),
    "word": Values("string", ('"b"', '"d"'), ('""', '"a"', '"b"', '"c"', '"d"', '"e"'), ('["b".."d"]', '"b","c"')),
    "truth": Values("boolean", ("true", "false"), ("true", "false"), ("true",), False),
}


@dataclass
class Read:
    """An input, or a part of one, by its path: the tests put to it so far, and what bounds its values."""

    path: str
    kind: str
    bounds: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    tests: list[str] = field(default_factory=list)

    def values(self) -> list[Value]:
        """Return the values to try."""
        null = any("null" in test for test in (*self.bounds, *self.columns, *self.tests))
        tried = [constant(text) for text in KINDS[self.kind].tried]
        kept = [one for one in tried if all(allows(test, one) for test in (*self.bounds, *self.columns))]
        return [*kept, *([None] if null and all(allows(test, None) for test in self.columns) else [])]


def constant(text: str) -> Value:
    return evaluate(parse_expression(text, scope_of({})), {})


def allows(text: str, value: Value) -> bool:
    return satisfies(parse_unary_tests(text, scope_of({})), value, {})


@st.composite
def line_tests(draw: st.DrawFn, named: tuple[str, ...], ordered: bool) -> str:
    place = st.integers(0, len(named) - 1)
    first, last = sorted((draw(place), draw(place)))
    low, high = named[first], named[last]
    shapes = ["-", "-", "=", "in", "two", "not", "null", "nulls", "listed"]
    if ordered:
        shapes += ["<", "<=", ">", ">=", "in", "either", "past", "back"]
    shape: str = draw(st.sampled_from(shapes))
    match shape:
        case "-":
            return "-"
        case "=":
            return low
        case "in" if ordered:
            left: str = draw(st.sampled_from("[("))
            right: str = draw(st.sampled_from("])"))
            return f"{left}{low}..{high}{right}"
        case "in" | "two":
            return f"{low},{high}"
        case "not":
            return f"not({draw(st.sampled_from(['< ', '>= ', '']) if ordered else st.just(''))}{high})"
        case "null":
            return "null"
        case "nulls":
            nulls: str = draw(st.sampled_from([f"null,{low}", "not(null)", f"not(null,{low})"]))
            return nulls
        case "listed":
            return f"[{low},{high}]"
        case "either":
            return f"< {low},{high}"
        case "past":
            return f"< {low},> {high}"
        case "back":
            return f"[{high}..{low}]"
        case sign:
            return f"{sign} {low}"


@dataclass(frozen=True)
class Result:
    """What later decisions can read: a path, its type, and the values that it names."""

    path: str
    type: str
    named: tuple[str, ...]
    ordered: bool = False


class Draft:
    """A model in the making."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.types: list[str] = ['<itemDefinition name="whole"><typeRef>integer</typeRef></itemDefinition>']
        self.data: list[str] = []
        self.decisions: list[str] = []
        self.inputs: dict[str, Read] = {}
        self.results: list[Result] = []
        self.owners: dict[str, str] = {}

    def pick(self, *options: T) -> T:
        return self.draw(st.sampled_from(options))

    def maybe(self) -> bool:
        return self.draw(st.booleans())

    def kind(self) -> str:
        return self.draw(st.sampled_from(sorted(KINDS)))

    def typed(self, kind: str, name: str) -> tuple[str, list[str]]:
        """Return a type for values of a kind, and the tests that bound it: it may be nested, and allow only some."""
        values = KINDS[kind]
        found, bounds = values.type, []
        for depth in range(self.draw(st.integers(0, 2))):
            listed = self.pick(*values.lists, "")
            allowed = f"<allowedValues><text>{escape(listed)}</text></allowedValues>" if listed else ""
            bounds += [listed] if listed else []
            own = f"{name}{depth}"
            self.types.append(f'<itemDefinition name="{own}"><typeRef>{found}</typeRef>{allowed}</itemDefinition>')
            found = own
        return found, bounds

    def input(self, name: str) -> None:
        kind = self.kind()
        found, bounds = self.typed(kind, f"t{name}")
        self.data.append(
            f'<inputData id="{name}" name="{name}"><variable name="{name}" typeRef="{found}"/></inputData>'
        )
        self.inputs[name] = Read(name, kind, bounds)
        self.owners[name] = required("Input", name)

    def context(self, name: str) -> None:
        parts = []
        for part in ("x", "y", "unread"):
            kind = self.kind()
            found, bounds = self.typed(kind, f"t{name}{part}")
            parts.append(f'<itemComponent name="{part}"><typeRef>{found}</typeRef></itemComponent>')
            if part != "unread":
                self.inputs[f"{name}.{part}"] = Read(f"{name}.{part}", kind, bounds)
        self.types.append(f'<itemDefinition name="t{name}">{"".join(parts)}</itemDefinition>')
        self.data.append(
            f'<inputData id="{name}" name="{name}"><variable name="{name}" typeRef="t{name}"/></inputData>'
        )
        self.owners[name] = required("Input", name)

    def entry(self, path: str) -> str:
        """Return tests of a path, remembered for what is tried."""
        if path in self.inputs:
            one = self.inputs[path]
            values = KINDS[one.kind]
            text = self.draw(line_tests(values.named, values.ordered))
            one.tests.append(text)
            return text
        result = next(one for one in self.results if one.path == path)
        return self.draw(line_tests(result.named, result.ordered))

    def type_of(self, path: str) -> str:
        if path in self.inputs:
            return KINDS[self.inputs[path].kind].type
        return next(one.type for one in self.results if one.path == path)

    def comparison(self, path: str) -> str:
        """Return a boolean expression that compares a path with constants."""
        if self.type_of(path) == "boolean" and self.maybe():
            return path
        test = self.entry(path)
        while test == "-":
            test = self.entry(path)
        if test.startswith("not("):
            return f"not({path} in ({test[4:-1]}))"
        if test[0] in "<>" and "," not in test:
            return f"{path} {test}"
        if test in KINDS["number"].named and self.maybe():
            return f"{test} {self.pick('=', '<', '>=')} {path}"
        if test == "null" or ("," not in test and ".." not in test):
            return f"{path} {self.pick('=', '!=')} {test}"
        return f"{path} in ({test})"

    def condition(self, depth: int, paths: list[str]) -> str:
        shape = self.pick("one", "one", "and", "or", "not", "if", "count", "between") if depth else "one"
        path = self.pick(*paths)
        match shape:
            case "and" | "or":
                return f"({self.condition(depth - 1, paths)}) {shape} ({self.condition(depth - 1, paths)})"
            case "not":
                return f"not({self.condition(depth - 1, paths)})"
            case "if":
                one, two, three = (self.condition(depth - 1, paths) for _ in range(3))
                return f"if {one} then {two} else {three}"
            case "count":
                items = ", ".join(
                    f"if {self.condition(depth - 1, paths)} then 1 else 0" for _ in range(self.pick(1, 2, 3))
                )
                return f"sum([{items}]) {self.pick('>=', '<', '=', '!=')} {self.pick(0, 1, 2)}"
            case "between" if path in self.inputs and KINDS[self.inputs[path].kind].ordered:
                named = KINDS[self.inputs[path].kind].named
                return f"{path} between {named[0]} and {named[1]}"
        return self.comparison(path)

    def column(self, paths: list[str]) -> tuple[str, str, str, list[str]]:
        """Return the expression, the type and the input values of a column, and the words for its cells."""
        path = self.pick(*paths)
        if self.pick(0, 0, 0, 1):
            return self.condition(1, paths), "boolean", "", ["-", "true", "false", "not(true)", "null"]
        listed = ""
        if self.pick(0, 0, 1):
            if path in self.inputs:
                listed = self.pick(*KINDS[self.inputs[path].kind].lists)
                self.inputs[path].columns.append(listed)
            else:
                named = next(one.named for one in self.results if one.path == path)
                listed = ",".join(named[: self.pick(1, 2, 3)])
        return path, self.type_of(path), listed, []

    def paths(self) -> list[str]:
        return [*self.inputs, *(one.path for one in self.results)]

    def requirements(self) -> str:
        return "".join(self.owners.values())

    def table(self, name: str, policy: str, aggregation: str, outputs: list[str], words: tuple[str, ...]) -> None:
        paths = self.paths()
        columns = [self.column(paths) for _ in range(self.draw(st.integers(0 if name == "T" else 1, 3)))]
        rules = []
        for _ in range(self.draw(st.integers(1, 5))):
            cells = [self.pick(*words_) if words_ else self.entry(text) for text, _, _, words_ in columns]
            for (text, _, _, words_), cell in zip(columns, cells, strict=True):
                if words_ and text in self.inputs:
                    self.inputs[text].tests.append(cell)
            rules.append((cells, [self.pick(*words) for _ in outputs]))
        heads = "".join(
            f'<input><inputExpression typeRef="{kind}"><text>{escape(text)}</text></inputExpression>'
            + (f"<inputValues><text>{escape(listed)}</text></inputValues>" if listed else "")
            + "</input>"
            for text, kind, listed, _ in columns
        )
        results = ""
        kind = "number" if aggregation else "string"
        for output in outputs:
            values = f"<outputValues><text>{','.join(words)}</text></outputValues>" if self.pick(0, 1, 1) else ""
            if policy in ("PRIORITY", "OUTPUT ORDER") and output == outputs[0]:
                values = f"<outputValues><text>{','.join(words)}</text></outputValues>"
            default = f"<defaultOutputEntry><text>{self.pick(*words)}</text></defaultOutputEntry>"
            results += (
                f'<output name="{output}" typeRef="{kind}">{values}{default if self.pick(0, 0, 1) else ""}</output>'
            )
        rows = "".join(
            f"<rule>{''.join(f'<inputEntry><text>{escape(one)}</text></inputEntry>' for one in cells)}"
            f"{''.join(f'<outputEntry><text>{escape(one)}</text></outputEntry>' for one in said)}</rule>"
            for cells, said in rules
        )
        extra = f' aggregation="{aggregation}"' if aggregation else ""
        logic = f'<decisionTable hitPolicy="{policy}"{extra}>{heads}{results}{rows}</decisionTable>'
        self.decision(name, self.result_type(name, policy, aggregation, outputs, words), logic)
        if policy in ("UNIQUE", "ANY", "FIRST", "PRIORITY") or aggregation in ("MIN", "MAX"):
            for output in outputs:
                path = name if len(outputs) == 1 else f"{name}.{output}"
                self.results.append(Result(path, kind, words, bool(aggregation)))

    def result_type(self, name: str, policy: str, aggregation: str, outputs: list[str], words: tuple[str, ...]) -> str:
        """Return a type for the result of a table that may exclude some of its outputs."""
        if name == "T" or (policy not in ("UNIQUE", "ANY", "FIRST", "PRIORITY") and not aggregation) or self.maybe():
            return "Any"
        kind = "number" if aggregation else "string"
        listed = f"<allowedValues><text>{','.join(words[:2])}</text></allowedValues>" if self.maybe() else ""
        single = f'<itemDefinition name="r{name}"><typeRef>{kind}</typeRef>{listed}</itemDefinition>'
        if len(outputs) > 1:
            parts = "".join(
                f'<itemComponent name="{one}"><typeRef>{kind}</typeRef>{listed}</itemComponent>' for one in outputs
            )
            single = f'<itemDefinition name="r{name}">{parts}</itemDefinition>'
        self.types.append(single)
        return f"r{name}"

    def expression(self, name: str) -> None:
        paths = self.paths()
        if self.maybe():
            result = Result(name, "boolean", ("true", "false"))
            text = self.condition(2, paths)
        else:
            result = Result(name, "string", ('"x"', '"y"', '"z"'))
            text = f'if {self.condition(1, paths)} then "x" else if {self.condition(1, paths)} then "y" else null'
        self.decision(name, "Any", f"<literalExpression><text>{escape(text)}</text></literalExpression>")
        self.results.append(result)

    def decision(self, name: str, kind: str, logic: str) -> None:
        variable = f'<variable name="{name}" typeRef="{kind}"/>'
        self.decisions.append(f'<decision id="{name}" name="{name}">{variable}{self.requirements()}{logic}</decision>')
        self.owners[name] = required("Decision", name)

    def xml(self) -> bytes:
        parts = "".join((*self.types, *self.data, *self.decisions))
        return f'<definitions xmlns="{NAMESPACE}" id="m" name="m" namespace="m">{parts}</definitions>'.encode()


def required(kind: str, name: str) -> str:
    return f'<informationRequirement><required{kind} href="#{name}"/></informationRequirement>'


POLICIES = ("UNIQUE", "ANY", "FIRST", "PRIORITY", "COLLECT", "RULE ORDER", "OUTPUT ORDER", "COLLECT MIN", "COLLECT MAX")
WORDS = ('"x"', '"y"', '"z"')


@st.composite
def drafts(draw: st.DrawFn, earlier: int = 2) -> Draft:
    """Draw a model whose last decision is the table `T`."""
    draft = Draft(draw)
    for name in ("p", "q")[: draft.pick(1, 2)]:
        draft.input(name)
    if draft.pick(0, 0, 1):
        draft.context("c")
    for number in range(draw(st.integers(0, earlier))):
        match draft.pick("table", "table", "several", "expression", "expression"):
            case "expression":
                draft.expression(f"E{number}")
            case "several":
                draft.table(f"U{number}", draft.pick(*POLICIES[:4]), "", ["one", "two"], WORDS)
            case _:
                policy, _, aggregation = draft.pick(*POLICIES[:4], *POLICIES[7:]).partition(" M")
                aggregation = f"M{aggregation}" if aggregation else ""
                words = ("1", "2", "3") if aggregation else WORDS
                draft.table(f"U{number}", policy, aggregation, ["out"], words)
    chosen = draft.pick(*POLICIES, "COLLECT SUM", "COLLECT COUNT")
    policy, _, aggregation = chosen.partition(" ") if chosen.startswith("COLLECT") else (chosen, "", "")
    outputs = ["one", "two"] if not aggregation and draft.pick(0, 0, 1) else ["out"]
    draft.table("T", policy, aggregation, outputs, ("1", "2", "3") if aggregation else WORDS)
    return draft
