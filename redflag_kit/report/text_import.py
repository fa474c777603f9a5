"""`redflag import` as text: the files themselves, or where they were written."""

from redflag_kit.report.json import Result
from redflag_kit.report.text import PLAIN, Page, Style, items, record, said


def render(result: Result, style: Style = PLAIN) -> str:
    """Return the files one after the other, as they are, or the names of those that were written."""
    found = record(result.get("import"))
    files = items(found["files"])
    page = Page(style)
    if not files:
        page.line("nothing was imported")
        return page.text()
    if found["folder"]:
        for one in files:
            page.item("wrote", f"{said(found['folder'])}/{said(one['path'])}")
        return page.text()
    return "\n".join(f"# {said(one['path'])}\n{one['text']}" for one in files)
