from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from redflag_kit.diagnostics.span import NOWHERE
from redflag_kit.model.condition import Range
from redflag_kit.model.vignette import Expectation, Expected, Stated, Vignette
from redflag_kit.suggest.draft import drafted
from redflag_kit.suggest.naming import narrative, reference, title, vignette_id, worth_naming
from tests import shipped

FINDINGS = shipped.guideline("acp@2011").vocabulary.findings


def word(finding: str, value: str) -> Stated:
    return Stated(finding, frozenset({value}))


def number(finding: str, value: int | str) -> Stated:
    return Stated(finding, ranges=(Range(Fraction(value), Fraction(value)),))


def named(*stated: Stated, taken: tuple[str, ...] = ()) -> str:
    return vignette_id("acp@2011", worth_naming(stated, FINDINGS), FINDINGS, taken)


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ((word("fever", "present"),), "acp-2011-fever"),
        ((word("new_onset", "absent"),), "acp-2011-no-new-onset"),
        ((word("cancer_history", "malignancy"),), "acp-2011-cancer-history-malignancy"),
        ((number("age_years", 55),), "acp-2011-age-years-55"),
        ((number("body_temp_c", "38.5"),), "acp-2011-body-temp-c-38.5"),
        ((Stated("fever", unknown=True),), "acp-2011-fever-unknown"),
        ((number("age_years", 40), word("fever", "absent")), "acp-2011-ordinary"),
        ((), "acp-2011-ordinary"),
    ],
)
def test_a_draft_is_named_after_what_is_special(stated: tuple[Stated, ...], name: str) -> None:
    assert named(*stated) == name


def test_what_is_not_normal_comes_before_what_has_no_normal_value() -> None:
    stated = (number("age_years", 55), word("fever", "present"), Stated("sex", unknown=True))
    assert [one.finding for one in worth_naming(stated, FINDINGS)] == ["fever", "sex", "age_years"]


def test_a_finding_with_a_normal_value_is_ordinary_by_that_and_not_by_its_example() -> None:
    findings = {"fever": replace(FINDINGS["fever"], example="present")}
    stated = (word("fever", "present"), word("fever", "absent"))
    assert worth_naming(stated, findings) == stated[:1]


def test_three_findings_make_a_name_and_the_rest_is_counted_in_the_title() -> None:
    stated = tuple(word(name, "present") for name in ("fever", "iv_drug_use", "recent_infection", "foot_drop"))
    assert named(*stated) == "acp-2011-fever-iv-drug-use-recent-infection"
    assert title(stated, FINDINGS) == "Fever, injecting drug use, recent infection and 1 more"
    assert title(stated[:3], FINDINGS) == "Fever, injecting drug use, recent infection"
    assert title((), FINDINGS) == "Nothing out of the ordinary"


def test_a_name_that_is_taken_gets_a_number() -> None:
    fever = word("fever", "present")
    assert named(fever, taken=("acp-2011-fever",)) == "acp-2011-fever-2"
    assert named(fever, taken=("acp-2011-fever", "acp-2011-fever-2")) == "acp-2011-fever-3"


def test_a_name_is_short_enough_to_be_an_id() -> None:
    long = {name: replace(FINDINGS["fever"], id=name) for name in ("a" * 40, "b" * 40, "c" * 20)}
    found = vignette_id("acp@2011", [word(name, "present") for name in long], long, ())
    assert found == f"acp-2011-{'a' * 40}-{'c' * 20}"


@pytest.mark.parametrize(("length", "named_so"), [(66, True), (67, False)])
def test_a_name_leaves_room_for_a_number_at_its_end(length: int, named_so: bool) -> None:
    name = "a" * length
    found = vignette_id("acp@2011", [word(name, "present")], {name: replace(FINDINGS["fever"], id=name)}, ())
    assert found == ("acp-2011-" + name if named_so else "acp-2011")
    assert len(found) <= 75


def test_a_narrative_says_what_is_known_and_what_was_not_assessed() -> None:
    told = narrative("acp@2011", (word("fever", "present"), Stated("foot_drop", unknown=True)), FINDINGS)
    assert told == (
        "A drafted patient, nobody's story: fever. Not assessed: foot drop. What is not mentioned is normal, or makes "
        "no difference to what acp@2011 says now."
    )
    both = (Stated("foot_drop", unknown=True), Stated("fever", unknown=True), word("reduced_anal_tone", "present"))
    assert "story: reduced anal tone on examination. Not assessed: foot drop; fever. What" in narrative(
        "acp@2011", both, FINDINGS
    )
    assert "Not assessed" not in narrative("acp@2011", (word("fever", "present"),), FINDINGS)
    assert "story: nothing out of the ordinary." in narrative("acp@2011", (), FINDINGS)


def test_a_guideline_is_named_by_as_little_of_its_version_as_means_it_alone() -> None:
    every = shipped.editions().values()
    names = {one.name: reference(one, every) for one in every}
    assert names["acp@2011.0.0"] == "acp@2011"
    assert names["red_flags@2026.1.0"] == "red_flags@2026.1"
    acp = shipped.guideline("acp@2011")
    later = replace(acp, version=replace(acp.version, text="2011.0.1", parts=(2011, 0, 1)))
    assert reference(acp, (acp, later)) == "acp@2011.0.0"


def test_a_draft_waits_for_its_outcomes_and_says_where_it_comes_from() -> None:
    acp, stated = shipped.guideline("acp@2011"), (word("fever", "present"),)
    listed = drafted(acp, "acp@2011", stated, ("mri", "esr"), ("acp-2011-fever",))
    waiting = (Expected("mri", "TODO", todo=True), Expected("esr", "TODO", todo=True))
    assert listed == Vignette(
        id="acp-2011-fever-2",
        title="Fever",
        source="suggested by redflag",
        narrative=narrative("acp@2011", stated, FINDINGS),
        tags=("suggested",),
        findings=stated,
        fill_clean=True,
        truth="",
        expectations=(Expectation("acp", "2011", waiting, None, (), "", True, NOWHERE),),
        todo=False,
        span=NOWHERE,
    )
    whole = drafted(acp, "acp@2011", stated, (), ()).expectations
    assert whole == (Expectation("acp", "2011", (), Expected("", "TODO", todo=True), (), "", True, NOWHERE),)
