"""Compares what is found in the models of another analyser's tests with what those tests expect, and with the truth.

    python -m tests.dmn.kie tests/data/kie_analysis > docs/dmn-kie.md

The truth is got by trying one value of every kind in every column on the DMN evaluator, which knows no regions. Gaps
and overlaps are compared as sets of such values, however they are cut into boxes.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, TypeAlias

from redflag_kit.analyse.fault import kind_of
from redflag_kit.compile.cuts import cut
from redflag_kit.diagnostics.codes import Severity
from redflag_kit.dmn.evaluate import evaluate_columns
from redflag_kit.dmn.feel.evaluate import constant
from redflag_kit.dmn.feel.temporal_text import parse_date, parse_duration
from redflag_kit.dmn.feel.values import Value, feel_text
from redflag_kit.dmn.findings import TableFault, analyse_model, tables_of
from redflag_kit.dmn.line import Line
from redflag_kit.dmn.lower import Lowered, lower
from redflag_kit.dmn.model import Decision, DecisionTable, Model
from redflag_kit.dmn.paths import path_text
from redflag_kit.dmn.read import Reading, read_dmn
from redflag_kit.logic.budget import Budget

Tried: TypeAlias = tuple[int, ...]
"""One piece of every column, by number."""


@dataclass(frozen=True)
class Row:
    """One line of the table: what is expected, whether it is reproduced, and why not."""

    test: str
    question: str
    expected: str
    verdict: str
    why: str = ""


def rows(folder: Path) -> Iterator[Row]:
    """Yield a line for everything that the tests expect."""
    for test in json.loads((folder / "expected.json").read_text("utf-8")):
        reading = _read(folder / "dmn", test["files"])
        for table in test["tables"]:
            expected = test["expected"][table]
            yield from _judged(test, table, expected, reading)


def _read(folder: Path, files: list[str]) -> dict[str, Reading]:
    data = {name: (folder / name).read_bytes() for name in files}
    return {name: read_dmn(data[name], name, {k: v for k, v in data.items() if k != name}) for name in files}


def _judged(test: dict[str, Any], table: str, expected: dict[str, Any], readings: dict[str, Reading]) -> Iterator[Row]:
    name = test["test"]
    found = next(
        (
            (reading, decision)
            for reading in readings.values()
            for decision in (tables_of(reading.model) if reading.model else ())
            if decision.table is not None and decision.table.id == table and decision.usable
        ),
        None,
    )
    errors = [
        one for reading in readings.values() for one in reading.diagnostics if one.code.severity is Severity.ERROR
    ]
    if expected.get("error"):
        yield Row(name, "refused", "an error", "same" if errors else "differs", "; ".join(o.message for o in errors))
        return
    if found is None:
        why = "; ".join(dict.fromkeys(one.message for one in errors)) or "the table was not read"
        yield Row(name, "analysed", ", ".join(f"{k} {v}" for k, v in expected.items()), "refused", why)
        return
    reading, decision = found
    assert reading.model is not None
    assert decision.table is not None
    yield from _Compared(name, reading.model, decision, decision.table, test).rows(expected)


class _Compared:
    """One table: its faults, and its columns as pieces."""

    def __init__(self, name: str, model: Model, decision: Decision, table: DecisionTable, test: dict[str, Any]) -> None:
        self.name, self.model, self.decision, self.table, self.test = name, model, decision, table, test
        budget = Budget()
        self.faults = [o for o in analyse_model(model, budget, budget.start())[0] if o.decision.id == decision.id]
        self.lowered: Lowered = lower(model, decision)
        self.paths = [path_text(c.expression.expression) for c in table.inputs if c.expression.expression is not None]
        self.matched = dict(self._matched())

    def _matched(self) -> Iterator[tuple[Tried, frozenset[int]]]:
        sizes = [range(len(self.lowered.readings[path].domain.pieces)) for path in self.paths]
        for tried in product(*sizes):
            found = evaluate_columns(self.table, self.values(tried))
            yield tried, frozenset(found.matched)

    def values(self, tried: Tried) -> list[Value]:
        pairs = zip(self.paths, tried, strict=True)
        return [self.lowered.readings[path].domain.pieces[at].value for path, at in pairs]

    def rows(self, expected: dict[str, Any]) -> Iterator[Row]:
        if "gaps" in expected:
            boxes = self.test.get("gap_boxes", [])
            theirs = {one for one in self.matched if any(self.inside(box, one) for box in boxes)}
            truth = {one for one, rules in self.matched.items() if not rules}
            ours = self.region([one for one in self.faults if kind_of(one.fault.code) == "gap"])
            yield self.row("gaps", f"{expected['gaps']} boxes", theirs, truth, ours)
        if expected.get("overlaps"):
            yield from self.overlaps()
        elif "overlaps" in expected:
            kinds = ("overlap", "conflict", "partly-masked", "masked")
            ours = self.region([one for one in self.faults if kind_of(one.fault.code) in kinds])
            truth = {one for one, rules in self.matched.items() if len(rules) > 1}
            yield self.row("overlaps", "none", set(), truth, ours)
        yield from self.masked()
        yield from self.counted(expected)

    def overlaps(self) -> Iterator[Row]:
        for one in self.test.get("overlap_boxes", []):
            pair = frozenset(one["rules"])
            theirs = {tried for tried in self.matched if self.inside(one["box"], tried)}
            truth = {tried for tried, rules in self.matched.items() if pair <= rules}
            # A set of rules, or a rule with several that win over it, is told with the region of them all.
            told = self.region([f for f in self.faults if pair <= {*f.rules, *f.others} and f.fault.where])
            said = f"rules {' and '.join(map(str, sorted(pair)))}"
            yield self.row("overlap", said, theirs, truth, told & truth)

    def masked(self) -> Iterator[Row]:
        # A rule that is "misleading" over another one wins over it for some values.
        pairs = [("masked", rule, by) for rule, by in self.test.get("MaskedRule", [])]
        pairs += [("partly-masked", rule, by) for by, rule in self.test.get("MisleadingRule", [])]
        for kind, rule, by in pairs:
            told = [f for f in self.faults if kind_of(f.fault.code) == kind and f.rules == (rule,) and by in f.others]
            yield Row(self.name, kind, f"rule {rule} by rule {by}", "same" if told else "differs")

    def counted(self, expected: dict[str, Any]) -> Iterator[Row]:
        """Compare advice on style, which each analyser words in its own way: what matters is that there is some."""
        wanted = {
            "duplicates": ("duplicate",),
            "contractions": ("mergeable",),
            "nf1": ("duplicate", "redundant", "mergeable"),
            "nf2": ("mergeable", "irrelevant"),
        }
        for key, kinds in wanted.items():
            if key in expected:
                told = [one for one in self.faults if kind_of(one.fault.code) in kinds]
                said = "; ".join(f"{kind_of(o.fault.code)} {_rules(o)}" for o in told) or self.repetitions()
                yield Row(self.name, key, str(expected[key]), "told" if told else "differs", said)

    def repetitions(self) -> str:
        """Say that no rule repeats another one, if that is so."""
        entries = [
            (tuple(cell.text for cell in rule.inputs), tuple(entry.text for entry in rule.outputs))
            for rule in self.table.rules
        ]
        differ = len(set(entries)) == len(entries)
        return "no two rules have the same conditions and the same outputs" if differ else ""

    def row(self, question: str, expected: str, theirs: set[Tried], truth: set[Tried], ours: set[Tried]) -> Row:
        assert ours == truth, f"{self.name}: {question}: our region is not the truth"
        if theirs == truth:
            return Row(self.name, question, expected, "same")
        wrong = sorted(theirs ^ truth)[0]
        values = ", ".join(
            f"{path} = {feel_text(value)}" for path, value in zip(self.paths, self.values(wrong), strict=True)
        )
        rules = sorted(self.matched[wrong])
        shown = f"rules {', '.join(map(str, rules))} match" if rules else "no rule matches"
        return Row(self.name, question, expected, "differs", f"{values}: {shown}")

    def region(self, faults: list[TableFault]) -> set[Tried]:
        atoms = cut((self.lowered.compiled,))
        found: set[Tried] = set()
        for one in faults:
            assert one.fault.where is not None
            for cube in one.fault.where.cubes:
                allowed = [
                    {at for i in atoms.entry(p, cube[p]).intervals for at in range(int(i.low), int(i.high) + 1)}
                    if p in cube
                    else set(range(len(self.lowered.readings[p].domain.pieces)))
                    for p in self.paths
                ]
                found |= set(product(*allowed))
        return found

    def inside(self, box: dict[str, Any], tried: Tried) -> bool:
        pairs = zip(box["intervals"], self.values(tried), strict=False)
        return all(self.between(at, interval, value) for at, (interval, value) in enumerate(pairs))

    def between(self, at: int, interval: list[Any], value: Value) -> bool:
        low, low_kind, high, high_kind = interval
        position = self.position(at, value)
        if position is None:
            return False
        above = low == "-inf" or _ordered(self.position(at, _value(low)), position, low_kind)
        return above and (high == "+inf" or _ordered(position, self.position(at, _value(high)), high_kind))

    def position(self, at: int, value: Value) -> Any:
        """Return where a value stands in the order in which the analyser puts the values of a column."""
        if isinstance(value, bool):
            return int(value)
        if isinstance(value, str):
            listed = [constant(one) for tests in self.listed(at) for one in tests]
            order = sorted(str(one[0]) for one in listed if one is not None)
            return order.index(value) if value in order else None
        reading = self.lowered.readings[self.paths[at]]
        line = reading.domain.line
        return line.position(value) if isinstance(line, Line) else None

    def listed(self, at: int) -> Iterator[Any]:
        clause = self.table.inputs[at]
        for one in (*([clause.input_values] if clause.input_values else ()), *clause.item.constraints):
            if one.tests is not None:
                yield one.tests.tests
                return


def _ordered(low: Any, high: Any, kind: str) -> bool:
    return low is not None and high is not None and (low <= high if kind == "CLOSED" else low < high)


def _value(said: dict[str, Any]) -> Value:
    from decimal import Decimal

    ((kind, value),) = said.items()
    if kind == "number":
        return Decimal(value)
    if kind == "java":
        text = re.findall(r'"([^"]*)"', value)[0]
        return parse_duration(text) if text.startswith("P") else parse_date(text)
    return value  # type: ignore[no-any-return]  # a string or a boolean


def _rules(one: TableFault) -> str:
    numbers = sorted({*one.rules, *one.others})
    return " and ".join(map(str, numbers)) or ", ".join(one.fault.names)


def report(found: list[Row]) -> str:
    """Return the page."""
    same = sum(one.verdict in ("same", "told") for one in found)
    lines = [
        "# Another analyser's expectations, and the truth",
        "",
        "Made by `python -m tests.dmn.kie tests/data/kie_analysis`: the models of KIE's tests of table analysis,",
        "analysed by `redflag check`, compared with what those tests expect. Gaps and overlaps are compared as sets",
        "of values, however they are cut into boxes; our region is checked against the DMN evaluator on one value of",
        "every kind in every column. Where an expectation *differs* from the truth, values prove it.",
        "",
        f"{same} of {len(found)} expectations are reproduced.",
        "",
        "| test | about | expected | verdict | why |",
        "|---|---|---|---|---|",
        *(f"| {o.test} | {o.question} | {o.expected} | {o.verdict} | {o.why.replace('|', '/')} |" for o in found),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(report(list(rows(Path(sys.argv[1])))))
