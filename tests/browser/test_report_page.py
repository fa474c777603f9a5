"""The report in a real browser: nothing is wider than a small screen, and all can be read without scripts."""

import pytest

from redflag_kit.report import html
from tests.browser.axe import serious
from tests.browser.sample import result
from tests.browser.signed import gate, signed

pytestmark = pytest.mark.browser

MEASURE = """() => {
  document.querySelectorAll('details').forEach(e => { e.open = true; });
  const wide = [...document.querySelectorAll('main *')]
    .filter(e => !e.closest('.scroll') && e.getBoundingClientRect().right > 361);
  return {
    width: document.documentElement.scrollWidth,
    wide: wide.map(e => e.outerHTML.slice(0, 80)),
    tools: [...document.querySelectorAll('.tools,#theme')].map(e => e.hidden),
    text: document.body.innerText.length,
  };
}"""


def longest():
    sample = result()
    sample["diff"]["verdict"] = "x" * 10_000
    sample["diff"]["cards"][0]["title"] = "y" * 10_000
    sample["diff"]["changes"][0]["region"]["words"][0][0] = "z" * 5_000
    sample["diff"]["tables"]["old"]["tables"][0]["rules"][0]["when"] = "w" * 5_000
    return sample


@pytest.mark.parametrize("scripts", [False, True], ids=["scripts off", "scripts on"])
@pytest.mark.parametrize("sample", [signed, gate, longest], ids=["ordinary", "gate", "long words"])
def test_nothing_is_wider_than_a_small_screen(opened, scripts, sample):
    found = opened(html.render(sample()), width=360, scripts=scripts).evaluate(MEASURE)
    assert found["wide"] == []
    assert found["width"] <= 360
    assert found["text"] > 20_000
    assert any(found["tools"]) is not scripts


@pytest.mark.slow
@pytest.mark.parametrize("make", [signed, gate], ids=["comparison", "gate"])
def test_axe_finds_nothing_serious_in_the_report(opened, make):
    assert serious(opened(html.render(make()))) == []


def test_a_link_into_something_folded_opens_it(opened):
    page = opened(html.render(signed()))
    page.evaluate("location.hash = '#sign-not_required'")
    page.wait_for_function("document.getElementById('sign-not_required').open")


@pytest.mark.slow
def test_the_dark_report_has_enough_contrast(opened):
    assert serious(opened(html.render(result()), dark=True), "color-contrast") == []
