"""Faults in conditions: of rules, of the scope, of points, and of the definitions that these use.

A definition is faulty once, wherever it is used. The scope is told as what happens to it: wider or narrower, where that
can be said.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeAlias

from redflag_kit.model.condition import All, Always, Not
from redflag_kit.mutate.apply import replaced_at
from redflag_kit.mutate.dropping import dropped
from redflag_kit.mutate.fault import Bench, Fault, PartFault, Told
from redflag_kit.mutate.grouping import regrouped
from redflag_kit.mutate.homes import Home, HomeKind, Part
from redflag_kit.mutate.mutant import Operator, PartsReplaced
from redflag_kit.mutate.negating import negated
from redflag_kit.mutate.slipping import slipped
from redflag_kit.mutate.swapping import swapped
from redflag_kit.mutate.thresholds import bounds, steps
from redflag_kit.mutate.values import revalued

PartOperator: TypeAlias = Callable[[Bench, Part], Iterator[PartFault]]

OPERATORS: tuple[PartOperator, ...] = (dropped, negated, bounds, steps, revalued, regrouped, swapped, slipped)


def in_conditions(bench: Bench) -> Iterator[Fault]:
    """Yield the faults of every condition, owners first, parts in reading order."""
    for home in bench.homes.all():
        owner, rule, before = _named(home)
        for part in home.parts:
            for operator in OPERATORS:
                for fault in operator(bench, part):
                    form = bench.homes.forms.of(fault.new)
                    if form != fault.part.form:
                        effect = bench.effects.of_conditions(bench.homes.changed([(fault.part, form)]))
                        told = _as_scope(bench, fault) if home.kind is HomeKind.SCOPE else fault.operator
                        edit = partial(_edit, bench, fault)
                        tell = partial(_tell, bench, fault, before)
                        yield Fault(fault.operator, owner, fault.subject, rule, effect, edit, tell, told)


def _named(home: Home) -> tuple[str, str, str]:
    """Return how ids name a home, the rule that it is of, and what its sentences begin with."""
    words = home.name.replace("_", " ")
    match home.kind:
        case HomeKind.SCOPE:
            return "scope", "", "scope: "
        case HomeKind.RULE:
            return home.name, home.name, ""
        case HomeKind.POINTS:
            return f"score {home.name}", "", f"{words}: "
        case HomeKind.DEFINITION:
            return f"definition {home.name}", "", f"{words}: "
        case HomeKind.DERIVED:  # pragma: no branch
            return f"derived {home.name}", "", f"{words}: "


def _edit(bench: Bench, fault: PartFault) -> PartsReplaced:
    return PartsReplaced(tuple(bench.homes.replacing(fault.part, fault.new)))


def _tell(bench: Bench, fault: PartFault, before: str) -> Told:
    span, original, replacement, sentence = fault.tell()
    root = fault.part.home.root.condition
    # an alias stands for text elsewhere, which others may share: what it stands for is written out in its place
    if not span.within(root.span):
        written = bench.writer.condition
        new = replaced_at(root, fault.part.path, fault.new)
        span, original, replacement = root.span, written(root), written(new)
    return Told(span, original, replacement, before + sentence)


def _as_scope(bench: Bench, fault: PartFault) -> Operator:
    """Return whether a fault makes the scope wider or narrower; its own operator if neither can be said."""
    direction = _direction(bench, fault)
    part: Part | None = fault.part.parent
    while part is not None:
        direction = -direction if isinstance(part.condition, Not) else direction
        part = part.parent
    if direction == 0:
        return fault.operator
    return Operator.SCOPE_WIDENED if direction > 0 else Operator.SCOPE_NARROWED


def _direction(bench: Bench, fault: PartFault) -> int:
    match fault.operator:
        case Operator.CONDITION_DROPPED:
            return 1 if isinstance(fault.new, Always) or isinstance(fault.part.condition, All) else -1
        case Operator.ALL_TO_ANY | Operator.COUNT_LOWERED:
            return 1
        case Operator.ANY_TO_ALL | Operator.COUNT_RAISED:
            return -1
        case _:
            forms = bench.homes.forms
            return forms.compare(fault.part.form, forms.of(fault.new))
