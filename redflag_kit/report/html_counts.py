"""The counts of a diff and the effects of missing data. Numbers come from the result."""

from dataclasses import dataclass

from redflag_kit.report.html_lists import STANCE
from redflag_kit.report.html_read import Json, number, objects, text
from redflag_kit.report.html_text import key
from redflag_kit.report.html_view import ChangeView, count_rows
from redflag_kit.report.html_words import DIRECTIONS, UNKNOWN_KINDS, Mark, mark, plain


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of the counts and the list behind it; `listed` differs from it only if the result contradicts itself."""

    number: int
    anchor: str
    listed: int


@dataclass(frozen=True, slots=True)
class UnknownView:
    """A change for cases with missing data, with its place in the page."""

    anchor: str
    output: str
    label: str
    mark: Mark
    data: Json


def in_direction(change: ChangeView, direction: str) -> bool:
    """Say whether a class is counted under a direction."""
    return change.stance if direction == "lateral" else change.mark.key == direction


def list_anchor(direction: str, output: str = "") -> str:
    """Return the anchor of the list behind a number of the counts."""
    return (STANCE if direction == "lateral" else f"list-{direction}") + (f"-{key(output)}" if output else "")


def unknown_anchor(kind: str, output: str = "") -> str:
    """Return the anchor of the missing-data effects of one kind."""
    return f"unknown-{kind}" + (f"-{key(output)}" if output else "")


def unknown_views(diff: Json) -> tuple[UnknownView, ...]:
    """Return the effects of missing data, by kind, worst first."""
    order = list(UNKNOWN_KINDS)
    found = [
        UnknownView(
            anchor=unknown_anchor(text(one.get("kind")), text(one.get("output"))),
            output=text(one.get("output")),
            label=text(one.get("label")) or plain(text(one.get("output"))),
            mark=mark(UNKNOWN_KINDS, text(one.get("kind"))),
            data=one,
        )
        for one in objects(diff.get("unknowns"))
    ]
    return tuple(sorted(found, key=lambda one: order.index(one.mark.key) if one.mark.key in order else len(order)))


COUNTED_UNKNOWNS = ("newly_undecided", "newly_decided")


def count_table(
    diff: Json, changes: tuple[ChangeView, ...], unknowns: tuple[UnknownView, ...]
) -> tuple[tuple[tuple[str, tuple[Cell, ...]], ...], tuple[Cell, ...]]:
    """Return the counts by output, and their totals, each number with the list behind it."""
    rows = count_rows(diff)
    body = []
    for row in rows:
        output = text(row.get("output"))
        cells = [_direction_cell(number(row.get(name)), name, output, changes) for name in DIRECTIONS]
        cells += [_unknown_cell(number(row.get(kind)), kind, output, unknowns) for kind in COUNTED_UNKNOWNS]
        body.append((text(row.get("label")) or plain(output), tuple(cells)))
    totals = [_direction_cell(sum(number(r.get(name)) for r in rows), name, "", changes) for name in DIRECTIONS]
    totals += [_unknown_cell(sum(number(r.get(kind)) for r in rows), kind, "", unknowns) for kind in COUNTED_UNKNOWNS]
    return tuple(body), tuple(totals)


def _direction_cell(count: int, direction: str, output: str, changes: tuple[ChangeView, ...]) -> Cell:
    listed = sum(in_direction(one, direction) and output in ("", one.output) for one in changes)
    return Cell(count, list_anchor(direction, output) if listed else "", listed)


def _unknown_cell(count: int, kind: str, output: str, unknowns: tuple[UnknownView, ...]) -> Cell:
    listed = sum(one.mark.key == kind and output in ("", one.output) for one in unknowns)
    return Cell(count, unknown_anchor(kind, output) if listed else "", listed)
