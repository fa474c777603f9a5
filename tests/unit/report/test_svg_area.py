"""The figure of the changed area: signs and words in every cell, parts rounded towards neither nothing nor all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redflag_kit.report import html
from redflag_kit.report.svg_area import area_view
from redflag_kit.results.area import Area, AreaAxis, AreaCell
from tests.browser.sample import body, result

CELLS = (
    (AreaCell("less_urgent", "1/3"), AreaCell("same", "0")),
    (AreaCell("gained", "1"), AreaCell("impossible", "0")),
)
LONG = "a very long label of a finding that has no end at all"
AREA = Area(
    AreaAxis("age", LONG, ("at most 49", LONG)), AreaAxis("fever", "fever", ("absent", "present")), False, CELLS
)


def page_of(area: Area) -> str:
    return html.render(result(replace(body(), area=area)))


def cell(share: str) -> str:
    found = area_view({"area": {"rows": {}, "columns": {}, "cells": [[{"direction": "lost", "share": share}]]}})
    assert found is not None
    return found.squares[0][0].part


@pytest.mark.parametrize(
    ("share", "part"),
    [("1/3", "33 %"), ("1", "all"), ("1/1000", "under 1 %"), ("999/1000", "over 99 %"), ("99/100", "99 %")],
)
def test_a_part_is_rounded_but_never_to_nothing_or_to_everything(share: str, part: str) -> None:
    assert cell(share) == part


def test_every_cell_has_a_sign_and_a_word_or_part() -> None:
    found = area_view(result(replace(body(), area=AREA))["diff"])
    assert found is not None
    said = [[(one.mark.symbol, one.part) for one in line] for line in found.squares]
    assert said == [[("▼", "33 %"), ("=", "same")], [("+", "all"), ("–", "impossible")]]
    assert [one.key for one in found.marks] == ["less_urgent", "gained", "same", "impossible"]


def test_the_table_beside_the_figure_holds_exact_parts() -> None:
    page = page_of(AREA)
    assert "1/3" in page[page.index('id="cap-area"') :]
    assert "It is no share of patients" in page
    assert 'aria-labelledby="area-t area-d"' in page


def test_long_labels_are_cut_in_the_figure_and_whole_in_the_table() -> None:
    page = page_of(AREA)
    figure, table = (
        page[page.index('<svg class="area"') : page.index('id="cap-area"')],
        page[page.index('id="cap-area"') :],
    )
    assert "no end at all</text>" not in figure
    assert LONG in table


def test_a_result_without_the_area_has_no_figure() -> None:
    assert area_view({}) is None
    assert 'id="area"' not in html.render(result())


def test_hostile_labels_stay_text() -> None:
    hostile = "</svg><script>alert(1)</script>"
    page = page_of(replace(AREA, rows=AreaAxis("age", hostile, (hostile, hostile))))
    assert "<script>alert" not in page
