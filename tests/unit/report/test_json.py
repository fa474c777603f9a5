"""The JSON form of results, as `contract.md` has it."""

import json
from fractions import Fraction

import pytest

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic, Note
from redflag_kit.diagnostics.span import Span
from redflag_kit.report.json import to_json, to_text
from redflag_kit.results.check import ShownGuideline
from redflag_kit.results.diff import (
    ChangeClass,
    DiffBody,
    Edit,
    FiredRule,
    Health,
    OutputCounts,
    RuleRef,
    Tables,
    VignetteChange,
    VignetteSummary,
    Witness,
)
from redflag_kit.results.envelope import Envelope, NotDecided, ResultInput
from redflag_kit.results.region import Cube, Region

REGION = Region(
    "fever", (Cube((("fever", ("present",)), ("age_years", ("0..17", "65..120"))), ("fever", "age")),), True
)
NO_RULE = RuleRef("", "", "", 0, "", (), (), "")
RULE = RuleRef("R1", "A rule", "a.yaml", 3, "MRI: now", (), (("A1", "a reading"),), "")


def change(**changed):
    witness = Witness(
        {"fever": "present"},
        ("fever",),
        (("mri", "silent"),),
        (("mri", "now"),),
        (),
        (FiredRule("R1", "A rule", True),),
    )
    given = {
        "id": "c1", "fingerprint": "sha256:0", "kind": "recommendation-gained", "direction": "gained", "output": "mri",
        "element": "", "label": "MRI", "from_value": "silent", "to_value": "now", "from_words": "says nothing",
        "to_words": "now", "sentence": "MRI: says nothing → now", "old_rule": NO_RULE, "new_rule": RULE,
        "region": REGION, "edit": None, "witness": witness, "vignettes": ("V1",), "hazards": (), "signoff": None,
    }  # fmt: skip
    return ChangeClass(**{**given, **changed})


def shown():
    return ShownGuideline(
        "g", "1.0.0", "", "", "", "", "", "", (), (("adult", "18 years", "K", "partly", ""),), (("d", "fever"),),
        (("A1", "x"),), (), (), (("K", "A book", "table"),), "sha256:1",
    )  # fmt: skip


def body(*changes):
    counts = (OutputCounts("mri", "MRI", 0, 0, 1, 0, 0, 0, 0, 0, 0),) if changes else ()
    summary = VignetteSummary((VignetteChange("V1", "", (("MRI", "says nothing", "now"),)),), (), (), (), ())
    return DiffBody(
        "g@1", "g@2", not changes, "", "minor", "minor", "semver", True, counts, changes, (), (), (), (),
        Health((), (), ()), summary, None, None, (), Tables(shown(), shown(), (("R0", ("R1", "R2")),)), "",
    )  # fmt: skip


def diff(*changes):
    return to_json(Envelope("diff", "ok", 0, body=body(*changes)))["diff"]


def test_the_envelope_has_the_keys_of_the_contract_and_one_named_as_the_command():
    given = ResultInput("guideline", "g", "g", "1.0.0", "g.yaml", "sha256:1")
    envelope = Envelope(
        "check", "undecided", 4, (given,), {"a": ()}, (), (NotDecided("q", "e", "b"),), ("l",), {"n": 1}, None
    )
    assert to_json(envelope) == {
        "schema": "redflag/result/1",
        "command": "check",
        "tool": {"name": "redflag-kit", "version": __import__("redflag_kit").__version__},
        "status": "undecided",
        "exit_code": 4,
        "inputs": [
            {
                "role": "guideline",
                "ref": "g",
                "id": "g",
                "version": "1.0.0",
                "path": "g.yaml",
                "digest": "sha256:1",
                "revision": None,
            }
        ],
        "options": {"a": []},
        "diagnostics": [],
        "not_decided": [{"question": "q", "established": "e", "budget": "b"}],
        "limits": ["l"],
        "summary": {"n": 1},
        "verdicts": {},
        "project": ".",
        "check": None,
    }


def test_a_diagnostic_is_flat():
    note = Note(Span("b.yaml", 5, 6, 5, 7), "also here")
    one = Diagnostic(Span("a.yaml", 1, 2, 3, 4), codes.RF010, "m", "h", (note,), ("R1",), ("fever",), {"case": {}})
    assert to_json(Envelope("check", "findings", 1, diagnostics=(one,)))["diagnostics"] == [
        {
            "code": "RF010",
            "name": "duplicate-key",
            "severity": "error",
            "message": "m",
            "help": "h",
            "file": "a.yaml",
            "line": 1,
            "column": 2,
            "end_line": 3,
            "end_column": 4,
            "rules": ["R1"],
            "findings": ["fever"],
            "witness": {"case": {}},
            "where": "",
            "waived": "",
            "related": [
                {"message": "also here", "file": "b.yaml", "line": 5, "column": 6, "end_line": 5, "end_column": 7}
            ],
        }
    ]


def test_a_change_says_from_to_rules_and_spans():
    one = diff(change())["changes"][0]
    assert (one["from"], one["to"]) == ("silent", "now")
    assert (one["old_rule"], one["new_rule"]) == (None, "R1")
    assert (one["old_span"], one["new_span"]) == (None, {"file": "a.yaml", "line": 3})
    assert one["evidence"] == {"old": [], "new": []}
    assert one["new_row"]["assumptions"] == {"A1": "a reading"}
    assert one["witness"]["new"] == {"mri": "now"}
    assert not {"from_value", "to_value"} & one.keys()


def test_a_region_is_cubes_of_literals_with_words_beside_them():
    assert diff(change())["changes"][0]["region"] == {
        "text": "fever",
        "cubes": [{"fever": ["present"], "age_years": ["0..17", "65..120"]}],
        "words": [["fever", "age"]],
        "exact": True,
    }


def test_an_edit_is_the_region_it_moves_with_both_parts_beside_it():
    edit = Edit("moved", ("R0",), ("R1",), "R0 -> R1", REGION, Region("x", (), False))
    one = diff(change(edit=edit))["changes"][0]["edit"]
    assert (one["text"], one["kind"], one["exact"]) == ("R0 -> R1", "moved", False)
    assert one["cubes"] == one["lost"]["cubes"]


def test_counts_are_keyed_by_output():
    counts = diff(change())["counts"]
    assert counts["mri"]["gained"] == 1
    assert "output" not in counts["mri"]
    assert diff()["counts"] == {}


def test_pairs_become_objects_and_rows_become_records():
    found = diff(change())
    assert found["tables"]["successors"] == {"R0": ["R1", "R2"]}
    assert found["tables"]["old"]["definitions"] == {"d": "fever"}
    assert found["tables"]["old"]["parameters"] == [
        {"id": "adult", "value": "18 years", "cite": "K", "evidence": "partly", "note": ""}
    ]
    assert found["vignettes"]["changed"][0]["changes"] == [{"output": "MRI", "old": "says nothing", "new": "now"}]


def test_the_text_is_indented_readable_and_ends_with_a_line_break():
    text = to_text({"a": "°"})
    assert text == '{\n  "a": "°"\n}\n'
    assert json.loads(text) == {"a": "°"}


def test_what_has_no_json_form_is_our_fault():
    with pytest.raises(TypeError):
        to_json(Envelope("check", "ok", 0, body={"a": Fraction(1, 3)}))
