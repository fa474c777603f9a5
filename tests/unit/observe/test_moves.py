"""Where an output takes another value when one rule writes something else, against every patient read word by word."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redflag_kit.compile.table import Row
from redflag_kit.logic.bitset import BitRegion
from redflag_kit.model.condition import All
from redflag_kit.model.guideline import Assignment, Guideline, HitPolicy
from redflag_kit.model.vocabulary import Combine, Output
from redflag_kit.mutate.apply import apply
from redflag_kit.mutate.mutant import ThenChanged
from redflag_kit.observe.leaves import leaves_of
from redflag_kit.observe.moves import moves
from redflag_kit.observe.world import World
from redflag_kit.semantics.literal import read
from redflag_kit.semantics.regions import meaning
from tests.property.models import a_set, decision, guideline, has, ordered, rule, scale, vocabulary, yes_no
from tests.property.worlds import World as Listed

URGENCY = scale("avoid", "later", "soon", "now", against="avoid")
A, B, C = map(has, "abc")
LEVELS = (None, *URGENCY.levels)
SINGLE = [HitPolicy.COLLECT, HitPolicy.PRIORITY, HitPolicy.FIRST, HitPolicy.UNIQUE]


def of(policy: HitPolicy, output: Output) -> Guideline:
    rules = [
        rule("R1", A, {"scan": "soon"}),
        rule("R2", B, {"scan": "soon"}, unless=["R3"]),
        rule("R3", All((A, C)), {"scan": "now"}),
        rule("R4", All((B, C)), {"scan": "avoid"}),
        rule("R5", C),
    ]
    rest = [rule("E1", C, {"scan": "later"}), rule("E2")]
    words = vocabulary([yes_no(name) for name in "abc"], [output])
    return guideline(words, [decision("d", rules, rest, policy=policy)])


def told(found: Guideline, name: str, level: str | None) -> dict[str, set[tuple[int, ...]]] | None:
    """Return the points at which the output takes each value if a rule writes a level, or nothing."""
    listed = Listed(found)
    compiled, atoms = listed.compiled, listed.atoms
    world = World[BitRegion](leaves_of(found, atoms), compiled, listed.listed, meaning(compiled, atoms, listed.listed))
    row: Row = world.row(name)
    new = replace(row, then=() if level is None else (("scan", (level,)),))
    moved = moves(world, world.table_of[name], new, "scan")
    if moved is None:
        return None
    points: dict[str, set[tuple[int, ...]]] = {}
    for value, region in moved:
        here = listed.listed_in(region)
        assert not any(here & others for others in points.values() if others is not points.get(value))
        points.setdefault(value, set()).update(here)
    return {value: here for value, here in points.items() if here}


def expected(found: Guideline, name: str, level: str | None) -> dict[str, set[tuple[int, ...]]]:
    other = apply(found, ThenChanged(name, () if level is None else (Assignment("scan", (level,)),)))
    points: dict[str, set[tuple[int, ...]]] = {}
    for patient, point in Listed(found).patients:
        before, after = (str(read(one, patient).values["scan"]) for one in (found, other))
        if before != after:
            points.setdefault(after, set()).add(point)
    return points


@pytest.mark.parametrize("combine", list(Combine))
@pytest.mark.parametrize("policy", SINGLE)
def test_an_output_moves_exactly_where_reading_gives_another_value(policy: HitPolicy, combine: Combine) -> None:
    found = of(policy, ordered("scan", URGENCY, combine=combine))
    for one in found.rules():
        now = one.then[0].values[0] if one.then else None
        for level in LEVELS:
            if level != now:
                assert told(found, one.id, level) == expected(found, one.id, level), (one.id, level)


def test_a_rule_as_strong_as_another_moves_nothing_where_both_fire() -> None:
    found = of(HitPolicy.COLLECT, ordered("scan", URGENCY))
    assert told(found, "R1", "later") == {"later": {(1, 0, 0)}}
    assert told(found, "R1", "now") == {"now": {(1, 0, 0), (1, 1, 0)}}
    assert told(found, "R3", "avoid") == {"soon": {(1, 0, 1), (1, 1, 1)}}
    assert told(found, "R4", "later") == {}


def test_a_table_of_several_values_at_once_is_ruled_on_again() -> None:
    assert told(of(HitPolicy.ANY, ordered("scan", URGENCY)), "R1", "now") is None
    kinds = vocabulary([yes_no("a"), yes_no("b"), yes_no("c")], [a_set("scan", "soon", "now")])
    found = guideline(kinds, [decision("d", [rule("R1", A, {"scan": ["soon"]})])])
    assert told(found, "R1", "now") is None


@pytest.mark.parametrize("policy", SINGLE)
def test_priority_over_several_outputs_is_ruled_on_again(policy: HitPolicy) -> None:
    words = vocabulary([yes_no(name) for name in "abc"], [ordered("scan", URGENCY), ordered("visit", URGENCY)])
    found = guideline(words, [decision("d", [rule("R1", A, {"scan": "soon", "visit": "now"})], policy=policy)])
    assert (told(found, "R1", "now") is None) == (policy is HitPolicy.PRIORITY)
