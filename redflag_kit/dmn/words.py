"""Faults of decision tables in the words of DMN: rules by number, where they stand, what is so and what to do."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from redflag_kit.analyse.fault import Fault
from redflag_kit.diagnostics.codes import (
    RF301,
    RF302,
    RF303,
    RF304,
    RF305,
    RF306,
    RF307,
    RF308,
    RF309,
    RF310,
    RF311,
    RF313,
    RF315,
    Code,
)
from redflag_kit.diagnostics.diagnostic import Note, quoted
from redflag_kit.diagnostics.span import Span
from redflag_kit.dmn.confirm import numbers_of
from redflag_kit.dmn.lower import Lowered
from redflag_kit.dmn.model import DecisionTable, HitPolicy, Rule
from redflag_kit.dmn.results import has_default


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of one fault."""

    span: Span
    message: str
    help: str
    rules: tuple[int, ...] = ()
    others: tuple[int, ...] = ()
    related: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class _Told:
    """A fault with its table at hand."""

    lowered: Lowered
    table: DecisionTable
    fault: Fault

    @property
    def name(self) -> str:
        return quoted(self.lowered.decision.name)

    @property
    def rules(self) -> tuple[int, ...]:
        return numbers_of(self.fault.rules)

    @property
    def others(self) -> tuple[int, ...]:
        own = f"{self.lowered.decision.id}#"
        return numbers_of(tuple(one for one in self.fault.others if one.startswith(own)))

    def rule(self, number: int) -> Rule:
        return next(one for one in self.table.rules if one.number == number)

    def words(self, message: str, hint: str, noted: Mapping[int, str]) -> Words:
        """Return words at the last rule at fault, with the other rules as further places."""
        span = self.rule(self.rules[-1]).span if self.rules else self.lowered.decision.span
        notes = tuple(Note(self.rule(number).span, said) for number, said in noted.items())
        return Words(span, message, hint, self.rules, self.others, notes)


def told(lowered: Lowered, fault: Fault) -> Words:
    """Return what is said of a fault of a decision table."""
    table = lowered.decision.table
    assert table is not None
    return TELL[fault.code](_Told(lowered, table, fault))


def rules_said(numbers: Iterable[int]) -> str:
    """Return rules for a message: `rule 2`, or `rules 1, 2 and 5`."""
    *most, last = [str(number) for number in numbers]
    return f"rules {', '.join(most)} and {last}" if most else f"rule {last}"


def _rest(numbers: tuple[int, ...], said: str) -> dict[int, str]:
    return dict.fromkeys(numbers[:-1], said)


def _gap(one: _Told) -> Words:
    if has_default(one.table):
        message = f"{one.name} has no result for some inputs: what a column reads is not among its input values"
        return one.words(message, "list the value among the input values, or correct what comes to it", {})
    if one.table.hit_policy.is_multiple:
        message = f"no rule of {one.name} matches some inputs, so their result is empty"
        return one.words(message, "add a rule, or declare a default output if that is meant", {})
    return one.words(
        f"no rule of {one.name} matches some inputs, and there is no default output",
        "add a rule, or declare a default output",
        {},
    )


def _overlap(one: _Told) -> Words:
    both = "both" if len(one.rules) == 2 else "all"
    message = f"{rules_said(one.rules)} of {one.name} {both} match some inputs, and UNIQUE allows one"
    return one.words(message, "narrow one of them, or choose another hit policy", _rest(one.rules, "also matches"))


def _conflict(one: _Told) -> Words:
    both = "both" if len(one.rules) == 2 else "all"
    # Where outputs are computed, the region is where the rules match; they may happen to agree in some of it.
    differ = "for some of them their outputs differ" if one.lowered.opaque else "have different outputs"
    message = f"{rules_said(one.rules)} of {one.name} {both} match some inputs and {differ}"
    return one.words(message, "narrow one of them, or make the outputs equal", _rest(one.rules, "also matches"))


def _never(one: _Told) -> Words:
    message = f"{rules_said(one.rules)} of {one.name} can never match: {_why(one)}"
    return one.words(message, "correct its entries, or delete it", {})


def _why(one: _Told) -> str:
    (number,) = one.rules
    rule = one.rule(number)
    for position, clause in enumerate(one.table.inputs):
        if one.lowered.accepts_nothing(rule, position):
            text = rule.inputs[position].text
            if one.lowered.reads_decision(clause):
                return f"{quoted(clause.label)} is never {text}"
            return f"its entry {quoted(text)} accepts no value that {quoted(clause.label)} can have"
    if any(one.lowered.reads_decision(clause) for clause in one.table.inputs):
        return "what earlier decisions come to excludes it"
    return "its entries exclude each other"


def _nobody(one: _Told) -> Words:
    return one.words(f"the allowed values of {one.name} leave no inputs", "widen the allowed values", {})


def _masked(one: _Told) -> Words:
    if not one.others:
        message = (
            f"{rules_said(one.rules)} of {one.name} never decides: wherever it matches, one of several others wins"
        )
        return one.words(message, "delete it, or narrow what wins", {})
    by = rules_said(one.others)
    wins = "comes first" if one.table.hit_policy is HitPolicy.FIRST else "has priority"
    wins = wins if len(one.others) == 1 else wins.replace("comes", "come").replace("has", "have")
    together = "" if len(one.others) == 1 else " together"
    message = f"{rules_said(one.rules)} of {one.name} never decides: wherever it matches, {by}{together} {wins}"
    return one.words(message, "delete it, or narrow what wins", dict.fromkeys(one.others, "wins over it"))


def _partly_masked(one: _Told) -> Words:
    by = rules_said(one.others)
    wins = "win" if len(one.others) > 1 else "wins"
    message = (
        f"{by} of {one.name} {wins} over {rules_said(one.rules)} for some inputs that both match, with other outputs"
    )
    return one.words(message, "nothing needs to be done if that is meant", dict.fromkeys(one.others, "wins over it"))


def _duplicate(one: _Told) -> Words:
    numbers = tuple(sorted({*one.rules, *one.others}))
    message = f"{rules_said(numbers)} of {one.name} match the same inputs and have the same outputs"
    listed = one.lowered.compiled.outputs[one.lowered.decision.id].scale is None
    hint = (
        "keep one of them, unless the result is meant to have it more than once" if listed else "keep the first of them"
    )
    return one.words(
        message,
        hint,
        dict.fromkeys((n for n in numbers if n not in one.rules[-1:]), "the same rule"),
    )


def _subsumed(one: _Told) -> Words:
    message = f"{rules_said(one.rules)} of {one.name} lies within {rules_said(one.others)}, with the same outputs"
    return one.words(message, "delete the narrower rule", dict.fromkeys(one.others, "the wider rule"))


def _redundant(one: _Told) -> Words:
    message = f"without {rules_said(one.rules)} of {one.name} every result is the same (proved)"
    return one.words(
        message, "delete it, and check again before deleting more", dict.fromkeys(one.others, "says the same there")
    )


def _irrelevant(one: _Told) -> Words:
    names = ", ".join(quoted(name) for name in one.fault.names)
    return one.words(
        f"{names} never changes the result of {one.name} (proved)", "the rules can be written without it", {}
    )


def _mergeable(one: _Told) -> Words:
    message = f"{rules_said(one.rules)} of {one.name} can be written as one rule (proved)"
    return one.words(
        message, f"merge them in the place of {rules_said(one.others)}", _rest(one.rules, "the other rule")
    )


TELL: dict[Code, Callable[[_Told], Words]] = {
    RF301: _gap,
    RF302: _overlap,
    RF303: _conflict,
    RF304: _never,
    RF305: _nobody,
    RF306: _masked,
    RF307: _duplicate,
    RF308: _subsumed,
    RF309: _redundant,
    RF310: _irrelevant,
    RF311: _mergeable,
    RF313: _duplicate,
    RF315: _partly_masked,
}
