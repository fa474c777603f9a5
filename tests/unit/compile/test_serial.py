"""The compiled form is plain data that says everything a row needs."""

from __future__ import annotations

import json

from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.compile.serial import FORM, as_json
from tests.property.models import (
    a_set,
    assumed,
    at_most,
    between,
    decision,
    guideline,
    has,
    number,
    ordered,
    rule,
    scale,
    score,
    total,
    vocabulary,
    yes_no,
)
from tests.shipped import editions


def test_every_shipped_guideline_is_written_as_plain_json_the_same_every_time():
    for edition in editions().values():
        compiled = compile_guideline(edition)
        text = json.dumps(as_json(compiled))
        assert text == json.dumps(as_json(compile_guideline(edition)))
        data = json.loads(text)
        assert (data["form"], data["name"], data["digest"]) == (FORM, edition.name, compiled.digest)
        rows = [row["rule"] for t in data["tables"] for row in (*t["rows"], *(t["otherwise"] or ()))]
        assert sorted(rows) == sorted(rule.id for rule in edition.rules())


def test_a_row_holds_its_entries_and_the_rows_that_suppress_it():
    edition = editions()["acp@2011.0.0"]
    [table] = json.loads(json.dumps(as_json(compile_guideline(edition))))["tables"]
    rows = {row["rule"]: row for row in table["rows"]}
    assert rows["11-INF"]["then"] == {"mri": ["without_trial"]}
    assert rows["11-INF"]["when"][0] == "all"
    assert rows["11-WCA"]["suppressed_by"] == ["11-NO1", "11-NO2"]


def test_the_form_says_everything_under_names_that_others_rely_on():
    words = vocabulary(
        [yes_no("fever"), number("age", 18, 90, example=40), number("days", 0, 9)],
        [ordered("scan", scale("later", "now", against="later")), a_set("likely", "cauda", "abscess")],
        [at_most("days", "age", factor=2)],
    )
    some = guideline(
        words,
        [decision("d", [rule("r", total("risk", 1, 1), {"scan": "now"})], [rule("o", None, {"likely": "cauda"})])],
        scope=between("age", 20),
        scores=[score("risk", (has("fever"), 1))],
        assume={"fever": assumed("absent")},
    )
    compiled = compile_guideline(some)
    data = as_json(compiled)
    [table] = compiled.tables
    rest = table.otherwise or ()
    assert data == {
        "form": "redflag/compiled/1",
        "name": "rules@1.0.0",
        "digest": compiled.digest,
        "inputs": {
            "age": {"domain": ["18", "90", "1"], "calm": "40"},
            "fever": {"domain": ["absent", "present"], "calm": "absent"},
            "days": {"domain": ["0", "9", "1"], "calm": "0"},
        },
        "outputs": {
            "scan": [[("later", "now"), "later", []], [], "highest", []],
            "likely": [None, ["abscess", "cauda"], "highest", []],
        },
        "covers": ["scan", "likely"],
        "assume": {"fever": "absent"},
        "restrictions": [["compare", "days", False, "2", "age"]],
        "scope": ["is", "age", [["20", "90"]]],
        "sums": {"risk": [[["is", "fever", ["present"]], 1]]},
        "tables": [
            {
                "decision": "d",
                "hit_policy": "COLLECT",
                "outputs": ["scan", "likely"],
                "rows": [
                    {
                        "rule": "r",
                        "when": ["score", "risk", [1]],
                        "then": {"scan": ["now"]},
                        "suppressed_by": [],
                        "digest": table.rows[0].digest,
                    }
                ],
                "otherwise": [
                    {
                        "rule": "o",
                        "when": ["all", []],
                        "then": {"likely": ["cauda"]},
                        "suppressed_by": [],
                        "digest": rest[0].digest,
                    }
                ],
            }
        ],
    }
