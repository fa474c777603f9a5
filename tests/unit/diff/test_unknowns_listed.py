"""Missing information, on small editions of which every case can be gone through one by one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from redflag_kit.diff import unknowns
from redflag_kit.diff.changes import changes
from redflag_kit.diff.pair import pair, pair_with_flags
from redflag_kit.diff.reference import Readings
from redflag_kit.diff.unknowns import Hinge, assume_alike, hinges
from redflag_kit.model.condition import All, Any, Condition, Not
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vocabulary import Finding
from tests.property.models import assumed, choice, has, implies, rule, yes_no
from tests.unit.diff.listing import Case, Listing, outcome
from tests.unit.diff.small import ADVICE, COUGH, FEVER, NUMB, SCAN, VISIT, edition

F, N, C = has("fever"), has("numb"), has("cough")
THREE = (FEVER, NUMB, COUGH)
PAIN = choice("pain", ["none", "mild", "severe"])
NOT_BOTH = implies(F, Not(N))


def scans(*rules: tuple[Condition, str], findings: tuple[Finding, ...] = THREE, **options) -> Guideline:
    return edition(
        *(rule(f"R{i}", when, {"scan": level}) for i, (when, level) in enumerate(rules)), findings=findings, **options
    )


def advises(*rules: tuple[Condition, str], **options) -> Guideline:
    made = [rule(f"R{i}", when, {"advice": [word]}) for i, (when, word) in enumerate(rules)]
    return edition(*made, findings=THREE, outputs=[ADVICE], **options)


def assuming(made: Guideline, **values: str) -> Guideline:
    return replace(made, assume={name: assumed(value) for name, value in values.items()})


def in_order(made: Guideline, *findings: Finding) -> Guideline:
    words = replace(made.vocabulary, findings={one.id: one for one in findings})
    return replace(made, vocabulary=words)


BOTH = scans((F, "now"), (N, "soon"), constraints=[NOT_BOTH])
THIRD = scans((C, "now"), (N, "now"), (F, "now"))
MILD, SEVERE = has("pain", "mild"), has("pain", "severe")
EDITIONS: dict[str, tuple[Guideline, Guideline]] = {
    "another rule": (scans((F, "now")), scans((F, "now"), (N, "later"))),
    "one level more": (scans((F, "now"), (N, "soon")), scans((F, "now"), (N, "soon"), (C, "later"))),
    "other levels": (scans((F, "now"), (N, "soon")), scans((F, "now"), (N, "later"))),
    "values of a choice": (
        scans((MILD, "later"), (SEVERE, "now"), findings=(PAIN, FEVER)),
        scans((MILD, "later"), (SEVERE, "soon"), (F, "soon"), findings=(PAIN, FEVER)),
    ),
    "members of a set": (advises((F, "rest")), advises((F, "rest"), (N, "walk"))),
    "members of a set that go together": (advises((F, "rest"), (F, "walk")), advises((F, "rest"), (Not(F), "walk"))),
    "the scope of a set": (advises((F, "rest")), advises((F, "rest"), scope=Any((N, C)))),
    "a set that somebody gets and no member of it": (
        advises((Any((F, Not(F))), "rest"), scope=N),
        advises((Any((F, Not(F))), "rest"), scope=All((N, Any((C, Not(C)))))),
    ),
    "an assumption": (scans((F, "now")), assuming(scans((F, "now")), fever="absent")),
    "another assumption": (
        assuming(scans((F, "now")), fever="present"),
        assuming(scans((F, "now")), fever="absent"),
    ),
    "two assumptions that exclude each other": (
        BOTH,
        assuming(BOTH, fever="present", numb="present"),
    ),
    "assumptions in another order": (
        assuming(BOTH, fever="present", numb="present"),
        in_order(assuming(BOTH, fever="present", numb="present"), NUMB, FEVER, COUGH),
    ),
    "an assumption that fits only some cases": (
        scans((F, "now"), (C, "soon"), constraints=[NOT_BOTH]),
        assuming(scans((F, "now"), (C, "soon"), constraints=[NOT_BOTH]), fever="present"),
    ),
    "cases that only one edition allows": (scans((C, "now"), (N, "now"), (F, "now"), constraints=[NOT_BOTH]), THIRD),
    "other completions of which every one changes": (
        assuming(scans((F, "now"), (Not(F), "soon"), (All((N, F)), "now")), numb="absent"),
        assuming(scans((F, "soon"), (Not(F), "now"), (All((N, F)), "soon")), numb="present"),
    ),
    "a constraint": (scans((F, "now"), (N, "soon")), scans((F, "now"), (N, "soon"), constraints=[NOT_BOTH])),
    "a constraint that is gone": (
        scans((Any((F, N)), "now"), (C, "soon"), constraints=[implies(N, C)]),
        scans((Any((F, N)), "now"), (C, "soon")),
    ),
    "all at once": (
        assuming(scans((F, "now"), (N, "soon"), (C, "later"), constraints=[NOT_BOTH]), cough="present"),
        assuming(scans((F, "soon"), (N, "now"), (C, "avoid"), constraints=[implies(C, N)]), fever="absent"),
    ),
}


def found_between(old: Guideline, new: Guideline) -> list[Hinge]:
    touched = frozenset(change.aspect for change in changes(pair(old, new)))
    return list(hinges(pair_with_flags(old, new), touched))


@pytest.mark.parametrize(("old", "new"), EDITIONS.values(), ids=list(EDITIONS))
def test_the_kinds_found_are_those_that_occur_in_some_case_and_each_is_shown_by_such_a_case(
    old: Guideline, new: Guideline
):
    for before, after in ((old, new), (new, old)):
        listed = Listing(before, after)
        expected, _ = listed.kinds()
        found = found_between(before, after)
        aspects = pair(before, after).aspects()
        by_member = {aspect[0] for aspect, _ in expected if aspect[1] and aspect in aspects}
        wanted = {*aspects, *(whole for whole in listed.whole_outputs if whole[0] not in by_member)}
        kinds = [(hinge.aspect, hinge.kind) for hinge in found]
        assert sorted(kinds) == sorted(key for key in expected if key[0] in wanted)
        for hinge in found:
            assert hinge.confirmed is True
            case = {name: hinge.known.get(name) for name in listed.values}
            assert case in expected[hinge.aspect, hinge.kind]
            assert not {*hinge.known} & {*hinge.unknown}
            claimed = ({*hinge.old}, {*hinge.new})
            for patients, table, values in zip(listed.filled(case), listed.tables(hinge.aspect), claimed, strict=True):
                assert outcome(table, patients) == values


def calm(case: Case) -> int:
    """Return how much of a case is unusual: what is not known, and what is not at its calmest value."""
    return sum(value is None or value not in ("absent", "none") for value in case.values())


@pytest.mark.parametrize(
    "name", ["another rule", "one level more", "members of a set", "two assumptions that exclude each other"]
)
def test_the_case_that_is_shown_is_as_ordinary_as_any(name: str):
    old, new = EDITIONS[name]
    expected, _ = Listing(old, new).kinds()
    for hinge in found_between(old, new):
        case = {finding: hinge.known.get(finding) for finding in Listing(old, new).values}
        assert calm(case) == min(map(calm, expected[hinge.aspect, hinge.kind]))


def test_kinds_are_told_in_one_order_output_by_output():
    old, new = EDITIONS["all at once"]
    outputs = [VISIT, SCAN]
    both = [
        replace(
            edition(
                *one.rules()[:-1],
                rule("V", F if one is old else N, {"visit": "now"}),
                findings=THREE,
                outputs=outputs,
                constraints=one.constraints,
            ),
            assume=one.assume,
        )
        for one in (old, new)
    ]
    found = found_between(*both)
    order = ("newly_undecided", "newly_decided", "wider", "narrower", "moved")
    keys = [(["visit", "scan"].index(hinge.aspect[0]), order.index(hinge.kind)) for hinge in found]
    assert keys == sorted(keys)
    assert len({key[0] for key in keys}) == 2


def test_an_output_that_nobody_sees_change_is_looked_at_only_if_cases_are_completed_otherwise():
    old, new = EDITIONS["an assumption"]
    assert list(hinges(pair_with_flags(old, old), frozenset())) == []
    assert [one.kind for one in hinges(pair_with_flags(old, new), frozenset())] == ["newly_decided"]
    tied = EDITIONS["a constraint"]
    assert list(hinges(pair_with_flags(*tied), frozenset())) != []
    changed = EDITIONS["another rule"]
    assert list(hinges(pair_with_flags(*changed), frozenset())) == []
    assert list(hinges(pair_with_flags(*changed), frozenset({("scan", "")}))) != []
    assert list(hinges(pair_with_flags(*changed), frozenset({("visit", "")}))) == []


def test_a_case_that_only_one_edition_allows_is_none_of_a_change():
    old, new = scans((C, "now")), scans((C, "now"), constraints=[implies(F, Not(F))])
    assert list(hinges(pair_with_flags(old, new), frozenset())) == []
    assert list(hinges(pair_with_flags(new, old), frozenset())) == []


def test_every_kind_can_occur_for_one_output_and_each_is_shown_by_a_confirmed_case():
    guards = [yes_no(name) for name in ("opens", "closes", "widens", "narrows", "moves")]
    opens, closes, widens, narrows, moves = (has(one.id) for one in guards)
    one, two, three = "later", "soon", "now"
    cut = (All((F, N)), three), (All((F, Not(N))), two), (Not(F), one)
    half = (F, three), (Not(F), two)

    def split(guard: Condition, *parts: tuple[Condition, str]) -> list[tuple[Condition, str]]:
        return [(All((guard, when)), level) for when, level in parts]

    some = (*guards, FEVER, NUMB)
    old = scans(
        (opens, one),
        *split(closes, *half),
        *split(widens, *half),
        *split(narrows, *cut),
        *split(moves, *half),
        findings=some,
    )
    new = scans(
        *split(opens, *half),
        (closes, one),
        *split(widens, *cut),
        *split(narrows, *half),
        *split(moves, (F, three), (Not(F), one)),
        findings=some,
    )
    found = found_between(old, new)
    assert [one.kind for one in found] == list(unknowns.KINDS)
    assert all(one.confirmed for one in found)


def test_assumptions_are_alike_if_they_are_the_same_in_the_same_order_of_findings_of_both():
    plain = BOTH
    feverish = assuming(plain, fever="present", numb="present")
    assert assume_alike(pair(feverish, feverish))
    assert not assume_alike(pair(plain, feverish))
    assert not assume_alike(pair(feverish, assuming(plain, fever="present", numb="absent")))
    assert not assume_alike(pair(feverish, in_order(feverish, NUMB, FEVER, COUGH)))
    # A finding that no rule reads, or a value that it cannot have, completes nothing.
    assert assume_alike(pair(plain, assuming(plain, cough="present")))
    assert assume_alike(pair(plain, assuming(plain, fever="perhaps")))


# ---------------------------------------------------------------- what is confirmed


@pytest.mark.parametrize(("limit", "confirmed"), [(3, True), (2, None)])
def test_a_case_is_confirmed_if_its_completions_are_no_more_than_can_be_gone_through(
    monkeypatch: pytest.MonkeyPatch, limit: int, confirmed: bool | None
):
    old = scans((MILD, "later"), (SEVERE, "now"), findings=(PAIN, FEVER))
    new = scans((MILD, "later"), (SEVERE, "soon"), findings=(PAIN, FEVER))
    monkeypatch.setattr(unknowns, "MAX_COMPLETIONS", limit)
    (one,) = found_between(old, new)
    assert (one.unknown, one.confirmed) == (("pain",), confirmed)


@pytest.mark.parametrize(("limit", "confirmed"), [(4, True), (3, None)])
def test_the_completions_of_several_findings_multiply(
    monkeypatch: pytest.MonkeyPatch, limit: int, confirmed: bool | None
):
    monkeypatch.setattr(unknowns, "MAX_COMPLETIONS", limit)
    found = found_between(scans((F, "later")), scans((F, "later"), (All((F, N)), "now")))
    (one,) = (one for one in found if one.kind == "wider")
    assert ({*one.unknown}, one.confirmed) == ({"fever", "numb"}, confirmed)


@pytest.mark.parametrize("misread", ["old", "new"])
@pytest.mark.parametrize("value", [lambda _: "avoid", lambda read: read if read == "silent" else "avoid"])
def test_what_either_edition_is_read_otherwise_to_say_is_not_confirmed(
    monkeypatch: pytest.MonkeyPatch, misread: str, value: Callable[[str], str]
):
    flagged = pair_with_flags(*EDITIONS["other levels"])
    honest = Readings.value

    def reading(readings, edition, atoms, aspect):
        read = honest(readings, edition, atoms, aspect)
        return value(read) if edition is getattr(flagged, misread) else read

    monkeypatch.setattr(Readings, "value", reading)
    found = list(hinges(flagged, frozenset({("scan", "")})))
    assert found
    assert {one.confirmed for one in found} == {False}


def test_a_set_is_looked_at_as_a_whole_only_where_no_member_shows_a_change():
    old, new = EDITIONS["members of a set that go together"]
    assert [(one.aspect, one.kind) for one in found_between(old, new)] == [(("advice", ""), "newly_decided")]
    old, new = EDITIONS["members of a set"]
    assert {one.aspect[1] for one in found_between(old, new)} == {"walk"}
