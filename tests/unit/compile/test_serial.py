"""The compiled form is plain data that says everything a row needs."""

from __future__ import annotations

import json

from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.compile.serial import FORM, as_json
from tests.shipped import editions


def test_every_shipped_guideline_is_written_as_plain_json_the_same_every_time():
    for guideline in editions().values():
        compiled = compile_guideline(guideline)
        text = json.dumps(as_json(compiled))
        assert text == json.dumps(as_json(compile_guideline(guideline)))
        data = json.loads(text)
        assert (data["form"], data["name"], data["digest"]) == (FORM, guideline.name, compiled.digest)
        rows = [row["rule"] for t in data["tables"] for row in (*t["rows"], *(t["otherwise"] or ()))]
        assert sorted(rows) == sorted(rule.id for rule in guideline.rules())


def test_a_row_holds_its_entries_and_the_rows_that_suppress_it():
    guideline = editions()["acp@2011.0.0"]
    [table] = json.loads(json.dumps(as_json(compile_guideline(guideline))))["tables"]
    rows = {row["rule"]: row for row in table["rows"]}
    assert rows["11-INF"]["then"] == {"mri": ["without_trial"]}
    assert rows["11-INF"]["when"][0] == "all"
    assert rows["11-WCA"]["suppressed_by"] == ["11-NO1", "11-NO2"]
