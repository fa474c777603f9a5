"""Mutants in the format that viewers of mutation tests read."""

import json

import jsonschema
import pytest

from redflag_kit.report.elements import elements
from redflag_kit.report.formats import render
from tests.mutated import GUIDELINE, ONE, SOURCES, TWO, VIGNETTES, VOCABULARY, mutated
from tests.unit.cli.command_lines import ROOT

SCHEMA = ROOT / "tests" / "data" / "mutation-testing-report-schema" / "mutation-testing-report-schema.json"


@pytest.fixture(scope="module")
def found():
    return json.loads(render(mutated(), "elements"))


def one_of(found, path, id_):
    return next(one for one in found["files"][path]["mutants"] if one["id"] == id_)


def test_the_report_keeps_to_the_published_schema(found):
    schema = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema.validate(found, schema)
    broken = found | {"files": {GUIDELINE: {"language": "yaml", "source": ""}}}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, schema)


def test_files_have_their_text_and_their_mutants_in_order_of_place(found):
    assert list(found["files"]) == [GUIDELINE, VOCABULARY]
    assert found["files"][GUIDELINE]["source"] == SOURCES[GUIDELINE]
    assert {one["language"] for one in found["files"].values()} == {"yaml"}
    assert [one["location"]["start"]["line"] for one in found["files"][GUIDELINE]["mutants"]] == [3, 4, 5, 6, 7]


def test_a_mutant_is_given_with_its_place_its_kind_and_what_would_stand_there(found):
    killed = one_of(found, GUIDELINE, f"{ONE}/a-killed")
    assert killed["location"] == {"start": {"line": 5, "column": 5}, "end": {"line": 5, "column": 15}}
    assert (killed["mutatorName"], killed["replacement"], killed["status"]) == ("rule-dropped", "", "Killed")
    assert killed["description"].startswith("the rule T-AIR is left out")
    assert killed["statusReason"] == "killed by 2 vignettes"
    assert killed["killedBy"] == ["V-AIR", "V-WEEK"]
    assert "coveredBy" not in killed


def test_a_survivor_says_who_gets_what_and_names_no_vignette(found):
    survived = one_of(found, GUIDELINE, f"{ONE}/b-survived")
    assert survived["status"] == "Survived"
    assert survived["statusReason"].startswith("survived: stridor; ")
    assert survived["statusReason"].endswith("; review: now → says nothing")
    assert "killedBy" not in survived


def test_what_does_not_count_is_ignored_with_the_reason(found):
    equivalent = one_of(found, GUIDELINE, f"{ONE}/c-equivalent")
    exempted = one_of(found, GUIDELINE, f"{ONE}/d-exempted")
    assert (equivalent["status"], equivalent["statusReason"]) == (
        "Ignored",
        "equivalent: another rule says the same",
    )
    assert exempted["status"] == "Ignored"
    assert exempted["statusReason"].startswith("exempted: nobody is so old")


def test_what_is_not_decided_survived_every_vignette_and_says_so(found):
    left = one_of(found, GUIDELINE, f"{ONE}/e-open")
    assert (left["status"], left["statusReason"]) == ("Survived", "not decided: needs more than 10 nodes")


def test_a_mutant_that_guidelines_share_stands_once_in_its_worst_state(found):
    (shared,) = found["files"][VOCABULARY]["mutants"]
    assert shared["id"] == f"{ONE}/f-shared"
    assert shared["description"] == f"drooling is no sign of the airway (shared by {ONE}, {TWO})"
    assert shared["statusReason"].startswith(f"{ONE}: killed by 1 vignette; {TWO}: survived: ")
    assert "killedBy" not in shared


def test_a_survivor_of_a_guideline_without_vignettes_is_not_covered(found):
    assert found["files"][VOCABULARY]["mutants"][0]["status"] == "NoCoverage"
    result = mutated()
    result["mutate"]["guidelines"][1]["vignettes"] = 1
    assert elements(result)["files"][VOCABULARY]["mutants"][0]["status"] == "Survived"


def test_a_shared_mutant_that_all_guidelines_notice_names_every_vignette_once():
    result = mutated()
    for one in result["mutate"]["mutants"][-2:]:
        one |= {"state": "killed", "killed_by": ["V-WEEK", "V-AIR"]}
    (shared,) = elements(result)["files"][VOCABULARY]["mutants"]
    assert (shared["status"], shared["killedBy"]) == ("Killed", ["V-WEEK", "V-AIR"])


def test_vignettes_are_the_tests_with_their_places(found):
    assert list(found["testFiles"]) == [VIGNETTES]
    file = found["testFiles"][VIGNETTES]
    assert file["source"] == SOURCES[VIGNETTES]
    assert [(one["id"], one["location"]) for one in file["tests"]] == [
        ("V-AIR", {"start": {"line": 2, "column": 9}}),
        ("V-WEEK", {"start": {"line": 4, "column": 9}}),
    ]
    assert file["tests"][1]["name"] == "V-WEEK: a week"


def test_every_vignette_that_kills_is_among_the_tests(found):
    known = {one["id"] for file in found["testFiles"].values() for one in file["tests"]}
    named = {name for file in found["files"].values() for one in file["mutants"] for name in one.get("killedBy", ())}
    assert named <= known


@pytest.mark.parametrize(("floor", "low"), [("", 80), ("0.9", 90), ("0.999", 99), ("1", 100), ("0.29", 29), ("0", 0)])
def test_the_floor_is_what_counts_as_not_bad(floor, low):
    assert elements(mutated(floor=floor))["thresholds"] == {"high": 100, "low": low}


def test_the_report_says_what_made_it_and_how_it_was_asked_for_and_tells_no_time(found):
    assert found["schemaVersion"] == "2.0"
    assert found["framework"]["name"] == "redflag-kit"
    assert found["config"] == {"guidelines": [], "words": "", "fail_under": "", "show": "survived"}
    assert "performance" not in found
