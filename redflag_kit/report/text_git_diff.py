"""`redflag git-diff` as text: what changes for patients, above the ordinary diff of the text."""

from redflag_kit.report import text_changelog
from redflag_kit.report.json import to_json
from redflag_kit.report.text import PLAIN, Page
from redflag_kit.results.changelog import ChangelogBody, ChangelogEntry
from redflag_kit.results.envelope import Envelope
from redflag_kit.results.git_diff import FileChange

PROVED = "text changed, proved unchanged for every patient"
CHANGED = "what changes for patients"
OPEN = "what changes for patients is not decided"


def render(change: FileChange, head: list[str], hunks: str) -> str:
    """Return what git prints of a file: its head, what changes for patients, and the hunks of the text."""
    page = Page(PLAIN, [visible(line) for line in head])
    if change.entry:
        _add_entry(page, change, change.entry)
    else:
        page.item("redflag:", f"{change.reason}; the text:" if hunks else change.reason, hang=2)
    return page.text() + "".join(f"{visible(line)}\n" for line in hunks.removesuffix("\n").split("\n") if hunks)


def visible(line: str) -> str:
    """Return a line in which nothing controls a terminal; tabs stay."""
    return "".join(c if c.isprintable() or c == "\t" else f"<U+{ord(c):04X}>" for c in line)


def _add_entry(page: Page, change: FileChange, entry: ChangelogEntry) -> None:
    told = {True: PROVED, False: CHANGED, None: OPEN}[entry.equivalent]
    page.item("redflag:", f"{told} ({change.read_with})", hang=2)
    page.blank()
    result = to_json(Envelope("changelog", "ok", 0, body=ChangelogBody((entry,))))
    page.lines += text_changelog.render(result).split("\n")[:-1]
    page.blank()
    page.item("full report:", change.full_report, hang=2)
    page.blank()
