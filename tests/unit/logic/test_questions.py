"""The fewest questions, against exhaustive search over all decision trees, and strategies played against all points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from redflag_kit.logic.bdd import Diagrams
from redflag_kit.logic.questions import Fewest, Questions, sensitivity
from redflag_kit.logic.remainders import Remainders
from redflag_kit.logic.space import Axis, Point, Space
from tests.unit.logic.test_multi import disjoint
from tests.unit.logic.worlds import Formula, boolean_space, quick, worlds

World = tuple[Space, list[Formula]]
Told = frozenset[tuple[Point, tuple[int, ...]]]
ENOUGH_WORK = 10**9


def two_outputs(world: World) -> tuple[Remainders, tuple[int, ...], dict[Point, tuple[int, ...]]]:
    """Return two functions that are nowhere at the same points, and what they say of every point that is somewhere."""
    space, (legal, *formulas) = world
    one, other = formulas[:2], formulas[2:]
    diagrams, (care,), allowed = disjoint(space, [legal])
    partitions, said = [], []
    for group in (one, other):
        free, parts = care, []
        where = dict.fromkeys(allowed, len(group) + 1)
        for number, formula in enumerate(group, start=1):
            _, (region,), inside = disjoint(space, [formula])
            mask = diagrams.empty
            for point, yes in inside.items():
                if yes:
                    here = diagrams.whole
                    for axis, atom in zip(space.axes, point, strict=True):
                        here &= diagrams.literal(axis.name, 1 << atom)
                    mask |= here
                    where[point] = min(where[point], number)
            assert not region.is_empty() or mask.is_empty()
            parts.append(mask & free)
            free -= mask
        partitions.append([*parts, free])
        said.append(where)
    store, roots = diagrams.freeze_parts(partitions)
    return store, roots, {p: tuple(where[p] for where in said) for p, yes in allowed.items() if yes}


def full(store: Remainders) -> list[int]:
    return [(1 << size) - 1 for size in store.sizes]


@cache
def fewest(told: Told, axes: int) -> int:
    """Return the depth of the best decision tree over listed points."""
    if len({ends for _, ends in told}) < 2:
        return 0
    depths = []
    for at in range(axes):
        groups: dict[int, set[tuple[Point, tuple[int, ...]]]] = {}
        for point, ends in told:
            groups.setdefault(point[at], set()).add((point, ends))
        if len(groups) > 1:
            depths.append(1 + max(fewest(frozenset(group), axes) for group in groups.values()))
    return min(depths)


def played(store: Remainders, questions: Questions, roots: tuple[int, ...], axes: list[int], limit: int) -> int:
    """Return the most answers that asking `first` again and again takes over all answers."""
    if not any(store.is_open(root) for root in roots):
        return 0
    first = questions.fewest(roots, axes).first
    assert first is not None
    assert limit > 0
    deepest = 0
    for atom in range(store.sizes[first]):
        left = tuple(store.fix(root, first, atom) for root in roots)
        if store.reach[left[0]] & ~1:
            deepest = max(deepest, played(store, questions, left, [at for at in axes if at != first], limit - 1))
    return 1 + deepest


@quick
@given(worlds(regions=5))
def test_the_number_of_questions_is_the_depth_of_the_best_decision_tree(world: World) -> None:
    store, roots, said = two_outputs(world)
    if not said:
        return
    axes = list(range(len(store.sizes)))
    found = Questions(store, full(store), axes, min(said), ENOUGH_WORK).fewest(roots, axes)
    assert found.exact
    assert found.lower == fewest(frozenset(said.items()), len(axes))


@quick
@given(worlds(regions=5), st.integers(0, 60))
def test_bounds_enclose_the_number_however_little_work_is_allowed(world: World, work: int) -> None:
    store, roots, said = two_outputs(world)
    if not said:
        return
    axes = list(range(len(store.sizes)))
    found = Questions(store, full(store), axes, min(said), work).fewest(roots, axes)
    assert found.lower <= fewest(frozenset(said.items()), len(axes)) <= found.upper


NOTHING, ALWAYS, LAST = (Formula("literal", axis=name, mask=mask) for name, mask in (("a", 0), ("a", 1), ("c", 1)))
ONLY_THE_LAST_MATTERS = (
    Space((Axis("a", 1, (0,)), Axis("b", 1, (0,)), Axis("c", 2, (0, 1)))),
    [ALWAYS, NOTHING, NOTHING, NOTHING, LAST],
)


@quick
@given(worlds(regions=5), st.integers(0, 200))
@example(ONLY_THE_LAST_MATTERS, 0)
def test_the_upper_bound_holds_whatever_the_answers_are(world: World, work: int) -> None:
    store, roots, said = two_outputs(world)
    if not said:
        return
    axes = list(range(len(store.sizes)))
    questions = Questions(store, full(store), axes, min(said), work)
    upper = questions.fewest(roots, axes).upper
    assert played(store, questions, roots, axes, upper) <= upper


@quick
@given(worlds(regions=5))
def test_no_point_is_more_sensitive_than_the_questions_are_many(world: World) -> None:
    store, roots, said = two_outputs(world)
    depth = fewest(frozenset(said.items()), len(store.sizes)) if said else 0
    for point, ends in said.items():
        moved = {
            at
            for other, changed in said.items()
            for at in range(len(point))
            if changed != ends and other[:at] + other[at + 1 :] == point[:at] + point[at + 1 :]
        }
        assert sensitivity(store, roots, point) == len(moved) <= depth


@quick
@given(worlds(regions=5), st.data())
def test_answers_that_the_case_rules_out_are_never_played(world: World, data: st.DataObject) -> None:
    store, roots, said = two_outputs(world)
    masks = [data.draw(st.integers(1, mask)) for mask in full(store)]
    left = {p: ends for p, ends in said.items() if all(mask >> atom & 1 for mask, atom in zip(masks, p, strict=True))}
    if not left:
        return
    axes = list(range(len(store.sizes)))
    narrowed = [store.narrow(root, masks) for root in roots]
    found = Questions(store, masks, axes, min(left), ENOUGH_WORK).fewest(narrowed, axes)
    assert (found.lower, found.exact) == (fewest(frozenset(left.items()), len(axes)), True)


def test_a_settled_case_needs_no_question() -> None:
    diagrams = Diagrams(boolean_space("ab"), 100)
    store, roots = diagrams.freeze_parts([[diagrams.literal("a", 0b10)], [diagrams.whole]])
    found = Questions(store, full(store), (0, 1), (1, 0), ENOUGH_WORK).fewest(roots, (0, 1))
    assert (found.lower, found.upper, found.first, found.exact) == (0, 0, None, True)


def test_a_question_in_the_light_of_the_answer_before_saves_one() -> None:
    """Asked all at once three are needed: which of two matters hangs on the third."""
    diagrams = Diagrams(boolean_space("abc"), 100)
    a, b, c = (diagrams.literal(name, 0b10) for name in "abc")
    chosen = diagrams.ite(a, b, c)
    store, roots = diagrams.freeze_parts([[chosen, ~chosen]])
    found = Questions(store, full(store), (1, 2, 0), (0, 0, 0), ENOUGH_WORK).fewest(roots, (1, 2, 0))
    assert (found.lower, found.upper, found.first) == (2, 2, 0)


def test_a_finding_no_rule_reads_is_asked_if_its_answer_says_more() -> None:
    """A constraint makes `total` the sum of two findings; one question replaces two."""
    diagrams = Diagrams(Space((Axis("a", 2), Axis("b", 2), Axis("total", 3))), 100)
    a, b = diagrams.literal("a", 0b10), diagrams.literal("b", 0b10)
    none, one, both = (diagrams.literal("total", 1 << many) for many in range(3))
    legal = (none & ~a & ~b) | (one & (a ^ b)) | (both & a & b)
    store, roots = diagrams.freeze_parts([[legal & (a ^ b), legal - (a ^ b)]])
    found = Questions(store, full(store), (0, 1, 2), (0, 0, 0), ENOUGH_WORK).fewest(roots, (0, 1))
    assert (found.lower, found.upper, found.first) == (1, 1, 2)


def test_equally_good_questions_are_asked_in_the_order_preferred() -> None:
    diagrams = Diagrams(boolean_space("ab"), 100)
    either = diagrams.literal("a", 0b10) | diagrams.literal("b", 0b10)
    store, roots = diagrams.freeze_parts([[either, ~either]])
    for order in ((0, 1), (1, 0)):
        assert Questions(store, full(store), order, (0, 0), ENOUGH_WORK).fewest(roots, order).first == order[0]


def test_a_point_that_is_nowhere_tells_nothing() -> None:
    store = Remainders(3, (3,))
    root = store.node(0, (0, 1, 2))
    assert [sensitivity(store, [root, root], (atom,)) for atom in range(3)] == [0, 1, 1]


def test_without_work_the_number_needed_at_a_point_of_many_outputs_is_known() -> None:
    sizes = (2, 2, 2, 2)
    store = Remainders(3, sizes)
    roots = [stored(lambda *at: most(*at[:3]), sizes, store), stored(lambda *at: 1 + at[3], sizes, store)]
    assert roots == sorted(roots)
    assert Questions(store, full(store), (), (0, 0, 0, 0), 0).fewest(roots, (0, 1, 2, 3)) == Fewest(3, 4, 0)


def test_what_is_enough_is_asked_in_its_own_order_where_nothing_is_better() -> None:
    store = Remainders(3, (2, 2))
    either = store.node(0, (store.node(1, (1, 2)), 2))
    for enough in ((0, 1), (1, 0)):
        assert Questions(store, full(store), (0, 1), (0, 0), ENOUGH_WORK).fewest([either], enough).first == enough[0]


@pytest.mark.parametrize(("order", "first"), [((0, 1), 0), ((1, 0), 1), ((1,), 1), ((), 0)])
def test_of_two_axes_that_say_the_same_the_preferred_one_is_asked(order: tuple[int, ...], first: int) -> None:
    store = Remainders(3, (2, 2))
    alike = store.node(0, (store.node(1, (1, 0)), store.node(1, (0, 2))))
    for enough in ((0, 1), (1, 0)):
        questions = Questions(store, full(store), order, (0, 0), ENOUGH_WORK)
        assert questions.fewest([alike], enough) == Fewest(1, 1, first)


def stored(said: Callable[..., int], sizes: Sequence[int], store: Remainders, start: Point = ()) -> int:
    """Return the number of a function that is given atom by atom."""
    if len(start) == len(sizes):
        return said(*start)
    children = (stored(said, sizes, store, (*start, atom)) for atom in range(sizes[len(start)]))
    return store.node(len(start), tuple(children))


def one_of_two(which: int, one: int, other: int) -> int:
    return 1 + (one if which else other)


def one_of_three(which: int, *values: int) -> int:
    return 1 + values[which]


def one_of_four(high: int, low: int, *values: int) -> int:
    return 1 + values[2 * high + low]


def among(many: int) -> Callable[..., int]:
    """Return a function in which three axes choose one of several others, which alone counts then."""

    def said(*at: int) -> int:
        return 1 + at[3 + (at[0] + 2 * at[1] + 4 * at[2]) % many]

    return said


def most(*values: int) -> int:
    return 1 + (2 * sum(values) > len(values))


def odd(*values: int) -> int:
    return 1 + sum(values) % 2


def test_an_answer_that_settles_one_output_is_played_for_the_others() -> None:
    """The first axis settles one output; where it says no, the other output takes three more answers."""
    sizes = (2, 2, 2, 2)
    store = Remainders(3, sizes)
    one = store.node(0, (1, 2))
    other = stored(lambda a, *values: 1 if a else most(*values), sizes, store)
    order = (0, 1, 2, 3)
    found = Questions(store, full(store), order, (0, 0, 0, 0), ENOUGH_WORK).fewest([one, other], order)
    assert (found.lower, found.upper) == (4, 4)


Bounds = tuple[int, int, int]
LIMITED: dict[str, tuple[Callable[..., int], tuple[int, ...], list[int], list[int], list[tuple[int, Bounds]]]] = {
    "one of two": (one_of_two, (2, 2, 2), [1, 2, 0], [3, 3, 3], [(0, (2, 3, 1)), (18, (2, 2, 0))]),
    "one of three": (one_of_three, (3, 2, 2, 2), [1, 2, 3, 0], [7, 3, 3, 3], [(0, (2, 4, 1)), (22, (2, 2, 0))]),
    "two are left": (one_of_three, (3, 2, 2, 2), [1, 2, 3, 0], [3, 3, 3, 3], [(0, (2, 3, 1)), (14, (2, 2, 0))]),
    "one of four": (one_of_four, (2,) * 6, [5, 4, 3, 2, 1, 0], [3] * 6, [(0, (3, 6, 5)), (63, (3, 3, 1))]),
    "most of five": (
        most,
        (2,) * 5,
        [0, 1, 2, 3, 4],
        [3] * 5,
        [
            (0, (1, 5, 0)),
            (10, (2, 5, 0)),
            (62, (3, 5, 0)),
            (63, (2, 5, 0)),  # of which one more goes to the strategy than before
            (64, (3, 5, 0)),
            (140, (4, 5, 0)),
            (176, (5, 5, 0)),
        ],
    ),
    "one of five": (
        among(5),
        (2,) * 8,
        [7, 6, 5, 4, 3, 2, 1, 0],
        [3] * 8,
        [(0, (4, 8, 7)), (139, (4, 4, 1))],  # with eight axes open all are weighed up
    ),
    "one of six": (
        among(6),
        (2,) * 9,
        [8, 7, 6, 5, 4, 3, 2, 1, 0],
        [3] * 9,
        [(0, (4, 9, 8)), (267, (4, 6, 8)), (622, (4, 4, 2))],  # with nine, the first three only
    ),
    "odd": (odd, (2,) * 4, [0, 1, 2, 3], [3] * 4, [(0, (4, 4, 0))]),
}


@pytest.mark.parametrize(("said", "sizes", "order", "masks", "found"), LIMITED.values(), ids=LIMITED)
def test_what_so_much_work_finds_is_the_same_everywhere(
    said: Callable[..., int],
    sizes: tuple[int, ...],
    order: list[int],
    masks: list[int],
    found: list[tuple[int, Bounds]],
) -> None:
    def with_work(work: int) -> Bounds:
        store = Remainders(3, sizes)
        root = store.narrow(stored(said, sizes, store), masks)
        bounds = Questions(store, masks, order, start, work).fewest([root], order)
        assert bounds.first is not None
        return bounds.lower, bounds.upper, bounds.first

    start = (0,) * len(sizes)
    for number, (work, bounds) in enumerate(found):
        before = found[number - 1][1] if number else bounds
        assert with_work(work) == bounds
        assert with_work(max(0, work - 1)) == before
    assert with_work(ENOUGH_WORK) == found[-1][1]


@pytest.mark.parametrize(("work", "bounds"), [(23, Fewest(2, 3, 1)), (24, Fewest(2, 2, 0))])
def test_an_answer_counts_once_for_each_output_that_is_open(work: int, bounds: Fewest) -> None:
    store = Remainders(3, (2, 2, 2))
    roots = [stored(one_of_two, store.sizes, store), stored(lambda a, _b, _c: 1 + a, store.sizes, store)]
    assert Questions(store, full(store), (1, 2, 0), (0, 0, 0), work).fewest(roots, (1, 2, 0)) == bounds


def test_what_was_found_out_once_takes_no_further_work() -> None:
    store = Remainders(3, (2,) * 6)
    root = stored(one_of_four, store.sizes, store)
    order = (5, 4, 3, 2, 1, 0)
    questions = Questions(store, full(store), order, (0,) * 6, 63)
    assert [questions.fewest(roots, order) for roots in ([root], [root, 1, root])] == [Fewest(3, 3, 1)] * 2


@pytest.mark.parametrize(
    ("sizes", "ends", "first"),
    [
        ((2, 2, 3), (1, 0, 2, 3, 1, 1, 1, 3, 0, 0, 1, 1), 2),  # regions that are still possible count, not axes alone
        ((2, 2, 2), (1, 1, 1, 1, 2, 2, 3, 0), 0),  # the first region counts as all others do, nowhere does not
    ],
)
def test_the_strategy_asks_first_what_leaves_least_open(
    sizes: tuple[int, ...], ends: tuple[int, ...], first: int
) -> None:
    store = Remainders(4, sizes)
    root = stored(lambda *at: dict(zip(product(*map(range, sizes)), ends, strict=True))[at], sizes, store)
    order = range(len(sizes))
    start = (0,) * len(sizes)
    assert Questions(store, full(store), order, start, ENOUGH_WORK).fewest([root], order) == Fewest(2, 2, first)


def test_a_point_that_says_more_is_looked_for_axis_by_axis() -> None:
    """Where neither finding is there, none alone changes anything; where both are, each does."""
    store = Remainders(3, (2, 2))
    both = store.node(0, (1, store.node(1, (1, 2))))
    assert Questions(store, full(store), (0, 1), (0, 0), 0).fewest([both], (0, 1)) == Fewest(2, 2, 0)


def test_what_is_known_to_be_settled_by_few_answers_is_not_searched_again_for_more() -> None:
    by_end = {
        1: ("00110", "01001", "10100", "10111", "11111"),
        2: ("00001", "00100", "01110", "10110", "11001", "11101"),
        3: ("00101", "01101", "10000", "11000"),
    }
    said = {tuple(map(int, point)): end for end, points in by_end.items() for point in points}
    store, axes = Remainders(4, [2] * 5), [2, 1, 3, 0, 4]

    def put(*start: int) -> int:
        return said.get(start, 0) if len(start) == 5 else store.node(len(start), (put(*start, 0), put(*start, 1)))

    found = Questions(store, full(store), axes, min(said), 182).fewest([put()], axes)
    assert found == Fewest(4, 4, 2)
