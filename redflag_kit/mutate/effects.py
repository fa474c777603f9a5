"""Effects: what a fault changes in the compiled form of a guideline, so that no fault is counted twice or for nothing.

Claim: faults with equal effects give guidelines that say the same of every patient, and a fault without effect gives
the guideline itself. Faults that give equal digests (`Compiled.digest`) have equal effects.
Method: rows are numbered by condition, output entries and suppressing rows. Rows that never fire are no rows; those of
`otherwise` end with the first that always holds; the order of rows counts for FIRST alone.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import TypeAlias

from redflag_kit.compile.compiler import guard_order, suppressors
from redflag_kit.model.guideline import Assignment, Decision, Guideline, HitPolicy, Rule
from redflag_kit.mutate.forms import ALWAYS, NEVER, Form
from redflag_kit.mutate.homes import Homes
from redflag_kit.mutate.mutant import Owner, Where

Effect: TypeAlias = tuple[object, ...]
RowNumber: TypeAlias = int

NO_ROW = 0
NONE: Effect = ()


@dataclass(frozen=True, slots=True)
class RowChange:
    """What becomes of a row, apart from its condition: whether it is left out, what it writes, what suppresses it."""

    dropped: bool = False
    then: tuple[Assignment, ...] | None = None
    without: str = ""


_AS_IT_WAS = RowChange()
_NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of one decision as they are: suppressors first, each with its number."""

    decision: Decision
    order: tuple[Rule, ...]
    suppressed_by: dict[str, frozenset[str]]
    whens: dict[str, Form]
    numbers: dict[str, RowNumber]


@dataclass(slots=True)
class Effects:
    """Tells effects of faults of one guideline from each other.

    `forms` and `points` are those of the guideline, `decisions` the decision of every rule; rows get numbers as they
    are met, those in `always` fire for everybody.
    """

    forms: dict[Where, Form]
    points: dict[str, tuple[int, ...]]
    decisions: dict[str, _Rows] = field(default_factory=dict)
    numbers: dict[object, RowNumber] = field(default_factory=dict)
    always: set[RowNumber] = field(default_factory=set)

    def of_conditions(self, forms: Mapping[Where, Form]) -> Effect:
        """Return the effect of other conditions."""
        scopes = tuple(("scope", form) for where, form in forms.items() if where.owner is Owner.SCOPE)
        scores = sorted({where.name for where in forms if where.owner is Owner.POINTS})
        rules = (self.decisions[where.name] for where in forms if where.owner is Owner.RULE)
        tables = {rows.decision.id: rows for rows in rules}
        sums = (one for name in scores for one in self.of_points(name, self.points[name], forms))
        whens = {where.name: form for where, form in forms.items() if where.owner is Owner.RULE}
        return (*scopes, *sums, *(one for _, rows in sorted(tables.items()) for one in self._of_rows(rows, whens, {})))

    def of_rule(self, rule: str, change: RowChange) -> Effect:
        """Return the effect of a rule that is left out, writes something else, or lost an exception."""
        return self._of_rows(self.decisions[rule], {}, {rule: change})

    def of_policy(self, decision: Decision, policy: HitPolicy) -> Effect:
        """Return the effect of another hit policy: none where no two rules can fire."""
        rows = self.decisions[decision.rules[0].id] if decision.rules else None
        if rows is None or len(_fired(decision.rules, rows.numbers)) < 2 or policy is decision.hit_policy:
            return NONE
        return ((decision.id, policy.value),)

    def of_points(self, score: str, points: tuple[int, ...], forms: Mapping[Where, Form]) -> Effect:
        """Return the effect of other points of a score, and of other conditions for them."""
        before, after = self._sums(score, self.points[score], {}), self._sums(score, points, forms)
        return NONE if before == after else ((score, after),)

    def _sums(self, score: str, points: tuple[int, ...], forms: Mapping[Where, Form]) -> tuple[tuple[Form, int], ...]:
        places = [Where(Owner.POINTS, score, index) for index in range(len(points))]
        lines = ((forms.get(where, self.forms[where]), one) for where, one in zip(places, points, strict=True))
        return tuple(sorted(line for line in lines if line[0] != NEVER and line[1]))

    def _of_rows(self, rows: _Rows, whens: Mapping[str, Form], changes: Mapping[str, RowChange]) -> Effect:
        now = dict(rows.numbers)
        moved: set[str] = set()
        for rule in rows.order:
            before = rows.suppressed_by[rule.id]
            if rule.id in whens or rule.id in changes or not moved.isdisjoint(before):
                form = whens.get(rule.id, rows.whens[rule.id])
                now[rule.id] = self._row(rule, form, before, now, changes.get(rule.id, _AS_IT_WAS))
                if now[rule.id] != rows.numbers[rule.id]:
                    moved.add(rule.id)
        if not moved:
            return NONE
        table, rest = self._table(rows, now, moved), self._rest(rows, now, moved)
        return ((rows.decision.id, table, rest),) if table or rest else NONE

    def _table(self, rows: _Rows, now: Mapping[str, RowNumber], moved: AbstractSet[str]) -> Effect:
        """Return what becomes of the rules: their order under FIRST, else which rows go and which come."""
        if rows.decision.hit_policy is HitPolicy.FIRST:
            order, changed = (_fired(rows.decision.rules, numbers) for numbers in (rows.numbers, now))
            return NONE if order == changed else ("order", *changed)
        rules = tuple(rule for rule in rows.decision.rules if rule.id in moved)
        gone, come = (list(_fired(rules, numbers)) for numbers in (rows.numbers, now))
        for number in tuple(gone):
            if number in come:
                gone.remove(number)
                come.remove(number)
        return (tuple(sorted(gone)), tuple(sorted(come))) if gone or come else NONE

    def _rest(self, rows: _Rows, now: Mapping[str, RowNumber], moved: AbstractSet[str]) -> Effect:
        """Return what becomes of the `otherwise` rows that can be reached."""
        rules = rows.decision.otherwise or ()
        if all(rule.id not in moved for rule in rules):
            return NONE
        old, new = (self._reached(_fired(rules, numbers)) for numbers in (rows.numbers, now))
        return NONE if old == new else ("otherwise", *new)

    def _reached(self, numbers: tuple[RowNumber, ...]) -> tuple[RowNumber, ...]:
        last = next((i for i, number in enumerate(numbers) if number in self.always), len(numbers))
        return numbers[: last + 1]

    def _row(
        self, rule: Rule, form: Form, suppressed_by: AbstractSet[str], now: Mapping[str, RowNumber], change: RowChange
    ) -> RowNumber:
        if change.dropped or form == NEVER:
            return NO_ROW
        guards = sorted(now[name] for name in suppressed_by if now[name] != NO_ROW and name != change.without)
        then = sorted((one.output, *sorted(one.values)) for one in (rule.then if change.then is None else change.then))
        number = self.numbers.setdefault((form, tuple(then), tuple(guards)), len(self.numbers) + 1)
        if form == ALWAYS and not guards:
            self.always.add(number)
        return number

    def add_decision(self, decision: Decision) -> None:
        """Give numbers to the rows of a decision as they are."""
        by_id = {rule.id: rule for rule in decision.running()}
        rest = [rule.id for rule in decision.otherwise or ()]
        order = tuple(by_id[name] for name in (*guard_order(decision.rules), *rest))
        guards = {rule.id: suppressors(rule, decision.rules) for rule in decision.rules} | dict.fromkeys(rest, _NOBODY)
        whens = {name: self.forms[Where(Owner.RULE, name)] for name in by_id}
        numbers: dict[str, RowNumber] = {}
        for rule in order:
            numbers[rule.id] = self._row(rule, whens[rule.id], guards[rule.id], numbers, _AS_IT_WAS)
        self.decisions |= dict.fromkeys(by_id, _Rows(decision, order, guards, whens, numbers))


def effects_of(guideline: Guideline, homes: Homes) -> Effects:
    """Return what tells the effects of a guideline's faults from each other."""
    forms = {home.where: home.root.form for home in homes.owners if home.where is not None}
    points = {score.id: tuple(one.points for one in score.points) for score in guideline.scores}
    effects = Effects(forms, points)
    for decision in guideline.decisions:
        effects.add_decision(decision)
    return effects


def _fired(rules: tuple[Rule, ...], numbers: Mapping[str, RowNumber]) -> tuple[RowNumber, ...]:
    return tuple(numbers[rule.id] for rule in rules if numbers[rule.id] != NO_ROW)
