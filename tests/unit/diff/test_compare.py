"""A comparison of two editions: everything it says, and how it keeps to its budget."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from redflag_kit.diagnostics.codes import RF902
from redflag_kit.diagnostics.diagnostic import Diagnostic
from redflag_kit.diagnostics.span import NOWHERE
from redflag_kit.diff import compare as comparing
from redflag_kit.diff.cards import cards, counts, rule_edits
from redflag_kit.diff.changes import changes, constraint_changes
from redflag_kit.diff.compare import ESTABLISHED, FINGERPRINTS, MISSING, VIGNETTES, Comparison, compare
from redflag_kit.diff.edits import Alignment
from redflag_kit.diff.redefined import redefined
from redflag_kit.logic.budget import Budget
from redflag_kit.model.condition import Any as AnyOf
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Stated, Vignette
from redflag_kit.results.diff import UnchangedEdit, VignetteChange
from redflag_kit.results.envelope import NotDecided
from tests.property.models import assumed, has, implies, rule, stated
from tests.unit.diff.small import FEVER, NUMB, SCAN, VISIT, edition, feverish

NO_DIAGRAMS = Budget(nodes=1)
EITHER = AnyOf((has("fever"), has("numb")))


def vignette(name: str, *findings: Stated) -> Vignette:
    return Vignette(name, name, "", "", (), findings, False, "", (), todo=False, span=NOWHERE)


def two(level: str, **options: Any) -> Guideline:
    """Return an edition whose second rule says nothing new."""
    other = replace(rule("N", has("numb"), {"visit": "soon"}), note=level)
    return edition(rule("R", EITHER, {"scan": level}), other, findings=[FEVER, NUMB], outputs=[SCAN, VISIT], **options)


OLD, NEW = two("now"), two("later", version=2)
HOT, COLD = vignette("hot", stated("fever", "present")), vignette("cold", stated("fever", "absent"))


def test_a_comparison_says_everything_that_is_known_of_two_editions():
    found = compare(OLD, NEW, iter([HOT, COLD]))
    assert found.regions is not None
    both = found.regions.pair
    by_id = {one.id: change for one, change in zip(found.classes, found.regions.changes, strict=True)}
    assert len(by_id) == 1
    kept: dict[str, tuple[str, ...]] = {name: (name,) for name in ("R", "N", "rest")}
    assert found == Comparison(
        equivalent=False,
        classes=found.classes,
        cards=cards((one, by_id[one.id]) for one in found.classes),
        edits=rule_edits(found.classes, both),
        counts=counts(both, found.classes, found.unknowns),
        unknowns=found.unknowns,
        unchanged_edits=(UnchangedEdit("N", "N", ("the note",)),),
        vignettes=(
            VignetteChange("hot", "hot", (("the scan", "now", "later"),)),
            VignetteChange("cold", "cold", (("the scan", "now or says nothing", "later or says nothing"),)),
        ),
        uncovered=(),
        required_bump="major",
        declared_bump="major",
        bump_enough=True,
        alignment=Alignment(kept, kept),
        faults=(),
        undecided=(),
        regions=found.regions,
        redefined=(),
    )
    assert [(one.kind, one.output) for one in found.unknowns] == [("moved", "scan")]
    assert found.classes[0].vignettes == ("hot",)
    assert found.classes[0].fingerprint.startswith("sha256:")
    assert (both.old.guideline, both.new.guideline) == (OLD, NEW)
    assert found.regions.alignment == found.alignment
    assert found.regions.changes == tuple(changes(both))


def test_patients_whom_only_one_edition_allows_come_before_those_who_change():
    tied = two("later", constraints=[implies(has("numb"), has("fever"))], version=2)
    found = compare(OLD, tied, ())
    assert found.regions is not None
    both = found.regions.pair
    assert found.regions.changes == (*constraint_changes(both), *changes(both))
    assert sorted(one.output for one in found.classes) == ["*", "scan"]
    searched = compare(OLD, tied, (), NO_DIAGRAMS)
    assert sorted(one.sentence for one in searched.classes) == sorted(one.sentence for one in found.classes)


def test_what_is_redefined_is_told_and_keeps_editions_apart_however_they_are_compared():
    implied = edition(
        *OLD.rules()[:-1], findings=[FEVER, NUMB], outputs=[replace(SCAN, satisfied_by=("visit",)), VISIT]
    )
    for budget in (Budget(), NO_DIAGRAMS):
        found = compare(OLD, implied, (), budget)
        assert found.redefined == redefined(OLD, implied) != ()
        assert (found.classes, found.equivalent, found.required_bump) == ((), False, "major")
        assert (found.declared_bump, found.bump_enough) == ("none", False)


def test_every_part_keeps_to_the_same_number_of_nodes(monkeypatch: pytest.MonkeyPatch):
    asked: dict[str, list[Any]] = {}

    def counted(name: str) -> Any:
        whole = getattr(comparing, name)

        def make(old: Guideline, new: Guideline, *rest: Any, **named: Any) -> Any:
            assert (old, new) == (OLD, NEW)
            asked.setdefault(name, []).append(named.get("nodes", rest[-1] if rest else None))
            return whole(old, new, *rest, **named)

        return make

    for name in ("pair", "pair_by_name", "pair_with_flags"):
        monkeypatch.setattr(comparing, name, counted(name))
    compare(OLD, NEW, [HOT], Budget(nodes=54_321))
    assert asked == {"pair": [54_321] * 2, "pair_by_name": [54_321], "pair_with_flags": [54_321]}


def test_what_a_search_leaves_open_is_named_with_what_was_established_and_what_it_would_take():
    found = compare(OLD, NEW, [HOT], NO_DIAGRAMS)
    (budget,) = {one.budget for one in found.undecided}
    assert budget.endswith("needs more than 1 diagram nodes")
    assert found.undecided == tuple(
        NotDecided(question, ESTABLISHED, budget) for question in (FINGERPRINTS, VIGNETTES, MISSING)
    )
    assert (found.unknowns, found.vignettes, found.uncovered, found.faults) == ((), (), (), ())
    assert [(one.fingerprint, one.vignettes) for one in found.classes] == [("", ())]
    assert (found.equivalent, found.regions) == (False, None)
    assert (found.required_bump, found.declared_bump, found.bump_enough) == ("major", "major", True)
    assert found.unchanged_edits == (UnchangedEdit("N", "N", ("the note",)),)


def test_equal_editions_that_had_to_be_searched_leave_nothing_open():
    found = compare(OLD, replace(OLD, version=NEW.version), [HOT], NO_DIAGRAMS)
    assert (found.equivalent, found.undecided, found.vignettes, found.uncovered) == (True, (), (), ())


def test_assumptions_alone_leave_only_missing_information_open_in_a_search():
    found = compare(OLD, replace(NEW, decisions=OLD.decisions, assume={"fever": assumed("absent")}), (), NO_DIAGRAMS)
    assert [(one.question, one.established) for one in found.undecided] == [(MISSING, ESTABLISHED)]
    assert (found.equivalent, found.classes, found.regions) == (None, (), None)


def test_where_nobody_changes_a_vignette_is_looked_at_only_if_cases_are_completed_otherwise(
    monkeypatch: pytest.MonkeyPatch,
):
    same = replace(OLD, version=NEW.version)
    assert compare(OLD, same, [HOT]).vignettes == ()
    other = replace(same, assume={"numb": assumed("present")})
    found = compare(OLD, other, [HOT, COLD])
    assert (found.classes, found.equivalent) == ((), False)
    assert [one.id for one in found.vignettes] == ["hot", "cold"]

    def never(*_: object) -> None:
        raise AssertionError("nothing can differ")

    for name in ("place", "hinges", "fingerprints"):
        monkeypatch.setattr(comparing, name, never)
    assert compare(OLD, same, [HOT]).equivalent is True


def test_classes_without_a_vignette_are_named_in_the_order_of_the_classes():
    old = edition(feverish("now"), rule("N", has("numb"), {"visit": "now"}), outputs=[SCAN, VISIT])
    new = edition(feverish("soon"), rule("N", has("numb"), {"visit": "soon"}), outputs=[SCAN, VISIT])
    found = compare(old, new, [HOT])
    assert [one.vignettes for one in found.classes] == [("hot",), ()]
    assert found.uncovered == (found.classes[1].id,)
    assert compare(old, new, ()).uncovered == tuple(one.id for one in found.classes)


def test_every_witness_that_is_not_confirmed_is_told(monkeypatch: pytest.MonkeyPatch):
    old, new = (
        edition(feverish(level), rule("N", has("numb"), {"visit": level}), outputs=[SCAN, VISIT])
        for level in ("now", "soon")
    )

    def unconfirmed(*told: Any) -> tuple[None, list[Diagnostic]]:
        return None, [Diagnostic(NOWHERE, RF902, told[2].aspect[0])]

    monkeypatch.setattr(comparing, "present", unconfirmed)
    found = compare(old, new, ())
    assert [one.message for one in found.faults] == ["scan", "visit"]
    assert found.classes == ()
