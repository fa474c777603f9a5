"""Sign-off records: who, in which role, decided what about which changes, and why."""

from dataclasses import dataclass

from redflag_kit.diagnostics.span import Span

APPROVE, REJECT, VIOLATION = "approve", "reject", "violation"
DECISIONS = (APPROVE, REJECT, VIOLATION)


@dataclass(frozen=True, slots=True)
class Covered:
    """A change that a record decides, by its fingerprint; `what` is its sentence at the time, for people only."""

    fingerprint: str
    what: str


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition as a record names it: its version, and the digest of its meaning at the time."""

    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class Condition:
    """What must be true for an approval to count; `met` is empty until somebody says how it was met."""

    text: str
    met: str


@dataclass(frozen=True, slots=True)
class Approval:
    """One record, a file below an `approvals` folder; never edited once it is committed.

    `who`: a name, better with an address as git writes it (`Name <mail>`). `date`, `expires`: ISO dates, `expires` may
    be empty; an approval no longer counts from that day on. `withdraws`: ids of earlier records of the same person and
    role that this one replaces. A `violation` recalls editions: `versions` is a range such as `>=2026.0, <2026.1`.
    """

    id: str
    guideline: str
    decision: str
    who: str
    role: str
    date: str
    expires: str
    rationale: str
    conditions: tuple[Condition, ...]
    old: Edition | None
    new: Edition | None
    covers: tuple[Covered, ...]
    versions: str
    withdraws: tuple[str, ...]
    span: Span
