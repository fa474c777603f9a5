"""Fingerprints change with patients and values, and with nothing else."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from redflag_kit.diff.changes import changes, constraint_changes
from redflag_kit.diff.compare import compare
from redflag_kit.diff.fingerprint import fingerprints
from redflag_kit.diff.pair import pair_by_name
from redflag_kit.model.guideline import Guideline
from tests.property import models
from tests.property.editions import Pair, editions
from tests.property.effort import PATIENTS, examples
from tests.property.generators import Chooser
from tests.property.rewritings import rewritten


def marks(old: Guideline, new: Guideline) -> Counter[str]:
    both = pair_by_name(old, new)
    return Counter(fingerprints(both, (*constraint_changes(both), *changes(both))).values())


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


def with_a_stranger(guideline: Guideline) -> Guideline:
    """Return the guideline with two findings that only a constraint between them names."""
    strangers = {name: models.yes_no(name) for name in ("aa", "zz")}
    words = guideline.vocabulary
    tied = models.implies(models.has("aa"), models.has("zz"), name="K-STRANGERS")
    findings = {"aa": strangers["aa"], **words.findings, "zz": strangers["zz"]}
    return replace(guideline, vocabulary=replace(words, findings=findings, constraints=(*words.constraints, tied)))
