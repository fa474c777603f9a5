"""Items that no change class shows: guidelines, assumptions, what is in force, and settings of the gate."""

from dataclasses import replace

import pytest

from redflag_kit.gate.items import class_items, setting_items, worst_first
from redflag_kit.gate.settings import DEFAULT_ROLES, GateSettings
from redflag_kit.gate.settings_changes import setting_changes
from tests.story.project import GUIDELINE, VIGNETTES, VOCABULARY, edited, throat
from tests.unit.gate.sides import items

BEFORE = throat()
SECOND = f"{GUIDELINE.removesuffix('1.yaml')}2.yaml"
ASSUMES = "    on_unknown: {assume: absent, reason: drooling would have been noted, evidence: opinion, cite: BOOK}\n"
OTHER = {
    **BEFORE,
    GUIDELINE.replace("throat/1", "throat/other"): BEFORE[GUIDELINE].replace("id: throat\n", "id: other\n"),
}


def with_second(*edits, first=(), **changes):
    """Return the project with a second edition beside the first."""
    files = edited(BEFORE, GUIDELINE, *first)
    text = edited(BEFORE, GUIDELINE, ("version: 1.0.0", "version: 2.0.0"), ("2024-01-31", "2025-01-31"), *edits)
    return {**files, SECOND: text[GUIDELINE], **changes}


def told(old, new, at=None):
    return [(one.kind, one.sentence) for one in items(old, new, at)]


def test_nothing_changed_is_nothing_to_sign():
    assert items(BEFORE, BEFORE) == []


def test_a_guideline_without_a_predecessor_is_signed_as_it_is():
    found = items(BEFORE, OTHER)
    said = "the guideline `other@1.0.0` is new, and no earlier edition is there to compare it with"
    assert [(one.kind, one.guideline, one.sentence) for one in found] == [("guideline-added", "other", said)]
    reworded = {path: text.replace("title: A high fever", "title: Fever") for path, text in OTHER.items()}
    changed = {path: text.replace("7 d, cite", "8 d, cite") for path, text in OTHER.items()}
    assert items(BEFORE, reworded)[0].fingerprint == found[0].fingerprint
    assert (
        items(BEFORE, {**BEFORE, **{k: v for k, v in changed.items() if "other" in k}})[0].fingerprint
        != found[0].fingerprint
    )


def test_a_guideline_that_is_gone_is_signed():
    found = items(OTHER, BEFORE)
    assert told(OTHER, BEFORE) == [("guideline-removed", "the guideline `other@1.0.0` is taken away")]
    assert found[0].roles == found[0].missing == ("clinical-safety",)


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([(ASSUMES, "")], "nothing known of drooling: taken as `absent` before, to be asked now (throat@1.0.0)"),
        (
            [("{assume: absent, reason: d", "{assume: present, reason: d")],
            "nothing known of drooling: taken as `absent` before, taken as `present` now (throat@1.0.0)",
        ),
    ],
)
def test_an_assumption_that_differs_is_told_with_both_policies(edits, expected):
    assert told(BEFORE, edited(BEFORE, VOCABULARY, *edits)) == [("assumption-changed", expected)]


def test_another_reason_for_an_assumption_is_no_other_assumption():
    assert told(BEFORE, edited(BEFORE, VOCABULARY, ("drooling would have been noted", "it is seen"))) == []


def test_an_assumption_on_a_finding_that_no_edition_reads_is_none():
    unread = edited(BEFORE, GUIDELINE, ("{any: [stridor, drooling]}", "stridor"))
    assert told(unread, edited(unread, VOCABULARY, (ASSUMES, ""))) == []


def test_the_order_of_assumptions_is_told_where_nothing_else_of_them_differs():
    text = BEFORE[VOCABULARY]
    stridor = '  stridor: {type: yes_no, clean: absent, ask: "Is there a noise when breathing in?"}\n'
    longer = (
        "  stridor:\n    type: yes_no\n    clean: absent\n    ask: Is there a noise when breathing in?\n"
        "    on_unknown: {assume: absent, reason: it is heard, evidence: opinion, cite: BOOK}\n"
    )
    one = {**BEFORE, VOCABULARY: text.replace(stridor, longer)}
    two = {**BEFORE, VOCABULARY: text.replace(stridor, "").replace("scales:\n", f"{longer}scales:\n")}
    said = "assumptions are made in another order, and of two that clash the first wins (throat@1.0.0)"
    assert told(one, two) == [("assumption-changed", said)]


def test_an_edition_that_is_retired_no_longer_counts():
    after = edited(BEFORE, GUIDELINE, ("status: active", "status: retired\nwithdrawn: 2025-01-01"))
    said = "no edition counts now where throat@1.0.0 of throat counted before: seeing a doctor, a throat swab"
    assert told(BEFORE, after) == [("in-force-changed", said)]
    assert told(BEFORE, after, "2024-06-01") == []
    assert told(BEFORE, after, "2025-06-01") == [("in-force-changed", said)]


def test_a_draft_that_becomes_active_counts_newly():
    draft = edited(BEFORE, GUIDELINE, ("status: active", "status: draft"))
    (found,) = items(draft, BEFORE)
    assert (
        found.sentence
        == "throat@1.0.0 counts now where no edition of throat counted before: seeing a doctor, a throat swab"
    )


def test_a_new_edition_that_is_compared_with_the_one_it_replaces_explains_itself():
    assert told(BEFORE, with_second()) == []


def test_an_older_edition_that_counts_again_is_told():
    both = with_second()
    back = with_second(("status: active", "status: draft"))
    said = "throat@1.0.0 counts now where throat@2.0.0 of throat counted before: seeing a doctor, a throat swab"
    assert told(both, back) == [("in-force-changed", said)]


def test_an_output_that_the_next_edition_adds_or_drops_is_shown_by_the_pair():
    narrower = ("covers: [review, swab]", "covers: [review]")
    without = BEFORE[GUIDELINE][BEFORE[GUIDELINE].index("  - id: swabbing") :]
    files = with_second(narrower, (without, ""))
    dropped = {**files, SECOND: files[SECOND].replace("covers: [review]", "covers: [review]\nsupersedes: [swab]")}
    dropped[VIGNETTES] = dropped[VIGNETTES].replace(", swab: silent", "")
    assert [one for one in told(dropped, {**dropped}) if one[0] == "in-force-changed"] == []
    assert [one for one in told(BEFORE, dropped) if one[0] == "in-force-changed"] == []
    added = {
        **dropped,
        GUIDELINE.replace("1.yaml", "3.yaml"): with_second()[SECOND].replace("2.0.0", "3.0.0").replace("2025", "2026"),
    }
    assert [one for one in told(dropped, added) if one[0] == "in-force-changed"] == []


def test_a_guideline_that_is_new_or_gone_is_not_told_twice():
    assert [one[0] for one in told(BEFORE, OTHER)] == ["guideline-added"]
    assert [one[0] for one in told(OTHER, BEFORE)] == ["guideline-removed"]


def test_what_counts_is_bound_to_what_it_says():
    retired = ("status: active", "status: retired")
    changed = edited(BEFORE, GUIDELINE, ("value: 7 d", "value: 8 d"))
    one = items(BEFORE, edited(BEFORE, GUIDELINE, retired))[0]
    two = items(changed, edited(changed, GUIDELINE, retired))[0]
    assert one.sentence == two.sentence
    assert one.fingerprint != two.fingerprint


def test_a_relaxed_setting_is_signed_by_the_roles_of_both_sides():
    old = GateSettings(roles={**DEFAULT_ROLES, "settings_relaxed": ("owner",)}, min_vignettes=5)
    new = GateSettings(fail_on="info")
    found = list(setting_items(setting_changes(old, new), old, new))
    assert [(one.sentence, one.roles) for one in found] == [
        ("the setting `min_vignettes` of the gate lets more through: 5 before, 1 now", ("owner", "clinical-safety")),
        (
            "the setting `roles.settings_relaxed` of the gate lets more through: owner before, clinical-safety now",
            ("owner", "clinical-safety"),
        ),
    ]


def test_a_kind_that_asks_for_no_role_is_listed_and_not_required():
    settings = GateSettings(roles={**DEFAULT_ROLES, "settings_relaxed": ()}, min_vignettes=1)
    (found,) = setting_items(setting_changes(replace(settings, min_vignettes=2), settings), settings, settings)
    assert (found.state, found.missing) == ("not_required", ())


def test_items_are_listed_worst_first_and_each_once():
    found = items(OTHER, edited(BEFORE, VOCABULARY, (ASSUMES, "")))
    assert [one.kind for one in worst_first([*reversed(found), *found])] == ["guideline-removed", "assumption-changed"]


def test_no_diff_means_no_class_to_sign():
    assert list(class_items((), GateSettings())) == []
