"""What the literal interpreter is asked about a patient before anything of them is shown."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from redflag_kit.diff import reference
from redflag_kit.diff.pair import Pair, pair
from redflag_kit.diff.reference import Readings, aspect_value, constraints_hold, reading_of, seen, takes
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.semantics.literal import Patient, Reading
from tests.property.models import between, choice, has, implies, number, rule
from tests.unit.diff.small import ADVICE, AGE, FEVER, NUMB, SCAN, edition

TIED = [implies(has("fever"), has("numb"))]
OLD = edition(rule("R", has("fever"), {"scan": "now"}), findings=[FEVER, NUMB, AGE])
NEW = edition(rule("R", between("age", 50), {"scan": "now"}), findings=[FEVER, NUMB, AGE], constraints=TIED)


def both() -> Pair[BddRegion]:
    return pair(OLD, NEW)


def patient(fever: str = "present", numb: str = "absent", age: int = 60) -> Patient:
    return {"fever": fever, "numb": numb, "age": Fraction(age)}


def test_a_value_belongs_to_an_input_if_its_declaration_has_it():
    half = number("dose", 0, 5, Fraction(1, 2))
    made = pair(edition(rule("R", between("dose", 2), {"scan": "now"}), findings=[half, FEVER]), NEW)
    dose, fever = made.atoms.inputs["dose"], made.atoms.inputs["fever"]
    assert [takes(dose, Fraction(n, 4)) for n in (0, 1, 2, 20, 22)] == [True, False, True, True, False]
    assert not takes(dose, "present")
    assert [takes(fever, word) for word in ("present", "absent", "perhaps")] == [True, True, False]


def test_a_patient_is_legal_if_constraints_and_declared_values_allow_them():
    made = both()
    assert constraints_hold(made.old, patient())
    assert not constraints_hold(made.new, patient())
    assert constraints_hold(made.new, patient(numb="present"))
    assert not constraints_hold(made.new, patient(numb="present", age=100))
    own = replace(NEW, constraints=(implies(has("numb"), has("fever", "absent")),))
    assert not constraints_hold(pair(OLD, own).new, patient(numb="present"))


def test_every_declared_input_is_looked_at():
    pain = choice("pain", ["none", "mild"])
    made = pair(
        edition(rule("R", has("pain", "mild"), {"scan": "now"}), rule("S", between("age", 9)), findings=[AGE, pain]),
        edition(findings=[AGE, pain]),
    )
    impossible: list[Patient] = [{"age": Fraction(100), "pain": "mild"}, {"age": Fraction(1), "pain": "severe"}]
    for wrong in impossible:
        assert not constraints_hold(made.old, wrong)
    assert constraints_hold(made.old, {"age": Fraction(1), "pain": "mild"})


def test_a_reading_is_of_covered_outputs_alone():
    made = pair(edition(rule("R", has("fever"), {"scan": "now", "advice": ["walk"]}), outputs=[SCAN, ADVICE]), NEW)
    assert reading_of(made.old, {**patient(), "cough": "absent"}).values == {
        "scan": "now",
        "advice": frozenset({"walk"}),
    }
    narrow = replace(made.old, guideline=replace(made.old.guideline, covers=("advice",)))
    assert reading_of(narrow, {**patient(), "cough": "absent"}).values == {"advice": frozenset({"walk"})}


def test_the_value_of_a_set_is_that_something_is_listed_and_of_a_member_whether_it_is():
    reading = Reading({"advice": frozenset({"walk"}), "scan": "now", "visit": "gap"}, (), ())
    assert aspect_value(reading, ("advice", "")) == "listed"
    assert aspect_value(reading, ("advice", "walk")) == "listed"
    assert aspect_value(reading, ("advice", "rest")) == "silent"
    assert aspect_value(reading, ("scan", "")) == "now"
    assert aspect_value(reading, ("visit", "any")) == "gap"
    assert aspect_value(reading, ("other", "any")) == "not_covered"


def test_both_editions_are_asked_of_the_same_patient_and_say_nothing_where_they_do_not_allow_them():
    made = both()
    found = seen(made, patient())
    assert found.patient == patient()
    assert found.old is not None
    assert found.old.values == {"scan": "now"}
    assert found.new is None
    found = seen(made, patient(fever="absent", age=10))
    assert (found.old and found.old.values, found.new and found.new.values) == ({"scan": "silent"}, {"scan": "silent"})


def test_each_patient_is_read_once_in_each_edition(monkeypatch: pytest.MonkeyPatch):
    asked: list[tuple[str, str]] = []

    def counted(name: str):
        whole = getattr(reference, name)

        def ask(edition, one):
            asked.append((name, "old" if edition is made.old else "new"))
            return whole(edition, one)

        return ask

    made = both()
    for name in ("reading_of", "constraints_hold"):
        monkeypatch.setattr(reference, name, counted(name))
    readings = Readings(made)
    old_age, young = (
        tuple(made.atoms.atom_of(name, one[name]) for name in made.atoms.inputs) for one in (patient(), patient(age=1))
    )
    for _ in range(2):
        assert readings.is_legal(made.old, old_age)
        assert not readings.is_legal(made.new, old_age)
        assert readings.value(made.old, old_age, ("scan", "")) == "now"
        assert readings.value(made.new, old_age, ("scan", "")) == "now"
        assert readings.value(made.new, old_age, ("visit", "")) == "not_covered"
        assert readings.patient(old_age)["fever"] == "present"
    assert readings.patient(old_age) is readings.patient(old_age)
    assert readings.value(made.new, young, ("scan", "")) == "silent"
    assert sorted(asked) == sorted(
        [("constraints_hold", "old"), ("constraints_hold", "new"), ("reading_of", "old")] + [("reading_of", "new")] * 2
    )
