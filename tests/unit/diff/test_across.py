"""Guidelines compared pair by pair: groups, who is left alone, rules with sources, and what is not decided."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from redflag_kit.diff import across_words
from redflag_kit.diff.across import Across, compare_all
from redflag_kit.diff.panel import Panel, Speaker, Voice, covered_once
from redflag_kit.logic.budget import Budget, BudgetExceeded
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.restricted import restricted
from redflag_kit.results.across import PairResult
from redflag_kit.semantics.literal import Reading
from tests.unit.evaluate.worlds import decision, guideline, rule

AMPLE = Budget(seconds=3600)
ALL = frozenset({"scan", "visit", "test", "any_test", "anything"})


def named(name: str, *decisions: str, **options: Any) -> Guideline:
    return replace(guideline(*decisions, **options), id=name)


def voice(one: Guideline, *more: Guideline) -> Voice:
    return Voice(one.id, (one, *more))


def compared(*guidelines: Guideline, asked: frozenset[str] = ALL, budget: Budget = AMPLE) -> Across:
    return compare_all([voice(one) for one in guidelines], asked, budget)


def pair(*guidelines: Guideline, asked: frozenset[str] = ALL) -> PairResult:
    found = compared(*guidelines, asked=asked)
    assert (found.faults, found.undecided) == ((), ())
    return found.pairs[0]


NOW = named("swift", decision("d", rule("NOW", "fever", "{scan: now}"), rule("L", "numb", "{scan: later}")))
AVOID = named("calm", decision("d", rule("NOT", "fever", "{scan: avoid}"), rule("S", "numb", "{scan: soon}")))


NARROW = named("narrow", decision("d", rule("C", "cough", "{scan: avoid}")), scope="{not: numb}")


def test_groups_are_ranked_advising_against_first_then_by_steps():
    found = pair(NOW, AVOID)
    assert [(g.kind, g.steps, g.a_value, g.b_value) for g in found.groups] == [
        ("against", 3, "now", "avoid"),
        ("urgency", 1, "later", "soon"),
        ("urgency", 1, "now", "soon"),
    ]
    worst = found.groups[0]
    assert worst.sentence == "the scan: swift@1.0.0 says right now, calm@1.0.0 avoid"
    assert worst.region.text == "fever and normal feeling"
    assert (worst.a_guideline, worst.b_guideline) == ("swift@1.0.0", "calm@1.0.0")
    assert worst.witness.text == "fever"
    assert [(r.guideline, r.rule.id, r.through) for r in worst.a_rules] == [("swift@1.0.0", "NOW", "")]
    assert [(s.cite, s.read) for s in worst.b_rules[0].sources] == [("BOOK", "secondary")]
    assert worst.assumptions == ()
    (cell,) = found.cells
    assert (cell.state, cell.groups, cell.worst, cell.steps, cell.words) == (
        "disagree", 3, "against", 3, "right now / avoid",
    )  # fmt: skip
    assert found.verdict == "they disagree on the scan"


def test_a_pair_that_the_scale_declares_lateral_is_strength_against_time():
    def lateral(one: Guideline) -> Guideline:
        output = one.vocabulary.outputs["scan"]
        assert output.scale is not None
        scale = replace(output.scale, lateral=frozenset({frozenset({"later", "soon"})}), note="soon is no time")
        outputs = {**one.vocabulary.outputs, "scan": replace(output, scale=scale)}
        return replace(one, vocabulary=replace(one.vocabulary, outputs=outputs), outputs={"scan": outputs["scan"]})

    found = pair(lateral(NOW), lateral(AVOID))
    assert [g.kind for g in found.groups] == ["against", "urgency", "lateral"]
    assert found.groups[-1].assumptions == ("The scale: soon is no time",)


def test_agreement_is_proved_and_so_is_that_both_never_speak():
    same = replace(NOW, id="other")
    assert pair(NOW, same).cells[0].state == "agree"
    assert pair(NOW, same).verdict == "they agree wherever both give a level (proved) on the scan"
    apart = named("apart", decision("d", rule("C", "cough", "{scan: now}")), scope="{all: [{not: fever}, {not: numb}]}")
    assert pair(NOW, apart).cells[0].state == "never_both"
    assert pair(NOW, named("tests", decision("d", rule("T", "fever", "{test: now}")), covers="test")).cells == ()


def test_outputs_of_which_the_same_is_to_be_said_are_named_together():
    tables = decision("d", rule("NOW", "fever", "{scan: now, visit: now, test: now}"))
    other = decision("d", rule("NOW", "fever", "{scan: now, visit: now, test: soon}"))
    found = pair(*(named(name, one, covers="scan visit test") for name, one in (("a", tables), ("b", other))))
    assert found.verdict == (
        "they disagree on the test; they agree wherever both give a level (proved) on the scan, the visit"
    )


def test_who_hears_one_of_them_only_is_told_apart_and_is_no_disagreement():
    found = pair(NOW, NARROW)
    assert [(g.a_value, g.b_value) for g in found.groups] == [("now", "avoid")]
    told = [(one.speaks, one.other, one.status, one.advises, one.levels) for one in found.left_alone]
    assert told == [
        ("swift", "narrow", "silent", "for", ("now",)),
        ("swift", "narrow", "out_of_scope", "for", ("later", "now")),
        ("narrow", "swift", "silent", "against", ("avoid",)),
    ]
    assert found.left_alone[1].sentence == ("the scan: swift@1.0.0 says later or right now; narrow@1.0.0: out of scope")


def test_what_only_one_covers_is_named():
    both = named("both", decision("d", rule("B", "fever", "{scan: now, test: now}")), covers="scan test")
    found = pair(NOW, both)
    assert found.covered_once == {"both": ("the test",)}
    assert [o.id for o in covered_once(voice(both), voice(NOW))] == ["test"]
    assert pair(both, NOW, asked=frozenset({"scan"})).covered_once == {}


# ---------------------------------------------------------------- what is entailed


PARTS = named(
    "parts",
    decision("d", rule("SCAN", "fever", "{scan: now}"), rule("TEST", "cough", "{test: soon}")),
    covers="scan test any_test",
)
WHOLE = named("whole", decision("d", rule("NONE", "always", "{any_test: avoid}")), covers="scan test any_test")


def test_outputs_with_the_same_patients_and_levels_are_told_together_and_what_counts_as_what_is_named():
    found = pair(PARTS, WHOLE)
    first = found.groups[0]
    assert first.outputs == ("scan", "any_test")
    assert [(r.rule.id, r.through) for r in first.a_rules] == [("SCAN", "")]
    assert [(r.rule.id, r.through) for r in first.b_rules] == [("NONE", "")]
    only = next(g for g in found.groups if g.outputs == ("test",))
    assert [(r.rule.id, r.output, r.through) for r in only.b_rules] == [("NONE", "any_test", "some test")]
    assert only.assumptions == ("whole@1.0.0: advice against some test counts as advice against the test",)
    some = next(g for g in found.groups if g.outputs == ("any_test",))
    assert [(r.rule.id, r.through) for r in some.a_rules] == [("TEST", "the test")]
    assert some.assumptions == ("parts@1.0.0: the test counts as some test",)


def test_advice_against_the_whole_decides_only_for_whom_nothing_is_said_of_the_part():
    own = decision("s", rule("OWN", "fever", "{scan: avoid}"))
    found = pair(
        named("own", own, decision("w", rule("WHOLE", "always", "{any_test: avoid}")), covers="scan any_test"), NOW
    )
    (feverish,) = (group for group in found.groups if group.b_value == "now")
    assert [one.rule.id for one in feverish.a_rules] == ["OWN"]
    assert ["WHOLE"] in [[one.rule.id for one in group.a_rules] for group in found.groups]


def test_nobody_disagrees_on_a_patient_whom_only_one_of_them_allows():
    bound = "constraints: [{id: K, title: a fever coughs, if: fever, then: cough}]\n"
    dry = "{all: [fever, {cough: absent}]}"
    one = named("one", decision("d", rule("NOW", dry, "{scan: now}"), rule("SN", "numb", "{scan: soon}")), extra=bound)
    other = named("other", decision("d", rule("NOT", dry, "{scan: avoid}"), rule("M", "numb", "{scan: soon}")))
    for found in (pair(one, other), pair(other, one)):
        assert [cell.state for cell in found.cells] == ["agree"]


def test_only_the_outputs_asked_about_are_compared():
    assert [cell.output for cell in pair(PARTS, WHOLE, asked=frozenset({"test", "visit"})).cells] == ["test"]


def test_what_is_written_counts_only_by_way_of_outputs_that_are_covered():
    some = named("some", decision("d", rule("V", "fever", "{visit: now}")), covers="visit anything")
    wide = named("wide", decision("d", rule("ANY", "always", "{anything: later}")), covers="anything scan")
    (group,) = pair(some, wide, asked=frozenset({"anything"})).groups
    assert [(r.rule.id, r.through) for r in group.a_rules] == [("V", "the visit")]
    assert [(r.rule.id, r.through) for r in group.b_rules] == [("ANY", "")]


def test_alternatives_of_several_rules_are_told_as_they_are():
    findings = "fever cough numb worry weight pain"
    left = named(
        "left",
        decision("d", *(rule(f"A{i}", one, "{scan: now}") for i, one in enumerate(("fever", "cough", "{pain: mild}")))),
        findings=findings,
    )
    right = named(
        "right",
        decision("d", *(rule(f"B{i}", one, "{scan: avoid}") for i, one in enumerate(("numb", "worry", "weight")))),
        findings=findings,
    )
    (group,) = pair(left, right).groups
    assert group.region.exact
    assert " applies in left@1.0.0 and " in group.region.text
    assert "; or " in group.region.text


def test_declared_assumptions_of_deciding_rules_are_named():
    extra = "assumptions: {A-1: {text: fever means 38 degrees, evidence: opinion}}\n"
    guess = named("guess", decision("d", rule("NOT", "fever", "{scan: avoid}", "assumptions: [A-1]")), extra=extra)
    assert pair(NOW, guess).groups[0].assumptions == ("guess@1.0.0 A-1: fever means 38 degrees",)


def test_a_voice_of_two_editions_speaks_with_each_where_it_is_in_force():
    old = named(
        "family", decision("d", rule("O", "fever", "{scan: later}"), rule("T", "fever", "{test: now}")),
        covers="scan test",
    )  # fmt: skip
    new = named("family", decision("d", rule("NEW", "fever", "{scan: now}")))
    mixed = Voice("family", (restricted(old, ("test",)), new))
    calm = named("calm", decision("d", rule("C", "fever", "{scan: avoid, test: soon}")), covers="scan test")
    (found,) = compare_all([mixed, voice(calm)], ALL, AMPLE).pairs
    assert [(g.outputs, g.a_value, g.b_value) for g in found.groups] == [
        (("scan",), "now", "avoid"),
        (("test",), "now", "soon"),
    ]
    assert [cell.output for cell in found.cells] == ["scan", "test"]


# ---------------------------------------------------------------- every pair, budgets, and what is not confirmed


def test_every_pair_is_compared_once():
    third = named("third", decision("d", rule("X", "cough", "{scan: now}")))
    found = compared(NOW, AVOID, third)
    assert [(one.a, one.b) for one in found.pairs] == [("swift", "calm"), ("swift", "third"), ("calm", "third")]


def test_time_that_is_up_decides_nothing_and_says_so():
    with pytest.raises(BudgetExceeded):
        compared(NOW, AVOID, budget=Budget(seconds=0.0))


def test_a_guideline_that_is_too_much_for_the_budget_is_named_with_its_outputs(monkeypatch: pytest.MonkeyPatch):
    def spent(*_: object) -> None:
        raise BudgetExceeded("a union", "3 diagram nodes")

    monkeypatch.setattr(Panel, "speaker", spent)
    found = compared(NOW, AVOID)
    assert [cell.state for cell in found.pairs[0].cells] == ["not_decided"]
    assert found.pairs[0].verdict == "it was not decided on the scan"
    (left,) = found.undecided
    assert left.question == "where swift and calm disagree on the scan"
    assert left.established == "nothing"


def test_what_was_decided_before_the_budget_ended_is_kept(monkeypatch: pytest.MonkeyPatch):
    read = Speaker.values
    asked: list[str] = []

    def values(speaker: Speaker, output: str) -> Any:
        asked.append(output)
        if output == "test":
            raise BudgetExceeded("a union", "3 diagram nodes")
        return read(speaker, output)

    monkeypatch.setattr(Speaker, "values", values)
    found = compared(PARTS, WHOLE)
    assert [(cell.output, cell.state) for cell in found.pairs[0].cells] == [
        ("scan", "disagree"),
        ("test", "not_decided"),
        ("any_test", "not_decided"),
    ]
    assert found.undecided[0].question == "where parts and whole disagree on the test, some test"
    assert found.undecided[0].established == "decided on scan"


def test_groups_that_could_not_be_described_are_still_counted(monkeypatch: pytest.MonkeyPatch):
    def spent(*_: object) -> None:
        raise BudgetExceeded("a union", "3 diagram nodes")

    monkeypatch.setattr(across_words, "deciding", spent)
    found = compared(NOW, AVOID)
    assert (found.pairs[0].cells[0].groups, found.pairs[0].groups) == (3, ())
    assert found.undecided[0].question == "which patients make up 3 groups between swift and calm"


def test_a_witness_that_is_not_confirmed_is_our_own_fault_and_not_shown(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(across_words, "read", lambda *_: Reading(dict.fromkeys(ALL, "soon"), (), ()))
    monkeypatch.setattr(across_words, "entail", lambda _, values: values)
    found = compared(NOW, NARROW)
    assert {fault.code.id for fault in found.faults} == {"RF902"}
    assert len(found.faults) == 4
    assert (found.pairs[0].groups, found.pairs[0].left_alone) == ((), ())


def test_a_patient_whom_one_of_them_does_not_allow_confirms_nothing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(across_words, "constraints_hold", lambda *_: False)
    assert len(compared(NOW, NARROW).faults) == 4


def test_a_guideline_is_read_once_for_all_its_pairs():
    panel = Panel((NOW, AVOID))
    assert panel.speaker(NOW) is panel.speaker(NOW)
    assert panel.speaker(NOW) is not panel.speaker(AVOID)
