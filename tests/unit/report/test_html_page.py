"""The HTML report of a comparison: complete, consistent, of the same bytes, small, and readable in both palettes."""

import base64
import hashlib
import re
import time
from html import unescape

import pytest

from redflag_kit.report import html
from redflag_kit.report.html_palette import DARK, LIGHT, SIGN_PAIRS, TEXT_PAIRS, contrast
from redflag_kit.report.html_read import case_words, context_of, cubes_of
from redflag_kit.report.html_text import anchors, slug
from redflag_kit.report.html_words import DIRECTIONS, PURPOSE, SECTIONS
from redflag_kit.report.markdown import LIMIT
from redflag_kit.report.markdown import render as render_markdown
from tests.browser.sample import body, large, result
from tests.browser.signed import gate, revisions, signed
from tests.unit.report.pages import bare_numbers, check_numbers, check_places, element, without_digits

PAGE = html.render(result())


def test_all_seventeen_sections_are_there_in_order():
    assert [section.number for section in SECTIONS] == list(range(1, 18))
    found = re.findall(r'<h2 id="h-([a-z-]+)"><span class="number">(\d+)</span>', PAGE)
    assert found == [(section.anchor, str(section.number)) for section in SECTIONS]
    headings = re.findall(r"^## (\d+)\. (.+)$", render_markdown(result()), re.MULTILINE)
    assert headings == [(str(section.number), section.title) for section in SECTIONS]


@pytest.mark.parametrize("number", [6, 9, 10, 13, 14])
def test_a_section_without_data_says_what_that_means(number):
    section = SECTIONS[number - 1]
    assert "Not measured." in element(PAGE, section.anchor)
    assert section.unmeasured in element(PAGE, section.anchor)
    assert f"**Not measured.** {section.unmeasured}" in render_markdown(result())


def test_hazards_are_not_measured_where_no_hazard_log_was_read():
    sample = result()
    sample["diff"]["hazards"] = None
    assert "Not measured." in element(html.render(sample), "hazards")
    sample["diff"]["hazards"] = []
    assert "No hazard of the hazard log is touched." in element(html.render(sample), "hazards")
    for words in ("H-3", "3 undesirable", "Controls lost", "07-CES"):
        assert words in element(PAGE, "hazards")


def test_the_same_result_gives_the_same_bytes():
    assert html.render(result()) == PAGE
    assert render_markdown(result()) == render_markdown(result())


def test_the_purpose_stands_above_and_below():
    assert PAGE.count(PURPOSE) == 2
    assert PURPOSE in render_markdown(result())


def test_the_page_loads_nothing_and_runs_only_its_own_script():
    assert not re.search(r'\b(src|srcset|action|poster|data)="|@import|url\(|style="| on\w+="', PAGE)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', PAGE)
    assert policy
    for tag in ("style", "script"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", PAGE, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy.group(1)
    assert "default-src 'none'" in policy.group(1)
    assert "unsafe" not in policy.group(1)


MANY = {
    f"{name} of {number}": html.render(make(number))
    for name, make in (("states", revisions), ("gate", gate))
    for number in (1, 2)
}
PAGES = {"plain": PAGE, "signed": html.render(signed()), **MANY}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_every_number_leads_to_a_list_of_as_many(page):
    assert len(check_numbers(page)) > 60


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_every_place_is_one_and_every_link_leads_to_it(page):
    check_places(page)


@pytest.mark.parametrize("sample", [result, signed, revisions, gate])
def test_no_number_of_the_report_stands_without_its_list(sample):
    """Texts without a digit leave the report with no digit but numbers that lead somewhere, and those of sections."""
    assert bare_numbers(html.render(without_digits(sample()))) == []


def test_a_count_that_contradicts_its_list_is_called_out():
    sample = result()
    sample["diff"]["counts"]["mri"]["lost"] += 1
    page = html.render(sample)
    assert re.search(r"≠ <a [^>]*>2</a> listed", page)
    assert "the result contradicts itself" in page
    assert "counts differ from the lists behind them" in element(page, "limits").lower()


def test_cards_come_worst_first_and_hold_every_class_once():
    order = list(DIRECTIONS)
    directions = re.findall(r'data-directions="([^"]+)"', PAGE)
    ranks = [min(order.index(one) for one in card.split()) for card in directions]
    assert ranks == sorted(ranks)
    assert len(re.findall(r'class="class d-', PAGE)) == len(body().changes)


def test_changes_of_scope_on_one_card_say_each_for_whom_it_is():
    sample = result()
    quiet = [one for one in sample["diff"]["changes"] if one["direction"] == "scope"]
    assert len(quiet) > 1
    for place, one in enumerate(quiet):
        said = f"patients of kind {place}"
        one["region"] = {"text": said, "cubes": [{"kind": [str(place)]}], "words": [[said]], "exact": True}
    others = [one["id"] for one in sample["diff"]["changes"] if one not in quiet]
    cards = [{"id": "q", "direction": "scope", "title": "Scope", "classes": [one["id"] for one in quiet]}]
    sample["diff"]["cards"] = cards + [{"id": n, "direction": "", "title": n, "classes": [n]} for n in others]
    card = re.search(r'<article class="card d-scope".*?</article>', html.render(sample), re.DOTALL)
    assert card
    for place in range(len(quiet)):
        assert card.group().count(f"<span>patients of kind {place}</span>") == 1
        assert f"**For whom:** patients of kind {place}" in render_markdown(sample)


def test_a_class_that_no_card_holds_is_still_shown():
    sample = result()
    sample["diff"]["cards"] = sample["diff"]["cards"][:2]
    page = html.render(sample)
    assert len(re.findall(r'class="class d-', page)) == len(body().changes)


def test_every_text_of_the_comparison_is_in_the_page():
    texts = set()

    def collect(value, key=""):
        skipped = {"literals", "cubes", "case", "from", "to", "output", "text", "old_rule", "new_rule", "columns"}
        if isinstance(value, dict):
            for name, one in value.items():
                if name not in skipped and key not in ("old", "new"):
                    collect(one, name)
        elif isinstance(value, list):
            for one in value:
                collect(one, key)
        elif isinstance(value, str) and key not in ("direction", "kind", "element", "severity", "id", "state"):
            texts.add(value)

    collect(result()["diff"])
    shown = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", "", PAGE)))
    missing = {text for text in texts if text and text.replace("_", " ") not in shown and text not in shown}
    assert missing == set()


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_has_enough_contrast_with_its_ground(palette):
    low = {(a, b): contrast(palette[a], palette[b]) for a, b in TEXT_PAIRS if contrast(palette[a], palette[b]) < 4.5}
    assert low == {}
    assert [pair for pair in SIGN_PAIRS if contrast(palette[pair[0]], palette[pair[1]]) < 3] == []


def test_contrast_is_that_of_the_guideline():
    assert round(contrast("#000000", "#ffffff"), 1) == 21.0
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


def test_both_palettes_name_the_same_colours_and_the_style_sheet_uses_no_other():
    assert list(LIGHT) == list(DARK)
    style = (html.TEMPLATES / "report.css").read_text("utf-8")
    assert set(re.findall(r"var\(--([\w-]+)\)", style)) <= {*LIGHT, "tone", "tint"}


def test_two_hundred_classes_stay_small_and_quick():
    sample = large(200)
    html.render(result())
    start = time.process_time()
    page = html.render(sample)
    assert time.process_time() - start < 2
    assert len(page.encode()) < 1_500_000
    assert len(re.findall(r'class="class d-', page)) == 200


def test_markdown_of_two_hundred_classes_fits_a_comment_and_counts_what_it_leaves_out():
    page = render_markdown(large(200))
    assert len(page) < LIMIT
    shown = page.count("\n#### ")
    left = re.search(r"\*\*(\d+) more cards", page)
    assert left
    assert shown + int(left.group(1)) == 100


def test_every_table_has_a_caption_and_scoped_headings():
    assert PAGE.count("<table") == PAGE.count("<caption")
    assert all("scope=" in heading for heading in re.findall(r"<th\b[^>]*>", PAGE))


def test_an_empty_comparison_says_that_nothing_changed():
    sample = result()
    sample["diff"] |= {"changes": [], "cards": [], "edits": [], "counts": {}, "unknowns": [], "equivalent": True}
    page = html.render(sample)
    assert "No patient is changed; that is proved, not sampled." in page
    assert "No patient is changed; that is proved." in render_markdown(sample)
    assert [s.anchor for s in SECTIONS] == re.findall(r'<section id="([a-z-]+)"', page)


@pytest.mark.parametrize("command", ["check", "test", "explain", "compare", "show", "gate", "diff"])
def test_every_command_has_a_page_even_without_a_body(command):
    refused = {**result(), "command": command, "status": "usage", "exit_code": 2, command: None}
    refused["summary"] = {"message": "there is no guideline <x>", "hint": "name another"}
    page = html.render(refused)
    assert "there is no guideline &lt;x&gt;" in page
    assert PURPOSE in page
    assert "there is no guideline &lt;x&gt;" in render_markdown(refused)


def test_anchors_are_never_given_twice_and_hold_only_plain_characters():
    names = ["A b", "a-b", "a b", "", "é", '"><x>']
    assert anchors("c", names) == ("c-a-b", "c-a-b-2", "c-a-b-3", "c-x", "c-x-2", "c-x-3")
    assert slug("x" * 500) == "x" * 40


def test_the_context_of_a_region_is_what_stands_before_its_alternatives():
    region = {"text": "in scope: a and b; or c", "cubes": [{}, {}], "words": [["a", "b"], ["c"]]}
    assert context_of(region) == ("in scope", "")
    assert context_of({**region, "text": "a and b; or c"}) == ("", "")
    assert context_of({**region, "text": "all but d"}) == ("", "all but d")
    assert context_of({"text": "everyone", "cubes": [], "words": []}) == ("", "")
    assert context_of({"text": "every patient", "cubes": [{}], "words": [[]]}) == ("", "every patient")
    assert cubes_of({"cubes": [{"fever": ["present", "absent"]}]}) == [["fever: present to absent"]]
    assert case_words({"age_years": {"any_of": [[18, 20], 30]}, "x": {"any_of": []}}) == [
        "age years: 18 to 20 or 30",
        "x: not assessed",
    ]


def test_a_changed_rule_is_named_with_its_edition():
    assert '07-INF <span class="muted">before, acp@2007.0.0</span>' in element(PAGE, "rule-old-07-inf")
    assert '11-CA <span class="muted">after, acp@2011.0.0</span>' in element(PAGE, "rule-new-11-ca")
