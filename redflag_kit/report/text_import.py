"""`redflag import` as text: the files themselves, or where they were written."""

from redflag_kit.report.json import Result
from redflag_kit.report.text import PLAIN, Style, items, record, said


def render(result: Result, style: Style = PLAIN) -> str:
    """Return the files one after the other, or the names of those that were written."""
    found = record(result.get("import"))
    files = items(found["files"])
    if not files:
        return "nothing was imported\n"
    if found["folder"]:
        return "".join(f"wrote {said(found['folder'])}/{said(one['path'])}\n" for one in files)
    return "\n".join(f"# {said(one['path'])}\n{one['text']}" for one in files)
