"""Both editions as data for a page: what a reader of the data needs, and nothing of the program."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from redflag_kit.diff import explorer as exploring
from redflag_kit.diff.changes import changes
from redflag_kit.diff.edits import Alignment
from redflag_kit.diff.explorer import explorer
from redflag_kit.diff.pair import pair
from redflag_kit.logic.budget import BudgetExceeded
from redflag_kit.results.explorer import ExploredComparison, ExploredEdition, Explorer, NumberAxis
from tests.property.models import assumed, at_most, between, has, number, rule, yes_no
from tests.unit.diff.small import ADVICE, SCAN, VISIT, edition, feverish

FINDINGS = (yes_no("fever"), yes_no("numb"), number("trial", 0, 10, Fraction(1, 2)), number("episode", 0, 20))
OUTPUTS = (SCAN, VISIT, ADVICE)


def explored(nodes: int = 1000) -> Explorer:
    """Return two editions: fever moves the scan, a long episode adds walking, numbness is assumed absent."""
    long = rule("walks", between("episode", 6, None), {"advice": ["walk"]})
    numb = rule("numb", has("numb"), {"visit": "now"})
    limits = [at_most("trial", "episode", strict=True)]
    old = edition(feverish("now"), numb, findings=FINDINGS, outputs=OUTPUTS, constraints=limits)
    new = edition(feverish("soon"), numb, long, findings=FINDINGS, outputs=OUTPUTS, constraints=limits)
    both = pair(old, replace(new, assume={"numb": assumed("absent"), "nowhere": assumed("absent")}))
    return explorer(both, tuple(changes(both)), Alignment({}, {}), nodes)


def end(data: Explorer, root: int, **atoms: int) -> int:
    """Return the end of a combination of atoms, 0 for findings that are not named."""
    node = root
    while node >= data.ends:
        position, *children = map(int, data.nodes[node - data.ends].split())
        node = children[atoms.get(data.findings[position].id, 0)]
    return node


def said(data: Explorer, side: ExploredEdition, output: str, element: str = "", **atoms: int) -> str:
    part = next(one for one in side.parts if (one.output, one.element) == (output, element))
    assert end(data, part.root, **atoms) == end(data, part.written, **atoms)
    return part.values[end(data, part.root, **atoms) - 1]


def test_findings_come_with_their_atoms_in_words_and_with_what_reads_them():
    by_id = {one.id: one for one in explored().findings}
    assert by_id["fever"].words == ("no fever", "fever")
    assert by_id["fever"].values == ("absent", "present")
    assert {name: one.group for name, one in by_id.items()} == {
        "fever": "changes", "episode": "changes", "numb": "rules", "trial": "constraints",
    }  # fmt: skip


def test_no_more_than_a_few_findings_come_first(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(exploring, "FIRST", 1)
    assert [one.group for one in explored().findings].count("changes") == 1


def test_numbers_are_indices_of_whole_numbers():
    by_id = {one.id: one for one in explored().findings}
    episode = by_id["episode"].number
    assert episode is not None
    assert episode == NumberAxis("", 1, 0, 1, 21, episode.starts)
    assert by_id["episode"].values == ()
    assert len(episode.starts) == len(by_id["episode"].words)
    trial = by_id["trial"].number
    assert trial is not None
    assert (trial.denominator, trial.low, trial.step, trial.size) == (2, 0, 1, 21)


def test_a_combination_is_followed_to_what_each_edition_says():
    data = explored()
    assert said(data, data.old, "scan", fever=1, episode=len(data.findings) - 1) == "now"
    assert said(data, data.new, "scan", fever=1, episode=len(data.findings) - 1) == "soon"


def test_a_set_has_a_part_for_each_element_and_one_for_the_whole():
    data = explored()
    last = len(next(one for one in data.findings if one.id == "episode").words) - 1
    assert said(data, data.new, "advice", "walk", episode=last) == "listed"
    assert said(data, data.new, "advice", "rest", episode=last) == ""
    assert said(data, data.new, "advice", episode=last) == "listed"
    assert said(data, data.old, "advice", episode=last) == "silent"
    named = {one.id: dict(one.words) for one in data.new.outputs}
    assert named["advice"] == {"rest": "rest", "walk": "walk", "silent": "says nothing", "out_of_scope": "out of scope"}


def test_rules_fire_where_end_1_is():
    data = explored()
    last = len(next(one for one in data.findings if one.id == "episode").words) - 1
    roots = {rule.id: rule.root for rule in data.new.rules}
    assert end(data, roots["R"], fever=1, episode=last) == 1
    assert end(data, roots["R"], fever=0, episode=last) == 2


def test_what_only_constraints_read_is_linked_to_what_it_is_tied_to():
    data = explored()
    position = {one.id: at for at, one in enumerate(data.findings)}
    (link,) = (one for one in data.new.links if one.tied is not None)
    assert (link.positions, link.tied) == ((position["trial"],), position["episode"])


def test_a_strict_comparison_is_one_of_whole_numbers():
    data = explored()
    position = {one.id: at for at, one in enumerate(data.findings)}
    # trial i/2 < episode j, that is i + 1 <= 2 j
    assert data.old.comparisons == (ExploredComparison(position["trial"], position["episode"], 1, 1, 2, 0),)


def test_each_edition_keeps_its_own_assumptions():
    data = explored()
    assert data.old.assumptions == ()
    (one,) = data.new.assumptions
    assert (data.findings[one.position].id, one.atom, one.words) == ("numb", 0, "numb: absent")


def test_data_beyond_the_limit_is_refused_whole():
    with pytest.raises(BudgetExceeded, match="10 nodes"):
        explored(10)
