"""Every part of a condition, of a rule and of a score knows where it was written."""

from __future__ import annotations

import pytest

from redflag_kit.diagnostics.span import NOWHERE, Span
from redflag_kit.model.condition import (
    All,
    Any,
    AtLeast,
    Condition,
    Named,
    NumberTest,
    OutputTest,
    ScoreTest,
    WordTest,
    members,
)
from redflag_kit.source.conditions import read_condition, size
from redflag_kit.source.names import Faults, Names
from tests.unit.evaluate.worlds import decision, guideline, rule, score
from tests.unit.source.reading import node_of

GUIDELINE = guideline(
    score("s", "{when: fever, points: 1}, {when: cough, points: 2}", "{low: 0 to 1, high: 2 to 3}"),
    decision("d", rule("R1", "fever", "{scan: soon, visit: now}", "unless: [R2], overrides: [R3]"),
             rule("R2", "cough", "{scan: now}"), rule("R3", "numb", "{scan: later}")),
    findings="fever cough numb pain age temp worry",
    covers="scan visit",
    extra="parameters:\n  old: {value: 50 a, cite: BOOK, evidence: supported}\n"
    "definitions: {ill: {any: [fever, {age: above old}]}}\n"
    "on_unknown: {age: {assume: 40, reason: common, evidence: opinion}, worry: ask}\n",
)  # fmt: skip


def read(text: str) -> Condition:
    names = Names(
        findings=GUIDELINE.vocabulary.findings,
        parameters=GUIDELINE.parameters,
        definitions=dict(GUIDELINE.definitions),
        sizes={name: size(one) for name, one in GUIDELINE.definitions.items()},
        outputs=GUIDELINE.outputs,
        scores={one.id: one.bands for one in GUIDELINE.scores},
    )
    found = read_condition(node_of(text), names, Faults())
    assert found is not None
    return found


def at(text: str, span: Span) -> str:
    lines = text.split("\n")[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column - 1]
    return "\n".join([lines[0][span.column - 1 :], *lines[1:]])


def parts(text: str) -> list[str]:
    """Return the text at the place of every part that stands in the text itself, in reading order."""

    def walk(condition: Condition) -> list[str]:
        inner = () if isinstance(condition, Named) else members(condition)
        return [at(text, condition.span), *(found for one in inner for found in walk(one))]

    return walk(read(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("always", ["always"]),
        ("fever", ["fever"]),
        ("{pain: mild}", ["{pain: mild}"]),
        ("ill", ["ill"]),
        ("{not: fever}", ["{not: fever}", "fever"]),
        ("{all: [fever, {pain: mild}]}", ["{all: [fever, {pain: mild}]}", "fever", "{pain: mild}"]),
        ("{any: [fever, cough]}", ["{any: [fever, cough]}", "fever", "cough"]),
        (
            "{at_least: {n: 1, of: [fever, ill]}}",
            ["{at_least: {n: 1, of: [fever, ill]}}", "fever", "ill"],
        ),
        (
            "{pain: mild, not: fever, scan: at_least soon, s: low}",
            [
                "{pain: mild, not: fever, scan: at_least soon, s: low}",
                "pain: mild",
                "not: fever",
                "fever",
                "scan: at_least soon",
                "s: low",
            ],
        ),
        (
            "any:\n  - fever\n  - pain: mild\n    age: above old\n",
            [
                "any:\n  - fever\n  - pain: mild\n    age: above old",
                "fever",
                "pain: mild\n    age: above old",
                "pain: mild",
                "age: above old",
            ],
        ),
    ],
)
def test_every_part_has_its_place(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{pain: [mild, severe]}", "[mild, severe]"),
        ("{age: above old}", "above old"),
        ("{scan: at_least soon}", "at_least soon"),
        ("{s: low}", "low"),
        ("{s: at_least 2}", "at_least 2"),
    ],
)
def test_what_stands_after_the_finding_has_a_place_of_its_own(text: str, expected: str) -> None:
    found = read(text)
    assert isinstance(found, WordTest | NumberTest | OutputTest | ScoreTest)
    assert at(text, found.test_span) == expected


def test_words_of_groups_and_counts_have_places() -> None:
    text = "{all: [{any: [fever, cough]}, {at_least: {n: 2, of: [fever, cough, numb]}}]}"
    found = read(text)
    assert isinstance(found, All)
    one, other = found.members
    assert isinstance(one, Any)
    assert isinstance(other, AtLeast)
    assert [at(text, span) for span in (found.word_span, one.word_span, other.n_span)] == ["all", "any", "2"]


def test_a_map_of_findings_has_no_word_and_a_bare_finding_no_test() -> None:
    found = read("{fever: present, pain: mild}")
    assert isinstance(found, All)
    assert found.word_span == NOWHERE
    bare = read("fever")
    assert isinstance(bare, WordTest)
    assert bare.test_span == NOWHERE


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("{age: at_least old}", "old", ""),
        ("{age: below 60 a}", "", "60 a"),
        ("{age: 20 a to old}", "20 a", "old"),
        ("{age: '(20 a..old]'}", "20 a", "old"),
        ("{age: '>  old'}", "old", ""),
        ("{age: is_not old}", "old", "old"),
    ],
)
def test_a_limit_keeps_the_text_that_gave_it(text: str, low: str, high: str) -> None:
    found = read(text)
    assert isinstance(found, NumberTest)
    (one,) = found.ranges
    assert (one.low_written, one.high_written) == (low, high)


def test_a_test_of_bands_names_them() -> None:
    low, two = read("{s: [low, high]}"), read("{s: at_least 2}")
    assert isinstance(low, ScoreTest)
    assert isinstance(two, ScoreTest)
    assert (low.bands, two.bands) == (("low", "high"), ())


def test_places_and_spelling_take_no_part_in_comparisons() -> None:
    assert read("  {any: [fever, cough]}") == read("{any: [fever, cough]}")
    assert hash(read("{age: above old}")) == hash(read(" {age: above old}"))


def test_a_definition_has_the_places_where_it_is_written() -> None:
    found = read("{not: ill}")
    (named,) = members(found)
    assert isinstance(named, Named)
    assert (named.span.line, named.span.column) == (1, 7)
    assert named.meaning.span.file == "g/g.yaml"


def columns(span: Span) -> int:
    assert span.file == "g/g.yaml"
    return span.end_column - span.column


def test_what_a_rule_says_has_its_places() -> None:
    first, second, _ = GUIDELINE.decisions[0].rules
    places = first.places
    assert [columns(one.span) for one in first.then] == [len("scan: soon"), len("visit: now")]
    assert [columns(one.values_span) for one in first.then] == [len("soon"), len("now")]
    assert columns(places.then) == len("{scan: soon, visit: now}")
    assert [columns(one) for one in (*places.unless, *places.overrides)] == [2, 2]
    assert columns(places.whole) == len(
        rule("R1", "fever", "{scan: soon, visit: now}", "unless: [R2], overrides: [R3]")
    )
    assert (second.places.unless, second.places.overrides) == ((), ())


def test_scores_parameters_policies_and_decisions_have_theirs() -> None:
    (made,) = GUIDELINE.scores
    assert [columns(one.span) for one in made.points] == [1, 1]
    assert [columns(one.whole) for one in made.points] == [len("{when: fever, points: 1}")] * 2
    assert columns(made.bands_span) == len("{low: 0 to 1, high: 2 to 3}")
    assert columns(GUIDELINE.parameters["old"].value_span) == len("50 a")
    assert columns(GUIDELINE.decisions[0].policy_span) == len("COLLECT")
    assert columns(GUIDELINE.assume["age"].whole) == len("{assume: 40, reason: common, evidence: opinion}")
    assert GUIDELINE.own_policies == ("age", "worry")
    assert GUIDELINE.policies_span.end_column > GUIDELINE.policies_span.column


def test_a_score_without_bands_and_a_guideline_without_policies_have_no_place_for_them() -> None:
    plain = guideline(score("s", "{when: fever, points: 1}"), decision("d", rule("R1", "{s: 1}", "{scan: soon}")))
    assert plain.scores[0].bands_span == NOWHERE
    assert (plain.own_policies, plain.policies_span) == ((), NOWHERE)
