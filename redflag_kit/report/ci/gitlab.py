"""Results as a code quality report of GitLab.

SOURCE: GitLab's documentation of the code quality report format: a list of objects with description, check_name,
fingerprint, severity (info, minor, major, critical, blocker), location.path and location.lines.begin. GitLab itself
compares the reports of two branches, by fingerprint; of a result that compares, what was there before is left out.
"""

from redflag_kit.report.ci.remark import ERROR, NOTE, UNCHANGED, WARNING, Remark, fingerprinted
from redflag_kit.report.ci.remarks import remarks_of
from redflag_kit.report.html_read import Json, text
from redflag_kit.report.json import Json as Value
from redflag_kit.report.json import to_text

SEVERITIES = {ERROR: "critical", WARNING: "major", NOTE: "info"}
"""`blocker` is left to tools that stop the run at once; `minor` has no counterpart."""


def render(result: Json) -> str:
    """Return every open remark; what has no place in a file stands at the folder of the project."""
    found = [pair for pair in fingerprinted(remarks_of(result)) if pair[0].is_open and pair[0].state != UNCHANGED]
    return to_text([_entry(result, one, fingerprint) for one, fingerprint in found])


def _entry(result: Json, one: Remark, fingerprint: str) -> Value:
    path = one.place.path if one.place else text(result.get("project")) or "."
    return {
        "description": f"{one.message}\n{one.help}" if one.help else one.message,
        "check_name": one.rule.id,
        "fingerprint": fingerprint,
        "severity": SEVERITIES[one.level],
        "location": {"path": path, "lines": {"begin": (one.place.line if one.place else 0) or 1}},
    }
