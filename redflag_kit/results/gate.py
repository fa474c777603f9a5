"""Result of `redflag gate`: may this change go in, and if not, what keeps it out and who can let it in."""

from dataclasses import dataclass

from redflag_kit.results.diff import DiffBody
from redflag_kit.results.revisions import GuidelineChange
from redflag_kit.results.signoff import Signoff, SignoffItem, StaleRecord

__all__ = [
    "BLOCKED",
    "PASS",
    "UNDECIDED",
    "GateBody",
    "GateCheck",
    "GateSettingsShown",
    "GateVersion",
    "SettingChange",
    "Signoff",
    "SignoffItem",
    "StaleRecord",
]

PASS, BLOCKED, UNDECIDED = "PASS", "BLOCKED", "UNDECIDED"


@dataclass(frozen=True, slots=True)
class GateCheck:
    """One thing that the gate looks at.

    `result`: passed, failed, not_decided, signoff (only sign-off is missing), noted.
    `required` and `actual` in words; `reasons` say what to look at, worst first. `kept`: those of them that were so
    before the change, and so do not block.
    """

    name: str
    title: str
    result: str
    required: str
    actual: str
    reasons: tuple[str, ...]
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GateVersion:
    """The version step that a pair of editions asks for, and if the declared one is enough (None: not decided)."""

    guideline: str
    old: str
    new: str
    versioning: str
    required: str
    declared: str
    ok: bool | None


@dataclass(frozen=True, slots=True)
class SettingChange:
    """A setting of the gate that differs between the two sides; `relaxed` if the new one lets more through."""

    name: str
    old: str
    new: str
    relaxed: bool


@dataclass(frozen=True, slots=True)
class GateSettingsShown:
    """The settings that were used, those of the new side, and how they differ from the old side's."""

    values: dict[str, object]
    changed: tuple[SettingChange, ...]


@dataclass(frozen=True, slots=True)
class GateBody:
    """The verdict (PASS, BLOCKED or UNDECIDED) and everything behind it.

    `version` is the worst of `versions`: the first that is not enough, else not decided, else the largest step.
    """

    verdict: str
    sentence: str
    old_revision: str
    new_revision: str
    checks: tuple[GateCheck, ...]
    version: GateVersion | None
    versions: tuple[GateVersion, ...]
    signoff: Signoff
    settings: GateSettingsShown
    guidelines: tuple[GuidelineChange, ...]
    diffs: tuple[DiffBody, ...]
    unchanged: tuple[str, ...]
