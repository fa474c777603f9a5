"""Safety properties before and after, and the chain of the changed rules, of two states of a small project."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from redflag_kit.logic.budget import Budget
from redflag_kit.project.load import Project
from redflag_kit.results.properties import CheckedProperty, KnownViolation, PropertyChange
from redflag_kit.trace.askable import is_askable
from redflag_kit.workflow import property_changes as changes_of
from redflag_kit.workflow.compared import compare_sides
from redflag_kit.workflow.property_changes import property_changes, what_became
from redflag_kit.workflow.sides import Side, side
from tests.story.project import GUIDELINE, PROPERTIES, VOCABULARY, Files, edited, library, throat
from tests.unit.analyse.properties.declared import declared
from tests.unit.evaluate.worlds import decision, guideline, rule

BROKEN = ("when: {any: [stridor, drooling]}", "when: {all: [stridor, drooling]}")
PLAIN = throat()


def of(files: Files) -> Side:
    return side(Project(Path(), library(files), ()), "throat")


def only(old: Files, new: Files) -> PropertyChange:
    (found,) = property_changes(of(old), of(new))[0]
    return found


def test_a_property_that_the_new_edition_breaks_is_broken_and_has_a_counterexample():
    found = only(PLAIN, edited(PLAIN, GUIDELINE, BROKEN))
    assert (found.id, found.change, found.hazards) == ("P-AIR", "broken", ("H-AIR",))
    assert ([one.result for one in found.old], [one.result for one in found.new]) == (["proved"], ["refuted"])
    assert found.new[0].counterexample is not None
    assert "stridor" in found.new[0].counterexample.text or found.new[0].counterexample.case["stridor"] == "present"
    assert (found.old_applies, found.new_applies) == (True, True)


def test_a_property_that_only_the_old_edition_broke_is_mended():
    assert only(edited(PLAIN, GUIDELINE, BROKEN), PLAIN).change == "mended"


def test_a_property_that_holds_of_both_is_kept_and_without_properties_there_is_none():
    assert only(PLAIN, PLAIN).change == "kept"
    bare = {path: text for path, text in PLAIN.items() if path != PROPERTIES and "hazards" not in path}
    assert property_changes(of(PLAIN), of(bare))[0] == ()


def test_a_property_that_names_a_finding_the_old_vocabulary_lacks_is_not_asked_of_it():
    older = edited(
        PLAIN,
        VOCABULARY,
        ('  stridor: {type: yes_no, clean: absent, ask: "Is there a noise when breathing in?"}\n', ""),
    )
    older = edited(older, GUIDELINE, ("when: {any: [stridor, drooling]}", "when: drooling"))
    older = {
        path: text
        for path, text in older.items()
        if path == GUIDELINE or path.endswith(("vocabulary.yaml", "sources.yaml"))
    }
    found = only(older, PLAIN)
    assert (found.old, found.old_applies, found.change) == ((), False, "proved")


def test_a_budget_that_runs_out_is_told_and_never_called_proved(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(changes_of, "Budget", lambda seconds=0.0: Budget(nodes=1, seconds=0.0))
    found, each = property_changes(of(PLAIN), of(PLAIN))
    assert [one.result for one in found[0].new] == ["not_decided"]
    assert [one.question for one in each[1].not_decided] == ["property P-AIR for throat@1.0.0"]


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ("proved", "refuted", "broken"),
        ("not_decided", "refuted", "broken"),
        ("not_covered", "refuted", "broken"),
        ("refuted", "refuted", "kept"),
        ("refuted", "proved", "mended"),
        ("refuted", "not_covered", "dropped"),
        ("proved", "not_decided", "undecided"),
        ("proved", "not_covered", "dropped"),
        ("not_decided", "proved", "proved"),
        ("not_covered", "proved", "proved"),
        ("not_covered", "not_covered", "kept"),
        ("not_decided", "not_decided", "kept"),
    ],
)
def test_what_became_of_a_property(old: str, new: str, change: str):
    assert what_became((result(old),), (result(new),)) == change


def test_a_violation_that_is_no_longer_documented_is_broken_again():
    documented = result("refuted", known=True)
    assert what_became((documented,), (result("refuted"),)) == "broken"
    assert what_became((result("refuted"),), (documented,)) == "kept"
    assert what_became((), (result("proved"),)) == "proved"


def result(outcome: str, *, known: bool = False) -> CheckedProperty:
    reason = KnownViolation("printed so", (), "", "", 1) if known else None
    return CheckedProperty("P", "g", outcome, None, reason, "", "always", "", (), "", (), "", 1)


@pytest.mark.parametrize(
    "claim",
    [
        "never: {all: [fever, {scan: avoid}]}",
        "floor: [{when: fever, at_least: {scan: soon}}]",
        "monotone: {adding: [fever], outputs: [scan]}",
        "unknown_safety: [scan]",
    ],
)
def test_a_property_is_askable_where_the_vocabulary_knows_all_that_it_names(claim: str):
    one = guideline(decision("scanning", rule("R", "fever", "{scan: now}")), covers="scan")
    (found,) = declared(one, claim)
    assert is_askable(found, one.vocabulary)
    assert not is_askable(found, replace(one.vocabulary, outputs={}))


def test_the_chain_of_a_changed_rule_has_its_source_vignettes_properties_and_hazards():
    found = compare_sides(of(PLAIN), of(edited(PLAIN, GUIDELINE, BROKEN)))
    assert found.body is not None
    assert found.body.trace is not None
    new = {one.id: one for one in found.body.trace.new}
    assert set(new) == {"T-AIR", "T-HOME"} | {one.new_rule.id for one in found.body.changes} - {""}
    assert [one.cite for one in new["T-AIR"].evidence] == ["BOOK"]
    assert (new["T-AIR"].properties, new["T-AIR"].hazards) == (("P-AIR",), ("H-AIR",))
    assert new["T-AIR"].fires == ()
    old = {one.id: one for one in found.body.trace.old}
    assert old["T-AIR"].fires == ("V-AIR",)
