"""Sign-off records: who, in which role, decided what about which changes, and why."""

from collections.abc import Iterable
from dataclasses import dataclass

from redflag_kit.diagnostics.span import Span
from redflag_kit.model.person import same_person
from redflag_kit.model.property import Editions

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

    `guideline`: the id of a family, empty for what concerns no single one, such as settings. `who`: a name, better with
    an address as git writes it (`Name <mail>`). `date`, `expires`: ISO dates, `expires` may be empty; an approval no
    longer counts from that day on. `withdraws`: ids of earlier records of the same person and role that this one
    replaces. A `violation` recalls editions for good: `versions` is `2026`, `2026.0 to 2026.2`, `at_least 2026` or
    `at_most 2026`, and `recalls` is what it means.
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
    recalls: Editions | None = None

    @property
    def file(self) -> str:
        """Return the file of the record."""
        return self.span.file

    @property
    def open_conditions(self) -> tuple[str, ...]:
        """Return what is still to be met."""
        return tuple(one.text for one in self.conditions if not one.met)

    def decides(self, guideline: str, fingerprint: str) -> bool:
        """Say whether it approves or rejects a change of a family."""
        return self.guideline == guideline and any(one.fingerprint == fingerprint for one in self.covers)

    def withdrawn_by(self, records: "Iterable[Approval]") -> "Approval | None":
        """Return the first record, by date and file, in which the same person takes this one back."""
        found = [one for one in records if self.id in one.withdraws and self.may_be_withdrawn_by(one)]
        return min(found, key=lambda one: (one.date, one.file), default=None)

    def may_be_withdrawn_by(self, other: "Approval") -> bool:
        """Say whether another record may take this one back: a recall stays, and nobody speaks for somebody else."""
        return (
            self.decision != VIOLATION
            and self.id != other.id
            and self.role == other.role
            and self.date <= other.date
            and same_person(self.who, other.who)
        )
