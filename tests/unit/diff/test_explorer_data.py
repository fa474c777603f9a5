"""The data of the explorer, patient by patient and field by field."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest

from redflag_kit.diff.changes import changes
from redflag_kit.diff.edits import Alignment
from redflag_kit.diff.explorer import explorer
from redflag_kit.diff.pair import Pair, pair
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.logic.budget import BudgetExceeded
from redflag_kit.model.condition import Any, Not
from redflag_kit.model.vocabulary import Finding
from redflag_kit.results.explorer import (
    ExploredAssumption,
    ExploredComparison,
    ExploredEdition,
    ExploredFinding,
    ExploredOutput,
    Explorer,
    NumberAxis,
)
from redflag_kit.semantics.literal import OutputValue, entail, read
from tests.property.models import assumed, at_most, between, has, implies, number, rule, yes_no
from tests.unit.diff.small import ADVICE, SCAN, VISIT, edition

EITHER = Any((has("fever"), has("numb")))
TEMP = replace(number("temp", 36, 41, Fraction(1, 2)), unit="Cel", label="temperature", ask="How hot?")
FINDINGS = (yes_no("fever"), yes_no("numb"), yes_no("cough"), TEMP, number("limit", 1, 10, 3))
OUTPUTS = (SCAN, replace(VISIT, satisfied_by=("scan",)), ADVICE)


def both() -> Pair[BddRegion]:
    """Return two editions in which a scan counts as a visit, and nobody numb coughs."""
    tied = [implies(has("numb"), has("cough", "absent"))]
    hot = replace(rule("hot", between("temp", 38), {"advice": ["rest"]}), title="Hot")
    old = edition(rule("R", EITHER, {"scan": "now"}), hot, findings=FINDINGS, outputs=OUTPUTS, constraints=tied)
    new = edition(
        rule("R", has("fever"), {"scan": "soon"}),
        rule("V", has("cough"), {"visit": "avoid"}),
        hot,
        findings=FINDINGS,
        outputs=OUTPUTS,
        constraints=[*tied, at_most("temp", "limit", factor=Fraction(9, 2))],
        scope=Any((has("numb"), has("fever"))),
    )
    return pair(old, replace(new, assume={"fever": assumed("present"), "nowhere": assumed("absent")}))


def explored(made: Pair[BddRegion], nodes: int = 1000) -> Explorer:
    return explorer(made, tuple(changes(made)), Alignment({}, {}), nodes)


def end(data: Explorer, root: int, point: tuple[int, ...]) -> int:
    node = root
    while node >= data.ends:
        position, *children = map(int, data.nodes[node - data.ends].split())
        node = children[point[position]]
    return node


def shown(value: OutputValue, element: str) -> str:
    if isinstance(value, str):
        return "" if element else value
    return "listed" if not element or element in value else ""


@pytest.mark.parametrize("side", ["old", "new"])
def test_for_every_patient_the_data_say_what_the_interpreter_says(side: str):
    made = both()
    data = explored(made)
    frozen: ExploredEdition = getattr(data, side)
    guideline = getattr(made, side).guideline
    seen: set[tuple[str, str]] = set()
    for point in product(*(range(made.atoms.size(one.id)) for one in data.findings)):
        if not made.diagrams.contains(made.legal, point):
            continue
        patient = made.patient_at(point)
        reading = read(guideline, patient)
        entailed = entail(guideline, reading.values)
        assert end(data, frozen.legal, point) == 1
        for part in frozen.parts:
            said = part.values[end(data, part.root, point) - 1]
            written = part.values[end(data, part.written, point) - 1]
            assert said == shown(entailed[part.output], part.element)
            assert written == shown(reading.values[part.output], part.element)
            seen.add((said, written))
        for one in frozen.rules:
            assert end(data, one.root, point) == (1 if one.id in reading.fired else 2)
    assert any(said != written for said, written in seen)


def test_whom_an_edition_does_not_allow_is_outside_everything_it_says():
    made = both()
    data = explored(made)
    numb_coughs = tuple(1 if one.id in ("numb", "cough") else 0 for one in data.findings)
    assert end(data, data.new.legal, numb_coughs) != 1
    for part in data.new.parts:
        assert end(data, part.root, numb_coughs) not in range(1, len(part.values) + 1)
    for one in data.new.rules:
        assert end(data, one.root, numb_coughs) not in (1, 2)


def test_findings_are_shown_with_their_words_and_numbers_as_indices_of_whole_numbers():
    data = explored(both())
    by_id = {one.id: one for one in data.findings}
    assert by_id["cough"] == ExploredFinding(
        "cough", "cough", "cough?", by_id["cough"].group, ("absent", "present"), ("no cough", "cough"), None
    )
    temp = by_id["temp"]
    assert (temp.label, temp.ask, temp.values) == ("temperature", "How hot?", ())
    assert temp.number is not None
    assert temp.number == NumberAxis(
        unit="°C", denominator=2, low=72, step=1, size=11, starts=both().atoms.starts["temp"]
    )
    limit = by_id["limit"].number
    assert limit is not None
    assert (limit.unit, limit.denominator, limit.low, limit.step, limit.size) == ("", 1, 1, 3, 4)


def test_a_comparison_is_told_in_indices_with_factor_and_offsets_as_whole_numbers():
    made = both()
    data = explored(made)
    position = {one.id: at for at, one in enumerate(data.findings)}
    # 36 + i/2 <= 9/2 (1 + 3 j), that is i + 72 <= 27 j + 9
    assert data.new.comparisons == (ExploredComparison(position["temp"], position["limit"], 1, 72, 27, 9),)
    assert data.old.comparisons == ()


def test_outputs_have_the_words_of_every_value_that_occurs():
    data = explored(both())
    statuses = (("silent", "says nothing"), ("out_of_scope", "out of scope"))
    assert data.new.outputs == (
        ExploredOutput("scan", "the scan", "ordered", (("avoid", "avoid"), ("soon", "soon"), *statuses)),
        ExploredOutput("visit", "the visit", "ordered", (("avoid", "avoid"), ("soon", "soon"), *statuses)),
        ExploredOutput("advice", "advice", "set", (*statuses, ("rest", "rest"), ("walk", "walk"))),
    )
    assert [(one.output, one.element, one.values) for one in data.new.parts] == [
        ("scan", "", ("avoid", "soon", "silent", "out_of_scope")),
        ("visit", "", ("avoid", "soon", "silent", "out_of_scope")),
        ("advice", "rest", ("listed", "")),
        ("advice", "walk", ("listed", "")),
        ("advice", "", ("listed", "silent", "out_of_scope")),
    ]
    assert [(one.id, one.title) for one in data.new.rules] == [
        ("R", "R"),
        ("V", "V"),
        ("hot", "Hot"),
        ("rest", "rest"),
    ]


def test_an_assumption_names_the_finding_the_atom_and_why():
    data = explored(both())
    position = [one.id for one in data.findings].index("fever")
    assert data.new.assumptions == (ExploredAssumption(position, 1, "fever: present", "not recorded, hence normal"),)
    assert data.old.assumptions == ()


def test_an_assumed_number_is_told_with_its_unit():
    made = both()
    new = replace(made.new.guideline, assume={"temp": assumed(Fraction(38))})
    assert [one.words for one in explored(pair(made.old.guideline, new)).new.assumptions] == ["temperature: 38 °C"]


def linked(*findings: Finding) -> Explorer:
    """Return editions with two constraints on findings that no rule reads: one by itself, one tied to what is read."""
    limits = [at_most("trial", "episode"), at_most("first", "second")]
    old, new = (
        edition(rule("R", between("episode", 6), {"scan": level}), findings=findings, constraints=limits)
        for level in ("now", "soon")
    )
    return explored(pair(old, new))


def test_what_no_rule_reads_is_linked_and_leaves_what_rules_read_alone():
    names = ("trial", "episode", "first", "second")
    data = linked(*(number(name, 0, 20) for name in names))
    position = {one.id: at for at, one in enumerate(data.findings)}
    assert {(frozenset(one.positions), one.tied) for one in data.old.links} == {
        (frozenset({position["trial"]}), position["episode"]),
        (frozenset({position["first"], position["second"]}), None),
    }
    # What rules read is legal whatever the linked findings are; the links say which of those go together.
    (tied,) = (one for one in data.old.links if one.tied is not None)
    sizes = [len(one.words) for one in data.findings]
    made = {position["trial"]: sizes[position["trial"]] - 1}
    late = tuple(made.get(at, 0) for at in range(len(sizes)))
    assert end(data, data.old.legal, late) == 1
    assert end(data, tied.root, late) != 1
    assert end(data, tied.root, tuple(size - 1 for size in sizes)) == 1
    swapped = tuple(sizes[at] - 1 if at in (position["first"], position["episode"]) else 0 for at in range(len(sizes)))
    assert end(data, tied.root, swapped) == 1


def test_findings_come_first_that_changes_turn_on_then_those_of_rules_and_constraints():
    data = linked(*(number(name, 0, 20) for name in ("trial", "episode", "first", "second")))
    assert {one.id: one.group for one in data.findings} == {
        "episode": "changes",
        "trial": "constraints",
        "first": "constraints",
        "second": "constraints",
    }
    made = pair(
        edition(
            rule("R", has("fever"), {"scan": "now"}), rule("N", has("numb"), {"advice": ["rest"]}), outputs=OUTPUTS
        ),
        edition(rule("R", has("fever"), {"scan": "soon"}), rule("N", has("cough"), {"visit": "now"}), outputs=OUTPUTS),
    )
    groups = {one.id: one.group for one in explored(made).findings}
    assert groups == {"fever": "changes", "numb": "changes", "cough": "changes"}


def test_the_limit_of_nodes_counts_both_editions_together():
    data = explored(both())
    count = data.ends + len(data.nodes)
    assert explored(both(), count) == data
    with pytest.raises(BudgetExceeded):
        explored(both(), len(data.nodes) // 2)


def test_a_value_that_is_written_and_never_said_belongs_to_nobody():
    # Everybody gets a scan, and with it a visit, of which no rule says anything.
    made = [
        edition(rule("R", EITHER, {"scan": one}), rule("W", Not(EITHER), {"scan": "now"}), outputs=OUTPUTS)
        for one in ("now", "soon")
    ]
    both_made = pair(made[0], made[1])
    data = explored(both_made)
    (visit,) = (part for part in data.old.parts if part.output == "visit")
    assert visit.values == ("now", "silent")
    for point in product(*(range(both_made.atoms.size(one.id)) for one in data.findings)):
        assert visit.values[end(data, visit.root, point) - 1] == "now"
        assert visit.values[end(data, visit.written, point) - 1] == "silent"


def test_numbers_that_start_between_steps_are_counted_in_whole_numbers_too():
    half = number("half", Fraction(1, 2), Fraction(21, 2))
    old, new = (edition(rule("R", between("half", 3), {"scan": one}), findings=[half]) for one in ("now", "soon"))
    (axis,) = (one.number for one in explored(pair(old, new)).findings)
    assert axis is not None
    assert (axis.denominator, axis.low, axis.step, axis.size) == (2, 1, 2, 11)


def test_values_are_said_in_the_words_of_the_vocabulary():
    scan = replace(SCAN, says=(("now", "right away"),))
    old, new = (edition(rule("R", has("fever"), {"scan": one}), outputs=[scan]) for one in ("now", "soon"))
    (output,) = explored(pair(old, new)).old.outputs
    assert output.words == (("now", "right away"), ("silent", "says nothing"))
