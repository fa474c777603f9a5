"""Two states of a project, and the gate, as one page or one comment: each comparison whole, its places its own."""

import re

import pytest
from markupsafe import Markup

from redflag_kit.report import html
from redflag_kit.report.formats import formats_of
from redflag_kit.report.html_nested import nested
from redflag_kit.report.html_words import SECTIONS
from redflag_kit.report.markdown import LIMIT, marker
from redflag_kit.report.markdown import render as markdown
from tests.browser.signed import gate, revisions, signed
from tests.unit.report.pages import element


def sections(page):
    return page[page.index('<section id="verdict"') : page.rindex("</section>")]


def test_a_page_with_one_comparison_has_the_sections_of_a_comparison():
    two = revisions(1)
    alone = {**signed(), **{key: two[key] for key in ("inputs", "options", "status", "exit_code")}}
    assert sections(html.render(two)) == sections(html.render(alone))
    assert "<h1>acp@2007.0.0 → acp@2011.0.0</h1>" in html.render(revisions(1))


@pytest.mark.parametrize("make", [revisions, gate])
def test_a_page_with_two_comparisons_has_both_whole_one_step_deeper(make):
    page = html.render(make(2))
    for prefix in ("c1-", "c2-"):
        for section in SECTIONS:
            assert f'<section id="{prefix}{section.anchor}"' in page
            assert f'<h3 id="{prefix}h-{section.anchor}">' in page
    assert re.search(r'<a href="#c2-class-\w+">', element(page, "c2-counts"))
    assert not re.search(r'href="#(?!c2-)', element(page, "comparison-2"))


def test_every_guideline_of_two_states_is_named_even_where_nothing_was_compared():
    for shown in (html.render(revisions(2)), markdown(revisions(2)).replace("<!-- -->", "").replace("\\", "")):
        for name in ("new_family@1.0.0", "old_family@1.0.0", "idsa@2015.0.0"):
            assert name in shown


def test_the_gate_says_first_what_it_says_and_who_must_sign():
    comment = markdown(gate(2)).removeprefix(marker("gate")).split("\n")
    assert comment[0] == "# ✕ BLOCKED: The version step is too small, and a role has not signed."
    assert comment[2] == "**Still to sign: clinical-safety.**"
    assert re.search("<h1>.*BLOCKED.*</h1>", html.render(gate(2)))
    assert {"html", "markdown"} <= set(formats_of("gate"))


def test_what_must_be_signed_leads_to_its_card_and_names_who_is_missing():
    block = element(html.render(gate(2)), "gate-signoff")
    targets = re.findall(r'<tr data-i="s"><td.*?<a href="#([^"]+)">', block)
    assert len(targets) > 15
    assert all(target.startswith("c1-class-") for target in targets)
    for words in ("clinical-safety", "not met yet", "A Reviewer", "Stale", "An Author"):
        assert words in block


def test_a_relaxed_setting_is_called_out():
    assert "lets more through" in element(html.render(gate(1)), "gate-settings")
    assert "**lets more through**" in markdown(gate(1))


def test_room_for_signatures_stands_once_on_the_page_of_the_gate():
    assert html.render(gate(2)).count('class="sign"') == 1
    assert html.render(revisions(2)).count('class="sign"') == 2


def test_cards_say_how_their_signature_stands():
    page = html.render(signed())
    assert page.count("missing: <strong>clinical-safety</strong>") > 15
    assert "sign-off: rejected, missing: **clinical-safety**" in markdown(signed())


@pytest.mark.parametrize("make", [revisions, gate])
def test_comments_stay_below_the_limit_with_the_worst_first(make):
    result = make(2)
    command = result["command"]
    result[command]["diffs"] = [
        {**one, "old": f"a@{n}", "new": f"b@{n}"} for n in range(40) for one in result[command]["diffs"][:1]
    ]
    result[command]["guidelines"] = [{**result[command]["guidelines"][0], "diff": n} for n in range(40)]
    comment = markdown(result)
    assert len(comment) < LIMIT
    assert re.search(r"\*\*\d+ more .* in the full report", comment)


def test_only_markup_is_moved():
    text = "id=&#34;a&#34; href=&#34;#b&#34; &lt;h2&gt;"
    assert nested(Markup(f'<h2 id="a" aria-labelledby="b c">{text}</h2><a href="#d">'), "p-") == (
        f'<h3 id="p-a" aria-labelledby="p-b p-c">{text}</h3><a href="#p-d">'
    )


def test_an_empty_change_passes_and_says_so():
    result = gate(1)
    result["gate"] |= {"guidelines": [], "diffs": [], "verdict": "PASS", "sentence": "Nothing changes."}
    result["gate"]["signoff"] |= {"items": [], "records": [], "stale": [], "required": [], "missing": []}
    assert "Nothing in this change has to be signed." in html.render(result)
    assert "No guideline differs." in html.render(result)
    assert (
        markdown(result)
        .removeprefix(marker("gate"))
        .startswith("# ✓ PASS: Nothing changes.\n\nNothing has to be signed.")
    )
