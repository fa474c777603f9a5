"""Drafts for what changed between two random editions: every completion shows it to the literal interpreter."""

from __future__ import annotations

from hypothesis import given

from redflag_kit.model.vignette import Vignette
from redflag_kit.semantics.literal import Patient
from redflag_kit.suggest.changes import not_readable, since
from redflag_kit.suggest.meet import Effort
from redflag_kit.workflow.suggesting_changes import showing
from tests.property.editions import Pair, editions
from tests.property.effort import examples
from tests.property.reference import fill
from tests.unit.diff.listing import Edition, Listing


def completions(edition: Edition, everybody: list[Patient], one: Vignette) -> list[Patient]:
    findings = edition.guideline.vocabulary.findings
    clean = {name: found.clean for name, found in findings.items() if found.clean is not None}
    allowed = [patient for patient in everybody if edition.allows(patient)]
    return fill(edition.guideline, allowed, one.findings, clean).completions


@examples(12)
@given(editions())
def test_drafts_lie_in_each_class_of_changed_patients_as_either_edition_completes_them(given_pair: Pair) -> None:
    old, new = given_pair.old, given_pair.new
    closing, faults = showing(old, new, f"{new.id}@{new.version.text}", frozenset(), (), Effort())
    assert faults == ()
    if not_readable(old, new):
        assert len(closing.left) == 1
        return
    ready, listed = since(old, new, ()), Listing(old, new)
    classes = ready.classes
    moves = {(aspect, was, now) for _, aspect, was, now in listed.changed() if aspect in ready.pair.aspects()}
    assert {(one.aspect, one.old_value, one.new_value) for one in classes.values()} == moves
    shown = {name for draft in closing.plan.drafts for name in draft.notices}
    assert shown | {one.id for one in closing.left} == {*classes}
    assert shown.isdisjoint(one.id for one in closing.left)
    for draft in closing.plan.drafts:
        found = [completions(side, listed.patients, draft.vignette) for side in (listed.old, listed.new)]
        assert all(found)
        for patient in (*found[0], *found[1]):
            assert listed.old.allows(patient)
            assert listed.new.allows(patient)
            for name in draft.notices:
                change = classes[name]
                assert listed.old.of_aspect(patient, change.aspect) == change.old_value
                assert listed.new.of_aspect(patient, change.aspect) == change.new_value
