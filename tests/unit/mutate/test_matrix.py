"""Vignettes as points: which of them a fault hits, and which are only judged."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from redflag_kit.compile.table import Compiled
from redflag_kit.evaluate.engine import Engine, engine_over
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.logic.budget import NO_DEADLINE, Budget
from redflag_kit.model.condition import All
from redflag_kit.model.vignette import Expected, Stated
from redflag_kit.mutate.decide import Judge, decide, judge_of
from redflag_kit.mutate.deciding.judging import Judging, broken
from redflag_kit.mutate.deciding.points import atoms_in, digits_of, points_of
from redflag_kit.mutate.deciding.prepared import run_of
from redflag_kit.mutate.deciding.search import searched
from redflag_kit.mutate.deciding.watching import watching
from redflag_kit.mutate.mutant import Mutant, RuleDropped
from redflag_kit.mutate.verdict import Killed, NotDecided, Verdict, Watch
from redflag_kit.semantics.cases import Filled, Told, assuming
from tests.property import models
from tests.property.faults import mutant_of
from tests.property.models import decision, guideline, has, ordered, rule, scale, vocabulary, yes_no
from tests.unit.mutate.every_fault import is_one_of, is_open, watch

URGENCY = scale("avoid", "later", "soon", "now", against="avoid")
A, B, C = map(has, "abc")
WORDS = vocabulary([yes_no(name) for name in ("a", "b", "c", "unread")], [ordered("scan", URGENCY)])
FOUND = guideline(
    WORDS,
    [decision("d", [rule("R1", A, {"scan": "now"}), rule("R2", All((A, B)), {"scan": "soon"})], [rule("E")])],
)
LOST = RuleDropped("R1")


def opened(*watches: Watch, every: bool = True) -> tuple[Engine, Judge]:
    run = run_of(FOUND, [mutant_of(LOST)], (one.vignette.findings for one in watches))
    ready = engine_over(run.ready)
    return ready, judge_of(run, ready, watching(ready, watches), Budget().nodes, NO_DEADLINE, every)


def by_sat(mutant: Mutant, asked: list[Watch], every: bool) -> list[Verdict]:
    judge = opened(*asked, every=every)[1]
    return searched(judge.comparing, judge.matrix, judge.wide, [NotDecided(mutant, "nothing")], NO_DEADLINE)


def present(*names: str) -> tuple[Stated, ...]:
    return tuple(models.stated(name, "present") for name in names)


def test_a_point_is_hit_if_what_it_has_now_is_ruled_out() -> None:
    _, judge = opened(
        watch("one", present("a"), is_one_of("scan", "now")),
        watch("two", (models.stated("a", "absent"),), is_one_of("scan", "silent")),
        watch("three", present("b"), is_one_of("scan", "now", "silent")),
    )
    kills = judge.matrix.kills(judge.matrix.faults.of(LOST))
    hit = [
        (owner, point)
        for index, (owner, point) in enumerate(zip(judge.matrix.owners, kills.owner.points, strict=True))
        if kills.bits >> index & 1
    ]
    assert hit == [(0, (1, 0)), (0, (1, 1)), (2, (1, 1))]
    assert [case.number for case in judge.matrix.cases] == [0, 1, 2]


def test_what_takes_a_value_that_is_expected_too_is_not_broken() -> None:
    ready, judge = opened(watch("any", (), is_open("scan")))
    effect = judge.comparing.faults.of(LOST)[0].effect
    everybody = ready.diagrams.whole
    a, b = (ready.diagrams.literal(name, 1 << ready.atoms.atom_of(name, "present")) for name in "ab")
    assert broken(effect, "scan", {"now", "silent"}, everybody) & a == a & b
    assert (broken(effect, "scan", {"now", "silent", "soon"}, everybody) & a).is_empty()
    assert broken(effect, "scan", {"now"}, b) & a == a & b
    assert broken(effect, "scan", {"now"}, ready.diagrams.empty).is_empty()


@pytest.mark.parametrize(("most", "points"), [(4, 4), (3, None)])
def test_a_case_is_as_many_points_as_it_leaves_combinations_of_what_is_read(
    most: int, points: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("redflag_kit.mutate.deciding.points.MOST", most)
    ready, judge = opened(watch("any", (), is_open("scan")))
    found = points_of(ready, judge.cases[0], ("a", "b"))
    assert (None if found is None else len(found)) == points


def test_points_are_not_told_apart_by_what_constraints_alone_read() -> None:
    tied = guideline(WORDS, FOUND.decisions, constraints=[models.implies(A, has("unread"))])
    run = run_of(tied, [], [()])
    ready = engine_over(run.ready)
    (case,) = watching(ready, [watch("any", (), is_open("scan"))])
    assert ready.atoms.space.names == ("a", "b", "unread")
    assert points_of(ready, case, run.read) == ((0, 0, 0), (0, 1, 0), (1, 0, 0), (1, 1, 0))


def test_points_leave_out_what_constraints_forbid() -> None:
    tied = guideline(WORDS, FOUND.decisions, constraints=[models.implies(A, B)])
    run = run_of(tied, [], [()])
    ready = engine_over(run.ready)
    (case,) = watching(ready, [watch("any", (), is_open("scan"))])
    assert points_of(ready, case, run.read) == ((0, 0), (0, 1), (1, 1))


def test_vignettes_that_leave_nothing_open_watch_alike_alone_and_together(monkeypatch: pytest.MonkeyPatch) -> None:
    reading = decision("d", [rule("R1", A, {"scan": "now"}), rule("R2", C, {"scan": "later"})], [rule("E")])
    tied = guideline(WORDS, [reading], constraints=[models.implies(A, B)])
    watches = [
        watch("a and b", words(a="present", b="present", c="absent"), is_one_of("scan", "now")),
        watch("nothing", words(a="absent", b="absent", c="absent"), is_one_of("scan", "silent")),
        watch("wrong", words(a="absent", b="absent", c="present"), is_one_of("scan", "now")),
        watch("either", words(a="present", b="present", c="present"), is_one_of("scan", "now", "silent")),
        watch("not legal", words(a="present", b="absent", c="absent"), is_one_of("scan", "now")),
        watch("open", words(a="present", b="present"), is_one_of("scan", "now")),
        watch("not assessed", (*words(a="absent", b="absent"), models.stated("c")), is_open("scan")),
    ]
    ready = engine_over(run_of(tied, [], (one.vignette.findings for one in watches)).ready)
    alone = watching(ready, watches)
    assert [case.id for case in alone] == ["a and b", "nothing", "open", "not assessed"]
    for many, of_which in ((1, 4), (5, 4), (6, 0)):
        asked: list[Told[BddRegion]] = []
        monkeypatch.setattr("redflag_kit.mutate.deciding.watching.MANY", many)
        monkeypatch.setattr("redflag_kit.mutate.deciding.watching.assuming", noting(asked))
        together = watching(ready, watches)
        assert together == alone
        assert [case.region for case in together] == [case.region for case in alone]
        assert len(asked) == len(watches) - of_which


def noting(asked: list[Told[BddRegion]]) -> Callable[[Compiled, Told[BddRegion]], Filled[BddRegion]]:
    def assuming_noted(compiled: Compiled, told: Told[BddRegion]) -> Filled[BddRegion]:
        asked.append(told)
        return assuming(compiled, told)

    return assuming_noted


def words(**values: str) -> tuple[Stated, ...]:
    return (*(models.stated(name, value) for name, value in values.items()), models.stated("unread", "absent"))


def test_dear_vignettes_are_asked_only_where_no_other_kills(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("redflag_kit.mutate.deciding.points.MOST", 2)
    one = watch("one", present("a"), is_one_of("scan", "now"))
    judged = watch("judged", (models.stated("b", "absent"),), is_open("scan"))
    wide = watch("wide", (), is_one_of("scan", "now", "silent"))
    lost = mutant_of(LOST)
    for asked, by in (
        ([judged, one, wide], ("one",)),
        ([judged, wide], ("judged",)),
        ([wide], ("wide",)),
    ):
        everybody = Killed(lost, tuple(one.vignette.id for one in asked))
        assert decide(FOUND, [lost], asked, every_killer=False).verdicts == (Killed(lost, by),)
        assert decide(FOUND, [lost], asked).verdicts == (everybody,)
        assert by_sat(lost, asked, every=False) == [Killed(lost, by)]
        assert by_sat(lost, asked, every=True) == [everybody]


def test_a_set_that_is_settled_is_no_dear_thing_to_expect() -> None:
    terms = vocabulary([yes_no("a")], [ordered("scan", URGENCY), models.a_set("likely", "flu", "stroke")])
    found = guideline(terms, [decision("d", [rule("R1", A, {"scan": "now", "likely": ["flu"]})], [rule("E")])])
    one = watch("one", present("a"), is_one_of("scan", "now"))
    settled = watch("settled", present("a"), Expected("likely", "", must=frozenset({"flu"}), may=frozenset({"flu"})))
    lost = mutant_of(LOST)
    assert decide(found, [lost], [one, settled], every_killer=False).verdicts == (Killed(lost, ("one", "settled")),)


@pytest.mark.parametrize("most", [64, 0])
def test_a_vignette_is_about_nobody_else(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("redflag_kit.mutate.deciding.points.MOST", most)
    without = watch(
        "without", (models.stated("a", "absent"), models.stated("c", "absent")), is_one_of("scan", "silent")
    )
    given = watch("given", (models.stated("a", "present"), models.stated("c", "absent")), is_one_of("scan", "now"))
    lost = mutant_of(LOST)
    assert decide(FOUND, [lost], [without, given]).verdicts == (Killed(lost, ("given",)),)


def test_what_constraints_say_of_findings_that_nothing_reads_leaves_points_alone() -> None:
    tied = guideline(WORDS, FOUND.decisions, constraints=[models.implies(A, has("unread"))])
    lost, given = mutant_of(LOST), watch("given", present("a"), is_one_of("scan", "now"))
    assert decide(tied, [lost], [given]).verdicts == (Killed(lost, ("given",)),)


def test_a_mask_is_read_from_its_lowest_bit() -> None:
    assert atoms_in(0b1011) == (0, 1, 3)
    assert atoms_in(0) == ()
    assert digits_of(0b1101) == b"\x01\x00\x01\x01"


def test_what_stays_undecided_whatever_becomes_of_some_is_not_judged_again() -> None:
    ready, judge = opened(watch("any", (), is_open("scan")))
    everybody = ready.diagrams.whole
    a, b = (ready.diagrams.literal(name, 1 << ready.atoms.atom_of(name, "present")) for name in "ab")
    judging = Judging(judge.comparing.ward.world, {0: (everybody, judge.cases[0].seen.judged)})
    assert judging.stay_undecided(0, ready.diagrams.empty)
    assert judging.stay_undecided(0, a & b)
    assert not judging.stay_undecided(0, a)
    assert not judging.stay_undecided(0, everybody)


def test_a_value_expected_among_others_is_not_surely_met() -> None:
    ready, judge = opened(watch("any", (), is_one_of("scan", "now", "silent")))
    judging = Judging(judge.comparing.ward.world, {0: (ready.diagrams.whole, judge.cases[0].seen.judged)})
    assert not judging.stay_undecided(0, ready.diagrams.empty)


def test_only_the_cases_near_a_fault_are_judged() -> None:
    ready, judge = opened(watch("any", (), is_one_of("scan", "now", "silent")))
    faults = judge.comparing.faults
    cases = dict.fromkeys((0, 1), (ready.diagrams.whole, judge.cases[0].seen.judged))
    assert list(Judging(faults.world, cases).unsettled(faults.of(LOST), set())) == [0, 1]
    assert list(Judging(faults.world, cases).unsettled(faults.of(LOST), {0})) == [1]
    asked = []

    def near(region: BddRegion) -> set[int]:
        asked.append(region)
        return {0}

    assert list(Judging(faults.world, cases, near).unsettled(faults.of(LOST), set())) == [0]
    assert len(asked) == 1
