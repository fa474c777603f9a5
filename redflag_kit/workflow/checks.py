"""`redflag checks`: everything that can be reported, each with a page on what it is, why it matters and what to do."""

from importlib.resources import files

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.codes import Code
from redflag_kit.diagnostics.diagnostic import did_you_mean, quoted
from redflag_kit.results.envelope import Envelope
from redflag_kit.workflow.envelope import NOT_LOADED, OK, STATUS, UsageError

FAMILIES = {
    "0": "the file and its YAML",
    "1": "names, values and structure",
    "2": "thresholds and size",
    "3": "the tables, over all patients",
    "4": "vignettes and cases",
    "5": "comparing versions, sign-off, settings of the gate",
    "9": "faults of redflag itself",
}
PARTS = ("What", "Why", "Do", "Example")


def checks(name: str = "") -> Envelope:
    """Return the catalogue, or the one entry with this id or kebab name. Raises UsageError if there is none."""
    chosen = [code for code in codes.ALL if not name or name.casefold() in (code.id.casefold(), code.name)]
    if not chosen:
        known = [text for code in codes.ALL for text in (code.id, code.name)]
        hint = did_you_mean(name, known) or "redflag checks lists them"
        raise UsageError(f"there is no check {quoted(name)}", hint, NOT_LOADED)
    pages = {family: _pages(family) for family in dict.fromkeys(code.id[2] for code in chosen)}
    entries = [_entry(code, pages[code.id[2]].get(code.id, {})) for code in chosen]
    body = {"families": {f"RF{number}": title for number, title in FAMILIES.items()}, "entries": entries}
    return Envelope("checks", STATUS[OK], OK, options={"id": name}, summary={"checks": len(entries)}, body=body)


def _entry(code: Code, page: dict[str, str]) -> dict[str, object]:
    parts = {part.lower(): page.get(part, "") for part in PARTS}
    return {"id": code.id, "name": code.name, "severity": code.severity.value, "title": code.title, **parts}


def _pages(family: str) -> dict[str, dict[str, str]]:
    """Return the pages of a family: id -> part -> text."""
    text = (files("redflag_kit.diagnostics") / "pages" / f"rf{family}.md").read_text("utf-8")
    pages: dict[str, dict[str, str]] = {}
    for block in text.split("## ")[1:]:
        head, _, rest = block.partition("\n")
        pages[head.strip()] = _parts(rest)
    return pages


def _parts(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    current = ""
    for line in text.splitlines():
        name, colon, said = line.partition(":")
        if colon and name in PARTS:
            current = name
            found[current] = said.strip()
        elif line.startswith("    ") and current == "Example":
            found[current] = f"{found[current]}\n{line[4:]}".strip("\n")
    return found
