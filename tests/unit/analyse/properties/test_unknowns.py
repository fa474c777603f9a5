"""Safety where little is known: which cases are breaches, and what is said where no case can be shown."""

from __future__ import annotations

from typing import Any

import pytest

from redflag_kit.analyse.properties import unknowns
from redflag_kit.analyse.properties.run import examine
from redflag_kit.analyse.properties.verdict import Result, decide
from redflag_kit.analyse.properties.ward import flag, ward
from redflag_kit.logic.algebra import disjunction
from redflag_kit.logic.bdd import Diagrams
from redflag_kit.model.property import UnknownSafety
from redflag_kit.semantics.literal import Reading
from tests.unit.analyse.properties.declared import declared, opened, verdict
from tests.unit.analyse.properties.test_examine import Plain
from tests.unit.analyse.properties.test_kinds import WORRY
from tests.unit.evaluate.worlds import decision, guideline, rule

SAFE = "unknown_safety: [scan]"


def test_what_is_known_of_the_case_is_so_in_the_urgent_completion():
    table = decision(
        "d",
        rule("W", "{all: [worry, fever]}", "{scan: now}"),
        rule("NIL", "{any: [{not: worry}, {not: fever}]}", "{scan: avoid}"),
    )
    shown = verdict(SAFE, table, findings="worry fever").counterexample
    assert shown is not None
    assert (shown.unknown, shown.patient) == (("worry",), {"worry": "present", "fever": "present"})
    assert (shown.said, shown.instead) == ((("scan", "avoid"),), (("scan", "now"),))


def test_any_value_may_be_assumed():
    extra = "on_unknown: {numb: {assume: present, reason: r, evidence: opinion}}\n"
    table = decision("d", rule("A", "{not: numb}", "{scan: now}"), rule("NIL", "numb", "{scan: avoid}"))
    shown = verdict(SAFE, table, findings="numb", extra=extra).counterexample
    assert shown is not None
    assert (shown.unknown, shown.patient) == (("numb",), {"numb": "absent"})


def test_what_the_urgent_completion_gets_is_told_as_written_where_that_is_asked():
    table = decision(
        "d", rule("W", "worry", "{any_test: soon, scan: now}"), rule("NIL", "{not: worry}", "{any_test: later}")
    )
    options: dict[str, Any] = {"findings": "worry", "covers": "scan any_test"}
    for values, level in (("written", "soon"), ("entailed", "now")):
        shown = verdict(f"unknown_safety: [any_test], values: {values}", table, **options).counterexample
        assert shown is not None
        assert (shown.said, shown.instead) == ((("any_test", "later"),), (("any_test", level),))


def test_an_assumption_that_cannot_be_made_leaves_the_case_open():
    bound = "{id: K, title: a fever worries, if: fever, then: worry}"
    table = decision(
        "d",
        rule("A", "{all: [fever, weight]}", "{scan: now}"),
        rule("NIL", "{any: [{not: fever}, {not: weight}]}", "{scan: avoid}"),
    )
    ready, (only,) = opened(guideline(table, findings="fever worry weight", constraints=[bound]), SAFE)
    found = unknowns.breaches(ready, UnknownSafety(("scan",)), only.values, ready.algebra.whole)
    region = disjunction(ready.algebra, (breach.region for breach in found))

    def is_breach(unknown: str, **atoms: int) -> bool:
        at = {**atoms, **{flag(name): int(name in unknown) for name in ("worry", "weight", "fever")}}
        return ready.algebra.contains(region, tuple(at[name] for name in ready.algebra.space.names))

    assert is_breach("weight", fever=1, worry=1, weight=0)
    # With a fever there is worry, so that not to know of it, or to assume none, says nothing.
    assert is_breach("worry weight", fever=1, worry=1, weight=0)
    assert not is_breach("weight", fever=0, worry=1, weight=0)
    assert not is_breach("worry", fever=1, worry=1, weight=1)
    assert not is_breach("", fever=1, worry=1, weight=1)


@pytest.mark.parametrize(("most", "result"), [(2, Result.REFUTED), (1, Result.NOT_DECIDED)])
def test_as_many_completions_are_listed_as_the_limit_allows(most: int, result: Result, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(unknowns, "MAX_COMPLETIONS", most)
    found = verdict(SAFE, WORRY, findings="worry")
    assert found.result is result
    if result is Result.NOT_DECIDED:
        assert found.budget == "enumerating the completions of a counterexample needs more than 1 completions"


def test_a_completion_that_is_not_more_urgent_confirms_nothing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(unknowns, "reading_of", lambda *_: Reading({"scan": "avoid"}, (), ()))
    one = guideline(WORRY, findings="worry")
    (found,) = examine(one, declared(one, SAFE)).verdicts
    assert (found.result, found.confirmed, found.counterexample) == (Result.REFUTED, False, None)


def test_without_quantification_it_is_told_what_would_be_needed():
    one = guideline(WORRY, findings="worry")
    _, (only,) = opened(one, SAFE)
    (found,) = decide(ward(one, [only], lambda space: Plain(Diagrams(space))), only).verdicts
    assert found.budget == "what is possible where findings are not assessed needs more than diagrams can hold"
