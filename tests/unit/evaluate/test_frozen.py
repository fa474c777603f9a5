"""A frozen guideline: what constraints say of findings that no rule reads."""

from __future__ import annotations

from redflag_kit.evaluate.frozen import Frozen, freeze, freeze_outputs, loose, read_by_rules
from redflag_kit.semantics.cases import Possible
from tests.unit.evaluate.worlds import Opened, decision, opened, rule, score

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


def test_findings_without_axes_are_named_with_the_one_they_are_tied_to() -> None:
    other = decision("e", rule("later", "numb", "{visit: later}"))
    pain_is_cough = "{id: K-3, title: no pain without a cough, if: {pain: [mild, severe]}, then: cough}"
    world = opened(TABLE, other, constraints=[COUGH_IS_FEVER], covers="scan visit")
    assert loose(world.engine.compiled) == [(("cough",), "fever")]
    constraints = [COUGH_IS_FEVER, pain_is_cough]
    world = opened(TABLE, other, constraints=constraints, covers="scan visit", findings="fever cough numb pain")
    assert loose(world.engine.compiled) == [(("cough", "pain"), "fever")]


def test_findings_without_axes_that_are_tied_to_no_other_are_named_alone() -> None:
    (alone,) = loose(opened(TABLE, constraints=[COUGH_IS_NUMB]).engine.compiled)
    assert (set(alone[0]), alone[1]) == ({"cough", "numb"}, None)


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


def test_an_answer_may_rule_out_any_value_of_the_finding_it_is_tied_to() -> None:
    world = opened(TABLE, constraints=["{id: K-1, title: no fever with a cough, if: cough, then: {not: fever}}"])
    frozen = freeze(world.engine)
    assert scan(frozen, world, cough="present") == Possible(("silent",))
    assert scan(frozen, world, cough="present", fever="present") is None
    one_of_three = "{id: K-1, title: some pain with a cough, if: cough, then: {pain: severe}}"
    table = decision("d", rule("mild", "{pain: mild}", "{scan: later}"), rule("bad", "{pain: severe}", "{scan: now}"))
    world = opened(table, constraints=[one_of_three], findings="cough pain")
    frozen = freeze(world.engine)
    assert scan(frozen, world) == Possible(("later", "now", "silent"))
    assert scan(frozen, world, cough="present") == Possible(("now",))


def test_a_finding_that_constraints_tie_to_itself_alone_can_contradict_itself() -> None:
    world = opened(TABLE, constraints=["{id: K-1, title: nobody coughs, if: cough, then: {not: cough}}"])
    frozen = freeze(world.engine)
    assert scan(frozen, world, cough="absent") == Possible(("now", "silent"))
    assert scan(frozen, world, cough="present") is None


def test_findings_that_rules_read_can_contradict_each_other() -> None:
    table = decision("d", rule("now", "fever", "{scan: now}"), rule("soon", "numb", "{scan: soon}"))
    world = opened(table, constraints=["{id: K-1, title: no fever without numbness, if: fever, then: numb}"])
    frozen = freeze(world.engine)
    assert scan(frozen, world, fever="present", numb="absent") is None
    assert scan(frozen, world, fever="present") == Possible(("now",))


def test_a_finding_tied_to_two_others_leaves_what_they_may_be_together() -> None:
    table = decision("d", rule("now", "fever", "{scan: now}"), rule("later", "numb", "{visit: later}"))
    either = "{id: K-1, title: a cough has one of two reasons, if: cough, then: {any: [fever, numb]}}"
    world = opened(table, constraints=[either], covers="scan visit")
    frozen = freeze(world.engine)
    masks = frozen.masks(known(world, cough="present", fever="absent"))
    assert masks is not None
    assert frozen.possible(masks) == {"scan": Possible(("silent",)), "visit": Possible(("later",))}


def test_what_only_the_scope_or_a_score_reads_counts_as_read() -> None:
    world = opened(TABLE, scope="cough")
    assert scan(freeze(world.engine), world, cough="absent") == Possible(("out_of_scope",))
    risk = score("risk", "{when: cough, points: 1}")
    world = opened(risk, decision("d", rule("now", "{risk: at_least 1}", "{scan: now}")))
    assert read_by_rules(world.engine.compiled) == {"cough"}
