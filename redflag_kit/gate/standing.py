"""Where sign-off stands: which changes are approved, by whom, and what keeps the others open.

Claim: an item is approved exactly if every role that it needs has an approval that counts, nobody's rejection stands,
and one of those who approved is not an author of the change.
Method: of each person and role the latest record that covers an item counts, by date, then by file. It counts unless it
was withdrawn, its person may not act in its role, or it is an approval that is dated after the day asked about, or that
was there before the change: that one let an earlier change in, and a change made again is to be looked at again.
A rejection that counts always blocks, whatever its role is and whoever else approved.
Not covered: whether a record was really written by the person it names; see docs/sign-off.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from redflag_kit.model.approval import APPROVE, REJECT, VIOLATION, Approval
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.person import is_among, same_person
from redflag_kit.results.signoff import Signoff, SignoffItem, SignoffRecord, StaleRecord

NOT_REQUIRED, OPEN, APPROVED, CONDITIONAL = "not_required", "open", "approved", "conditional"
REJECTED, EXPIRED, UNKNOWN = "rejected", "expired", "unknown"
STATES = (NOT_REQUIRED, OPEN, APPROVED, CONDITIONAL, REJECTED, EXPIRED, UNKNOWN)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What decides on sign-off beside items and records.

    `date`: the day asked about. `authors`: who wrote the change, None where that cannot be told. `reviewers`: role ->
    who may act in it; a role that is not listed is open to everybody. `changed`: the families that the change touches.
    `earlier`: ids of records that signed other changes and are not stale in this one. `spent`: ids of those that were
    there before the change, whose approvals let an earlier one in.
    """

    date: str
    authors: tuple[str, ...] | None
    reviewers: Mapping[str, Sequence[str]]
    changed: frozenset[str]
    earlier: frozenset[str] = frozenset()
    spent: frozenset[str] = frozenset()


def signoff(items: Iterable[SignoffItem], records: Iterable[Approval], given: Circumstances) -> Signoff:
    """Return the state of every item, in the order given; `records` are all of the new side.

    Of an item `guideline` (a family or an edition of it, empty for what concerns none), `fingerprint` and `roles` are
    read; `state`, `missing`, `records` and `reasons` are filled in. Items that need no role belong among them, so that
    their approvals are not taken for stale ones.
    """
    known = sorted(records, key=_order)
    judged = tuple(_judged(item, known, given) for item in items)
    required = {role for item in judged for role in item.roles}
    missing = {role for item in judged for role in item.missing}
    stale = _stale(judged, known, given)
    spoken = {file for item in judged for file in item.records} | {one.record for one in stale}
    return Signoff(
        required=tuple(sorted(required)),
        present=tuple(sorted(required - missing)),
        missing=tuple(sorted(missing)),
        stale=stale,
        items=judged,
        authors=given.authors or (),
        records=tuple(shown(one) for one in sorted(known, key=lambda one: one.file) if one.file in spoken),
    )


def shown(record: Approval) -> SignoffRecord:
    """Return a record as results have it."""
    return SignoffRecord(
        id=record.id,
        decision=record.decision,
        who=record.who,
        role=record.role,
        date=record.date,
        expires=record.expires,
        rationale=record.rationale,
        conditions=tuple((one.text, one.met) for one in record.conditions),
        covers=tuple(one.fingerprint for one in record.covers),
        file=record.file,
        line=record.span.line,
    )


def recalled(records: Iterable[Approval], guidelines: Iterable[Guideline]) -> tuple[tuple[Approval, Guideline], ...]:
    """Return every edition that a violation recalls, with that record. Nobody can take a recall back."""
    recalls = [one for one in sorted(records, key=_order) if one.decision == VIOLATION and one.recalls is not None]
    return tuple(
        (one, guideline)
        for guideline in guidelines
        for one in recalls
        if one.recalls is not None and one.recalls.include(guideline)
    )


def family_of(name: str) -> str:
    """Return the family of an edition's name: `acp` for `acp@2011.0.0`."""
    return name.partition("@")[0]


def is_expired(one: Approval, date: str) -> bool:
    """Say whether a record no longer counts on a day."""
    return bool(one.expires) and one.expires <= date


def _order(record: Approval) -> tuple[str, str]:
    return (record.date, record.file)


@dataclass(frozen=True, slots=True)
class _Heard:
    """The records of one item: those that count, one for each person and role, and why others do not."""

    counting: tuple[Approval, ...]
    ignored: tuple[str, ...]


def _judged(item: SignoffItem, records: list[Approval], given: Circumstances) -> SignoffItem:
    own = [one for one in records if one.decides(family_of(item.guideline), item.fingerprint)]
    heard = _heard(own, records, given)
    missing = tuple(role for role in item.roles if not _approvers(heard, role, given))
    state, reasons = _state(item, heard, missing, given)
    if state == OPEN and not missing:
        missing = item.roles  # approved, but by authors only
    files = tuple(dict.fromkeys(one.file for one in own))
    return replace(item, state=state, missing=missing, records=files, reasons=(*reasons, *heard.ignored))


def _heard(own: list[Approval], records: list[Approval], given: Circumstances) -> _Heard:
    allowed: list[Approval] = []
    ignored: list[str] = []
    for one in own:
        reason = _ignored(one, records, given)
        if reason:
            ignored.append(f"{one.file} does not count: {reason}")
        else:
            allowed.append(one)
    counting = []
    for position, one in enumerate(allowed):
        later = [two for two in allowed[position + 1 :] if two.role == one.role and same_person(two.who, one.who)]
        if later:
            ignored.append(f"{one.file} does not count: {one.who} decided again in {later[-1].file}")
        elif one.decision == APPROVE and one.id in given.spent:
            ignored.append(f"{one.file} does not count: it let the same change in before, and was there already")
        else:
            counting.append(one)
    return _Heard(tuple(counting), tuple(ignored))


def _ignored(one: Approval, records: list[Approval], given: Circumstances) -> str:
    """Return why a record does not count, nothing if it does."""
    withdrawing = one.withdrawn_by(records)
    if withdrawing is not None:
        return f"withdrawn by {withdrawing.file}"
    if one.role in given.reviewers and not is_among(one.who, given.reviewers[one.role]):
        return f"{one.who} is not listed for the role {one.role}"
    if one.decision == APPROVE and one.date > given.date:
        return f"it is dated {one.date}, after {given.date}"
    return ""


def _approvers(heard: _Heard, role: str, given: Circumstances) -> tuple[str, ...]:
    """Return who has approved in a role, without a condition left open and not expired."""
    return tuple(
        one.who
        for one in heard.counting
        if one.role == role and one.decision == APPROVE and not one.open_conditions and not is_expired(one, given.date)
    )


def _state(
    item: SignoffItem, heard: _Heard, missing: tuple[str, ...], given: Circumstances
) -> tuple[str, tuple[str, ...]]:
    """Return the state of an item and what it rests on."""
    against = [one for one in heard.counting if one.decision == REJECT]
    if against:
        return REJECTED, tuple(f"rejected by {one.who} as {one.role} on {one.date}: {one.rationale}" for one in against)
    if not item.roles:
        return NOT_REQUIRED, ()
    reasons = tuple(_lacking(role, heard, given) for role in missing)
    if missing:
        kinds = {kind for kind, _ in reasons}
        state = OPEN if OPEN in kinds else EXPIRED if EXPIRED in kinds else CONDITIONAL
        return state, tuple(words for _, words in reasons if words)
    people = tuple(dict.fromkeys(who for role in item.roles for who in _approvers(heard, role, given)))
    if given.authors is None:
        return UNKNOWN, ("who wrote the change is not known, so it cannot be told whether somebody else approved it",)
    if all(is_among(who, given.authors) for who in people):
        return OPEN, (f"approved by its authors only ({', '.join(people)}); somebody else must approve it too",)
    return APPROVED, tuple(f"approved by {who}" for who in people)


def _lacking(role: str, heard: _Heard, given: Circumstances) -> tuple[str, str]:
    """Return how far a role is that has not approved, and in words where a record says something of it."""
    own = [one for one in heard.counting if one.role == role]
    for one in own:
        if not is_expired(one, given.date):
            conditions = "; ".join(one.open_conditions)
            return CONDITIONAL, f"approved by {one.who} as {role} if: {conditions}"
    for one in own:
        return EXPIRED, f"the approval of {one.who} as {role} expired on {one.expires}"
    return OPEN, ""


def _stale(items: Sequence[SignoffItem], records: list[Approval], given: Circumstances) -> tuple[StaleRecord, ...]:
    there = {(family_of(item.guideline), item.fingerprint) for item in items}
    return tuple(
        StaleRecord(one.file, covered.fingerprint, covered.what)
        for one in records
        if one.decision == APPROVE
        and one.guideline in given.changed
        and one.id not in given.earlier
        and one.withdrawn_by(records) is None
        for covered in one.covers
        if (one.guideline, covered.fingerprint) not in there
    )
