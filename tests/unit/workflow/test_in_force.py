"""What is in force in the shipped library, how it is shown, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from redflag_kit.compile.prepared import prepare
from redflag_kit.logic.budget import NO_DEADLINE
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.property import Between, Standing
from redflag_kit.project.load import Project
from redflag_kit.report import html, markdown, text_show
from redflag_kit.report.json import Result, to_json
from redflag_kit.results.in_force import ShownFamily
from redflag_kit.workflow.envelope import NOT_LOADED, USAGE, UsageError
from redflag_kit.workflow.in_force import date_of, family_of
from redflag_kit.workflow.properties import Safety, check_properties, properties_of
from redflag_kit.workflow.show import show_in_force
from tests.shipped import project

Render = Callable[[Result], str]


def of_2007_and_2011() -> Project:
    library = project().library
    kept = tuple(one for one in library.guidelines if one.name in ("acp@2007.0.0", "acp@2011.0.0"))
    return replace(project(), library=replace(library, guidelines=kept))


def shown(at: str) -> ShownFamily:
    body = show_in_force(family_of(of_2007_and_2011(), "acp", at), at).body
    assert isinstance(body, ShownFamily)
    return body


def test_acp_in_2012_is_imaging_of_2011_and_treatment_of_2007() -> None:
    old, new = shown("2012-01-01").editions
    assert (old.guideline.version, new.guideline.version) == ("2007.0.0", "2011.0.0")
    assert set(old.standing.outputs) == {"primary care visit", "conservative care"}
    assert new.standing.since == "2011-02-01"
    (replaced,) = new.standing.replaced
    assert replaced.guideline == "acp@2007.0.0"
    assert {"MRI of the lumbar spine", "HLA-B27"} <= set(replaced.outputs)
    assert not set(replaced.outputs) & set(old.standing.outputs)


def test_tables_of_a_part_show_nothing_that_is_not_in_force() -> None:
    old, _ = shown("2012-01-01").editions
    said = [rule.then for table in old.guideline.tables for rule in table.rules if rule.state != "inert"]
    assert said
    assert not [then for then in said if "MRI" in then.partition("no longer in force:")[0]]


@pytest.mark.parametrize("render", [text_show.render, markdown.render, html.render])
def test_what_was_in_force_is_shown_in_every_format(render: Render) -> None:
    result = to_json(show_in_force(family_of(of_2007_and_2011(), "acp", "2012-01-01"), "2012-01-01"))
    page = render(result)
    assert "in force on 2012-01-01" in page
    for words in ("2007", "2011-02-01", "HLA-B27", "conservative care"):
        assert words in page


@pytest.mark.parametrize(
    ("name", "at", "code", "words"),
    [
        ("acp", "1999-01-01", NOT_LOADED, "acp@2007.0.0, was published on 2007-10-02"),
        ("acpp", None, NOT_LOADED, "did you mean `acp`?"),
        ("acp@2011", "2012-01-01", USAGE, "name the guideline alone"),
        ("a/b.yaml", "2012-01-01", USAGE, "name the guideline alone"),
    ],
)
def test_what_cannot_be_composed_is_refused_with_a_hint(name: str, at: str | None, code: int, words: str) -> None:
    with pytest.raises(UsageError) as refused:
        family_of(of_2007_and_2011(), name, at)
    assert refused.value.exit_code == code
    assert words in refused.value.hint


def with_status(status: str, withdrawn: str = "") -> Project:
    library = project().library
    (one,) = (g for g in library.guidelines if g.name == "acp@2007.0.0")
    return replace(project(), library=replace(library, guidelines=(replace(one, status=status, withdrawn=withdrawn),)))


@pytest.mark.parametrize(
    ("status", "withdrawn", "at", "words"),
    [
        ("draft", "", "2012-01-01", "drafts only: acp@2007.0.0"),
        ("retired", "", "2012-01-01", "acp@2007.0.0: withdrawn, date not known"),
        ("retired", "2010-01-01", "2012-01-01", "retired or replaced: acp@2007.0.0"),
        ("retired", "2010-01-01", None, "retired or replaced: acp@2007.0.0"),
    ],
)
def test_where_nothing_is_in_force_the_hint_says_why(status: str, withdrawn: str, at: str | None, words: str) -> None:
    with pytest.raises(UsageError) as refused:
        family_of(with_status(status, withdrawn), "acp", at)
    assert words in refused.value.hint


@pytest.mark.parametrize("text", ["2018", "2018-13-01", "01.02.2018", "20180101", ""])
def test_a_date_is_year_month_day(text: str) -> None:
    with pytest.raises(UsageError):
        date_of(text)


def test_without_a_date_the_question_is_about_the_latest_state() -> None:
    assert date_of(None) is None
    assert date_of("2018-01-01") == "2018-01-01"


def test_a_property_of_what_is_in_force_reads_only_the_outputs_left_to_an_edition() -> None:
    by_name = {one.name: one for one in of_2007_and_2011().library.guidelines}
    old, new = replace(by_name["acp@2007.0.0"], status="active", withdrawn=""), by_name["acp@2011.0.0"]
    library = of_2007_and_2011().library
    alone = [one for one in library.properties if not isinstance(one.claim, Between)]
    standing = tuple(replace(one, applies_to=Standing.IN_FORCE) for one in alone)
    both = replace(of_2007_and_2011(), library=replace(library, guidelines=(old, new), properties=standing))
    found = properties_of(both, lambda _: True)
    assert found[new.path].part is new
    assert found[old.path].part.covers == ("primary_care", "conservative_care")
    (whole, _), (part, own) = found[old.path].by_part(old)
    assert (whole, part) == (old, found[old.path].part)
    assert own == found[old.path].properties
    by_whole = _results(old, Safety(standing, old))
    by_part = _results(old, found[old.path])
    assert by_whole["P-CES-FLOOR"] != "not_covered"
    assert by_part["P-CES-FLOOR"] == "not_covered"
    assert by_part["P-MONOTONE-DESTINATION"] == by_whole["P-MONOTONE-DESTINATION"]


def _results(guideline: Guideline, own: Safety) -> dict[str, str]:
    found = check_properties(prepare(guideline), own, 1_000_000, NO_DEADLINE)
    return {one.id: one.result for one in found.properties}
