"""Holes: what is not covered, with the patients who would."""

from __future__ import annotations

from fractions import Fraction

from redflag_kit.coverage.measure import holes
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.model.condition import Value
from tests.unit.coverage.worlds import meeting
from tests.unit.evaluate.worlds import case, decision, library, rule

PAIR = decision("d", rule("R", "{all: [fever, cough]}", "{scan: now}"))


def test_a_hole_has_every_patient_who_would_close_it():
    found = library(
        PAIR, findings="fever cough", vignettes=case("V", "{fever: present, cough: present}", "{outcomes: {scan: now}}")
    )
    ready, met = meeting(found.guidelines[0], [one for _, one in found.vignettes])
    fever, cough = (
        ready.diagrams.literal(name, 1 << ready.atoms.atom_of(name, "present")) for name in ("fever", "cough")
    )
    regions = {(one.item.kind, one.item.id): one.region for one in holes(ready, met)}
    assert regions["rules", "R missed"] == fever ^ cough
    assert regions["outputs", "scan=silent"] == ~(fever & cough)
    assert regions["conditions", "R 0 fails"] == cough - fever
    assert regions["unknowns", "fever"] is None
    assert ("rules", "R fires") not in regions
    assert [kind for kind, _ in regions].count("decisions") == 1
    assert [one for one in holes(ready, met, 1) if one.item.kind == "decisions"] == []


def test_what_nobody_can_show_is_no_hole():
    never = decision("d", rule("R", "{all: [fever, {not: fever}]}", "{scan: now}"))
    ready, met = meeting(library(never).guidelines[0], [])
    assert not [one for one in holes(ready, met) if one.item.id in ("R fires", "R missed", "scan=now")]


def test_every_patient_who_would_close_a_hole_is_legal():
    old = decision("d", rule("R", "{all: [fever, {age: at_least 50 a}]}", "{scan: now}"))
    tied = "{id: K, title: cough comes with fever, if: cough, then: fever}"
    ready, _ = meeting(library(old, findings="fever cough age", constraints=(tied,)).guidelines[0], [])
    regions = {(one.item.kind, one.item.id): one.region for one in holes(ready, [])}
    texts = {one.item.text: one.region for one in holes(ready, []) if one.item.kind == "decisions"}

    def literal(name: str, value: Value) -> BddRegion:
        return ready.diagrams.literal(name, 1 << ready.atoms.atom_of(name, value))

    fever, cough, legal = literal("fever", "present"), literal("cough", "present"), ready.meaning.legal
    fifty, more = literal("age", Fraction(50)), literal("age", Fraction(51))
    elder = ready.diagrams.whole
    for number in (40, 49):
        elder -= literal("age", Fraction(number))
    assert legal == ~(cough - fever)
    assert regions["rules", "R fires"] == texts["the scan: right now (by R)"] == legal & fever & elder
    assert texts["nothing is said (by d.otherwise)"] == legal - (fever & elder)
    assert regions["rules", "R missed"] == legal & ((elder - fever) | (fever - elder))
    assert regions["boundaries", "age 49|50: 50"] == fever & fifty
    assert regions["boundaries", "age 49|50: 51"] == fever & more & legal
    assert regions["outputs", "scan=silent"] == legal - (fever & elder)
    assert regions["conditions", "R 1 fails"] == fever - elder
