"""What is said of properties: diagnostics, words, budgets, and what the literal interpreter does not confirm."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest

from redflag_kit.analyse.properties import run as examining
from redflag_kit.analyse.properties import unknowns
from redflag_kit.analyse.properties.reference import reading_of
from redflag_kit.analyse.properties.run import Examined, examine
from redflag_kit.analyse.properties.verdict import Decided, Result, decide
from redflag_kit.analyse.properties.ward import Pinned, ward
from redflag_kit.logic.bdd import BddRegion, Diagrams
from redflag_kit.logic.budget import MOST_SHARERS, NO_DEADLINE, Budget, BudgetExceeded, Deadline
from redflag_kit.logic.space import Axis, Point, Space
from redflag_kit.model.property import Property, UnknownSafety
from redflag_kit.semantics.literal import Reading
from tests.unit.analyse.deadlines import few
from tests.unit.analyse.properties.declared import declared, opened
from tests.unit.analyse.properties.test_kinds import NOW, NUMB, TABLE, WORRY
from tests.unit.evaluate.worlds import decision, guideline, rule

MONOTONE = "monotone: {adding: [fever, numb], outputs: [scan]}"
FIRST = decision("d", NUMB, NOW, policy="FIRST")


def examined(claim: str, *decisions: str, **options: Any) -> Examined:
    one = guideline(*decisions, **options)
    return examine(one, declared(one, claim))


def told(claim: str, *decisions: str, **options: Any) -> list[tuple[str, str]]:
    return [(d.code.id, d.message) for d in examined(claim, *decisions, **options).diagnostics]


@dataclass(frozen=True)
class Plain:
    """Diagrams that can only do what every algebra that finds points can."""

    inner: Diagrams

    @property
    def space(self) -> Space:
        return self.inner.space

    @property
    def whole(self) -> BddRegion:
        return self.inner.whole

    @property
    def empty(self) -> BddRegion:
        return self.inner.empty

    def literal(self, axis: str, mask: int) -> BddRegion:
        return self.inner.literal(axis, mask)

    def calmest(self, region: BddRegion) -> Point:
        return self.inner.calmest(region)

    def least(self, region: BddRegion) -> Point | None:
        return self.inner.least(region)

    def some(self, region: BddRegion) -> Point | None:
        return self.inner.some(region)

    def contains(self, region: BddRegion, point: Point) -> bool:
        return self.inner.contains(region, point)


# ---------------------------------------------------------------- words


def test_a_property_that_holds_says_nothing():
    assert told("always: {scan: is_not gap}", TABLE) == []


def test_a_refuted_statement_says_what_the_guideline_says():
    (found,) = examined("when: numb, then: {scan: now}", TABLE).diagnostics
    assert found.code.id == "RF320"
    assert found.message == "the property `P0` does not hold for `g@1.0.0`: the scan: soon"
    assert found.rules == ("NUMB",)
    assert [note.message for note in found.related] == ["rule `NUMB` fires"]
    assert found.witness is not None
    assert found.witness["text"] == "numbness"


def test_a_statement_about_findings_alone_has_nothing_to_say():
    ((_, message),) = told("always: fever", TABLE)
    assert message.endswith("the patient shown does not satisfy it")


def test_a_set_is_put_into_words():
    table = decision("d", rule("FLU", "fever", "{likely: [flu, strain]}"))
    ((_, message),) = told("never: {likely: includes flu}", table, covers="likely")
    assert message.endswith(": likely: influenza, strain")


def test_a_floor_says_what_is_wanted():
    ((_, message),) = told("floor: [{when: {any: [fever, numb]}, at_least: {scan: now}}]", TABLE)
    assert message.endswith(": the scan: soon, wanted at least right now")


def test_a_step_says_what_changes():
    ((_, message),) = told(MONOTONE, FIRST)
    assert message.endswith(": the scan: right now; with numbness instead of normal feeling: the scan: soon")


def test_a_case_says_what_is_not_assessed():
    (found,) = examined("unknown_safety: [scan]", WORRY, findings="worry fever").diagnostics
    assert found.message.endswith(": decided as the scan: avoid, although with worry: the scan: right now")
    assert found.witness is not None
    assert found.witness["text"] == "nothing unusual, worry: not assessed"
    assert found.witness["case"] == {"fever": "absent"}


def test_rules_behind_an_entailed_value_are_named():
    table = decision("d", rule("LATER", "fever", "{scan: later}")), decision("e", rule("V", "fever", "{visit: soon}"))
    found = examined("when: fever, then: {any_test: now}", *table, covers="scan any_test visit").diagnostics
    assert [note.message for note in found[0].related] == ["rule `LATER` fires"]


def test_a_known_violation_is_no_fault_and_a_stale_one_is_told():
    known = "known: [{guideline: g, where: numb, reason: printed so, cite: [BOOK]}]"
    assert told(f"when: numb, then: {{scan: now}}, {known}", TABLE) == []
    ((code, message),) = told(f"when: numb, then: {{scan: at_least soon}}, {known}", TABLE)
    assert (code, message) == ("RF322", "no patient of `g@1.0.0` shows this violation")


# ---------------------------------------------------------------- budgets


@pytest.mark.parametrize(
    "claim", [MONOTONE, "when: numb, then: {scan: now}", "floor: [{when: numb, at_least: {scan: now}}]"]
)
def test_what_does_not_fit_diagrams_is_asked_of_the_solver(claim: str):
    one = guideline(FIRST)
    properties = declared(one, claim)
    assert examine(one, properties, nodes=8) == examine(one, properties)


def test_what_neither_settles_is_not_decided():
    one = guideline(WORRY, findings="worry")
    found = examine(one, declared(one, "unknown_safety: [scan]", "always: {scan: is_not gap}"), nodes=1)
    hard, easy = found.verdicts
    assert (hard.result, easy.result) == (Result.NOT_DECIDED, Result.PROVED)
    assert [d.code.id for d in found.diagnostics] == ["RF321"]
    assert hard.established == "nothing"
    assert "1 diagram nodes" in hard.budget


def test_time_that_is_up_decides_nothing():
    one = guideline(TABLE)
    (found,) = examine(one, declared(one, MONOTONE), deadline=Deadline(0.0, "0 s")).verdicts
    assert (found.result, found.established) == (Result.NOT_DECIDED, "nothing")
    assert found.budget.endswith("needs more than 0 s")


def test_what_was_searched_before_the_time_was_up_is_told():
    one = guideline(TABLE)
    (found,) = examine(one, declared(one, MONOTONE), deadline=few(2)).verdicts
    assert (found.result, found.established) == (Result.NOT_DECIDED, "1 parts of it hold")


def test_a_counterexample_found_before_the_time_was_up_is_shown_as_perhaps_not_the_smallest():
    one = guideline(FIRST)
    claim = "monotone: {adding: [numb, fever], outputs: [scan]}"
    (found,) = examine(one, declared(one, claim), deadline=few(2)).verdicts
    assert (found.result, found.smallest, found.confirmed) == (Result.REFUTED, False, True)


def test_a_budget_that_ends_before_the_search_decides_nothing(monkeypatch: pytest.MonkeyPatch):
    one = guideline(TABLE)

    def spent(*_: object) -> None:
        Deadline(0.0, "0 s").check("a condition")

    monkeypatch.setattr(examining, "decide", spent)
    (found,) = examine(one, declared(one, MONOTONE)).verdicts
    assert (found.result, found.budget) == (Result.NOT_DECIDED, "a condition needs more than 0 s")


def test_what_properties_are_put_to_is_made_once_whether_it_fits_or_not():
    one = guideline(TABLE)
    (only,) = declared(one, MONOTONE)
    tried: list[str] = []

    def beyond(what: str) -> BudgetExceeded:
        tried.append(what)
        return BudgetExceeded(what, "7 nodes")

    def never() -> str:
        raise beyond("the making")

    def open_(_: str, asked: Property, deadline: Deadline) -> Decided:
        raise beyond(f"{asked.id}")

    def budget(engine: examining._Engine[str]) -> str:
        (found,) = engine.decide(only, NO_DEADLINE).verdicts
        assert (found.result, found.established) == (Result.NOT_DECIDED, "nothing")
        return found.budget

    engine = examining._Engine(never, open_, (one, None))
    engine.prepare(NO_DEADLINE)
    assert [budget(engine), budget(engine)] == ["the making needs more than 7 nodes"] * 2
    engine = examining._Engine(never, open_, (one, None))
    assert [budget(engine), budget(engine)] == ["the making needs more than 7 nodes"] * 2
    assert tried == ["the making"] * 2
    made = iter(["ready"])
    engine = examining._Engine(lambda: next(made), open_, (one, None))
    assert [budget(engine), budget(engine)] == ["P0 needs more than 7 nodes"] * 2


def test_each_property_has_an_equal_part_of_the_time_that_is_left(monkeypatch: pytest.MonkeyPatch):
    one = guideline(TABLE)
    left: list[float] = []

    def asked(*arguments: Any) -> Any:
        left.append(arguments[2].left())
        return decide(*arguments)

    monkeypatch.setattr(examining, "decide", asked)
    three = [replace(declared(one, MONOTONE)[0], id=f"P-{number}") for number in range(3)]
    examine(one, three, deadline=Budget(seconds=60_000).start())
    assert left == [pytest.approx(part, rel=0.05) for part in (4_000, 6_000, 12_000)]


def test_regions_are_made_in_time_that_is_nobodys_turn(monkeypatch: pytest.MonkeyPatch):
    one = guideline(TABLE)
    left: list[float] = []

    def made(nodes: int, deadline: Deadline, until: Deadline) -> Any:
        left.append(until.left())
        return diagrams(nodes, deadline, until)

    def asked(*arguments: Any) -> Any:
        left.append(arguments[2].left())
        return decide(*arguments)

    diagrams = examining._diagrams
    monkeypatch.setattr(examining, "_diagrams", made)
    monkeypatch.setattr(examining, "decide", asked)
    many = [replace(declared(one, MONOTONE)[0], id=f"P-{number}") for number in range(40)]
    examine(one, many, deadline=Budget(seconds=100_000).start())
    making, first, *_ = left
    assert making == pytest.approx(20_000, rel=0.01)  # a fifth of the time
    assert making == pytest.approx(MOST_SHARERS * first, rel=0.1)


def test_a_case_with_too_many_completions_is_not_shown(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(unknowns, "MAX_COMPLETIONS", 1)
    (found,) = examined("unknown_safety: [scan]", WORRY, findings="worry").verdicts
    assert (found.result, found.counterexample) == (Result.NOT_DECIDED, None)
    assert found.established == "a counterexample exists, but none could be chosen and confirmed"


# ---------------------------------------------------------------- other algebras


THREE = decision("d", rule("A", "{pain: mild}", "{scan: now}"), rule("B", "{pain: [none, severe]}", "{scan: soon}"))


@pytest.mark.parametrize("table", [TABLE, FIRST])
@pytest.mark.parametrize("claim", [MONOTONE, "when: numb, then: {scan: now}"])
def test_an_algebra_that_cannot_quantify_gives_the_same_answer(claim: str, table: str):
    one = guideline(table)
    ready, (only,) = opened(one, claim)
    plain = ward(one, [only], lambda space: Plain(Diagrams(space)))
    assert decide(plain, only) == decide(ready, only)


def test_the_tables_after_a_step_are_read_once_for_several_steps_to_one_value():
    one = guideline(THREE, findings="pain")
    ready, (only,) = opened(one, "monotone: {adding: [{pain: [none, mild, severe]}], outputs: [scan]}")
    plain = ward(one, [only], lambda space: Plain(Diagrams(space)))
    assert decide(plain, only) == decide(ready, only)


def test_a_pinned_axis_has_one_atom_everywhere():
    diagrams = Diagrams(Space((Axis("fever", 2), Axis("numb", 2))))
    pinned = Pinned(diagrams, "fever", 1)
    assert pinned.space is diagrams.space
    assert (pinned.literal("fever", 0b10), pinned.literal("fever", 0b01)) == (diagrams.whole, diagrams.empty)
    assert pinned.literal("numb", 0b10) == diagrams.literal("numb", 0b10)


def test_safety_where_little_is_known_needs_quantification():
    one = guideline(WORRY, findings="worry")
    _, (only,) = opened(one, "unknown_safety: [scan]")
    plain = ward(one, [only], lambda space: Plain(Diagrams(space)))
    (found,) = decide(plain, only).verdicts
    assert found.result is Result.NOT_DECIDED


# ---------------------------------------------------------------- what the literal interpreter does not confirm


@pytest.mark.parametrize(
    ("claim", "table", "findings"),
    [
        ("when: numb, then: {scan: now}", TABLE, "fever numb"),
        ("floor: [{when: numb, at_least: {scan: now}}]", TABLE, "fever numb"),
        (MONOTONE, FIRST, "fever numb"),
        ("unknown_safety: [scan]", WORRY, "worry"),
    ],
)
def test_a_counterexample_that_is_not_confirmed_is_our_own_fault(
    claim: str, table: str, findings: str, monkeypatch: pytest.MonkeyPatch
):
    def other(*_: object) -> Reading:
        return Reading({"scan": "now"}, (), ())

    for kind in ("statement", "floor", "monotone", "unknowns"):
        monkeypatch.setattr(f"redflag_kit.analyse.properties.{kind}.reading_of", other)
    found = examined(claim, table, findings=findings)
    assert [d.code.id for d in found.diagnostics] == ["RF902"]
    assert [(v.result, v.counterexample) for v in found.verdicts] == [(Result.REFUTED, None)]


@pytest.mark.parametrize(("kind", "claim"), [("monotone", MONOTONE), ("unknowns", "unknown_safety: [scan]")])
def test_a_patient_who_is_not_legal_confirms_nothing(kind: str, claim: str, monkeypatch: pytest.MonkeyPatch):
    name = "in_care" if kind == "monotone" else "is_patient"
    table = FIRST if kind == "monotone" else WORRY
    monkeypatch.setattr(f"redflag_kit.analyse.properties.{kind}.{name}", lambda *_: False)
    found = examined(claim, table, findings="fever numb worry")
    assert [d.code.id for d in found.diagnostics] == ["RF902"]


def test_a_case_that_decides_otherwise_is_not_confirmed(monkeypatch: pytest.MonkeyPatch):
    def hedged(one: Any, patient: Any, values: Any) -> Reading:
        reading = reading_of(one, patient, values)
        return replace(reading, values={**reading.values, "scan": "now"}) if patient["worry"] == "absent" else reading

    monkeypatch.setattr(unknowns, "reading_of", hedged)
    assert [d.code.id for d in examined("unknown_safety: [scan]", WORRY, findings="worry").diagnostics] == ["RF902"]


def test_a_case_without_an_urgent_completion_is_not_confirmed(monkeypatch: pytest.MonkeyPatch):
    ready, (only,) = opened(guideline(WORRY, findings="worry"), "unknown_safety: [scan]")
    found = unknowns.breaches(ready, UnknownSafety(("scan",)), only.values, ready.algebra.whole)
    breach = next(one for one in found if not one.region.is_empty())
    point = ready.algebra.least(breach.region)
    assert point is not None
    assert unknowns.counterexample(ready, only.values, point, breach, ready.algebra.empty) is None
