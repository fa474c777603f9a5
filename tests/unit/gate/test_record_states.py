"""What became of each record on a day."""

from __future__ import annotations

from dataclasses import replace

from redflag_kit.gate.record_states import record_states
from redflag_kit.model.approval import REJECT, Edition
from tests.unit.gate.records import record


def test_each_record_says_whether_it_counts_and_why_not_latest_first():
    found = record_states(
        [
            record("a"),
            record("b", expires="2026-02-01"),
            record("c", conditions=(("tell the wards", ""),)),
            record("d", date="2026-03-01"),
            record("e"),
            record("f", "", decision=REJECT, withdraws=("e",)),
        ],
        "2026-02-01",
    )
    assert [(one.record.id, one.state, one.reason) for one in found] == [
        ("d", "future", "it is dated 2026-03-01, after 2026-02-01"),
        ("a", "counts", ""),
        ("b", "expired", "on 2026-02-01"),
        ("c", "conditional", "to be met: tell the wards"),
        ("e", "withdrawn", "by guidelines/g/acp/approvals/f.yaml"),
        ("f", "counts", ""),
    ]


def test_a_record_names_its_editions_where_it_has_them():
    (found,) = record_states([replace(record(), new=Edition("2.0.0", "x"))], "2026-02-01")
    assert (found.old, found.new, found.what) == ("", "2.0.0", ("change a",))
