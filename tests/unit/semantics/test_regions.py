from __future__ import annotations

from collections.abc import Iterable
from itertools import product

import pytest

from redflag_kit.compile.compiler import compile_condition, compile_guideline
from redflag_kit.compile.cuts import cut
from redflag_kit.compile.table import Compiled
from redflag_kit.logic.bitset import BitRegion, Points
from redflag_kit.model.condition import All, Any, AtLeast, Condition, Not
from redflag_kit.model.guideline import Decision, Guideline, HitPolicy, Rule, Score
from redflag_kit.model.vocabulary import Combine, Constraint, Finding, Output
from redflag_kit.semantics.hit_policies import LISTED, decisive_order, weight
from redflag_kit.semantics.regions import condition_region, meaning, plain_region
from tests.property.models import (
    Then,
    a_set,
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
SCAN, BLOOD = ordered("scan", URGENCY), ordered("blood", URGENCY)
REST = ordered("rest", URGENCY, combine=Combine.LOWEST)
LIKELY = a_set("likely", "abscess", "cauda")
A, B = has("a"), has("b")
EVERYWHERE = {"", "a", "b", "ab"}


class Map:
    """The regions of a guideline on two findings, `a` and `b`, as texts: `ab` is the patient who has both."""

    def __init__(
        self,
        *decisions: Decision,
        outputs: Iterable[Output] = (SCAN, BLOOD, REST, LIKELY),
        scope: Condition | None = None,
        constraints: Iterable[Constraint] = (),
        scores: Iterable[Score] = (),
    ) -> None:
        words = vocabulary([yes_no("a"), yes_no("b")], outputs, [implies(Any((A, B)), Any((A, B)), "reads both")])
        self.guideline: Guideline = guideline(words, decisions, scope=scope, constraints=constraints, scores=scores)
        self.compiled = compile_guideline(self.guideline)
        self.atoms = cut((self.compiled,))
        self.points = Points(self.atoms.space, tuple(product((0, 1), repeat=2)))
        self.meaning = meaning(self.compiled, self.atoms, self.points)

    def where(self, region: BitRegion) -> set[str]:
        names = self.atoms.space.names
        points = (self.points.points[i] for i in region.indices())
        return {"".join(sorted(name for name, atom in zip(names, point, strict=True) if atom)) for point in points}

    def cells(self, output: str, element: str = "") -> dict[tuple[str, str | None], set[str]]:
        found = self.meaning.cells[output, element]
        return {(c.value, c.rule): self.where(c.region) for c in found if not c.region.is_empty()}

    def values(self, output: str, element: str = "") -> dict[str, set[str]]:
        found = self.meaning.values((output, element), self.points)
        return {value: self.where(region) for value, region in found.items()}


def table(
    policy: HitPolicy, *rules: Rule, otherwise: Iterable[Rule] | None = (), outputs: Iterable[str] = ()
) -> Decision:
    rest = [rule("rest")] if otherwise == () else otherwise
    return decision("d", rules, rest, policy=policy, outputs=outputs)


# ---------------------------------------------------------------- conditions


@pytest.mark.parametrize(
    ("condition", "where"),
    [
        (A, {"a", "ab"}),
        (Not(A), {"", "b"}),
        (All((A, B)), {"ab"}),
        (Any((A, B)), {"a", "b", "ab"}),
        (AtLeast(2, (A, B, has("a", "absent", "present"))), {"a", "b", "ab"}),
        (said("scan", "now"), {"a", "ab"}),
        (said("scan", "silent", "later"), {"", "b"}),
        (said("likely", "cauda"), {"b", "ab"}),
        (said("likely", "silent"), {"", "a"}),
        (said("rest", "now"), set()),
        (total("risk", 1, 1), {"a"}),
        (total("risk", -1, 0), {"", "b", "ab"}),
    ],
)
def test_a_condition_holds_where_it_is_true(condition: Condition, where: set[str]) -> None:
    risk = score("risk", (A, 1), (B, -1))
    rules = [rule("x", A, {"scan": "now"}), rule("y", B, {"likely": ["cauda"]})]
    last = decision("e", [rule("z", condition, {"blood": "now"})])
    found = Map(table(HitPolicy.COLLECT, *rules), last, scores=[risk])
    assert found.where(found.meaning.holds["z"]) == where
    alone = condition_region(compile_condition(found.guideline, condition), found.meaning, found.atoms, found.points)
    assert found.where(alone) == where


def test_a_condition_on_findings_needs_no_meaning() -> None:
    found = Map()
    expression = compile_condition(found.guideline, All((A, Not(B))))
    assert found.where(plain_region(expression, found.atoms, found.points)) == {"a"}


def test_constraints_narrow_what_is_legal_and_nothing_else() -> None:
    found = Map(table(HitPolicy.COLLECT, rule("x", B, {"scan": "now"})), constraints=[implies(A, B)])
    assert found.where(found.meaning.legal) == {"", "b", "ab"}
    assert found.values("scan") == {"now": {"b", "ab"}, "silent": {"", "a"}}


def test_a_patient_is_legal_within_every_declared_range_and_choice() -> None:
    def compiled(*findings: Finding) -> Compiled:
        tests: list[Condition] = [between("x", 1), has("sex", "male"), between("y", 1)]
        rules = [rule(f"r{i}", test, {"scan": "now"}) for i, test in enumerate(tests)]
        return compile_guideline(guideline(vocabulary(findings, [SCAN]), [decision("d", rules)]))

    wide = compiled(number("x", 0, 3), choice("sex", ["female", "male", "other"]), number("y", 0, 3))
    narrow = compiled(number("x", 0, 2), choice("sex", ["female", "male"]), number("y", 0, 2))
    atoms = cut((wide, narrow))
    points = Points(atoms.space, tuple(product(*(range(axis.size) for axis in atoms.space.axes))))
    legal = meaning(narrow, atoms, points).legal
    allowed = [dict(zip(atoms.inputs, points.points[i], strict=True)) for i in legal.indices()]
    assert {atoms.interval("x", one["x"]).high for one in allowed} == {0, 2}
    assert {atoms.interval("y", one["y"]).high for one in allowed} == {0, 2}
    assert {atoms.inputs["sex"].words[one["sex"]] for one in allowed} == {"female", "male"}
    assert len(meaning(wide, atoms, points).legal.indices()) == len(points.points)


@pytest.mark.parametrize(
    ("strict", "factor", "pairs"),
    [
        (False, 1, {"low low", "low high", "high high"}),
        (True, 1, {"low low", "low high", "high high"}),
        (False, 10, {"low low", "low high", "high low", "high high"}),
    ],
)
def test_a_pair_of_atoms_is_legal_if_some_pair_in_it_is(strict: bool, factor: int, pairs: set[str]) -> None:
    findings = [number("x", 0, 3, example=0), number("y", 0, 3, example=3)]
    rules = [rule("x", between("x", 2), {"scan": "now"}), rule("y", between("y", 2), {"scan": "now"})]
    words = vocabulary(findings, [SCAN], [at_most("x", "y", strict=strict, factor=factor)])
    compiled = compile_guideline(guideline(words, [decision("d", rules)]))
    atoms = cut((compiled,))
    points = Points(atoms.space, tuple(product(*(range(axis.size) for axis in atoms.space.axes))))
    legal = meaning(compiled, atoms, points).legal
    found = {
        tuple(atoms.interval(n, i).low >= 2 for n, i in zip("xy", points.points[k], strict=True))
        for k in legal.indices()
    }
    assert {" ".join("high" if high else "low" for high in pair) for pair in found} == pairs


# ---------------------------------------------------------------- scope and exceptions


def test_outside_the_scope_nothing_holds_and_every_value_is_out_of_scope() -> None:
    found = Map(table(HitPolicy.COLLECT, rule("x", A, {"scan": "now", "likely": ["cauda"]})), scope=B)
    assert found.where(found.meaning.scope) == {"b", "ab"}
    assert found.where(found.meaning.holds["x"]) == found.where(found.meaning.fires["x"]) == {"ab"}
    assert found.cells("scan") == {("now", "x"): {"ab"}, ("silent", "rest"): {"b"}, ("out_of_scope", None): {"", "a"}}
    statuses = {status: found.where(region) for status, region in found.meaning.sets["likely"].items()}
    assert statuses == {"silent": {"b"}, "out_of_scope": {"", "a"}}


def test_a_suppressed_rule_neither_fires_nor_suppresses() -> None:
    rules = [
        rule("first", None, {"scan": "later"}, unless=["second"]),
        rule("second", None, {"scan": "now"}),
        rule("third", A, {"scan": "avoid"}, overrides=["second"]),
    ]
    found = Map(table(HitPolicy.COLLECT, *rules))
    fires = {name: found.where(region) for name, region in found.meaning.fires.items()}
    assert fires == {"first": {"a", "ab"}, "second": {"", "b"}, "third": {"a", "ab"}, "rest": set()}


# ---------------------------------------------------------------- tables


def test_collect_decides_by_the_winning_end_of_the_scale() -> None:
    rules = [rule("low", A, {"scan": "later", "rest": "later"}), rule("high", B, {"scan": "now", "rest": "now"})]
    found = Map(table(HitPolicy.COLLECT, *rules))
    assert found.cells("scan") == {("now", "high"): {"b", "ab"}, ("later", "low"): {"a"}, ("silent", "rest"): {""}}
    assert found.cells("rest") == {("later", "low"): {"a", "ab"}, ("now", "high"): {"b"}, ("silent", "rest"): {""}}


def test_collect_is_silent_without_a_rule_where_others_write_other_outputs() -> None:
    found = Map(table(HitPolicy.COLLECT, rule("x", A, {"scan": "now"}), rule("y", B, {"blood": "now"})))
    assert found.cells("scan") == {("now", "x"): {"a", "ab"}, ("silent", None): {"b"}, ("silent", "rest"): {""}}


def test_collect_unites_sets_element_by_element() -> None:
    found = Map(table(HitPolicy.COLLECT, rule("x", A, {"likely": ["abscess"]}), rule("y", B, {"likely": ["cauda"]})))
    assert found.values("likely", "abscess") == {"listed": {"a", "ab"}, "silent": {"", "b"}}
    assert found.values("likely", "cauda") == {"listed": {"b", "ab"}, "silent": {"", "a"}}
    assert found.where(found.meaning.sets["likely"]["silent"]) == {""}


@pytest.mark.parametrize("policy", [HitPolicy.COLLECT, HitPolicy.ANY, HitPolicy.PRIORITY])
def test_ties_go_to_the_smaller_digest_whatever_the_order(policy: HitPolicy) -> None:
    rules = [rule("x", A, {"scan": "now"}), rule("y", B, {"scan": "now"})]
    one, other = (Map(table(policy, *order)) for order in (rules, rules[::-1]))
    assert one.cells("scan") == other.cells("scan")
    first = min(one.compiled.tables[0].rows, key=lambda row: row.digest)
    assert one.cells("scan")["now", first.rule] >= {"ab"}
    assert decisive_order(one.compiled.tables[0].rows, SCAN, "")[0] == first


def test_first_takes_the_first_rule_and_what_it_leaves_out_is_silent() -> None:
    found = Map(table(HitPolicy.FIRST, rule("x", A, {"blood": "now"}), rule("y", B, {"scan": "now"})))
    assert found.cells("scan") == {("silent", "x"): {"a", "ab"}, ("now", "y"): {"b"}, ("silent", "rest"): {""}}


@pytest.mark.parametrize("policy", [HitPolicy.FIRST, HitPolicy.UNIQUE])
def test_one_deciding_rule_lists_its_elements_and_no_others(policy: HitPolicy) -> None:
    found = Map(
        table(policy, rule("x", All((A, Not(B))), {"likely": ["cauda"]}), rule("y", B, {"likely": ["abscess"]}))
    )
    assert found.values("likely", "cauda")[LISTED] == {"a"}
    assert found.values("likely", "abscess")[LISTED] == {"b", "ab"}


def test_a_later_decision_reads_an_element_wherever_some_rule_lists_it() -> None:
    # Rules that nobody fires stand among the others, in whatever order their digests give.
    nobody = [All((one, Not(one), *more)) for one in (A, B) for more in ((), (A,), (B,), (A, B))]
    some = [rule("x", A, {"likely": ["cauda"]}), rule("y", B, {"likely": ["cauda"]})]
    last = decision("e", [rule("z", said("likely", "cauda"), {"scan": "now"})])
    for condition in nobody:
        found = Map(table(HitPolicy.COLLECT, rule("w", condition, {"likely": ["cauda"]}), *some), last)
        assert found.where(found.meaning.holds["z"]) == {"a", "b", "ab"}


def test_priority_compares_outputs_in_order_and_nothing_is_lowest() -> None:
    rules = [rule("x", A, {"blood": "now"}), rule("y", B, {"scan": "avoid"})]
    found = Map(table(HitPolicy.PRIORITY, *rules, outputs=["scan", "blood"]))
    assert found.cells("scan") == {("silent", "x"): {"a"}, ("avoid", "y"): {"b", "ab"}, ("silent", "rest"): {""}}
    other = Map(table(HitPolicy.PRIORITY, *rules, outputs=["blood", "scan"]))
    assert other.values("scan") == {"silent": {"", "a", "ab"}, "avoid": {"b"}}


def test_a_row_that_writes_nothing_weighs_less_than_the_losing_level_and_in_a_set_all_weigh_nothing() -> None:
    rules = [rule("R", A)]
    rules += [rule(f"R{one}", A, {"scan": one, "rest": one, "likely": ["cauda"]}) for one in URGENCY.levels]
    one = Map(decision("d", rules), outputs=[SCAN, REST, LIKELY])
    rows = one.compiled.tables[0].rows
    assert [weight(row, SCAN) for row in rows] == [-1, 0, 1, 2]
    assert [weight(row, REST) for row in rows] == [-1, 3, 2, 1]
    assert {weight(row, LIKELY) for row in rows} == {0}


def test_unique_conflicts_in_every_output_where_two_rules_fire() -> None:
    found = Map(table(HitPolicy.UNIQUE, rule("x", A, {"scan": "now"}), rule("y", B, {"likely": ["cauda"]})))
    assert found.cells("scan") == {
        ("now", "x"): {"a"},
        ("silent", "y"): {"b"},
        ("conflict", None): {"ab"},
        ("silent", "rest"): {""},
    }
    assert found.where(found.meaning.sets["likely"]["conflict"]) == {"ab"}


def test_any_conflicts_only_in_outputs_on_which_rules_disagree() -> None:
    both: Then = {"scan": "now", "likely": ["cauda", "abscess"]}
    found = Map(table(HitPolicy.ANY, rule("x", A, both), rule("y", B, {**both, "likely": ["cauda"], "blood": "now"})))
    assert found.values("scan") == {"now": {"a", "b", "ab"}, "silent": {""}}
    assert found.values("blood") == {"silent": {"", "a"}, "now": {"b"}, "conflict": {"ab"}}
    assert found.values("likely", "abscess") == {"listed": {"a"}, "silent": {"", "b"}, "conflict": {"ab"}}
    assert found.where(found.meaning.sets["likely"]["conflict"]) == {"ab"}


def test_without_otherwise_what_no_rule_speaks_of_is_a_gap() -> None:
    found = Map(table(HitPolicy.COLLECT, rule("x", A, {"scan": "now", "likely": ["cauda"]}), otherwise=None))
    assert found.values("scan") == {"now": {"a", "ab"}, "gap": {"", "b"}}
    assert found.where(found.meaning.sets["likely"]["gap"]) == {"", "b"}
    assert found.values("blood") == {"silent": EVERYWHERE}


def test_otherwise_rules_are_tried_in_order_where_no_rule_fires() -> None:
    rest = [rule("o1", B, {"scan": "later"}), rule("o2", B, {"scan": "avoid"}), rule("o3", None, {"likely": ["cauda"]})]
    found = Map(table(HitPolicy.UNIQUE, rule("x", All((A, B)), {"scan": "now"}), otherwise=rest))
    fires = {name: found.where(region) for name, region in found.meaning.fires.items()}
    assert fires == {"x": {"ab"}, "o1": {"b"}, "o2": set(), "o3": {"", "a"}}
    assert found.where(found.meaning.holds["o2"]) == {"b", "ab"}
    assert found.values("likely", "cauda") == {"silent": {"b", "ab"}, "listed": {"", "a"}}


def test_the_sums_of_a_score_partition_the_space() -> None:
    found = Map(scores=[score("risk", (A, 2), (B, -1), (B, 0))])
    sums = {total: found.where(region) for total, region in found.meaning.totals["risk"].items()}
    assert sums == {-1: {"b"}, 0: {""}, 1: {"ab"}, 2: {"a"}}
