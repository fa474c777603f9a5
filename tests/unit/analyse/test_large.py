"""Tables as boxes: which tables are large, which can be boxes at all, and what each row becomes."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from redflag_kit.analyse import engines, large
from redflag_kit.analyse.boxed import Boxed
from redflag_kit.analyse.boxes_near import around, meant
from redflag_kit.analyse.fault import Fault, Where
from redflag_kit.analyse.large import BoxTable, box_table, has_large_table
from redflag_kit.compile.cuts import cut
from redflag_kit.compile.expression import ALWAYS, Both, Expression
from redflag_kit.compile.table import Compiled
from redflag_kit.diagnostics import codes
from redflag_kit.logic.budget import NO_DEADLINE
from redflag_kit.model.guideline import HitPolicy
from tests.unit.analyse.deadlines import noting
from tests.unit.analyse.tables import HIGH, INPUTS, LOW, OUTPUTS, Then, boxed, by_regions, model, row, size, table, word
from tests.unit.analyse.test_boxes_found import MID, NO, XY, X, Y, both, collected, packed

KIND = word("kind", "a")


def test_a_row_is_a_box_over_the_inputs_that_the_table_tests():
    rows = [row("a", both(size(0, 3), KIND)), row("b", both(size(2, 5), size(4, 9))), row("c", ALWAYS)]
    compiled = model(table(rows, HitPolicy.UNIQUE, (row("rest", both(KIND, both(size(0, 3)))),)))
    weights = {"size": [2, 2, 2, 4], "kind": [1, 2, 1]}
    atoms = cut((compiled,))
    one = box_table(compiled, atoms, weights)
    assert one is not None
    assert (one.compiled, one.atoms, one.table, one.weights) == (compiled, atoms, compiled.tables[0], weights)
    assert one.space.names == ("size", "kind")
    assert [each.rule for each in one.rows] == ["a", "b", "c", "rest"]
    # `size` is cut into 0..1, 2..3, 4..5 and 6..9, `kind` into its words.
    assert one.boxes == ((0b0011, 0b001), (0b0100, 0b111), (0b1111, 0b111), (0b0011, 0b001))
    assert one.tested == (frozenset({"size", "kind"}), None, frozenset(), None)
    assert one.ranks == (0, 0, 0, 1)
    assert one.cube((0b0011, 0b111)) == {"size": 0b0011}
    assert one.cube((0b1111, 0b111)) == {}


def test_a_point_of_the_table_has_the_calmest_atom_of_what_it_does_not_test():
    compiled = model(table([row("a", NO)], HitPolicy.UNIQUE))
    other = model(table([row("b", both(size(0, 3), word("kind", "c")))], HitPolicy.UNIQUE))
    atoms = cut((compiled, other))
    one = box_table(compiled, atoms, None)
    assert one is not None
    calm = {axis.name: axis.calm[0] for axis in atoms.space.axes}
    assert one.space.names == ("free",)
    assert one.point((1,)) == tuple((calm | {"free": 1})[name] for name in atoms.space.names)
    assert one.point((0,)) == tuple((calm | {"free": 0})[name] for name in atoms.space.names)
    assert calm["size"] == 1


GRADES: tuple[Then, ...] = (LOW, HIGH, MID, HIGH)


@pytest.mark.parametrize(
    ("policy", "ranks"),
    [
        (HitPolicy.FIRST, (0, 1, 2, 3, 4)),
        (HitPolicy.PRIORITY, (3, 1, 2, 1, 4)),
        (HitPolicy.UNIQUE, (0, 0, 0, 0, 1)),
        (HitPolicy.ANY, (0, 0, 0, 0, 1)),
    ],
)
def test_rows_rank_as_the_hit_policy_has_them_and_otherwise_last(policy: HitPolicy, ranks: tuple[int, ...]):
    rows = [row(f"r{at}", size(at, at + 3), then) for at, then in enumerate(GRADES)]
    found = packed(model(table(rows, policy, (row("rest", ALWAYS),)))).ranks
    assert found == ranks
    assert packed(model(table(rows, policy))).ranks == ranks[:-1]
    assert packed(model(table([], policy, (row("rest", size(0, 3)),)))).ranks == (1,)


def test_rows_that_are_collected_rank_by_how_strong_they_are():
    rows = [row(f"r{at}", size(at, at + 3), then) for at, then in enumerate(GRADES)]
    one = packed(model(table(rows, HitPolicy.COLLECT, (row("rest", ALWAYS),))))
    low, high, mid, again, rest = one.ranks
    assert high == again < mid < low < rest
    sets = packed(collected(table([row("a", size(0, 3), X), row("b", size(2, 5), XY)], HitPolicy.COLLECT)))
    assert len(set(sets.ranks)) == 1


def test_rows_of_several_outputs_rank_by_the_first_that_differs():
    two = {**OUTPUTS, "other": replace(OUTPUTS["grade"], id="other")}
    thens: list[Then] = [
        (("grade", ("mid",)), ("other", ("low",))),
        (("grade", ("mid",)), ("other", ("high",))),
        (("grade", ("high",)), ("other", ("low",))),
        (("other", ("high",)),),
    ]
    rows = [row(f"r{at}", size(at, at + 3), then) for at, then in enumerate(thens)]
    several = replace(table(rows, HitPolicy.PRIORITY), outputs=("grade", "other"))
    one = box_table(model(several, outputs=two, covers=("grade", "other")), cut((model(several),)), None)
    assert one is not None
    assert one.ranks == (2, 1, 0, 3)
    assert box_table(model(several, outputs=two), cut((model(several),)), None) is None  # `other` is not covered


@pytest.mark.parametrize(
    ("when", "tested"),
    [
        (size(0, 3), frozenset({"size"})),
        (both(size(0, 3), KIND), frozenset({"size", "kind"})),
        (both(size(0, 3), both(KIND)), None),
        (both(size(0, 3), size(2, 5)), None),
        (ALWAYS, frozenset()),
    ],
)
def test_what_a_plain_conjunction_tests_is_known_if_it_tests_each_thing_once(
    when: Expression, tested: frozenset[str] | None
):
    one = packed(model(table([row("a", when), row("b", NO)], HitPolicy.UNIQUE)))
    assert one.tested == (tested, frozenset({"free"}))


def test_nested_conditions_are_merged_neither_by_boxes_nor_by_regions():
    for when in (both(size(0, 3), both(KIND)), both(both(), both(size(0, 3), KIND))):
        compiled = model(table([row("a", when), row("b", both(size(4, 9), both(KIND)))], HitPolicy.UNIQUE))
        for found in (boxed(compiled), by_regions(compiled)):
            assert codes.RF311 not in [fault.code for fault in found.faults]


def test_a_table_is_large_from_the_first_rule_or_cell_beyond_the_limit(monkeypatch: pytest.MonkeyPatch):
    def holds(many: int) -> bool:
        compiled = model(table([row(f"r{at}", both(size(0, 3), KIND)) for at in range(many)], HitPolicy.UNIQUE))
        return has_large_table(compiled, cut((compiled,)))

    assert (large.MANY_RULES, large.MANY_CELLS) == (200, 10**7)
    assert (holds(200), holds(201)) == (False, True)
    monkeypatch.setattr(large, "MANY_CELLS", 6)  # two atoms of `size` by three of `kind`; what is not tested is no cell
    assert not holds(1)
    monkeypatch.setattr(large, "MANY_CELLS", 5)
    assert holds(1)


def test_a_model_is_large_if_any_of_its_tables_is():
    many = table([row(f"r{at}", size(0, 3)) for at in range(201)], HitPolicy.UNIQUE)
    few_rows = table([row("a", size(0, 3))], HitPolicy.UNIQUE)
    compiled = model(few_rows, many)
    assert has_large_table(compiled, cut((compiled,)))
    assert box_table(compiled, cut((compiled,)), None) is None  # several tables are no boxes
    assert not has_large_table(model(few_rows, few_rows), cut((model(few_rows),)))


def test_words_left_out_of_the_domain_of_a_model_leave_it_to_regions():
    compiled = model(table([row("a", both(KIND, NO))], HitPolicy.UNIQUE))
    wider = {**INPUTS, "kind": replace(INPUTS["kind"], words=("a", "b", "c", "d"))}
    assert box_table(compiled, cut((compiled, replace(compiled, inputs=wider))), None) is None
    assert box_table(compiled, cut((compiled,)), None) is not None


# ---------------------------------------------------------------- questions about few rows


def boxes(compiled: Compiled, weights: bool = True) -> Boxed:
    return Boxed(packed(compiled, weights), NO_DEADLINE)


SOME = table(
    [row("a", size(0, 3)), row("b", both(size(2, 5), KIND), HIGH), row("c", size(7, 9), MID)],
    HitPolicy.COLLECT,
    (row("rest", ALWAYS),),
)


def test_around_a_box_are_the_rows_that_touch_it():
    deadline, _ = noting()
    ready = Boxed(packed(model(SOME)), deadline)
    one = ready.table
    near = around(ready, [one.boxes[0]])
    (only,) = near.compiled.tables
    assert [each.rule for each in only.rows] == ["a", "b"]
    assert only.guard_order == ("a", "b")
    assert [each.rule for each in only.otherwise or ()] == ["rest"]
    assert near.compiled.scope == ALWAYS
    assert (near.atoms, near.algebra, near.deadline) == (one.atoms, ready.diagrams, deadline)
    assert near.algebra is ready.diagrams
    two = around(ready, [one.boxes[1], one.boxes[2]], Both((NO,)))
    assert [each.rule for each in two.compiled.tables[0].rows] == ["a", "b", "c"]
    assert two.compiled.scope == Both((NO,))


def test_what_a_row_means_does_not_depend_on_the_order_of_a_set():
    assert meant(row("a", ALWAYS, XY)) == meant(row("b", ALWAYS, (("marks", ("y", "x")),)))
    assert meant(row("a", ALWAYS, XY)) == {"marks": frozenset({"x", "y"})} != meant(row("a", ALWAYS, Y))


def test_a_fault_on_a_box_has_its_region_its_share_and_its_calmest_point():
    ready = boxes(model(SOME))
    region = ready.table.boxes[1]
    found = ready.fault(codes.RF306, (1,), region, (0, 3), capped=7)
    cube = ready.table.cube(region)
    assert found == Fault(
        codes.RF306,
        "d",
        ("b",),
        Where((cube,), True, Fraction(2, 5 * 3)),
        ready.table.point((2, 0)),
        ("a", "rest"),
        detail={"sets_reported": 7},
    )
    plain = boxes(model(SOME), weights=False).fault(codes.RF302, (0, 1), region)
    assert plain == Fault(codes.RF302, "d", ("a", "b"), Where((cube,), True, None), found.point)
    assert dict(plain.detail) == {}
    assert ready.fault(codes.RF302, (0,), (0, 1)).point is None


def test_weights_of_fractions_are_weighed_in_the_same_proportion():
    assert engines._whole([Fraction(1, 2), Fraction(1, 3), 2]) == [3, 2, 12]
    assert engines._whole([1, 4]) == [1, 4]


def test_a_share_is_the_same_whatever_number_the_weights_are_multiplied_by():
    compiled = model(table([row("a", both(size(0, 3), NO))], HitPolicy.UNIQUE))
    atoms = cut((compiled,))
    shares = []
    for part in (Fraction(1), Fraction(1, 7)):
        weights = {name: [part * (at + 1) for at in range(atoms.size(name))] for name in atoms.inputs}
        asked = engines.Asked(compiled, atoms, weights)
        (gap,) = [one for one in engines.analysed(asked, 4_000_000, NO_DEADLINE).answer.faults if one.where]
        assert gap.where is not None
        shares.append(gap.where.share)
    assert shares == [Fraction(8, 9)] * 2


def test_only_one_table_of_a_model_is_packed_where_only_its_faults_are_wanted(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(large, "MANY_RULES", 1)
    first = table([row("a", size(0, 3)), row("b", size(2, 5))], HitPolicy.UNIQUE)
    second = replace(first, decision="e", rows=(row("x", KIND), row("y", NO)))
    compiled = model(first, second)
    asked = engines.Asked(compiled, cut((compiled,)), decision="e")
    found = engines.analysed(asked, 4_000_000, NO_DEADLINE)
    assert found.engine == engines.BOXES
    assert {fault.decision for fault in found.answer.faults} == {"e"}
    assert isinstance(box_table(replace(compiled, tables=(second,)), asked.atoms, None), BoxTable)
