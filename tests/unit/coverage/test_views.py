"""What vignettes can look at: per output and element, where it has which value."""

from __future__ import annotations

from itertools import combinations

from redflag_kit.coverage.views import views
from redflag_kit.evaluate.engine import engine
from redflag_kit.observe.effect import View
from tests.unit.evaluate.worlds import decision, guideline, rule

MADE = guideline(
    decision("d", rule("R", "fever", "{scan: now, likely: [flu]}"), rule("S", "cough", "{any_test: soon}")),
    covers="scan likely any_test",
    scope="{numb: absent}",
)


def test_the_values_of_an_output_part_the_patients():
    ready = engine(MADE)
    found = views(ready)
    for tables in found.of.values():
        for table in tables:
            assert not any(region.is_empty() for region in table.regions)
            assert all((one & other).is_empty() for one, other in combinations(table.regions, 2))
            everybody = ready.diagrams.empty
            for region in table.regions:
                everybody |= region
            assert everybody == ready.diagrams.whole


def test_a_set_has_a_table_for_each_element_and_one_for_its_statuses():
    found = views(engine(MADE))
    counts = {name: len(found.of[View.WRITTEN, name]) for name in ("scan", "likely", "any_test")}
    assert counts == {"scan": 1, "likely": 4, "any_test": 1}
    assert {len(table.regions) for table in found.of[View.WRITTEN, "likely"][:1]} == {3}  # listed, silent, out of scope


def test_what_is_seen_is_told_once_and_in_a_fixed_order():
    found = views(engine(MADE))
    assert found.outcomes() == {(View.ENTAILED, name) for name in ("scan", "likely", "any_test")}
    seen = found.seen(found.outcomes())
    assert len(set(seen)) == len(seen)
    assert seen == found.seen(sorted(found.outcomes(), reverse=True))
