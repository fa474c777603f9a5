"""Which faults were there before a change, as the result says: those of the old state, and those that the gate kept."""

from redflag_kit.report.ci.places import is_of_a_commit
from redflag_kit.report.ci.remark import ERROR, LEVELS, NEW, UNCHANGED, names_in
from redflag_kit.report.ci.rules import LEVEL, threshold_of
from redflag_kit.report.html_read import Json, body, members, objects, text

COMPARING = ("diff", "gate")
"""Commands whose remarks say of each if it is new."""


def state_of(result: Json, diagnostic: Json) -> str:
    """Return whether a diagnostic is new or unchanged, empty where that was not looked at."""
    if result.get("command") not in COMPARING:
        return ""
    if is_of_a_commit(text(diagnostic.get("file"))) or _is_kept(result, diagnostic):
        return UNCHANGED
    return NEW if _is_judged(result, diagnostic) else ""


def _is_judged(result: Json, diagnostic: Json) -> bool:
    """Say whether it was asked if a diagnostic is new: by the gate, of what its settings call grave."""
    if result.get("command") == "diff":
        return text(diagnostic.get("code")).startswith("RF5")
    level = LEVEL.get(text(diagnostic.get("severity")), ERROR)
    return LEVELS.index(level) <= LEVELS.index(threshold_of(result))


def _is_kept(result: Json, diagnostic: Json) -> bool:
    kept = {text(one.get("name")): members(one.get("kept")) for one in objects(body(result).get("checks"))}
    if diagnostic.get("code") == "RF320":
        property_, guideline, *_ = (*names_in(text(diagnostic.get("message"))), "", "")
        about = (f") for {guideline}", f") for {guideline} after ")
        return any(
            text(reason).startswith(f"{property_} (") and (text(reason).endswith(about[0]) or about[1] in text(reason))
            for reason in kept.get("properties", [])
        )
    said = ":".join(text(diagnostic.get(part)) for part in ("file", "line", "column"))
    return f"{said}: {text(diagnostic.get('code'))} {text(diagnostic.get('message'))}" in kept.get("tables", [])
