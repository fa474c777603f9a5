"""The vignettes whose outcome a change moves, those with the same moves together."""

from dataclasses import dataclass

from redflag_kit.report.html_read import Json, member, objects, text

Move = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class MovedVignettes:
    """Vignettes, id and title, in which the same outputs move from and to the same values.

    `moves`: what these outputs said, what they say, and the outputs.
    """

    moves: tuple[tuple[str, str, tuple[str, ...]], ...]
    vignettes: tuple[tuple[str, str], ...]


def moved_vignettes(diff: Json) -> tuple[MovedVignettes, ...]:
    """Return the moved vignettes, those of one kind together, in the order of their first."""
    groups: dict[tuple[Move, ...], list[tuple[str, str]]] = {}
    for one in objects(member(diff.get("vignettes")).get("changed")):
        moves = tuple(
            (text(c.get("output")), text(c.get("old")), text(c.get("new"))) for c in objects(one.get("changes"))
        )
        groups.setdefault(moves, []).append((text(one.get("id")), text(one.get("title"))))
    return tuple(MovedVignettes(_together(moves), tuple(found)) for moves, found in groups.items())


def _together(moves: tuple[Move, ...]) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    outputs: dict[tuple[str, str], list[str]] = {}
    for output, old, new in moves:
        outputs.setdefault((old, new), []).append(output)
    return tuple((old, new, tuple(found)) for (old, new), found in outputs.items())
