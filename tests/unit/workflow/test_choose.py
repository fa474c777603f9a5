"""Which changes somebody means, where the choice is hard to make."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redflag_kit.workflow.choose import Choice, chosen, role_asked
from redflag_kit.workflow.envelope import NOT_LOADED, UNDECIDED, USAGE, UsageError
from tests.unit.gate.records import item

SAFETY = "clinical-safety"
A, B = (replace(item(letter), fingerprint=f"sha256:{letter * 64}") for letter in "ab")
NONE = replace(item("c"), fingerprint="")


def refused(*items, choice: Choice) -> UsageError:
    with pytest.raises(UsageError) as caught:
        chosen(items, choice, SAFETY)
    return caught.value


def test_a_change_beyond_the_budget_of_diagrams_has_no_fingerprint_and_cannot_be_signed():
    assert chosen((A, NONE), Choice(everything=True), SAFETY) == (A,)
    error = refused(A, NONE, choice=Choice(ids=("id-c",)))
    assert (error.exit_code, "no fingerprint of it could be made" in error.message) == (UNDECIDED, True)
    assert refused(NONE, choice=Choice(everything=True)).exit_code == NOT_LOADED


def test_one_id_or_the_start_of_a_fingerprint_must_mean_one_change():
    error = refused(A, replace(B, id=A.id), choice=Choice(ids=(A.id,)))
    assert (error.exit_code, A.fingerprint in error.hint, B.fingerprint in error.hint) == (USAGE, True, True)
    error = refused(A, replace(A, id="other"), choice=Choice(fingerprints=("aaaaaaaa",)))
    assert (error.exit_code, error.hint) == (USAGE, "name one by its id: id-a, other")


def test_the_order_of_changes_is_kept_and_each_is_taken_once():
    assert chosen((A, B), Choice(ids=("id-b", "id-a"), fingerprints=("b" * 8,)), SAFETY) == (A, B)


def test_a_role_must_be_named_where_several_are_asked_for():
    assert role_asked([A], "") == SAFETY
    assert role_asked([A], "pharmacist") == "pharmacist"
    with pytest.raises(UsageError, match="several roles") as caught:
        role_asked([A, replace(B, roles=("pharmacist",))], "")
    assert caught.value.hint == "say with --role which is yours: clinical-safety, pharmacist"
