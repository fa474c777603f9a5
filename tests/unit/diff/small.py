"""Small editions for tests of the comparison: one scan, one fever, and what a test adds to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from redflag_kit.diff.compare import Comparison, compare
from redflag_kit.model.condition import Condition
from redflag_kit.model.guideline import Guideline, Rule
from redflag_kit.model.vocabulary import Constraint, Finding, Output
from redflag_kit.terms.scale import Scale
from redflag_kit.terms.version import Version
from tests.property.models import a_set, decision, guideline, has, number, ordered, rule, scale, vocabulary, yes_no

URGENCY = scale("avoid", "later", "soon", "now", against="avoid")
SCAN = ordered("scan", URGENCY, label="the scan")
VISIT = ordered("visit", URGENCY, label="the visit")
ADVICE = a_set("advice", "rest", "walk")
FEVER, NUMB, COUGH = yes_no("fever"), yes_no("numb"), yes_no("cough")
AGE = number("age", 0, 99)
FINDINGS = (FEVER, NUMB, COUGH, AGE)


def edition(
    *rules: Rule,
    otherwise: Iterable[Rule] | None = (rule("rest", then=None),),
    findings: Iterable[Finding] = FINDINGS,
    outputs: Iterable[Output] = (SCAN,),
    constraints: Iterable[Constraint] = (),
    covers: Iterable[str] | None = None,
    scope: Condition | None = None,
    version: int = 1,
) -> Guideline:
    """Return an edition with one COLLECT decision; whoever matches no rule gets `rest`, which is silent."""
    words = vocabulary(findings, outputs, constraints)
    made = guideline(words, [decision("d", rules, otherwise)], covers=covers, scope=scope)
    return replace(made, version=Version((version, 0, 0), f"{version}.0.0"))


def cited(made: Guideline, *rules: Rule) -> Guideline:
    """Return an edition whose one decision also cites rules that never run."""
    (one,) = made.decisions
    return replace(made, decisions=(replace(one, inert=rules),))


def feverish(level: str = "now", name: str = "R") -> Rule:
    return rule(name, has("fever"), {"scan": level})


def between_scales(*levels: str, lateral: Iterable[tuple[str, str]] = (), against: str | None = None) -> Scale:
    return Scale("urgency", levels, against, frozenset(frozenset(two) for two in lateral))


def diff(old: Guideline, new: Guideline) -> Comparison:
    found = compare(old, new, ())
    assert not found.faults
    return found


def rows(found: Comparison) -> list[tuple[str, str, str, str, str]]:
    """Return the classes in few words: output, element, kind, from, to."""
    return [(c.output, c.element, c.kind, c.from_value, c.to_value) for c in found.classes]
