"""What each met expectation shows by itself."""

from __future__ import annotations

from redflag_kit.coverage.shown import shown
from redflag_kit.observe.effect import View
from tests.unit.coverage.worlds import meeting
from tests.unit.evaluate.worlds import case, decision, library, rule

TWO = decision("d", rule("R", "fever", "{scan: now}"), rule("S", "cough", "{likely: [flu]}"))


def test_each_vignette_looks_at_what_its_own_expectation_names():
    texts = (
        case("V1", "{fever: present, cough: unknown}", "{outcomes: {scan: now}, others: any}"),
        case("V2", "{fever: absent, cough: absent}", "{outcomes: silent}"),
        case("V3", "{fever: present, cough: absent}", "{outcomes: {scan: now}}"),
        case("V4", "{cough: present}", "{outcomes: {scan: undecided, likely: [flu]}}"),
    )
    found = library(TWO, covers="scan likely", vignettes="".join(texts))
    one, two, three, four = shown(*meeting(found.guidelines[0], [each for _, each in found.vignettes]))
    written, entailed = View.WRITTEN, View.ENTAILED
    assert [each.name for each in (one, two, three, four)] == ["V1", "V2", "V3", "V4"]
    assert one.looks == {(entailed, "scan")}
    assert two.looks == {(written, "scan"), (written, "likely")}
    assert three.looks == {(entailed, "scan"), (written, "likely")}
    assert four.looks == {(entailed, "likely")}
    assert [each.stated for each in (one, two)] == [{"fever"}, {"fever", "cough"}]
    assert [each.listed for each in (one, four)] == [set(), {("likely", "flu")}]
    assert [each.undecided for each in (one, four)] == [(), ("scan",)]
