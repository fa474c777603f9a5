"""All mutants of a guideline, in file order, each fault once.

Claim: no mutant has the compiled form of the guideline, and no two have the same (see `effects`). Of faults with the
same effect the first by operator stays, in the order of `Operator`; of one operator that of a rule, the scope or points
before that of a definition, and among them the first in the guideline's order.
Cost: linear in the faults; nothing is compiled but the parts that change.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from redflag_kit.model.guideline import Guideline
from redflag_kit.mutate.conditions import in_conditions
from redflag_kit.mutate.exceptions import without_exceptions
from redflag_kit.mutate.fault import Bench, Fault
from redflag_kit.mutate.leaving_out import left_out
from redflag_kit.mutate.mutant import Mutant, Operator
from redflag_kit.mutate.outcomes import other_outcomes
from redflag_kit.mutate.parameters import other_parameters
from redflag_kit.mutate.policies import other_policies
from redflag_kit.mutate.scoring import other_bands, other_points
from redflag_kit.mutate.unknowns import other_policies_for_unknowns

FAMILIES = (
    left_out,
    in_conditions,
    other_parameters,
    other_outcomes,
    without_exceptions,
    other_policies,
    other_points,
    other_bands,
    other_policies_for_unknowns,
)


def mutants(guideline: Guideline) -> tuple[Mutant, ...]:
    """Return every mutant of a guideline, in file order; those in the vocabulary's file last."""
    found = faults(guideline)
    ids = _ids(found)
    made = [_mutant(found[position], ids[position]) for position in _distinct(found)]
    return tuple(sorted(made, key=lambda one: _place(one, guideline.path)))


def faults(guideline: Guideline) -> tuple[Fault, ...]:
    """Return every fault of every operator, also those that come to the same, or to nothing."""
    bench = Bench(guideline)
    return tuple(fault for family in FAMILIES for fault in family(bench))


def _distinct(found: Sequence[Fault]) -> list[int]:
    """Return the positions of the faults that are kept."""
    ranks = {operator: rank for rank, operator in enumerate(Operator)}
    first: dict[object, int] = {}
    for position in sorted(range(len(found)), key=lambda one: (ranks[found[one].kind], one)):
        if found[position].effect:
            first.setdefault(found[position].effect, position)
    return sorted(first.values())


def _mutant(fault: Fault, name: str) -> Mutant:
    told = fault.tell()
    return Mutant(
        name, fault.operator, fault.rule, told.span, told.original, told.replacement, told.sentence, fault.edit()
    )


def _place(mutant: Mutant, path: str) -> tuple[bool, str, int, int]:
    span = mutant.span
    return span.file != path, span.file, span.line, span.column


def _ids(faults: Iterable[Fault]) -> list[str]:
    """Return an id for each fault; numbers tell apart those of one condition that have the same name."""
    given: Counter[str] = Counter()
    ids = []
    for fault in faults:
        name = ":".join(part for part in (fault.owner, fault.kind.value, fault.subject) if part)
        given[name] += 1
        ids.append(name if given[name] == 1 else f"{name}:{given[name]}")
    return ids
