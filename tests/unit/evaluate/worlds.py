"""Small projects from YAML text, for tests of evaluation, analysis and wording: a handful of findings, one scale."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from redflag_kit.diagnostics.codes import Severity
from redflag_kit.evaluate.engine import Engine, engine
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Vignette
from redflag_kit.source.library import Library, build_library
from redflag_kit.source.places import ParsedFile
from redflag_kit.source.reader import read_yaml

FINDINGS = {
    "fever": '{type: yes_no, clean: absent, ask: "Fever?"}',
    "cough": '{type: yes_no, clean: absent, ask: "Cough?"}',
    "numb": '{type: yes_no, clean: absent, ask: "Numb?", says: {present: numbness, absent: normal feeling}}',
    "pain": '{type: choice, values: [none, mild, severe], clean: none, ask: "Pain?"}',
    "age": '{type: integer, unit: a, range: 0 to 99, example: 40, ask: "How old?"}',
    "temp": '{type: number, unit: Cel, range: 36.0 to 41.0, step: 0.5, example: 36.5, ask: "Temperature?"}',
    "days": '{type: integer, unit: d, range: 0 to 60, example: 20, ask: "How long?", label: duration}',
    "trial": '{type: integer, unit: d, range: 0 to 60, example: 0, ask: "Treated how long?"}',
    "worry": '{type: yes_no, ask: "Worried?", on_unknown: {assume: absent, reason: not noted, evidence: opinion}}',
    "weight": '{type: yes_no, ask: "Lost weight?", on_unknown: {assume: absent, reason: rare, evidence: partly}}',
}
OUTPUTS = {
    "scan": "{scale: urgency, label: the scan}",
    "visit": "{scale: urgency, label: the visit}",
    "test": "{scale: urgency, label: the test}",
    "any_test": "{scale: urgency, label: some test, satisfied_by: [scan, test]}",
    "anything": "{scale: urgency, label: anything, satisfied_by: [any_test, visit]}",
    "likely": "{set: [flu, stroke, strain], says: {flu: influenza}}",
}
SCALE = "{levels: [avoid, later, soon, now], against: avoid, says: {now: right now}}"
TRIAL = "{id: K-TRIAL, title: treated no longer than ill, compare: [trial, at_most, days]}"
SOURCES = """schema: redflag/sources/1
sources:
  BOOK: {type: book, title: A made-up textbook, author: [Nobody A], issued: 2020, read: secondary}
"""


def rule(name: str, when: str = "", then: str = "silent", more: str = "") -> str:
    """Return a rule; without `when` it can only stand under `otherwise`."""
    asked = f"when: {when}, " if when else ""
    evidence = "evidence: [{cite: BOOK, row: r1, status: opinion}]"
    return f"{{id: {name}, title: the rule {name}, {asked}then: {then}, {evidence}{f', {more}' if more else ''}}}"


def decision(name: str, *rules: str, policy: str = "COLLECT", otherwise: str | list[str] | None = "silent") -> str:
    last = f"[{', '.join(otherwise)}]" if isinstance(otherwise, list) else otherwise
    text = f"  - id: {name}\n    question: What of {name}?\n    hit_policy: {policy}\n    rules: [{', '.join(rules)}]\n"
    return text + (f"    otherwise: {last}\n" if last else "")


def score(name: str, points: str, bands: str = "") -> str:
    ranges = f", bands: {bands}" if bands else ""
    return f"  - id: {name}\n    question: How much?\n    score: {{points: [{points}]{ranges}}}\n"


def library(
    *decisions: str,
    findings: str = "fever cough numb",
    covers: str = "scan",
    scope: str = "always",
    constraints: Iterable[str] = (),
    extra: str = "",
    vignettes: str = "",
) -> Library:
    """Return a project of one guideline `g@1.0.0`; `findings` and `covers` pick from the ones above."""
    kept = {name: FINDINGS[name] for name in findings.split()}
    vocabulary = "\n".join(
        [
            "schema: redflag/vocabulary/1\nid: words\nversion: 1.0.0\nfindings:",
            *(f"  {name}: {text}" for name, text in kept.items()),
            f"constraints: [{', '.join(constraints)}]",
            f"scales: {{urgency: {SCALE}}}",
            "outputs:",
            *(f"  {name}: {text}" for name, text in OUTPUTS.items()),
            "",
        ]
    )
    guideline = (
        "schema: redflag/guideline/1\nid: g\nversion: 1.0.0\ntitle: G\npublisher: nobody\npublished: 2026-01-01\n"
        f"status: draft\nintended_use: tests\nvocabulary: words\ncite: [BOOK]\ncovers: [{', '.join(covers.split())}]\n"
        f"scope: {scope}\n{extra}decisions:\n{''.join(decisions)}"
    )
    texts = {"g/vocabulary.yaml": vocabulary, "g/sources.yaml": SOURCES, "g/g.yaml": guideline}
    if vignettes:
        texts["v/v.yaml"] = f"schema: redflag/vignettes/1\nvocabulary: words\nvignettes:\n{vignettes}"
    parsed = []
    for path, text in texts.items():
        node, faults = read_yaml(text.encode(), path)
        assert node is not None, faults
        assert not faults, faults
        parsed.append(ParsedFile(path, node))
    found, diagnostics = build_library(parsed)
    errors = [one for one in diagnostics if one.code.severity is Severity.ERROR]
    assert not errors, errors
    return found


def guideline(*decisions: str, **options: Any) -> Guideline:
    return library(*decisions, **options).guidelines[0]


def vignette(found: Library, name: str = "V") -> Vignette:
    return next(one for _, one in found.vignettes if one.id == name)


def case(name: str, findings: str, expect: str = "TODO", unmentioned: str = "unknown") -> str:
    """Return a vignette; `expect` is what it expects of `g@1`."""
    expected = expect if expect == "TODO" else f"{{g@1: {expect}}}"
    return (
        f"  - id: {name}\n    title: {name}\n    narrative: made up\n    findings: {findings}\n"
        f"    unmentioned: {unmentioned}\n    expect: {expected}\n"
    )


class Opened:
    """A guideline ready for the one case of its project."""

    def __init__(self, found: Library) -> None:
        self.guideline = found.guidelines[0]
        self.vignette = vignette(found)
        self.engine: Engine = engine(self.guideline, (self.vignette.findings,))
        self.stated = {one.finding: one for one in self.vignette.findings}
        self.filled = self.engine.fill(self.vignette.findings, self.vignette.fill_clean)
        self.region = self.filled.region


def opened(*decisions: str, case_of: str = "{}", unmentioned: str = "unknown", **options: Any) -> Opened:
    """Return a guideline with one filled case."""
    return Opened(library(*decisions, vignettes=case("V", case_of, unmentioned=unmentioned), **options))
