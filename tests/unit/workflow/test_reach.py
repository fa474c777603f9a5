"""The shipped vignettes exercise every rule of every shipped guideline: it fires in one, another just misses it."""

from __future__ import annotations

from pathlib import Path

from redflag_kit.project.load import load_project
from redflag_kit.workflow.reach import exercising, rule_reach

ROOT = Path(__file__).parents[3]


def test_every_shipped_rule_fires_in_a_vignette_and_is_narrowly_missed_in_another():
    project = load_project(ROOT)
    missing = []
    for guideline in project.library.guidelines:
        for one in rule_reach(project, guideline):
            if not one.fires:
                missing.append(f"{guideline.name} {one.rule}: fires in no vignette")
            if one.can_be_missed and not one.missed:
                missing.append(f"{guideline.name} {one.rule}: narrowly missed in no vignette")
    assert not missing, "\n".join(missing)


def test_a_vignette_exercises_only_the_editions_it_expects_something_of():
    project = load_project(ROOT)
    for guideline in project.library.guidelines:
        for vignette in exercising(project, guideline):
            named = [one for one in vignette.expectations if one.guideline == guideline.id]
            assert any(guideline.version.starts_with(one.version) for one in named)
