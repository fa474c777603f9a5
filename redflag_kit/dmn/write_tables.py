"""Decision tables of a guideline as DMN tables that any engine evaluates alike: total, and with S-FEEL cells only.

Claim: on every legal patient the node of an output has the value that the guideline writes, statuses included.
Method: ordered outputs become FIRST tables, rules sorted by what the hit policy lets win; sets become COLLECT tables.
Which rule wins is fixed beforehand, for a rule always writes the same level. A condition stands in one place: in the
row where the decision has one output, else in a boolean decision of its own, which the rows of all its outputs read.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from redflag_kit.compile.compiler import guard_order, suppressors
from redflag_kit.dmn.drg import Column, DecisionNode, Literal, TableLogic, TableRow
from redflag_kit.dmn.feel_phrase import ANY_VALUE, Phrase, Phrases, both, counted, denied, either, string_text
from redflag_kit.model.condition import All, Always, Condition
from redflag_kit.model.guideline import Decision, Guideline, HitPolicy, Rule
from redflag_kit.model.vocabulary import Combine, Output
from redflag_kit.terms.scale import Status

BOOLEAN = "boolean"
NO_ROW_NEEDED = "a rule applies"
"""The value of an `otherwise` table where a rule of the decision applies."""

Tests = dict[str, str]
"""Unary tests by the name they read."""


@dataclass(frozen=True, slots=True)
class _Row:
    tests: Tests
    output: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """What is needed to write the decisions of a guideline: phrases, types by name, the name of the scope if any."""

    guideline: Guideline
    phrases: Phrases
    types: Mapping[str, str]
    scope: str | None
    describe: Callable[[Rule], str]

    def helper(self, said: str) -> str:
        """Return the name of a helper decision by what it says."""
        return self.phrases.names.helpers[said]

    def output(self, name: str) -> Output:
        """Return a declared output."""
        return self.guideline.outputs[name]


def helper_names(guideline: Guideline) -> tuple[str, ...]:
    """Return what the helper decisions of a guideline may say, for their names."""
    found = ["in scope"]
    for decision in guideline.decisions:
        for rule in (*decision.rules, *(decision.otherwise or ())):
            found += [f"applies {rule.id}", f"when {rule.id}"]
        found += [f"{decision.id} rule applies", f"{decision.id} rules conflict", f"{decision.id} otherwise"]
        found += [f"{output} conflict" for output in decision.outputs]
    return tuple(found)


def decision_nodes(desk: Desk, decision: Decision) -> tuple[DecisionNode, ...]:
    """Return the nodes of one decision: helpers first, then one per output."""
    if _stands_in_one_table(desk, decision):
        return _in_one_table(desk, decision)
    nodes = [_applies(desk, decision, rule) for rule in decision.rules]
    nodes += _otherwise(desk, decision)
    for output in decision.outputs:
        nodes += _conflict(desk, decision, output)
        nodes.append(_output_table(desk, decision, output))
    return tuple(nodes)


def unwritten_node(desk: Desk, name: str) -> DecisionNode:
    """Return the node of an output that no decision writes: silent, or out of scope."""
    output = desk.output(name)
    rows = [*_scope_rows(desk, output), _Row({}, _value(output, (Status.SILENT.value,)), "no decision writes it")]
    node = desk.phrases.names.outputs[name]
    return _table(desk, node, desk.types[node], output.label, HitPolicy.FIRST, rows, "", ())


# ---------------------------------------------------------------- one output, one table


def _stands_in_one_table(desk: Desk, decision: Decision) -> bool:
    if len(decision.outputs) != 1 or decision.hit_policy in (HitPolicy.UNIQUE, HitPolicy.ANY):
        return False
    return desk.output(decision.outputs[0]).scale is not None or decision.hit_policy is HitPolicy.FIRST


def _in_one_table(desk: Desk, decision: Decision) -> tuple[DecisionNode, ...]:
    output = desk.output(decision.outputs[0])
    before = {rule.id: suppressors(rule, decision.rules) for rule in decision.rules}
    named = frozenset().union(*before.values())
    nodes = [_applies(desk, decision, rule) for rule in decision.rules if rule.id in named]
    rows = _scope_rows(desk, output)
    for rule in _by_precedence(desk, decision):
        if rule.id in named:
            tests = {desk.helper(f"applies {rule.id}"): "true"}
        else:
            tests, helpers = _tests(desk, rule)
            nodes += helpers
            tests |= {desk.helper(f"applies {one}"): "false" for one in sorted(before[rule.id])}
        rows.append(_Row(tests, _written(rule, output), desk.describe(rule)))
    for rule in decision.otherwise or ():
        tests, helpers = _tests(desk, rule)
        nodes += helpers
        rows.append(_Row(tests, _written(rule, output), desk.describe(rule)))
    rows.append(_Row({}, _value(output, (Status.GAP.value,)), "no rule applies, and none was declared for that case"))
    return (*nodes, _first_table(desk, decision, output, rows))


def _tests(desk: Desk, rule: Rule) -> tuple[Tests, list[DecisionNode]]:
    """Return a rule's condition as unary tests; what is no plain test goes into a helper decision."""
    tests: Tests = {}
    rest: list[Condition] = []
    for part in _conjuncts(rule.when):
        cell = desk.phrases.cell(part)
        if cell is None or cell[0] in tests:
            rest.append(part)
        elif cell[1] != ANY_VALUE:
            tests[cell[0]] = cell[1]
    if not rest:
        return tests, []
    name = desk.helper(f"when {rule.id}")
    phrase = both(desk.phrases.condition(part) for part in rest)
    return {**tests, name: "true"}, [_literal(name, f"when {rule.id}", phrase, f"part of the condition of {rule.id}")]


def _conjuncts(condition: Condition) -> tuple[Condition, ...]:
    match condition:
        case All(parts):
            return tuple(one for part in parts for one in _conjuncts(part))
        case Always():
            return ()
        case _:
            return (condition,)


def _by_precedence(desk: Desk, decision: Decision) -> tuple[Rule, ...]:
    """Return the rules in the order in which the first that applies wins."""
    if decision.hit_policy is HitPolicy.FIRST:
        return decision.rules
    outputs = [desk.output(name) for name in decision.outputs]
    return tuple(sorted(decision.rules, key=lambda rule: [_rank(rule, one) for one in outputs]))


def _rank(rule: Rule, output: Output) -> int:
    """Return the position of what a rule writes, 0 for what wins; writing nothing comes last."""
    levels = _winning_first(output)
    written = rule.writes(output.id)
    return levels.index(written[0]) if written else len(levels)


def _winning_first(output: Output) -> tuple[str, ...]:
    levels = output.scale.levels if output.scale else ()
    return levels if output.combine is Combine.LOWEST else levels[::-1]


# ---------------------------------------------------------------- several outputs


def _applies(desk: Desk, decision: Decision, rule: Rule) -> DecisionNode:
    """Return whether a rule fires: its condition holds, and no rule that suppresses it fires."""
    order = [one for one in guard_order(decision.rules) if one in suppressors(rule, decision.rules)]
    guards = [denied(_boolean(desk, f"applies {one}")) for one in order]
    phrase = both((desk.phrases.condition(rule.when), *guards))
    return _literal(desk.helper(f"applies {rule.id}"), f"{rule.id} applies", phrase, desk.describe(rule), _cited(rule))


def _boolean(desk: Desk, said: str) -> Phrase:
    name = desk.helper(said)
    return Phrase(name, (name,))


def _otherwise(desk: Desk, decision: Decision) -> list[DecisionNode]:
    """Return which `otherwise` rule applies, unless that is silence for everybody."""
    rules = decision.otherwise or ()
    if rules and not rules[0].then and rules[0].when == Always():
        return []
    some = f"{decision.id} rule applies"
    phrase = either(_boolean(desk, f"applies {rule.id}") for rule in decision.rules)
    nodes = [_literal(desk.helper(some), f"a rule of {decision.id} applies", phrase)]
    rows = [_Row({desk.helper(some): "true"}, string_text(NO_ROW_NEEDED))]
    for rule in rules:
        tests, helpers = _tests(desk, rule)
        nodes += helpers
        rows.append(_Row(tests, string_text(rule.id), desk.describe(rule)))
    rows.append(_Row({}, string_text(Status.GAP.value), "no rule applies, and none was declared for that case"))
    name = desk.helper(f"{decision.id} otherwise")
    label = f"{decision.id}: what holds when no rule applies"
    nodes.append(_table(desk, name, "string", label, HitPolicy.FIRST, rows, "", _sources(rules)))
    return nodes


def _conflict(desk: Desk, decision: Decision, output: str) -> list[DecisionNode]:
    """Return whether rules that fire together contradict each other, where the hit policy makes that a fault."""
    if decision.hit_policy is HitPolicy.UNIQUE and output == decision.outputs[0] and len(decision.rules) > 1:
        firing = tuple(_boolean(desk, f"applies {rule.id}") for rule in decision.rules)
        said = f"{decision.id} rules conflict"
        return [_literal(desk.helper(said), f"several rules of {decision.id} apply", counted(firing, "> 1"))]
    if decision.hit_policy is not HitPolicy.ANY:
        return []
    groups: dict[tuple[str, ...], list[Phrase]] = {}
    for rule in decision.rules:
        groups.setdefault(tuple(sorted(rule.writes(output))), []).append(_boolean(desk, f"applies {rule.id}"))
    if len(groups) == 1:
        return []
    phrase = counted(tuple(either(group) for group in groups.values()), "> 1")
    return [_literal(desk.helper(f"{output} conflict"), f"rules disagree on {output}", phrase)]


def _conflict_name(desk: Desk, decision: Decision, output: str) -> str | None:
    if decision.hit_policy is HitPolicy.UNIQUE and len(decision.rules) > 1:
        return desk.helper(f"{decision.id} rules conflict")
    if decision.hit_policy is HitPolicy.ANY and len({tuple(sorted(r.writes(output))) for r in decision.rules}) > 1:
        return desk.helper(f"{output} conflict")
    return None


def _output_table(desk: Desk, decision: Decision, name: str) -> DecisionNode:
    output = desk.output(name)
    if output.scale is None and decision.hit_policy is HitPolicy.COLLECT:
        return _collected_set(desk, decision, output)
    rows = _scope_rows(desk, output)
    if conflict := _conflict_name(desk, decision, name):
        rows.append(_Row({conflict: "true"}, _value(output, (Status.CONFLICT.value,)), "rules contradict each other"))
    silent_too = decision.hit_policy in (HitPolicy.FIRST, HitPolicy.PRIORITY)
    for rule in _writing_first(desk, decision, output):
        if rule.writes(name) or silent_too:
            rows.append(_Row({desk.helper(f"applies {rule.id}"): "true"}, _written(rule, output), rule.title))
    rows += _otherwise_rows(desk, decision, output)
    rows.append(_Row({}, _value(output, (Status.SILENT.value,))))
    return _first_table(desk, decision, output, rows)


def _writing_first(desk: Desk, decision: Decision, output: Output) -> tuple[Rule, ...]:
    if decision.hit_policy is HitPolicy.COLLECT:
        return tuple(sorted(decision.rules, key=lambda rule: _rank(rule, output)))
    return _by_precedence(desk, decision) if decision.hit_policy is HitPolicy.PRIORITY else decision.rules


def _otherwise_rows(desk: Desk, decision: Decision, output: Output) -> list[_Row]:
    rules = decision.otherwise or ()
    if rules and not rules[0].then and rules[0].when == Always():
        return []
    name = desk.helper(f"{decision.id} otherwise")
    rows = [
        _Row({name: string_text(rule.id)}, _written(rule, output), rule.title)
        for rule in rules
        if rule.writes(output.id)
    ]
    if not any(rule.when == Always() for rule in rules):
        rows.append(_Row({name: string_text(Status.GAP.value)}, _value(output, (Status.GAP.value,))))
    return rows


def _collected_set(desk: Desk, decision: Decision, output: Output) -> DecisionNode:
    """Return the union of what the rules add, one row per element, and a row of silence where nothing is added."""
    inside: Tests = {desk.scope: "true"} if desk.scope else {}
    rows = [_Row({desk.scope: "false"}, string_text(Status.OUT_OF_SCOPE.value))] if desk.scope else []
    adding: Tests = {}
    for rule in decision.rules:
        for element in rule.writes(output.id):
            tests = {desk.helper(f"applies {rule.id}"): "true"}
            rows.append(_Row({**inside, **tests}, string_text(element), rule.title))
            adding |= tests
    nothing: Tests = {**inside, **dict.fromkeys(adding, "false")}
    said = []
    for rule in decision.otherwise or ():
        for element in rule.writes(output.id):
            tests = {desk.helper(f"{decision.id} otherwise"): string_text(rule.id)}
            rows.append(_Row({**inside, **tests}, string_text(element), rule.title))
            said.append(string_text(rule.id))
    gap = [row for row in _otherwise_rows(desk, decision, output) if row.output == _value(output, (Status.GAP.value,))]
    if gap:
        rows.append(_Row({**inside, **gap[0].tests}, string_text(Status.GAP.value)))
        said.append(string_text(Status.GAP.value))
    if said:
        nothing[desk.helper(f"{decision.id} otherwise")] = f"not({', '.join(dict.fromkeys(said))})"
    rows.append(_Row(nothing, string_text(Status.SILENT.value), "nothing is said"))
    name = desk.phrases.names.outputs[output.id]
    sources = _sources((*decision.rules, *(decision.otherwise or ())))
    return _table(desk, name, desk.types[name], output.label, HitPolicy.COLLECT, rows, decision.question, sources)


# ---------------------------------------------------------------- nodes


def _scope_rows(desk: Desk, output: Output) -> list[_Row]:
    if desk.scope is None:
        return []
    return [_Row({desk.scope: "false"}, _value(output, (Status.OUT_OF_SCOPE.value,)), "outside the guideline's scope")]


def _written(rule: Rule, output: Output) -> str:
    return _value(output, rule.writes(output.id) or (Status.SILENT.value,))


def _value(output: Output, values: tuple[str, ...]) -> str:
    """Write the value of an output: a level or status as text, a set as a list."""
    if output.scale:
        return string_text(values[0])
    return f"[{', '.join(string_text(value) for value in sorted(values))}]"


def _first_table(desk: Desk, decision: Decision, output: Output, rows: list[_Row]) -> DecisionNode:
    name = desk.phrases.names.outputs[output.id]
    sources = _sources((*decision.rules, *(decision.otherwise or ())))
    return _table(desk, name, desk.types[name], output.label, HitPolicy.FIRST, rows, decision.question, sources)


def _table(
    desk: Desk,
    name: str,
    kind: str,
    label: str,
    policy: HitPolicy,
    rows: Iterable[_Row],
    question: str,
    sources: tuple[str, ...],
) -> DecisionNode:
    reached = _reached(list(rows)) if policy is HitPolicy.FIRST else list(rows)
    columns = tuple(dict.fromkeys(column for row in reached for column in row.tests))
    if not columns:
        text = reached[0].output if policy is HitPolicy.FIRST else f"[{reached[0].output}]"
        return DecisionNode(name, kind, label, Literal(text), (), question, reached[0].remark, sources)
    listed = f"{kind}_element" if policy is HitPolicy.COLLECT else kind
    logic = TableLogic(
        policy.value,
        tuple(Column(column, desk.types[column]) for column in columns),
        listed,
        tuple(dict.fromkeys(row.output for row in reached if not row.output.startswith("["))),
        tuple(TableRow(tuple(row.tests.get(c, ANY_VALUE) for c in columns), row.output, row.remark) for row in reached),
    )
    return DecisionNode(name, kind, label, logic, columns, question, sources=sources)


def _reached(rows: list[_Row]) -> list[_Row]:
    """Return the rows up to the first that everybody satisfies, the last ones merged if they say the same."""
    end = next(position for position, row in enumerate(rows) if not row.tests)
    kept = rows[: end + 1]
    while len(kept) > 1 and kept[-2].output == kept[-1].output and not kept[-2].remark:
        del kept[-2]
    return kept


def _literal(
    name: str, label: str, phrase: Phrase, description: str = "", sources: tuple[str, ...] = ()
) -> DecisionNode:
    return DecisionNode(
        name, BOOLEAN, label, Literal(phrase.text), phrase.names, description=description, sources=sources
    )


def _cited(rule: Rule) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.cite for one in rule.evidence))


def _sources(rules: Iterable[Rule]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cite for rule in rules for cite in _cited(rule)))
