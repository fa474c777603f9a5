"""`redflag diff --guidelines`: which guidelines are meant, what is asked, exit codes, and what the reports show."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from redflag_kit.__main__ import main
from redflag_kit.diff.across import Across, compare_all
from redflag_kit.logic.budget import Budget
from redflag_kit.report.formats import render
from redflag_kit.report.json import Result, to_json
from redflag_kit.report.text import Style, record
from redflag_kit.results.across import AcrossBody
from redflag_kit.results.envelope import Envelope, NotDecided
from redflag_kit.workflow import across as part
from redflag_kit.workflow.across import across
from redflag_kit.workflow.envelope import UsageError
from tests.shipped import ROOT, project
from tests.unit.report.test_html_attacks import Page, poisoned

AMPLE = Budget(seconds=3600)


@cache
def everything() -> Envelope:
    return across(project(), (), budget=AMPLE)


@cache
def result() -> Result:
    return to_json(everything())


def body(envelope: Envelope) -> AcrossBody:
    assert isinstance(envelope.body, AcrossBody)
    return envelope.body


def two(*references: str, outputs: tuple[str, ...] = (), **options: Any) -> Envelope:
    return across(project(), references, outputs, budget=AMPLE, **options)


def test_without_names_every_guideline_in_force_is_compared_with_every_other():
    found = body(everything())
    names = [one.name for one in found.guidelines]
    assert len(found.pairs) == len(names) * (len(names) - 1) // 2
    assert "acep@2014.0.0" in names
    assert not [name for name in names if "as_printed" in name or "ahcpr" in name]
    assert (everything().status, everything().diagnostics, everything().not_decided) == ("ok", (), ())
    assert all(group.region.exact for pair in found.pairs for group in pair.groups)
    assert all(one.region.exact for pair in found.pairs for one in pair.left_alone)


def test_a_guideline_speaks_with_the_edition_in_force_for_each_output():
    acp = next(one for one in body(everything()).guidelines if one.name.startswith("acp "))
    assert [part.guideline for part in acp.parts] == ["acp@2011.0.0", "acp@2017.0.0"]
    assert "mri" in acp.parts[0].outputs
    before = body(two("acp", "acep", at="2016-01-01")).guidelines
    assert before[0].parts[-1].guideline == "acp@2011.0.0"


def test_acep_lets_image_a_lost_bladder_that_acp_advises_against_imaging_for():
    (pair,) = body(two("acep@2014", "acp@2011", outputs=("imaging",))).pairs
    group = next(g for g in pair.groups if (g.a_value, g.b_value) == ("may_be_appropriate", "not_recommended"))
    assert group.kind == "against"
    assert "new loss of bladder control" in group.witness.text
    assert "earlier imaging of the spine" in group.witness.text
    assert [rule.rule.id for rule in group.b_rules] == ["11-NO1", "11-NO2"]
    assert [rule.rule.id for rule in group.a_rules] == ["AC-IMG"]
    assert {source.read for rule in group.b_rules for source in rule.sources} == {"table"}


def test_an_x_ray_counts_as_some_imaging_and_that_is_said():
    (pair,) = body(two("acep", "acp@2011")).pairs
    worst = pair.groups[0]
    assert "acp@2011.0.0: X-ray of the lumbar spine counts as some imaging (modality not said)" in worst.assumptions
    assert any(text.startswith("The scale: ") and "no hours" in text for text in worst.assumptions)


def test_the_verdict_names_the_two_or_counts_the_pairs():
    assert body(two("acep", "acp@2011")).verdict.startswith("acep@2014.0.0 and acp@2011.0.0 disagree, in 5 groups")
    apart = next(pair for pair in body(two("acep", "idsa", "acp@2011")).pairs if pair.b == "idsa@2015.0.0")
    assert apart.verdict == "they cover none of these outputs together"
    assert " pairs of guidelines disagree, in " in body(everything()).verdict


def test_guidelines_without_a_common_output_do_not_pass_as_compared():
    with pytest.raises(UsageError, match="no two of these guidelines cover") as refused:
        two("acep", "idsa")
    assert refused.value.exit_code == 3
    assert render(to_json(two("acep", "acp@2011")), "text").startswith("✘ they disagree: ")


def test_a_disagreement_is_exit_code_1_only_if_asked_for():
    assert two("acep", "acp@2011").exit_code == 0
    assert two("acep", "acp@2011", exit_code=True).exit_code == 1
    alike = two("cauda_equina", "red_flags", outputs=("refer_neurology_or_spine_surgery",), exit_code=True)
    assert (alike.exit_code, body(alike).pairs[0].groups) == (0, ())


@pytest.mark.parametrize(
    ("references", "options", "message"),
    [
        (("acp@2011",), {}, "there are not two guidelines to compare: acp@2011.0.0"),
        (("acp@2011", "acp@2011.0"), {}, "there are not two guidelines to compare: acp@2011.0.0"),
        (("acp", "nobody"), {}, "no guideline matches `nobody`"),
        (("acp", "acep"), {"at": "last year"}, "`last year` is not a date"),
        (("acp@2011", "acep"), {"at": "2018-01-01"}, "`acp@2011` is one edition, which a date cannot choose"),
        (("acep", "idsa"), {}, "no two of these guidelines cover any output that can be advised for or against"),
        (("acp", "acep"), {"outputs": ("physiotherapy",)}, "no two of these guidelines cover physiotherapy"),
        (("acp", "acep"), {"outputs": ("mry",)}, "no output is called `mry`"),
        (("acp", "acep"), {"outputs": ("suspected",)}, "`suspected` is a set and has no levels to compare"),
    ],
)
def test_what_cannot_be_compared_is_refused(references: tuple[str, ...], options: dict[str, Any], message: str):
    with pytest.raises(UsageError) as refused:
        two(*references, **options)
    assert refused.value.message == message


@pytest.mark.parametrize(
    ("at", "message"),
    [
        ("1980-01-01", "no guideline is in force on 1980-01-01"),
        ("2007-12-01", "only one guideline is in force on 2007-12-01: acp@2007.0.0"),
    ],
)
def test_a_day_with_less_than_two_guidelines_compares_nothing_and_is_no_pass(at: str, message: str):
    with pytest.raises(UsageError) as refused:
        two(at=at)
    assert (refused.value.message, refused.value.exit_code) == (message, 3)


def test_each_guideline_is_shown_with_what_it_speaks_of_in_words():
    shown = {part.guideline: part.labels for one in body(two("acep", "acp@2011")).guidelines for part in one.parts}
    assert shown["acep@2014.0.0"] == ("some imaging (modality not said)",)


def test_that_nothing_can_be_compared_is_no_agreement():
    with pytest.raises(UsageError) as refused:
        two("acep", "idsa", exit_code=True)
    assert refused.value.exit_code == 3


def test_an_edition_that_may_have_been_in_force_is_named_as_not_compared():
    undated = tuple(replace(one, withdrawn="") for one in project().library.guidelines)
    there = replace(project(), library=replace(project().library, guidelines=undated))
    found = across(there, ("acp", "acep"), at="2015-01-01", budget=AMPLE)
    assert found.limits[-1] == "acp@2007.0.0: withdrawn, date not known; not taken as in force on 2015-01-01"
    assert two("acp", "acep", at="2015-01-01").limits == found.limits[:-1]


def test_what_the_budget_leaves_open_ends_in_exit_code_4():
    found = across(project(), ("acp", "acep"), budget=Budget(seconds=1e-9))
    assert (found.status, found.exit_code, found.body) == ("undecided", 4, None)
    assert "not compared" in render(to_json(found), "text")


def test_a_witness_that_is_not_confirmed_ends_in_exit_code_70(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("redflag_kit.diff.across_words.constraints_hold", lambda *_: False)
    found = two("acep", "acp@2011", outputs=("imaging",))
    assert (found.exit_code, {one.code.id for one in found.diagnostics}) == (70, {"RF902"})
    for form in ("markdown", "html", "text"):
        assert render(to_json(found), form)


def test_some_pairs_left_open_are_undecided(monkeypatch: pytest.MonkeyPatch):
    def some(*given: Any) -> Across:
        found = compare_all(*given)
        return Across(found.pairs, (), (NotDecided("where they disagree", "decided on mri", "1 s"),))

    monkeypatch.setattr(part, "compare_all", some)
    found = two("acep", "acp@2011")
    assert (found.status, found.exit_code) == ("undecided", 4)
    for form in ("markdown", "html", "text"):
        assert "decided on mri" in render(to_json(found), form)


def test_the_result_keeps_to_its_schema():
    schema = json.loads((files("redflag_kit") / "schemas" / "result.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(json.loads(json.dumps(result())))
    assert record(result()["diff"])["compares"] == "guidelines"


@pytest.mark.parametrize("form", ["html", "markdown"])
def test_reports_show_the_matrix_the_groups_and_who_hears_only_one(form: str):
    page = render(result(), form).replace("<!-- -->", "")
    for title in ("Where guidelines disagree", "Pair by pair", "gravest first", "Who hears only one", "Assumptions"):
        assert title in page
    assert "for or against" in page
    assert "strength against time" in page


def test_the_page_has_every_group_with_its_patient():
    page = render(result(), "html")
    assert page.count("The most ordinary such patient") == sum(
        len(pair.groups) + len(pair.left_alone) for pair in body(everything()).pairs
    )


def test_the_text_keeps_to_80_columns_and_leads_to_the_full_report():
    text = render(result(), "text", Style(80))
    assert max(map(len, text.splitlines())) <= 80
    assert "more groups in the full report" in text
    one = render(to_json(two("acep", "acp@2011")), "text", Style(80))
    assert "Who hears only one of them" in one
    assert "more groups in the full report" not in one
    apart = to_json(two("acep", "idsa", "acp@2011"))
    for form in ("text", "markdown", "html"):
        told = render(apart, form).replace("<!-- -->", "")
        assert "No output is covered by both of acep@2014.0.0 and idsa@2015.0.0." in " ".join(told.split())


def test_agreement_is_said_in_every_report():
    found = to_json(two("cauda_equina", "red_flags", outputs=("refer_neurology_or_spine_surgery",)))
    for form in ("text", "markdown", "html"):
        assert "agree" in render(found, form)


# ---------------------------------------------------------------- the command line


def run(*arguments: str) -> int:
    return main(["diff", *arguments, "--project", str(ROOT)])


def test_the_command_compares_what_is_named(capsys: pytest.CaptureFixture[str]):
    assert run("--guidelines", "acep", "acp@2011", "--output", "imaging", "--budget", "600") == 0
    assert "acep@2014.0.0 and acp@2011.0.0" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("acp@2007",), "two editions are needed"),
        ((), "two editions are needed"),
        (("acp@2007", "acp@2011", "--output", "mri"), "`--output` goes with `--guidelines`"),
        (("acp@2007", "acp@2011", "--at", "2018-01-01"), "`--at` goes with `--guidelines`"),
        (("acp@2007", "--guidelines", "acep"), "guidelines stand after `--guidelines`"),
    ],
)
def test_a_mixed_up_command_line_is_refused(
    arguments: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
):
    assert run(*arguments) == 2
    assert message in capsys.readouterr().err


# ---------------------------------------------------------------- hostile and incomplete results


@pytest.mark.parametrize("attack", ["<script>alert(1)</script>", '"><svg onload=alert(1)>', "<!-- --><base href=//e>"])
def test_hostile_text_stays_text(attack: str):
    found = to_json(two("acep", "acp@2011"))
    bad = poisoned(found, attack)
    bad["diff"]["compares"] = "guidelines"
    page = Page(render(bad, "html"))
    assert not [tag for tag in page.tags if tag in ("svg", "base", "iframe")]
    assert page.tags.count("script") == Page(render(found, "html")).tags.count("script")
    assert attack not in render(bad, "markdown")


@pytest.mark.parametrize("form", ["html", "markdown"])
def test_a_page_shows_what_is_there_of_an_incomplete_result(form: str):
    group = {"kind": "unheard of", "a_rules": [{}], "b_rules": [{"rule": {}}]}
    part: Any = {"compares": "guidelines", "pairs": [{"cells": [{"state": "disagree"}], "groups": [group]}, {}]}
    assert "Where guidelines disagree" in render({"command": "diff", "diff": part}, form)
