"""Generated guidelines as the documents that an author would write; numbers are said on the grid of their finding."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from redflag_kit.compile.compiler import on_grid
from redflag_kit.model.condition import (
    All,
    Always,
    Any,
    AtLeast,
    Condition,
    Named,
    Not,
    NumberTest,
    OutputTest,
    Range,
    ScoreTest,
    Value,
    WordTest,
)
from redflag_kit.model.guideline import Decision, Guideline, Rule, Score
from redflag_kit.model.vocabulary import Assume, Combine, Comparison, Constraint, Finding, Output, Vocabulary
from redflag_kit.source.dump import Data
from redflag_kit.terms.quantity import render
from redflag_kit.terms.scale import Scale

NEVER: Data = {"not": "always"}
EVIDENCE: Data = [{"cite": "S", "status": "opinion"}]


class NotWritableError(Exception):
    """A generated guideline has something that no author can write."""


def documents(guideline: Guideline) -> dict[str, dict[str, Data]]:
    """Return the vocabulary, the guideline and the bibliography. Raises NotWritableError."""
    source: Data = {"type": "book", "title": "Source", "read": "table"}
    return {
        "vocabulary": _vocabulary(guideline.vocabulary),
        "guideline": _guideline(guideline),
        "sources": {"schema": "redflag/sources/1", "sources": {"S": source}},
    }


def _vocabulary(words: Vocabulary) -> dict[str, Data]:
    scales = {one.scale.id: one.scale for one in words.outputs.values() if one.scale}
    return {
        "schema": "redflag/vocabulary/1",
        "id": words.id,
        "version": words.version,
        "findings": {one.id: _finding(one) for one in words.findings.values()},
        "constraints": [_constraint(one, words) for one in words.constraints],
        "scales": {one.id: _scale(one) for one in scales.values()},
        "outputs": {one.id: _output(one) for one in words.outputs.values()},
    }


def _guideline(guideline: Guideline) -> dict[str, Data]:
    words = guideline.vocabulary
    local = [one for one in guideline.outputs.values() if one.id not in words.outputs]
    plain = {name: one.assume for name, one in words.findings.items() if one.assume}
    policies: dict[str, Data] = {}
    for name in words.findings:
        own = guideline.assume.get(name)
        if own != plain.get(name):
            policies[name] = "ask" if own is None else _assume(own)
    decisions: list[Data] = [_score(one, words) for one in guideline.scores]
    return {
        "schema": "redflag/guideline/1",
        "id": guideline.id,
        "version": guideline.version.text,
        "title": guideline.title,
        "publisher": guideline.publisher,
        "published": guideline.published,
        "status": guideline.status,
        "intended_use": guideline.intended_use,
        "vocabulary": words.id,
        "covers": list(guideline.covers),
        "scope": condition(guideline.scope, words),
        "definitions": {name: condition(one, words) for name, one in guideline.definitions.items()},
        "on_unknown": policies,
        "constraints": [_constraint(one, words) for one in guideline.constraints],
        "outputs": {one.id: _output(one) for one in local},
        "decisions": [*decisions, *(_decision(one, guideline) for one in guideline.decisions)],
    }


def _finding(one: Finding) -> Data:
    entry: dict[str, Data] = {"type": one.kind.value, "ask": one.ask, "example": _value(one.example)}
    if one.grid is not None:
        _number(render(one.grid.step))
        entry |= {"range": f"{render(one.grid.low)} to {render(one.grid.high)}"}
        entry |= {"step": _number(render(one.grid.step))} if one.kind.value == "number" else {}
    if one.kind.value == "choice":
        entry["values"] = list(one.words)
    if one.clean is not None:
        entry["clean"] = _value(one.clean)
    if one.assume is not None:
        entry["on_unknown"] = _assume(one.assume)
    return entry


def _number(text: str) -> Data:
    if "/" in text:
        raise NotWritableError
    return Decimal(text) if "." in text else int(text)


def _value(value: Value) -> Data:
    return value if isinstance(value, str) else _number(render(value))


def _assume(one: Assume) -> Data:
    return {"assume": _value(one.value), "reason": one.reason, "evidence": one.evidence}


def _scale(one: Scale) -> Data:
    entry: dict[str, Data] = {"levels": _texts(one.levels)}
    return entry | ({"against": one.against} if one.against else {})


def _output(one: Output) -> Data:
    if one.scale is None:
        return {"set": list(one.elements)}
    entry: dict[str, Data] = {"scale": one.scale.id}
    entry |= {"combine": "lowest"} if one.combine is Combine.LOWEST else {}
    if one.satisfied_by:
        entry["satisfied_by"] = list(one.satisfied_by)
    return entry


def _constraint(one: Constraint, words: Vocabulary) -> Data:
    if isinstance(one, Comparison):
        if one.factor != 1:
            raise NotWritableError
        return {
            "id": one.id,
            "title": one.title,
            "compare": [one.left, "below" if one.strict else "at_most", one.right],
        }
    return {"id": one.id, "title": one.title, "if": condition(one.when, words), "then": condition(one.then, words)}


def _score(one: Score, words: Vocabulary) -> Data:
    points: list[Data] = [{"when": condition(p.when, words), "points": p.points} for p in one.points]
    return {"id": one.id, "question": one.question, "score": {"points": points}}


def _decision(one: Decision, guideline: Guideline) -> Data:
    entry: dict[str, Data] = {
        "id": one.id,
        "question": one.question,
        "hit_policy": one.hit_policy.value,
        "outputs": list(one.outputs),
        "rules": [_rule(rule, guideline) for rule in one.rules],
    }
    if one.otherwise:
        entry["otherwise"] = [_rule(rule, guideline) for rule in one.otherwise]
    return entry


def _rule(one: Rule, guideline: Guideline) -> Data:
    entry: dict[str, Data] = {"id": one.id, "title": one.title, "when": condition(one.when, guideline.vocabulary)}
    then: dict[str, Data] = {}
    for assigned in one.then:
        ordered = guideline.outputs[assigned.output].scale is not None
        then[assigned.output] = assigned.values[0] if ordered else list(assigned.values)
    entry |= {"then": then or "silent", "evidence": EVIDENCE}
    entry |= {"unless": list(one.unless)} if one.unless else {}
    return entry | ({"overrides": list(one.overrides)} if one.overrides else {})


def condition(one: Condition, words: Vocabulary) -> Data:
    """Return a condition as an author would write it."""
    match one:
        case WordTest(finding, accepted):
            return {finding: _texts(sorted(accepted))} if accepted else NEVER
        case NumberTest(finding, ranges, negated):
            grid = words.findings[finding].grid
            assert grid is not None
            intervals = on_grid(ranges, grid, negated)
            return {finding: [f"{render(i.low)} to {render(i.high)}" for i in intervals]} if intervals else NEVER
        case ScoreTest(score, ranges, negated):
            test: Data = {score: [_sums(one) for one in ranges]}
            return {"not": test} if negated else test
        case OutputTest(output, values):
            return {output: _texts(sorted(values))}
        case Always():
            return "always"
        case All(parts):
            return {"all": _conditions(parts, words)}
        case Any(parts):
            return {"any": _conditions(parts, words)}
        case AtLeast(n, parts):
            return {"at_least": {"n": n, "of": _conditions(parts, words)}}
        case Not(part):
            return {"not": condition(part, words)}
        case Named(name):
            return name


def _sums(one: Range) -> str:
    if one.low is None or one.high is None:
        end = one.high if one.low is None else one.low
        assert end is not None
        words = ("at_most", "below", one.high_included) if one.low is None else ("at_least", "above", one.low_included)
        return f"{words[0] if words[2] else words[1]} {render(end)}"
    start, stop = "[" if one.low_included else "(", "]" if one.high_included else ")"
    return f"{start}{render(one.low)}..{render(one.high)}{stop}"


def _texts(words: Iterable[str]) -> list[Data]:
    return list(words)


def _conditions(parts: Iterable[Condition], words: Vocabulary) -> list[Data]:
    return [condition(part, words) for part in parts]
