"""Fingerprints change with patients and values, and with nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from redflag_kit.diff.changes import changes, constraint_changes
from redflag_kit.diff.compare import compare
from redflag_kit.diff.fingerprint import fingerprints
from redflag_kit.diff.pair import Pair as Compared
from redflag_kit.diff.pair import pair_by_name
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.logic.space import Point
from redflag_kit.model.guideline import Guideline
from tests.property import models
from tests.property.editions import EDITS, Pair, editions
from tests.property.effort import PATIENTS, examples
from tests.property.generators import Chooser
from tests.property.reference import patients_of
from tests.property.rewritings import rewritten
from tests.unit.diff.listing import point_of


def marks(old: Guideline, new: Guideline, besides: str = "") -> Counter[str]:
    """Return the fingerprint of every class, but for those of one output."""
    both = pair_by_name(old, new)
    found = (one for one in (*constraint_changes(both), *changes(both)) if one.aspect[0] != besides)
    return Counter(fingerprints(both, found).values())


@examples(40)
@given(editions(PATIENTS), st.data())
def test_other_words_ids_and_orders_leave_every_fingerprint_as_it_was(given_pair: Pair, data: st.DataObject) -> None:
    c = Chooser(data.draw)
    old, new = rewritten(c, given_pair.old), rewritten(c, given_pair.new)
    assert marks(old, new) == marks(given_pair.old, given_pair.new)


@examples(25)
@given(editions(PATIENTS))
def test_a_finding_that_no_decision_reads_leaves_every_fingerprint_as_it_was(given_pair: Pair) -> None:
    found = marks(given_pair.old, given_pair.new)
    assert marks(with_a_stranger(given_pair.old), with_a_stranger(given_pair.new)) == found


@examples(25)
@given(editions(PATIENTS))
def test_different_classes_have_different_fingerprints_and_ids(given_pair: Pair) -> None:
    found = compare(given_pair.old, given_pair.new, ()).classes
    assert len({one.fingerprint for one in found}) == len({one.id for one in found}) == len(found)


@examples(25)
@given(editions(), st.data())
def test_classes_of_two_comparisons_share_a_fingerprint_only_if_they_are_the_same_change(
    given_pair: Pair, data: st.DataObject
) -> None:
    c = Chooser(data.draw)
    again = EDITS[c.pick(WITHIN_THE_SPACE)](c, given_pair.new)
    told = [*identified(given_pair.old, given_pair.new), *identified(given_pair.old, again)]
    by_mark: dict[str, set[Identity]] = {}
    for mark, identity in told:
        by_mark.setdefault(mark, set()).add(identity)
    assert all(len(identities) == 1 for identities in by_mark.values())


@examples(25)
@given(editions(PATIENTS), st.integers(2, 4))
def test_rules_and_levels_of_another_output_leave_every_fingerprint_as_it_was(given_pair: Pair, levels: int) -> None:
    found = marks(given_pair.old, given_pair.new)
    old, new = with_another_output(given_pair.old, 4), with_another_output(given_pair.new, levels)
    assert marks(old, new, besides="aside") == found


Identity = tuple[tuple[str, str], str, str, frozenset[int]]
WITHIN_THE_SPACE = (
    "change test",
    "swap all and any",
    "change a level",
    "change otherwise",
    "drop a rule",
    "change the scope",
    "reorder rules",
)
"""Edits that leave the patients and the outputs as they are."""


def identified(old: Guideline, new: Guideline) -> list[tuple[str, Identity]]:
    """Return every class of an output by its fingerprint: aspect, values, and its patients one by one."""
    both = pair_by_name(old, new)
    found = [*changes(both)]
    told = fingerprints(both, found)
    points = [point_of(both.atoms, patient) for patient in patients_of(both.findings)]
    return [
        (told[one.key], (one.aspect, one.old_value, one.new_value, frozenset(inside(both, one.region, points))))
        for one in found
    ]


def inside(both: Compared[BddRegion], region: BddRegion, points: list[Point]) -> Iterator[int]:
    return (at for at, point in enumerate(points) if both.diagrams.contains(region, point))


def with_another_output(guideline: Guideline, levels: int) -> Guideline:
    """Return the guideline with a decision on an output of its own, on a scale with so many of four levels."""
    scale = models.scale(*("never", "some day", "soon", "now")[-levels:], name="aside")
    aside = models.ordered("aside", scale)
    words = guideline.vocabulary
    always = models.rule("aside.R", then={"aside": "now"})
    return replace(
        guideline,
        vocabulary=replace(words, outputs={**words.outputs, "aside": aside}),
        outputs={**guideline.outputs, "aside": aside},
        covers=(*guideline.covers, "aside"),
        decisions=(*guideline.decisions, models.decision("aside.d", [always], None)),
    )


def with_a_stranger(guideline: Guideline) -> Guideline:
    """Return the guideline with two findings that only a constraint between them names."""
    strangers = {name: models.yes_no(name) for name in ("aa", "zz")}
    words = guideline.vocabulary
    tied = models.implies(models.has("aa"), models.has("zz"), name="K-STRANGERS")
    findings = {"aa": strangers["aa"], **words.findings, "zz": strangers["zz"]}
    return replace(guideline, vocabulary=replace(words, findings=findings, constraints=(*words.constraints, tied)))
