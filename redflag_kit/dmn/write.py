"""Write a guideline as a DMN decision requirements graph.

Claim: the standard elements alone give every legal patient the outcomes of the guideline; see `docs/dmn.md`.
Not covered: unknown findings. DMN evaluates known values; what is assumed for unknown ones is only carried along.
"""

from collections.abc import Iterator

from redflag_kit.dmn.drg import Data, DecisionNode, Graph, InputNode, ItemType, Literal, SourceNode
from redflag_kit.dmn.feel_names import FeelNames, feel_names
from redflag_kit.dmn.feel_phrase import (
    Binding,
    NotInDmnError,
    Phrase,
    Phrases,
    decimal_text,
    denied,
    either,
    string_text,
)
from redflag_kit.dmn.write_tables import BOOLEAN, Desk, decision_nodes, helper_names, unwritten_node
from redflag_kit.model.condition import Always, Condition, Named, members
from redflag_kit.model.guideline import Guideline, Rule, Score
from redflag_kit.model.vocabulary import Comparison, Constraint, Finding, Grid, Kind, Output
from redflag_kit.terms.quantity import render
from redflag_kit.terms.scale import Status
from redflag_kit.wording.evidence import source_words

WRITTEN_STATUSES = (Status.SILENT.value, Status.GAP.value, Status.CONFLICT.value, Status.OUT_OF_SCOPE.value)


def graph_of(guideline: Guideline, carried: Data) -> Graph:
    """Return the graph of a guideline. Raises NotInDmnError, naming what DMN cannot say."""
    definitions = _definitions(guideline)
    constraints = (*guideline.vocabulary.constraints, *guideline.constraints)
    helpers = (*helper_names(guideline), *(f"constraint {one.id}" for one in constraints))
    names = feel_names(
        guideline.vocabulary.findings, guideline.outputs, [s.id for s in guideline.scores], definitions, helpers
    )
    phrases = Phrases(guideline, names)
    scope = None if guideline.scope == Always() else names.helpers["in scope"]
    decisions: list[DecisionNode] = []
    if scope:
        text = "whether the guideline speaks about this patient"
        decisions.append(_boolean(scope, "in scope", phrases.condition(guideline.scope), text))
    for name, meaning in definitions.items():
        decisions.append(
            _boolean(names.definitions[name], _spaced(name), phrases.condition(meaning), _title(guideline, name))
        )
    decisions += [_score(score, names, phrases) for score in guideline.scores]
    desk = Desk(guideline, phrases, _types_by_name(guideline, names), scope, lambda rule: _described(guideline, rule))
    for decision in guideline.decisions:
        decisions += decision_nodes(desk, decision)
    written = {output for decision in guideline.decisions for output in decision.outputs}
    decisions += [unwritten_node(desk, output) for output in guideline.outputs if output not in written]
    decisions += [_constraint(one, names, phrases) for one in constraints]
    read = {name for node in decisions for name in node.requires}
    findings = [one for one in guideline.vocabulary.findings.values() if names.findings[one.id] in read]
    cited = {key for node in decisions for key in node.sources}
    return Graph(
        id=guideline.id,
        name=guideline.name,
        description=_about(guideline),
        types=tuple(_item_types(guideline, names, findings)),
        inputs=tuple(
            InputNode(names.findings[one.id], _type_of(one, names), one.label, _asked(one)) for one in findings
        ),
        decisions=tuple(decisions),
        sources=tuple(_source(guideline, key) for key in guideline.sources if key in cited),
        carried=carried,
    )


def _definitions(guideline: Guideline) -> dict[str, Condition]:
    """Return the guideline's definitions and the derived findings that anything of it stands on."""
    found = dict(guideline.definitions)

    def follow(condition: Condition) -> None:
        if isinstance(condition, Named):
            found.setdefault(condition.name, condition.meaning)
        for part in members(condition):
            follow(part)

    for condition in list(_conditions(guideline)):
        follow(condition)
    return found


def _conditions(guideline: Guideline) -> Iterator[Condition]:
    yield guideline.scope
    yield from guideline.definitions.values()
    for score in guideline.scores:
        yield from (points.when for points in score.points)
    yield from (rule.when for rule in guideline.rules())
    for constraint in (*guideline.vocabulary.constraints, *guideline.constraints):
        if not isinstance(constraint, Comparison):
            yield from (constraint.when, constraint.then)


# ---------------------------------------------------------------- nodes


def _boolean(name: str, label: str, phrase: Phrase, description: str) -> DecisionNode:
    return DecisionNode(name, BOOLEAN, label, Literal(phrase.text), phrase.names, description=description)


def _score(score: Score, names: FeelNames, phrases: Phrases) -> DecisionNode:
    parts = [(phrases.condition(one.when), one.points) for one in score.points]
    text = ", ".join(f"if {phrase.text} then {points} else 0" for phrase, points in parts)
    requires = tuple(dict.fromkeys(name for phrase, _ in parts for name in phrase.names))
    bands = "; ".join(f"{band}: {low} to {high}" for band, low, high in score.bands)
    name = names.scores[score.id]
    return DecisionNode(name, "number", _spaced(score.id), Literal(f"sum([{text}])"), requires, score.question, bands)


def _constraint(one: Constraint, names: FeelNames, phrases: Phrases) -> DecisionNode:
    if isinstance(one, Comparison):
        phrase = _compared(one, names)
    else:
        phrase = either((denied(phrases.condition(one.when)), phrases.condition(one.then)))
    description = f"{one.title}. A patient for whom this is false cannot occur"
    return _boolean(names.helpers[f"constraint {one.id}"], f"constraint {one.id}", phrase, description)


def _compared(one: Comparison, names: FeelNames) -> Phrase:
    left, right = names.findings[one.left], names.findings[one.right]
    over, under = one.factor.numerator, one.factor.denominator
    left_text = left if under == 1 else f"{left} * {under}"
    right_text = right if over == 1 else f"{right} * {over}"
    return Phrase(f"{left_text} {'<' if one.strict else '<='} {right_text}", (left, right), Binding.COMPARISON)


def _source(guideline: Guideline, key: str) -> SourceNode:
    source = guideline.sources[key]
    location = source.url or (f"https://doi.org/{source.doi}" if source.doi else "")
    return SourceNode(key, source.title, f"{source_words(source)}. Read: {source.read.replace('_', ' ')}", location)


# ---------------------------------------------------------------- types


def _types_by_name(guideline: Guideline, names: FeelNames) -> dict[str, str]:
    findings = guideline.vocabulary.findings.values()
    types = {names.findings[one.id]: _type_of(one, names) for one in findings}
    types |= {name: f"t_{name}" for name in names.outputs.values()}
    types |= dict.fromkeys(names.scores.values(), "number")
    types |= dict.fromkeys((*names.definitions.values(), *names.helpers.values()), BOOLEAN)
    otherwise = (names.helpers[f"{decision.id} otherwise"] for decision in guideline.decisions)
    return types | dict.fromkeys(otherwise, "string")


def _type_of(finding: Finding, names: FeelNames) -> str:
    return BOOLEAN if finding.kind is Kind.YES_NO else f"t_{names.findings[finding.id]}"


def _item_types(guideline: Guideline, names: FeelNames, findings: list[Finding]) -> Iterator[ItemType]:
    for finding in findings:
        name = f"t_{names.findings[finding.id]}"
        if finding.grid:
            yield ItemType(name, "number", _allowed(finding, finding.grid), description=_grid_words(finding))
        elif finding.kind is Kind.CHOICE:
            yield ItemType(name, "string", ", ".join(map(string_text, finding.words)))
    for output in guideline.outputs.values():
        name = f"t_{names.outputs[output.id]}"
        values = ", ".join(string_text(value) for value in (*_values(output), *WRITTEN_STATUSES))
        if output.scale:
            yield ItemType(name, "string", values, description="levels, least urgent first, then statuses")
        else:
            yield ItemType(f"{name}_element", "string", values, description="elements, then statuses")
            text = "a set: order and repetition mean nothing; a status stands alone"
            yield ItemType(name, f"{name}_element", is_list=True, description=text)


def _values(output: Output) -> tuple[str, ...]:
    return output.scale.levels if output.scale else output.elements


def _allowed(finding: Finding, grid: Grid) -> str:
    if any("/" in render(number) for number in (grid.low, grid.high, grid.step)):
        raise NotInDmnError(f"the values of finding {finding.id} are no finite decimals, and DMN has no others")
    return f"[{decimal_text(grid.low)}..{decimal_text(grid.high)}]"


def _grid_words(finding: Finding) -> str:
    assert finding.grid is not None
    unit = "a plain number" if finding.unit == "1" else f"in {finding.unit}"
    return f"{unit}, in steps of {render(finding.grid.step)} from {render(finding.grid.low)}"


# ---------------------------------------------------------------- words


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def _title(guideline: Guideline, name: str) -> str:
    derived = guideline.vocabulary.derived.get(name)
    return derived.title if derived else ""


def _asked(finding: Finding) -> str:
    return f"{finding.ask} ({_grid_words(finding)})" if finding.grid else finding.ask


def _about(guideline: Guideline) -> str:
    known = [f"{guideline.title}. {guideline.publisher}, {guideline.published}, {guideline.status}."]
    known.append(f"Intended use: {guideline.intended_use}.")
    parameters = (
        f"{one.id} = {render(one.value)} {one.unit} ({one.cite}, {one.evidence})"
        for one in guideline.parameters.values()
    )
    if listed := "; ".join(parameters):
        known.append(f"Parameters: {listed}.")
    return " ".join(known)


def _described(guideline: Guideline, rule: Rule) -> str:
    """Return a rule's title, what it rests on, and how its source was read."""
    parts = [f"{rule.id}: {rule.title}"]
    parts += [
        " ".join(word for word in (one.cite, one.row, f"({one.status}, {one.strength}, {one.certainty})") if word)
        for one in rule.evidence
    ]
    parts += [f"{name}: {guideline.assumptions[name].text}" for name in rule.assumptions]
    return ". ".join(part.rstrip(".") for part in (*parts, rule.note) if part)
