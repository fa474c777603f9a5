"""What is told of two guidelines: groups, those left alone, cells and faults, each in its place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from redflag_kit.compile.digest import digest_of
from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic
from redflag_kit.diff import across_words
from redflag_kit.diff.across import Across, compare_all
from redflag_kit.diff.across_words import AcrossWriter
from redflag_kit.diff.disagreements import Heard, hear
from redflag_kit.diff.panel import Voice
from redflag_kit.diff.present import rule_ref
from redflag_kit.logic.budget import Budget, BudgetExceeded, Turns
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.restricted import restricted
from redflag_kit.model.vocabulary import Output
from redflag_kit.results.across import (
    AcrossWitness,
    DecidingRule,
    LeftAlone,
    LevelGroup,
    OutputCell,
    PairResult,
    ReadSource,
)
from redflag_kit.results.envelope import NotDecided
from redflag_kit.results.region import Cube, Region
from redflag_kit.semantics.literal import entail
from tests.unit.evaluate.worlds import decision, guideline, rule

AMPLE = Budget(seconds=3600)
ALL = frozenset({"scan", "visit", "test", "any_test", "anything"})


def named(name: str, *decisions: str, **options: Any) -> Guideline:
    return replace(guideline(*decisions, **options), id=name)


def compared(one: Guideline, other: Guideline, asked: frozenset[str] = ALL) -> Across:
    return compare_all([Voice("Swift & Co", (one,)), Voice("Calm", (other,))], asked, AMPLE)


def pair(one: Guideline, other: Guideline, asked: frozenset[str] = ALL) -> PairResult:
    found = compared(one, other, asked)
    assert (found.faults, found.undecided) == ((), ())
    (result,) = found.pairs
    return result


def mark(*parts: str) -> str:
    return digest_of(["Swift & Co", "Calm", *parts]).removeprefix("sha256:")[:8]


SWIFT = named("swift", decision("d", rule("NOW", "fever", "{scan: now}"), rule("L", "numb", "{scan: later}")))
CALM = named("calm", decision("d", rule("C", "cough", "{scan: avoid}")), scope="{not: numb}")
BOOK = (ReadSource("BOOK", "secondary", "A made-up textbook"),)


def test_a_group_has_its_levels_its_patients_a_witness_and_the_rules_of_both_sides():
    (group,) = pair(SWIFT, CALM).groups
    assert group == LevelGroup(
        id=f"scan-{mark('scan', 'now', 'avoid')}",
        outputs=("scan",),
        labels=("the scan",),
        kind="against",
        steps=3,
        a_guideline="swift@1.0.0",
        b_guideline="calm@1.0.0",
        a_value="now",
        b_value="avoid",
        a_words="right now",
        b_words="avoid",
        sentence="the scan: swift@1.0.0 says right now, calm@1.0.0 avoid",
        region=Region(
            "fever and cough",
            (Cube((("fever", ("present",)), ("cough", ("present",))), ("fever", "cough")),),
            exact=True,
        ),
        witness=AcrossWitness(
            case={"fever": "present", "cough": "present", "numb": "absent"},
            text="fever, cough",
            a={"scan": "now"},
            b={"scan": "avoid"},
            a_rules=("NOW",),
            b_rules=("C",),
        ),
        a_rules=(DecidingRule("swift@1.0.0", rule_ref(SWIFT, "NOW"), "scan", "", BOOK),),
        b_rules=(DecidingRule("calm@1.0.0", rule_ref(CALM, "C"), "scan", "", BOOK),),
        assumptions=(),
    )


def test_who_is_left_alone_is_told_by_both_names_with_what_is_said_and_with_the_others_silence():
    silent, out_of_scope, against = pair(SWIFT, CALM).left_alone
    assert out_of_scope == LeftAlone(
        id=f"scan-{mark('scan', 'Swift & Co', 'out_of_scope', 'for')}",
        outputs=("scan",),
        labels=("the scan",),
        speaks="Swift & Co",
        other="Calm",
        status="out_of_scope",
        advises="for",
        levels=("later", "now"),
        sentence="the scan: swift@1.0.0 says later or right now; calm@1.0.0: out of scope",
        region=Region("numbness", (Cube((("numb", ("present",)),), ("numbness",)),), exact=True),
        witness=AcrossWitness(
            case={"fever": "absent", "cough": "absent", "numb": "present"},
            text="numbness",
            a={"scan": "later"},
            b={"scan": "out_of_scope"},
            a_rules=("L",),
            b_rules=(),
        ),
    )
    assert silent.region.text == "fever and no cough and normal feeling"
    assert (against.speaks, against.other, against.advises, against.levels) == (
        "Calm",
        "Swift & Co",
        "against",
        ("avoid",),
    )
    assert against.sentence == "the scan: calm@1.0.0 says avoid; swift@1.0.0: says nothing"
    assert (against.witness.a_rules, against.witness.b_rules) == (("d.otherwise",), ("C",))


def test_a_pair_says_where_they_disagree_and_what_only_one_of_them_covers():
    both = named(
        "both", decision("d", rule("B", "fever", "{scan: avoid, test: now, visit: now}")), covers="scan test visit"
    )
    wide = named("wide", decision("d", rule("W", "fever", "{scan: later, anything: now}")), covers="scan anything")
    found = pair(both, wide)
    assert found == PairResult(
        a="Swift & Co",
        b="Calm",
        verdict="they disagree on the scan",
        cells=(OutputCell("scan", "the scan", "disagree", 1, "against", 1, "avoid / later"),),
        groups=found.groups,
        left_alone=(),
        covered_once={"Swift & Co": ("the visit", "the test"), "Calm": ("anything",)},
    )
    assert pair(both, wide, frozenset({"scan", "test"})).covered_once == {"Swift & Co": ("the test",)}


COVERS = "scan visit test"
MIXED = named(
    "mixed", decision("d", rule("M", "fever", "{scan: now, visit: soon}"), rule("T", "cough", "{test: now}")),
    covers=COVERS,
)  # fmt: skip
OTHER = named(
    "other", decision("d", rule("S", "fever", "{scan: avoid, visit: soon}"), rule("T", "numb", "{scan: soon}")),
    decision("e", rule("NB", "{all: [numb, {not: cough}]}", "{test: soon}")), covers=COVERS,
)  # fmt: skip


def test_a_pair_has_a_cell_for_every_output_and_a_verdict_that_names_each_by_what_it_came_to():
    found = pair(MIXED, OTHER)
    assert found.cells == (
        OutputCell("scan", "the scan", "disagree", 2, "against", 3, "right now / avoid"),
        OutputCell("visit", "the visit", "agree", 0, "", 0, ""),
        OutputCell("test", "the test", "never_both", 0, "", 0, ""),
    )
    assert found.verdict == (
        "they disagree on the scan; they agree wherever both give a level (proved) on the visit; they never both give a"
        " level (proved) on the test"
    )
    tests = named("tests", decision("d", rule("T", "fever", "{test: now}")), covers="test")
    none = pair(SWIFT, tests)
    assert (none.cells, none.verdict) == ((), "they cover none of these outputs together")


def test_groups_of_several_editions_are_ranked_together():
    old = named(
        "family", decision("d", rule("O", "fever", "{scan: later}"), rule("T", "fever", "{test: now}")),
        covers="scan test",
    )  # fmt: skip
    new = named("family", decision("d", rule("NEW", "fever", "{scan: later}")))
    calm = named("calm", decision("d", rule("C", "fever", "{scan: soon, test: avoid}")), covers="scan test")
    mixed = Voice("family", (restricted(old, ("test",)), new))
    (found,) = compare_all([mixed, Voice("calm", (calm,))], ALL, AMPLE).pairs
    assert [(g.outputs, g.kind, g.steps) for g in found.groups] == [
        (("test",), "against", 3),
        (("scan",), "urgency", 1),
    ]


def test_outputs_told_together_are_named_together():
    parts = named(
        "parts", decision("d", rule("S", "fever", "{scan: now}"), rule("T", "cough", "{test: soon}")),
        covers="scan test any_test",
    )  # fmt: skip
    whole = named(
        "whole", decision("d", rule("NONE", "fever", "{any_test: avoid}")), covers="scan test any_test", scope="fever"
    )
    found = pair(parts, whole)
    group = found.groups[0]
    assert (group.outputs, group.labels) == (("scan", "any_test"), ("the scan", "some test"))
    assert group.id == f"scan-{mark('scan', 'any_test', 'now', 'avoid')}"
    assert group.sentence == "the scan, some test: parts@1.0.0 says right now, whole@1.0.0 avoid"
    alone = next(one for one in found.left_alone if "any_test" in one.outputs)
    assert (alone.outputs, alone.labels) == (("test", "any_test"), ("the test", "some test"))
    assert alone.sentence == "the test, some test: parts@1.0.0 says soon; whole@1.0.0: out of scope"
    assert alone.witness.a == {"scan": "silent", "test": "soon", "any_test": "soon"}
    # An output that decides itself is named as such, though it is told together with another.
    assert [(r.output, r.through) for r in group.b_rules] == [("any_test", "")]


def test_a_group_names_what_it_rests_on_entailment_first_then_the_scale_then_the_readings_of_sources():
    def noted(one: Guideline) -> Guideline:
        outputs = {
            name: replace(o, scale=replace(o.scale, note="levels are not times") if o.scale else None)
            for name, o in one.vocabulary.outputs.items()
        }
        return replace(
            one,
            vocabulary=replace(one.vocabulary, outputs=outputs),
            outputs={name: outputs[name] for name in one.outputs},
        )

    extra = "assumptions: {A-1: {text: fever means 38, evidence: opinion}}\n"
    uses = "assumptions: [A-1]"
    parts = named("parts", decision("d", rule("S", "fever", "{scan: now}", uses)), covers="scan any_test", extra=extra)
    whole = named(
        "whole", decision("d", rule("W", "fever", "{any_test: avoid}", uses)), covers="scan any_test", extra=extra
    )
    (group,) = pair(noted(parts), noted(whole)).groups
    assert group.assumptions == (
        "The scale: levels are not times",
        "parts@1.0.0 A-1: fever means 38",
        "whole@1.0.0 A-1: fever means 38",
    )
    ((only,), (some,)) = (
        pair(noted(parts), noted(whole), frozenset({output})).groups for output in ("scan", "any_test")
    )
    counts = "advice against some test counts as advice against the scan"
    assert only.assumptions == (f"whole@1.0.0: {counts}", *group.assumptions)
    assert some.id == f"any-test-{mark('any_test', 'now', 'avoid')}"
    assert some.assumptions == ("parts@1.0.0: the scan counts as some test", *group.assumptions)


def test_groups_that_are_long_in_findings_are_told_in_the_rules_that_decide_and_those_left_alone_in_any():
    findings = "fever cough numb worry weight pain"
    many, other = "{any: [fever, cough, numb, worry]}", "{any: [weight, {pain: mild}, {pain: severe}]}"
    left = named("left", decision("d", rule("Q", many, "{scan: later}"), rule("P", many, "{scan: now}")),
                 findings=findings)  # fmt: skip
    right = named("right", decision("d", rule("S", other, "{scan: avoid}"), rule("T", other, "{scan: soon}")),
                  findings=findings)  # fmt: skip
    found = pair(left, right)
    assert [group.region.text for group in found.groups] == ["P applies in left@1.0.0 and T applies in right@1.0.0"]
    assert [one.region.text for one in found.left_alone] == [
        "Q applies in left@1.0.0 and S does not apply in right@1.0.0",
        "pain: mild or severe; or weight; in each case no fever and no cough and normal feeling and no worry",
    ]


def test_a_patient_of_whom_everything_is_ordinary_is_said_to_be_so():
    one, other = (named(name, decision("d", rule("A", "always", f"{{scan: {level}}}"))) for name, level in
                  (("one", "now"), ("other", "soon")))  # fmt: skip
    (group,) = pair(one, other).groups
    assert (group.witness.text, group.region.text) == ("nothing unusual", "everybody")


# ---------------------------------------------------------------- what is not confirmed, and what is left open


def fault(what: str, outputs: str = "scan", at: Guideline = CALM) -> Diagnostic:
    message = f"the reference evaluator does not confirm that Swift & Co and Calm {what} on {outputs}"
    return Diagnostic(at.span, codes.RF902, message, "please report this as a fault of redflag-kit")


def test_what_is_not_confirmed_is_reported_at_the_second_guideline(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(across_words, "constraints_hold", lambda *_: False)
    found = compared(SWIFT, replace(CALM, span=replace(CALM.span, file="calm.yaml")))
    elsewhere = replace(CALM, span=replace(CALM.span, file="calm.yaml"))
    assert found.faults == (
        fault("disagree", at=elsewhere),
        *[fault("leave somebody alone", at=elsewhere)] * 3,
    )
    assert (found.pairs[0].groups, found.pairs[0].left_alone, found.undecided) == ((), (), ())


def test_faults_of_every_pair_are_reported(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(across_words, "constraints_hold", lambda *_: False)
    third = named("third", decision("d", rule("X", "fever", "{scan: soon}")))
    found = compare_all([Voice(one.id, (one,)) for one in (SWIFT, CALM, third)], ALL, AMPLE)
    assert [fault.message.partition(" confirm that ")[2].split(" on ")[0] for fault in found.faults] == [
        "swift and calm disagree",
        *["swift and calm leave somebody alone"] * 3,
        "swift and third disagree",
        "swift and third leave somebody alone",
        "calm and third disagree",
        *["calm and third leave somebody alone"] * 3,
    ]


@pytest.mark.parametrize("side", ["swift", "calm"])
def test_both_guidelines_must_allow_a_witness(monkeypatch: pytest.MonkeyPatch, side: str):
    monkeypatch.setattr(across_words, "constraints_hold", lambda edition, _: edition.guideline.id != side)
    assert len(compared(SWIFT, CALM).faults) == 4


@pytest.mark.parametrize("side", ["swift", "calm"])
def test_both_guidelines_must_say_what_is_told_of_them(monkeypatch: pytest.MonkeyPatch, side: str):

    def otherwise(one: Guideline, values: Any) -> Any:
        return {**entail(one, values), "scan": "soon"} if one.id == side else entail(one, values)

    monkeypatch.setattr(across_words, "entail", otherwise)
    assert compared(SWIFT, CALM).faults == (fault("disagree"), *[fault("leave somebody alone")] * 3)


def test_every_output_that_is_told_together_must_be_confirmed(monkeypatch: pytest.MonkeyPatch):
    parts = named("parts", decision("d", rule("S", "fever", "{scan: now}")), covers="scan any_test")
    whole = named("whole", decision("d", rule("W", "fever", "{any_test: avoid}")), covers="scan any_test")
    monkeypatch.setattr(across_words, "entail", lambda one, values: {**entail(one, values), "any_test": "soon"})
    assert compared(parts, whole).faults == (fault("disagree", "scan, any_test", whole),)
    monkeypatch.setattr(across_words, "entail", lambda one, values: {**entail(one, values), "scan": "soon"})
    assert compared(parts, whole).faults == (fault("disagree", "scan, any_test", whole),)


def test_what_was_told_or_is_a_fault_does_not_count_as_left_open(monkeypatch: pytest.MonkeyPatch):
    told: dict[str, Any] = {"group": AcrossWriter.group, "alone": AcrossWriter.alone}
    asked = {"group": 0, "alone": 0}

    def writing(name: str) -> Any:
        def write(writer: AcrossWriter, one: Any) -> Any:
            asked[name] += 1
            if asked[name] == 2:
                return fault("disagree")
            if (name, asked[name]) == ("alone", 3):
                raise BudgetExceeded("a union", "3 diagram nodes")
            return told[name](writer, one)

        return write

    for name in told:
        monkeypatch.setattr(AcrossWriter, name, writing(name))
    found = compared(SWIFT, CALM)
    # Of one group and three who are left alone, one each is told, one is a fault, and one is left.
    assert (len(found.pairs[0].groups), len(found.pairs[0].left_alone)) == (1, 1)
    assert found.faults == (fault("disagree"),)
    (left,) = found.undecided
    assert left.question == "which patients make up 1 groups between Swift & Co and Calm"


def test_what_is_left_open_says_what_was_established_and_what_it_would_take(monkeypatch: pytest.MonkeyPatch):
    def spent(*_: object) -> None:
        raise BudgetExceeded("a union", "3 diagram nodes")

    monkeypatch.setattr(AcrossWriter, "alone", spent)
    found = compared(SWIFT, CALM)
    needs = "a union needs more than 3 diagram nodes"
    assert found.undecided == (
        NotDecided(
            "which patients make up 3 groups between Swift & Co and Calm",
            "that they exist: they are counted",
            needs,
        ),
    )
    assert (len(found.pairs[0].groups), found.pairs[0].left_alone) == (1, ())
    monkeypatch.setattr("redflag_kit.diff.across.hear", spent)
    assert compared(MIXED, OTHER).undecided == (
        NotDecided("where Swift & Co and Calm disagree on the scan, the visit, the test", "nothing", needs),
    )


def test_each_pair_has_an_equal_part_of_the_time_that_is_left(monkeypatch: pytest.MonkeyPatch):
    asked: list[float] = []
    monkeypatch.setattr(Turns, "begin", lambda _, steps_left: asked.append(steps_left))
    third = named("third", decision("d", rule("X", "cough", "{scan: now}")))
    compare_all([Voice(one.id, (one,)) for one in (SWIFT, CALM, third)], ALL, AMPLE)
    assert asked == [3, 2, 1]


def test_what_was_not_decided_is_a_cell_without_groups(monkeypatch: pytest.MonkeyPatch):
    def check(_: Turns, question: str) -> None:
        if question == "the comparison of two guidelines":
            raise BudgetExceeded(question, "its share of 1 s")

    monkeypatch.setattr(Turns, "check", check)
    found = compared(SWIFT, CALM)
    assert found.pairs[0].cells == (OutputCell("scan", "the scan", "not_decided", 0, "", 0, ""),)
    assert found.undecided[0].budget == "the comparison of two guidelines needs more than its share of 1 s"


def test_every_output_that_was_decided_is_named_as_established(monkeypatch: pytest.MonkeyPatch):
    def heard(output: Output, *speakers: Any) -> Heard:
        if output.id == "test":
            raise BudgetExceeded("a union", "3 diagram nodes")
        return hear(output, *speakers)

    monkeypatch.setattr("redflag_kit.diff.across.hear", heard)
    assert compared(MIXED, OTHER).undecided[0].established == "decided on scan, visit"


def test_a_fault_is_kept_though_what_follows_is_told(monkeypatch: pytest.MonkeyPatch):
    told: dict[str, Any] = {"group": AcrossWriter.group, "alone": AcrossWriter.alone}
    first = dict.fromkeys(told, True)

    def writing(name: str) -> Any:
        def write(writer: AcrossWriter, one: Any) -> Any:
            if first[name]:
                first[name] = False
                return fault("disagree")
            return told[name](writer, one)

        return write

    for name in told:
        monkeypatch.setattr(AcrossWriter, name, writing(name))
    found = compared(MIXED, OTHER, frozenset({"scan"}))
    assert (len(found.pairs[0].groups), len(found.faults)) == (1, 2)
    first = dict.fromkeys(told, True)
    found = compared(SWIFT, CALM)
    assert (len(found.pairs[0].left_alone), len(found.faults)) == (2, 2)
