"""The faults of the published ACP 2011 table, counted on the literal interpreter.

The hole and the overlaps of the printed rows, from the rules of `acp_as_printed@2011`, one patient at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from redflag_kit.model.condition import Value
from redflag_kit.model.guideline import Rule
from redflag_kit.semantics.literal import Patient, Reading, is_legal, read
from tests.content.library import ordinary_patient
from tests.shipped import guideline

TABLE = guideline("acp_as_printed@2011")
ROWS = TABLE.decisions[0].rules
EIGHT: dict[str, tuple[Value, Value]] = {
    "cancer_history": ("none", "malignancy"),
    "weight_loss": ("none", "unexplained"),
    "fever": ("absent", "present"),
    "iv_drug_use": ("absent", "present"),
    "urinary_retention_new": ("absent", "present"),
    "motor_deficit_progressive": ("absent", "present"),
    "osteoporosis": ("absent", "present"),
    "systemic_steroid": ("none", "short"),
}
"""One finding for each immediate row (two for infection), one weaker factor for cancer, two of the fracture row."""


def reading(**unusual: Value) -> Reading:
    """Return what the table says of an ordinary patient (trial open, never imaged) with these findings."""
    patient: Patient = {**ordinary_patient(TABLE.vocabulary), **unusual}
    assert is_legal(TABLE.constraints, patient)
    return read(TABLE, patient)


def everybody_without_a_finding() -> dict[tuple[int, str], tuple[str, ...]]:
    """Return, for every age from 18 to 95 and either sex with every finding negative, the rows that match."""
    return {
        (age, sex): reading(age_years=Fraction(age), sex=sex).fired
        for age, sex in product(range(18, 96), ("female", "male"))
    }


def combinations_of_eight() -> Iterator[tuple[set[str], Reading]]:
    """Yield, for each of the 256 combinations at 45, the rows that match and the reading."""
    for values in product(*EIGHT.values()):
        found = reading(age_years=Fraction(45), new_onset="present", **dict(zip(EIGHT, values, strict=True)))
        yield set(found.fired), found


def rule(rule_id: str) -> Rule:
    return next(row for row in ROWS if row.id == rule_id)


def test_sixty_six_of_156_ages_and_sexes_match_no_row_if_young_age_only_supports():
    everybody = everybody_without_a_finding()
    unmatched = [who for who, rows in everybody.items() if not set(rows) - {"P11-AS-YOUNG"}]
    assert (len(everybody), len(unmatched)) == (156, 66)
    assert {age for age, _ in unmatched} == set(range(18, 51))


def test_twenty_four_match_no_row_if_young_age_counts_alone():
    unmatched = [who for who, rows in everybody_without_a_finding().items() if not rows]
    assert len(unmatched) == 24
    assert {age for age, _ in unmatched} == {18, 19, *range(41, 51)}


def test_whoever_matches_no_row_falls_into_a_gap():
    assert {reading(age_years=Fraction(45)).values[o] for o in TABLE.outputs} == {"gap"}


def test_young_age_alone_defers_an_x_ray_for_everybody_from_20_to_40():
    young = {who for who, rows in everybody_without_a_finding().items() if rows == ("P11-AS-YOUNG",)}
    assert young == set(product(range(20, 41), ("female", "male")))
    assert reading(age_years=Fraction(30)).values["xray_lumbar"] == "after_trial"


def test_over_50_and_better_matches_both_the_deferred_x_ray_and_no_imaging():
    found = reading(
        age_years=Fraction(51),
        symptom_duration_days=Fraction(30),
        conservative_trial_days=Fraction(30),
        pain_course="improved",
    )
    assert found.fired == ("P11-WCA", "P11-NO1")
    assert found.values["xray_lumbar"] == found.values["imaging"] == "conflict"


def test_most_combinations_of_eight_findings_match_several_rows():
    assert len(list(combinations_of_eight())) == 256
    assert sum(len(rows) > 1 for rows, _ in combinations_of_eight()) == 231


def test_most_of_these_get_different_answers():
    several = [rows for rows, _ in combinations_of_eight() if len(rows) > 1]
    assert sum(len({rule(row).then for row in rows}) > 1 for rows in several) == 216


def test_the_engine_calls_exactly_these_a_conflict():
    assert sum("conflict" in found.values.values() for _, found in combinations_of_eight()) == 216


def test_under_first_match_104_get_an_x_ray_although_another_row_says_mri_now():
    wrong = 0
    for rows, _ in combinations_of_eight():
        says_mri_now = any(rule(row).writes("mri") == ("without_trial",) for row in rows)
        first = next((row for row in ROWS if row.id in rows), None)
        wrong += first is not None and bool(first.writes("xray_lumbar")) and says_mri_now
    assert wrong == 104


def test_the_table_as_printed_is_never_in_force():
    assert TABLE.status == "draft"
