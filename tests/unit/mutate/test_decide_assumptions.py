"""Faults of assumptions in small guidelines: every case read word by word, and vignettes run again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import pytest

from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.evaluate.engine import engine, engine_over
from redflag_kit.logic.budget import NO_DEADLINE, Budget, BudgetExceeded, Deadline
from redflag_kit.model.condition import All, Any, Not
from redflag_kit.model.guideline import Guideline, HitPolicy
from redflag_kit.model.vignette import Stated
from redflag_kit.mutate.decide import NO_CASE, decide
from redflag_kit.mutate.deciding import open_cases, points
from redflag_kit.mutate.deciding.confirm import NotConfirmed, Reference
from redflag_kit.mutate.mutant import AssumeChanged, Mutant
from redflag_kit.mutate.verdict import Equivalent, Killed, NotDecided, Survived, Watch
from tests.property import models
from tests.property.faults import mutant_of
from tests.property.generators import values_of
from tests.property.models import (
    a_set,
    between,
    decision,
    guideline,
    has,
    implies,
    ordered,
    rule,
    said,
    scale,
    vocabulary,
    yes_no,
)
from tests.property.verdicts import check_assumptions, check_killers
from tests.unit.mutate.every_fault import is_one_of, is_open, watch

URGENCY = scale("avoid", "later", "soon", "now", against="avoid")
SCAN, VISIT = ordered("scan", URGENCY), ordered("visit", URGENCY)
A, B, C = map(has, "abc")


def alone() -> Guideline:
    words = vocabulary([yes_no("a", assume="absent"), yes_no("b"), yes_no("c")], [SCAN, VISIT])
    rules = [rule("R1", B, {"scan": "soon"}), rule("R2", All((A, B)), {"visit": "now"})]
    return guideline(words, [decision("d", rules)])


def tied() -> Guideline:
    words = vocabulary(
        [yes_no("a", assume="absent"), yes_no("b", assume="absent"), yes_no("c")],
        [ordered("some", URGENCY, satisfied_by=["scan"]), SCAN],
        [implies(C, Any((A, B)))],
    )
    return guideline(words, [decision("d", [rule("R1", A, {"scan": "now"}), rule("R2", B, {"scan": "soon"})])])


def tied_in_pairs() -> Guideline:
    words = vocabulary(
        [yes_no("a"), yes_no("b", assume="absent"), yes_no("c")], [a_set("kind", "flu", "strain")], [implies(A, B)]
    )
    rules = [rule("R1", All((A, B)), {"kind": ["flu"]}), rule("R2", C, {"kind": ["strain"]})]
    return guideline(words, [decision("d", rules)])


def written_in_turns() -> Guideline:
    words = vocabulary(
        [yes_no("a", assume="absent"), yes_no("b"), yes_no("c")],
        [SCAN, ordered("some", URGENCY, satisfied_by=["scan"])],
    )
    rules = [
        rule("R1", B, {"scan": "now", "some": "soon"}),
        rule("R2", Not(B), {"scan": "soon", "some": "now"}),
        rule("R3", All((A, C)), {"scan": "later"}),
    ]
    return guideline(words, [decision("d", rules)])


def in_the_scope() -> Guideline:
    words = vocabulary([yes_no("a", assume="absent"), yes_no("b"), yes_no("c")], [SCAN, VISIT])
    return guideline(words, [decision("d", [rule("R", B, {"scan": "now", "visit": "later"})])], scope=Not(A))


def a_number() -> Guideline:
    words = vocabulary([models.number("n", 0, 4, assume=1), yes_no("b"), yes_no("c")], [SCAN])
    return guideline(words, [decision("d", [rule("R", All((between("n", 2, 3), B)), {"scan": "now"})])])


def a_set_by_a_score() -> Guideline:
    words = vocabulary(
        [yes_no("a", assume="present"), yes_no("b"), yes_no("c")], [a_set("kind", "flu", "strain", "stroke"), SCAN]
    )
    rules = [rule("R1", models.total("s", 2, 2), {"kind": ["flu"]}), rule("R2", B, {"kind": ["strain"]})]
    counted = models.score("s", (A, 1), (B, 1))
    return guideline(
        words,
        [decision("d", rules), decision("e", [rule("R3", C, {"scan": "now"})])],
        scores=[counted],
    )


def in_steps() -> Guideline:
    some = ordered("some", URGENCY, satisfied_by=["scan"])
    words = vocabulary([yes_no("a", assume="absent"), yes_no("b"), yes_no("c")], [SCAN, some])
    first = decision("first", [rule("F", A, {"alarm": "now"})])
    second = decision("second", [rule("R", said("alarm", "now"), {"scan": "now"})], policy=HitPolicy.FIRST)
    return guideline(words, [first, second], local=[ordered("alarm", URGENCY)])


def never_read() -> Guideline:
    words = vocabulary([yes_no("a", assume="absent"), yes_no("b"), yes_no("c")], [SCAN], [implies(A, B), implies(B, C)])
    return guideline(words, [decision("d", [rule("R", B, {"scan": "now"})])])


def compared() -> Guideline:
    numbers = [models.number("n", 0, 3, assume=1), models.number("m", 0, 3)]
    words = vocabulary([*numbers, yes_no("b")], [SCAN], [models.at_most("n", "m")])
    rules = [rule("R1", All((between("n", 2), B)), {"scan": "now"}), rule("R2", between("m", 2), {"scan": "later"})]
    return guideline(words, [decision("d", rules)])


WORLDS: dict[str, Callable[[], Guideline]] = {
    one.__name__: one
    for one in (
        alone,
        tied,
        tied_in_pairs,
        written_in_turns,
        in_the_scope,
        a_number,
        a_set_by_a_score,
        in_steps,
        never_read,
        compared,
    )
}


def every_assumption(guideline: Guideline) -> list[Mutant]:
    """Return every other value taken for each finding, and each finding asked for."""
    edits = [
        AssumeChanged(finding.id, assume)
        for finding in guideline.vocabulary.findings.values()
        for assume in (None, *map(models.assumed, values_of(finding)))
    ]
    return [mutant_of(edit, number) for number, edit in enumerate(edits)]


def watches_of(guideline: Guideline) -> Iterator[Watch]:
    """Yield vignettes that state a finding or two, and expect what comes out, in each way in which that can be said."""
    names = list(guideline.vocabulary.findings)
    singles = [()] + [
        (models.stated(name, value),) for name in names for value in values_of(guideline.vocabulary.findings[name])[-2:]
    ]
    either = models.stated("b", "present", "absent")  # known, if only to have been asked
    cases: list[tuple[Stated, ...]] = [
        *singles,
        (either,),
        *(one + two for one in singles[1:3] for two in singles[3:]),
    ]
    ready = engine(guideline, cases)
    for number, stated in enumerate(cases):
        filled = ready.fill(stated, False).region
        found = {name: ready.possible(name, filled) for name in guideline.covers}
        outcomes = [
            is_one_of(name, *one.values) if one.decided or number % 2 else is_open(name)
            for name, one in found.items()
            if not one.may
        ]
        yield watch(f"v{number}", stated, *outcomes)
        if not all(one.decided for one in found.values()):
            yield watch(f"w{number}", stated, whole=is_open(""))
        yield watch(f"s{number}", stated, strict=True)


@pytest.mark.parametrize("name", WORLDS)
def test_a_survivor_is_a_case_that_turns_out_otherwise_and_an_equivalent_has_none(name: str) -> None:
    found = WORLDS[name]()
    check_assumptions((found, every_assumption(found), []))


@pytest.mark.parametrize("most", [64, 0])
@pytest.mark.parametrize("name", WORLDS)
def test_killers_are_exactly_the_vignettes_that_fail(name: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(points, "MOST", most)
    found = WORLDS[name]()
    check_killers((found, every_assumption(found), list(watches_of(found))))


def test_a_strict_expectation_looks_at_what_rules_write_and_not_at_what_that_entails() -> None:
    words = vocabulary(
        [yes_no("a", assume="absent"), yes_no("b")],
        [SCAN, VISIT, ordered("some", URGENCY, satisfied_by=["scan", "visit"])],
    )
    same = Any((All((A, B)), All((Not(A), Not(B)))))
    rules = [
        rule("R1", B, {"scan": "now"}),
        rule("R2", Not(B), {"scan": "soon"}),
        rule("R3", same, {"visit": "now"}),
        rule("R4", Not(same), {"visit": "soon"}),
        rule("R5", All((A, Not(A))), {"some": "later"}),
    ]
    found = guideline(words, [decision("d", rules, [rule("E")])])
    turned = mutant_of(AssumeChanged("a", models.assumed("present")))
    either = [is_one_of(name, "now", "soon") for name in ("scan", "visit")]
    check_killers((found, [turned], [watch("v", (), *either, strict=True), watch("w", (), is_one_of("some", "now"))]))
    assert decide(found, [turned], [watch("v", (), *either, strict=True)]).watching == ("v",)


@pytest.mark.parametrize("most", [64, 0])
def test_what_is_assumed_of_a_finding_that_no_rule_reads_tells_of_those_that_constraints_tie_to_it(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(points, "MOST", most)
    words = vocabulary([yes_no("a"), yes_no("b")], [SCAN], [implies(A, B)])
    found = guideline(words, [decision("d", [rule("R", A, {"scan": "now"})])])
    new = mutant_of(AssumeChanged("b", models.assumed("absent")))
    assert decide(found, [new], [watch("v", (), is_open("scan"))]).verdicts == (Killed(new, ("v",)),)


@pytest.mark.parametrize("lost", ["present", None])
def test_a_strict_expectation_is_unmet_once_a_rule_writes_what_it_does_not_list(lost: str | None) -> None:
    words = vocabulary([yes_no("a", assume="absent"), yes_no("b")], [SCAN, VISIT])
    rules = [rule("R1", A, {"scan": "now"}), rule("R2", B, {"visit": "soon"})]
    found = guideline(words, [decision("d", rules, [rule("E")])])
    changed = mutant_of(AssumeChanged("a", None if lost is None else models.assumed(lost)))
    strict = watch("v", (models.stated("b", "present"),), is_one_of("visit", "soon"), strict=True)
    assert decide(found, [changed], [strict]).verdicts == (Killed(changed, ("v",)),)


def test_the_same_assumption_is_no_fault() -> None:
    found = alone()
    same = mutant_of(AssumeChanged("a", models.assumed("absent")))
    assert decide(found, [same], list(watches_of(found))).verdicts == (Equivalent(same, NO_CASE),)


def test_an_assumption_of_what_nothing_reads_changes_no_case() -> None:
    words = vocabulary([yes_no("a"), yes_no("b")], [SCAN])
    found = guideline(words, [decision("d", [rule("R", B, {"scan": "now"})])])
    unread = mutant_of(AssumeChanged("a", models.assumed("present")))
    assert decide(found, [unread], []).verdicts == (Equivalent(unread, NO_CASE),)


def test_the_witness_leaves_open_what_is_no_longer_assumed() -> None:
    lost = mutant_of(AssumeChanged("a", None))
    (verdict,) = decide(alone(), [lost], []).verdicts
    assert isinstance(verdict, Survived)
    assert verdict.region is None
    assert verdict.case == (
        Stated("a", unknown=True),
        Stated("b", frozenset({"present"})),
        Stated("c", frozenset({"absent"})),
    )


def test_a_vignette_that_leaves_the_finding_open_kills_a_lost_assumption() -> None:
    lost = mutant_of(AssumeChanged("a", None))
    open_one = watch("open", (models.stated("b", "present"),), is_one_of("visit", "silent"))
    known = watch("known", (models.stated("a", "absent"), models.stated("b", "present")), is_one_of("visit", "silent"))
    assert decide(alone(), [lost], [open_one, known]).verdicts == (Killed(lost, ("open",)),)


def test_an_assumed_number_is_told_from_its_neighbours_where_numbers_are_compared() -> None:
    numbers = [models.number(name, 0, 3) for name in "nmk"]
    words = vocabulary(numbers, [SCAN], [models.at_most("n", "m"), models.at_most("m", "k")])
    found = guideline(words, [decision("d", [rule("R", between("k", 2), {"scan": "soon"})])])
    opened = watch("open", (), is_open("scan"))
    for number in range(4):
        new = mutant_of(AssumeChanged("n", models.assumed(Fraction(number))))
        (verdict,) = decide(found, [new], [opened]).verdicts
        assert isinstance(verdict, Killed) == (number >= 2)


def test_a_vignette_kills_an_assumption_that_displaces_another() -> None:
    found = tied_in_pairs()
    new = mutant_of(AssumeChanged("a", models.assumed("present")))
    nothing = watch("nothing", (models.stated("c", "absent"),), is_one_of("kind", "gap"))
    assert decide(found, [new], [nothing]).verdicts == (Killed(new, ("nothing",)),)


def test_a_witness_with_too_many_completions_is_not_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    lost = mutant_of(AssumeChanged("a", None))
    monkeypatch.setattr(open_cases, "MAX_COMPLETIONS", 1)
    assert decide(alone(), [lost], []).verdicts == (NotDecided(lost, "1 completions"),)
    with pytest.raises(BudgetExceeded, match=r"^the completions of a witness needs more than 1 completions$"):
        unknowns(alone()).witness_of(lost)
    monkeypatch.setattr(open_cases, "MAX_COMPLETIONS", 2)
    assert isinstance(decide(alone(), [lost], []).verdicts[0], Survived)


def test_a_witness_with_compared_numbers_that_reading_does_not_confirm_is_not_decided(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Reference, "outcome", lambda reference, patient: {"scan": "now"})
    lost = mutant_of(AssumeChanged("n", None))
    assert decide(compared(), [lost], []).verdicts == (NotDecided(lost, "the intervals between thresholds"),)
    question = r"^a witness with compared numbers needs more than the intervals between thresholds$"
    with pytest.raises(BudgetExceeded, match=question):
        unknowns(compared()).witness_of(lost)


def test_a_witness_that_no_legal_patient_completes_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_cases, "is_legal", lambda constraints, patient: False)
    lost = mutant_of(AssumeChanged("n", None))
    assert decide(compared(), [lost], []).verdicts == (NotDecided(lost, "the intervals between thresholds"),)
    with pytest.raises(NotConfirmed):
        decide(alone(), [mutant_of(AssumeChanged("a", None))], [])


@pytest.mark.parametrize(("world", "finding"), [("alone", "a"), ("tied_in_pairs", "b")])
def test_a_case_that_is_read_otherwise_is_a_fault_of_the_kit(
    world: str, finding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = WORLDS[world]()
    monkeypatch.setattr(Reference, "outcome", lambda reference, patient: dict.fromkeys(found.covers, "now"))
    with pytest.raises(NotConfirmed, match=r"^the witness of mutant m0 of rules@1\.0\.0 gets the same$"):
        decide(found, [mutant_of(AssumeChanged(finding, None))], [])


def test_cases_in_which_several_findings_may_be_open_are_made_until_the_deadline() -> None:
    lost = mutant_of(AssumeChanged("b", None))
    with pytest.raises(BudgetExceeded, match=r"needs more than 0 s$"):
        unknowns(tied_in_pairs(), Deadline(0.0, "0 s")).witness_of(lost)
    assert unknowns(tied_in_pairs()).witness_of(lost) is not None


def test_verdicts_on_assumptions_are_given_until_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    class Unmade(Deadline):
        """A deadline that is over once a region is made."""

        def check(self, question: str) -> None:
            if question == "the making of regions":
                raise BudgetExceeded(question, self.words)

    monkeypatch.setattr("redflag_kit.mutate.decide.engine_over", lambda ready, nodes, deadline: engine_over(ready))
    lost = mutant_of(AssumeChanged("b", None))
    late = Unmade(float("inf"), "9 s")
    assert decide(tied_in_pairs(), [lost], [], deadline=late).verdicts == (NotDecided(lost, "9 s"),)


def test_outputs_hang_on_what_their_decisions_read_and_on_what_they_are_satisfied_by() -> None:
    outputs = [SCAN, VISIT, ordered("some", URGENCY, satisfied_by=["visit"]), ordered("other", URGENCY)]
    words = vocabulary([yes_no("a"), yes_no("b"), yes_no("c"), yes_no("d")], outputs)
    found = guideline(
        words,
        [
            decision("first", [rule("R1", A, {"alarm": "now"})]),
            decision("second", [rule("R2", All((A, B)), {"scan": "now"})]),
            decision("third", [rule("R3", All((said("alarm", "now"), C)), {"visit": "now"})]),
            decision("fourth", [rule("R4", models.total("s", 1, 1), {"other": "now"})]),
        ],
        local=[ordered("alarm", URGENCY)],
        scores=[models.score("s", (C, 1))],
        scope=has("d"),
    )
    compiled = compile_guideline(found)
    assert open_cases.told_by(compiled, ["a"]) == {"scan", "visit", "some"}
    assert open_cases.told_by(compiled, ["b"]) == {"scan"}
    assert open_cases.told_by(compiled, ["c"]) == {"visit", "some", "other"}
    assert open_cases.told_by(compiled, ["d"]) == {"scan", "visit", "some", "other"}
    assert open_cases.told_by(compiled, []) == frozenset()


def unknowns(found: Guideline, deadline: Deadline = NO_DEADLINE) -> open_cases.Unknowns:
    return open_cases.Unknowns(engine(found), Reference(found), Budget().nodes, deadline)
