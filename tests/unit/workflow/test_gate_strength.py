"""What the gate learns of the strength of the vignettes: nothing unasked, everything of what changed."""

import pytest

from redflag_kit.gate.checks import Strong
from redflag_kit.logic.budget import BudgetExceeded
from redflag_kit.project.states import States
from redflag_kit.workflow import gate_strength
from redflag_kit.workflow.gate_strength import strong_editions
from redflag_kit.workflow.states_compared import compare_states
from redflag_kit.workflow.strength import measure
from tests.story.project import GUIDELINE, edited, throat
from tests.unit.project.scratch import scratch


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """Return two states that differ in the temperature from which a fever is high."""
    repository = scratch(tmp_path_factory.mktemp("throat"))
    repository.write(throat())
    repository.commit()
    repository.write(edited(throat(), GUIDELINE, ("value: 39.0 Cel", "value: 39.5 Cel")))
    states = States(repository.root)
    return compare_states(states.at("HEAD"), states.working)


def editions(found, least):
    return list(strong_editions(found, least) or ())


def test_nothing_is_measured_where_nobody_asks(found, monkeypatch):
    monkeypatch.setattr(gate_strength, "measure", None)
    assert strong_editions(found, "") is None


def test_an_edition_that_falls_short_is_told_with_its_survivors(found):
    (one,) = editions(found, "0.8")
    assert (one.edition, one.standing) == ("throat@1.0.0", "missed")
    assert float(one.score) < 0.8
    assert any("(T-FEVER:rule-dropped)" in words and f"{GUIDELINE}:" in words for words in one.unnoticed)
    assert one.undecided == ()


def test_a_share_of_nothing_is_reached(found):
    assert [one.standing for one in editions(found, "0")] == ["reached"]


def test_an_edition_that_is_too_large_is_open(found, monkeypatch):
    def too_large(*_):
        raise BudgetExceeded("the table", "10 nodes")

    monkeypatch.setattr(gate_strength, "measure", too_large)
    assert strong_editions(found, "0.8") == (
        Strong("throat@1.0.0", "open", "", (), ("the table needs more than 10 nodes",)),
    )


def test_an_edition_of_which_nothing_changed_is_left_out(found, monkeypatch):
    nothing = measure(found.new, found.new.library.guidelines[0], keep=lambda one: False)
    monkeypatch.setattr(gate_strength, "measure", lambda *_: nothing)
    assert strong_editions(found, "0.8") == ()
