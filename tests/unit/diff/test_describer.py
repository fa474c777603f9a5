"""How a region is put into words: in findings while that is short, else in rules, scopes and what both share."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redflag_kit.diff.changes import Change
from redflag_kit.diff.describe import INSIDE, OUTSIDE, Describer, describer, describer_by_search
from redflag_kit.diff.pair import pair, pair_by_search
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.logic.budget import NO_DEADLINE
from redflag_kit.model.condition import All, Any, AtLeast
from redflag_kit.model.guideline import Guideline
from redflag_kit.results.region import Region
from redflag_kit.wording.findings import bare_value
from tests.property.models import between, choice, decision, guideline, has, implies, number, rule, vocabulary, yes_no
from tests.unit.diff.small import SCAN, VISIT, diff, edition

MANY = tuple(yes_no(f"f{i}") for i in range(12))
OLD = edition(
    rule("A", AtLeast(9, tuple(has(one.id) for one in MANY)), {"scan": "now"}),
    rule("B", All((has("f0"), has("f1"))), {"scan": "soon"}),
    rule("C", AtLeast(3, tuple(has(one.id) for one in MANY)), {"visit": "now"}),
    findings=MANY,
    outputs=[SCAN, VISIT],
    version=1,
)
NEW = edition(
    rule("D", AtLeast(7, tuple(has(one.id) for one in MANY)), {"scan": "now"}),
    rule("E", AtLeast(2, tuple(has(one.id) for one in MANY[:4])), {"scan": "soon"}),
    rule("G", AtLeast(3, tuple(has(one.id) for one in MANY[:4])), {"visit": "now"}),
    findings=MANY,
    outputs=[SCAN, VISIT],
    scope=Any((has("f11"), has("f10"))),
    version=2,
)
NONE: frozenset[str] = frozenset()
SCANS = frozenset({"scan"})


def fires(describe: Describer[BddRegion]) -> dict[str, BddRegion]:
    return {**describe.pair.old.meaning.fires, **describe.pair.new.meaning.fires}


def told(describe: Describer[BddRegion], region: BddRegion) -> str:
    found = describe.told(region, describe.pair.legal, SCANS, (NONE, NONE))
    assert found.exact
    return found.text


def test_a_region_that_is_long_in_findings_is_told_in_rules_of_both_editions_and_their_scopes():
    describe = describer(pair(OLD, NEW))
    on = fires(describe)
    outside = describe.pair.legal - describe.pair.new.meaning.scope
    assert told(describe, on["A"] & on["D"]) == "in scope of 2.0.0 and A applies in 1.0.0"
    assert told(describe, on["A"] - on["D"] - on["E"]) == "out of scope of 2.0.0 and A applies in 1.0.0"
    assert told(describe, outside) == "no f10 and no f11"
    neither = describe.pair.legal - on["A"] - on["B"] - on["D"] - on["E"]
    assert told(describe, neither) == (
        "out of scope of 2.0.0 and none of B, A applies in 1.0.0; or in scope of 2.0.0 and none of E, D applies in"
        " 2.0.0"
    )


def test_alternatives_of_single_rules_are_named_together_before_the_others():
    describe = describer(pair(OLD, NEW))
    on = fires(describe)
    assert told(describe, on["A"] | on["D"]) == "A applies in 1.0.0; or D applies in 2.0.0"
    assert told(describe, on["D"] | on["E"] | on["A"] | on["B"]) == (
        "any of A, B applies in 1.0.0; or any of D, E applies in 2.0.0"
    )
    assert told(describe, (on["A"] & on["D"]) | (on["B"] & on["D"])) == (
        "in scope of 2.0.0 and A applies in 1.0.0; or B applies in 1.0.0 and D applies in 2.0.0"
    )


CUBES = {
    "a": ("old:A", ("applies",)),
    "b": ("old:B", ("applies",)),
    "not a": ("old:A", ("does not apply",)),
    "d": ("new:D", ("applies",)),
    "in": ("new:scope", (INSIDE,)),
    "out": ("new:scope", (OUTSIDE,)),
}


@pytest.mark.parametrize(
    ("cubes", "text"),
    [
        (["a"], "A applies in 1.0.0"),
        (["a in", "b in"], "any of A, B applies in 1.0.0; in each case in scope of 2.0.0"),
        (["not a in", "d in"], "D applies in 2.0.0; or A does not apply in 1.0.0; in each case in scope of 2.0.0"),
        (["a", "a in"], "A applies in 1.0.0; or in scope of 2.0.0 and A applies in 1.0.0"),
        (
            ["a b", "d out", "a d"],
            "A and B apply in 1.0.0; or out of scope of 2.0.0 and D applies in 2.0.0; or A applies in 1.0.0 and D"
            " applies in 2.0.0",
        ),
        (
            ["d a in", "b a in"],
            "B applies in 1.0.0; or D applies in 2.0.0; in each case in scope of 2.0.0 and A applies in 1.0.0",
        ),
        (["in", "out"], "in scope of 2.0.0; or out of scope of 2.0.0"),
        (["d", "b", "a"], "any of B, A applies in 1.0.0; or D applies in 2.0.0"),
    ],
)
def test_what_alternatives_in_rules_share_is_said_once(cubes: list[str], text: str):
    names = {**CUBES, "not": CUBES["not a"]}
    literals = [tuple(names[word] for word in cube.replace("not a", "not").split()) for cube in cubes]
    assert describer(pair(OLD, NEW))._gathered(literals) == text


def test_rules_are_kept_by_what_they_write_and_deciding_ones_longest():
    describe = describer(pair(OLD, NEW))
    both = describe.pair
    old = describe._rules(both.old, "old", SCANS, frozenset({"A"}))
    assert [(rank, column.name) for rank, column in old] == [
        ((3, 0), "old:A"),
        ((1, -1), "old:B"),
        ((0, -2), "old:C"),
        ((1, -3), "old:rest"),
        ((2, 0), "old:scope"),
    ]
    new = describe._rules(both.new, "new", frozenset({"visit"}), NONE)
    assert [(rank, column.name) for rank, column in new] == [
        ((0, 0), "new:D"),
        ((0, -1), "new:E"),
        ((1, -2), "new:G"),
        ((1, -3), "new:rest"),
        ((2, 0), "new:scope"),
    ]
    (no, without), (yes, with_d) = new[0][1].values
    assert (no, yes) == ("does not apply", "applies")
    assert (without, with_d) == (both.legal - both.new.meaning.fires["D"], both.legal & both.new.meaning.fires["D"])
    scope = both.new.meaning.scope
    assert new[-1][1].values == (("inside", both.legal & scope), ("outside", both.legal - scope))
    assert [column.name for _, column in describe._rules(both.old, "old", frozenset({"advice"}), NONE)] == ["old:scope"]


def test_deciding_rules_are_those_that_a_region_is_told_in_where_others_would_do():
    twice = edition(
        rule("A", AtLeast(9, tuple(has(one.id) for one in MANY)), {"scan": "now"}),
        rule("Z", AtLeast(9, tuple(has(one.id) for one in MANY)), {"scan": "now"}),
        findings=MANY,
    )
    describe = describer(pair(twice, replace(twice, scope=has("f0"))))
    region, legal = describe.pair.old.meaning.fires["A"], describe.pair.legal
    for deciding in ("A", "Z"):
        text = describe.told(region, legal, SCANS, (frozenset({deciding}), NONE)).text
        assert text == f"{deciding} applies in the old edition"
        change = Change(("scan", ""), "now", "silent", deciding, None, region)
        assert describe.mixed(change, legal).text == text
        back = Change(("scan", ""), "silent", "now", None, deciding, describe.pair.new.meaning.fires["A"])
        assert describe.mixed(back, legal).text == f"{deciding} applies in the new edition"


def test_both_scopes_are_the_context_of_what_is_told_within_them():
    describe = describer(pair(OLD, NEW))
    region = fires(describe)["A"] & describe.pair.new.meaning.scope
    assert describe.in_both_scopes(region, SCANS, (NONE, NONE)).text == "A applies in 1.0.0"
    assert describe.told(region, describe.pair.legal, SCANS, (NONE, NONE)).text == (
        "in scope of 2.0.0 and A applies in 1.0.0"
    )


def class_of(count: int) -> tuple[Guideline, Guideline]:
    asks = All(tuple(has(one.id) for one in MANY[:count]))
    old, new = (edition(rule("R", asks, {"scan": level}), findings=MANY) for level in ("now", "soon"))
    return old, new


def shown(old: Guideline, new: Guideline) -> Region:
    (one,) = diff(old, new).classes
    return one.region


@pytest.mark.parametrize(("count", "in_findings"), [(6, True), (7, False), (10, False), (11, False)])
def test_six_conditions_on_findings_are_short_and_seven_are_not(count: int, in_findings: bool):
    text = shown(*class_of(count)).text
    words = " and ".join(f"f{at}" for at in range(count)) if in_findings else "R applies in the new edition"
    assert text == f"in scope of both editions: {words}"


@pytest.mark.parametrize(("count", "in_findings"), [(10, True), (11, False)])
def test_short_conditions_are_looked_for_among_ten_findings_and_not_among_eleven(count: int, in_findings: bool):
    # Which of eleven findings decide is not looked at, though every one of them may be named in a short condition.
    describe = describer(pair(*class_of(count)))
    assert describe.few_findings(describe.pair.old.meaning.fires["R"]) is in_findings


def test_findings_that_scopes_and_constraints_read_are_not_counted_among_those_of_a_region():
    limits = [implies(has("f10"), has("f9"))]
    asks = All(tuple(has(one.id) for one in MANY))
    old, new = (
        edition(rule("R", asks, {"scan": level}), findings=MANY, constraints=limits, scope=has("f11"))
        for level in ("now", "soon")
    )
    describe = describer(pair(old, new))
    assert describe.few_findings(describe.pair.old.meaning.fires["R"])


@pytest.mark.parametrize(("count", "in_findings"), [(3, True), (4, False)])
def test_three_alternatives_in_findings_are_short_and_four_are_not(count: int, in_findings: bool):
    asks = Any(tuple(has(one.id) for one in MANY[:count]))
    old, new = (edition(rule("R", asks, {"scan": level}), findings=MANY) for level in ("now", "soon"))
    words = "; or ".join(f"f{at}" for at in reversed(range(count))) if in_findings else "R applies in the new edition"
    assert shown(old, new).text == f"in scope of both editions: {words}"


def test_short_alternatives_in_findings_say_once_what_they_share():
    asks = All((has("f0"), Any((has("f1"), has("f2")))))
    old, new = (edition(rule("R", asks, {"scan": level}), findings=MANY) for level in ("now", "soon"))
    describe = describer(pair(old, new))
    region = describe.pair.old.meaning.fires["R"]
    found = describe.told(region, describe.pair.legal, SCANS, (NONE, NONE))
    assert found.text == "f2; or f1; in each case f0"
    assert [cube.words for cube in found.cubes] == [("f0", "f2"), ("f0", "f1")]


def test_values_are_shown_as_they_are_said_and_numbers_as_they_are_counted():
    pain = choice("pain", ["none", "mild", "severe"])
    dose = number("dose", 0, 10)
    asks = All((has("pain", "severe", "mild"), Any((between("dose", 2, 2), between("dose", 4, 6)))))
    old, new = (edition(rule("R", asks, {"scan": one}), findings=[pain, dose]) for one in ("now", "soon"))
    (cube,) = shown(old, new).cubes
    assert dict(cube.literals)["pain"] == ("mild", "severe")
    assert dict(cube.literals)["dose"] == ("2", "4..6")


def test_editions_are_called_by_version_unless_that_does_not_tell_them_apart_and_guidelines_by_name():
    same, other = class_of(11)
    later = replace(other, version=edition(version=2).version)
    stranger = replace(later, id="strange")
    texts = [shown(same, one) for one in (other, later, stranger)]
    assert [one.text.partition(": ")[2] for one in texts] == [
        "R applies in the new edition",
        "R applies in 2.0.0",
        "R applies in strange@2.0.0",
    ]
    assert [one.cubes[0].literals[-1][0] for one in texts] == ["R (new)", "R (new)", "R (strange@2.0.0)"]


def test_a_class_of_one_editions_patients_is_told_among_those_it_allows():
    tied = [implies(has("f0"), has("f1")), implies(has("f2"), has("f3"))]
    old, new = (edition(findings=MANY[:4], constraints=limits, covers=["scan"]) for limits in (tied[:1], tied))
    assert shown(old, new).text == "f2 and no f3"
    assert shown(new, old).text == "f2 and no f3"


def test_one_witness_is_read_once_however_many_regions_have_it():
    describe = describer(pair(OLD, NEW))
    on = fires(describe)
    assert describe.witness(on["A"]) is describe.witness(on["A"] & on["C"])
    assert describe.witness(on["A"]).patient != describe.witness(on["B"]).patient
    assert describe.witness(on["B"]).patient == {
        one.id: "present" if one.id in ("f0", "f1") else "absent" for one in MANY
    }


def test_a_class_found_by_search_is_told_in_rules_however_few_findings_it_reads():
    describe = describer_by_search(pair_by_search(*class_of(2), NO_DEADLINE))
    region = describe.pair.old.meaning.fires["R"]
    assert describe.told(region, describe.pair.legal, SCANS, (NONE, NONE)).text == "R applies in the new edition"
    assert describe.in_findings(region, describe.pair.legal, 3).text == "f0 and f1"


def test_what_is_cut_off_says_so_in_rules_too(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("redflag_kit.diff.describe.MAX_TOLD_CUBES", 1)
    describe = describer(pair(OLD, NEW))
    on = fires(describe)
    found = describe.told(on["A"] | on["D"], describe.pair.legal, SCANS, (NONE, NONE))
    assert (found.exact, len(found.cubes)) == (False, 1)
    assert found.text == "D applies in 2.0.0; and more"


def test_a_class_is_told_among_the_patients_of_both_scopes_whom_both_editions_allow():
    # Everybody with f0 has f1, so f1 need not be said of the patients who change.
    tied = [implies(has("f0"), has("f1"))]
    old, new = (
        edition(rule("R", has("f0"), {"scan": level}), findings=MANY[:2], constraints=tied) for level in ("now", "soon")
    )
    assert shown(old, new).text == "in scope of both editions: f0"


def test_rules_of_every_table_that_writes_an_output_are_told_and_of_no_other():
    asks = [rule("V", has("f0"), {"visit": "now"}), rule("S", has("f1"), {"scan": "now"})]
    made = guideline(
        vocabulary(MANY[:2], [SCAN, VISIT]),
        [decision(f"d{one.id}", [one], [rule(f"rest{one.id}")]) for one in asks],
    )
    describe = describer(pair(made, made))
    rules = describe._rules(describe.pair.old, "old", SCANS, NONE)
    assert [column.name for _, column in rules] == ["old:S", "old:restS", "old:scope"]


def test_values_are_shown_in_the_words_of_their_finding():
    pain = replace(choice("pain", ["none", "mild", "severe"]), says=(("mild", "a little pain"),))
    old, new = (edition(rule("R", has("pain", "mild"), {"scan": one}), findings=[pain]) for one in ("now", "soon"))
    (cube,) = shown(old, new).cubes
    assert dict(cube.literals)["pain"] == (bare_value(pain, "mild"),)
    assert cube.words == ("a little pain",)


@pytest.mark.parametrize("name", ["old", "new"])
def test_a_finding_may_be_called_like_a_side(name: str):
    old, new = (edition(rule("R", has(name), {"scan": one}), findings=[yes_no(name)]) for one in ("now", "soon"))
    (cube,) = shown(old, new).cubes
    assert dict(cube.literals)[name] == ("present",)
    assert cube.words == (name,)


def test_a_scope_of_one_edition_is_read_whatever_the_rules_say():
    asks = All(tuple(has(one.id) for one in (*MANY[:10], MANY[11])))
    old, new = (edition(rule("R", asks, {"scan": "now"}), findings=MANY, scope=scope) for scope in (has("f11"), None))
    for made in (pair(old, new), pair(new, old)):
        describe = describer(made)
        assert describe.few_findings(made.old.meaning.holds["R"])
