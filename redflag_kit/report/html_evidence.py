"""What a change does to the evidence behind a recommendation: which rows are cited before and after."""

from redflag_kit.report.html_read import Json, objects, text
from redflag_kit.report.html_words import plain

Row = tuple[str, str]
UNGRADED = ("ungraded", "unknown")
"""Strength and certainty of a row that its source does not grade."""


def evidence_delta(old: Json, new: Json) -> list[tuple[str, str]]:
    """Return how the rows cited by two deciding rules differ: each kind of difference, and the rows in words."""
    before, after = _rows(old), _rows(new)
    gone = [_told(row, before[row]) for row in before if row not in after]
    come = [_told(row, after[row]) for row in after if row not in before]
    kept = [row for row in before if row in after]
    moved = [_told(row, f"{before[row]} → {after[row]}") for row in kept if before[row] != after[row]]
    same = [_told(row, before[row]) for row in kept if before[row] == after[row]]
    lines = [
        ("No longer cited", gone),
        ("Newly cited", come),
        ("Now cited differently", moved),
        ("Cited as before", same),
    ]
    return [(head, "; ".join(found)) for head, found in lines if found]


def _rows(rule: Json) -> dict[Row, str]:
    return {(text(one.get("cite")), text(one.get("row"))): _weight(one) for one in objects(rule.get("evidence"))}


def _weight(one: Json) -> str:
    status, strength, certainty = (plain(text(one.get(key))) for key in ("status", "strength", "certainty"))
    if (strength, certainty) == UNGRADED:
        return f"{status}, not graded"
    return f"{status}, strength {strength}, certainty {certainty}"


def _told(row: Row, weight: str) -> str:
    return f"{' '.join(part for part in row if part)} ({weight})"
