"""Safeguards that a change takes away: each asks for a signature; rewording, reordering and renaming do not."""

import pytest

from tests.story.project import GUIDELINE, HAZARDS, PROPERTIES, VIGNETTES, VOCABULARY, edited, throat
from tests.unit.gate.sides import items, sentences

BEFORE = throat()
WITHOUT_WEEK = (
    BEFORE[VIGNETTES][BEFORE[VIGNETTES].index("  - id: V-WEEK") : BEFORE[VIGNETTES].index("  - id: V-CHILD")],
    "",
)
KNOWN = """    then: {review: now}
    known:
      - {guideline: throat@1, where: drooling, reason: made up, cite: [BOOK]}
"""
WAIVER = """    waive:
      - {check: RF306, rules: [T-AIR], reason: made up}
    rules:
      - id: T-AIR
"""
OTHER_CONTROL = "      other: [a nurse listens]\n"


def lost(path, *edits):
    return items(BEFORE, edited(BEFORE, path, *edits))


@pytest.mark.parametrize(
    ("path", "edits", "expected"),
    [
        (VIGNETTES, [WITHOUT_WEEK], "the vignette `V-WEEK` is taken away"),
        (VIGNETTES, [("days: 7 d", "days: 8 d")], "the patient of the vignette `V-WEEK` is another than before"),
        (
            VIGNETTES,
            [("{review: now, swab: silent}", "{swab: silent}")],
            "the vignette `V-AIR` no longer expects review now of throat@1.0.0",
        ),
        (
            VIGNETTES,
            [("{review: this_week, swab: silent}", "{review: undecided, swab: silent}")],
            "the vignette `V-WEEK` no longer expects review this_week of throat@1.0.0",
        ),
        (
            VIGNETTES,
            [("        because: [T-AIR]\n", "")],
            "the vignette `V-AIR` no longer expects the reason T-AIR in throat@1.0.0",
        ),
        (
            VIGNETTES,
            [("{outcomes: out_of_scope}", "{outcomes: {review: out_of_scope}}")],
            "the vignette `V-CHILD` no longer expects every covered output out_of_scope of throat@1.0.0",
        ),
        (
            VOCABULARY,
            [('exudate: {type: yes_no, clean: absent, ask: "Is there', 'exudate: {type: yes_no, ask: "Is there')],
            "vignettes that do not mention exudate take it as `nothing` now, as `absent` before",
        ),
        (PROPERTIES, [("when: stridor", "when: drooling")], "what the safety property `P-AIR` claims is changed"),
        (
            PROPERTIES,
            [("then: {review: now}", "then: {review: at_least today}")],
            "what the safety property `P-AIR` claims is changed",
        ),
        (
            PROPERTIES,
            [("applies_to: all", "applies_to: in_force")],
            "the safety property `P-AIR` is about fewer guidelines than before",
        ),
        (
            PROPERTIES,
            [("    then: {review: now}\n", KNOWN)],
            "a violation of the safety property `P-AIR` by throat@1 is accepted as known",
        ),
        (
            HAZARDS,
            [("      vignettes: [V-AIR]\n", "")],
            "the hazard `H-AIR` is no longer controlled by the vignette `V-AIR`",
        ),
        (
            HAZARDS,
            [("severity: {is: major", "severity: {is: minor")],
            "the risk of the hazard `H-AIR` without controls is judged 1 acceptable now, 2 undesirable before",
        ),
    ],
)
def test_a_safeguard_that_is_taken_away_is_told_once(path, edits, expected):
    found = lost(path, *edits)
    assert sentences(found) == [expected]
    assert all((one.kind, one.roles, one.state) == ("safeguard-relaxed", ("clinical-safety",), "open") for one in found)


@pytest.mark.parametrize(
    ("path", "edits"),
    [
        (VIGNETTES, [("A week of pain", "Seven days of pain"), ("has had a sore throat", "has had a bad throat")]),
        (VIGNETTES, [("id: V-WEEK", "id: V-SEVEN"), ("reason: row c", "reason: the third row")]),
        (VIGNETTES, [("{age_years: 40 a, days: 7 d, temperature_c", "{days: 7 d, age_years: 40 a, temperature_c")]),
        (VIGNETTES, [("{review: now, swab: silent}", "{swab: silent, review: now}")]),
        (VIGNETTES, [("days: 7 d", "days: 1 wk")]),
        (
            PROPERTIES,
            [("A closing airway is seen", "Who has a closing airway is seen"), ("the airway closes", "no air")],
        ),
        (HAZARDS, [("title: The airway closes", "title: The airway shuts"), ("effect: Death", "effect: Dying")]),
        (GUIDELINE, [("title: The airway may be closing", "title: The airway closes, perhaps")]),
    ],
)
def test_rewording_reordering_and_renaming_take_no_safeguard_away(path, edits):
    assert lost(path, *edits) == []


def test_a_violation_that_was_known_before_is_not_told_again():
    known = edited(BEFORE, PROPERTIES, ("    then: {review: now}\n", KNOWN))
    assert items(known, edited(known, PROPERTIES, ("reason: made up", "reason: it is so"))) == []
    assert items(known, BEFORE) == []


def test_a_claim_that_is_written_differently_counts_as_changed():
    same = ("    when: stridor\n    then: {review: now}\n", "    always: {any: [{not: stridor}, {review: now}]}\n")
    assert sentences(lost(PROPERTIES, same)) == ["what the safety property `P-AIR` claims is changed"]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("[throat@1, throat@2]", "[throat@2, throat@1]", False),
        ("throat@1", "[throat@1, throat@2]", False),
        ("throat@1", "all", False),
        ("[throat@1, throat@2]", "throat@1", True),
        ("throat@1", "in_force", True),
        ("all", "throat", True),
    ],
)
def test_a_property_may_be_about_more_and_not_about_fewer_guidelines(before, after, told):
    second = edited(BEFORE, GUIDELINE, ("version: 1.0.0", "version: 2.0.0"), ("2024-01-31", "2025-01-31"))[GUIDELINE]
    both = {**BEFORE, GUIDELINE.replace("1.yaml", "2.yaml"): second}
    old, new = (edited(both, PROPERTIES, ("applies_to: all", f"applies_to: {one}")) for one in (before, after))
    said = "the safety property `P-AIR` is about fewer guidelines than before"
    assert sentences(items(old, new)) == ([said] if told else [])


def test_clean_values_matter_only_to_vignettes_that_leave_something_clean():
    plain = {**BEFORE, VIGNETTES: BEFORE[VIGNETTES].replace("    unmentioned: absent\n", "")}
    plain[VIGNETTES] = plain[VIGNETTES].replace("swab: silent", "swab: undecided")
    changed = edited(plain, VOCABULARY, ("exudate: {type: yes_no, clean: absent, ask", "exudate: {type: yes_no, ask"))
    assert items(plain, changed) == []


def test_a_property_that_is_gone_takes_itself_away_and_as_a_control():
    files = edited(BEFORE, HAZARDS, ("      properties: [P-AIR]\n", ""))
    del files[PROPERTIES]
    assert sentences(items(BEFORE, files)) == [
        "the safety property `P-AIR` is taken away",
        "the hazard `H-AIR` is no longer controlled by the property `P-AIR`",
    ]


def test_a_hazard_log_that_is_gone_takes_its_hazards_away():
    files = edited(BEFORE, PROPERTIES, ("    hazards: [H-AIR]\n", ""))
    del files[HAZARDS]
    assert sentences(items(BEFORE, files)) == ["the hazard `H-AIR` is taken away"]


def test_a_renamed_vignette_or_property_goes_on_to_control_a_hazard():
    files = edited(BEFORE, VIGNETTES, ("id: V-AIR", "id: V-NOISE"))
    files = edited(files, PROPERTIES, ("id: P-AIR", "id: P-AIRWAY"))
    files = edited(files, HAZARDS, ("[V-AIR]", "[V-NOISE]"), ("[P-AIR]", "[P-AIRWAY]"))
    assert items(BEFORE, files) == []


def test_a_control_in_words_is_its_words():
    one = edited(BEFORE, HAZARDS, ("      vignettes: [V-AIR]\n", f"      vignettes: [V-AIR]\n{OTHER_CONTROL}"))
    two = edited(one, HAZARDS, ("a nurse listens", "a nurse asks"))
    assert items(BEFORE, one) == []
    said = "the hazard `H-AIR` is no longer controlled by the measure `a nurse listens`"
    assert sentences(items(one, two)) == sentences(items(one, BEFORE)) == [said]


def test_a_control_rule_that_is_no_longer_named_is_told():
    files = edited(BEFORE, HAZARDS, ("      rules: {throat: [T-AIR]}\n", "      rules: {throat: [T-FEVER]}\n"))
    said = "the hazard `H-AIR` is no longer controlled by the rule `T-AIR of throat@1.0.0`"
    assert sentences(items(BEFORE, files)) == [said]


def test_a_fault_that_is_newly_accepted_is_told_once_and_not_again():
    files = edited(BEFORE, GUIDELINE, ("    rules:\n      - id: T-AIR\n", WAIVER))
    said = "throat@1.0.0 accepts a fault of its tables: RF306 masked-rule of T-AIR"
    assert sentences(items(BEFORE, files)) == [said]
    assert items(files, files) == []
    reworded = edited(files, GUIDELINE, ("T-AIR], reason: made up", "T-AIR], reason: because it is"))
    assert items(files, reworded) == []
    assert items(BEFORE, files)[0].fingerprint == items(BEFORE, reworded)[0].fingerprint


def test_another_edition_beside_the_old_one_may_take_over_its_vignettes():
    second = edited(BEFORE, GUIDELINE, ("version: 1.0.0", "version: 1.1.0"))[GUIDELINE]
    files = {**BEFORE, GUIDELINE.replace("1.yaml", "1-1.yaml"): second.replace("2024-01-31", "2025-01-31")}
    assert items(BEFORE, files) == []  # `throat@1` means the new edition now


def test_a_draft_beside_an_edition_does_not_take_over_its_vignettes():
    second = edited(BEFORE, GUIDELINE, ("version: 1.0.0", "version: 1.1.0"), ("status: active", "status: draft"))
    files = {**BEFORE, GUIDELINE.replace("1.yaml", "1-1.yaml"): second[GUIDELINE].replace("2024-01-31", "2025-01-31")}
    found = sentences(items(BEFORE, files))  # `throat@1` means the draft now
    assert [one[:29] for one in found] == [
        f"the vignette `V-{name}` no longer"[:29] for name in ("AIR", "WEEK", "CHILD")
    ]


def test_what_was_expected_of_an_edition_that_is_gone_goes_with_it():
    second = edited(BEFORE, GUIDELINE, ("id: throat\n", "id: other\n"))[GUIDELINE]
    both = {**BEFORE, GUIDELINE.replace("throat/1", "throat/other"): second}
    both[VIGNETTES] = both[VIGNETTES].replace("throat@1:", "other@1:", 1)
    both = edited(both, HAZARDS, ("      vignettes: [V-AIR]\n", ""))
    found = items(
        both, {path: text for path, text in both.items() if "other" not in path} | {VIGNETTES: BEFORE[VIGNETTES]}
    )
    assert sentences(found) == ["the guideline `other@1.0.0` is taken away"]


def test_an_expectation_still_to_be_filled_in_protects_nobody():
    waiting = edited(BEFORE, VIGNETTES, ("{review: now, swab: silent}", "{review: TODO, swab: silent}"))
    said = "the vignette `V-AIR` no longer expects review now of throat@1.0.0"
    assert sentences(items(BEFORE, waiting)) == [said]
    assert items(waiting, BEFORE) == []


def test_the_same_loss_has_the_same_fingerprint_and_another_one_has_not():
    gone = lost(VIGNETTES, WITHOUT_WEEK)[0]
    reworded = edited(BEFORE, VIGNETTES, ("A week of pain", "Seven days"))
    again = items(reworded, edited(BEFORE, VIGNETTES, WITHOUT_WEEK))[0]
    other = lost(VIGNETTES, ("{review: now, swab: silent}", "{swab: silent}"))[0]
    assert gone.fingerprint == again.fingerprint != other.fingerprint
