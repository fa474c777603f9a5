"""The page of mutants in a real browser: the viewer shows them offline, and our part is readable without it."""

import pytest

from redflag_kit.report import html
from tests.browser.axe import serious
from tests.mutated import mutated

pytestmark = pytest.mark.browser

VIEWER = "mutation-test-report-app"
FILE = f"{VIEWER} a:visible"


def test_the_viewer_shows_files_and_the_text_of_a_mutant(opened):
    page = opened(html.render(mutated()))
    page.locator(FILE, has_text="1.yaml").first.click()
    page.locator(f"{VIEWER} svg.mutant-dot").first.click()
    drawer = page.locator(f"{VIEWER} mte-drawer-mutant")
    drawer.get_by_text("not decided: needs more than 10 nodes").wait_for()
    drawer.get_by_text("rule-dropped").wait_for()
    code = page.locator(f"{VIEWER} mte-file code").inner_text()
    assert "id: throat" in code
    assert "</script><script>alert(1)</script>" in code


def test_the_viewer_shows_which_vignettes_kill(opened):
    page = opened(html.render(mutated()), anchor="#test/throat.yaml")
    page.locator(VIEWER).get_by_text("Killing").first.wait_for()


def test_hostile_text_is_text(opened):
    page = opened(html.render(mutated()))
    assert page.locator("main img").count() == 0
    assert page.evaluate("document.scripts.length") == 4


def test_everything_that_needs_attention_can_be_read_without_scripts(opened):
    page = opened(html.render(mutated()), scripts=False)
    shown = page.locator("main").inner_text()
    for word in ("b-survived", "f-shared", "d-exempted", "e-open", "review: now → says nothing", "Not shown."):
        assert word in shown
    assert not page.locator(VIEWER).is_visible()


@pytest.mark.parametrize("scripts", [False, True], ids=["scripts off", "scripts on"])
def test_nothing_of_ours_is_wider_than_a_small_screen(opened, scripts):
    page = opened(html.render(mutated()), width=360, scripts=scripts)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.slow
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_serious_in_our_part(opened, dark):
    assert serious(opened(html.render(mutated()), dark=dark), without=VIEWER) == []


def test_the_viewer_is_as_dark_as_the_page(opened):
    page = opened(html.render(mutated()), dark=True)
    theme = f"document.querySelector('{VIEWER}').theme"
    assert page.evaluate(theme) == "dark"
    page.locator("#theme").click()
    page.wait_for_function(f"{theme} === 'light'")
