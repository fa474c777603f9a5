"""Results of `redflag test --coverage`: what vignettes show of a guideline, and first of all what they do not."""

from dataclasses import dataclass

RULES, OUTPUTS, CONDITIONS, BOUNDARIES, UNKNOWNS, DECISIONS = (
    "rules",
    "outputs",
    "conditions",
    "boundaries",
    "unknowns",
    "decisions",
)
KINDS = (RULES, OUTPUTS, CONDITIONS, BOUNDARIES, UNKNOWNS, DECISIONS)
"""Where a hole is worst comes first."""

UNCOVERED, COVERED, IMPOSSIBLE = "uncovered", "covered", "impossible"


@dataclass(frozen=True, slots=True)
class CoverageItem:
    """One thing that a vignette can show. `id` is unique within the guideline and kind.

    `text` says in plain words what a vignette shows that covers it. `state`: `impossible` is proved, and not counted;
    `reason` then says why. `file` and `line`: where it is written. `vignette`: the first that covers it, if any does.
    `note`: what else is to be known before one writes a vignette for it.
    """

    id: str
    kind: str
    state: str
    text: str
    reason: str
    file: str
    line: int
    rules: tuple[str, ...] = ()
    finding: str = ""
    output: str = ""
    vignette: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class KindTotals:
    """How much of one kind is covered. `items`: those that some patient makes possible; `impossible` comes on top.

    `share` is a decimal text from 0 to 1, rounded down to four places; None if there is nothing to cover, or if
    `budget` says that there are too many to count, e.g. `10000 decisions`.
    """

    kind: str
    items: int
    covered: int
    impossible: int
    share: str | None
    budget: str = ""


@dataclass(frozen=True, slots=True)
class GuidelineCoverage:
    """One guideline: `vignettes` counts those that expect something of it and pass.

    `totals` has every kind, in the order of `KINDS`; `items` are in the same order, what is not covered first.
    """

    guideline: str
    title: str
    path: str
    digest: str
    vignettes: int
    totals: tuple[KindTotals, ...]
    items: tuple[CoverageItem, ...]


@dataclass(frozen=True, slots=True)
class CoverageBody:
    """Every guideline that was measured, the one with the worst holes first.

    `floors`: per kind the percentage that each guideline has to reach, where one was asked for.
    """

    guidelines: tuple[GuidelineCoverage, ...]
    floors: tuple[tuple[str, str], ...] = ()
