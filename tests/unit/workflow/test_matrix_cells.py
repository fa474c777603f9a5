"""What a cell of a matrix says where there is nothing ordinary to say, and what a matrix refuses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redflag_kit.__main__ import main
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Vignette
from redflag_kit.results.compare import Cell, MatrixBody
from redflag_kit.workflow.envelope import USAGE, UsageError
from redflag_kit.workflow.explain import case_from_text
from redflag_kit.workflow.in_force import only_part
from redflag_kit.workflow.matrix import matrix
from redflag_kit.workflow.voices import named
from tests.shipped import ROOT, project
from tests.unit.source.reading import base


def clinic() -> Guideline:
    found: Guideline
    (found,) = base().guidelines
    return found


def case(*texts: str) -> Vignette:
    said = ("age_years=45 a", "crp_mg_l=5 mg/L", "judgement=absent", "fever=absent", "injury=none", *texts)
    return case_from_text(clinic().vocabulary, said, None, True)


def cell(guideline: Guideline, *texts: str) -> Cell:
    found = matrix([named(guideline)], [case(*texts)]).body
    assert isinstance(found, MatrixBody)
    return found.rows[0].cells[0]


def test_a_gap_is_told_and_never_taken_for_silence() -> None:
    whole = clinic()
    open_ended = replace(whole, decisions=tuple(replace(one, otherwise=None) for one in whole.decisions))
    found = cell(open_ended, "pain_days=60 d")
    assert found.stance == "says"
    assert "no rule applies (undeclared gap)" in found.short
    assert "no rule applies (undeclared gap)" in found.text


def test_the_most_urgent_level_of_a_scale_is_the_most_telling() -> None:
    found = cell(clinic(), "numb_saddle=present")
    assert found.short == "MRI of the back: today"
    assert found.text.startswith("xray: not needed")


def test_a_vocabulary_may_name_the_scales_that_tell_most() -> None:
    whole = clinic()
    elsewhere = replace(whole, vocabulary=replace(whole.vocabulary, headline=("no_such_scale",)))
    found = cell(elsewhere, "numb_saddle=present")
    assert found.short == "silent but for xray, MRI of the back, suspected"


def test_several_editions_in_force_cannot_be_explained_as_one() -> None:
    assert only_part(project(), "acp", "2009-01-01").name == "acp@2007.0.0"
    with pytest.raises(UsageError) as refused:
        only_part(project(), "acp", "2012-01-01")
    assert refused.value.exit_code == USAGE
    assert "acp@2007.0.0, acp@2011.0.0" in refused.value.hint


def test_words_that_no_vignette_has_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "-k", "nothing-like-this", "--project", str(ROOT / "tests" / "cases" / "base")]) == 3
    assert "no vignette matches" in capsys.readouterr().err
