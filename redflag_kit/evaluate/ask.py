"""What to ask next: the findings whose answers can still change an outcome, and how many answers it takes.

Claim: a finding is listed if two legal completions of the case that agree on every other finding get different
outcomes; beyond these, only as many as are needed for the answers to all that are listed to settle every outcome
(constraints may tie findings together so that none of them can change alone). The number of answers in the worst case
is exact for at most `EXACT_FINDINGS` pivotal findings, within `EXACT_WORK`; beyond, it is bounded on both sides.
The order is that of `evaluate.ranking`.
"""

from collections.abc import Iterable

from redflag_kit.evaluate.engine import Engine
from redflag_kit.evaluate.frozen import freeze_outputs
from redflag_kit.evaluate.prospect import Prospect
from redflag_kit.evaluate.ranking import Ranking
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.logic.questions import Fewest, Questions
from redflag_kit.logic.space import Point
from redflag_kit.results.case import AskNext, OutputQuestions, WorstCase
from redflag_kit.wording.findings import entry_phrase

EXACT_FINDINGS = 8
EXACT_WORK = 1_000_000
"""Answers looked at before an exact search gives up: seconds, and far more than eight findings usually take."""
BOUND_WORK = 1_000
"""The same where more findings are pivotal: about ten milliseconds."""


def inquire(engine: Engine, case: BddRegion) -> tuple[tuple[AskNext, ...], WorstCase]:
    """Return the findings worth asking, the one to ask first at the head, and how many answers settle the case."""
    open_outputs = [
        name for name, found in zip(engine.guideline.covers, engine.outlook(case), strict=True) if not found.decided
    ]
    if not open_outputs:
        return (), WorstCase(0, 0, True, None, (), ())
    prospect = Prospect(freeze_outputs(engine, open_outputs, case), list(engine.masks(case)))
    asked = _ranked(engine, prospect)
    order = [engine.diagrams.space.position(one.finding) for one in asked]
    return asked, _worst_case(engine, prospect, order, engine.diagrams.calmest(case))


def _ranked(engine: Engine, prospect: Prospect) -> tuple[AskNext, ...]:
    findings, names = engine.guideline.vocabulary.findings, engine.diagrams.space.names
    order = {name: position for position, name in enumerate(findings)}
    ranking = Ranking(prospect, engine.guideline.outputs)
    ranked = []
    for position, changed in prospect.worth_asking.items():
        name, answers = names[position], ranking.answers(position)
        words = tuple(entry_phrase(findings[name], engine.atoms.entry(name, 1 << atom)) for atom, _ in answers)
        key = (*ranking.merit(answers), -len(changed), order[name])
        ranked.append((key, AskNext(name, findings[name].ask, changed, words, findings[name].label)))
    return tuple(asked for _, asked in sorted(ranked, key=lambda pair: pair[0]))


def _worst_case(engine: Engine, prospect: Prospect, order: list[int], calmest: Point) -> WorstCase:
    work = EXACT_WORK if len(prospect.pivotal) <= EXACT_FINDINGS else BOUND_WORK
    questions = Questions(prospect.frozen.store, prospect.masks, order, calmest, work)
    names = engine.diagrams.space.names

    def fewest(roots: Iterable[int]) -> Fewest:
        kept = tuple(roots)
        axes = 0
        for root in kept:
            axes |= prospect.frozen.store.axes[root]
        enough = [position for position in order if axes >> position & 1]
        return questions.fewest(kept, enough)

    def name_of(position: int | None) -> str | None:
        return None if position is None else names[position]

    whole = fewest(prospect.roots)
    by_output = tuple(
        OutputQuestions(name, one.lower, one.upper, one.exact, name_of(one.first))
        for name, roots in prospect.open_by_output.items()
        for one in (fewest(roots),)
    )
    asked = tuple(names[position] for position in order)
    return WorstCase(whole.lower, whole.upper, whole.exact, name_of(whole.first), asked, by_output)
