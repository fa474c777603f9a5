"""Result of `redflag diff --against REV`: every guideline that differs between two states of a project.

Each pair of editions is compared as `redflag diff` compares two; a guideline without a counterpart is only named.
"""

from dataclasses import dataclass

from redflag_kit.results.diff import DiffBody


@dataclass(frozen=True, slots=True)
class GuidelineChange:
    """A guideline file that was added, removed or touched, and what stands on the other side.

    `kind`: changed (the same edition, or the same file), added (compared with the edition before it), first (an edition
    of a family that the old state has not), removed. `diff` numbers the comparison in `diffs`, None without one.
    """

    kind: str
    old: str
    new: str
    old_path: str
    new_path: str
    diff: int | None


@dataclass(frozen=True, slots=True)
class RevisionsBody:
    """Two states of a project compared. `compares` tells this result from that of two editions or of guidelines.

    `old_revision`/`new_revision`: full commit ids; the new one is empty for working files. `unchanged`: editions whose
    file and vocabulary are the same on both sides. `equivalent`: None if open for some pair and no pair differs.
    """

    old_revision: str
    new_revision: str
    equivalent: bool | None
    verdict: str
    guidelines: tuple[GuidelineChange, ...]
    diffs: tuple[DiffBody, ...]
    unchanged: tuple[str, ...]
    compares: str = "revisions"
