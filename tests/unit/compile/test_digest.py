from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, permutations
from pathlib import Path

import pytest

from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.compile.digest import digest_of, value_text
from redflag_kit.model.condition import All, Any, AtLeast, Not
from redflag_kit.model.guideline import Guideline, HitPolicy
from redflag_kit.model.vocabulary import Combine
from redflag_kit.terms.scale import Scale
from tests.property.models import (
    a_set,
    assumed,
    at_most,
    between,
    choice,
    decision,
    guideline,
    has,
    implies,
    number,
    ordered,
    rule,
    said,
    scale,
    score,
    total,
    vocabulary,
    yes_no,
)

URGENCY = scale("avoid", "later", "now", against="avoid")
SCAN, BLOOD, LIKELY = ordered("scan", URGENCY), ordered("blood", URGENCY), a_set("likely", "cauda", "abscess")
FINDINGS = (yes_no("fever"), yes_no("numb"), number("age", 0, 9), number("days", 0, 9), choice("sex", ["a", "b"]))
RULES = (
    rule("x", All((has("fever"), between("age", 5))), {"scan": "now"}),
    rule("y", Any((has("numb"), has("sex", "a"))), {"scan": "later", "blood": "now"}, unless=["x"]),
    rule("z", Not(has("fever")), {"likely": ["cauda", "abscess"]}),
)
WORDS = vocabulary(FINDINGS, [SCAN, BLOOD, LIKELY], [at_most("days", "age"), implies(has("fever"), has("numb"))])
TABLE = decision("d", RULES, [rule("o", has("numb"), {"scan": "avoid"}), rule("rest")])
BASE = guideline(
    WORDS,
    [TABLE],
    scope=between("age", 1),
    scores=[score("risk", (has("fever"), 1), (has("numb"), 2))],
    assume={"fever": assumed("absent"), "days": assumed(Fraction(0))},
)


ROOT = Path(__file__).parents[3]
LEVELS = tuple(f"l{i}" for i in range(9))
LATERAL = frozenset(frozenset(two) for two in combinations(LEVELS, 2))
WIDE = guideline(
    vocabulary([choice("x", LEVELS)], [ordered("scan", Scale("s", LEVELS, None, LATERAL)), ordered("blood", URGENCY)]),
    [
        decision(
            "d", [rule("r", has("x", *LEVELS[:7]), {"scan": "l3"}), rule("s", has("x", *LEVELS[2:]), {"scan": "l1"})]
        ),
        decision("e", [rule("t", said("scan", *LEVELS[:8]), {"blood": "now"})]),
    ],
)


def digest(one: Guideline) -> str:
    return compile_guideline(one).digest


def with_table(**changes: object) -> Guideline:
    return replace(BASE, decisions=(replace(TABLE, **changes),))  # type: ignore[arg-type]


def with_outputs(**changes: object) -> Guideline:
    return replace(BASE, outputs={**BASE.outputs, "scan": replace(SCAN, **changes)})  # type: ignore[arg-type]


def with_constraints(*constraints: object) -> Guideline:
    return replace(BASE, vocabulary=replace(WORDS, constraints=constraints))  # type: ignore[arg-type]


def test_a_digest_is_stable_and_names_its_algorithm() -> None:
    assert digest_of({"b": [1, "é"], "a": None}) == digest_of({"a": None, "b": [1, "é"]})
    assert digest_of({"b": [1, None], "a": "é"}) == (
        "sha256:9b10bedce64e86a275540261fbe95bc6c195bfb10d5def7a5fc12eefcc7d0a87"
    )


def test_the_digest_of_a_guideline_stays_what_people_signed() -> None:
    # Every part of the form is in it, and parts that other orders would put differently: shorter lists, larger numbers.
    few, more = has("sex", "a"), has("sex", "a", "b")
    some = guideline(
        vocabulary(
            FINDINGS,
            [SCAN, BLOOD, LIKELY],
            [implies(few, has("numb")), implies(more, has("fever")), at_most("days", "age", factor=7)],
        ),
        [
            decision("d", [rule("x", Not(AtLeast(2, (few, more, has("fever")))), {"scan": "now"}), RULES[1]]),
            decision("e", [rule("t", All((total("risk", 1, 2), said("scan", "now"))), {"likely": "cauda"})]),
        ],
        scope=between("age", 1),
        scores=[score("risk", (few, 9), (few, 10), (more, 1), (has("numb"), -1))],
        assume={"fever": assumed("absent"), "days": assumed(Fraction(0))},
    )
    assert digest(some) == "sha256:39386cab398c3857468bf4e2ffa6803bd5964d43587576c8a3d2fa726a648d7a"


def test_a_digest_is_the_same_in_every_process() -> None:
    script = "from tests.unit.compile.test_digest import WIDE, digest; print(digest(WIDE))"
    shown = {digest(WIDE)}
    for seed in ("1", "2"):  # sets of texts are iterated in another order
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", script]
        shown.add(subprocess.check_output(command, cwd=ROOT, env=environment, text=True).strip())
    assert len(shown) == 1


def test_values_are_written_exactly() -> None:
    assert [value_text(value) for value in ("present", Fraction(77, 2), Fraction(1, 3))] == ["present", "38.5", "1/3"]


@pytest.mark.parametrize(
    "same",
    [
        with_table(rules=RULES[::-1]),
        with_table(rules=(*RULES[:2], replace(RULES[2], title="other", note="other", replaces=("w",)))),
        with_table(rules=(replace(RULES[0], overrides=("y",)), replace(RULES[1], unless=()), RULES[2])),
        with_table(question="Why?"),
        with_table(outputs=TABLE.outputs[::-1]),
        with_constraints(*WORDS.constraints[::-1]),
        with_outputs(label="another label"),
        replace(BASE, title="other", status="active", covers=BASE.covers[::-1], published="2020-01-01"),
        replace(BASE, vocabulary=replace(WORDS, findings={**WORDS.findings, "unread": yes_no("unread")})),
        replace(BASE, assume={**BASE.assume, "unread": assumed("absent")}),
        replace(BASE, scores=(replace(BASE.scores[0], points=BASE.scores[0].points[::-1]),)),
    ],
)
def test_text_and_order_do_not_count(same: Guideline) -> None:
    assert digest(same) == digest(BASE)


@pytest.mark.parametrize(
    "other",
    [
        replace(BASE, id="other"),
        replace(BASE, scope=between("age", 2)),
        replace(BASE, covers=BASE.covers[:1]),
        replace(BASE, scores=(score("risk", (has("fever"), 1), (has("numb"), 3)),)),
        replace(BASE, assume={"fever": assumed("absent")}),
        replace(BASE, assume={**BASE.assume, "fever": assumed("present")}),
        with_table(hit_policy=HitPolicy.UNIQUE),
        with_table(rules=RULES[:2]),
        with_table(rules=(RULES[0], replace(RULES[1], unless=()), RULES[2])),
        with_table(rules=(rule("x", AtLeast(1, (has("fever"), between("age", 5))), {"scan": "now"}), *RULES[1:])),
        with_table(rules=(rule("x", All((has("fever"), between("age", 6))), {"scan": "now"}), *RULES[1:])),
        with_table(rules=(rule("x", RULES[0].when, {"scan": "later"}), *RULES[1:])),
        with_table(rules=(*RULES[:2], rule("z", RULES[2].when, {"likely": ["cauda"]}))),
        with_table(otherwise=None),
        with_table(otherwise=(TABLE.otherwise or ())[::-1]),
        with_table(outputs=(*TABLE.outputs, "other")),
        with_constraints(*WORDS.constraints[:1]),
        with_constraints(at_most("days", "age", strict=True), *WORDS.constraints[1:]),
        with_constraints(at_most("days", "age", factor=7), *WORDS.constraints[1:]),
        with_constraints(at_most("age", "days"), *WORDS.constraints[1:]),
        with_constraints(WORDS.constraints[0], implies(has("numb"), has("fever"))),
        with_outputs(combine=Combine.LOWEST),
        with_outputs(satisfied_by=("blood",)),
        with_outputs(scale=scale("avoid", "later", "now")),
        with_outputs(scale=Scale("urgency", URGENCY.levels, "avoid", frozenset({frozenset({"later", "now"})}))),
        replace(BASE, outputs={**BASE.outputs, "likely": a_set("likely", "cauda", "abscess", "cancer")}),
        replace(BASE, vocabulary=replace(WORDS, findings={**WORDS.findings, "age": number("age", 0, 10)})),
        replace(BASE, vocabulary=replace(WORDS, findings={**WORDS.findings, "sex": choice("sex", ["a", "b", "c"])})),
    ],
)
def test_whatever_can_change_an_outcome_counts(other: Guideline) -> None:
    assert digest(other) != digest(BASE)


@pytest.mark.parametrize(
    ("policy", "change", "counts"),
    [
        (HitPolicy.FIRST, lambda d: replace(d, rules=d.rules[::-1]), True),
        (HitPolicy.COLLECT, lambda d: replace(d, rules=d.rules[::-1]), False),
        (HitPolicy.PRIORITY, lambda d: replace(d, outputs=d.outputs[::-1]), True),
        (HitPolicy.ANY, lambda d: replace(d, outputs=d.outputs[::-1]), False),
    ],
)
def test_order_counts_exactly_where_a_hit_policy_reads_it(
    policy: HitPolicy, change: Callable[[object], object], counts: bool
) -> None:
    one = decision("d", [rule("x", has("fever"), {"scan": "now"}), rule("y", None, {"blood": "now"})], policy=policy)
    before = guideline(WORDS, [one])
    after = replace(before, decisions=(change(one),))  # type: ignore[arg-type]
    assert (digest(before) != digest(after)) == counts


def test_the_order_of_members_does_not_count() -> None:
    rules = [decision("d", [rule("r", has("fever"), {"scan": "now"})])]
    digests = set()
    for order in permutations(["scan", "blood", "visit"]):
        some = ordered("some", URGENCY, satisfied_by=order)
        outputs = [*(ordered(name, URGENCY) for name in order), some, a_set("likely", *order)]
        digests.add(digest(guideline(vocabulary(FINDINGS, outputs), rules)))
    assert len(digests) == 1


def test_rule_ids_do_not_count() -> None:
    def named(first: str, second: str, third: str) -> Guideline:
        rules = [
            rule(first, has("fever"), {"scan": "now"}),
            rule(second, has("numb"), {"scan": "later"}),
            rule(third, has("sex", "a"), {"scan": "avoid"}, unless=[first, second]),
        ]
        return guideline(WORDS, [decision("d", rules)])

    assert len({digest(named(*ids)) for ids in permutations("abc")}) == 1


def test_the_order_in_which_assumptions_are_taken_counts() -> None:
    turned = replace(BASE, vocabulary=replace(WORDS, findings=dict(reversed(WORDS.findings.items()))))
    assert digest(turned) != digest(BASE)
    assert digest(replace(turned, assume={})) == digest(replace(BASE, assume={}))
