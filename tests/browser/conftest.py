"""One headless browser for all tests of pages; the network is off, and a page may ask for nothing but itself.

`REDFLAG_BROWSER` names the Chromium or Chrome to use; otherwise one is looked for by its usual names. Where there is
none, or playwright is not installed (the extra `browser`), the tests are skipped with the reason.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
VARIABLE = "REDFLAG_BROWSER"


def executable() -> str | None:
    """Return the browser to use, None if there is none."""
    given = os.environ.get(VARIABLE)
    if given:
        found = shutil.which(given)
        if found is None:
            raise pytest.UsageError(f"{VARIABLE} names {given}, which cannot be run")
        return found
    return next(filter(None, map(shutil.which, NAMES)), None)


def missing() -> str:
    """Return what is missing to open a page, empty if nothing is."""
    if not all(importlib.util.find_spec(name) for name in ("playwright", "axe_playwright_python")):
        return "pages were not opened in a browser: the extra `browser` is not installed"
    if executable() is None:
        return f"pages were not opened in a browser: install Chromium or Chrome, or name one in {VARIABLE}"
    return ""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    reason = missing()
    for item in items:
        if reason and item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    # Chromium refuses its sandbox to root, and the pages are our own.
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Open pages without a network; at the end no page may have asked for anything or made an error."""
    contexts: list[BrowserContext] = []
    trouble: list[str] = []

    def open_page(html: str, width: int = 1200, scripts: bool = True, dark: bool = False, anchor: str = "") -> Page:
        file = tmp_path / f"page-{len(contexts)}.html"
        file.write_text(html, "utf-8")
        address = file.as_uri()
        context = browser.new_context(
            offline=True,
            java_script_enabled=scripts,
            viewport={"width": width, "height": 800},
            color_scheme="dark" if dark else "light",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda one: trouble.append(one.url) if one.url.partition("#")[0] != address else None)
        page.on("pageerror", lambda one: trouble.append(str(one)))
        page.on("console", lambda one: trouble.append(one.text) if one.type == "error" else None)
        page.goto(f"{address}{anchor}")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert trouble == []
