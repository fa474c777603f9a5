"""Turn verdicts into results: places, words, states, witnesses, and the numbers of one guideline."""

from collections.abc import Callable, Iterable, Mapping

from redflag_kit.evaluate.engine import Engine
from redflag_kit.model.exemption import Exemption
from redflag_kit.model.guideline import Guideline
from redflag_kit.mutate.mutant import Mutant, Operator
from redflag_kit.mutate.score import totals_of
from redflag_kit.mutate.verdict import Equivalent, Killed, NotDecided, Survived, Verdict
from redflag_kit.mutate.witness import witness_of
from redflag_kit.results.mutate import (
    EQUIVALENT,
    EXEMPTED,
    KILLED,
    NOT_DECIDED,
    SURVIVED,
    MutantResult,
    MutantTotals,
    MutantWitness,
)


def state_of(verdict: Verdict, exempted: Mapping[str, Exemption]) -> str:
    """Return the state of a mutant; an exemption counts only for one that is neither killed nor equivalent."""
    match verdict:
        case Killed():
            return KILLED
        case Equivalent():
            return EQUIVALENT
    if verdict.mutant.id in exempted:
        return EXEMPTED
    return SURVIVED if isinstance(verdict, Survived) else NOT_DECIDED


def present(
    ready: Engine, verdict: Verdict, exempted: Mapping[str, Exemption], mutate: Callable[[Mutant], Guideline]
) -> MutantResult:
    """Return a mutant of a guideline as a result. `mutate` makes the guideline with the fault, to read a witness on."""
    mutant, state = verdict.mutant, state_of(verdict, exempted)
    return MutantResult(
        id=mutant.id,
        guideline=ready.guideline.name,
        operator=mutant.operator.value,
        rule=mutant.rule,
        sentence=mutant.sentence,
        file=mutant.span.file,
        line=mutant.span.line,
        column=mutant.span.column,
        end_line=mutant.span.end_line,
        end_column=mutant.span.end_column,
        original=mutant.original,
        replacement=mutant.replacement,
        state=state,
        killed_by=verdict.by if isinstance(verdict, Killed) else (),
        reason=exempted[mutant.id].reason if state == EXEMPTED else reason_of(verdict),
        witness=_witness(ready, verdict, mutate),
        draft="",
    )


def reason_of(verdict: Verdict) -> str:
    """Return why a mutant is equivalent or not decided; nothing for others, which are told by vignettes or a case."""
    if isinstance(verdict, Equivalent):
        return verdict.how
    if isinstance(verdict, NotDecided):
        return f"no vignette notices it, and whether anybody gets another outcome needs more than {verdict.budget}"
    return ""


def _witness(ready: Engine, verdict: Verdict, mutate: Callable[[Mutant], Guideline]) -> MutantWitness | None:
    if not isinstance(verdict, Survived):
        return None
    return witness_of(ready, mutate(verdict.mutant), verdict.case)


def by_operator(found: Iterable[MutantResult]) -> tuple[tuple[str, MutantTotals], ...]:
    """Return the totals of each kind of fault that occurs, in the order of the kinds."""
    states: dict[str, list[str]] = {}
    for one in found:
        states.setdefault(one.operator, []).append(one.state)
    return tuple((kind.value, totals_of(states[kind.value])) for kind in Operator if kind.value in states)
