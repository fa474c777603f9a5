"""Vignettes are deleted, suggestions written and filled in from the guideline: every mutant is noticed again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from redflag_kit.evaluate.engine import engine
from redflag_kit.model.guideline import Guideline
from redflag_kit.mutate.decide import decide
from redflag_kit.mutate.mutants import mutants
from redflag_kit.mutate.verdict import Equivalent, Killed, Strength, Watch
from redflag_kit.project.load import Project
from redflag_kit.suggest.filled import filled_in
from redflag_kit.workflow.strength import watches
from redflag_kit.workflow.suggest import Asked, suggest
from redflag_kit.workflow.suggest_write import read_vignettes
from tests import shipped


def with_fewer_vignettes(guideline: Guideline, seed: int) -> Project:
    """Return the shipped project without a fifth of the vignettes of a guideline."""
    project = shipped.project()
    about = [one.vignette.id for one in watches(project, guideline)]
    gone = {*Random(seed).sample(about, len(about) // 5)}
    library = project.library
    kept = tuple(pair for pair in library.vignettes if pair[1].id not in gone)
    return replace(project, library=replace(library, vignettes=kept))


def unnoticed(strength: Strength) -> set[str]:
    return {one.mutant.id for one in strength.verdicts if not isinstance(one, Killed | Equivalent)}


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "name"), [*enumerate(sorted(shipped.editions()))])
def test_what_is_deleted_is_made_up_for_by_suggestions(seed: int, name: str, tmp_path: Path) -> None:
    guideline = shipped.guideline(name)
    project = with_fewer_vignettes(guideline, seed)
    told = suggest(project, Asked((name,), write=str(tmp_path / "suggested.yaml")))
    assert not told.diagnostics
    text = (tmp_path / "suggested.yaml").read_text("utf-8")
    drafts = read_vignettes(text, guideline.vocabulary, "suggested.yaml")
    assert drafts
    now = engine(guideline, [one.findings for one in drafts])
    filled = tuple(Watch(one, filled_in(now, one, one.expectations[0])) for one in drafts)
    every = mutants(guideline)
    assert unnoticed(decide(guideline, every, watches(project, guideline)))
    restored = decide(guideline, every, (*watches(project, guideline), *filled))
    assert unnoticed(restored) == set()
    assert {one.id for one in drafts} <= {*restored.watching}
