"""Fingerprints: what changes them and what does not, one thing at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from redflag_kit.model.condition import All
from redflag_kit.model.evidence import Evidence
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vocabulary import Constraint, Finding
from tests.property.models import at_most, between, choice, has, implies, number, rule, yes_no
from tests.unit.diff.small import FINDINGS, SCAN, URGENCY, VISIT, diff, edition

PAIN = choice("pain", ["none", "mild", "severe"])
ALL = (*FINDINGS, PAIN)


def base(level: str = "now", **options) -> Guideline:
    return edition(
        rule("R", All((has("fever"), between("age", 50), has("pain", "mild", "severe"))), {"scan": level}),
        rule("S", has("numb"), {"scan": "avoid"}),
        **{"findings": ALL, **options},
    )


def with_rules(change: Callable[[tuple[Any, ...]], tuple[Any, ...]]) -> Callable[[Guideline], Guideline]:
    def edit(one: Guideline) -> Guideline:
        (decision,) = one.decisions
        return replace(one, decisions=(replace(decision, rules=change(decision.rules)),))

    return edit


def with_findings(*findings: Finding, **options) -> Callable[[Guideline], Guideline]:
    def edit(one: Guideline) -> Guideline:
        words = one.vocabulary
        constraints = (*words.constraints, *options.get("constraints", ()))
        return replace(one, vocabulary=replace(words, findings={f.id: f for f in findings}, constraints=constraints))

    return edit


def reworded_level(one: Guideline) -> Guideline:
    scan = replace(SCAN, label="another scan", scale=replace(URGENCY, says=(("now", "at once"),)))
    return replace(one, vocabulary=replace(one.vocabulary, outputs={"scan": scan}), outputs={"scan": scan})


CITED = Evidence("KEY", "row 1", "partly", "weak", "low", "")
STRANGERS = (yes_no("a stranger"), *ALL, yes_no("zebra"))
TIED = [implies(has("a stranger"), has("zebra"))]

HARMLESS: dict[str, Callable[[Guideline], Guideline]] = {
    "other rule ids": with_rules(lambda rules: tuple(replace(r, id=f"X-{r.id}") for r in rules)),
    "other titles and evidence": with_rules(
        lambda rules: tuple(replace(r, title="other", evidence=(CITED,), note="see above") for r in rules)
    ),
    "rules in another order": with_rules(lambda rules: rules[::-1]),
    "members in another order": with_rules(
        lambda rules: (replace(rules[0], when=All(rules[0].when.members[::-1])), *rules[1:])
    ),
    "findings in another order": with_findings(*reversed(ALL)),
    "values in another order": with_findings(*FINDINGS, replace(PAIN, words=("severe", "none", "mild"))),
    "findings that nothing reads": with_findings(*STRANGERS),
    "a constraint among findings that nothing else reads": with_findings(*STRANGERS, constraints=TIED),
    "levels in other words": reworded_level,
}


def marks(old: Guideline, new: Guideline) -> dict[tuple[str, str, str], str]:
    return {(c.output, c.from_value, c.to_value): c.fingerprint for c in diff(old, new).classes}


@pytest.mark.parametrize("edit", HARMLESS.values(), ids=list(HARMLESS))
def test_a_fingerprint_stays_the_same_with(edit: Callable[[Guideline], Guideline]):
    plain = marks(base("now"), base("later"))
    assert len(plain) == 1
    assert marks(edit(base("now")), edit(base("later"))) == plain
    on_one_side = marks(base("now"), edit(base("later")))
    assert {key: mark for key, mark in on_one_side.items() if key[0] != "*"} == plain


def test_a_fingerprint_changes_with_the_patients_the_values_and_the_output():
    def wider(level: str) -> Guideline:
        when = All((has("fever"), between("age", 49), has("pain", "mild", "severe")))
        return edition(rule("R", when, {"scan": level}), rule("S", has("numb"), {"scan": "avoid"}), findings=ALL)

    def on_visit(level: str) -> Guideline:
        when = All((has("fever"), between("age", 50), has("pain", "mild", "severe")))
        rules = [rule("R", when, {"visit": level}), rule("S", has("numb"), {"visit": "avoid"})]
        return edition(*rules, findings=ALL, outputs=[VISIT])

    several = [
        *marks(base("now"), base("later")).values(),
        *marks(base("later"), base("now")).values(),
        *marks(base("now"), base("soon")).values(),
        *marks(wider("now"), wider("later")).values(),
        *marks(on_visit("now"), on_visit("later")).values(),
    ]
    assert len(several) == len(set(several)) == 5


def test_the_edited_bounds_of_the_grid_do_not_enter_where_they_do_not_matter():
    def young(high: int) -> Guideline:
        ages = (*FINDINGS[:3], number("age", 0, high))
        return edition(rule("R", between("age", 10, 20), {"scan": "now"}), findings=ages, otherwise=None)

    def none(high: int) -> Guideline:
        ages = (*FINDINGS[:3], number("age", 0, high))
        return edition(rule("R", between("age", 10, 20), {"scan": "soon"}), findings=ages, otherwise=None)

    assert marks(young(99), none(99)) != {}
    assert {*marks(young(99), none(99))} == {*marks(young(120), none(120))}


def test_distinct_classes_have_distinct_fingerprints_and_ids():
    old = edition(
        rule("R", All((has("fever"), has("numb"))), {"scan": "now"}), rule("S", has("fever"), {"scan": "soon"})
    )
    new = edition(rule("R", has("numb"), {"scan": "later"}), rule("S", has("cough"), {"scan": "avoid"}))
    found = diff(old, new).classes
    assert len(found) > 4
    assert len({one.fingerprint for one in found}) == len({one.id for one in found}) == len(found)


def test_the_fingerprint_of_a_constraint_forgets_what_both_editions_constrain_alike():
    gone = implies(has("fever"), has("numb"))
    plain = diff(edition(), edition(constraints=[gone])).classes
    shared: list[Constraint] = [implies(has("cough"), between("age", 18)), at_most("age", "days", factor=100)]
    findings = (*FINDINGS, number("days", 0, 9))
    busy = diff(
        edition(findings=findings, constraints=shared), edition(findings=findings, constraints=[*shared, gone])
    ).classes
    assert [one.fingerprint for one in plain] == [one.fingerprint for one in busy]
    tied = [implies(has("fever"), has("cough"))]
    other = diff(edition(constraints=tied), edition(constraints=[*tied, gone])).classes
    assert [one.fingerprint for one in other] != [one.fingerprint for one in plain]


def test_an_id_names_output_values_and_the_start_of_the_fingerprint():
    (one,) = diff(base("now"), base("later")).classes
    assert one.id == f"scan-now-later-{one.fingerprint.removeprefix('sha256:')[:8]}"
