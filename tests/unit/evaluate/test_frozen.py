"""A frozen guideline: what constraints say of findings that no rule reads."""

from __future__ import annotations

from redflag_kit.evaluate.frozen import Frozen, freeze, freeze_outputs
from redflag_kit.semantics.cases import Possible
from tests.unit.evaluate.worlds import Opened, decision, opened, rule

TABLE = decision("d", rule("now", "fever", "{scan: now}"))
COUGH_IS_FEVER = "{id: K-1, title: no cough without fever, if: cough, then: fever}"
COUGH_IS_NUMB = "{id: K-2, title: no cough without numbness, if: cough, then: numb}"


def known(world: Opened, **values: str) -> dict[str, int]:
    return {name: 1 << world.engine.atoms.atom_of(name, value) for name, value in values.items()}


def scan(frozen: Frozen, world: Opened, **values: str) -> Possible | None:
    masks = frozen.masks(known(world, **values))
    return None if masks is None else frozen.possible(masks)["scan"]


def test_a_finding_that_no_rule_reads_narrows_the_one_that_constraints_tie_it_to() -> None:
    world = opened(TABLE, constraints=[COUGH_IS_FEVER])
    frozen = freeze(world.engine)
    assert scan(frozen, world) == Possible(("now", "silent"))
    assert scan(frozen, world, cough="present") == Possible(("now",))
    assert scan(frozen, world, cough="absent") == Possible(("now", "silent"))


def test_findings_that_no_rule_reads_can_contradict_each_other() -> None:
    world = opened(TABLE, constraints=[COUGH_IS_NUMB])
    frozen = freeze(world.engine)
    assert scan(frozen, world, cough="present", numb="present") == Possible(("now", "silent"))
    assert scan(frozen, world, cough="present", numb="absent") is None


def test_outputs_frozen_for_one_case_hold_what_is_known_of_it() -> None:
    world = opened(TABLE, case_of="{cough: present}", constraints=[COUGH_IS_FEVER])
    frozen = freeze_outputs(world.engine, ["scan"], world.region)
    assert scan(frozen, world) == Possible(("now",))


def test_a_set_must_hold_what_every_completion_lists_and_may_hold_what_some_lists() -> None:
    table = decision("d", rule("flu", "fever", "{likely: [flu]}"), rule("stroke", "numb", "{likely: [stroke]}"))
    world = opened(table, covers="likely")
    frozen = freeze(world.engine)

    def likely(**values: str) -> Possible:
        masks = frozen.masks(known(world, **values))
        assert masks is not None
        return frozen.possible(masks)["likely"]

    assert likely(fever="present") == Possible((), ("flu",), ("flu", "stroke"))
    assert likely(fever="present", numb="absent") == Possible((), ("flu",), ("flu",))
    assert likely(fever="absent") == Possible(("silent",), (), ("stroke",))
    assert likely(fever="absent", numb="absent") == Possible(("silent",), (), ())


def test_parts_that_end_alike_are_left_with_one_remainder() -> None:
    table = decision("d", rule("now", "fever", "{scan: now, visit: now}"))
    world = opened(table, covers="scan visit")
    frozen = freeze(world.engine)
    masks = frozen.masks(known(world, fever="present"))
    assert masks is not None
    assert len(set(frozen.remainders(masks))) == 1
    assert frozen.possible(masks) == {name: Possible(("now",)) for name in ("scan", "visit")}
