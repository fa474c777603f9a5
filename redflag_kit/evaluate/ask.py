"""What to ask next: the findings whose answers can still change an outcome.

Claim: a finding is listed if two legal completions of the case that agree on every other finding get different
outcomes; beyond these, only as many as are needed for the answers to all that are listed to settle every outcome
(constraints may tie findings together so that none of them can change alone). The order puts first the findings one
answer to which can settle the most urgent outcome that is still open; ties go to the finding that can settle or change
more outputs, then to vocabulary order.
Not covered: the shortest sequence of questions; `questions_worst_case` gives bounds.
"""

from collections.abc import Iterable, Iterator

from redflag_kit.evaluate.engine import Engine
from redflag_kit.evaluate.trace import state_of
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.results.case import AskNext, WorstCase
from redflag_kit.semantics.cases import Possible
from redflag_kit.wording.findings import entry_phrase


def ask_next(engine: Engine, case: BddRegion) -> tuple[AskNext, ...]:
    """Return the findings worth asking, the one to ask first at the head."""
    findings = engine.guideline.vocabulary.findings
    order = {name: position for position, name in enumerate(findings)}
    now = engine.outlook(case)
    ranked = []
    for finding, changed in _worth_asking(engine, case).items():
        answers = tuple(_answers(engine, finding, case))
        outlooks = [engine.outlook(region) for _, region in answers]
        key = (*_merit(engine, now, outlooks), -len(changed), order[finding])
        words = tuple(entry_phrase(findings[finding], engine.atoms.entry(finding, 1 << atom)) for atom, _ in answers)
        ranked.append((key, AskNext(finding, findings[finding].ask, changed, words)))
    return tuple(asked for _, asked in sorted(ranked, key=lambda pair: pair[0]))


def worst_case(engine: Engine, case: BddRegion, asked: tuple[AskNext, ...]) -> WorstCase:
    """Return bounds on the answers needed: none if all is decided, else one to all that can change anything."""
    open_outputs = any(not found.decided for found in engine.outlook(case))
    return WorstCase(1 if open_outputs else 0, len(asked) if open_outputs else 0, tuple(one.finding for one in asked))


def _answers(engine: Engine, finding: str, case: BddRegion) -> Iterator[tuple[int, BddRegion]]:
    for atom in range(engine.atoms.size(finding)):
        region = case & engine.diagrams.literal(finding, 1 << atom)
        if not region.is_empty():
            yield atom, region


def _worth_asking(engine: Engine, case: BddRegion) -> dict[str, tuple[str, ...]]:
    """Return the findings to list, each with the outputs it can change."""
    candidates = [name for name in engine.atoms.inputs if len(tuple(_answers(engine, name, case))) > 1]
    found = {name: changed for name in candidates if (changed := _changed_by(engine, (name,), case))}
    tied = [name for name in candidates if name not in found]
    needless: list[str] = []
    for name in reversed(tied) if _changed_by(engine, tied, case) else ():
        changed = _changed_by(engine, (*needless, name), case)
        if changed:
            found[name] = changed
        else:
            needless.append(name)
    return found


def _changed_by(engine: Engine, findings: Iterable[str], case: BddRegion) -> tuple[str, ...]:
    """Return the outputs that the answers to some findings can move from one value to another, all others kept."""
    return tuple(output for output in engine.guideline.covers if _can_change(engine, output, tuple(findings), case))


def _can_change(engine: Engine, output: str, findings: tuple[str, ...], case: BddRegion) -> bool:
    for (name, _), values in engine.entailed.items():
        if name != output:
            continue
        for region in values.values():
            if state_of(region, case) != "open":
                continue
            inside = engine.diagrams.exists(case & region, findings)
            if not (inside & engine.diagrams.exists(case - region, findings)).is_empty():
                return True
    return False


def _merit(engine: Engine, now: tuple[Possible, ...], outlooks: list[tuple[Possible, ...]]) -> tuple[float, int]:
    """Return how urgent an outcome one answer can settle (negative: most urgent first), and how many it settles."""
    urgent = 0.0
    settled = 0
    for outlook in outlooks:
        decided = [
            (output, found)
            for output, before, found in zip(engine.guideline.covers, now, outlook, strict=True)
            if found.decided and not before.decided
        ]
        settled = max(settled, len(decided))
        for output, found in decided:
            scale = engine.guideline.outputs[output].scale
            if scale and found.values[0] in scale.levels:
                urgent = max(urgent, scale.rank(found.values[0]) / len(scale.levels))
    return -urgent, -settled
