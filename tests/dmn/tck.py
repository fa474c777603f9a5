"""Runs selected cases of the DMN Technology Compatibility Kit and prints a table of what passes.

    python -m tests.dmn.tck tests/data/dmn_tck > docs/dmn-tck.md

Below the folder, each `NAME.dmn` has test cases `NAME-test-*.xml` beside it, with a `.select.json` that says which
cases and result nodes count; a test file without one counts as a whole. A result is *pass*, *fail*, or *refused*: the
model uses something that is not supported, and the diagnostics say what. Numbers agree if they agree to 12 digits,
since some of the expected ones were worked out in binary floating point.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from redflag_kit.dmn.evaluate import evaluate_decision
from redflag_kit.dmn.feel.compare import equal
from redflag_kit.dmn.feel.temporal_text import parse_date, parse_date_time, parse_duration, parse_time
from redflag_kit.dmn.feel.values import ContextValue, Value, feel_text
from redflag_kit.dmn.model import Model
from redflag_kit.dmn.read import Reading, read_dmn
from redflag_kit.dmn.xml import Document, Element, read_xml


@dataclass(frozen=True)
class Result:
    """What came of one result node of one test case."""

    model: str
    subset: str
    case: str
    node: str
    verdict: str
    detail: str = ""


def run(folder: Path) -> list[Result]:
    """Run every test file below a folder."""
    return [result for path in sorted(folder.rglob("*.xml")) for result in _run_file(path)]


def _run_file(path: Path) -> Iterator[Result]:
    tests = read_xml(path.read_bytes(), path.name)
    assert isinstance(tests, Document), path
    named = tests.root.first("modelName")
    assert named is not None
    model_path = path.parent / named.text.strip()
    others = {other.name: other.read_bytes() for other in sorted(path.parent.glob("*.dmn"))}
    reading = read_dmn(model_path.read_bytes(), model_path.name, others)
    chosen = path.with_suffix(".select.json")
    selection: dict[str, Any] = json.loads(chosen.read_text("utf-8")) if chosen.exists() else {"subset": "all"}
    wanted = {(case["id"], node["name"]) for case in selection.get("cases", ()) for node in case["nodes"]}
    for case in tests.root.all("testCase"):
        inputs = {node.get("name"): _value(node) for node in case.all("inputNode")}
        for node in case.all("resultNode"):
            key = (case.get("id"), node.get("name"))
            if not wanted or key in wanted:
                verdict, detail = _verdict(reading, inputs, node)
                yield Result(path.parent.name, selection["subset"], *key, verdict, detail)


def _verdict(reading: Reading, inputs: dict[str, Value], node: Element) -> tuple[str, str]:
    model: Model | None = reading.model
    decision = model.decision(node.get("name")) if model else None
    if model is None or decision is None or not decision.usable:
        errors = [f"{one.span} {one.code.id} {one.message}" for one in reading.diagnostics]
        return "refused", "; ".join(errors)
    evaluation = evaluate_decision(model, decision.id, inputs)
    expected = node.first("expected")
    assert expected is not None
    wanted = _value(expected)
    if _agree(evaluation.value, wanted):
        return "pass", ""
    faults = "".join(f"; {fault.message}" for fault in evaluation.faults)
    return "fail", f"gives {feel_text(evaluation.value)}, expected {feel_text(wanted)}{faults}"


def _agree(found: Value, wanted: Value) -> bool:
    if isinstance(found, tuple) and isinstance(wanted, tuple):
        return len(found) == len(wanted) and all(_agree(one, other) for one, other in zip(found, wanted, strict=True))
    if isinstance(found, ContextValue) and isinstance(wanted, ContextValue):
        return found.names == wanted.names and all(_agree(found.get(key), wanted.get(key)) for key in found.names)
    if isinstance(found, Decimal) and isinstance(wanted, Decimal):
        return abs(found - wanted) <= abs(wanted) * Decimal("1e-12")
    return equal(found, wanted) is True


def _value(holder: Element) -> Value:
    """Return the value inside an input node, an expected element, an item or a component."""
    if components := list(holder.all("component")):
        return ContextValue(tuple((one.get("name"), _value(one)) for one in components))
    if (items := holder.first("list")) is not None:
        return tuple(_value(item) for item in items.all("item"))
    value = holder.first("value")
    if value is None or value.get(f"{_XSI}\nnil") == "true":
        return None
    kind = value.get(f"{_XSI}\ntype").rpartition(":")[2]
    return _READERS[kind](value.text.strip() if kind != "string" else value.text)


_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_READERS: dict[str, Callable[[str], Value]] = {
    "string": str,
    "boolean": lambda text: text == "true",
    "decimal": Decimal,
    "double": Decimal,
    "date": parse_date,
    "time": parse_time,
    "dateTime": parse_date_time,
    "duration": parse_duration,
}


def table(results: list[Result], command: str) -> str:
    """Return the results as Markdown."""
    lines = [
        "# DMN Technology Compatibility Kit: what passes",
        "",
        f"Made by `{command}`; the cases and their licence are described in",
        "[tests/data/dmn_tck](../tests/data/dmn_tck/README.md). A model that is *refused* uses something that is not",
        "supported, and is not evaluated at all.",
        "",
        "| model | subset | results | pass | fail | refused |",
        "|---|---|---:|---:|---:|---:|",
    ]
    for subset, model in sorted({(one.subset, one.model) for one in results}):
        own = [one for one in results if (one.subset, one.model) == (subset, model)]
        counts = [sum(one.verdict == verdict for one in own) for verdict in ("pass", "fail", "refused")]
        lines.append(f"| {model} | {subset} | {len(own)} | {' | '.join(map(str, counts))} |")
    counts = [sum(one.verdict == verdict for one in results) for verdict in ("pass", "fail", "refused")]
    lines += [f"| **all** | | {len(results)} | {' | '.join(map(str, counts))} |", ""]
    for one in results:
        if one.verdict != "pass":
            lines.append(f"- {one.verdict}: {one.model}, case {one.case}, `{one.node}`: {one.detail}")
    return "\n".join(lines).rstrip() + "\n"


def main(arguments: list[str]) -> int:
    """Print the table; 1 if a result is wrong or there is none."""
    results = run(Path(arguments[0]))
    sys.stdout.write(table(results, f"python -m tests.dmn.tck {arguments[0]}"))
    return int(not results or any(one.verdict == "fail" for one in results))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
