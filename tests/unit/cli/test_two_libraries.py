"""Two libraries in one project: names that stand in both are kept apart, and neither is asked about the other."""

import json

import pytest

from tests.unit.cli.command_lines import base_project, run

HAZARDS = """schema: redflag/hazards/1
vocabulary: {0}
judgement: our own
matrix:
  cite: [TEXTBOOK]
  severity: [{{id: minor, means: little}}]
  likelihood: [{{id: low, means: seldom}}]
  classes: [{{id: acceptable, means: well}}]
  table: {{minor: {{low: acceptable}}}}
hazards:
  - id: HZ-1
    title: Late
    happens: An MRI is late.
    causes: [a rule is missing]
    effect: harm
    severity: {{is: minor, reason: made up}}
    likelihood_before: {{is: low, reason: made up}}
    likelihood_after: {{is: low, reason: made up}}
    cite: [TEXTBOOK]
    controls: {{properties: [P-1]}}
"""
PROPERTIES = """schema: redflag/properties/1
vocabulary: {0}
properties:
  - id: P-1
    title: Numbness is scanned
    hazard: harm
    hazards: [HZ-1]
    cite: [TEXTBOOK]
    applies_to: all
    never: {{all: [numb_{1}, {{mri: not_needed}}]}}
"""
CLAIMS = """schema: redflag/claims/1
vocabulary: {0}
title: A text
groups: {{SEED: seed}}
sections: {{ONE: The first}}
claims:
  - {{id: SEED-1, section: ONE, says: It hurts, verdict: {1}, why: looked up, no_rule: none follows}}
"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Return a project whose second library, a draft about necks, knows no numb saddle."""
    folder = base_project(tmp_path)
    backs, necks = folder / "guidelines" / "back_pain", folder / "guidelines" / "neck_pain"
    (necks / "neck").mkdir(parents=True)
    for one in ("sources.yaml", "vocabulary.yaml"):
        text = (backs / one).read_text("utf-8").replace("id: back_pain", "id: neck_pain")
        (necks / one).write_text(text.replace("saddle", "arm"), "utf-8")
    text = (backs / "clinic" / "2024.yaml").read_text("utf-8").replace("saddle", "arm").replace("active", "draft")
    text = text.replace("id: clinic", "id: neck").replace("back_pain", "neck_pain")
    (necks / "neck" / "2024.yaml").write_text(text, "utf-8")
    for library, name, where in ((backs, "back_pain", "saddle"), (necks, "neck_pain", "arm")):
        (library / "hazards.yaml").write_text(HAZARDS.format(name), "utf-8")
        (library / "properties.yaml").write_text(PROPERTIES.format(name, where), "utf-8")
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize(
    "command",
    [
        ("explain", "neck", "--vignette", "V1"),
        ("compare", "V1", "--guideline", "neck"),
        ("compare", "V1", "V2", "--guideline", "neck"),
        ("compare", "-k", "saddle", "--guideline", "neck"),
    ],
)
def test_a_vignette_is_not_taken_through_guidelines_that_do_not_know_its_findings(project, capsys, command):
    ran = run(capsys, *command)
    assert ran.code == 2
    assert "the vignette `V1` is written in the vocabulary `back_pain`" in ran.err


def test_one_claim_has_one_verdict_in_a_project(project, capsys):
    for folder, verdict in (("back_pain", "not_found"), ("neck_pain", "supported")):
        path = project / "guidelines" / folder / "claims.yaml"
        path.write_text(CLAIMS.format(folder, verdict), "utf-8")
    assert "the claim `SEED-1` (supported) is given twice" in run(capsys, "check").out
    assert run(capsys, "claims").code == 1


def test_a_register_with_a_fault_is_no_pass(project, capsys):
    for folder, verdict in (("back_pain", "not_found"), ("neck_pain", "perhaps")):
        path = project / "guidelines" / folder / "claims.yaml"
        path.write_text(CLAIMS.format(folder, verdict), "utf-8")
    ran = run(capsys, "claims")
    assert ran.code == 1
    assert "1 error in 1 file of the project" in ran.err


def test_properties_and_hazards_of_one_name_are_traced_in_their_own_library(project, capsys):
    body = json.loads(run(capsys, "trace", "--format", "json").out)["trace"]
    guided = [(one["file"].split("/")[1], one["guidelines"]) for one in body["properties"]]
    assert guided == [
        ("back_pain", ["clinic@2024.0.0", "clinic@2025.0.0"]),
        ("neck_pain", ["neck@2024.0.0"]),
    ]
    controls = {one["file"].split("/")[1]: one["controls"] for one in body["hazards"]}
    assert [one["in_force"] for one in controls["back_pain"]] == [True]
    assert [one["in_force"] for one in controls["neck_pain"]] == [False]
