"""Random tables of boxes: splitting boxes and comparing pairs finds what regions find."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from redflag_kit.analyse.large import box_table
from redflag_kit.compile.cuts import cut
from redflag_kit.compile.expression import ALWAYS, Both
from redflag_kit.logic.bdd import Diagrams
from redflag_kit.model.guideline import HitPolicy
from tests.unit.analyse.tables import (
    LEVELS,
    SEVERAL,
    Then,
    boxed,
    by_regions,
    model,
    plain,
    region_of,
    row,
    size,
    table,
    word,
)

_SIZE = st.builds(lambda ends: size(min(ends), max(ends)), st.tuples(st.integers(0, 9), st.integers(0, 9)))
_KIND = st.builds(lambda words: word("kind", *words), st.sets(st.sampled_from("abc"), min_size=1, max_size=2))
_FREE = st.builds(lambda one: word("free", one), st.sampled_from(["no", "yes"]))
_PARTS = st.one_of(_SIZE, _SIZE, _KIND, _KIND, _FREE)
_WHEN = st.builds(lambda parts: Both(tuple(parts)), st.lists(_PARTS, max_size=4))
_GRADES = st.sampled_from([(("grade", (level,)),) for level in LEVELS])
_MARKS = st.sampled_from([(("marks", marks),) for marks in (("x",), ("y",), ("x", "y"))])
_ROWS = st.one_of(*(st.lists(st.tuples(_WHEN, then), min_size=1, max_size=7) for then in (_GRADES, _MARKS)))
_OTHERWISE = st.one_of(st.none(), st.tuples(_WHEN, _GRADES))
Drawn = tuple[Both, Then]


@settings(max_examples=80, deadline=None)
@given(_ROWS, st.sampled_from(list(HitPolicy)), _OTHERWISE)
def test_boxes_and_regions_find_the_same(drawn: list[Drawn], policy: HitPolicy, otherwise: Drawn | None) -> None:
    ((output, _),) = drawn[0][1]
    if policy is HitPolicy.PRIORITY and output == "marks":
        policy = HitPolicy.COLLECT
    rows = [row(f"r{at}", when, then) for at, (when, then) in enumerate(drawn)]
    rest = otherwise and (row("rest", *otherwise),)
    compiled = model(replace(table(rows, policy, rest), outputs=(output,)), covers=(output,))
    atoms = cut((compiled,))
    if box_table(compiled, atoms, None) is None:
        assert all(one.when == ALWAYS for one in (*rows, *(rest or ())))
        return
    theirs, ours = by_regions(compiled), boxed(compiled)
    assert sorted(map(plain, ours.faults), key=repr) == sorted(map(plain, theirs.faults), key=repr)
    assert ours.unsettled == theirs.unsettled == ()
    diagrams = Diagrams(atoms.space)
    for mine, other in zip(ours.faults, theirs.faults, strict=True):
        if mine.code.id in SEVERAL and other.where is not None and other.where.exact:
            assert region_of(compiled, diagrams, mine) == region_of(compiled, diagrams, other)
