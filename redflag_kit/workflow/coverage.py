"""`redflag test --coverage`: every guideline's coverage, and whether it reaches the floor that was asked for."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from redflag_kit.coverage.edges import boundary_cases, thresholds
from redflag_kit.coverage.item import percent_words, reaches
from redflag_kit.coverage.measure import measure
from redflag_kit.coverage.shown import Met
from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic, quoted
from redflag_kit.evaluate.engine import Engine, engine
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Stated
from redflag_kit.results.coverage import KINDS, UNCOVERED, CoverageBody, GuidelineCoverage
from redflag_kit.results.envelope import NotDecided
from redflag_kit.terms.quantity import Quantity, parse_quantity, render
from redflag_kit.workflow.envelope import UsageError

Cuts: TypeAlias = Callable[[Guideline], Iterable[tuple[Stated, ...]]]
"""The cases that an engine is to tell apart beside those of the vignettes."""


@dataclass(frozen=True, slots=True)
class Covered:
    """What was measured, nothing if it was not asked for, and what it adds to the result of a run."""

    body: CoverageBody | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    not_decided: tuple[NotDecided, ...] = ()
    options: dict[str, object] = field(default_factory=dict)
    summary: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How coverage is measured: what engines are to tell apart, and what becomes of them and of what they met.

    `of` takes the engines, what they met, and guidelines that count as well though no vignette may speak of them.
    """

    cuts: Cuts
    of: Callable[[Mapping[str, Engine], Mapping[str, Sequence[Met]], Iterable[Guideline]], Covered]


def no_cuts(guideline: Guideline) -> tuple[tuple[Stated, ...], ...]:
    """Return no case."""
    return ()


NOT_MEASURED = Coverage(no_cuts, lambda engines, met, others: Covered())


def measured(fail_under: Iterable[str] = ()) -> Coverage:
    """Return how coverage is measured, with floors as they are written on a command line.

    Raises UsageError if a floor cannot be read.
    """
    floors = floors_of(fail_under)
    return Coverage(_cuts, lambda engines, met, others: _covered(engines, met, others, floors))


def floors_of(texts: Iterable[str]) -> dict[str, Fraction]:
    """Return the least percentage of each kind: `80` for all kinds, `rules=100` for one; the last one counts.

    A floor for one kind goes before one for all, wherever it stands.
    """
    everywhere: dict[str, Fraction] = {}
    single: dict[str, Fraction] = {}
    for text in texts:
        kind, mark, percent = text.rpartition("=")
        if mark and kind not in KINDS:
            raise UsageError(f"no kind of coverage is called {quoted(kind)}", f"there are {', '.join(KINDS)}")
        found = parse_quantity(percent.strip().removesuffix("%"))
        if not isinstance(found, Quantity) or found.unit != "1" or not 0 <= found.value <= 100:
            raise UsageError(
                f"{quoted(text)} is no floor", "write a percentage from 0 to 100, or one kind's: rules=100"
            )
        (single if mark else everywhere).update(dict.fromkeys([kind] if mark else KINDS, found.value))
    merged = everywhere | single
    return {kind: merged[kind] for kind in KINDS if kind in merged}


def _cuts(guideline: Guideline) -> tuple[tuple[Stated, ...], ...]:
    return boundary_cases(thresholds(guideline))


def _covered(
    engines: Mapping[str, Engine],
    met: Mapping[str, Sequence[Met]],
    others: Iterable[Guideline],
    floors: Mapping[str, Fraction],
) -> Covered:
    silent = {one.name: engine(one, _cuts(one)) for one in others if one.name not in engines}
    ready = {**engines, **silent}
    found = {name: measure(ready[name], met.get(name, ())) for name in sorted(ready)}
    ranked = tuple(sorted(found.values(), key=_worst_first))
    short = tuple(one for name, coverage in found.items() for one in _short(ready[name].guideline, coverage, floors))
    uncovered = sum(item.state == UNCOVERED for one in ranked for item in one.items)
    return Covered(
        CoverageBody(ranked, tuple((kind, render(percent)) for kind, percent in floors.items())),
        short,
        tuple(_not_counted(one) for one in ranked if any(total.budget for total in one.totals)),
        {"coverage": True, "fail_under": {kind: render(percent) for kind, percent in floors.items()}},
        {"uncovered": uncovered},
    )


def _worst_first(one: GuidelineCoverage) -> tuple[tuple[Fraction, ...], str]:
    """Order guidelines by their shares, kind by kind in the order of `KINDS`."""
    shares = (Fraction(total.covered, total.items) if total.items else Fraction(1) for total in one.totals)
    return tuple(shares), one.guideline


def _short(guideline: Guideline, found: GuidelineCoverage, floors: Mapping[str, Fraction]) -> Iterable[Diagnostic]:
    """Yield one diagnostic per kind that does not reach its floor."""
    for total in found.totals:
        floor = floors.get(total.kind)
        if floor is not None and not reaches(total, floor / 100):
            message = (
                f"{guideline.name} has {percent_words(total)} of its {total.kind} covered, "
                f"and {render(floor)}% is the floor"
            )
            hint = f"redflag test --coverage --guideline {guideline.name} lists what no vignette shows"
            yield Diagnostic(guideline.span, codes.RF550, message, hint)


def _not_counted(one: GuidelineCoverage) -> NotDecided:
    budget = next(total.budget for total in one.totals if total.budget)
    return NotDecided(f"how many decisions {one.guideline} can give", f"more than {budget}", budget)
