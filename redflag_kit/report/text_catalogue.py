"""The catalogue of diagnostics as Markdown: `docs/checks/README.md` is made by it."""

from redflag_kit.report.json import Result
from redflag_kit.report.text import items, record, said

_HEAD = """\
# Everything that redflag can report

Made by `redflag checks --quiet --report markdown=docs/checks/README.md`; edit the pages in
`redflag_kit/diagnostics/pages/`. An error keeps a guideline from being used, a warning asks for a look. A code and its
name never change meaning.
"""


def render(result: Result) -> str:
    """Return the entries as Markdown, by family."""
    found = record(result.get("checks"))
    entries = items(found["entries"])
    parts = [_HEAD]
    for family, title in record(found["families"]).items():
        chosen = [entry for entry in entries if said(entry["id"]).startswith(family)]
        if chosen:
            parts.append(f"## {family}: {said(title)}\n")
            parts += [_page(entry) for entry in chosen]
    return "\n".join(parts)


def _page(entry: Result) -> str:
    example = f"\n```yaml\n{said(entry['example'])}\n```\n" if entry["example"] else ""
    return (
        f"### {said(entry['id'])} {said(entry['name'])}\n\n"
        f"*{said(entry['severity']).capitalize()}: {said(entry['title'])}.*\n\n"
        f"{said(entry['what'])}\n\n"
        f"**Why it matters.** {said(entry['why'])}\n\n"
        f"**What to do.** {said(entry['do'])}\n{example}"
    )
