"""`redflag checks`: everything that can be reported, each with a page on what it is, why it matters and what to do."""

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.catalogue import page_of
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


def checks(name: str = "") -> Envelope:
    """Return the catalogue, or the one entry with this id or kebab name. Raises UsageError if there is none."""
    chosen = [code for code in codes.ALL if not name or name.casefold() in (code.id.casefold(), code.name)]
    if not chosen:
        known = [text for code in codes.ALL for text in (code.id, code.name)]
        hint = did_you_mean(name, known) or "redflag checks lists them"
        raise UsageError(f"there is no check {quoted(name)}", hint, NOT_LOADED)
    entries = [_entry(code) for code in chosen]
    body = {"families": {f"RF{number}": title for number, title in FAMILIES.items()}, "entries": entries}
    return Envelope("checks", STATUS[OK], OK, options={"id": name}, summary={"checks": len(entries)}, body=body)


def _entry(code: Code) -> dict[str, object]:
    return {
        "id": code.id,
        "name": code.name,
        "severity": code.severity.value,
        "title": code.title,
        **page_of(code.id),
    }
