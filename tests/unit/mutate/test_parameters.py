"""Numbers that are declared once, and the names that stand for them."""

from dataclasses import replace
from fractions import Fraction

import pytest

from redflag_kit.diagnostics.span import NOWHERE
from redflag_kit.model.condition import Range
from redflag_kit.model.evidence import Parameter
from redflag_kit.mutate.apply import apply
from redflag_kit.mutate.mutants import mutants
from redflag_kit.mutate.swapping import given_by
from redflag_kit.terms.units import convert
from tests.unit.evaluate.worlds import decision, guideline, rule, score
from tests.unit.mutate.told import PARAMETERS, ids, mutant, told


def test_a_parameter_is_wrong_for_all_its_uses_and_a_name_at_one() -> None:
    made = guideline(
        decision(
            "d",
            rule("R1", "{age: above old}", "{scan: soon}"),
            rule("R2", "{age: child to old}", "{scan: later}"),
            rule("R3", "{temp: at_least hot}", "{scan: later}"),
            rule("R4", "{days: below long}", "{scan: later}"),
        ),
        findings="age temp days",
        extra=PARAMETERS,
    )
    assert told(made, "threshold", "bound", "unit", "swap") == {
        "parameter old:threshold-narrowed": ("50 a", "51 a", "old: 51 years instead of 50 years"),
        "parameter old:threshold-widened": ("50 a", "49 a", "old: 49 years instead of 50 years"),
        "parameter old:unit-slipped:x10": ("50 a", "500 a", "old: 500 years instead of 50 years"),
        "parameter child:threshold-widened": ("16 a", "15 a", "child: 15 years instead of 16 years"),
        "parameter child:unit-slipped:per10": ("16 a", "1.6 a", "child: 1.6 years instead of 16 years"),
        "parameter hot:threshold-narrowed": ('"100 [degF]"', '"101.3 [degF]"', "hot: 101.3 °F instead of 100 °F"),
        "parameter hot:threshold-widened": ('"100 [degF]"', '"99.5 [degF]"', "hot: 99.5 °F instead of 100 °F"),
        "parameter long:threshold-narrowed": ("2 wk", "13 d", "long: 13 days instead of 2 weeks"),
        "parameter long:unit-slipped:per10": ("2 wk", "0.2 wk", "long: 0.2 weeks instead of 2 weeks"),
        "R1:bound-closed:age": ("above old", "at_least old", "age: at least 50 years instead of over 50 years"),
        "R1:parameter-swapped:age:child": ("above old", "above child", "age: over 16 years instead of over 50 years"),
        "R2:bound-opened:age": (
            "child to old",
            '"(child..old]"',
            "age: over 16 years and at most 50 years instead of 16 to 50 years",
        ),
        "R2:bound-opened:age:2": (
            "child to old",
            '"[child..old)"',
            "age: at least 16 years and under 50 years instead of 16 to 50 years",
        ),
        "R2:parameter-swapped:age:old": ("child to old", "old", "age: 50 years instead of 16 to 50 years"),
        "R2:parameter-swapped:age:child": ("child to old", "child", "age: 16 years instead of 16 to 50 years"),
        "R4:bound-closed:days": ("below long", "at_most long", "duration: at most 14 days instead of under 14 days"),
    }


def test_a_parameter_moves_to_the_nearest_number_that_moves_some_limit() -> None:
    uses = rule("R1", "{temp: at_least hot}", "{scan: soon}"), rule("R2", "{temp: at_most hot}", "{scan: later}")
    for rules in (uses, uses[::-1]):
        made = guideline(decision("d", *rules), findings="temp", extra=PARAMETERS)
        found = {one.replacement for one in mutants(made) if one.id.startswith("parameter hot:threshold")}
        assert found == {'"100.4 [degF]"', '"99.5 [degF]"'}  # 38.0 and 37.5 Cel, on either side of 37.8


def test_a_parameter_that_is_moved_aside_counts_as_wider() -> None:
    made = guideline(decision("d", rule("R1", "{age: old}", "{scan: soon}")), findings="age", extra=PARAMETERS)
    assert {name: texts[1] for name, texts in told(made, "parameter old:threshold").items()} == {
        "parameter old:threshold-widened": "51 a",
        "parameter old:threshold-widened:2": "49 a",
    }


def test_the_name_of_a_parameter_is_told_as_words() -> None:
    made = guideline(
        decision("d", rule("R1", "{age: at_least very_old}", "{scan: soon}")),
        findings="age",
        extra="parameters:\n  very_old: {value: 80 a, cite: BOOK, evidence: supported}\n",
    )
    one = mutant(made, "parameter very_old:threshold-widened")
    assert one.sentence == "very old: 79 years instead of 80 years"


def test_faults_of_numbers_that_many_rules_use_are_of_no_rule_and_of_the_kind_that_their_id_names() -> None:
    made = guideline(
        score("s", "{when: fever, points: 1}, {when: cough, points: 2}", "{low: 0 to 1, high: 2 to 3}"),
        decision("d", rule("R1", "{s: high}", "{scan: soon}"), rule("R2", "{age: above old}", "{scan: later}")),
        findings="fever cough age",
        extra=PARAMETERS,
    )
    found = [one for one in mutants(made) if one.id.startswith(("parameter ", "score "))]
    assert {one.id.partition(" ")[0] for one in found} == {"parameter", "score"}
    for one in found:
        assert one.rule == ""
        assert one.id.split(":")[1] == one.operator.value


def test_numbers_of_the_vocabulary_are_wrong_in_derived_findings_alone() -> None:
    written = guideline(
        decision("d", rule("R1", "senior", "{scan: soon}"), rule("R2", "{age: above 20 a}", "{scan: later}")),
        findings="age",
        extra=PARAMETERS + "definitions:\n  senior: {age: above old}\n",
    )
    words = replace(written.vocabulary, parameters=written.parameters)
    made = replace(written, definitions={}, parameters=dict(written.parameters), vocabulary=words)
    assert {one.rule for one in mutants(made) if one.id.startswith(("derived", "vocabulary"))} == {""}
    homes = {one.partition(":")[0] for one in ids(made, ":")}
    assert homes >= {"vocabulary parameter old", "derived senior"}
    assert not [one for one in homes if one.startswith("parameter")]
    assert (
        told(made, "senior:parameter-swapped", "vocabulary parameter old:unit").items()
        >= {
            "derived senior:parameter-swapped:age:child": (
                "above old",
                "above child",
                "senior: age: over 16 years instead of over 50 years",
            ),
            "vocabulary parameter old:unit-slipped:per10": ("50 a", "5 a", "old: 5 years instead of 50 years"),
        }.items()
    )


@pytest.mark.parametrize(
    ("own", "unit", "given"),
    [("1", "1", True), ("a", "a", True), ("1", "%", False), ("%", "1", True), ("wk", "d", True)],
)
def test_a_bare_number_does_not_stand_for_one_with_a_unit(own: str, unit: str, given: bool) -> None:
    one = Range(Fraction(1), Fraction(9), low_written="low", high_written="high")
    other = Parameter("other", Fraction(50), own, "", "", "", NOWHERE)
    for end in ("low", "high"):
        found = given_by(one, end, other, unit)
        assert (found is not None) == given
        if found is not None:
            written = (found.low_written, found.high_written)
            assert written == (("other", "high") if end == "low" else ("low", "other"))
            value = convert(Fraction(50), own, unit)
            assert (found.low, found.high) == ((value, Fraction(9)) if end == "low" else (Fraction(1), value))


def test_a_parameter_is_not_swapped_for_itself_where_its_uses_say_another_number() -> None:
    made = guideline(decision("d", rule("R1", "{age: at_least old}", "{scan: soon}")), findings="age", extra=PARAMETERS)
    edited = [apply(made, one.edit) for one in mutants(made) if one.id.startswith("parameter old")]
    assert len(edited) == 2
    for one in (made, *edited):
        assert not ids(one, "swapped:age:old")
    assert any(ids(one, "swapped:age:child") for one in edited)
