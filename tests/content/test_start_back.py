"""The STarT Back groups have no `otherwise`: that no patient is left out, or grouped twice, follows from the points."""

from pathlib import Path

import pytest

from redflag_kit.analyse.guideline import analyse
from redflag_kit.compile.prepared import prepare
from redflag_kit.project.load import load_project

LIBRARY = Path(__file__).parents[2] / "guidelines" / "low_back_pain"
EDITION = "start_back/2008.yaml"
BOTHERED = "        - {when: bothered, points: 1}\n"


def faults_of(folder: Path, edition: str) -> set[str]:
    """Return the errors in the tables of an edition, beside the shipped vocabulary."""
    own = folder / "guidelines" / "low_back_pain"
    (own / EDITION).parent.mkdir(parents=True)
    for name in ("vocabulary.yaml", "sources.yaml"):
        (own / name).write_text((LIBRARY / name).read_text("utf-8"), "utf-8")
    (own / EDITION).write_text(edition, "utf-8")
    (folder / "vignettes").mkdir()
    (guideline,) = load_project(folder).library.guidelines
    return {one.diagnostic.code.id for one in analyse(prepare(guideline)).shown if one.diagnostic.code.id < "RF304"}


@pytest.fixture(scope="module")
def shipped() -> str:
    return (LIBRARY / EDITION).read_text("utf-8")


def test_every_patient_has_exactly_one_group(tmp_path, shipped):
    assert faults_of(tmp_path, shipped) == set()


def test_without_bothersomeness_in_the_total_a_psychosocial_score_of_4_has_two_groups(tmp_path, shipped):
    assert shipped.count(BOTHERED) == 2
    edited = shipped.replace(BOTHERED, "", 1).replace("4_or_more: 4 to 9", "4_or_more: 4 to 8")
    assert faults_of(tmp_path, edited) == {"RF302", "RF301"}  # two groups, hence no treatment that matches


def test_recorded_sums_are_grouped_once_because_one_is_part_of_the_other(tmp_path, shipped):
    raised = "{all: [{start_back_record: sums}, {start_back_psych: at_least raised}]}"
    assert raised in shipped
    assert faults_of(tmp_path, shipped.replace(raised, "{start_back_record: sums}")) == {"RF302", "RF301"}
