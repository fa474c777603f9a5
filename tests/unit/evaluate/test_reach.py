"""Where vignettes reach a rule; against going through patients, see tests/property/test_reach.py."""

from __future__ import annotations

from itertools import product
from typing import Any

from redflag_kit.evaluate.engine import engine
from redflag_kit.evaluate.reach import NarrowMiss, RuleReach, nearness, reach
from tests.unit.evaluate.worlds import TRIAL, case, decision, library, rule

PAIR = decision("d", rule("R", "{all: [fever, cough]}", "{scan: now}"))


def reached(*decisions: str, case_of: str, unmentioned: str = "absent", name: str = "R", **options: Any) -> RuleReach:
    found = library(*decisions, vignettes=case("V", case_of, unmentioned=unmentioned), **options)
    vignettes = [one for _, one in found.vignettes]
    ready = engine(found.guidelines[0], [one.findings for one in vignettes])
    return next(one for one in reach(ready, vignettes) if one.rule == name)


def missed_by(*decisions: str, **options: Any) -> tuple[str, ...]:
    found = reached(*decisions, **options)
    assert not found.fires
    assert not found.may
    return found.missed[0].findings if found.missed else ()


def test_a_rule_fires_if_it_fires_for_every_completion():
    found = reached(PAIR, case_of="{fever: present, cough: present}", unmentioned="unknown")
    assert found == RuleReach("R", ("V",), (), (), can_fire=True, can_be_missed=True)


def test_a_rule_may_fire_if_it_fires_for_some_completions():
    found = reached(PAIR, case_of="{fever: present}", unmentioned="unknown")
    assert (found.fires, found.may, found.missed) == ((), ("V",), ())


def test_a_rule_is_narrowly_missed_by_the_one_finding_that_would_make_it_fire():
    found = reached(PAIR, case_of="{fever: present}")
    assert found.missed == (NarrowMiss("V", ("cough",)),)


def test_two_findings_away_is_not_a_narrow_miss():
    assert missed_by(PAIR, case_of="{}") == ()


def test_a_finding_that_would_only_leave_the_rule_open_is_no_narrow_miss():
    assert missed_by(PAIR, case_of="{fever: absent}", unmentioned="unknown") == ()


def test_of_several_answers_one_that_fires_is_enough():
    mild, severe = "{all: [fever, {pain: mild}]}", "{all: [{not: fever}, {pain: severe}]}"
    table = decision("d", rule("R", f"{{any: [{mild}, {severe}]}}", "{scan: now}"))
    for fever in ("present", "absent"):
        assert missed_by(table, case_of=f"{{fever: {fever}}}", findings="fever pain") == ("pain",)


def test_numbers_that_only_other_cases_state_change_nothing():
    texts = [case(f"V{n}", f"{{trial: 5 d, days: {n} d}}", unmentioned="absent") for n in range(5, 40)]
    extra = "parameters: {month: {value: 30 d, cite: BOOK, evidence: opinion}}\n"
    table = decision("d", rule("R", "{days: at_least month}", "{scan: now}"))
    found = library(table, findings="trial days", constraints=[TRIAL], extra=extra, vignettes="".join(texts))
    vignettes = [one for _, one in found.vignettes]
    (only,) = reach(engine(found.guidelines[0], [one.findings for one in vignettes]), vignettes)[:1]
    assert only.fires == tuple(f"V{n}" for n in range(30, 40))
    assert only.missed == tuple(NarrowMiss(f"V{n}", ("days",)) for n in range(5, 30))


def test_a_threshold_is_missed_by_one_step():
    table = decision("d", rule("R", "{age: above fifty}", "{scan: now}"))
    extra = "parameters: {fifty: {value: 50 a, cite: BOOK, evidence: opinion}}\n"
    assert missed_by(table, case_of="{age: 50 a}", findings="age", extra=extra) == ("age",)
    found = reached(table, case_of="{age: 51 a}", findings="age", extra=extra)
    assert found.fires == ("V",)


def test_an_exception_is_missed_by_the_finding_that_suppresses():
    table = decision("d", rule("R", "fever", "{scan: now}", "unless: [S]"), rule("S", "numb", "{scan: later}"))
    assert missed_by(table, case_of="{fever: present, numb: present}") == ("numb",)


def test_an_otherwise_rule_counts_where_it_decides():
    table = decision("d", rule("R-FEVER", "fever", "{scan: now}"), otherwise=[rule("R", "", "{scan: avoid}")])
    assert missed_by(table, case_of="{fever: present}") == ("fever",)
    assert reached(table, case_of="{}").fires == ("V",)


def test_an_answer_that_would_be_no_legal_patient_misses_nothing():
    table = decision("d", rule("R", "{trial: at_least month}", "{scan: now}"))
    extra = "parameters: {month: {value: 30 d, cite: BOOK, evidence: opinion}}\n"
    options = {"findings": "days trial", "constraints": (TRIAL,), "extra": extra}
    assert missed_by(table, case_of="{days: 29 d, trial: 0 d}", **options) == ()
    assert missed_by(table, case_of="{days: 30 d, trial: 0 d}", **options) == ("trial",)


def test_a_rule_that_nobody_can_miss_says_so():
    found = reached(decision("d", rule("R", "always", "{scan: now}")), case_of="{}")
    assert (found.can_fire, found.can_be_missed) == (True, False)


def test_a_rule_that_nobody_can_fire_says_so():
    table = decision("d", rule("R", "{all: [fever, {not: fever}]}", "{scan: now}"))
    found = reached(table, case_of="{}")
    assert (found.can_fire, found.can_be_missed) == (False, False)


def test_a_vignette_that_contradicts_itself_reaches_nothing():
    found = reached(PAIR, case_of="{days: 1 d, trial: 9 d}", findings="fever cough days trial", constraints=(TRIAL,))
    assert (found.fires, found.may, found.missed) == ((), (), ())


def test_only_the_rules_asked_for_are_followed():
    both = decision("d", rule("R", "fever", "{scan: now}"), rule("S", "cough", "{scan: now}"))
    found = library(both, vignettes=case("V", "{fever: present}"))
    vignettes = [one for _, one in found.vignettes]
    ready = engine(found.guidelines[0], [one.findings for one in vignettes])
    every = reach(ready, vignettes)
    assert reach(ready, vignettes, {"S"}) == tuple(one for one in every if one.rule == "S")


def test_an_answer_with_which_nobody_of_a_case_fires_the_rule_is_none():
    mild, severe = "{all: [fever, cough, {pain: mild}]}", "{all: [{not: fever}, {pain: severe}]}"
    table = decision("d", rule("R", f"{{any: [{mild}, {severe}]}}", "{scan: now}"))
    case_of = "{fever: present, cough: unknown, pain: none}"
    assert missed_by(table, case_of=case_of, findings="fever cough pain") == ()


def test_a_rule_that_no_legal_patient_misses_by_one_finding_cannot_be_missed():
    together = ["{id: K-1, title: K, if: fever, then: cough}", "{id: K-2, title: K, if: cough, then: fever}"]
    table = decision("d", rule("R", "fever", "{scan: now}"))
    found = reached(table, case_of="{fever: present}", unmentioned="unknown", constraints=together)
    assert (found.can_fire, found.can_be_missed) == (True, False)
    assert reached(table, case_of="{fever: present}", unmentioned="unknown").can_be_missed


def narrow_misses(**options: Any) -> frozenset[tuple[str, ...]]:
    """Return the findings present in each patient who misses the rule of `PAIR` narrowly."""
    ready = engine(library(PAIR, **options).guidelines[0])
    near = next(one for one in nearness(ready) if one.rule == "R")
    missing, space = near.missing(), ready.diagrams.space
    found = set()
    for point in product(*(range(axis.size) for axis in space.axes)):
        if ready.diagrams.contains(missing, point):
            words = {n: ready.atoms.inputs[n].words[atom] for n, atom in zip(space.names, point, strict=True)}
            found.add(tuple(sorted(name for name, word in words.items() if word == "present")))
    return frozenset(found)


def test_those_who_miss_a_rule_narrowly_are_one_finding_away():
    assert narrow_misses() == {("cough",), ("fever",)}


def test_nobody_misses_narrowly_what_no_legal_patient_fires():
    apart = "{id: K, title: never both, if: fever, then: {cough: absent}}"
    assert narrow_misses(constraints=[apart]) == frozenset()


def test_who_cannot_be_misses_nothing():
    tied = "{id: K, title: a fever makes one cough, if: fever, then: cough}"
    assert narrow_misses(constraints=[tied]) == {("cough",)}


def test_what_may_fire_is_not_missed_though_one_answer_would_settle_it():
    found = library(PAIR, vignettes=case("V", "{fever: present}", unmentioned="unknown"))
    ready = engine(found.guidelines[0])
    near = next(one for one in nearness(ready) if one.rule == "R")
    open_case = ready.fill(found.vignettes[0][1].findings, fill_clean=False).region
    assert near.may_fire(open_case)
    assert near.missed_by(open_case) == ()
