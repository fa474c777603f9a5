from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest

from redflag_kit.model.condition import All, Always, Any, AtLeast, Condition, Named, Not, NumberTest, Range, Value
from redflag_kit.model.guideline import Decision, Guideline, HitPolicy
from redflag_kit.model.vocabulary import Combine, Output
from redflag_kit.semantics.literal import OutputValue, Reading, entail, holds, is_legal, read
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

URGENCY = scale("avoid", "later", "soon", "now", against="avoid")
SCAN, BLOOD, VISIT = (ordered(name, URGENCY) for name in ("scan", "blood", "visit"))
LIKELY = a_set("likely", "abscess", "cauda", "cancer")
FINDINGS = (yes_no("fever"), yes_no("numb"), yes_no("weak"), number("age", 0, 100), choice("sex", ["female", "male"]))
WELL: dict[str, Value] = {"fever": "absent", "numb": "absent", "weak": "absent", "age": Fraction(40), "sex": "female"}
ILL = {**WELL, "fever": "present", "numb": "present"}


def rules_for(
    *decisions: Decision, outputs: tuple[Output, ...] = (SCAN, BLOOD, VISIT, LIKELY), scope: Condition | None = None
) -> Guideline:
    return guideline(vocabulary(FINDINGS, outputs), decisions, scope=scope)


def reading(*decisions: Decision, patient: Mapping[str, Value] = ILL) -> Reading:
    return read(rules_for(*decisions), patient)


# ---------------------------------------------------------------- patients (docs/semantics.md 1 to 3)


def test_a_patient_must_satisfy_every_implication() -> None:
    constraints = (implies(has("fever"), has("numb")),)
    assert is_legal(constraints, ILL)
    assert is_legal(constraints, WELL)
    assert not is_legal(constraints, {**ILL, "numb": "absent"})


@pytest.mark.parametrize(
    ("left", "right", "strict", "factor", "legal"),
    [(3, 3, False, 1, True), (3, 3, True, 1, False), (14, 2, False, 7, True), (15, 2, False, 7, False)],
)
def test_a_patient_must_satisfy_every_comparison(left: int, right: int, strict: bool, factor: int, legal: bool) -> None:
    patient = {"days": Fraction(left), "weeks": Fraction(right)}
    assert is_legal((at_most("days", "weeks", strict=strict, factor=factor),), patient) == legal


# ---------------------------------------------------------------- conditions and scope (4, 5, 10)

OUTSIDE = NumberTest("age", (Range(None, Fraction(18)), Range(Fraction(65), None, low_included=False)), True, "adult")


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (has("fever"), True),
        (has("sex", "male"), False),
        (has("sex", "female", "male"), True),
        (between("age", 40), True),
        (between("age", 40, open_low=True), False),
        (between("age", high=40, open_high=True), False),
        (between("age", 18, 39, negated=True), True),
        (OUTSIDE, True),
        (Always(), True),
        (Not(has("fever")), False),
        (Not(has("weak")), True),
        (All((has("fever"), has("numb"))), True),
        (All((has("fever"), has("weak"))), False),
        (Any((has("weak"), has("numb"))), True),
        (Any((has("weak"), has("sex", "male"))), False),
        (AtLeast(2, (has("fever"), has("numb"), has("weak"))), True),
        (AtLeast(3, (has("fever"), has("numb"), has("weak"))), False),
        (AtLeast(2, (has("fever"), has("fever"))), True),
        (Named("sick", has("fever")), True),
    ],
)
def test_a_condition_is_true_or_false_of_a_patient(condition: Condition, holds: bool) -> None:
    found = reading(decision("d", [rule("r", condition, {"scan": "now"})]))
    assert found.held == (("r",) if holds else ())
    assert found.values["scan"] == ("now" if holds else "gap")


def test_outside_its_scope_a_guideline_says_nothing_else() -> None:
    rules = rules_for(decision("d", [rule("r", has("fever"), {"scan": "now"})]), scope=has("weak"))
    found = read(rules, ILL)
    assert set(found.values.values()) == {"out_of_scope"}
    assert (found.fired, found.held, found.scores) == ((), (), {})


def test_an_output_that_is_not_covered_is_so_in_and_out_of_scope() -> None:
    words = vocabulary(FINDINGS, [SCAN, BLOOD])
    local = ordered("stage", URGENCY)
    rules = guideline(words, [decision("d", [rule("r", None, {"scan": "now"})])], covers=["scan"], local=[local])
    assert read(rules, ILL).values == {"scan": "now", "blood": "not_covered", "stage": "silent"}
    outside = guideline(words, [], covers=["scan"], scope=has("weak"), local=[local])
    assert read(outside, ILL).values == {"scan": "out_of_scope", "blood": "not_covered", "stage": "out_of_scope"}


def test_values_come_in_the_order_of_the_vocabulary_and_local_ones_last() -> None:
    words = vocabulary(FINDINGS, [BLOOD, SCAN, VISIT])
    covered = guideline(words, [], covers=["visit", "scan"], local=[ordered("stage", URGENCY)])
    assert list(read(covered, ILL).values) == ["blood", "scan", "visit", "stage"]
    assert list(read(replace(covered, scope=has("weak")), ILL).values) == ["blood", "scan", "visit", "stage"]


def test_what_fired_and_what_held_is_told_of_every_decision() -> None:
    exception = rule("s", has("numb"), {"blood": "now"}, unless=["t"])
    found = reading(
        decision("d", [rule("r", has("fever"), {"scan": "now"})]),
        decision("e", [exception, rule("t", has("fever"), {"blood": "later"})]),
        decision("f", [rule("u", has("weak"), {"visit": "now"})], [rule("o", None, {"visit": "later"})]),
    )
    assert found.fired == ("r", "t", "o")
    assert found.held == ("r", "s", "t")


@pytest.mark.parametrize(("age", "scan", "true"), [(40, "now", True), (40, "later", False), (41, "now", False)])
def test_a_condition_on_findings_and_outputs_can_be_asked_of_given_values(age: int, scan: str, true: bool) -> None:
    condition = All((between("age", 40, 40), said("scan", "now")))
    assert holds(condition, {**ILL, "age": Fraction(age)}, {"scan": scan}) is true


def test_a_score_is_the_sum_of_points_whose_condition_holds() -> None:
    risk = score("risk", (has("fever"), 2), (has("numb"), -3), (has("weak"), 10))
    one = decision("d", [rule("r", total("risk", -1, -1), {"scan": "now"})])
    other = decision("e", [rule("s", total("risk", 0, 20, negated=True), {"blood": "now"})])
    found = read(guideline(vocabulary(FINDINGS, [SCAN, BLOOD]), [one, other], scores=[risk]), ILL)
    assert found.scores == {"risk": -1}
    assert found.values == {"scan": "now", "blood": "now"}


# ---------------------------------------------------------------- exceptions (6)


def test_a_rule_is_suppressed_by_unless_and_by_overrides() -> None:
    found = reading(
        decision(
            "d",
            [
                rule("plain", has("fever"), {"scan": "later"}, unless=["alarm"]),
                rule("alarm", has("numb"), {"scan": "avoid"}, overrides=["other"]),
                rule("other", has("fever"), {"scan": "now"}),
            ],
        )
    )
    assert found.held == ("plain", "alarm", "other")
    assert found.fired == ("alarm",)
    assert found.values["scan"] == "avoid"


def test_a_suppressed_rule_suppresses_nothing() -> None:
    found = reading(
        decision(
            "d",
            [
                rule("first", has("fever"), {"scan": "later"}, unless=["second"]),
                rule("second", has("fever"), {"scan": "soon"}, unless=["third"]),
                rule("third", has("fever"), {"scan": "now"}),
            ],
        )
    )
    assert found.fired == ("first", "third")


# ---------------------------------------------------------------- otherwise (7)


def test_without_otherwise_a_patient_no_rule_speaks_of_is_a_gap() -> None:
    one = decision("d", [rule("r", has("weak"), {"scan": "now", "likely": ["cauda"]})])
    found = reading(one)
    assert (found.values["scan"], found.values["likely"], found.values["blood"]) == ("gap", "gap", "silent")
    assert found.fired == ()


def test_an_otherwise_list_in_which_nothing_applies_is_a_gap() -> None:
    one = decision("d", [rule("r", has("weak"), {"scan": "now"})], [rule("o", has("weak"), {"scan": "avoid"})])
    assert reading(one).values["scan"] == "gap"
    assert reading(decision("d", [rule("r", has("weak"), {"scan": "now"})], [])).values["scan"] == "gap"


def test_the_first_otherwise_rule_that_applies_decides() -> None:
    rest = [
        rule("o1", has("weak"), {"scan": "avoid"}),
        rule("o2", has("fever"), {"scan": "later"}),
        rule("o3", None, {"scan": "soon"}),
    ]
    found = reading(decision("d", [rule("r", has("weak"), {"scan": "now", "likely": ["cauda"]})], rest))
    assert found.fired == ("o2",)
    assert found.held == ()
    assert (found.values["scan"], found.values["likely"]) == ("later", "silent")


def test_otherwise_silent_is_silent_and_may_list_members_of_a_set() -> None:
    absent = rule("r", has("weak"), {"scan": "now", "likely": ["cauda"]})
    assert reading(decision("d", [absent], [rule("rest")])).values["scan"] == "silent"
    found = reading(decision("d", [absent], [rule("rest", None, {"likely": ["cancer", "abscess"]})]))
    assert found.values["likely"] == frozenset({"cancer", "abscess"})


def test_otherwise_is_not_tried_when_a_rule_fires() -> None:
    found = reading(decision("d", [rule("r", has("fever"), {"scan": "now"})], [rule("o", None, {"blood": "now"})]))
    assert (found.values["scan"], found.values["blood"]) == ("now", "silent")


# ---------------------------------------------------------------- hit policies (8)


def fired_together(policy: HitPolicy, *then: Then, outputs: tuple[str, ...] = ()) -> Reading:
    rules = [rule(f"r{i}", has("fever"), written) for i, written in enumerate(then)]
    return reading(decision("d", rules, policy=policy, outputs=outputs))


def test_collect_takes_the_highest_level_and_the_union_of_sets() -> None:
    found = fired_together(
        HitPolicy.COLLECT,
        {"scan": "later", "likely": ["cauda"]},
        {"scan": "now", "likely": ["cauda", "cancer"]},
        {"scan": "soon"},
    )
    assert (found.values["scan"], found.values["likely"]) == ("now", frozenset({"cauda", "cancer"}))


def test_collect_takes_the_lowest_level_of_an_output_that_combines_so() -> None:
    rest = ordered("rest", URGENCY, combine=Combine.LOWEST)
    rules = [rule(f"r{level}", has("fever"), {"rest": level}) for level in ("soon", "later", "now")]
    silent = rule("other", has("fever"), {"scan": "now"})
    found = read(rules_for(decision("d", [silent, *rules]), outputs=(rest, SCAN)), ILL)
    assert found.values["rest"] == "later"


def test_collect_leaves_an_output_silent_that_no_firing_rule_writes() -> None:
    found = fired_together(HitPolicy.COLLECT, {"scan": "now"}, outputs=("scan", "blood", "likely"))
    assert (found.values["blood"], found.values["likely"]) == ("silent", "silent")


def test_first_takes_everything_from_the_first_rule_that_fires() -> None:
    found = fired_together(HitPolicy.FIRST, {"scan": "later"}, {"scan": "now", "blood": "now"})
    assert (found.values["scan"], found.values["blood"]) == ("later", "silent")


def test_priority_takes_the_rule_with_the_highest_levels_in_order_of_outputs() -> None:
    then: tuple[Then, ...] = ({"blood": "now"}, {"scan": "soon", "blood": "later"}, {"scan": "soon", "blood": "soon"})
    found = fired_together(HitPolicy.PRIORITY, *then, outputs=("scan", "blood"))
    assert (found.values["scan"], found.values["blood"]) == ("soon", "soon")
    other_order = fired_together(HitPolicy.PRIORITY, *then, outputs=("blood", "scan"))
    assert (other_order.values["scan"], other_order.values["blood"]) == ("silent", "now")


def test_under_priority_writing_nothing_is_below_the_lowest_level() -> None:
    found = fired_together(HitPolicy.PRIORITY, {"blood": "now"}, {"scan": "avoid"}, outputs=("scan", "blood"))
    assert (found.values["scan"], found.values["blood"]) == ("avoid", "silent")


def test_priority_with_equal_levels_is_no_conflict() -> None:
    found = fired_together(HitPolicy.PRIORITY, {"scan": "soon"}, {"scan": "soon"})
    assert found.values["scan"] == "soon"


def test_priority_prefers_the_low_end_of_an_output_that_combines_so() -> None:
    rest = ordered("rest", URGENCY, combine=Combine.LOWEST)
    rules = [rule("a", None, {"rest": "now"}), rule("b", None, {"rest": "later"}), rule("c", None, {"scan": "now"})]
    one = decision("d", rules, policy=HitPolicy.PRIORITY, outputs=["rest"])
    found = read(rules_for(one, outputs=(rest, SCAN)), ILL)
    assert (found.values["rest"], found.values["scan"]) == ("later", "silent")


def test_unique_is_a_conflict_in_every_output_if_two_rules_fire() -> None:
    alone = fired_together(HitPolicy.UNIQUE, {"scan": "now"}, outputs=("scan", "blood"))
    assert (alone.values["scan"], alone.values["blood"]) == ("now", "silent")
    both = fired_together(HitPolicy.UNIQUE, {"scan": "now"}, {"scan": "now"}, outputs=("scan", "blood"))
    assert (both.values["scan"], both.values["blood"]) == ("conflict", "conflict")


def test_any_is_a_conflict_only_where_the_rules_disagree() -> None:
    found = fired_together(HitPolicy.ANY, {"scan": "now", "blood": "soon"}, {"scan": "now", "blood": "later"})
    assert (found.values["scan"], found.values["blood"]) == ("now", "conflict")


def test_under_any_writing_nothing_is_a_value() -> None:
    found = fired_together(HitPolicy.ANY, {"scan": "now", "blood": "soon"}, {"scan": "now"})
    assert (found.values["scan"], found.values["blood"]) == ("now", "conflict")


def test_under_any_sets_agree_only_if_they_are_equal() -> None:
    agreeing = fired_together(HitPolicy.ANY, {"likely": ["cauda", "cancer"]}, {"likely": ["cancer", "cauda"]})
    assert agreeing.values["likely"] == frozenset({"cauda", "cancer"})
    assert fired_together(HitPolicy.ANY, {"likely": ["cauda"]}, {"likely": ["cancer"]}).values["likely"] == "conflict"


# ---------------------------------------------------------------- chained decisions (4, 9)


@pytest.mark.parametrize(
    ("test", "holds"),
    [
        (said("scan", "soon", "now"), True),
        (said("scan", "later"), False),
        (said("blood", "silent"), True),
        (said("blood", "later", "soon", "now"), False),
        (said("visit", "gap"), True),
        (said("visit", "avoid", "later", "soon", "now"), False),
        (said("likely", "cauda"), True),
        (said("likely", "abscess"), False),
        (said("likely", "abscess", "cauda"), True),
        (said("likely", "silent"), False),
    ],
)
def test_a_later_decision_reads_levels_statuses_and_members(test: Condition, holds: bool) -> None:
    first = decision("d", [rule("r", None, {"scan": "now", "likely": ["cauda"]})], outputs=["blood"])
    gap = decision("e", [rule("s", has("weak"), {"visit": "now"})])
    last = decision("f", [rule("t", test, {"stage": "now"})], [rule("rest")])
    words = vocabulary(FINDINGS, [SCAN, BLOOD, VISIT, LIKELY])
    found = read(guideline(words, [first, gap, last], local=[ordered("stage", URGENCY)]), ILL)
    assert found.values["stage"] == ("now" if holds else "silent")


# ---------------------------------------------------------------- entailment (11)

INNER = ordered("inner", URGENCY, satisfied_by=["scan", "blood", "elsewhere"])
OUTER = ordered("outer", URGENCY, satisfied_by=["inner"])


def entailed(**values: OutputValue) -> Mapping[str, OutputValue]:
    outputs = (OUTER, INNER, SCAN, BLOOD, LIKELY)
    written: dict[str, OutputValue] = {**{output.id: "silent" for output in outputs}, **values}
    return entail(rules_for(outputs=outputs), written)


def test_an_umbrella_has_at_least_the_highest_level_of_its_members() -> None:
    found = entailed(scan="later", blood="soon")
    assert (found["inner"], found["outer"]) == ("soon", "soon")
    assert entailed(scan="later", inner="now")["inner"] == "now"
    assert entailed(scan="later", inner="conflict")["inner"] == "later"


def test_levels_of_members_are_compared_by_rank_and_not_by_name() -> None:
    assert entailed(scan="soon", blood="now")["inner"] == "now"
    assert entailed(scan="soon", blood="later", inner="avoid")["inner"] == "soon"
    spelled = scale("b", "c", "a")
    outputs = (ordered("some", spelled, satisfied_by=["one", "two"]), ordered("one", spelled), ordered("two", spelled))
    values: dict[str, OutputValue] = {"some": "silent", "one": "c", "two": "a"}
    assert entail(rules_for(outputs=outputs), values)["some"] == "a"


def test_statuses_of_members_do_not_count_as_levels() -> None:
    found = entailed(scan="gap", blood="out_of_scope")
    assert (found["inner"], found["outer"]) == ("silent", "silent")


def test_advice_against_passes_down_to_silent_members_only() -> None:
    found = entailed(outer="avoid", blood="gap")
    assert (found["inner"], found["scan"], found["blood"]) == ("avoid", "avoid", "gap")
    assert entailed(outer="avoid", scan="now")["blood"] == "silent"


def test_members_that_are_not_covered_play_no_part() -> None:
    words = vocabulary(FINDINGS, [ordered("some", URGENCY, satisfied_by=["scan", "blood"]), SCAN, BLOOD])
    rules = guideline(words, [], covers=["some", "scan"])
    found = entail(rules, {"some": "avoid", "scan": "silent", "blood": "not_covered"})
    assert found == {"some": "avoid", "scan": "avoid", "blood": "not_covered"}


def test_entailment_leaves_sets_and_scales_without_advice_against_alone() -> None:
    plain = scale("later", "now")
    outputs = (ordered("some", plain, satisfied_by=["scan"]), ordered("scan", plain), LIKELY)
    written: dict[str, OutputValue] = {"some": "later", "scan": "silent", "likely": frozenset({"cauda"})}
    assert entail(rules_for(outputs=outputs), written) == written
