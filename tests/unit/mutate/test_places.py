"""Where a fault stands when the text is shared, or not known at all."""

from redflag_kit.diagnostics.span import NOWHERE, Span
from redflag_kit.mutate.mutants import mutants
from tests.property.models import between, decision, guideline, has, ordered, rule, scale, vocabulary, yes_no
from tests.property.models import number as number_finding
from tests.unit.evaluate import worlds
from tests.unit.mutate.told import mutant, told

SHARED = worlds.guideline(
    worlds.decision(
        "d",
        worlds.rule("R1", "&ill {any: [fever, cough]}", "&soon {scan: soon, visit: now}"),
        worlds.rule("R2", "{all: [numb, *ill]}", "*soon"),
    ),
    covers="scan visit",
)


def test_an_alias_is_written_out_for_the_rule_that_uses_it() -> None:
    found = told(SHARED, "R2:condition-dropped:fever", "R2:outcome-raised", "R2:outcome-dropped:scan")
    assert found == {
        "R2:condition-dropped:fever": (
            "{all: [numb, {any: [fever, cough]}]}",
            "{all: [numb, {any: [cough]}]}",
            "without the condition: fever",
        ),
        "R2:outcome-dropped:scan": (
            "{scan: soon, visit: now}",
            "{visit: now}",
            "the scan: nothing said instead of soon",
        ),
        "R2:outcome-raised:scan": (
            "{scan: soon, visit: now}",
            "{scan: now, visit: now}",
            "the scan: right now instead of soon",
        ),
    }
    rule = next(one for one in SHARED.rules() if one.id == "R2")
    assert mutant(SHARED, "R2:condition-dropped:fever").span == rule.when.span
    assert mutant(SHARED, "R2:outcome-raised:scan").span == rule.places.then


def test_the_rule_that_has_the_text_keeps_it() -> None:
    assert told(SHARED, "R1:condition-dropped:fever", "R1:outcome-lowered:scan") == {
        "R1:condition-dropped:fever": ("fever", "", "without the condition: fever"),
        "R1:outcome-lowered:scan": ("soon", "later", "the scan: later instead of soon"),
    }


def test_the_first_policy_for_unknown_findings_is_put_before_the_id() -> None:
    one = mutant(SHARED, "finding fever:unknown-as-absent")
    assert one.span == Span("g/g.yaml", 2, 1, 2, 1)


def test_a_guideline_that_was_never_written_has_mutants_without_a_place() -> None:
    words = vocabulary(
        [yes_no("fever", clean="absent"), number_finding("age", 0, 99)], [ordered("scan", scale("later", "soon"))]
    )
    made = guideline(
        words, [decision("d", [rule("R1", has("fever"), {"scan": "soon"}), rule("R2", between("age", 5, 9))])]
    )
    assert {one.span for one in mutants(made)} == {NOWHERE}
    assert told(made, "R2:thr", "R1:rule", "finding") == {
        "finding fever:unknown-as-absent": (
            "",
            "on_unknown: {fever: {assume: absent, reason: unknown is taken as absent, evidence: opinion}}\n",
            "fever: taken as absent where nothing is known",
        ),
        "R1:rule-dropped": ("{id: R1, when: fever, then: {scan: soon}}", "", "without the rule: R1"),
        "R2:threshold-widened:age": ("{age: 5 to 9}", "{age: 4 to 9}", "age: 4 to 9 instead of 5 to 9"),
        "R2:threshold-widened:age:2": ("{age: 5 to 9}", "{age: 5 to 10}", "age: 5 to 10 instead of 5 to 9"),
    }
