"""Result of `redflag approve`: records written, or the records of the project and what they come to on a day."""

from dataclasses import dataclass

from redflag_kit.results.signoff import Signoff, SignoffRecord


@dataclass(frozen=True, slots=True)
class RecordStanding:
    """A record and what became of it.

    `guideline` is empty for what concerns no single one. `what`: the changes it covers, as they were said at the time.
    `state`: counts, conditional, expired, withdrawn, future (dated after the day asked about). `reason`: why, in words.
    """

    record: SignoffRecord
    guideline: str
    old: str
    new: str
    what: tuple[str, ...]
    versions: str
    withdraws: tuple[str, ...]
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class ApproveBody:
    """What was done. `action`: add, review, violation, verify or list. `written`: the new files.

    `signoff`: where the change stands, after what was written; None where no change was looked at.
    """

    action: str
    date: str
    written: tuple[str, ...]
    records: tuple[RecordStanding, ...]
    signoff: Signoff | None
