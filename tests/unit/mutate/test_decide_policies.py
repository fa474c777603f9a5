"""Every fault of small guidelines of each hit policy: vignettes run again, and every patient read word by word.

Whatever is found by points must be found by regions, and by SAT, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

import pytest

from redflag_kit.evaluate.engine import engine, engine_over
from redflag_kit.logic.budget import NO_DEADLINE, Budget
from redflag_kit.model.condition import All, Any, AtLeast, Not
from redflag_kit.model.guideline import Decision, Guideline, HitPolicy, Rule
from redflag_kit.model.vignette import Expected
from redflag_kit.model.vocabulary import Combine, Output
from redflag_kit.mutate.decide import decide, judge_of
from redflag_kit.mutate.deciding import points
from redflag_kit.mutate.deciding.prepared import run_of
from redflag_kit.mutate.deciding.search import searched
from redflag_kit.mutate.deciding.watching import watching
from redflag_kit.mutate.verdict import Killed, NotDecided, Survived, Verdict, Watch
from redflag_kit.semantics.cases import Possible
from tests.property import models
from tests.property.models import a_set, decision, guideline, has, ordered, rule, said, scale, vocabulary, yes_no
from tests.property.verdicts import check_killers, check_patients, check_some_killers
from tests.unit.mutate.every_fault import every_fault, is_one_of, is_open, watch

URGENCY = scale("avoid", "later", "soon", "now", against="avoid")
SCAN, VISIT = ordered("scan", URGENCY), ordered("visit", URGENCY)
LOWEST = ordered("scan", URGENCY, combine=Combine.LOWEST)
KIND = a_set("kind", "stroke", "flu", "strain")
A, B, C = map(has, "abc")
LEVELS = [rule("R1", A, {"scan": "soon"}), rule("R2", B, {"scan": "soon"}), rule("R3", All((A, B)), {"scan": "now"})]


def of(*decisions: Decision, outputs: tuple[Output, ...] = (SCAN,), **options: object) -> Guideline:
    words = vocabulary([yes_no("a"), yes_no("b"), yes_no("c", clean="absent")], outputs)
    return guideline(words, decisions, **options)  # type: ignore[arg-type]


def alone(policy: HitPolicy, output: Output = SCAN, otherwise: list[Rule] | None = None) -> Guideline:
    return of(decision("d", LEVELS, otherwise, policy=policy), outputs=(output,))


def both(policy: HitPolicy) -> Guideline:
    rules = [
        rule("R1", A, {"scan": "soon", "visit": "later"}),
        rule("R2", B, {"scan": "soon"}),
        rule("R3", Any((All((A, B)), C)), {"visit": "now"}, unless=["R4"]),
        rule("R4", All((B, C)), {"scan": "avoid"}),
    ]
    return of(decision("d", rules, [rule("E1", C, {"scan": "later"})], policy=policy), outputs=(SCAN, VISIT))


def with_a_set(policy: HitPolicy) -> Guideline:
    rules = [rule("R1", A, {"kind": ["flu"]}), rule("R2", B, {"kind": ["flu", "strain"]}), rule("R3", C)]
    return of(decision("d", rules, policy=policy), outputs=(KIND,))


def in_steps(alarm: Combine = Combine.HIGHEST) -> Guideline:
    inner = ordered("alarm", URGENCY, combine=alarm)
    writing = [rule("F1", A, {"alarm": "now"}), rule("F2", Any((A, B)), {"alarm": "later"})]
    reading = [
        rule("R1", said("alarm", "now"), {"scan": "now"}),
        rule("R2", All((said("alarm", "later"), C)), {"scan": "soon"}),
    ]
    first = decision("first", writing, [rule("E1")])
    second = decision("second", reading, [rule("E2", None, {"scan": "avoid"})], policy=HitPolicy.FIRST)
    return of(first, second, outputs=(SCAN,), local=(inner,))


def counted() -> Guideline:
    points_for = models.score("s", (A, 1), (B, 1), (All((A, C)), 2))
    rules = [
        rule("R1", models.total("s", 2, 9), {"scan": "now"}),
        rule("R2", models.total("s", 1, 1), {"scan": "later"}),
    ]
    return of(decision("d", rules, [rule("E")]), scores=[points_for])


def implied() -> Guideline:
    some = ordered("some", URGENCY, satisfied_by=["scan", "visit"])
    rules = [
        rule("R1", A, {"scan": "now"}),
        rule("R2", AtLeast(2, (A, B, C)), {"visit": "soon"}),
        rule("R3", Not(C), {"some": "avoid"}),
    ]
    return of(decision("d", rules), outputs=(SCAN, VISIT, some), scope=Any((A, B, C)))


WORLDS: dict[str, Callable[[], Guideline]] = {
    **{f"one output, {one}": lambda one=one: alone(one) for one in HitPolicy},  # type: ignore[misc]
    **{f"lowest wins, {one}": lambda one=one: alone(one, LOWEST) for one in (HitPolicy.COLLECT, HitPolicy.PRIORITY)},  # type: ignore[misc]
    **{f"two outputs, {one}": lambda one=one: both(one) for one in HitPolicy},  # type: ignore[misc]
    **{f"a set, {one}": lambda one=one: with_a_set(one) for one in HitPolicy if one is not HitPolicy.PRIORITY},  # type: ignore[misc]
    "otherwise has rows": lambda: alone(
        HitPolicy.COLLECT, otherwise=[rule("E1", C, {"scan": "later"}), rule("E2", None, {"scan": "avoid"})]
    ),
    "in steps": in_steps,
    "in steps, lowest wins": lambda: in_steps(Combine.LOWEST),
    "a score": counted,
    "satisfied by others": implied,
}


def watches_of(guideline: Guideline) -> list[Watch]:
    """Return vignettes for many cases that expect what comes out, in each way in which that can be said."""
    cases = [
        tuple(models.stated(name, *words) for name, words in zip("abc", chosen, strict=True))
        for chosen in product((("present",), ("absent",), ()), repeat=3)
    ][::3]
    ready = engine(guideline, cases)
    found = []
    for number, stated in enumerate(cases):
        filled = ready.fill(stated, False).region
        outcomes = [one for name in guideline.covers for one in expected(ready.possible(name, filled), name, number)]
        found.append(watch(f"v{number}", stated, *outcomes, strict=number % 4 == 0))
    found.append(watch("whole", cases[1], whole=is_open("")))
    return found


def expected(possible: Possible, name: str, number: int) -> Iterator[Expected]:
    if not possible.decided and number % 2:
        yield is_open(name)
    elif possible.may:
        yield Expected(name, "", must=frozenset(possible.must), may=frozenset((*possible.may, *possible.values)))
    else:
        yield is_one_of(name, *possible.values)


@pytest.mark.parametrize("name", WORLDS)
def test_survivors_are_exactly_those_faults_by_which_somebody_gets_something_else(name: str) -> None:
    found = WORLDS[name]()
    check_patients((found, every_fault(found), []))


@pytest.mark.parametrize("most", [64, 0])
@pytest.mark.parametrize("name", WORLDS)
def test_killers_are_exactly_the_vignettes_that_fail(name: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(points, "MOST", most)
    found = WORLDS[name]()
    run = (found, every_fault(found)[1 if most else 0 :: 4], watches_of(found))
    check_killers(run)
    check_some_killers(run)


@pytest.mark.parametrize("most", [64, 0])
@pytest.mark.parametrize("name", ["one output, COLLECT", "two outputs, FIRST", "a set, ANY"])
def test_each_vignette_alone_kills_what_it_fails_on(name: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(points, "MOST", most)
    found = WORLDS[name]()
    for one in watches_of(found):
        run = (found, every_fault(found)[3::5], [one])
        check_killers(run)
        check_some_killers(run)


@pytest.mark.parametrize("name", WORLDS)
def test_sat_comes_to_the_verdicts_of_diagrams(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = WORLDS[name]()
    faults, watches = every_fault(found)[2::4], watches_of(found)[::4]
    drawn = told(decide(found, faults, watches).verdicts)
    monkeypatch.setattr(points, "MOST", 3)
    made = run_of(found, faults, (one.vignette.findings for one in watches))
    ready = engine_over(made.ready)
    judge = judge_of(made, ready, watching(ready, watches), Budget().nodes, NO_DEADLINE)
    open_ones = [NotDecided(one, "nothing") for one in faults]
    assert told(searched(judge.comparing, judge.matrix, judge.wide, open_ones, NO_DEADLINE)) == drawn


def told(verdicts: list[Verdict] | tuple[Verdict, ...]) -> list[object]:
    return [
        (one.mutant, one.by if isinstance(one, Killed) else one.case if isinstance(one, Survived) else one.how)  # type: ignore[union-attr]
        for one in verdicts
    ]
