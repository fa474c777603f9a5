"""What vignettes show: who they are about, and which outputs they look at and get as expected.

Claim: were an output that a vignette *looks at* another for one of its completions, the vignette would fail. It looks
at every output for which it expects one outcome, entailed levels included, and, unless `others: any` lifts that, at all
other covered outputs, which the rules must leave silent as they are written.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from redflag_kit.evaluate.engine import Engine
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.model.condition import findings_of
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Expectation, Vignette
from redflag_kit.observe.effect import View
from redflag_kit.results.vignettes import ExpectationResult
from redflag_kit.semantics.cases import Filled

Look: TypeAlias = tuple[View, str]
"""An output, as the rules write it or with what is entailed."""


@dataclass(frozen=True, slots=True)
class Met:
    """An expectation that a guideline meets, for the reasons given, its case filled in.

    `results`: what came out for each output that it lists.
    """

    vignette: Vignette
    expectation: Expectation
    case: Filled[BddRegion]
    results: tuple[ExpectationResult, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """What one met expectation shows.

    `region`: the filled case as far as conditions can tell; whoever else is in it is told the same as somebody in the
    case. `stated`: the findings of which something is stated. `listed`: elements that a set is expected to have always.
    `undecided`: outputs that are expected to be undecided, and are.
    """

    name: str
    case: Filled[BddRegion]
    region: BddRegion
    stated: frozenset[str]
    looks: frozenset[Look]
    listed: frozenset[tuple[str, str]]
    undecided: tuple[str, ...]


def shown(engine: Engine, met: Iterable[Met]) -> tuple[Shown, ...]:
    """Return what met expectations show of a guideline, in the order given."""
    # COST: most vignettes look at the same outputs; what is found out for these is looked up by the same object.
    known: dict[frozenset[Look], frozenset[Look]] = {}
    idle = tuple(name for name in engine.diagrams.space.names if name not in findings_read(engine.guideline))
    return tuple(_shown(engine, one, idle, known) for one in met)


def findings_read(guideline: Guideline) -> frozenset[str]:
    """Return the findings that scope, scores and rules read; what only constraints read decides nothing."""
    points = (one.when for score in guideline.scores for one in score.points)
    read = (guideline.scope, *points, *(rule.when for rule in guideline.rules()))
    return frozenset(name for condition in read for name in findings_of(condition))


def _shown(engine: Engine, met: Met, idle: tuple[str, ...], known: dict[frozenset[Look], frozenset[Look]]) -> Shown:
    covered = tuple(result for result in met.results if result.output in engine.compiled.covers)
    looks = frozenset(_looks(engine, met.expectation, covered))
    return Shown(
        name=met.vignette.id,
        case=met.case,
        region=engine.diagrams.exists(met.case.region, idle),
        stated=frozenset(one.finding for one in met.vignette.findings if not one.unknown),
        looks=known.setdefault(looks, looks),
        listed=frozenset(_listed(met.expectation, covered)),
        undecided=tuple(result.output for result in covered if not result.actual.decided),
    )


def _looks(engine: Engine, expectation: Expectation, results: Iterable[ExpectationResult]) -> Iterator[Look]:
    view = View.ENTAILED if expectation.whole is None else View.WRITTEN
    yield from ((view, result.output) for result in results if result.actual.decided)
    if expectation.whole is None and expectation.strict:
        named = {expected.output for expected in expectation.outcomes}
        yield from ((View.WRITTEN, output) for output in engine.compiled.covers if output not in named)


def _listed(expectation: Expectation, results: Iterable[ExpectationResult]) -> Iterator[tuple[str, str]]:
    exact = {expected.output for expected in expectation.outcomes if not expected.undecided}
    yield from (
        (result.output, element) for result in results if result.output in exact for element in result.actual.must
    )
