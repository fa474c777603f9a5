"""Results as workflow commands of GitHub Actions, which become annotations of the changed files.

SOURCE: GitHub's reference of workflow commands. GitHub shows ten annotations of each kind for a step, so the worst ten
stand here, and a notice says how many more there are.
"""

from redflag_kit.report.ci.remark import ERROR, NOTE, UNCHANGED, WARNING, Remark, worst_first
from redflag_kit.report.ci.remarks import remarks_of
from redflag_kit.report.ci.verdict import verdict_line
from redflag_kit.report.html_read import Json

LIMIT = 10
COMMANDS = {ERROR: "error", WARNING: "warning", NOTE: "notice"}

_ROOM = 4_000
"""Characters of one message."""


def render(result: Json) -> str:
    """Return one line for each of the worst remarks, a notice on the others, and how the command ended."""
    found = worst_first(one for one in remarks_of(result) if one.is_open and one.state != UNCHANGED)
    lines = [_annotation(one) for one in found[:LIMIT]]
    if len(found) > LIMIT:
        lines.append(_command("notice", {"title": "redflag"}, f"{len(found) - LIMIT} more in the full report"))
    # The runner reads commands at the start of a line only; this line starts with our own words.
    return "".join(f"{line}\n" for line in [*lines, f"redflag: {' '.join(verdict_line(result).split())}"])


def refusal(message: str) -> str:
    """Return a request that could not be carried out as an annotation of the run."""
    return _command("error", {"title": "redflag"}, message) + "\n"


def _annotation(one: Remark) -> str:
    place, found = one.place, {}
    if place:
        found = {"file": place.path, "line": str(place.line or 1)}
        if place.end_line:
            found["endLine"] = str(place.end_line)
        # A column means something only within one line.
        if place.column and place.end_line == place.line:
            found |= {"col": str(place.column), "endColumn": str(place.end_column)}
    message = f"{one.message}\n{one.help}" if one.help else one.message
    short = message if len(message) <= _ROOM else message[:_ROOM] + " ..."
    return _command(COMMANDS[one.level], {**found, "title": one.title}, short)


def _command(name: str, properties: dict[str, str], message: str) -> str:
    given = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {given}::{_data(message)}"


def _data(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")
