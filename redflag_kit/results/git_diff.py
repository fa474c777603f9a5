"""What `redflag git-diff` says of one file."""

from dataclasses import dataclass

from redflag_kit.results.changelog import ChangelogEntry


@dataclass(frozen=True, slots=True)
class FileChange:
    """What changes for patients, or `reason` why that is not told.

    `read_with` says which vocabularies the two texts were read with; `full_report` is the command that tells more.
    """

    entry: ChangelogEntry | None
    reason: str
    read_with: str = ""
    full_report: str = ""
