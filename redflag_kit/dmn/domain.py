"""Domains: the pieces into which the tests of a column cut the values that it can take.

Claim: no test of the column tells two values of one piece apart, so a test holds for a whole piece exactly if it holds
for the piece's representative value. On a line (numbers, dates, ...) the pieces are single values and the open
stretches between them; a text column has the texts that are mentioned and one piece for all others.
Null is a value of the column only where its allowed values or a test mention it, and its input values accept it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import TypeAlias

from redflag_kit.dmn.feel.evaluate import constant, satisfies
from redflag_kit.dmn.feel.syntax import Expression, Interval, Literal, Ordering, Test, UnaryTests, children
from redflag_kit.dmn.feel.temporal import DateTime, Time
from redflag_kit.dmn.feel.types import Kind, type_of
from redflag_kit.dmn.feel.values import Range, Value, feel_text
from redflag_kit.dmn.line import LINES, WHOLE_STEPS, Line, between

Key: TypeAlias = Fraction | str
"""A position on a line, or a text in the order of texts."""
Run: TypeAlias = tuple[int, int]
"""The first and the last of some neighbouring pieces."""


class NotAnalysable(Exception):  # noqa: N818 - nothing is wrong with the model
    """A column whose values cannot be cut into pieces; the message says why."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Values alike to every test. `low`/`high` are the ends of an open stretch (None: without end), else unused.

    `weight` is its length on a dense line (0 for a single value), else how many values it has; None if endless.
    """

    value: Value
    stretch: bool = False
    low: Value = None
    high: Value = None
    weight: Fraction | None = Fraction(1)


@dataclass(frozen=True)
class Domain:
    """The pieces of a column. The first `len(keys)` lie in rising order; `null` and all other texts come after."""

    pieces: tuple[Piece, ...]
    keys: tuple[Key, ...]
    line: Line | None

    @cached_property
    def plain(self) -> bool:
        """Say whether every piece lies in the order of a line or of texts."""
        return len(self.keys) == len(self.pieces)

    @property
    def bounded(self) -> bool:
        """Say whether shares of the domain mean something."""
        return all(piece.weight is not None for piece in self.pieces)

    def runs(self, tests: UnaryTests) -> tuple[Run, ...]:
        """Return the pieces that satisfy some tests, as sorted runs that do not touch."""
        # COST: a bisection per simple test; one evaluation per piece for any other.
        if tests.is_any:
            return ((0, len(self.pieces) - 1),)
        found: list[Run] = []
        for test in tests.tests:
            run = self._run(test)
            if run is None:
                return self._evaluated(tests, range(len(self.pieces)))
            found += [run] if run[0] <= run[1] else []
        last = len(self.keys) - 1
        ordered = _complement(_merged(found), last) if tests.negated else _merged(found)
        return _merged([*ordered, *self._evaluated(tests, range(len(self.keys), len(self.pieces)))])

    def _evaluated(self, tests: UnaryTests, pieces: Iterable[int]) -> tuple[Run, ...]:
        return _merged([(at, at) for at in pieces if satisfies(tests, self.pieces[at].value, {})])

    def _run(self, test: Test) -> Run | None:
        """Return the ordered pieces that a simple test accepts (first > last: none), None if it is not simple."""
        if isinstance(test, Ordering):
            key = self._key(test.endpoint)
            if key is None:
                return None
            if test.operator in ("<", "<="):
                return (0, self._before(key, included=test.operator == "<="))
            return (self._from(key, included=test.operator == ">="), len(self.keys) - 1)
        if isinstance(test, Interval):
            low, high = self._key(test.low), self._key(test.high)
            if low is None or high is None:
                return None
            return (self._from(low, included=test.low_included), self._before(high, included=test.high_included))
        key = self._key(test) if isinstance(test, Literal) else None
        return None if key is None else (self._from(key, included=True), self._before(key, included=True))

    def _key(self, expression: Expression) -> Key | None:
        value = constant(expression)
        return key_of(value[0], self.line) if value else None

    def _before(self, key: Key, *, included: bool) -> int:
        return (bisect_right if included else bisect_left)(self.keys, key) - 1

    def _from(self, key: Key, *, included: bool) -> int:
        return (bisect_left if included else bisect_right)(self.keys, key)

    def text(self, runs: Iterable[Run]) -> tuple[str, ...]:
        """Return runs of pieces as FEEL, e.g. `< 50`, `[50..60)`, `"low"`; all other texts are said in words."""
        found: list[str] = []
        for first, last in runs:
            on_line = min(last, len(self.keys) - 1)
            found += [
                self._stretch(self.pieces[low], self.pieces[high]) for low, high in self._unbroken(first, on_line)
            ]
            found += [self._single(self.pieces[at]) for at in range(max(first, on_line + 1), last + 1)]
        return tuple(found)

    def _unbroken(self, first: int, last: int) -> Iterator[Run]:
        """Yield the ordered pieces of a run, cut where allowed values leave something out between two."""
        for at in range(first, last + 1):
            if at == last or not self._touches(at):
                yield first, at
                first = at + 1

    def _touches(self, at: int) -> bool:
        one, other = self.pieces[at], self.pieces[at + 1]
        if one.stretch or other.stretch:
            return (one.high if one.stretch else one.value) == (other.low if other.stretch else other.value)
        low, high = self.keys[at], self.keys[at + 1]
        steps = self.line is not None and self.line.discrete
        return steps and isinstance(low, Fraction) and isinstance(high, Fraction) and high - low == 1

    def _single(self, piece: Piece) -> str:
        if not piece.stretch:
            return feel_text(piece.value)
        return "any other text" if self.keys else self._stretch(piece, piece)

    def _stretch(self, first: Piece, last: Piece) -> str:
        if first is last and not first.stretch:
            return feel_text(first.value)
        low = first.low if first.stretch else first.value
        high = last.high if last.stretch else last.value
        if low is None and high is None:
            return "not(null)" if self.pieces[-1].value is None else "-"
        if low is None:
            return f"{'<' if last.stretch else '<='} {feel_text(high)}"
        if high is None:
            return f"{'>' if first.stretch else '>='} {feel_text(low)}"
        left, right = "(" if first.stretch else "[", ")" if last.stretch else "]"
        return f"{left}{feel_text(low)}..{feel_text(high)}{right}"


def domain_of(
    kind: Kind, integer: bool, allowed: tuple[UnaryTests, ...], tests: tuple[UnaryTests, ...], null: bool
) -> Domain:
    """Return the pieces of a column of a kind: values that pass all of `allowed`, cut by `tests`, and perhaps null.

    Raises NotAnalysable for tests that are not put to constants, and for values that have no order or are lists.
    """
    every = (*tests, *allowed)
    values = tuple(dict.fromkeys(value for one in every for value in mentioned(one)))
    kind = _settled(kind, values)
    ordered, keys, line = _ordered(kind, integer, values, every)
    pieces = [*ordered]
    if kind is Kind.STRING and not _orders(every):
        pieces.append(_other_text(values))
    kept = [at for at, piece in enumerate(pieces) if all(satisfies(one, piece.value, {}) for one in allowed)]
    if not kept:
        raise NotAnalysable("its allowed values leave no value")
    last = (Piece(None),) if null else ()
    return Domain((*(pieces[at] for at in kept), *last), tuple(keys[at] for at in kept if at < len(keys)), line)


def mentioned(tests: UnaryTests) -> Iterator[Value]:
    """Yield the values at which some tests may change. Raises NotAnalysable if one depends on more than its column."""
    for test in tests.tests:
        yield from _ends(test)


def _ends(test: Test) -> Iterator[Value]:
    if isinstance(test, Ordering):
        yield _constant(test.endpoint)
    elif isinstance(test, Interval):
        yield _constant(test.low)
        yield _constant(test.high)
    else:
        value = _constant(test)
        for item in value if isinstance(value, tuple) else (value,):
            yield from (item.start, item.end) if isinstance(item, Range) else (item,)


def _constant(expression: Expression) -> Value:
    value = constant(expression)
    if value is None:
        raise NotAnalysable("a test compares it with something that is not a constant")
    return value[0]


def key_of(value: Value, line: Line | None) -> Key | None:
    """Return where a value lies among the ordered pieces, None if it is not one of their kind."""
    if line is not None:
        return line.position(value)
    return value if isinstance(value, str) else None


def _settled(kind: Kind, values: Iterable[Value]) -> Kind:
    """Return the kind of a column; one that is declared as anything has the kind of all values it is tested for."""
    kinds = {type_of(value).kind for value in values if value is not None}
    if kind is Kind.ANY:
        if len(kinds) != 1:
            raise NotAnalysable("its type is not declared" if not kinds else "it is tested for values of several types")
        kind = next(iter(kinds))
    if kind not in LINES | {Kind.STRING, Kind.BOOLEAN}:
        raise NotAnalysable(f"values of the type {kind.value} are not analysed")
    return kind


def mentions_null(tests: Iterable[UnaryTests]) -> bool:
    """Say whether a test names null."""
    return any(_has_null(test) for one in tests for test in one.tests)


def _has_null(test: Test) -> bool:
    return (isinstance(test, Literal) and test.value is None) or any(_has_null(part) for part in children(test))


def _orders(tests: Iterable[UnaryTests]) -> bool:
    return any(isinstance(test, Ordering | Interval) for one in tests for test in one.tests)


def _ordered(
    kind: Kind, integer: bool, values: tuple[Value, ...], tests: tuple[UnaryTests, ...]
) -> tuple[tuple[Piece, ...], tuple[Key, ...], Line | None]:
    if kind is Kind.BOOLEAN:
        return (Piece(True), Piece(False)), (), None
    if kind is Kind.STRING:
        texts = tuple(sorted({value for value in values if isinstance(value, str)}))
        if _orders(tests):
            pieces, keys = _texts_in_order(texts)
            return pieces, keys, None
        return tuple(Piece(text) for text in texts), texts, None
    line = Line(kind, integer or kind in WHOLE_STEPS, _offset(values))
    cuts = sorted({at for value in values if value is not None and (at := _position(line, value)) is not None})
    found = tuple(_on_line(line, cuts))
    return tuple(piece for _, piece in found), tuple(key for key, _ in found), line


def _position(line: Line, value: Value) -> Fraction | None:
    position = line.position(value)
    if position is None and type_of(value).kind is line.kind:
        raise NotAnalysable("times with and without an offset cannot be put in one order")
    return position


def _offset(values: Iterable[Value]) -> int | None:
    for value in values:
        if isinstance(value, Time):
            return value.offset
        if isinstance(value, DateTime):
            return value.time.offset
    return None


def _on_line(line: Line, cuts: list[Fraction]) -> Iterator[tuple[Fraction, Piece]]:
    """Yield the pieces of a line in order: what lies before the first cut, the cut, what lies up to the next, ..."""
    start, end = line.ends
    if start is not None and start not in cuts:
        cuts = [start, *cuts]
    # INVARIANT: the end of a line is no value of it, so a stretch up to it has no end to be told.
    edges: list[Fraction | None] = [None, *cuts, end]
    for at, (low, high) in enumerate(pairwise(edges)):
        if low is not None:
            weight = Fraction(1) if line.discrete else Fraction(0)
            yield low, Piece(line.value_at(low), weight=weight)
        if at == 0 and start is not None:
            continue
        inside = _inside(low, high, line.discrete)
        if inside is not None and (value := line.value_at(inside)) is not None:
            past = None if high == end else _value(line, high)
            yield inside, Piece(value, True, _value(line, low), past, _length(line, low, high))


def _inside(low: Fraction | None, high: Fraction | None, discrete: bool) -> Fraction | None:
    if low is None and high is None:
        return Fraction(0)
    if low is None or high is None:
        return high - 1 if low is None and high is not None else (low or Fraction(0)) + 1
    return between(low, high, discrete)


def _value(line: Line, position: Fraction | None) -> Value:
    return None if position is None else line.value_at(position)


def _length(line: Line, low: Fraction | None, high: Fraction | None) -> Fraction | None:
    if low is None or high is None:
        return None
    return high - low - 1 if line.discrete else high - low


def _texts_in_order(texts: tuple[str, ...]) -> tuple[tuple[Piece, ...], tuple[Key, ...]]:
    """Return the pieces of texts that are compared with `<`: the texts named and the stretches between them."""
    found: list[tuple[str, Piece]] = []
    for low, high in zip((None, *texts), (*texts, None), strict=True):
        if low is not None:
            found.append((low, Piece(low)))
        candidates = (
            [f"{low or ''}{end}" for end in ("a", "0", " ", "\x00")] if low is not None else ["a", "0", " ", ""]
        )
        inside = next((one for one in candidates if high is None or one < high), None)
        if inside is not None:
            found.append((inside, Piece(inside, True, low, high, None)))
    return tuple(piece for _, piece in found), tuple(key for key, _ in found)


def _other_text(values: Iterable[Value]) -> Piece:
    taken = {value for value in values if isinstance(value, str)}
    text = "other"
    while text in taken:
        text += "_"
    return Piece(text, stretch=True, weight=None)


def _merged(runs: Iterable[Run]) -> tuple[Run, ...]:
    merged: list[Run] = []
    for first, last in sorted(runs):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)


def _complement(runs: tuple[Run, ...], last: int) -> tuple[Run, ...]:
    edges = [-1, *(edge for run in runs for edge in run), last + 1]
    return tuple((a + 1, b - 1) for a, b in zip(edges[::2], edges[1::2], strict=True) if a + 1 <= b - 1)
