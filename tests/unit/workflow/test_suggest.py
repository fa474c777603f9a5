"""`redflag suggest` on small guidelines of the library: drafts, what they wait for, and what is left once filled in."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from redflag_kit.evaluate.engine import engine
from redflag_kit.model.vignette import Vignette
from redflag_kit.project.load import Project
from redflag_kit.report.formats import render
from redflag_kit.report.json import to_json
from redflag_kit.results.envelope import Envelope
from redflag_kit.results.suggest import COVERAGE, MUTANTS, UNKNOWNS, SuggestBody
from redflag_kit.suggest.filled import filled_in
from redflag_kit.workflow.envelope import UsageError
from redflag_kit.workflow.suggest import Asked, suggest
from redflag_kit.workflow.suggest_write import read_vignettes
from tests import shipped

ACEP, IDSA = "acep@2014", "idsa@2015"
BOTH = (MUTANTS, COVERAGE)


def without_vignettes(root: Path = shipped.ROOT) -> Project:
    project = shipped.project()
    return replace(project, root=root, library=replace(project.library, vignettes=()))


def holding(*vignettes: Vignette) -> Project:
    project = without_vignettes()
    return replace(
        project, library=replace(project.library, vignettes=tuple(("low_back_pain", one) for one in vignettes))
    )


def body_of(envelope: Envelope) -> SuggestBody:
    assert isinstance(envelope.body, SuggestBody)
    return envelope.body


@cache
def everything(name: str) -> Envelope:
    return suggest(without_vignettes(), Asked((name,), BOTH, redundant=True))


@cache
def drafts(name: str) -> tuple[Vignette, ...]:
    texts = [one.yaml for one in body_of(everything(name)).vignettes]
    head = "schema: redflag/vignettes/1\nvocabulary: low_back_pain\nvignettes:\n"
    found = read_vignettes(head + "\n".join(texts), shipped.guideline(name).vocabulary, "x.yaml")
    assert found is not None
    return found


@cache
def filled(name: str) -> tuple[Vignette, ...]:
    now = engine(shipped.guideline(name), [one.findings for one in drafts(name)])
    return tuple(replace(one, expectations=(filled_in(now, one, one.expectations[0]),)) for one in drafts(name))


def shown(envelope: Envelope, form: str = "text") -> str:
    return " ".join(render(to_json(envelope), form).split())


def test_drafts_filled_in_leave_nothing_to_suggest() -> None:
    told = suggest(holding(*filled(ACEP)), Asked((ACEP,), BOTH))
    body = body_of(told)
    assert (body.vignettes, body.more, told.exit_code, told.diagnostics) == ((), 0, 0, ())
    (one,) = body.guidelines
    assert (one.purposes, one.waiting, one.promised) == ((), (), 0)
    assert one.left
    assert all(each.id.startswith("unknowns: ") for each in one.left)  # no patient shows these
    assert f"nothing is suggested for {len(one.left)} more: only a vignette can show it" in shown(told)
    assert "nothing to suggest: no vignette is missing for what was asked" in shown(told)
    assert "written" not in shown(told)


def test_drafts_that_wait_count_and_are_not_suggested_again() -> None:
    told = suggest(holding(*drafts(ACEP)), Asked((ACEP,), BOTH))
    (one,) = body_of(told).guidelines
    assert one.waiting == tuple(sorted(each.id for each in drafts(ACEP)))
    assert one.promised == sum(each.goals for each in body_of(everything(ACEP)).guidelines[0].purposes[:2])
    assert body_of(told).vignettes == ()
    assert f"{len(one.waiting)} vignettes wait for their outcomes" in shown(told)


def test_each_purpose_has_its_number_beside_what_is_proved() -> None:
    body = body_of(everything(IDSA))
    (one,) = body.guidelines
    assert [each.purpose for each in one.purposes][:2] == [MUTANTS, UNKNOWNS]
    for each in one.purposes:
        assert each.at_least <= each.vignettes <= each.goals
        assert each.tried >= each.vignettes
    assert sum(each.vignettes for each in one.purposes) == len(body.vignettes)
    assert sum(each.goals for each in one.purposes) == sum(len(each.notices) for each in body.vignettes)
    names = [notice.id for each in body.vignettes for notice in each.notices]
    assert len(names) == len({*names})
    assert one.purposes[1].at_least == 0  # nothing is proved of cases


def test_a_draft_is_shown_with_what_a_person_has_to_read_and_confirm() -> None:
    body = body_of(everything(IDSA))
    for one in body.vignettes:
        assert one.notices
        assert one.now
        assert all(row.cites for row in one.rows)
        assert "TODO" in one.yaml
        assert set(one.outputs) == {each.output for each in one.now} - {""}
    assert any(one.unknown for one in body.vignettes)
    assert "not assessed" in shown(everything(IDSA))


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_every_format_names_each_draft_and_what_to_confirm(form: str) -> None:
    page = shown(everything(ACEP), form)
    for one in body_of(everything(ACEP)).vignettes:
        assert one.id in page
    assert "For a person to confirm" in page
    assert "as long as every finding of a patient is known (proved)" in page


def test_a_limit_keeps_those_that_notice_most() -> None:
    every = body_of(everything(ACEP)).vignettes
    told = suggest(without_vignettes(), Asked((ACEP,), BOTH, limit=2))
    assert body_of(told).vignettes == every[:2]
    assert body_of(told).more == len(every) - 2
    assert f"{len(every) - 2} more vignettes left out by --limit." in shown(told)


def test_suggestions_are_written_beside_the_other_vignettes(tmp_path: Path) -> None:
    told = suggest(without_vignettes(tmp_path), Asked((ACEP,), limit=1, write=""))
    assert body_of(told).written == ("vignettes/low_back_pain/suggested.yaml",)
    assert told.summary["written"] == 1
    text = (tmp_path / "vignettes" / "low_back_pain" / "suggested.yaml").read_text("utf-8")
    assert body_of(told).vignettes[0].yaml in text
    assert "redflag test fails until the expected outcomes are filled in" in shown(told)


def test_nothing_is_written_where_nothing_is_suggested(tmp_path: Path) -> None:
    told = suggest(holding(*filled(ACEP)), Asked((ACEP,), write=str(tmp_path / "x.yaml")))
    assert body_of(told).written == ()
    assert not (tmp_path / "x.yaml").exists()


def test_vignettes_that_add_nothing_are_named_and_kept() -> None:
    twice = [replace(one, id=f"{one.id}-again") for one in filled(ACEP)]
    told = suggest(holding(*filled(ACEP), *twice), Asked((ACEP,), redundant=True))
    found = body_of(told).redundancy
    assert found is not None
    assert found.vignettes == 2 * len(twice)
    assert {one.id for one in found.redundant} >= {*(one.id for one in twice)} - {*found.blind}
    assert len(found.kept) + len(found.redundant) + len(found.blind) == found.vignettes
    assert "each noticed by one that is kept" in shown(told)
    assert "It may be worth keeping for other reasons" in " ".join(told.limits)


def test_a_project_without_guidelines_has_nothing_to_suggest_for() -> None:
    project = without_vignettes()
    empty = replace(project, library=replace(project.library, guidelines=()))
    with pytest.raises(UsageError, match="no guideline"):
        suggest(empty, Asked())
