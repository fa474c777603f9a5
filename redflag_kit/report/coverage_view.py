"""Coverage arranged for readers: per guideline the kinds, what of each no vignette shows, and how much is shown."""

from collections.abc import Mapping
from dataclasses import dataclass

from redflag_kit.report.html_read import Json, member, number, objects, text

KINDS = {
    "rules": ("Rules", "each rule fires for some vignette for certain, and some vignette just misses it"),
    "outputs": ("Outputs", "each value that some patient gets is expected by a vignette"),
    "conditions": ("Conditions", "each test decides an outcome where it holds, and where it does not hold"),
    "boundaries": ("Boundaries", "each limit is tried on both sides, and one step beyond"),
    "unknowns": ("Unknowns", "each finding that can leave an outcome open is left unknown by a vignette"),
    "decisions": ("Decisions", "each combination of advice and deciding rules comes up for a vignette"),
}
"""What each kind is called, and what has to be so for all of it to be covered."""


@dataclass(frozen=True, slots=True)
class KindView:
    """One kind for one guideline: `share` in words, and the items that are not shown or that nobody can show."""

    kind: str
    title: str
    means: str
    share: str
    full: bool
    counted: int
    covered: tuple[Json, ...]
    uncovered: tuple[Json, ...]
    impossible: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class GuidelineView:
    """One guideline with all its kinds."""

    name: str
    title: str
    vignettes: int
    kinds: tuple[KindView, ...]

    @property
    def open(self) -> tuple[KindView, ...]:
        """Return the kinds of which something is not shown."""
        return tuple(one for one in self.kinds if one.uncovered)

    @property
    def impossible(self) -> int:
        """Return how many things nobody can show."""
        return sum(len(one.impossible) for one in self.kinds)


def guideline_views(coverage: Json) -> tuple[GuidelineView, ...]:
    """Return every guideline that was measured, the one with the worst holes first."""
    return tuple(
        GuidelineView(text(one.get("guideline")), text(one.get("title")), number(one.get("vignettes")), _kinds(one))
        for one in objects(coverage.get("guidelines"))
    )


def _kinds(guideline: Json) -> tuple[KindView, ...]:
    by_state: dict[tuple[str, str], list[Json]] = {}
    for item in objects(guideline.get("items")):
        by_state.setdefault((text(item.get("kind")), text(item.get("state"))), []).append(item)

    def of(kind: str, state: str) -> tuple[Json, ...]:
        return tuple(by_state.get((kind, state), ()))

    return tuple(
        KindView(
            kind,
            *KINDS.get(kind, (kind, "")),
            share=share_words(total),
            full=not total.get("budget") and total.get("covered") == total.get("items"),
            counted=number(total.get("items")),
            covered=of(kind, "covered"),
            uncovered=of(kind, "uncovered"),
            impossible=of(kind, "impossible"),
        )
        for total in objects(guideline.get("totals"))
        for kind in [text(total.get("kind"))]
    )


def share_words(total: Mapping[str, object]) -> str:
    """Return how much of a kind is shown, rounded down: `86.5%`, `none to show`, `not counted`."""
    if total.get("budget"):
        return "not counted"
    items, covered = number(total.get("items")), number(total.get("covered"))
    if not items:
        return "none to show"
    tenths = covered * 1000 // items
    return f"{tenths // 10}.{tenths % 10}".removesuffix(".0") + "%"


def place(item: Json) -> str:
    """Return where something is written."""
    return f"{text(item.get('file'))}:{number(item.get('line'))}"


def floors_of(coverage: Json) -> str:
    """Return the floors that were asked for in words."""
    floors = member(coverage.get("floors"))
    return ", ".join(f"{kind} {percent}%" for kind, percent in floors.items())
