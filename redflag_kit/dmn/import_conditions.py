"""Boolean FEEL expressions and unary tests as conditions of the guideline language.

Claim: for inputs that are known, a condition holds exactly where the expression is true or the cell fits.
Method: a test of something with finitely many values is put to each of them; a test of a number becomes ranges. FEEL's
third value: a table may give null, and a comparison with null may be null. Under `not` such a comparison is taken to
hold, so that its negation does not.
Not covered: inputs that are null. Unknown findings are no values in the guideline language.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from redflag_kit.diagnostics.span import Span
from redflag_kit.dmn.feel.evaluate import evaluate, satisfies
from redflag_kit.dmn.feel.syntax import (
    Arithmetic,
    Between,
    Call,
    Comparison,
    Expression,
    If,
    In,
    Interval,
    Junction,
    ListOf,
    Literal,
    Name,
    Ordering,
    Path,
    Test,
    Tested,
    UnaryTests,
    children,
)
from redflag_kit.dmn.feel.values import ContextValue, Value, feel_text
from redflag_kit.dmn.import_domain import (
    ALWAYS,
    FAULTS,
    NEVER,
    Constant,
    Domain,
    Elements,
    Holds,
    Levels,
    NotRepresentableError,
    Number,
    Total,
    Words,
    all_of,
    any_of,
    none_of,
)
from redflag_kit.dmn.model import Written
from redflag_kit.model.condition import Range
from redflag_kit.model.vocabulary import Grid
from redflag_kit.source.dump import Data
from redflag_kit.terms.quantity import render

_MIRROR = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


@dataclass(slots=True)
class Conditions:
    """Turns expressions of one model into conditions; `parameters` collects thresholds by the names given to them."""

    domains: Mapping[str, Domain]
    name_threshold: Callable[[str, Fraction], str]
    parameters: dict[str, Fraction] = field(default_factory=dict)

    def expression(self, written: Written) -> Data:
        """Return a boolean expression as a condition."""
        assert written.expression is not None
        return self._holds(written.expression, True, written.span)

    def cell(self, column: Written, tests: UnaryTests, span: Span) -> Data:
        """Return what a cell asks of its column."""
        assert column.expression is not None
        if tests.is_any:
            return ALWAYS
        if any(isinstance(part, Literal) and part.value is None for test in tests.tests for part in _walk(test)):
            hint = (
                "a guideline has no rules on whether something was asked; leave the row out, or give the case a value"
            )
            raise NotRepresentableError(span, "the cell asks for a value that is missing (null)", hint)
        if (name := name_of(column.expression)) in self.domains:
            return self._tested(self.domains[name], tests, span)
        self.expression(column)  # refuses what is no condition, even if no cell asks for it
        fits = [value for value in (True, False) if satisfies(tests, value, self._constants(tests.tests, span))]
        return any_of([self._truth(column.expression, value, column.span) for value in fits])

    def truth(self, domain: Holds, value: bool) -> Data:
        """Return where a boolean decision is true, or false."""
        return self._decided(domain, value)

    # ------------------------------------------------------------ cells

    def _tested(self, domain: Domain, tests: UnaryTests, span: Span) -> Data:
        scope = self._constants(tests.tests, span)
        match domain:
            case Words() | Levels():
                fits = [value for value in domain.words if satisfies(tests, value, scope)]
                null = isinstance(domain, Levels) and satisfies(tests, None, scope)
                return self._one_of(domain, fits, null)
            case Number(finding, grid):
                ranges = [self._range(test, span) for test in tests.tests]
                return self._in_ranges(finding, grid, ranges, tests.negated)
            case Total(score, low, high):
                ranges = [self._range(test, span) for test in tests.tests]
                return self._sums(score, low, high, ranges, tests.negated)
            case Holds():
                fits = [value for value in (True, False) if satisfies(tests, value, scope)]
                return any_of([self._decided(domain, value is True) for value in fits])
            case Constant(value):
                return ALWAYS if satisfies(tests, value, scope) else NEVER
            case Elements():
                hint = "test it with `list contains(..., ...)` in the column's expression"
                raise NotRepresentableError(span, "the cell compares a whole list", hint)

    def _one_of(self, domain: Words | Levels, fits: list[Value], null: bool) -> Data:
        """Return that a finding or output has one of some values."""
        words: list[Data] = [domain.words[value] for value in fits]
        if isinstance(domain, Words):
            if len(words) == len(domain.words):
                return ALWAYS
            if not words:
                return NEVER
            if set(domain.words) == {True, False}:
                return domain.finding if fits == [True] else {domain.finding: "absent"}
            return {domain.finding: words[0] if len(words) == 1 else words}
        words += FAULTS if null else ()
        if not words:
            return NEVER
        return (
            ALWAYS
            if len(fits) == len(domain.words) and null
            else {domain.output: words[0] if len(words) == 1 else words}
        )

    # ------------------------------------------------------------ numbers

    def _range(self, test: Test, span: Span) -> Range:
        match test:
            case Ordering(operator=operator, endpoint=endpoint):
                return _ordered(operator, self._number(endpoint, span))
            case Interval(low=low, high=high, low_included=first, high_included=last):
                return Range(self._number(low, span), self._number(high, span), first, last)
            case _:
                number = self._number(test, span)
                return Range(number, number)

    def _number(self, node: Expression, span: Span) -> Fraction:
        value = evaluate(node, self._constants((node,), span))
        if isinstance(value, Decimal):
            return Fraction(value)
        raise NotRepresentableError(span, f"{feel_text(value)} is compared with a number", "compare it with a number")

    def _in_ranges(self, finding: str, grid: Grid, ranges: list[Range], negated: bool) -> Data:
        within = [on for one in ranges if (on := _on_grid(one, grid))]
        if any(one == Range() for one in within):
            return NEVER if negated else ALWAYS
        tests: list[Data] = [self._words(finding, one) for one in within]
        if not tests:
            return ALWAYS if negated else NEVER
        condition: Data = {finding: tests[0] if len(tests) == 1 else tests}
        return none_of(condition) if negated else condition

    def _words(self, finding: str, one: Range) -> str:
        low, high = (None if end is None else self._threshold(finding, end) for end in (one.low, one.high))
        if low is None:
            return f"{'at_most' if one.high_included else 'below'} {high}"
        if high is None:
            return f"{'at_least' if one.low_included else 'above'} {low}"
        if low == high:
            return low
        if one.low_included and one.high_included:
            return f"{low} to {high}"
        return f"{'[' if one.low_included else '('}{low}..{high}{']' if one.high_included else ')'}"

    def _threshold(self, finding: str, number: Fraction) -> str:
        name = self.name_threshold(finding, number)
        self.parameters[name] = number
        return name

    def _sums(self, score: str, low: Fraction, high: Fraction, ranges: list[Range], negated: bool) -> Data:
        sums = [n for n in range(int(low), int(high) + 1) if any(Fraction(n) in one for one in ranges) != negated]
        if not sums:
            return NEVER
        if len(sums) == high - low + 1:
            return ALWAYS
        texts: list[Data] = [str(n) for n in sums]
        return {score: texts[0] if len(texts) == 1 else texts}

    # ------------------------------------------------------------ expressions

    def _holds(self, node: Expression, positive: bool, span: Span) -> Data:
        """Return where an expression is true; not `positive`: where it is not false, so that its negation is true."""
        match node:
            case Literal(value=bool() as value):
                return ALWAYS if value else NEVER
            case Name() | Path() if name_of(node) in self.domains:
                return self._named(self.domains[name_of(node)], positive, span)
            case Junction(operator=operator, left=left, right=right):
                join = all_of if operator == "and" else any_of
                return join([self._holds(left, positive, span), self._holds(right, positive, span)])
            case Call(function="not", arguments=(part,)):
                return none_of(self._holds(part, not positive, span))
            case Call(function="list contains", arguments=(listed, element)) if isinstance(
                self.domains.get(name_of(listed)), Elements
            ):
                return self._contains(node, listed, element, positive, span)
            case Comparison():
                return self._compared(node, positive, span)
            case Between(value=Name() | Path() as subject, low=low, high=high):
                inside = Interval(node.start, node.end, low, high, True, True)
                return self._unary(node, subject, (inside,), False, positive, span)
            case In(value=Name() | Path() as subject, tests=tests):
                return self._unary(node, subject, tests, False, positive, span)
            case If(condition=condition, then=then, otherwise=otherwise):
                # An `if` whose condition is null takes its second branch, so the condition must be true either way.
                chosen = self._holds(condition, True, span)
                branches = [self._holds(part, positive, span) for part in (then, otherwise)]
                return any_of([all_of([chosen, branches[0]]), all_of([none_of(chosen), branches[1]])])
        hint = "what can be imported is listed in docs/dmn.md"
        raise NotRepresentableError(span, f"the expression has {_said(node)}, which no condition can say", hint)

    def _truth(self, node: Expression, value: bool, span: Span) -> Data:
        return self._holds(node, True, span) if value else none_of(self._holds(node, False, span))

    def _named(self, domain: Domain, positive: bool, span: Span) -> Data:
        match domain:
            case Words(words=words) if set(words) == {True, False}:
                return self._one_of(domain, [True], False)
            case Levels(words=words) if set(words) <= {True, False}:
                return self._one_of(domain, [True] if True in words else [], not positive)
            case Holds():
                return self._decided(domain, True) if positive else none_of(self._decided(domain, False))
            case Constant(bool() as value):
                return ALWAYS if value else NEVER
        raise NotRepresentableError(span, "a value that is no boolean stands as a condition", "compare it with a value")

    def _decided(self, domain: Holds, value: bool) -> Data:
        """Return where a boolean decision is true, or false."""
        if domain.named is not None:
            return domain.named if value else none_of(domain.named)
        written = domain.decision.logic
        assert isinstance(written, Written) and written.expression is not None
        return self._truth(written.expression, value, written.span)

    def _contains(self, node: Expression, listed: Expression, element: Expression, positive: bool, span: Span) -> Data:
        domain = self.domains[name_of(listed)]
        assert isinstance(domain, Elements)
        scope = self._constants((element,), span)
        value = evaluate(element, scope)
        words: list[Data] = [f"includes {domain.words[value]}"] if value in domain.words else []
        if _counts(node, listed, None, scope, positive):
            words += FAULTS
        return any_of([{domain.output: word} for word in words])

    def _compared(self, node: Comparison, positive: bool, span: Span) -> Data:
        operator, left, right = node.operator, node.left, node.right
        if count := self._count(operator, left, right, span):
            return count
        if not self._is_tested(left) and self._is_tested(right):
            left, right, operator = right, left, _MIRROR[operator]
        if name_of(left) not in self.domains or not self._is_tested(left) or self._is_tested(right):
            hint = "compare a single input or result with a fixed value"
            raise NotRepresentableError(span, "the expression compares two things that both vary", hint)
        test: Test = right if operator in ("=", "!=") else Ordering(right.start, right.end, operator, right)
        return self._unary(node, left, (test,), operator == "!=", positive, span)

    def _is_tested(self, node: Expression) -> bool:
        """Say whether an expression varies with the patient."""
        names = [part for part in _walk(node) if isinstance(part, Name)]
        return any(not isinstance(self.domains.get(one.name), Constant) for one in names)

    def _unary(
        self, node: Expression, subject: Expression, tests: tuple[Test, ...], negated: bool, positive: bool, span: Span
    ) -> Data:
        """Return where a comparison holds: `node` compares `subject` with what `tests` say."""
        domain = self.domains.get(name_of(subject))
        if domain is None:
            raise NotRepresentableError(span, f"`{name_of(subject)}` cannot be read", "see what was said about it")
        if any(isinstance(part, Literal) and part.value is None for test in tests for part in _walk(test)):
            hint = "a guideline has no rules on whether something was asked"
            raise NotRepresentableError(span, "the expression asks for a value that is missing (null)", hint)
        if isinstance(domain, Words | Levels):
            scope = self._constants(tests, span)
            fits = [value for value in domain.words if _counts(node, subject, value, scope, positive)]
            null = isinstance(domain, Levels) and _counts(node, subject, None, scope, positive)
            return self._one_of(domain, fits, null)
        return self._tested(domain, UnaryTests(0, 0, tests, negated), span)

    def _count(self, operator: str, left: Expression, right: Expression, span: Span) -> Data:
        """Return `sum([if a then 1 else 0, ...]) >= n` as a count of conditions, and nothing for anything else."""
        match left:
            case Call(function="sum", arguments=(ListOf(items=items),)) if items:
                parts = [part for item in items if (part := _counted(item)) is not None]
            case _:
                return None
        if len(parts) != len(items) or self._is_tested(right) or operator not in (">=", ">", "<", "<="):
            return None
        n = self._number(right, span)
        least = ceil(n) if operator in (">=", "<") else floor(n) + 1
        denied = operator in ("<", "<=")
        # Either way the members count where they are true, for an `if` on null takes its second branch.
        members = [self._holds(part, True, span) for part in parts]
        if least <= 0 or least > len(members):
            return ALWAYS if (least <= 0) != denied else NEVER
        condition: Data = any_of(members) if least == 1 else {"at_least": {"n": least, "of": members}}
        return none_of(condition) if denied else condition

    def _constants(self, nodes: tuple[Test, ...], span: Span) -> dict[str, Value]:
        """Return the values of the names that an expression uses; all of them must be constants."""
        found: dict[str, Value] = {}
        for part in (part for node in nodes for part in _walk(node)):
            if isinstance(part, Name):
                domain = self.domains.get(part.name)
                if not isinstance(domain, Constant):
                    hint = "write the value into the cell"
                    raise NotRepresentableError(span, f"a test depends on `{part.name}`, which varies", hint)
                found[part.name] = domain.value
            if isinstance(part, Tested):
                raise NotRepresentableError(span, "a cell uses `?`", "write a comparison, an interval or a list")
        return found


def _counts(node: Expression, subject: Expression, value: Value, scope: Mapping[str, Value], positive: bool) -> bool:
    """Say whether an expression is true where its subject has a value; not `positive`: whether it is not false."""
    bound: dict[str, Value] = {name_of(subject): value}
    if isinstance(subject, Path) and isinstance(subject.subject, Name):
        bound = {subject.subject.name: None if value is None else ContextValue(((subject.name, value),))}
    truth = evaluate(node, {**scope, **bound})
    return truth is True if positive else truth is not False


def name_of(node: Test) -> str:
    """Return the name that an expression is, `decision.output` for one of several outputs; empty for anything else."""
    match node:
        case Name(name=name):
            return name
        case Path(subject=Name(name=name), name=part):
            return f"{name}.{part}"
        case _:
            return ""


def _walk(node: Test) -> list[Test]:
    found: list[Test] = [node]
    for one in found:
        found.extend(children(one))
    return found


def _counted(item: Expression) -> Expression | None:
    match item:
        case If(condition=condition, then=Literal(value=Decimal() as one), otherwise=Literal(value=Decimal() as zero)):
            return condition if one == 1 and zero == 0 else None
        case _:
            return None


def _ordered(operator: str, number: Fraction) -> Range:
    if operator in (">", ">="):
        return Range(low=number, low_included=operator == ">=")
    return Range(high=number, high_included=operator == "<=")


def _on_grid(one: Range, grid: Grid) -> Range | None:
    """Return a range with ends that the finding can have, or none where nothing is excluded; None if it is empty."""
    low, high = 0, grid.size - 1
    if one.low is not None:
        place = (one.low - grid.low) / grid.step
        low = max(low, ceil(place) if one.low_included else floor(place) + 1)
    if one.high is not None:
        place = (one.high - grid.low) / grid.step
        high = min(high, floor(place) if one.high_included else ceil(place) - 1)
    if low > high:
        return None
    start = None if low == 0 else one.low if one.low is not None and one.low in grid else grid.at(low)
    end = None if high == grid.size - 1 else one.high if one.high is not None and one.high in grid else grid.at(high)
    return Range(
        start,
        end,
        one.low_included if start == one.low else True,
        one.high_included if end == one.high else True,
    )


def _said(node: Expression) -> str:
    match node:
        case Call(function=function):
            return f"a call of `{function}`"
        case Name(name=name):
            return f"`{name}`, which could not be imported,"
        case Arithmetic(operator=operator):
            return f"arithmetic (`{operator}`)"
        case _:
            return f"a {type(node).__name__.lower()}"


def threshold_words(number: Fraction) -> str:
    """Return a number as part of a name: `38_5`, `minus_2`."""
    return render(number).replace("-", "minus_").replace(".", "_").replace("/", "_over_")
