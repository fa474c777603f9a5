"""Sign-off records as the text of a file, and the names of these files.

Claim: what is written reads back as the record it was made from, and whoever writes one reads it back before.
"""

import re
import unicodedata
from collections.abc import Collection
from pathlib import PurePosixPath

from redflag_kit.diagnostics.diagnostic import Diagnostic
from redflag_kit.model.approval import Approval, Condition, Edition
from redflag_kit.model.person import person
from redflag_kit.source.approval_documents import ApprovalDoc
from redflag_kit.source.approvals import SCHEMA, build_approval
from redflag_kit.source.dump import Data, dump
from redflag_kit.source.names import MAX_ID
from redflag_kit.source.places import noted_in
from redflag_kit.source.reader import read_yaml
from redflag_kit.source.validate import validate

PROJECT = "project"
"""Stands in names of files for the family, where a record is about no single guideline."""

_ROOM = MAX_ID - 5  # for a number at the end


def text_of(record: Approval) -> str:
    """Return the text of a record; keys that say nothing are left out."""
    data: dict[str, Data] = {
        "schema": SCHEMA,
        "id": record.id,
        "guideline": record.guideline,
        "decision": record.decision,
        "who": record.who,
        "role": record.role,
        "date": record.date,
        "expires": record.expires,
        "rationale": record.rationale,
        "conditions": [_condition(one) for one in record.conditions],
        "old": _edition(record.old),
        "new": _edition(record.new),
        "versions": record.versions,
        "withdraws": list(record.withdraws),
        "covers": [{"fingerprint": one.fingerprint, "what": one.what} for one in record.covers],
    }
    return dump({key: value for key, value in data.items() if value or key == "rationale"})


def _condition(condition: Condition) -> dict[str, Data]:
    return {"text": condition.text, "met": condition.met} if condition.met else {"text": condition.text}


def _edition(edition: Edition | None) -> Data:
    return {"version": edition.version, "digest": edition.digest} if edition else None


def read_back(text: str, path: str) -> tuple[Approval | None, tuple[Diagnostic, ...]]:
    """Return the record that a text holds, or everything that is wrong with it by itself."""
    node, faults = read_yaml(text.encode("utf-8", "surrogateescape"), path)
    if node is None or faults:
        return None, faults
    doc, found = validate(node, ApprovalDoc)
    noted = list(found)
    record: Approval | None = None
    if doc is not None:
        with noted_in(noted) as told:
            record = build_approval(doc, node, told)
    return record, tuple(noted)


def folder_for(path: str) -> str:
    """Return the folder of the records on a guideline, by the path of its file; empty: on no single one."""
    return str(PurePosixPath(path).parent / "approvals") if path else "guidelines/approvals"


def name_for(record: Approval, taken: Collection[str]) -> str:
    """Return an id, and so a name of a file, that tells what a record is about; numbered where it is taken."""
    edition = record.new or record.old
    version = edition.version if edition else record.versions
    parts = (record.date, record.guideline or PROJECT, version, record.decision, record.role, person(record.who).name)
    base = "-".join(filter(None, map(_slug, parts)))[:_ROOM].rstrip("-.")
    number = 1
    while (name := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return name


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9_.]+", "-", plain).strip("-.")
