"""`check` arranged for a page: what is gravest comes first, nothing comes twice, models are not called patients."""

import json
import re

import pytest

from redflag_kit.__main__ import main
from redflag_kit.report import html, markdown
from redflag_kit.report.check_view import editions_of, faults, messages, property_rows, shown_properties, verdict_words
from redflag_kit.report.text import Style
from redflag_kit.report.text_check import render as text_render
from tests.unit.cli.command_lines import ROOT

PLANTED = ROOT / "tests" / "data" / "planted"


def result_of(folder, *arguments):
    path = folder / "result.json"
    main(["check", *arguments, "--quiet", "--report", f"json={path}"])
    return json.loads(path.read_text("utf-8"))


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    return result_of(tmp_path_factory.mktemp("shipped"), "--project", str(ROOT), "--budget", "600")


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    files = [str(PLANTED / f"{name}.dmn") for name in ("gap", "masked_first", "conflict_any")]
    return result_of(tmp_path_factory.mktemp("models"), *files)


@pytest.mark.parametrize("render", [html.render, markdown.render])
def test_a_page_of_models_has_models_and_values_and_nothing_of_guidelines(models, render):
    page = render(models)
    assert "Faults of the tables" in page
    assert "conflict_any" in page.replace("\\", "")
    for word in ("Guidelines", "Safety properties", "assumptions hide", "Patients", "patients:"):
        assert word not in page


def test_a_fault_of_a_model_has_its_place_and_is_no_message_as_well(models):
    found = faults(models)
    assert [one.data["severity"] for one in found] == ["error", "error", "warning"]
    assert all(one.places and one.data["guideline"] in one.places[0] for one in found)
    assert messages(models) == []


def test_two_models_with_the_same_fault_keep_their_own_places(models):
    twice = json.loads(json.dumps(models))
    for key in ("diagnostics", "findings"):
        one = next(o for o in (twice if key == "diagnostics" else twice["check"])[key] if o["code"] == "RF301")
        other = json.loads(json.dumps(one).replace("gap.dmn", "other.dmn"))
        other["guideline"] = "other"
        (twice if key == "diagnostics" else twice["check"])[key].insert(0, other)
    twice["check"]["models"].append({"name": "other", "path": str(PLANTED / "other.dmn")})
    places = {one.data["guideline"]: one.places[0] for one in faults(twice) if one.data["code"] == "RF301"}
    assert places["other"].startswith(str(PLANTED / "other.dmn"))
    assert places["gap"].startswith(str(PLANTED / "gap.dmn"))


def test_the_verdict_names_known_violations_and_assumptions_that_hide(shipped):
    words = verdict_words(shipped)
    assert words.startswith("Passed: no errors and no warnings; ")
    assert "known violations of safety properties" in words
    assert "hide a more urgent outcome" in words


def test_every_result_of_a_property_is_in_one_row_of_it(shipped):
    found = shipped["check"]["properties"]
    rows = property_rows(shipped["check"])
    assert [row.data["id"] for row in rows] == list(dict.fromkeys(one["id"] for one in found))
    assert sum(len(names) for row in rows for _, names in row.results) == len(found)


def test_what_is_refuted_comes_before_what_is_documented(shipped):
    found = json.loads(json.dumps(shipped["check"]))
    last = [one for one in found["properties"] if one["known"]][-1]
    last["known"] = None
    assert shown_properties(found)[0] == last


def reasons_in(page, shipped):
    known = [one["known"] for one in shipped["check"]["properties"] if one["known"]]
    return [one["cite"][0] in page and one["reason"][:12].split('"')[0] in page for one in known]


def test_a_page_gives_every_known_violation_with_its_reason(shipped):
    assert all(reasons_in(html.render(shipped), shipped))


def test_markdown_gives_known_violations_with_their_reasons_and_counts_the_rest(shipped):
    page = markdown.render(shipped)
    left_out = reasons_in(page, shipped).count(False)
    more = re.search(r"\*\*(\d+) more results of properties in the full report", page)
    assert left_out <= (int(more[1]) if more else 0)


def test_the_text_gives_every_known_violation_with_its_patient(shipped):
    page = text_render(shipped, Style(400))
    for one in shipped["check"]["properties"]:
        if one["known"] and one["counterexample"]:
            assert f"{editions_of(one)}: {one['counterexample']['text']}" in page


def test_what_was_not_decided_is_in_the_markdown(models):
    undecided = {
        **models,
        "not_decided": [{"question": "gap of Decide", "established": "no overlap", "budget": "1 s"}],
    }
    assert "| gap of Decide | no overlap | 1 s |" in markdown.render(undecided)


def test_a_flood_of_one_fault_is_cut_and_counted_on_a_terminal(models):
    one = next(o for o in models["diagnostics"] if o["code"] == "RF303")
    flood = {**models, "diagnostics": [{**one, "line": line} for line in range(1, 101)]}
    page = text_render(flood, Style(400))
    assert page.count(" error RF303 conflicting-outputs\n") == 40
    assert f"… 60 more RF303 conflicting-outputs in {one['file']} (--report html=FILE has all)" in page
    assert "100 errors in 1 file" in page


@pytest.mark.parametrize("render", [html.render, markdown.render])
def test_a_page_never_says_none_of_what_was_not_decided(models, render):
    question = {"question": "gap of Decide", "established": "no overlap", "budget": "1 s"}
    nothing = {**models, "diagnostics": [], "not_decided": [question], "status": "undecided"}
    page = render({**nothing, "check": {**models["check"], "findings": []}})
    assert "None found so far; not everything was decided." in page
    assert "in order" not in page
    assert page.index("gap of Decide") < page.index("Faults of the tables")
