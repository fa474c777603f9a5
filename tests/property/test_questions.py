"""What a case leaves open and how many questions settle it, against the listing of all its completions."""

from __future__ import annotations

from functools import cache
from itertools import product

from hypothesis import assume, given
from hypothesis import strategies as st

from redflag_kit.evaluate.ask import inquire
from redflag_kit.evaluate.engine import Engine, engine
from redflag_kit.evaluate.frozen import freeze
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.logic.space import Point
from redflag_kit.model.guideline import Guideline
from redflag_kit.semantics.cases import Possible
from tests.property.effort import PATIENTS, examples
from tests.property.generators import Case, guidelines_with_cases

Cases = tuple[Guideline, list[Case]]
Outlook = tuple[tuple[str, Possible], ...]
Told = frozenset[tuple[Point, Outlook]]


def opened(drawn: Cases) -> tuple[Engine, list[BddRegion]]:
    """Return a guideline cut for its cases, and the completions of each without any fill, contradictions left out."""
    guideline, cases = drawn
    ready = engine(guideline, tuple(stated for stated, _ in cases))
    regions = [ready.fill(stated, fill_clean=False).region for stated, _ in cases]
    return ready, [region for region in regions if not region.is_empty()]


def completions(ready: Engine, region: BddRegion) -> list[Point]:
    space = ready.diagrams.space
    every = product(*(range(axis.size) for axis in space.axes))
    return [point for point in every if ready.diagrams.contains(region, point)]


def outlook(ready: Engine, point: Point) -> Outlook:
    here = ready.diagrams.whole
    for axis, atom in zip(ready.diagrams.space.axes, point, strict=True):
        here &= ready.diagrams.literal(axis.name, 1 << atom)
    return tuple(zip(ready.guideline.covers, ready.outlook(here), strict=True))


@cache
def fewest(told: Told, axes: int) -> int:
    """Return the depth of the best decision tree over the completions; every finding may be asked."""
    if len({said for _, said in told}) < 2:
        return 0
    depths = []
    for at in range(axes):
        groups: dict[int, set[tuple[Point, Outlook]]] = {}
        for point, said in told:
            groups.setdefault(point[at], set()).add((point, said))
        if len(groups) > 1:
            depths.append(1 + max(fewest(frozenset(group), axes) for group in groups.values()))
    return min(depths)


@examples(120)
@given(guidelines_with_cases(PATIENTS))
def test_the_frozen_guideline_says_what_the_engine_says(drawn: Cases) -> None:
    ready, regions = opened(drawn)
    frozen = freeze(ready)
    for region in regions:
        masks = list(ready.masks(region))
        expected = dict(zip(ready.guideline.covers, ready.outlook(region), strict=True))
        assert frozen.possible(masks) == expected


@examples(120)
@given(guidelines_with_cases(PATIENTS, cases=1), st.data())
def test_what_is_known_of_any_finding_narrows_what_the_frozen_guideline_says(drawn: Cases, data: st.DataObject) -> None:
    ready, _ = opened(drawn)
    assume(not ready.meaning.legal.is_empty())
    space = ready.diagrams.space
    chosen = data.draw(st.lists(st.sampled_from(space.axes), unique=True)) if space.axes else []
    known = {axis.name: data.draw(st.integers(1, axis.full)) for axis in chosen}
    region = ready.meaning.legal
    for name, mask in known.items():
        region &= ready.diagrams.literal(name, mask)
    frozen = freeze(ready)
    masks = frozen.masks(known)
    assert (masks is None) == region.is_empty()
    if masks is not None:
        assert frozen.possible(masks) == dict(zip(ready.guideline.covers, ready.outlook(region), strict=True))


@examples(120)
@given(guidelines_with_cases(72, cases=2))
def test_no_way_of_asking_needs_fewer_answers_and_none_leaves_anything_open(drawn: Cases) -> None:
    ready, regions = opened(drawn)
    axes = len(ready.diagrams.space.axes)
    for region in regions:
        told = frozenset((point, outlook(ready, point)) for point in completions(ready, region))
        asked, worst = inquire(ready, region)
        assert worst.exact
        assert worst.lower == fewest(told, axes)
        assert (worst.first is None) == (not asked)
        for one in worst.by_output:
            own = frozenset((p, tuple(pair for pair in said if pair[0] == one.output)) for p, said in told)
            assert (one.exact, one.lower) == (True, fewest(own, axes))


@examples(120)
@given(guidelines_with_cases(PATIENTS, cases=2))
def test_a_finding_is_listed_if_its_answer_alone_changes_an_outcome_and_all_together_settle(drawn: Cases) -> None:
    ready, regions = opened(drawn)
    names = ready.diagrams.space.names
    for region in regions:
        said = {point: dict(outlook(ready, point)) for point in completions(ready, region)}
        asked = {one.finding: one.can_change for one in inquire(ready, region)[0]}
        for at, name in enumerate(names):
            alike: dict[Point, list[dict[str, Possible]]] = {}
            for point, one in said.items():
                alike.setdefault((*point[:at], *point[at + 1 :]), []).append(one)
            moved = {o for group in alike.values() for one in group for o in one if one[o] != group[0][o]}
            if moved:
                assert set(asked[name]) == moved
        known = [at for at, name in enumerate(names) if name in asked]
        together: dict[Point, set[Outlook]] = {}
        for point, one in said.items():
            together.setdefault(tuple(point[at] for at in known), set()).add(tuple(one.items()))
        assert all(len(outcomes) == 1 for outcomes in together.values())
