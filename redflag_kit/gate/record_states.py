"""What became of each record on a day, whatever changes it is about."""

from collections.abc import Iterable

from redflag_kit.gate.standing import is_expired, shown
from redflag_kit.model.approval import APPROVE, Approval, Edition
from redflag_kit.results.approve import RecordStanding

COUNTS, WITHDRAWN, FUTURE = "counts", "withdrawn", "future"
EXPIRED, CONDITIONAL = "expired", "conditional"


def record_states(records: Iterable[Approval], date: str) -> tuple[RecordStanding, ...]:
    """Return the records with their states, latest first; one that counts may still be outweighed by a later one."""
    known = tuple(records)
    ordered = sorted(sorted(known, key=lambda one: one.file), key=lambda one: one.date, reverse=True)
    return tuple(_standing(one, known, date) for one in ordered)


def _standing(one: Approval, records: tuple[Approval, ...], date: str) -> RecordStanding:
    state, reason = _state(one, records, date)
    return RecordStanding(
        record=shown(one),
        guideline=one.guideline,
        old=_version(one.old),
        new=_version(one.new),
        what=tuple(covered.what for covered in one.covers),
        versions=one.versions,
        withdraws=one.withdraws,
        state=state,
        reason=reason,
    )


def _version(edition: Edition | None) -> str:
    return edition.version if edition else ""


def _state(one: Approval, records: tuple[Approval, ...], date: str) -> tuple[str, str]:
    withdrawing = one.withdrawn_by(records)
    if withdrawing is not None:
        return WITHDRAWN, f"by {withdrawing.file}"
    if one.decision == APPROVE and one.date > date:
        return FUTURE, f"it is dated {one.date}, after {date}"
    if is_expired(one, date):
        return EXPIRED, f"on {one.expires}"
    if one.open_conditions:
        return CONDITIONAL, f"to be met: {'; '.join(one.open_conditions)}"
    return COUNTS, ""
