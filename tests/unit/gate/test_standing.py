"""Who must have signed what, and what keeps a change open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redflag_kit.gate.standing import Circumstances, recalled, signoff
from redflag_kit.model.approval import REJECT, VIOLATION, Approval
from redflag_kit.model.property import Editions
from redflag_kit.results.signoff import SignoffItem
from tests.unit.gate.records import AUTHOR, REVIEWER, SAFETY, given, item, record
from tests.unit.model.test_in_force import issued

COLLEAGUE = "A Colleague <colleague@example.org>"


def rejection(name: str = "r2", who: str = REVIEWER, role: str = SAFETY, date: str = "2026-01-11") -> Approval:
    return record(name, decision=REJECT, who=who, role=role, date=date)


def judged(*records: Approval, of: SignoffItem | None = None, at: Circumstances | None = None) -> SignoffItem:
    (found,) = signoff([of or item()], records, at or given()).items
    return found


def state(*records: Approval, of: SignoffItem | None = None, at: Circumstances | None = None) -> str:
    return judged(*records, of=of, at=at).state


def test_without_a_record_a_change_is_open_and_names_the_role_that_is_missing():
    found = judged()
    assert (found.state, found.missing, found.records) == ("open", (SAFETY,), ())
    assert found.reasons == ()


def test_an_approval_of_somebody_else_than_the_author_approves():
    found = judged(record())
    assert (found.state, found.missing) == ("approved", ())
    assert found.records == ("guidelines/g/acp/approvals/r1.yaml",)


def test_every_role_must_approve():
    both = item("a", SAFETY, "pharmacist")
    found = judged(record(), of=both)
    assert (found.state, found.missing) == ("open", ("pharmacist",))
    assert state(record(), record("r2", role="pharmacist"), of=both) == "approved"


def test_an_approval_counts_for_its_own_family_and_fingerprint_only():
    assert state(record(covers="b")) == "open"
    assert state(record(guideline="acr")) == "open"
    assert state(record(guideline=""), of=item(guideline="")) == "approved"


def test_authors_alone_cannot_approve_their_change_but_may_join_in():
    own = record(who="an AUTHOR <Author@Example.org>")
    found = judged(own)
    assert (found.state, found.missing) == ("open", (SAFETY,))
    assert "somebody else must approve it too" in found.reasons[0]
    assert state(own, record("r2")) == "approved"


def test_an_author_in_one_role_is_enough_where_another_person_signs_another_role():
    both = item("a", SAFETY, "pharmacist")
    assert state(record(who=AUTHOR), record("r2", role="pharmacist"), of=both) == "approved"


def test_unknown_authors_leave_an_approved_change_undecided_and_an_open_one_open():
    assert state(record(), at=given(authors=None)) == "unknown"
    assert state(at=given(authors=None)) == "open"


def test_only_listed_reviewers_count_where_a_role_lists_some():
    listed = given(reviewers={SAFETY: (COLLEAGUE,)})
    found = judged(record(), at=listed)
    assert found.state == "open"
    assert found.reasons[0].endswith(f"{REVIEWER} is not listed for the role clinical-safety")
    assert state(record(who="colleague <colleague@example.org>"), at=listed) == "approved"
    assert state(record(decision=REJECT), at=listed) == "open"


def test_a_later_rejection_of_the_same_person_outweighs_an_approval_and_vice_versa():
    found = judged(record(), rejection())
    assert found.state == "rejected"
    assert found.reasons[0] == f"rejected by {REVIEWER} as clinical-safety on 2026-01-11: read with care"
    assert state(record(date="2026-01-12"), rejection()) == "approved"


def test_on_one_day_the_name_of_the_file_decides_which_record_is_later():
    assert state(record("a"), record("b", decision=REJECT)) == "rejected"
    assert state(record("b"), record("a", decision=REJECT)) == "approved"


def test_a_rejection_of_anybody_in_any_role_blocks_whoever_approved():
    assert state(record(), rejection(who=COLLEAGUE)) == "rejected"
    assert state(record(), rejection(role="pharmacist")) == "rejected"
    assert state(record(decision=REJECT), of=replace(item(), roles=())) == "rejected"


def test_a_change_that_needs_no_role_needs_nothing():
    assert state(of=replace(item(), roles=())) == "not_required"


def test_a_withdrawn_record_does_not_count():
    back = record("r2", "", decision=REJECT, withdraws=("r1",))
    found = judged(record(), back)
    assert found.state == "open"
    assert found.reasons[0].endswith("withdrawn by guidelines/g/acp/approvals/r2.yaml")
    assert state(record(decision=REJECT), record("r2", withdraws=("r1",))) == "approved"


@pytest.mark.parametrize(
    "other",
    [
        record("r2", who=COLLEAGUE, withdraws=("r1",)),
        record("r2", role="pharmacist", withdraws=("r1",)),
        record("r2", date="2026-01-09", withdraws=("r1",)),
    ],
)
def test_nobody_withdraws_what_somebody_else_or_another_role_signed_or_what_comes_later(other: Approval):
    assert state(record(decision=REJECT), other) == "rejected"


def test_an_approval_with_an_open_condition_is_conditional_until_it_is_said_how_it_was_met():
    found = judged(record(conditions=(("train the staff", ""), ("tell the wards", "letter of 3 May"))))
    assert (found.state, found.missing) == ("conditional", (SAFETY,))
    assert found.reasons == (f"approved by {REVIEWER} as clinical-safety if: train the staff",)
    assert state(record(conditions=(("train the staff", "done on 2 May"),))) == "approved"


def test_an_approval_no_longer_counts_from_the_day_on_which_it_expires():
    short = record(expires="2026-02-01")
    assert state(short, at=given("2026-01-31")) == "approved"
    found = judged(short, at=given("2026-02-01"))
    assert (found.state, found.missing) == ("expired", (SAFETY,))
    assert found.reasons == (f"the approval of {REVIEWER} as clinical-safety expired on 2026-02-01",)


def test_the_worst_of_what_is_missing_names_the_state():
    three = item("a", "one", "two", "three")
    waits = record("r1", role="one", conditions=(("x", ""),))
    over = record("r2", role="two", expires="2026-01-20")
    assert state(waits, over, of=three) == "open"
    assert state(waits, over, record("r3", role="three"), of=three) == "expired"
    assert state(waits, record("r2", role="two"), record("r3", role="three"), of=three) == "conditional"


def test_an_approval_of_tomorrow_does_not_count_yet_and_a_rejection_does():
    found = judged(record(date="2026-02-02"))
    assert found.state == "open"
    assert found.reasons[0].endswith("it is dated 2026-02-02, after 2026-02-01")
    assert state(record(), rejection(date="2026-02-02")) == "rejected"
    assert state(record("r1", decision=REJECT), record("r2", date="2099-01-01")) == "rejected"


def test_an_approval_that_was_there_before_the_change_does_not_let_it_in_again():
    again = judged(record("r1"), at=given(spent=("r1",)))
    assert again.state == "open"
    assert "let the same change in before" in again.reasons[-1]
    assert state(record("r1"), record("r2", date="2026-01-12"), at=given(spent=("r1",))) == "approved"


def test_a_rejection_that_was_there_before_the_change_still_blocks_unless_its_person_took_it_back():
    assert state(rejection("r1"), at=given(spent=("r1",))) == "rejected"
    assert state(rejection("r1"), record("r2", date="2026-01-12"), at=given(spent=("r1", "r2"))) == "open"


def test_roles_are_summed_up_over_all_changes():
    found = signoff([item("a"), item("b", SAFETY, "pharmacist")], [record(covers="ab")], given())
    assert (found.required, found.present, found.missing) == ((SAFETY, "pharmacist"), (SAFETY,), ("pharmacist",))
    assert found.authors == (AUTHOR,)
    assert signoff([], [], given(authors=None)).authors == ()


def test_the_records_that_speak_of_the_change_are_shown_and_no_others():
    records = [record("b", "z"), record("a", conditions=(("x", "y"),)), record("c", "z", guideline="acr")]
    one, two = signoff([item()], records, given()).records
    assert (one.id, one.file, one.conditions, one.covers) == (
        "a",
        "guidelines/g/acp/approvals/a.yaml",
        (("x", "y"),),
        ("a",),
    )
    assert two.id == "b"


def test_an_approval_of_a_change_that_is_not_made_is_stale():
    (stale,) = signoff([item("a")], [record(covers="az")], given()).stale
    assert (stale.record, stale.fingerprint, stale.what) == ("guidelines/g/acp/approvals/r1.yaml", "z", "change z")


@pytest.mark.parametrize(
    "other",
    [
        record(covers="z", decision=REJECT),
        record(covers="z", guideline="acr"),
        record("old", covers="z"),
        record("r1", covers="a"),
    ],
)
def test_rejections_other_families_and_signatures_of_earlier_changes_are_not_stale(other: Approval):
    assert signoff([item("a")], [other], given(earlier=("old",))).stale == ()


def test_a_withdrawn_approval_is_not_stale():
    back = record("r2", "", decision=REJECT, withdraws=("r1",))
    assert signoff([item("a")], [record(covers="z"), back], given()).stale == ()


def test_a_violation_recalls_the_editions_of_its_range_for_good():
    recall = replace(record("v", "", decision=VIOLATION, guideline="acp"), recalls=Editions("1", "acp", (1,), (1,)))
    back = record("w", "", decision=REJECT, withdraws=("v",), guideline="acp")
    one, two = issued("2011-02-01", "x", version="1.0.0"), issued("2012-02-01", "x", version="2.0.0")
    assert recalled([back, recall], [one, two]) == ((recall, one),)
