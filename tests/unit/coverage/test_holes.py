"""Holes: what is not covered, with the patients who would."""

from __future__ import annotations

from redflag_kit.coverage.measure import holes
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
