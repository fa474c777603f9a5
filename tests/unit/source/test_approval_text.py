"""Records as they are written: they read back as what they were made from, and their names tell what they are about."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from redflag_kit.diagnostics.span import NOWHERE
from redflag_kit.model.approval import APPROVE, REJECT, VIOLATION, Approval, Condition, Covered, Edition
from redflag_kit.source.approval_text import folder_for, name_for, read_back, text_of
from redflag_kit.source.editions import read_versions

WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=30).map(
    lambda text: " ".join(text.split()) or "x"
)
DIGESTS = st.sampled_from("0123456789abcdef").map(lambda one: "sha256:" + 64 * one)
EDITIONS = st.builds(Edition, st.sampled_from(("2011.0.0", "2026.10.1")), DIGESTS)
COVERS = st.lists(st.builds(Covered, DIGESTS, WORDS), min_size=1, max_size=3, unique_by=lambda one: one.fingerprint)

APPROVALS = st.builds(
    Approval,
    id=st.just("2026-01-01-acp"),
    guideline=st.sampled_from(("acp", "")),
    decision=st.just(APPROVE),
    who=WORDS,
    role=st.just("clinical-safety"),
    date=st.just("2026-01-01"),
    expires=st.sampled_from(("", "2027-01-01")),
    rationale=WORDS,
    conditions=st.lists(st.builds(Condition, WORDS, st.one_of(st.just(""), WORDS)), max_size=2).map(tuple),
    old=st.one_of(st.none(), EDITIONS),
    new=st.one_of(st.none(), EDITIONS),
    covers=COVERS.map(tuple),
    versions=st.just(""),
    withdraws=st.sampled_from(((), ("r1", "2026-01-01-b"))),
    span=st.just(NOWHERE),
)
REJECTIONS = APPROVALS.map(lambda one: replace(one, decision=REJECT, expires="", conditions=()))
RECALLS = st.sampled_from(("2026", "2026.0 to 2026.10", "at_least 2026", "at_most 2026.1.0")).map(
    lambda versions: Approval(
        "v", "acp", VIOLATION, "A", "b", "2026-01-01", "", "why", (), None, None, (), versions, (), NOWHERE,
        read_versions(versions, "acp"),
    )
)  # fmt: skip


@given(st.one_of(APPROVALS, REJECTIONS, RECALLS))
@settings(max_examples=60, deadline=None)
def test_a_record_reads_back_as_what_it_was_made_from(record: Approval):
    found, faults = read_back(text_of(record), "approvals/a.yaml")
    assert faults == ()
    assert found is not None
    assert replace(found, span=NOWHERE) == record


def test_what_cannot_be_read_back_is_told_and_not_written():
    odd = Approval(
        "a", "acp", APPROVE, "A", "Role", "2026-02-30", "", " ", (), None, None, (), "", (), NOWHERE
    )  # fmt: skip
    found, faults = read_back(text_of(odd), "approvals/a.yaml")
    assert found is None
    assert [one.code.id for one in faults] == ["RF522", "RF116", "RF118", "RF522"]
    assert [one.code.id for one in read_back("a: [", "approvals/a.yaml")[1]] == ["RF001"]
    assert [one.code.id for one in read_back("schema: redflag/approval/1\n", "a.yaml")[1]][:1] == ["RF101"]


def named(**changes: object) -> str:
    record = Approval(
        "", "acp", APPROVE, "Ädele  O'Neil <a@x.org>", "clinical-safety", "2026-01-02", "", "why", (),
        Edition("2007.0.0", ""), Edition("2011.0.0", ""), (), "", (), NOWHERE,
    )  # fmt: skip
    return name_for(replace(record, **changes), ())  # type: ignore[arg-type]


def test_a_name_tells_day_edition_decision_role_and_person():
    assert named() == "2026-01-02-acp-2011.0.0-approve-clinical-safety-adele-o-neil"
    assert named(new=None) == "2026-01-02-acp-2007.0.0-approve-clinical-safety-adele-o-neil"
    assert named(guideline="", old=None, new=None, who="*") == "2026-01-02-project-approve-clinical-safety"
    assert named(old=None, new=None, versions="at_least 2026", decision=VIOLATION, role="a", who="B").endswith(
        "acp-at_least-2026-violation-a-b"
    )


def test_a_long_name_is_cut_and_a_taken_one_numbered():
    name = named(who="x" * 200)
    assert len(name) == 75
    record = Approval("", "acp", APPROVE, "A", "r", "2026-01-02", "", "", (), None, None, (), "", (), NOWHERE)
    assert name_for(record, ()) == "2026-01-02-acp-approve-r-a"
    assert name_for(record, ["2026-01-02-acp-approve-r-a", "2026-01-02-acp-approve-r-a-2"]).endswith("-a-3")


def test_records_stand_beside_the_guideline_they_are_about():
    assert folder_for("guidelines/back/acp/2011.yaml") == "guidelines/back/acp/approvals"
    assert folder_for("") == "guidelines/approvals"
