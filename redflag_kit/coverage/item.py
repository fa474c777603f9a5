"""Items of coverage, and how many of them are covered."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from redflag_kit.diagnostics.span import Span
from redflag_kit.results.coverage import COVERED, IMPOSSIBLE, UNCOVERED, CoverageItem, KindTotals


def item(
    name: str,
    kind: str,
    vignette: str,
    text: str,
    impossible: str,
    span: Span,
    rules: tuple[str, ...] = (),
    finding: str = "",
    output: str = "",
    note: str = "",
) -> CoverageItem:
    """Return an item: covered by a vignette, if one is named, unless a reason says why nobody can show it."""
    if impossible:
        state, vignette = IMPOSSIBLE, ""
    else:
        state = COVERED if vignette else UNCOVERED
    return CoverageItem(
        name, kind, state, text, impossible, span.file, span.line, rules, finding, output, vignette, note
    )


def totals(kind: str, items: Iterable[CoverageItem]) -> KindTotals:
    """Return how many items of one kind there are, and how many are covered."""
    states = [one.state for one in items if one.kind == kind]
    covered, impossible = states.count(COVERED), states.count(IMPOSSIBLE)
    counted = len(states) - impossible
    return KindTotals(kind, counted, covered, impossible, share_text(covered, counted))


def share_text(part: int, whole: int) -> str | None:
    """Return a share as a decimal text, rounded down to four places, so that only all of it is 1; None of nothing."""
    if not whole:
        return None
    scaled = part * 10_000 // whole
    return f"{scaled // 10_000}.{scaled % 10_000:04}".rstrip("0").rstrip(".")


def reaches(totals: KindTotals, floor: Fraction) -> bool:
    """Say whether a kind reaches a floor, a fraction of 1; where nothing can be covered it does, uncounted not."""
    if totals.budget:
        return floor == 0
    return totals.covered >= floor * totals.items


def percent_words(totals: KindTotals) -> str:
    """Return how much of a kind is covered: `80% (8 of 10)`, rounded down to a tenth."""
    if totals.budget:
        return f"an unknown share (more than {totals.budget})"
    tenths = totals.covered * 1000 // totals.items if totals.items else 1000
    text = f"{tenths // 10}.{tenths % 10}".removesuffix(".0")
    return f"{text}% ({totals.covered} of {totals.items})"


def uncovered_first(items: Sequence[CoverageItem]) -> tuple[CoverageItem, ...]:
    """Return items with those that are not covered first, then those nobody can show; else as given."""
    order = (UNCOVERED, IMPOSSIBLE, COVERED)
    return tuple(sorted(items, key=lambda one: order.index(one.state)))
