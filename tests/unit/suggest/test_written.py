from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redflag_kit.evaluate.engine import Engine, engine
from redflag_kit.logic.space import Point
from redflag_kit.model.condition import Range, Value
from redflag_kit.model.vignette import Expected, Stated
from redflag_kit.suggest.draft import drafted
from redflag_kit.suggest.fault import changed_outputs, outputs_to_expect, rules_in_play
from redflag_kit.suggest.filled import filled_in, waits
from redflag_kit.suggest.joint import OpenCase, joint_cases
from redflag_kit.suggest.naming import reference
from redflag_kit.suggest.written import others, rounded, tables, write_case, write_down
from tests import shipped
from tests.unit.evaluate.worlds import TRIAL, decision, guideline, rule
from tests.unit.suggest.small import faulty as faulty_guideline
from tests.unit.suggest.small import ready, small

ACP = shipped.guideline("acp@2011")
FINDINGS = ACP.vocabulary.findings


@cache
def acp() -> Engine:
    return engine(ACP)


def patient(**values: Value) -> dict[str, Value]:
    usual = {name: one.example if one.clean is None else one.clean for name, one in FINDINGS.items()}
    return {**usual, **values}


def point(ready: Engine, values: dict[str, Value]) -> Point:
    return tuple(ready.atoms.atom_of(name, values[name]) for name in ready.diagrams.space.names)


def word(finding: str, value: str) -> Stated:
    return Stated(finding, frozenset({value}))


def test_only_what_is_unusual_or_settles_the_outcome_is_written_down() -> None:
    written = write_down(acp(), point(acp(), patient(fever="present", iv_drug_use="present")))
    assert [one.finding for one in written.findings] == ["age_years", "low_back_pain", "fever", "iv_drug_use"]
    assert written.patient["sex"] == "female"


def test_what_every_completion_has_to_share_is_written_down_too() -> None:
    sex = acp().diagrams.literal("sex", 1 << acp().atoms.atom_of("sex", "female"))
    if "sex" in acp().atoms.inputs:
        written = write_down(acp(), point(acp(), patient(fever="present")), (sex,))
        assert "sex" in [one.finding for one in written.findings]


def test_numbers_are_round_where_nothing_turns_on_them() -> None:
    written = write_down(acp(), point(acp(), patient(age_years=Fraction(66))))
    assert written.patient["age_years"] % 5 == 0
    assert rounded(acp(), patient(age_years=Fraction(40)), ("age_years",))["age_years"] == 40


def test_a_case_that_leaves_a_finding_open_is_told_in_few_words() -> None:
    stated = tuple(
        Stated(name, unknown=True)
        if name == "iv_drug_use"
        else Stated(name, frozenset({value}))
        if isinstance(value, str)
        else Stated(name, ranges=(Range(value, value),))
        for name, value in patient().items()
    )
    short = write_case(acp(), stated)
    assert [one.finding for one in short] == ["age_years", "low_back_pain", "iv_drug_use"]


def test_findings_are_left_open_together_as_long_as_each_fault_shows() -> None:
    base = (Stated("age_years", ranges=(Range(Fraction(40), Fraction(40)),)), word("low_back_pain", "present"))
    cases = [
        OpenCase((*base, Stated(name, unknown=True)), name, value)
        for name, value in (("weight_loss", "none"), ("iv_drug_use", "absent"), ("foot_drop", "absent"))
    ]
    assert joint_cases(acp(), cases, 1) == ()
    joint = joint_cases(acp(), cases, 4)
    for one in joint:
        assert len([stated for stated in one if stated.unknown]) > 1


def test_outputs_that_change_are_named_by_the_literal_interpreter() -> None:
    found = patient(fever="present", iv_drug_use="present")
    (rule,) = [one for one in ACP.rules() if one.id == "11-INF"]
    silent = replace(
        ACP,
        decisions=tuple(
            replace(d, rules=tuple(replace(r, then=()) if r == rule else r for r in d.rules)) for d in ACP.decisions
        ),
    )
    changed = changed_outputs(ACP, {"same": ACP, "silent": silent}, found)
    assert changed["same"] == ()
    assert "mri" in changed["silent"]
    assert rules_in_play(ACP, found) == ("11-INF",)


def test_outputs_to_expect_are_those_on_which_the_rules_speak_and_one_of_each_change() -> None:
    found = patient(fever="present", iv_drug_use="present")
    assert outputs_to_expect(ACP, found, []) == ("mri",)
    assert outputs_to_expect(ACP, found, [("mri", "esr"), ()]) == ("mri",)
    assert set(outputs_to_expect(ACP, found, [("esr", "imaging")])) == {"mri", "esr"}
    assert outputs_to_expect(ACP, patient(age_years=Fraction(12)), [("mri",)]) == ()


def test_only_covered_outputs_that_a_fault_changes_are_named() -> None:
    found: dict[str, Value] = {"fever": "present", "cough": "present", "worry": "present", "age": Fraction(70)}
    faulty = {name: other for name in ("R1", "R2", "R3") if (other := faulty_guideline(f"{name}:rule-dropped"))}
    assert changed_outputs(small(), faulty, found) == {"R1": (), "R2": ("scan",), "R3": ("likely",)}
    everything = replace(small(), decisions=())
    assert changed_outputs(small(), {"all": everything}, found) == {"all": ("scan", "likely")}


def test_where_one_word_stands_for_all_outputs_none_is_listed_whatever_would_change() -> None:
    silent: dict[str, Value] = {"fever": "absent", "cough": "absent", "worry": "absent", "age": Fraction(40)}
    assert outputs_to_expect(small(), silent, [("scan",)]) == ()
    ill = {**silent, "fever": "present"}
    assert outputs_to_expect(small(), ill, [("likely", "scan")]) == ("scan",)
    assert outputs_to_expect(small(), ill, [(), ("likely",), ("scan",)]) == ("scan", "likely")
    old = {**silent, "age": Fraction(70)}
    assert outputs_to_expect(small(), old, [("scan", "likely")]) == ("likely",)
    assert outputs_to_expect(small(), old, [("scan",)]) == ("scan", "likely")


AGES = guideline(
    decision(
        "d",
        rule("R1", "{age: [11 a to 16 a, 31 a to 34 a, 41 a to 44 a, 46 a to 59 a, at_least 96 a]}", "{scan: soon}"),
        rule("R2", "{days: above 3 d}", "{scan: later}"),
        rule("R3", "{trial: at_least 7 d}", "{scan: now}"),
    ),
    findings="age days trial",
    constraints=(TRIAL,),
)


@pytest.mark.parametrize(
    ("age", "round_age"),
    [
        (12, 15),  # 10 is nearer, but a limit lies between
        (16, 15),
        (33, 33),  # neither 30 nor 35 is among those of which nothing turns on which it is
        (41, 41),
        (47, 50),
        (52, 50),
        (53, 55),
        (59, 55),
        (50, 50),
        (98, 98),  # 95 is below the limit, 100 is no age
        (3, 5),
        (2, 0),
        (28, 30),  # the last one of its kind
        (62, 60),  # the first one of its kind
        (40, 40),  # the usual age
    ],
)
def test_a_number_becomes_the_nearest_round_one_that_nothing_tells_from_it(age: int, round_age: int) -> None:
    found: dict[str, Value] = {"age": Fraction(age), "days": Fraction(20), "trial": Fraction(0)}
    assert rounded(engine(AGES), found, ("age",)) == {**found, "age": Fraction(round_age)}


def test_numbers_are_rounded_one_by_one_as_long_as_the_patient_can_be() -> None:
    made = engine(AGES)
    found: dict[str, Value] = {"age": Fraction(40), "days": Fraction(13), "trial": Fraction(13)}
    assert rounded(made, found, ("trial",)) == found  # nobody is treated longer than ill
    assert rounded(made, found, ("days",)) == {**found, "days": Fraction(15)}
    assert rounded(made, found, ("days", "trial")) == {**found, "days": Fraction(15), "trial": Fraction(15)}
    assert rounded(made, found, ("trial", "days")) == {**found, "days": Fraction(15)}
    assert rounded(made, found, ()) == found


def test_what_waits_is_filled_in_with_what_comes_out_now() -> None:
    stated = write_down(acp(), point(acp(), patient(fever="present", iv_drug_use="present"))).findings
    ref = reference(ACP, shipped.editions().values())
    ready = engine(ACP, [stated])
    waiting = drafted(ACP, ref, stated, ("mri",), ())
    (expectation,) = waiting.expectations
    assert waits(expectation)
    (one,) = filled_in(ready, waiting, expectation).outcomes
    assert (one.output, one.text, one.values, one.todo) == ("mri", "without_trial", frozenset({"without_trial"}), False)
    whole = drafted(ACP, ref, stated, (), ())
    assert waits(whole.expectations[0])
    filled = filled_in(ready, whole, whole.expectations[0])
    assert not waits(filled)
    assert filled.whole is None  # no one word stands for all outputs
    assert {each.output for each in filled.outcomes} == set(ACP.covers)


def test_one_word_is_filled_in_where_it_stands_for_all_outputs() -> None:
    stated = (Stated("age_years", ranges=(Range(Fraction(12), Fraction(12)),)), word("low_back_pain", "present"))
    child = drafted(ACP, "acp@2011", stated, (), ())
    filled = filled_in(engine(ACP, [stated]), child, child.expectations[0])
    assert filled.whole is not None
    assert filled.whole == Expected("", "out_of_scope", values=frozenset({"out_of_scope"}))


def test_a_case_that_contradicts_itself_is_left_as_it_is() -> None:
    hot = Stated("body_temp_c", ranges=(Range(Fraction(40), Fraction(40)),))
    stated = (hot, word("fever", "absent"))
    one = drafted(ACP, "acp@2011", stated, ("mri",), ())
    assert filled_in(engine(ACP, [stated]), one, one.expectations[0]) is one.expectations[0]


def told(made: Engine, **values: Value) -> dict[str, str]:
    """Return what is written down of the patient of a small guideline with some values."""
    findings = made.guideline.vocabulary.findings
    usual = {name: one.example if one.clean is None else one.clean for name, one in findings.items()}
    found = write_down(made, point(made, {**usual, **values})).findings
    return {one.finding: next(iter(one.words), "a number") for one in found}


def test_what_is_assumed_of_a_finding_is_not_written_down_where_it_is_so() -> None:
    assert told(ready(), worry="absent") == {"age": "a number"}
    assert told(ready(), worry="present") == {"worry": "present", "age": "a number"}
    assert told(ready(), cough="present", worry="absent") == {
        "cough": "present",
        "worry": "absent",
        "age": "a number",
    }


def test_others_are_who_gets_what_nobody_in_a_case_can_get() -> None:
    made = ready()
    stated = (Stated("fever", unknown=True), Stated("age", ranges=(Range(Fraction(40), Fraction(40)),)))
    case = made.fill((word("worry", "absent"), *stated), True).region  # soon or silent, and no flu
    found = others(made, case)
    assert made.written["scan", ""]["now"] in found
    assert made.entailed["likely", "flu"]["listed"] in found
    assert ~made.meaning.sets["likely"]["silent"] in found
    assert not any(made.entailed["scan", ""][value] in found for value in ("soon", "silent"))
    assert all((case & one).is_empty() for one in found)


def test_what_is_assumed_may_be_any_value() -> None:
    assumed = "on_unknown: {worry: {assume: present, reason: likely, evidence: opinion}}\n"
    both = decision("d", rule("R1", "{all: [fever, worry]}", "{scan: soon}"))
    made = engine(guideline(both, findings="fever worry", extra=assumed))
    assert told(made, worry="present") == {}
    assert told(made, worry="absent") == {"worry": "absent"}


def test_no_more_is_written_down_than_what_completions_have_to_share_asks_for() -> None:
    made = ready()
    at = point(made, {"fever": "present", "cough": "absent", "worry": "absent", "age": Fraction(40)})
    fever = made.diagrams.literal("fever", 1 << made.atoms.atom_of("fever", "present"))
    assert write_down(made, at, (fever, made.diagrams.whole)) == write_down(made, at)
    assert [one.finding for one in write_down(made, at).findings] == ["fever", "age"]


def test_the_statuses_of_a_set_have_regions_of_their_own() -> None:
    made = engine(
        guideline(
            decision("d", rule("R1", "fever", "{likely: [flu]}"), rule("R2", "cough", "{likely: [stroke]}")),
            covers="likely",
        )
    )
    assert made.meaning.sets["likely"]["silent"] in tables(made)


@given(st.data())
def test_a_written_case_holds_the_patient_and_nobody_with_another_outcome(data: st.DataObject) -> None:
    shape = small() if data.draw(st.booleans()) else TIED
    made = engine(shape)
    sizes = [made.atoms.size(name) for name in made.diagrams.space.names]
    at = tuple(data.draw(st.integers(0, size - 1)) for size in sizes)
    if made.diagrams.contains(made.meaning.legal, at):
        case = made.fill(write_down(made, at).findings, True).region
        alone = made.diagrams.whole
        for name, atom in zip(made.diagrams.space.names, at, strict=True):
            alone &= made.diagrams.literal(name, 1 << atom)
        assert made.diagrams.contains(case, at)
        assert all((case & one).is_empty() for one in tables(made) if (alone & one).is_empty())


TIED = guideline(
    decision(
        "d",
        rule("R1", "{any: [fever, {trial: at_least 7 d}]}", "{scan: soon}"),
        rule("R2", "{all: [worry, {days: at_least 14 d}]}", "{scan: now}"),
        rule("R3", "weight", "{likely: [flu, strain]}"),
    ),
    findings="fever cough days trial worry weight",
    covers="scan likely any_test",
    constraints=(TRIAL, "{id: K-ILL, title: fever with cough, if: fever, then: cough}"),
)


def test_normal_values_that_contradict_each_other_stay_written_in_a_case() -> None:
    made = engine(
        guideline(
            decision("d", rule("R1", "fever", "{scan: soon}"), rule("R2", "cough", "{scan: now}")),
            constraints=("{id: K-ILL, title: fever or cough, if: {not: fever}, then: cough}",),
        )
    )
    assert write_case(made, (word("cough", "absent"),)) == (word("cough", "absent"),)
    both = (word("fever", "present"), word("cough", "absent"))
    assert write_case(made, both) == both[:1]


def test_a_case_is_told_in_few_words_where_others_are_not_mentioned() -> None:
    case = (word("fever", "present"), word("cough", "absent"), Stated("age", unknown=True))
    assert write_case(ready(), case) == (case[0], case[2])


def test_open_outcomes_are_filled_in_with_all_that_is_possible_and_nothing_else() -> None:
    made = guideline(
        decision("d", rule("R1", "fever", "{likely: [flu, strain]}"), rule("R2", "cough", "{likely: [stroke]}")),
        decision("e", rule("E1", "cough", "{scan: soon}")),
        covers="likely scan",
    )
    stated = (word("fever", "present"), Stated("cough", unknown=True))
    one = drafted(made, "g@1", stated, ("likely", "scan"), ())
    filled = filled_in(engine(made, [stated]), one, one.expectations[0])
    assert filled.outcomes == (
        Expected(
            "likely",
            "flu, strain, stroke",
            must=frozenset({"flu", "strain"}),
            may=frozenset({"flu", "strain", "stroke"}),
        ),
        Expected("scan", "soon, silent", values=frozenset({"soon", "silent"})),
    )


def test_only_what_waits_is_filled_in_and_only_if_it_is_an_output() -> None:
    made = guideline(
        decision("d", rule("R1", "fever", "{likely: [flu, strain]}"), rule("R2", "cough", "{likely: [stroke]}")),
        decision("e", rule("E1", "fever", "{scan: soon}")),
        covers="likely scan",
    )
    one = drafted(made, "g@1", (word("fever", "present"),), ("likely",), ())
    said, unknown = Expected("scan", "now", values=frozenset({"now"})), Expected("gone", "TODO", todo=True)
    waiting = one.expectations[0].outcomes[0]
    mixed = replace(one.expectations[0], outcomes=(said, waiting, unknown))
    both = frozenset({"flu", "strain"})
    now = Expected("likely", "flu, strain", must=both, may=both)
    assert filled_in(engine(made, [one.findings]), one, mixed).outcomes == (said, now, unknown)


def test_what_is_not_mentioned_stays_normal_when_a_case_is_told_in_fewer_words() -> None:
    case = (word("fever", "absent"), Stated("age", unknown=True))
    assert write_case(ready(), case) == case[1:]
