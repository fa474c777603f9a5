"""Sign-off records as they are read, and that nobody edits or deletes one."""

from __future__ import annotations

import pytest

from redflag_kit.diagnostics.diagnostic import Diagnostic
from redflag_kit.model.approval import Condition, Covered, Edition
from redflag_kit.source.append_only import lost_records
from redflag_kit.source.approvals import is_record_place, read_approvals
from redflag_kit.source.editions import read_versions
from redflag_kit.source.places import ParsedFile
from redflag_kit.source.reader import read_yaml
from tests.unit.model.test_in_force import issued

DIGEST = "sha256:" + 64 * "a"
TEXT = f"""\
schema: redflag/approval/1
id: ID
guideline: acp
decision: approve
who: A  Reviewer <reviewer@example.org>
role: clinical-safety
date: 2026-02-28
expires: 2027-02-28
rationale: >-
  read with
  care
conditions:
  - {{text: train the staff}}
old: {{version: 2007.0.0, digest: {DIGEST}}}
covers:
  - {{fingerprint: {DIGEST}, what: MRI is less urgent}}
"""
HERE = "guidelines/g/acp/approvals/"


def read(*texts: str, complete: bool = True):
    found: list[Diagnostic] = []
    files = []
    for position, text in enumerate(texts):
        path = f"{HERE}{position}.yaml"
        node, _ = read_yaml(text.encode(), path)
        assert node is not None
        files.append(ParsedFile(path, node))
    records = read_approvals(files, [issued("2011-02-01", "x")], complete, found)
    return records, [one.code.id for one in found]


def test_a_record_is_read_with_everything_it_says():
    (record,), faults = read(TEXT)
    assert faults == []
    assert (record.id, record.file, record.span.line) == ("ID", f"{HERE}0.yaml", 2)
    assert (record.who, record.rationale) == ("A Reviewer <reviewer@example.org>", "read with care")
    assert record.conditions == (Condition("train the staff", ""),)
    assert (record.old, record.new) == (Edition("2007.0.0", DIGEST), None)
    assert record.covers == (Covered(DIGEST, "MRI is less urgent"),)
    assert record.decides("acp", DIGEST)
    assert not record.decides("acr", DIGEST)


def test_a_project_wide_record_names_no_guideline():
    (record,), faults = read(TEXT.replace("guideline: acp\n", ""))
    assert (record.guideline, faults) == ("", [])


def test_a_family_that_could_not_be_read_is_not_called_unknown():
    elsewhere = TEXT.replace("guideline: acp", "guideline: acr").replace("old:", "new:")
    assert read(elsewhere)[1] == ["RF520"]
    assert read(elsewhere, complete=False)[1] == []


def test_a_record_with_a_fault_is_left_out_and_may_be_the_one_that_another_withdraws():
    later = TEXT.replace("ID", "later") + "withdraws: [ID]\n"
    records, faults = read(TEXT.replace("role: clinical-safety", "role: Everybody"), later)
    assert ([one.id for one in records], faults) == (["later"], ["RF116"])


@pytest.mark.parametrize("versions", ["2024", "'2024.0 to 2024.1'", "at_least 2024", "at_most 2024.0.0"])
def test_a_violation_names_versions(versions: str):
    head = TEXT.split("expires:")[0].replace("approve", "violation")
    (record,), faults = read(f"{head}rationale: wrong dose\nversions: {versions}\n")
    assert faults == []
    assert record.recalls == read_versions(versions.strip("'"), "acp")
    assert record.recalls is not None


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("guidelines/approvals/a.yaml", True),
        ("guidelines/g/acp/approvals/2026/a.yaml", True),
        ("guidelines/g/approvals.yaml", False),
        ("vignettes/approvals/a.yaml", False),
    ],
)
def test_records_stand_below_a_folder_for_them(path: str, expected: bool):
    assert is_record_place(path) is expected


A, B, MOVED = f"{HERE}a.yaml", f"{HERE}b.yaml", "guidelines/approvals/old/a.yaml"
DATA = TEXT.encode()


def lost(old: dict[str, bytes], new: dict[str, bytes]) -> list[tuple[str, str]]:
    return [(one.code.id, str(one.span)) for one in lost_records(old, new)]


def test_new_records_and_moved_ones_and_other_line_ends_are_no_fault():
    assert lost({A: DATA}, {A: DATA, B: DATA.replace(b"ID", b"other")}) == []
    assert lost({A: DATA}, {MOVED: DATA}) == []
    assert lost({A: DATA}, {A: DATA.replace(b"\n", b"\r\n")}) == []


def test_other_files_than_records_may_change():
    assert lost({"guidelines/g/acp/2007.yaml": b"a", f"{HERE}README.md": b"a"}, {}) == []


def test_an_edited_record_is_told_at_its_first_other_line():
    assert lost({A: DATA}, {A: DATA.replace(b"train", b"tell")}) == [("RF527", f"{A}:13:1")]
    assert lost({A: DATA}, {A: DATA + b"# noted\n"}) == [("RF527", f"{A}:17:1")]


def test_a_record_edited_on_its_way_is_edited_and_one_that_is_gone_is_deleted():
    assert lost({A: DATA}, {MOVED: DATA.replace(b"train", b"tell")}) == [("RF527", f"{MOVED}:13:1")]
    assert lost({A: DATA}, {"guidelines/g/a.yaml": DATA}) == [("RF528", f"{A}:1:1")]
    assert lost({A: b"?", B: DATA}, {MOVED: b"!"}) == [("RF528", f"{A}:1:1"), ("RF528", f"{B}:1:1")]
