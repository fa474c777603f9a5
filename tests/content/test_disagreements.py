"""The questions on which guidelines disagree: the patients are complete, and the docs page says what the rules say."""

from __future__ import annotations

import re

import pytest

from tests.content.disagreements import PAGE, answer, cells, patients, question
from tests.shipped import guideline, project

CELLS = tuple(cells())
LEFT_OUT = {"acp_as_printed", "ahcpr"}
"""Never for use, and retired long before the others."""


def test_there_are_seventeen_questions():
    assert len({question(one) for one in patients()}) == 17


def test_every_patient_of_a_disagreement_has_an_expectation_for_every_guideline():
    compared = {one.name for one in project().library.guidelines if one.id not in LEFT_OUT}
    for one in patients():
        expected = [guideline(f"{e.guideline}@{e.version}").name for e in one.expectations]
        assert sorted(expected) == sorted(compared), one.id


def test_the_guidelines_really_disagree_on_every_patient():
    assert all(len({c.said for c in CELLS if c.vignette == one.id}) > 1 for one in patients())


def test_the_page_has_a_line_for_every_patient_and_guideline():
    listed = [(one.id, f"{e.guideline}@{e.version}") for one in patients() for e in one.expectations]
    assert [(cell.vignette, cell.guideline) for cell in CELLS] == listed


@pytest.mark.parametrize("vignette", patients(), ids=lambda one: one.id)
def test_the_page_says_what_the_rules_say(vignette):
    said = {cell.guideline: cell.said for cell in CELLS if cell.vignette == vignette.id}
    assert said == {name: answer(vignette, name) for name in said}


def test_the_page_names_assumptions_and_properties_that_exist():
    library = project().library
    page = PAGE.read_text("utf-8")
    assumptions = {name for one in library.guidelines for name in one.assumptions}
    assert set(re.findall(r"\bA-[A-Z0-9]+(?:-[A-Z0-9]+)*", page)) <= assumptions
    assert set(re.findall(r"\bP-[A-Z]+(?:-[A-Z]+)*", page)) <= {one.id for one in library.properties}


def test_every_difference_on_the_page_is_explained():
    for cell in CELLS:
        assert cell.expected, cell
        assert cell.difference, cell
        assert cell.difference != "-" or cell.expected == "-", cell
