"""Two editions over one space: what each says of an output the other lacks, and how the space is made."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from redflag_kit.compile.expression import InputEntry, Interval
from redflag_kit.diff.changes import changes, constraint_changes, in_space_of
from redflag_kit.diff.pair import (
    clashing_findings,
    clashing_outputs,
    flag,
    known,
    pair,
    pair_by_name,
    pair_by_search,
    pair_with_flags,
)
from redflag_kit.logic.budget import Budget, BudgetExceeded
from redflag_kit.logic.space import Axis
from redflag_kit.model.condition import Any
from redflag_kit.model.vocabulary import Finding
from tests.property.models import a_set, between, choice, has, implies, number, ordered, rule, scale
from tests.unit.diff.small import ADVICE, AGE, COUGH, FEVER, NUMB, SCAN, VISIT, edition, feverish

EITHER = edition(rule("R", Any((has("fever"), has("numb"))), {"scan": "now"}))


def test_an_output_that_an_edition_does_not_cover_is_not_covered_everywhere():
    old = edition(feverish(), outputs=[SCAN, VISIT], covers=["scan"])
    made = pair(old, edition(feverish(), outputs=[SCAN, VISIT]))
    whole = made.diagrams.whole
    ((value, decided_by, region),) = [(c.value, c.rule, c.region) for c in made.old.cells(("visit", ""), whole)]
    assert (value, decided_by, region) == ("not_covered", None, whole)
    assert made.old.cell(("visit", ""), "not_covered", None, whole) == whole
    assert made.new.cell(("visit", ""), "silent", None, whole) == whole


def test_a_member_that_an_editions_set_lacks_has_the_status_of_the_set_and_is_silent_elsewhere():
    old = edition(rule("R", has("numb"), {"advice": ["rest"]}), outputs=[ADVICE], scope=has("fever"), otherwise=None)
    new = edition(rule("R", has("numb"), {"advice": ["swim"]}), outputs=[a_set("advice", "rest", "swim")])
    made = pair(old, new)
    whole, held = made.diagrams.whole, made.old.meaning
    cells = {cell.value: cell for cell in made.old.cells(("advice", "swim"), whole)}
    assert cells.keys() == {"out_of_scope", "gap", "silent"}
    assert all(cell.rule is None for cell in cells.values())
    assert cells["out_of_scope"].region == ~held.scope
    assert cells["gap"].region == held.scope - held.fires["R"]
    assert cells["silent"].region == held.scope & held.fires["R"]
    assert [change.aspect for change in changes(made)].count(("advice", "swim")) > 0


def test_a_cell_is_found_by_its_value_and_its_rule():
    made = pair(edition(feverish("now", "A"), rule("B", has("numb"), {"scan": "now"})), edition(feverish("soon")))
    whole = made.diagrams.whole
    first, second = (made.old.cell(("scan", ""), "now", name, whole) for name in ("A", "B"))
    assert (first & second).is_empty()
    assert first | second == made.old.meaning.fires["A"] | made.old.meaning.fires["B"]
    assert not made.old.cell(("scan", ""), "silent", "rest", whole).is_empty()


def test_findings_stand_in_order_of_use_or_of_their_ids():
    old = edition(rule("R", Any((has("numb"), has("fever"))), {"scan": "now"}), findings=[NUMB, COUGH, FEVER])
    assert pair(old, old).atoms.space.names == tuple(pair(old, old).atoms.inputs)
    made = pair_by_name(old, old)
    assert list(made.atoms.inputs) == ["fever", "numb"]
    assert made.atoms.space.names == ("fever", "numb")
    assert made.diagrams.space.names == ("fever", "numb")


def test_atoms_by_name_are_cut_as_in_order_of_use():
    old, new = (edition(rule("R", between("age", low), {"scan": "now"})) for low in (50, 60))
    assert pair_by_name(old, new).atoms.starts == pair(old, new).atoms.starts == {"age": (0, 50, 60)}
    assert (pair_by_name(old, new).old.guideline, pair_by_name(old, new).new.guideline) == (old, new)


def test_further_tests_cut_the_space_more_finely():
    old, new = (edition(rule("R", between("age", low), {"scan": "now"})) for low in (50, 60))
    entry = InputEntry("age", frozenset(), (Interval(Fraction(70), Fraction(70)),))
    assert pair(old, new, [entry]).atoms.starts == {"age": (0, 50, 60, 70, 71)}


def test_cases_have_two_axes_of_their_own_before_each_finding():
    old = edition(rule("R", between("age", 50), {"scan": "now"}), findings=[AGE, FEVER])
    made = pair_with_flags(old, edition(feverish(), findings=[AGE, FEVER]))
    axes = {axis.name: axis for axis in made.atoms.space.axes}
    assert [axis.name for axis in made.diagrams.space.axes] == [
        name for one in made.atoms.space.names for name in (flag(one), known(one), one)
    ]
    for name, axis in axes.items():
        assert made.diagrams.space.axis(flag(name)) == Axis(f"?{name}", 2)
        assert made.diagrams.space.axis(known(name)) == replace(axis, name=f"={name}")
    assert made.old.guideline == old


@pytest.mark.parametrize("making", [pair, pair_by_name, pair_with_flags])
def test_diagrams_keep_to_the_budget_of_nodes(making):
    with pytest.raises(BudgetExceeded, match="1 diagram node"):
        making(EITHER, EITHER, nodes=1)
    assert making(EITHER, EITHER, nodes=1000).old.guideline == EITHER


def test_a_search_ends_when_its_time_is_up():
    made = pair_by_search(EITHER, edition(feverish("soon")), Budget(seconds=3600).start())
    assert {change.new_value for change in changes(made)} == {"soon", "silent"}
    with pytest.raises(BudgetExceeded):
        list(changes(pair_by_search(EITHER, edition(feverish("soon")), Budget(seconds=0).start())))


def test_classes_are_the_same_in_another_space_of_the_same_editions():
    tied = [implies(has("fever"), has("numb"))], [implies(has("numb"), has("cough"))]
    findings = [FEVER, NUMB, COUGH]
    old, new = (
        edition(feverish(level), findings=findings, constraints=limit)
        for level, limit in zip(("now", "soon"), tied, strict=True)
    )
    made, by_name = pair(old, new), pair_by_name(old, new)
    there = [*constraint_changes(by_name), *changes(by_name)]
    assert [one.new_value for one in there] == ["impossible", "possible", "soon"]
    assert list(in_space_of(by_name, [*constraint_changes(made), *changes(made)])) == there


# ---------------------------------------------------------------- what cannot be compared


def over(*findings: Finding, asks: bool = True):
    rules = [rule(f"R{one.id}", between(one.id, 1) if one.grid else has(one.id, one.words[0])) for one in findings]
    return edition(*(rules if asks else ()), findings=findings, covers=["scan"])


def test_every_finding_that_clashes_is_named_and_no_other():
    whole, words = number("x", 0, 9), choice("x", ["a", "b"])
    unit, plain = number("y", 0, 9), number("z", 0, 9)
    old = over(whole, unit, plain)
    new = over(words, replace(unit, unit="wk"), plain)
    assert clashing_findings(old, new) == ("x", "y")
    assert clashing_findings(old, old) == ()


def test_a_finding_that_nobody_reads_or_that_one_edition_lacks_does_not_clash():
    weeks = replace(number("y", 0, 9), unit="wk")
    assert clashing_findings(over(number("y", 0, 9), asks=False), over(weeks, asks=False)) == ()
    assert clashing_findings(over(number("y", 0, 9)), over(FEVER)) == ()


def test_every_output_clashes_that_either_edition_covers_and_both_declare():
    turned = ordered("scan", scale("now", "soon", "later", "avoid"))
    assert clashing_outputs(edition(outputs=[SCAN]), edition(outputs=[turned])) == ("scan",)
    old, new = (edition(outputs=[one], covers=[]) for one in (SCAN, turned))
    assert clashing_outputs(old, new) == ()
    assert clashing_outputs(old, edition(outputs=[turned])) == ("scan",)
    assert clashing_outputs(edition(outputs=[SCAN]), new) == ("scan",)
    assert clashing_outputs(edition(outputs=[VISIT]), edition(outputs=[turned])) == ()
    fewer, more = (ordered("scan", scale(*levels)) for levels in (("later", "soon"), ("avoid", "later", "soon")))
    assert clashing_outputs(edition(outputs=[fewer]), edition(outputs=[more])) == ()
    both = edition(outputs=[SCAN, VISIT])
    other = edition(outputs=[turned, replace(VISIT, scale=turned.scale)])
    assert clashing_outputs(both, other) == ("scan", "visit")
