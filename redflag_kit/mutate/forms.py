"""Forms: a number for what a compiled condition comes to, so that faults which make no difference cost nothing more.

Claim: conditions with equal numbers hold for the same patients. A test that accepts every value is `always`, one that
accepts none is `never`; groups lose members that cannot matter, negations go down to the tests, order, nesting and
repetition do not count. Conditions equal by `compile.expression.canonical` have equal numbers.
Not covered: equality that only the whole condition shows (`x or not x`); that is for the engine to prove.
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from redflag_kit.compile.compiler import positions, reach
from redflag_kit.model.condition import (
    All,
    Always,
    Any,
    AtLeast,
    Condition,
    Named,
    Not,
    NumberTest,
    OutputTest,
    ScoreTest,
    Test,
    WordTest,
)
from redflag_kit.model.guideline import Guideline, Score
from redflag_kit.model.vocabulary import Grid
from redflag_kit.terms.scale import STATUSES

Form: TypeAlias = int
Stretches: TypeAlias = tuple[tuple[int, int], ...]

NEVER, ALWAYS = 0, 1


class Words(NamedTuple):
    """A finding or output has one of the words in a mask. Of a `set` output that says nothing of its other elements."""

    kind: str
    name: str
    mask: int
    full: int


class Numbers(NamedTuple):
    """A finding or score lies in one of some stretches of its grid."""

    name: str
    stretches: Stretches
    size: int


class Joined(NamedTuple):
    """All or any of some forms."""

    word: str
    parts: tuple[Form, ...]


class Counted(NamedTuple):
    """At least so many of some forms, not all and not one."""

    parts: tuple[Form, ...]
    n: int


class Opposite(NamedTuple):
    """Where a form does not hold; `never` and `always` are each other's."""

    form: Form


# INVARIANT: kinds differ in how many fields they have or in the types of these, so shapes of two kinds are never equal.
Shape: TypeAlias = Words | Numbers | Joined | Counted | Opposite


class Forms:
    """The forms of one guideline's conditions; equal shapes get equal numbers, handed out in order of first use."""

    def __init__(self, guideline: Guideline) -> None:
        self._findings = guideline.vocabulary.findings
        self._outputs = guideline.outputs
        self.grids = {name: one.grid for name, one in self._findings.items() if one.grid}
        self.score_grids = {one.id: _sums(one) for one in guideline.scores}
        self._shapes: list[Shape] = [Opposite(ALWAYS), Opposite(NEVER)]
        self._numbers: dict[Shape, Form] = {shape: form for form, shape in enumerate(self._shapes)}
        self._negated: dict[Form, Form] = {NEVER: ALWAYS, ALWAYS: NEVER}
        self._known: dict[int, tuple[Condition, Form]] = {}

    def of(self, condition: Condition) -> Form:
        """Return the form of a condition; what was asked before is looked up by identity."""
        known = self._known.get(id(condition))
        if known is None:
            known = self._known[id(condition)] = (condition, self._of(condition))
        return known[1]

    def _of(self, condition: Condition) -> Form:
        match condition:
            case Always():
                return ALWAYS
            case Named(_, meaning):
                return self.of(meaning)
            case Not(part):
                return self.negated(self.of(part))
            case All(parts) | Any(parts) | AtLeast(_, parts):
                return self.group(condition, [self.of(part) for part in parts])
            case _:
                return self._test(condition)

    def group(self, condition: Condition, parts: Iterable[Form]) -> Form:
        """Return the form of a group, or of a `not`, like the given one whose members have these forms."""
        match condition:
            case All():
                return self._all(parts)
            case Any():
                return self._any(parts)
            case AtLeast(n):
                return self._at_least(n, parts)
            case _:
                return self.negated(*parts)

    def _number(self, shape: Shape) -> Form:
        """Return the number of a shape."""
        found = self._numbers.get(shape)
        if found is None:
            found = self._numbers[shape] = len(self._shapes)
            self._shapes.append(shape)
        return found

    def compare(self, old: Form, new: Form) -> int:
        """Return 1 if a test accepts more than before, -1 if less, 0 if neither can be said of it."""
        if old == new:
            return 0
        if new == ALWAYS or old == NEVER:
            return 1
        if new == NEVER or old == ALWAYS:
            return -1
        one, other = self._shapes[old], self._shapes[new]
        if isinstance(one, Words) and isinstance(other, Words) and one[:2] == other[:2]:
            return (one.mask & ~other.mask == 0) - (other.mask & ~one.mask == 0)
        if isinstance(one, Numbers) and isinstance(other, Numbers) and one.name == other.name:
            return _inside(one.stretches, other.stretches) - _inside(other.stretches, one.stretches)
        return 0

    def _test(self, test: Test) -> Form:
        match test:
            case WordTest(finding, words):
                return self._words("one", finding, self._findings[finding].words, words)
            case NumberTest(finding, ranges, negated):
                grid = self.grids[finding]
                return self._stretches(finding, positions(ranges, grid, negated), grid.size)
            case ScoreTest(score, ranges, negated):
                grid = self.score_grids[score]
                return self._stretches(score, positions(ranges, grid, negated), grid.size)
            case OutputTest(name, values):  # pragma: no branch
                output = self._outputs[name]
                known = (*(output.scale.levels if output.scale else output.elements), *STATUSES)
                # a set has several elements at once: what it includes says nothing of what else it includes
                return self._words("one" if output.scale else "set", name, known, values)

    def _words(self, kind: str, name: str, known: tuple[str, ...], chosen: frozenset[str]) -> Form:
        mask = sum(1 << i for i, word in enumerate(known) if word in chosen)
        return self._masked(kind, name, mask, (1 << len(known)) - 1)

    def _masked(self, kind: str, name: str, mask: int, full: int) -> Form:
        if mask in (0, full):
            return ALWAYS if mask else NEVER
        return self._number(Words(kind, name, mask, full))

    def _stretches(self, name: str, stretches: Stretches, size: int) -> Form:
        if not stretches or stretches == ((0, size - 1),):
            return ALWAYS if stretches else NEVER
        return self._number(Numbers(name, stretches, size))

    def _all(self, parts: Iterable[Form]) -> Form:
        return self._joined("all", parts, ALWAYS, NEVER)

    def _any(self, parts: Iterable[Form]) -> Form:
        return self._joined("any", parts, NEVER, ALWAYS)

    def _joined(self, word: str, parts: Iterable[Form], empty: Form, full: Form) -> Form:
        members: set[Form] = set()
        for part in parts:
            shape = self._shapes[part]
            if isinstance(shape, Joined) and shape.word == word:
                members.update(shape.parts)
            else:
                members.add(part)
        members.discard(empty)
        if full in members:
            return full
        if len(members) < 2:
            return members.pop() if members else empty
        return self._number(Joined(word, tuple(sorted(members))))

    def _at_least(self, n: int, parts: Iterable[Form]) -> Form:
        given = list(parts)
        n -= given.count(ALWAYS)
        open_ = sorted(part for part in given if part not in (ALWAYS, NEVER))
        if n <= 0 or n > len(open_):
            return ALWAYS if n <= 0 else NEVER
        if n == len(open_):
            return self._all(open_)
        return self._any(open_) if n == 1 else self._number(Counted(tuple(open_), n))

    def negated(self, form: Form) -> Form:
        """Return the form that holds where the given one does not."""
        found = self._negated.get(form)
        if found is None:
            found = self._negated[form] = self._negation(self._shapes[form], form)
            self._negated[found] = form
        return found

    def _negation(self, shape: Shape, form: Form) -> Form:
        match shape:
            case Words("one", name, mask, full):
                return self._masked("one", name, full & ~mask, full)
            case Numbers(name, stretches, size):
                return self._stretches(name, _outside(stretches, size), size)
            case Joined(word, parts):
                opposites = map(self.negated, parts)
                return self._any(opposites) if word == "all" else self._all(opposites)
            case Counted(parts, n):
                return self._at_least(len(parts) - n + 1, map(self.negated, parts))
            case _:
                return self._number(Opposite(form))


def _sums(score: Score) -> Grid:
    low, high = reach(score)
    return Grid(Fraction(low), Fraction(high), Fraction(1))


def _inside(one: Stretches, other: Stretches) -> bool:
    """Say whether every position of some stretches lies in others."""
    return all(any(low <= first and last <= high for low, high in other) for first, last in one)


def _outside(stretches: Stretches, size: int) -> Stretches:
    edges = [-1, *(edge for one in stretches for edge in one), size]
    return tuple((a + 1, b - 1) for a, b in zip(edges[::2], edges[1::2], strict=True) if a + 1 <= b - 1)
