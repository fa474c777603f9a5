"""Sign-off of a change: what must be signed, by which roles, and what the records say of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignoffItem:
    """Something that changed and may have to be signed: a change class, or a change that no class shows.

    `id` is that of the change class in its diff, or one of its own; `fingerprint` is bound to what changed, not to its
    text. `kind` is the kind of the class, or guideline-added, guideline-removed, assumption-changed, output-changed,
    in-force-changed, safeguard-relaxed, settings-relaxed; `direction` decides which roles must sign.

    `state`: not_required, open, approved, conditional (approved, conditions are still to be met), rejected, expired,
    unknown (who approved cannot be told apart from the author). `missing`: roles that have not approved.
    `records`: the records that say something of it, by file.
    """

    id: str
    fingerprint: str
    kind: str
    direction: str
    guideline: str
    old: str
    new: str
    output: str
    label: str
    sentence: str
    roles: tuple[str, ...]
    state: str
    missing: tuple[str, ...]
    records: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StaleRecord:
    """A record, or a part of it, that approves something that this change does not do (any more)."""

    record: str
    fingerprint: str
    what: str


@dataclass(frozen=True, slots=True)
class SignoffRecord:
    """A sign-off record as reports show it, so that nobody has to open its file.

    `decision`: approve, reject or violation. `expires` may be empty. `conditions`: what must be true, and how it was
    met (empty while it is not). `covers`: fingerprints of the changes it decides.
    """

    id: str
    decision: str
    who: str
    role: str
    date: str
    expires: str
    rationale: str
    conditions: tuple[tuple[str, str], ...]
    covers: tuple[str, ...]
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Signoff:
    """Sign-off of a whole change. `required`, `present` and `missing` are roles; `items` are worst first.

    `records`: the records that speak of this change, by file.
    """

    required: tuple[str, ...]
    present: tuple[str, ...]
    missing: tuple[str, ...]
    stale: tuple[StaleRecord, ...]
    items: tuple[SignoffItem, ...]
    authors: tuple[str, ...]
    records: tuple[SignoffRecord, ...] = ()
