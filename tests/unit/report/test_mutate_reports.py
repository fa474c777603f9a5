"""Mutants as text, Markdown and HTML: every survivor with who gets another outcome, every exemption with its reason."""

import pytest

from redflag_kit.report.formats import render
from redflag_kit.report.mutate_view import killers, listed, next_step, percent, totals_words
from redflag_kit.report.text import Style
from tests.mutated import EVIL, mutated


def test_the_numbers_of_each_guideline_stand_in_a_line():
    lines = render(mutated(), "text").splitlines()
    assert lines[0].split() == ["proved", "not"]
    assert lines[1].split() == ["guideline", "mutants", "killed", "equal", "exempted", "survived", "decided", "score"]
    assert lines[2].split() == ["throat@1.0.0", "6", "2", "1", "1", "1", "1", "50", "%"]
    assert lines[4].split() == ["all", "7", "2", "1", "1", "2", "1", "40", "%"]


def test_the_line_of_all_is_left_out_where_there_is_one_guideline():
    result = mutated()
    del result["mutate"]["guidelines"][1]
    assert "\nall " not in render(result, "text")


def test_a_narrow_page_has_sentences():
    text = render(mutated(), "text", Style(40))
    assert text.startswith("throat@1.0.0: 6 mutants, 2 killed, 1\n  equivalent, 1 exempted")


def test_a_long_name_stands_above_its_numbers():
    result = mutated()
    result["mutate"]["guidelines"][0]["guideline"] = "a_name_that_is_long@2026.0.0"
    lines = render(result, "text").splitlines()
    assert lines[2] == "a_name_that_is_long@2026.0.0"
    assert lines[3].split() == ["6", "2", "1", "1", "1", "1", "50", "%"]


def test_a_survivor_is_told_with_its_place_and_who_gets_what():
    text = render(mutated(), "text")
    part = text[text.index("✘ survived: drooling is no sign of the airway") :]
    assert part.splitlines()[1:3] == ["  throat@2.0.0, guidelines/vocabulary.yaml:2:5", "  value-removed, id f-shared"]
    assert "  patient  stridor; " in part
    assert "  changes  review: now → says nothing" in part


def test_a_witness_that_leaves_something_open_is_a_case():
    result = mutated()
    result["mutate"]["mutants"][1]["witness"]["complete"] = False
    assert "  case     stridor; " in render(result, "text")


@pytest.mark.parametrize(
    ("show", "states"),
    [
        ("survived", ["survived", "survived", "not_decided", "exempted"]),
        ("killed", ["exempted", "killed", "killed"]),
        ("equivalent", ["exempted", "equivalent"]),
        ("exempted", ["exempted"]),
        ("all", ["survived", "survived", "not_decided", "exempted", "equivalent", "killed", "killed"]),
        ("", ["survived", "survived", "not_decided", "exempted"]),
    ],
)
def test_what_is_asked_for_is_listed_worst_first_and_the_exempted_always(show, states):
    assert [one["state"] for one in listed(mutated(show))] == states


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_every_report_gives_the_reason_of_an_exemption(form):
    assert "nobody is so old" in render(mutated("killed"), form)


def test_the_killers_of_a_mutant_are_named_as_far_as_there_is_room():
    assert "  by       V-AIR, V-WEEK" in render(mutated("killed"), "text")
    assert killers({"killed_by": list("abcdefg")}) == "a, b, c, d, e and 2 more"
    assert killers({"killed_by": list("abcde")}) == "a, b, c, d, e"


def test_a_floor_that_is_missed_or_open_is_told_with_the_guidelines():
    result = mutated(floor="0.9")
    result["mutate"]["guidelines"][1]["floor"] = "open"
    text = render(result, "text")
    assert "✘ below the floor: 90 % is not reached by throat@1.0.0\n" in text
    assert "? floor not decided: 90 % by throat@2.0.0\n" in text


def test_the_next_step_names_the_guidelines_with_survivors():
    assert (
        render(mutated(), "text")
        .rstrip()
        .endswith("redflag suggest throat@1.0.0 throat@2.0.0 drafts vignettes that notice them")
    )


def test_all_noticed_is_said_only_where_nothing_survived_or_is_open():
    result = mutated()
    for one in result["mutate"]["mutants"]:
        one["state"] = "killed"
    for state in ("survived", "not_decided"):
        result["mutate"]["totals"][state] = 0
    text = render(result, "text")
    assert "✔ all noticed: 7 mutants, 2 killed" in text
    assert "redflag suggest" not in text
    result["mutate"]["totals"]["not_decided"] = 1
    assert "✘ not all noticed" in render(result, "text")


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_a_report_on_what_changed_says_since_when(form):
    assert "v1.2" in render(mutated(changed="v1.2"), form)


@pytest.mark.parametrize(
    ("score", "words"), [("0.9931", "99.31 %"), ("1", "100 %"), ("0", "0 %"), ("0.5", "50 %"), (None, "–")]
)
def test_a_score_is_a_percentage(score, words):
    assert percent(score) == words


def test_totals_name_the_states_that_occur():
    totals = {"mutants": 1, "killed": 0, "equivalent": 1, "exempted": 0, "survived": 0, "not_decided": 0}
    assert totals_words(totals | {"score": None}) == "1 mutant, 1 equivalent; nothing left to kill"


def test_no_text_of_a_guideline_becomes_markup_in_the_page():
    page = render(mutated(), "html")
    assert EVIL not in page
    assert "<img" not in page
    assert page.count("<script") == 4


def test_a_refused_request_has_a_page_as_well():
    refused = mutated() | {"mutate": None, "status": "not_loaded"}
    assert "Nothing could be loaded" in render(refused, "html")
    assert "Nothing could be loaded" in render(refused, "markdown")
    assert render(refused, "text")


def test_the_next_step_is_about_all_guidelines_where_many_have_survivors():
    result = mutated()
    survivors = [one for one in result["mutate"]["mutants"] if one["state"] == "survived"]
    for number in range(2):
        result["mutate"]["mutants"].append(survivors[0] | {"guideline": f"other@{number}"})
    assert next_step(result) == "redflag suggest"
    result["mutate"]["mutants"].pop()
    assert next_step(result) == "redflag suggest throat@1.0.0 throat@2.0.0 other@0"


def test_the_columns_move_together_before_a_name_is_put_above_its_numbers():
    result = mutated()
    result["mutate"]["guidelines"][0]["guideline"] = "acp_as_printed@2011.0.0"
    lines = render(result, "text").splitlines()
    assert lines[2].split()[0] == "acp_as_printed@2011.0.0"
    assert len(lines[2].split()) == 9
