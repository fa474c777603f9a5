"""`redflag claims` on small projects, and the verdict behind claims in every report."""

import json

import jsonschema
import pytest

from tests.unit.cli.command_lines import GUIDELINE, ROOT, base_project, run

REGISTER = """\
schema: redflag/claims/1
vocabulary: back_pain
title: A made-up article
groups: {ART: article, COM: comment}
sections: {A: Beginning, B: End}
claims:
  - {id: ART-1, section: A, says: fever is worrying, verdict: supported, why: made up, sources: [CLINIC24]}
  - id: ART-2
    section: B
    says: 83 % hurt
    verdict: not_found
    why: ART-1 says more
    statistic: true
    figures: [83 %]
    vignettes: [V1]
  - {id: COM-1, section: B, says: backs hurt, verdict: category_error, why: made up, no_rule: nothing to decide}
contradictions:
  - {id: SX-1, says: both, claims: [ART-1, ART-2], patient: anybody, vignettes: [V1]}
"""
NOTED = "{id: S-INF, claims: [ART-1], note: of 83 % (ART-2), title: Signs of infection ART-2,"


@pytest.fixture
def project(tmp_path, monkeypatch):
    folder = base_project(tmp_path)
    (folder / "guidelines" / "back_pain" / "claims.yaml").write_text(REGISTER, "utf-8")
    edit(folder, GUIDELINE, "{id: S-INF, title: Signs of infection,", NOTED)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", "80")
    return folder


def edit(project, name, old, new):
    path = project / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def listed(capsys, *arguments):
    result = json.loads(run(capsys, "claims", *arguments, "--format", "json").out)
    return [one["id"] for key in ("claims", "contradictions") for one in result["claims"][key]]


def test_every_claim_stands_under_its_section_with_its_homes(project, capsys):
    ran = run(capsys, "claims")
    assert (ran.code, ran.err) == (0, "")
    assert "clinic@2024.0.0: S-INF" in ran.out
    assert "not found: ART-1 (supported) says more" in ran.out
    assert "nowhere    nothing to decide" in ran.out
    assert "CLINIC24 (its table or text was read)" in ran.out
    assert "ART-1 (supported), ART-2 (not found)" in ran.out
    assert ran.out.endswith("✔ 2 of 2 article claims placed (1 supported, 1 not found)\n"
                            "✔ 1 of 1 comment claims placed (1 category error)\n")  # fmt: skip
    assert max(map(len, ran.out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), ["ART-1", "ART-2", "COM-1", "SX-1"]),
        (("art-2",), ["ART-2", "SX-1"]),
        (("COM-1",), ["COM-1"]),
        (("sx-1",), ["SX-1"]),
        (("--section", "b"), ["ART-2", "COM-1"]),
        (("--verdict", "not_found"), ["ART-2"]),
        (("--verdict", "not_found", "--section", "B", "ART-2", "COM-1"), ["ART-2", "SX-1"]),
        (("--unplaced",), []),
    ],
)
def test_the_list_is_narrowed_by_what_is_asked_for(project, capsys, arguments, expected):
    assert listed(capsys, *arguments) == expected


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("ART-9",), 3),
        (("--section", "Z"), 3),
        (("--section", "A", "--verdict", "opinion"), 3),
        (("--verdict", "likely"), 2),
    ],
)
def test_nothing_that_matches_is_not_a_pass(project, capsys, arguments, code):
    ran = run(capsys, "claims", *arguments)
    assert (ran.code, ran.out) == (code, "")
    assert "hint:" in ran.err


def test_a_project_without_a_register_has_no_claims(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(base_project(tmp_path))
    ran = run(capsys, "claims")
    assert (ran.code, ran.out) == (3, "")
    assert "no register of claims" in ran.err


def test_a_register_that_cannot_be_read_is_not_loaded(project, capsys):
    edit(project, "guidelines/back_pain/claims.yaml", "verdict: supported", "verdict: likely")
    ran = run(capsys, "claims")
    assert (ran.code, ran.out.strip()) == (3, "")
    assert "RF104" in ran.err


def test_a_claim_without_a_home_ends_with_1_and_is_the_one_unplaced(project, capsys):
    edit(project, GUIDELINE, "claims: [ART-1], ", "")
    assert listed(capsys, "--unplaced") == ["ART-1"]
    for arguments in (("--unplaced",), ("COM-1",), ()):
        ran = run(capsys, "claims", *arguments)
        assert ran.code == 1
        assert "✘ 1 of 2 article claims placed" in ran.out
        assert "RF161" in ran.err
    assert "no home, and no reason given" in run(capsys, "claims", "ART-1").out


def test_what_broken_files_may_implement_is_said_not_to_be_counted(project, capsys):
    (project / GUIDELINE).with_name("2026.yaml").write_text("schema: [", "utf-8")
    result = json.loads(run(capsys, "claims", "--format", "json").out)
    assert result["limits"] == ["files of the project have errors; what they implement is not counted"]


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_other_formats_show_the_same_claims(project, capsys, form):
    page = run(capsys, "claims", "--format", form).out
    for text in ("fever is worrying", "category error", "nothing to decide", "S-INF", "2 of 2 article claims placed"):
        assert text in page
    assert "ART-2 (not found)" in page
    assert "None" not in page.replace("None were stated.", "").replace("None.", "")


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_contradictions_of_other_claims_are_left_out(project, capsys, form):
    page = run(capsys, "claims", "COM-1", "--format", form).out
    assert "COM-1" in page
    assert "contradict each other" not in page


def test_json_follows_the_schema_of_results(project, capsys):
    schema = json.loads((ROOT / "redflag_kit" / "schemas" / "result.json").read_text("utf-8"))
    result = json.loads(run(capsys, "claims", "--format", "json").out)
    jsonschema.Draft202012Validator(schema).validate(result)
    assert result["verdicts"] == {"ART-1": "supported", "ART-2": "not_found", "COM-1": "category_error"}


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_other_formats_show_the_faults_of_a_register(project, capsys, form):
    edit(project, GUIDELINE, "claims: [ART-1], ", "")
    assert "RF161" in run(capsys, "claims", "--format", form).out


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
@pytest.mark.parametrize(
    "command",
    [
        ("show", "clinic@2024"),
        ("explain", "clinic@2024", "age_years=40", "fever=present"),
        ("diff", "clinic@2024", "clinic@2025"),
    ],
    ids=lambda command: command[0],
)
def test_every_report_shows_the_verdict_behind_a_claim(project, capsys, command, form):
    page = run(capsys, *command, "--format", form).out
    if (command[0], form) != ("explain", "markdown"):  # has the ids of rules only
        assert "ART-2 (not found)" in page
    assert page.count("ART-2 (not found)") == page.count("ART-2")


def test_show_has_the_verdict_in_notes_and_in_the_list_of_claims(project, capsys):
    page = run(capsys, "show", "clinic@2024").out
    assert "claims    ART-1 (supported)" in page
    assert "note      of 83 % (ART-2 (not found))" in page


def test_a_message_shows_the_verdict_behind_a_claim(project, capsys):
    edit(project, GUIDELINE, "note: of 83 % (ART-2)", "note: of 83 %")
    ran = run(capsys, "check")
    assert ran.code == 1
    assert "its disputed claim `ART-2` (not found)" in " ".join(ran.out.split())
    assert "disputed claim `ART-2` (not found)" in " ".join(run(capsys, "claims").err.split())


def test_json_keeps_the_texts_and_lists_the_verdicts_of_claims_it_names(project, capsys):
    out = run(capsys, "show", "clinic@2024", "--format", "json").out
    assert "(not found)" not in out
    assert json.loads(out)["verdicts"] == {"ART-1": "supported", "ART-2": "not_found"}


def test_a_saved_result_is_shown_with_the_same_verdicts(project, capsys):
    (project / "saved.json").write_text(run(capsys, "show", "clinic@2024", "--format", "json").out, "utf-8")
    assert run(capsys, "report", "saved.json").out == run(capsys, "show", "clinic@2024").out


def test_ids_paths_and_digests_are_never_changed(project, capsys):
    edit(project, GUIDELINE, "{id: S-CES,", "{id: ART-2,")
    page = run(capsys, "show", "clinic@2024").out
    assert "  ART-2 Cauda equina signs" in page
