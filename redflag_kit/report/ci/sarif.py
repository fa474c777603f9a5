"""Results as SARIF 2.1.0, for code scanning and for every viewer of static analysis.

SOURCE: OASIS, Static Analysis Results Interchange Format (SARIF) version 2.1.0. There is no time and no path of a
machine in it: places are relative to SRCROOT, the root of the repository.
"""

import re
from typing import Any

from redflag_kit.report.ci.places import as_uri
from redflag_kit.report.ci.remark import ABSENT, NONE, Accepted, Place, Remark, fingerprinted
from redflag_kit.report.ci.remarks import COMPLETED, remarks_of
from redflag_kit.report.ci.sarif_rules import rules_for
from redflag_kit.report.html_read import Json, member, members, number, text
from redflag_kit.report.json import to_text

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "SRCROOT"
FINGERPRINT = "redflag/v1"

_BRACKET = re.compile(r"[\[\]]")
_PLACEHOLDER = re.compile(r"\{(?=\d+\})|(?<=\d)\}")


def render(result: Json) -> str:
    """Return a result as one SARIF log with one run."""
    remarks = remarks_of(result)
    placed = [one for one in remarks if one.place]
    rules, places = rules_for(one.rule for one in remarks)
    run = {
        "tool": {"driver": _driver(member(result.get("tool")), rules)},
        # What tells the runs of one commit apart is the part before the last slash.
        "automationDetails": {"id": f"redflag/{text(result.get('command'))}/"},
        "invocations": [_invocation(result, [one for one in remarks if not one.place])],
        "originalUriBaseIds": {ROOT: {"description": {"text": "the root of the repository"}}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, print_, places[one.rule.id]) for one, print_ in fingerprinted(placed)],
    }
    return to_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _driver(tool: Json, rules: list[dict[str, Any]]) -> dict[str, Any]:
    version = text(tool.get("version"))
    return {"name": text(tool.get("name")), "version": version, "semanticVersion": version, "rules": rules}


def _invocation(result: Json, unplaced: list[Remark]) -> dict[str, Any]:
    """Return how the run ended, with what it did not decide, and what is not about a place in a file."""
    code = number(result.get("exit_code"))
    told = [
        {"level": one.level, "message": _message(_words(one)), "associatedRule": {"id": one.rule.id}}
        for one in unplaced
        if one.is_open
    ]
    limits = [{"level": "note", "message": _message(text(one))} for one in members(result.get("limits"))]
    return {
        "executionSuccessful": code in COMPLETED,
        "exitCode": code,
        "toolExecutionNotifications": [*told, *limits],
    }


def _result(one: Remark, fingerprint: str, rule: int) -> dict[str, Any]:
    gone = one.state == ABSENT
    found: dict[str, Any] = {
        "ruleId": one.rule.id,
        "ruleIndex": rule,
        # What is no longer so is no failure; the standard has no level for it.
        "kind": "pass" if gone else "fail",
        "level": NONE if gone else one.level,
        "message": _message(_words(one)),
        "locations": [_location(one.place)],
        "partialFingerprints": {FINGERPRINT: fingerprint},
    }
    if one.related:
        found["relatedLocations"] = [
            {"id": number_, **_location(place), "message": _message(words)}
            for number_, (words, place) in enumerate(one.related, 1)
        ]
    if one.accepted:
        found["suppressions"] = [_suppression(one.accepted)]
    if one.state:
        found["baselineState"] = one.state
    return found


def _words(one: Remark) -> str:
    return f"{one.message}\n{one.help}" if one.help else one.message


def _suppression(one: Accepted) -> dict[str, Any]:
    location = {"location": _location(one.place)} if one.place else {}
    return {"kind": one.kind, "status": "accepted", "justification": one.why, **location}


def _location(place: Place | None) -> dict[str, Any]:
    assert place is not None
    artifact = {"uri": as_uri(place.path)}
    if not place.path.startswith("/"):
        artifact["uriBaseId"] = ROOT
    region = _region(place)
    return {"physicalLocation": {"artifactLocation": artifact, **({"region": region} if region else {})}}


def _region(place: Place) -> dict[str, int]:
    """Return lines and columns, counted from 1; the end column is the first that is not meant, as in our own spans."""
    numbers = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    return {name: many for name, many in numbers.items() if many}


def _message(words: str) -> dict[str, str]:
    """Return words as a message in which nothing is read as a link or a placeholder (SARIF 3.11.5, 3.11.6)."""
    plain = _PLACEHOLDER.sub(lambda found: found.group() * 2, words)
    return {"text": _BRACKET.sub(r"\\\g<0>", plain) if "](" in plain else plain}
