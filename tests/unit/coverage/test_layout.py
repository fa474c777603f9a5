"""Layout, names of files and the order of rules change no number."""

from __future__ import annotations

from typing import Any

from redflag_kit.coverage.measure import measure
from redflag_kit.results.coverage import GuidelineCoverage
from tests.unit.coverage.worlds import measured, meeting
from tests.unit.evaluate.worlds import case, decision, library, rule

FIFTY = "parameters: {fifty: {value: 50 a, cite: BOOK, evidence: opinion}}\n"
FEVER = rule("R", "{all: [fever, {age: at_least fifty}]}", "{scan: now}")
COUGH = rule("S", "{any: [cough, numb]}", "{scan: soon}", "unless: [R]")
VIGNETTES = (
    case("V1", "{fever: present, age: 50 a, cough: absent}", "{outcomes: {scan: now}}"),
    case("V2", "{fever: absent, cough: present}", "{outcomes: {scan: soon}}"),
    case("V3", "{fever: present, cough: absent, numb: absent}", "{outcomes: {scan: undecided}}"),
)
WORLD: dict[str, Any] = {"findings": "fever cough numb age", "extra": FIFTY}


def facts(found: GuidelineCoverage) -> tuple[object, ...]:
    """Return everything but places, and ids of parts of conditions, which count them in their order."""
    items = {(one.kind, one.state, one.text, one.reason, one.note, one.vignette) for one in found.items}
    return found.totals, items


def test_the_order_of_rules_and_of_parts_changes_nothing():
    turned = FEVER.replace("[fever, {age: at_least fifty}]", "[{age: at_least fifty}, fever]")
    assert turned != FEVER
    one = measured(decision("d", FEVER, COUGH), vignettes=VIGNETTES, **WORLD)
    other = measured(
        decision("d", COUGH.replace("[cough, numb]", "[numb, cough]"), turned), vignettes=VIGNETTES, **WORLD
    )
    assert facts(one) == facts(other)
    assert any(item.state == "covered" for item in one.items)


def test_spelling_and_layout_change_nothing():
    spelled = FEVER.replace("{age: at_least fifty}", '{age: ">= fifty"}').replace(
        "[fever,", "[\n          fever,  # warm\n"
    )
    one = measured(decision("d", FEVER, COUGH), vignettes=VIGNETTES, **WORLD)
    other = measured(decision("d", spelled, COUGH), vignettes=VIGNETTES, **WORLD)
    assert facts(one) == facts(other)


def test_the_order_of_vignettes_changes_no_number():
    found = library(decision("d", FEVER, COUGH), vignettes="".join(VIGNETTES), **WORLD)
    ready, met = meeting(found.guidelines[0], [one for _, one in found.vignettes])
    assert measure(ready, met).totals == measure(ready, met[::-1]).totals
