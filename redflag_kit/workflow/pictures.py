"""What a page draws and answers from. Made for a comparison that is shown, not for one that is only judged."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from redflag_kit.diagnostics.diagnostic import did_you_mean, quoted
from redflag_kit.diff.area import area, most_read, readable
from redflag_kit.diff.compare import ByDiagrams
from redflag_kit.diff.explorer import explorer
from redflag_kit.logic.budget import BudgetExceeded
from redflag_kit.results.area import Area
from redflag_kit.workflow.compared import Compared
from redflag_kit.workflow.envelope import UsageError

T = TypeVar("T")
Plot = tuple[str, str]
"""Two findings: rows and columns of the changed area."""

SEARCHED = "The explorer and the changed area were left out: the decision tables are too large for them."
NO_FINDINGS = "The changed area was left out: the rules that decide changes read fewer than two findings."


def with_pictures(found: Compared, plot: Plot | None = None) -> tuple[Compared, tuple[str, ...]]:
    """Return a comparison with what a page draws, and what was left out, in words. Raises UsageError for the plot."""
    if found.body is None:
        return found, ()
    if found.regions is None:
        return found, (SEARCHED,)
    regions, left_out = found.regions, list[str]()
    asked = _within("explorer", left_out, lambda: explorer(regions.pair, regions.changes, regions.alignment))
    drawn = _area(regions, plot, left_out)
    return replace(found, body=replace(found.body, explorer=asked, area=drawn)), tuple(left_out)


def _area(regions: ByDiagrams, plot: Plot | None, left_out: list[str]) -> Area | None:
    if plot:
        _check(regions, plot)
    elif not regions.changes:
        return None
    found = plot or most_read(regions.pair, regions.changes, regions.alignment)
    rows, columns, *_ = (*found, "", "")
    if not columns:
        left_out.append(NO_FINDINGS)
        return None
    return _within(
        "changed area", left_out, lambda: area(regions.pair, regions.changes, rows, columns, chosen=plot is not None)
    )


def _within(what: str, left_out: list[str], work: Callable[[], T]) -> T | None:
    try:
        return work()
    except BudgetExceeded as error:
        left_out.append(f"The {what} was left out: it needs more than {error.budget}.")
        return None


def _check(regions: ByDiagrams, plot: Plot) -> None:
    """Raise UsageError if the findings of a plot are not two that rules read."""
    read = readable(regions.pair)
    if plot[0] == plot[1]:
        raise UsageError("the changed area is drawn over two findings", "name two different ones")
    for name in plot:
        if name in read:
            continue
        if name in regions.pair.findings:
            message = f"no rule of either edition reads {quoted(name)}, so nothing can change with it"
            raise UsageError(message, "name a finding that rules read")
        listed = f"the findings are listed in {regions.pair.new.guideline.vocabulary.path}"
        raise UsageError(f"no finding is called {quoted(name)}", did_you_mean(name, read) or listed)
