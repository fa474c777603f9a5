"""The vignettes whose outcome a change moves, those with the same moves together."""

from dataclasses import dataclass

from redflag_kit.report.html_read import Json, member, objects, text

Move = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class MovedVignettes:
    """Vignettes, id and title, in which the same outputs move from and to the same values."""

    moves: tuple[Move, ...]
    vignettes: tuple[tuple[str, str], ...]


def moved_vignettes(diff: Json) -> tuple[MovedVignettes, ...]:
    """Return the moved vignettes, those of one kind together, in the order of their first."""
    groups: dict[tuple[Move, ...], list[tuple[str, str]]] = {}
    for one in objects(member(diff.get("vignettes")).get("changed")):
        moves = tuple(
            (text(c.get("output")), text(c.get("old")), text(c.get("new"))) for c in objects(one.get("changes"))
        )
        groups.setdefault(moves, []).append((text(one.get("id")), text(one.get("title"))))
    return tuple(MovedVignettes(moves, tuple(found)) for moves, found in groups.items())
