"""Tables without a rule, or with two rules as one, and whether that changes an outcome."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from redflag_kit.analyse.mergeable import merged_table
from redflag_kit.analyse.what_if import changes_nothing, without
from redflag_kit.compile.expression import ALWAYS
from redflag_kit.evaluate.engine import engine
from redflag_kit.model.guideline import HitPolicy
from tests.subjects import subject_of
from tests.unit.analyse.tables import HIGH, LOW, row, size, table
from tests.unit.evaluate.worlds import decision, guideline, rule

A, C = row("a", size(0, 3)), row("c", size(2, 5), HIGH)
B, REST = row("b", size(1, 4), LOW, ("a", "c")), row("rest", ALWAYS, LOW, ("a",))
TABLE = table([A, B, C], HitPolicy.UNIQUE, (REST,))


def test_without_a_rule_nothing_is_suppressed_by_it():
    assert without(TABLE, "a") == replace(
        TABLE,
        rows=(replace(B, suppressed_by=("c",)), C),
        otherwise=(replace(REST, suppressed_by=()),),
        guard_order=("b", "c"),
    )
    assert without(TABLE, "rest") == replace(TABLE, otherwise=())
    assert without(replace(TABLE, otherwise=None), "c") == replace(
        TABLE, rows=(A, replace(B, suppressed_by=("a",))), otherwise=None, guard_order=("a", "b")
    )


def test_of_two_rules_that_become_one_the_other_is_gone():
    new = replace(A, when=size(0, 5))
    assert merged_table(TABLE, new, "c") == replace(
        TABLE, rows=(new, replace(B, suppressed_by=("a",))), guard_order=("a", "b")
    )


NOW, SOON = rule("NOW", "fever", "{scan: now}"), rule("SOON", "{all: [fever, cough]}", "{scan: soon}")
READS = decision("e", rule("V", "{scan: at_least soon}", "{visit: now}"))


@pytest.mark.parametrize(
    ("tables", "gone", "options", "same"),
    [
        ([decision("d", NOW, SOON)], "SOON", {}, True),
        ([decision("d", NOW, SOON)], "NOW", {}, False),
        ([decision("d", NOW, SOON, policy="FIRST")], "SOON", {}, True),
        ([decision("d", SOON, NOW, policy="FIRST")], "SOON", {}, False),
        ([decision("d", NOW, SOON, policy="UNIQUE")], "SOON", {}, False),
        ([decision("d", NOW)], "NOW", {"scope": "{not: fever}"}, True),
        ([decision("d", NOW)], "NOW", {"constraints": ["{id: K, title: K, if: fever, then: {not: fever}}"]}, True),
        # The scan is covered by nobody: what counts is what the visit reads of it.
        ([decision("d", NOW, rule("LATE", "numb", "{scan: later}")), READS], "LATE", {"covers": "visit"}, True),
        ([decision("d", NOW, rule("ALSO", "numb", "{scan: soon}")), READS], "ALSO", {"covers": "visit"}, False),
        ([decision("d", NOW, rule("LATE", "numb", "{scan: later}")), READS], "LATE", {"covers": "scan visit"}, False),
        ([decision("d", NOW, rule("OVER", "cough", "{scan: later}", "overrides: [NOW]"))], "OVER", {}, False),
        ([decision("d", NOW, otherwise=[rule("REST", "cough", "{scan: later}")])], "REST", {}, False),
        ([decision("d", NOW, otherwise=[rule("REST", "fever", "{scan: later}")])], "REST", {}, True),
    ],
)
def test_dropping_a_rule_changes_nothing_exactly_if_no_covered_output_changes(
    tables: list[str], gone: str, options: dict[str, Any], same: bool
):
    if options.get("covers") == "visit":
        tables = [one.replace("scan", "risk") for one in tables]
        options = {**options, "extra": "outputs: {risk: {scale: urgency}}\n"}
    subject = subject_of(engine(guideline(*tables, **options)))
    changed = without(subject.compiled.tables[0], gone)
    assert changes_nothing(subject, changed, subject.care) is same
    assert changes_nothing(subject, changed, subject.holds[gone]) is same
