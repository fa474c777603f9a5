"""Read sign-off records, one file each, and check what they say against the project.

A record with a fault is left out; the fault keeps the project from being sound, so nothing passes without it.
"""

import re
from collections.abc import Iterable
from datetime import date
from pathlib import PurePosixPath

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.codes import Code
from redflag_kit.diagnostics.diagnostic import Diagnostic, Note, did_you_mean, quoted
from redflag_kit.model.approval import APPROVE, REJECT, VIOLATION, Approval, Condition, Covered, Edition
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.person import same_person
from redflag_kit.source.approval_documents import ApprovalDoc, EditionDoc
from redflag_kit.source.editions import read_versions
from redflag_kit.source.names import Faults
from redflag_kit.source.nodes import Node, Path, span_at
from redflag_kit.source.parameters import check_unique
from redflag_kit.source.places import ParsedFile, noted_in, start_of
from redflag_kit.source.schemas import DOCUMENTS
from redflag_kit.source.validate import schema_of, validate
from redflag_kit.terms.version import parse_version

FOLDER = "approvals"
SCHEMA = "redflag/approval/1"
FINGERPRINT = re.compile("sha256:[0-9a-f]{64}")

_DIGEST = "write `sha256:` and its 64 digits 0 to 9 and a to f, as redflag diff shows it"
_ROLE = re.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*")
_MIXED: dict[str, tuple[str, ...]] = {
    APPROVE: ("versions",),
    REJECT: ("versions", "expires", "conditions"),
    VIOLATION: ("expires", "conditions", "covers", "withdraws", "old", "new"),
}
"""What makes no sense in a record of each kind."""


def is_record_place(path: str) -> bool:
    """Say whether a file stands below a folder for records."""
    folders = PurePosixPath(path).parent.parts
    return folders[:1] == ("guidelines",) and FOLDER in folders


def check_record_places(files: Iterable[ParsedFile]) -> tuple[Diagnostic, ...]:
    """Return the records that stand outside folders for records, and the files of other schemas that stand inside."""
    found = []
    for file in files:
        schema = schema_of(file.node)
        if schema == SCHEMA and not is_record_place(file.path):
            message = "a sign-off record stands outside a folder `approvals` below `guidelines`"
            hint = "move it into the folder `approvals` beside the guideline, where it is known to be append-only"
            found.append(Diagnostic(start_of(file), codes.RF524, message, hint))
        elif schema in DOCUMENTS and schema != SCHEMA and is_record_place(file.path):
            message = f"a folder `approvals` holds sign-off records only, not {quoted(schema)}"
            found.append(Diagnostic(start_of(file), codes.RF524, message, "move the file out of this folder"))
    return tuple(found)


def read_approvals(
    files: list[ParsedFile], guidelines: Iterable[Guideline], complete: bool, found: list[Diagnostic]
) -> tuple[Approval, ...]:
    """Return the records in the order of their files.

    `complete` says that every guideline was read: only then is it known that a family is not there.
    """
    records: dict[str, Approval] = {}
    nodes: dict[str, Node] = {}
    sound = True
    for file in files:
        doc, faults = validate(file.node, ApprovalDoc)
        found += faults
        record: Approval | None = None
        if doc is not None:
            with noted_in(found) as noted:
                record = build_approval(doc, file.node, noted)
        if record is None:
            sound = False
        elif record.id in records:
            note = Note(records[record.id].span, "first given here")
            message = f"the record {quoted(record.id)} is given twice"
            hint = "give the newer one another id; a record that is committed stays as it is"
            found.append(Diagnostic(record.span, codes.RF106, message, hint, (note,)))
        else:
            records[record.id], nodes[record.id] = record, file.node
    for record in records.values():
        found += _bad_withdrawals(record, nodes[record.id], records, sound)
    if complete:
        found += _unknown_families(records.values(), nodes, {one.id for one in guidelines})
    return tuple(records.values())


def build_approval(doc: ApprovalDoc, node: Node, faults: Faults) -> Approval | None:
    """Return the record, nothing after noting a fault."""
    span = span_at(node, ("id",))
    faults.rule_id(doc.id, span, "a record")
    _check_person(doc, node, faults)
    _check_dates(doc, node, faults)
    _check_kind(doc, node, faults)
    for key, edition in (("old", doc.old), ("new", doc.new)):
        _check_edition(edition, node, key, faults)
    check_unique([one.fingerprint for one in doc.covers], node, ("covers",), "change", faults, key="fingerprint")
    for position, covered in enumerate(doc.covers):
        _check_digest(covered.fingerprint, node, ("covers", position, "fingerprint"), "fingerprint", faults)
    check_unique(doc.withdraws, node, ("withdraws",), "record", faults)
    versions = str(doc.versions)
    recalls = read_versions(versions, doc.guideline) if versions else None
    if versions and recalls is None:
        hint = "write 2026, 2026.0 to 2026.2, at_least 2026 or at_most 2026"
        _add(node, ("versions",), codes.RF117, f"{quoted(versions)} is not a range of versions", hint, faults)
    if faults.has_error:
        return None
    return Approval(
        id=doc.id,
        guideline=doc.guideline,
        decision=doc.decision,
        who=" ".join(doc.who.split()),
        role=doc.role,
        date=doc.date,
        expires=doc.expires,
        rationale=" ".join(doc.rationale.split()),
        conditions=tuple(Condition(one.text, one.met.strip()) for one in doc.conditions),
        old=Edition(doc.old.version, doc.old.digest) if doc.old else None,
        new=Edition(doc.new.version, doc.new.digest) if doc.new else None,
        covers=tuple(Covered(one.fingerprint, one.what) for one in doc.covers),
        versions=versions,
        withdraws=tuple(doc.withdraws),
        span=span,
        recalls=recalls,
    )


def _add(node: Node, at: Path, code: Code, message: str, hint: str, faults: Faults) -> None:
    faults.add(span_at(node, at), code, message, hint)


def _check_person(doc: ApprovalDoc, node: Node, faults: Faults) -> None:
    if not doc.who.strip():
        _add(node, ("who",), codes.RF522, "the record does not say who decided", "write `Name <mail>`", faults)
    if not doc.rationale.strip():
        _add(node, ("rationale",), codes.RF522, "the record does not say why", "write what it rests on", faults)
    if not _ROLE.fullmatch(doc.role):
        hint = "write lower-case words joined by `-`, such as clinical-safety"
        _add(node, ("role",), codes.RF116, f"{quoted(doc.role)} cannot name a role", hint, faults)
    for position, condition in enumerate(doc.conditions):
        if not condition.text.strip():
            place = ("conditions", position, "text")
            _add(node, place, codes.RF522, "the condition is empty", "write what must be true, or delete it", faults)


def _check_dates(doc: ApprovalDoc, node: Node, faults: Faults) -> None:
    sound = _is_date(doc.date, "date", node, faults)
    if doc.expires and _is_date(doc.expires, "expires", node, faults) and sound and doc.expires <= doc.date:
        message = f"the approval expires on {doc.expires} and is dated {doc.date}, so it never counts"
        _add(node, ("expires",), codes.RF523, message, "correct one of the dates", faults)


def _is_date(text: str, key: str, node: Node, faults: Faults) -> bool:
    try:
        if date.fromisoformat(text).isoformat() == text:
            return True
    except ValueError:
        pass
    hint = "write year-month-day, such as 2026-11-25"
    _add(node, (key,), codes.RF118, f"{quoted(text)} is not a date", hint, faults)
    return False


def _check_kind(doc: ApprovalDoc, node: Node, faults: Faults) -> None:
    """Check that a record says what a record of its kind has to say, and nothing else."""
    for key in _MIXED[doc.decision]:
        if getattr(doc, key):
            message = f"{quoted(key)} means nothing in a record that says {quoted(doc.decision)}"
            _add(node, (key,), codes.RF526, message, f"delete `{key}:`, or correct the decision", faults)
    said, place, hint = {
        APPROVE: (doc.covers, "covers", "name the changes by their fingerprints; redflag approve add writes them"),
        REJECT: (doc.covers or doc.withdraws, "covers", "name changes by their fingerprints, or what it withdraws"),
        VIOLATION: (doc.versions and doc.guideline, "versions", "write `guideline:` and `versions:`"),
    }[doc.decision]
    if not said:
        what = {APPROVE: "approves", REJECT: "rejects", VIOLATION: "recalls"}[doc.decision]
        _add(node, (place,), codes.RF522, f"the record {what} nothing", hint, faults)


def _check_edition(doc: EditionDoc | None, node: Node, key: str, faults: Faults) -> None:
    if doc is None:
        return
    if parse_version(doc.version) is None:
        hint = "write three numbers, such as 2011.0.0"
        _add(node, (key, "version"), codes.RF117, f"{quoted(doc.version)} is not a version", hint, faults)
    _check_digest(doc.digest, node, (key, "digest"), "digest", faults)


def _check_digest(text: str, node: Node, at: Path, what: str, faults: Faults) -> None:
    if not FINGERPRINT.fullmatch(text):
        _add(node, at, codes.RF521, f"{quoted(text)} is not a {what}", _DIGEST, faults)


def _bad_withdrawals(record: Approval, node: Node, records: dict[str, Approval], sound: bool) -> list[Diagnostic]:
    """Return what is wrong with each record that one withdraws. A record with faults may be the one that is named."""
    found = []
    for position, name in enumerate(record.withdraws):
        other = records.get(name)
        if other is not None and other.may_be_withdrawn_by(record):
            continue
        if other is None and not sound:
            continue
        span = span_at(node, ("withdraws", position))
        if other is None:
            hint = did_you_mean(name, records) or "correct the id; nothing else can be withdrawn"
            found.append(Diagnostic(span, codes.RF525, f"no record is called {quoted(name)}", hint))
            continue
        note = Note(other.span, "the record that is named")
        found.append(Diagnostic(span, codes.RF525, *_why_not(record, other), (note,)))
    return found


def _why_not(record: Approval, other: Approval) -> tuple[str, str]:
    """Return why a record cannot take back another one, and what to do instead."""
    if other.id == record.id:
        return "a record cannot withdraw itself", "name an earlier record, or delete this line"
    if other.decision == VIOLATION:
        return f"{quoted(other.id)} recalls versions, which stays for good", "publish a corrected version instead"
    if not same_person(record.who, other.who) or record.role != other.role:
        message = f"{quoted(other.id)} is a record of {other.who} as {other.role}, and only they can withdraw it"
        return message, "reject the changes instead, each under its fingerprint"
    return f"{quoted(other.id)} is dated later than the record that withdraws it", "correct the date"


def _unknown_families(records: Iterable[Approval], nodes: dict[str, Node], families: set[str]) -> Iterable[Diagnostic]:
    """Return the records of guidelines that are neither there nor signed away."""
    own = list(records)
    removed = {one.guideline for one in own if one.old is not None and one.new is None}
    for record in own:
        name = record.guideline
        if name and name not in families and name not in removed:
            hint = did_you_mean(name, families) or f"the project has {', '.join(sorted(families)) or 'none'}"
            span = span_at(nodes[record.id], ("guideline",))
            yield Diagnostic(span, codes.RF520, f"no guideline is called {quoted(name)}", hint)
