"""The explorer as people use it: by keyboard, by an address that somebody sent, from a card of the report."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from redflag_kit.report import html
from redflag_kit.report.json import to_json
from redflag_kit.results.area import Area, AreaAxis, AreaCell
from redflag_kit.results.explorer import ExploredFinding
from redflag_kit.workflow.diff import diff
from tests.browser.axe import serious
from tests.browser.explored import explore
from tests.browser.sample import body, result
from tests.shipped import guideline, project

pytestmark = pytest.mark.browser


AREA = Area(
    AreaAxis("age", "age", ("at most 49 years", "at least 50 years")),
    AreaAxis("fever", "fever", ("absent", "present")),
    False,
    ((AreaCell("less_urgent", "1/3"), AreaCell("same", "0")), (AreaCell("gained", "1"), AreaCell("impossible", "0"))),
)


@cache
def acp():
    return explore(guideline("acp@2007"), guideline("acp@2011")).data


@cache
def page_of_acp():
    return html.render(result(replace(body(), explorer=acp(), area=AREA)))


def rows_of(page):
    cells = page.locator("#explorer-outcome tbody tr").all()
    return {one.locator("th").inner_text().split("\n")[0]: one.inner_text() for one in cells}


def test_a_page_without_scripts_says_so_and_hides_nothing_else(opened):
    page = opened(page_of_acp(), scripts=False)
    assert "needs JavaScript" in page.inner_text("#explorer")
    assert not page.is_visible("#explorer-page")
    assert not page.locator("button.explore:visible").count()


def test_a_result_without_the_data_has_no_explorer(opened):
    page = opened(html.render(result()))
    assert not page.locator("#explorer").count()
    assert not page.locator("button.explore").count()


def test_nothing_known_is_not_everything_absent(opened):
    page = opened(page_of_acp())
    assert "all 47 findings are not assessed" in page.inner_text("#explorer-case")
    assert "undecided, one of" in rows_of(page)["MRI of the lumbar spine"]
    page.select_option(".ask select >> nth=0", index=1)
    assert "46 findings are not assessed" in page.inner_text("#explorer-case")


def test_a_number_is_typed_and_one_off_the_grid_is_refused_in_words(opened):
    page = opened(page_of_acp())
    age = page.get_by_label("age", exact=True)
    age.fill("51")
    age.press("Tab")
    assert "age 51 years" in page.inner_text("#explorer-case")
    assert page.url.endswith("#explore=age_years=51")
    age.fill("51.5")
    age.press("Tab")
    assert "write a number from 0 to 120 in steps of 1" in page.locator(".ask .error:visible").first.inner_text()
    assert "age 51 years" in page.inner_text("#explorer-case")


def test_a_case_sent_by_its_address_is_opened(opened):
    page = opened(page_of_acp(), anchor="#explore=age_years=51&weight_loss=unexplained&fever=present|absent&nothing=1")
    said = page.inner_text("#explorer-case")
    assert "age 51 years" in said
    assert "unexplained weight loss" in said
    assert "fever or no fever" in said
    assert "mean nothing here: 1" in page.inner_text("#explorer-status")
    assert page.evaluate("document.activeElement.id") == "h-explorer"


def test_what_cannot_be_is_told_with_the_findings_that_clash(opened):
    page = opened(page_of_acp(), anchor="#explore=conservative_trial_days=40&symptom_duration_days=35&fever=present")
    told = page.inner_text("#explorer-outcome .warning >> nth=0")
    assert "no patient can be like this" in told
    assert "40 days" in told
    assert "35 days" in told
    assert "fever" not in told


def test_what_is_known_in_part_and_forgotten_changes_the_case(opened):
    page = opened(page_of_acp())
    page.fill("#explorer-search", "weight")
    assert "of 47 findings found" in page.inner_text("#explorer-found")
    weight = page.locator(".ask:visible", has_text="known in part").first
    weight.locator("summary").click()
    weight.get_by_role("checkbox").nth(0).check()
    weight.get_by_role("checkbox").nth(1).check()
    assert " or " in page.inner_text("#explorer-case li")
    page.click("#explorer-case li button")
    assert "all 47 findings" in page.inner_text("#explorer-case")
    assert page.url.endswith("#explore=")


def test_two_findings_are_varied_while_the_rest_of_the_case_is_kept(opened):
    page = opened(page_of_acp(), anchor="#explore=low_back_pain=present")
    page.click("#explorer-vary summary")
    page.select_option("#explorer-rows", label="age")
    page.select_option("#explorer-columns", label="age")
    assert "two different findings" in page.inner_text("#explorer-grid")
    page.select_option("#explorer-columns", label="fever")
    assert "of 10 cells" in page.inner_text("#explorer-grid [role=status]")
    cell = page.locator("#explorer-grid tbody tr >> nth=1").locator("td >> nth=1").inner_text()
    page.goto(page.url.partition("#")[0] + "#explore=low_back_pain=present&age_years=30&fever=present")
    differing = [label for label, text in rows_of(page).items() if "changed" in text or "other possibilities" in text]
    assert len(differing) > 1
    assert cell == f"Δ {len(differing)} outputs"


def test_axe_finds_nothing_serious_in_the_explorer_and_the_changed_area(opened):
    page = opened(page_of_acp(), anchor="#explore=age_years=51&fever=present")
    page.evaluate("document.querySelectorAll('main > section:not(#explorer):not(#area)').forEach(one => one.remove())")
    assert serious(page) == []
    page.click("#theme")
    assert serious(page, "color-contrast") == []


def test_the_explorer_fits_a_small_screen_and_is_not_printed(opened):
    page = opened(page_of_acp(), width=360, anchor="#explore=age_years=51&fever=present")
    wide = """[...document.querySelectorAll('#explorer *')].filter(
      e => !e.closest('.scroll') && e.getBoundingClientRect().right > 361).map(e => e.outerHTML.slice(0, 80))"""
    page.evaluate("document.querySelectorAll('#explorer details').forEach(e => { e.open = true; })")
    assert page.evaluate(wide) == []
    page.emulate_media(media="print")
    assert not page.is_visible("#explorer")


def test_hostile_words_are_shown_and_never_run(opened):
    hostile = "</script><script>document.title='taken'</script><img src=x onerror=alert(1)>\u2028\u202eevil"

    def marred(one: ExploredFinding) -> ExploredFinding:
        return replace(one, label=hostile, ask=hostile, words=tuple(hostile for _ in one.words))

    data = replace(acp(), findings=tuple(map(marred, acp().findings)))
    page = opened(html.render(result(replace(body(), explorer=data))), anchor="#explore=fever=present")
    assert "taken" not in page.title()
    assert not page.locator("#explorer img").count()
    assert "<img src=x onerror=alert(1)>" in page.inner_text("#explorer-case")
    assert "\u202e" not in page.inner_text("#explorer")


EXAMPLES = """() => {
  const data = redflagExplorer.opened(JSON.parse(document.getElementById('explorer-data').textContent));
  const cases = redflagExplorer.casesOf(data);
  return Object.fromEntries(Object.keys(data.examples).map(name => {
    const given = cases.read(cases.written(cases.example(name))).given;
    return [name, ['old', 'new'].map(side => redflagExplorer.answers(data, data[side], given))];
  }));
}"""


@pytest.mark.slow
def test_every_example_of_the_report_opens_with_what_the_report_says_of_it(opened):
    found: Any = to_json(diff(project(), "acp@2007", "acp@2011"))
    page = opened(html.render(found))
    by_id = {one["id"]: one for one in found["diff"]["changes"]}
    answers = page.evaluate(EXAMPLES)
    for card in found["diff"]["cards"]:
        first = by_id[card["classes"][0]]
        witness, place = first["witness"], f"card-{first['fingerprint'][7:15]}"
        for side, answer in zip(("old", "new"), answers[place], strict=True):
            for output, value in answer["written"].items():
                assert "|".join(value["values"] or value["must"]) == witness[side][output], (card["id"], output)
    for number, effect in enumerate(found["diff"]["unknowns"]):
        for side, answer in zip(("old", "new"), answers[f"effect-{number}"], strict=True):
            output = next(one for one in found["diff"]["explorer"][side]["outputs"] if one["id"] == effect["output"])
            said = [output["words"][value] for value in answer["written"][effect["output"]]["values"]]
            assert sorted(said) == sorted(effect[side]), effect
    assert len(found["diff"]["cards"]) > 20
    assert found["diff"]["unknowns"]
    page.click(f"#{list(answers)[1]} button.explore")
    assert page.evaluate("document.activeElement.id") == "h-explorer"
    assert "outputs that both cover differ" in page.inner_text("#explorer-status")
