"""How a question is settled, part by part: what is shown, what is known at a limit, and what is stale."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

import pytest

from redflag_kit.analyse.properties.breach import Breach, Counterexample
from redflag_kit.analyse.properties.verdict import Decided, Question, Result, Verdict, settle
from redflag_kit.logic.bdd import BddRegion, Diagrams
from redflag_kit.logic.budget import BudgetExceeded
from redflag_kit.logic.space import Axis, Point, Space
from redflag_kit.model.property import Property
from tests.unit.analyse.deadlines import few, noting
from tests.unit.analyse.properties.declared import declared
from tests.unit.analyse.properties.test_kinds import TABLE
from tests.unit.evaluate.worlds import guideline

OLD, NEW = guideline(TABLE), guideline(TABLE, scope="fever")
SHOWN = Counterexample({"fever": "present"}, (("scan", "now"),), ("NOW",))
STOP = BudgetExceeded("a part", "2 s")
Parts = Callable[[BddRegion], Iterator[Breach[BddRegion]]]


@cache
def diagrams() -> Diagrams:
    return Diagrams(Space((Axis("a", 2), Axis("b", 2))))


def region(name: str) -> BddRegion:
    return diagrams().empty if name == "none" else diagrams().literal(name, 0b10)


def only(known: str = "") -> Property:
    return declared(NEW, f"always: {{scan: now}}{known}")[0]


def asked(one: Property, breaches: Parts, confirm: Callable[..., Counterexample | None]) -> Question[BddRegion]:
    return Question(one, NEW, diagrams(), ("visit",), False, lambda _: region("a"), breaches, confirm, OLD)


def parts(*names: str, stop: bool = False) -> Parts:
    def found(among: BddRegion) -> Iterator[Breach[BddRegion]]:
        for name in names:
            yield Breach(region(name) & among, output=name)
        if stop:
            raise STOP

    return found


def shows(point: Point, breach: Breach[BddRegion], among: BddRegion) -> Counterexample | None:
    return replace(SHOWN, said=((breach.output, str(point)),), rules=("whole",) if among == diagrams().whole else ())


def verdict(one: Property, result: Result, **more: object) -> Verdict:
    return replace(Verdict(one, NEW, result, ("visit",), old=OLD), **more)  # type: ignore[arg-type]


def test_a_property_about_outputs_that_are_not_covered_is_not_asked():
    one = only()
    question = replace(asked(one, parts("whole"), shows), vacuous=True)
    assert settle(question) == Decided((verdict(one, Result.NOT_COVERED),))


@pytest.mark.parametrize(("names", "known"), [(("none", "none"), "2 parts of it hold"), ((), "nothing")])
def test_a_property_no_part_of_which_fails_is_proved(names: tuple[str, ...], known: str):
    one = only()
    assert settle(asked(one, parts(*names), shows)) == Decided((verdict(one, Result.PROVED, established=known),))


def test_the_calmest_point_of_all_parts_is_shown_by_the_part_in_which_it_lies():
    one = only()
    # `b` alone is unusual at (0, 1); where `a` fails, two things are.
    both = [Breach(region("a") & region("b"), "ab"), Breach(region("b"), "b"), Breach(region("none"), "none")]
    found = settle(asked(one, lambda _: iter(both), shows))
    shown = replace(SHOWN, said=(("b", "(0, 1)"),), rules=("whole",))
    assert found == Decided((verdict(one, Result.REFUTED, counterexample=shown),))


def test_what_is_not_confirmed_is_no_counterexample():
    one = only()
    found = settle(asked(one, parts("a"), lambda *_: None))
    assert found == Decided((verdict(one, Result.REFUTED, confirmed=False),))


@pytest.mark.parametrize(("names", "known"), [(("none", "none"), "2 parts of it hold"), ((), "nothing")])
def test_a_limit_before_any_part_fails_leaves_it_open(names: tuple[str, ...], known: str):
    one = only()
    found = settle(asked(one, parts(*names, stop=True), shows))
    undecided = verdict(one, Result.NOT_DECIDED, established=known, budget="a part needs more than 2 s")
    assert found == Decided((undecided,))


def test_a_limit_after_some_part_failed_leaves_open_only_whether_there_is_a_smaller_counterexample():
    one = only()
    found = settle(asked(one, parts("none", "a", stop=True), shows))
    shown = replace(SHOWN, said=(("a", "(1, 0)"),), rules=("whole",))
    assert found == Decided((verdict(one, Result.REFUTED, counterexample=shown, smallest=False),))


def test_a_counterexample_that_cannot_be_chosen_in_time_leaves_it_open():
    def never(*_: object) -> Counterexample | None:
        raise STOP

    one = only()
    known = "a counterexample exists, but none could be chosen and confirmed"
    undecided = verdict(one, Result.NOT_DECIDED, established=known, budget="a part needs more than 2 s")
    assert settle(asked(one, parts("a"), never)) == Decided((undecided,))


def test_time_is_asked_for_part_by_part():
    one = only()
    deadline, noted = noting()
    settle(asked(one, parts("none", "a", "b"), shows), deadline)
    assert noted == ["the property P0"] * 3
    found = settle(asked(one, parts("none", "none", "a"), shows), few(2))
    undecided = verdict(
        one, Result.NOT_DECIDED, established="2 parts of it hold", budget="the property P0 needs more than a few steps"
    )
    assert found == Decided((undecided,))


KNOWN = ", known: [{guideline: g, where: fever, reason: r, cite: [BOOK]}]"


@pytest.mark.parametrize(
    ("fails", "known", "rest", "stale"),
    [
        ("a", "(1, 0)", None, False),
        ("b", "(1, 1)", "(0, 1)", False),
        ("none", None, "", True),
    ],
)
def test_documented_violations_are_sought_first_and_the_rest_must_hold(
    fails: str, known: str | None, rest: str | None, stale: bool
):
    one = only(KNOWN)
    (entry,) = one.known
    found = settle(asked(one, parts(fails), shows))
    expected = []
    for point, documented in ((known, entry), (rest, None)):
        if point:
            shown = replace(SHOWN, said=((fails, point),), rules=())
            expected.append(verdict(one, Result.REFUTED, counterexample=shown, known=documented))
    proved = verdict(one, Result.PROVED, established="1 parts of it hold")
    assert found == Decided(tuple(expected) or (proved,), (entry,) if stale else ())


def test_what_stays_open_beside_a_documented_violation_is_told():
    one = only(KNOWN)
    (entry,) = one.known
    documented, rest = settle(asked(one, parts("a", stop=True), shows)).verdicts
    assert (documented.result, documented.known, documented.smallest) == (Result.REFUTED, entry, False)
    assert (rest.result, rest.known, rest.budget) == (Result.NOT_DECIDED, None, "a part needs more than 2 s")
