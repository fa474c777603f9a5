"""Pages of check, test, explain, compare, show, trace and claims, on results of the shipped guidelines."""

import itertools
import json
import re
from functools import cache

import pytest

from redflag_kit.logic.budget import Budget
from redflag_kit.report import html, markdown
from redflag_kit.report.json import to_json
from redflag_kit.workflow.check import check
from redflag_kit.workflow.claims import claims
from redflag_kit.workflow.compare import compare
from redflag_kit.workflow.coverage import measured
from redflag_kit.workflow.diff import diff
from redflag_kit.workflow.explain import case_from_text, explain
from redflag_kit.workflow.reference import find_guideline
from redflag_kit.workflow.show import show
from redflag_kit.workflow.test import test as run_tests
from redflag_kit.workflow.trace import trace
from redflag_kit.workflow.voices import named
from tests.shipped import guideline, project
from tests.unit.report.pages import check_numbers, check_places

COMMANDS = ("check", "test", "explain", "compare", "show", "diff", "trace", "claims", "coverage")


@cache
def results():
    shipped = project()
    old, new = find_guideline(shipped, "acp@2007"), find_guideline(shipped, "acp@2011")
    case = case_from_text(new.vocabulary, ["fever=present", "age_years=60"], None, False)
    found = {
        "check": check(shipped, budget=Budget(seconds=600)),
        "test": run_tests(shipped),
        "explain": explain(new, case, "acp@2011"),
        "compare": compare((named(old), named(new)), case),
        "show": show(new, "acp@2011"),
        "diff": diff(shipped, "acp@2007", "acp@2011"),
        "trace": trace(shipped, ["acp@2011"]),
        "claims": claims(shipped),
        "coverage": run_tests(shipped, guideline="acp@2017", coverage=measured(("rules=100",))),
    }
    return {name: json.loads(json.dumps(to_json(envelope))) for name, envelope in found.items()}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_page_is_complete_and_links_only_into_itself(command):
    page = html.render(results()[command])
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert page.count("<table") == page.count("<caption")
    assert "Undefined" not in page
    assert "None" not in re.sub(r"<[^>]*>", "", page).replace("None.", "").replace("None:", "").replace("None were", "")
    assert len(page.encode()) < 2_500_000


def test_every_number_of_what_is_not_covered_leads_to_its_list():
    page = html.render(results()["coverage"])
    check_places(page)
    assert len(check_numbers(page)) == 3
    assert page.index("What no vignette shows") < page.index("Totals")
    assert "The least that was asked for: rules 100%." in page
    text = markdown.render(results()["coverage"])
    assert text.index("## What no vignette shows") < text.index("vignettes: ")
    assert re.search(r"\*\*`acp@2017\.0\.0` conditions: \d+ of \d+ not shown\*\*", text)


@pytest.mark.parametrize("command", COMMANDS)
def test_markdown_of_a_result_fits_a_comment(command):
    page = markdown.render(results()[command])
    assert len(page) < markdown.LIMIT
    assert page.startswith("# ")
    assert "None" not in page.replace("None.", "")


def test_the_rules_of_a_guideline_are_shown_with_their_evidence():
    page = html.render(results()["show"])
    for rule in ("11-CA", "11-INF", "11-DEF2"):
        assert rule in page
    assert "ACP11-T" in page


def test_a_comparison_names_every_guideline_beside_what_it_says():
    page = html.render(results()["compare"])
    assert '<th scope="col">acp@2007.0.0</th><th scope="col">acp@2011.0.0</th>' in page


def test_the_real_comparison_counts_what_it_lists():
    assert "≠" not in html.render(results()["diff"])


@pytest.mark.parametrize(
    ("care_setting", "heading"), [("emergency", "Not for this patient"), ("unknown", "Perhaps not for this patient")]
)
@pytest.mark.parametrize("render", [html.render, markdown.render])
def test_a_page_says_which_part_of_the_scope_is_not_met(render, care_setting, heading):
    start_back = guideline("start_back@2008")
    stated = ["low_back_pain=present", "age_years=40", f"care_setting={care_setting}"]
    case = case_from_text(start_back.vocabulary, stated, None, True)
    page = render(json.loads(json.dumps(to_json(explain(start_back, case, "start_back@2008")))))
    assert heading in page
    assert "seen in primary care or seen in a community musculoskeletal service" in page


@pytest.mark.parametrize("render", [html.render, markdown.render])
def test_a_page_about_a_patient_in_scope_says_nothing_of_the_scope(render):
    start_back = guideline("start_back@2008")
    stated = ["low_back_pain=present", "age_years=40", "care_setting=primary_care"]
    case = case_from_text(start_back.vocabulary, stated, None, True)
    assert "ot for this patient" not in render(
        json.loads(json.dumps(to_json(explain(start_back, case, "start_back@2008"))))
    )
