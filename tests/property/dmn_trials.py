"""What trying values on the evaluator shows of a decision table, beside what the analysis says of it."""

from collections import Counter
from dataclasses import dataclass, replace
from itertools import combinations, product

from redflag_kit.diagnostics.codes import (
    RF301,
    RF302,
    RF303,
    RF304,
    RF306,
    RF307,
    RF308,
    RF309,
    RF310,
    RF311,
    RF313,
    Code,
)
from redflag_kit.dmn.evaluate import Evaluation, evaluate_decision
from redflag_kit.dmn.feel.compare import equal
from redflag_kit.dmn.feel.values import ContextValue, Value, feel_text
from redflag_kit.dmn.findings import TableFault, analyse_model
from redflag_kit.dmn.hits import hit_value
from redflag_kit.dmn.model import Aggregation, DecisionTable, HitPolicy, Model
from redflag_kit.dmn.read import read_dmn
from redflag_kit.logic.budget import Budget
from tests.property.decision_models import Draft, allows

MOST = 4_000


@dataclass(frozen=True)
class Trial:
    """Values by path, and what the evaluator says of them."""

    values: dict[str, Value]
    found: Evaluation

    @property
    def matched(self) -> set[int]:
        return set(self.found.matched)


def trials(model: Model, draft: Draft) -> list[Trial]:
    paths = list(draft.inputs)
    columns = [draft.inputs[path].values() for path in paths]
    return [
        Trial(values, evaluate_decision(model, "T", scope(values)))
        for chosen in product(*columns)
        for values in [dict(zip(paths, chosen, strict=True))]
    ]


def scope(values):
    found = {path: value for path, value in values.items() if "." not in path}
    parts = [(path.partition(".")[2], value) for path, value in values.items() if "." in path]
    return found | ({"c": ContextValue((*parts, ("unread", None)))} if parts else {})


def size(draft: Draft) -> int:
    total = 1
    for one in draft.inputs.values():
        total *= len(one.values())
    return total


def inside(draft: Draft, where, values) -> bool:
    """Say whether values lie in a region as it is written."""
    return any(
        all(any(holds(draft, name, text, values[name]) for text in texts) for name, texts in cube.literals)
        for cube in where.cubes
    )


def holds(draft: Draft, name: str, text: str, value) -> bool:
    if text == "any other text":
        read = draft.inputs[name]
        return isinstance(value, str) and not any(
            feel_text(value) in test for test in (*read.tests, *read.bounds, *read.columns)
        )
    return allows(text, value)


def said_of(model: Model):
    """Return what the analysis says of T, nothing if it is refused."""
    found, left = analyse_model(model, Budget(), Budget().start())
    wrong = [one.diagnostic.message for one in found if one.diagnostic.code.id == "RF902"]
    assert wrong == []
    refused = [one.reason for one in left if one.decision.id == "T"]
    return [one for one in found if one.decision.id == "T"], refused


def model_in(draft: Draft) -> Model:
    reading = read_dmn(draft.xml(), "m.dmn")
    assert reading.model is not None
    return reading.model


REFUSED: Counter[str] = Counter()


def check(draft: Draft) -> None:
    model = model_in(draft)
    target = model.decision("T")
    if target is None or target.table is None or not target.usable or size(draft) > MOST:
        REFUSED["not usable" if size(draft) <= MOST else "too large"] += 1
        return
    found, refused = said_of(model)
    if refused:
        REFUSED[refused[0]] += 1
        return
    REFUSED["analysed"] += 1
    cases = trials(model, draft)
    if not cases:
        return
    by_code: dict[Code, list[TableFault]] = {}
    for one in found:
        by_code.setdefault(one.diagnostic.code, []).append(one)
    Checked(draft, model, target.table, cases, by_code).all()


@dataclass(frozen=True)
class Checked:
    """What is said of the table `T`, against all trials."""

    draft: Draft
    model: Model
    table: DecisionTable
    cases: list[Trial]
    found: dict[Code, list[TableFault]]

    def of(self, *codes):
        return [one for code in codes for one in self.found.get(code, [])]

    def all(self):
        self.gaps()
        self.never()
        self.together()
        self.masked()
        self.repeated()
        self.spared()
        self.irrelevant()
        self.merged()

    def region(self, one, wanted):
        """A region shown is exactly where something is so, or a part of it if there is more."""
        for case in self.cases:
            lies = inside(self.draft, one.region, case.values)
            assert not lies or wanted(case), (one.diagnostic.message, one.region.text, case.values)
            assert lies or not one.region.exact or not wanted(case), (
                one.diagnostic.message,
                one.region.text,
                case.values,
            )

    def gaps(self):
        default = any(clause.default is not None for clause in self.table.outputs)

        def none(case):
            return not case.matched and not (default and not unlisted(case))

        assert bool(self.of(RF301)) == any(none(case) for case in self.cases)
        for one in self.of(RF301):
            self.region(one, none)

    @property
    def numbers(self):
        return {rule.number for rule in self.table.rules}

    @property
    def dead(self):
        return {number for number in self.numbers if not any(number in case.matched for case in self.cases)}

    def never(self):
        assert {number for one in self.of(RF304) for number in one.rules} == self.dead

    def outputs(self, number):
        return tuple(entry.text for entry in self.table.rules[number - 1].outputs)

    def cases_of(self, number):
        return {at for at, case in enumerate(self.cases) if number in case.matched}

    def repeats(self, number):
        return any(
            self.outputs(other) == self.outputs(number) and self.cases_of(other) == self.cases_of(number)
            for other in self.numbers
            if other < number
        )

    def together(self):
        """Overlaps of UNIQUE and conflicts of ANY: each set told occurs, and every pair that occurs is told."""
        code = {HitPolicy.UNIQUE: RF302, HitPolicy.ANY: RF303}.get(self.table.hit_policy)
        if code is None:
            assert not self.of(RF302, RF303, RF313)
            return
        for one in self.of(code):
            self.region(one, lambda case, rules=set(one.rules): rules <= case.matched)
        pairs = {pair for case in self.cases for pair in combinations(sorted(case.matched), 2)}
        if code is RF303:
            pairs = {(one, other) for one, other in pairs if self.outputs(one) != self.outputs(other)}
            told = {pair for one in self.of(code) for pair in combinations(sorted(one.rules), 2)}
            assert pairs <= told
            assert all(any(pair in pairs for pair in combinations(sorted(one.rules), 2)) for one in self.of(code))
            return
        told = {pair for one in self.of(code) for pair in combinations(sorted(one.rules), 2)}
        assert all(self.repeats(one) or self.repeats(other) for one, other in pairs - told)
        assert told <= pairs

    def masked(self):
        told = {number for one in self.of(RF306) for number in one.rules}
        told_as_repeated = {n for one in self.of(RF307) for n in one.rules[1:]}
        match self.table.hit_policy:
            case HitPolicy.FIRST:
                decides = {min(case.matched) for case in self.cases if case.matched}
            case HitPolicy.PRIORITY:
                decides = {n for case in self.cases if case.matched for n in self.best(case.matched)}
            case HitPolicy.COLLECT if self.table.aggregation and self.table.aggregation.value in ("MIN", "MAX"):
                pick = min if self.table.aggregation.value == "MIN" else max

                def value(n):
                    return int(self.outputs(n)[0])

                decides = {n for case in self.cases for n in case.matched if value(n) == pick(map(value, case.matched))}
            case _:
                assert not told
                return
        never = self.numbers - self.dead - decides
        if self.table.hit_policy is HitPolicy.FIRST:
            assert told <= never <= told | told_as_repeated
        elif self.table.hit_policy is HitPolicy.PRIORITY:
            assert never <= told  # of equal priorities, that the earlier rule wins may be told as well
            assert all(not self.decides(number) for number in told)
        else:
            assert told == never
        for one in self.of(RF306):
            self.region(one, lambda case, rules=set(one.rules): rules <= case.matched)
            assert all(set(one.others) & case.matched for case in self.cases if set(one.rules) <= case.matched)

    def decides(self, number: int) -> bool:
        return any(case.matched and number == min(self.best(case.matched)) for case in self.cases)

    def best(self, matched: set[int]) -> list[int]:
        """Return the rules of the highest priority, by the outputs that list their values."""

        def rank(number: int) -> list[int]:
            return [
                clause.values.text.split(",").index(entry)
                for clause, entry in zip(self.table.outputs, self.outputs(number), strict=True)
                if clause.values is not None
            ]

        ranks = {number: rank(number) for number in matched}
        top = [number for number in matched if ranks[number] == min(ranks.values())]
        # Of rules with the same priority and other outputs the first decides.
        first = min(top)
        return [number for number in top if self.outputs(number) == self.outputs(first)]

    def repeated(self):
        for one in self.of(RF307, RF313):
            rules = one.rules
            assert len({(self.outputs(n), frozenset(self.cases_of(n))) for n in rules}) == 1
            if one.region is None:
                assert self.table.hit_policy.is_multiple
                continue
            self.region(one, lambda case, rules=set(rules): rules <= case.matched)
            if one.diagnostic.code is RF307:
                without = replace(self.table, rules=tuple(r for r in self.table.rules if r.number not in rules[1:]))
                assert self.same(self.results(without))

    def results(self, table):
        """Return the results of all cases with another table in the place of T."""
        changed = replace(
            self.model,
            decisions=tuple(replace(one, logic=table) if one.id == "T" else one for one in self.model.decisions),
        )
        return [evaluate_decision(changed, "T", scope(case.values)).value for case in self.cases]

    def same(self, values):
        return all(equal(case.found.value, value) is True for case, value in zip(self.cases, values, strict=True))

    def spared(self):
        """A rule is told to do nothing exactly if nothing changes without it."""
        told = {n for one in self.of(RF308, RF309) for n in one.rules}
        more = {n for one in self.of(RF304, RF306, RF307, RF313, RF311) for n in (*one.rules, *one.others)}
        for number in self.numbers:
            without = replace(self.table, rules=tuple(r for r in self.table.rules if r.number != number))
            spared = self.same(self.results(without))
            assert number not in told or spared
            summed = self.table.aggregation in (Aggregation.SUM, Aggregation.COUNT)  # may come to the default
            if spared and not summed:
                assert number in told | more, number
        for one in self.of(RF308, RF309):
            self.region(one, lambda case, rules=set(one.rules): rules <= case.matched)
            if one.diagnostic.code is RF308:
                assert self.cases_of(one.rules[0]) <= self.cases_of(one.others[0])

    def irrelevant(self):
        for one in self.of(RF310):
            (name,) = one.fault.names
            seen: dict[object, str] = {}
            for case in self.cases:
                rest = tuple((path, feel_text(value)) for path, value in case.values.items() if path != name)
                value = feel_text(case.found.value)
                assert seen.setdefault(rest, value) == value

    def merged(self):
        for one in self.of(RF311):
            pair = set(one.rules)
            (place,) = (int(name.rpartition("#")[2]) for name in one.fault.others)
            for case in self.cases:
                matched = (case.matched - pair) | ({place} if case.matched & pair else set())
                rules = [rule for rule in self.table.rules if rule.number in matched]
                if not unlisted(case):
                    assert equal(hit_value(self.table, rules, {}, "T")[0], case.found.value) is True


def unlisted(case: Trial) -> bool:
    """Say whether the table got a value that its input values do not list."""
    return any(fault.failure.name == "VALUE_NOT_ALLOWED" and fault.where == "T" for fault in case.found.faults)
