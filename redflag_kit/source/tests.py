"""Read tests: what a condition asks of one finding, output or score.

Words: `present`, a value, `is_not VALUE`, `above X`, `at_least X`, `below X`, `at_most X`, `X to Y`, a list.
S-FEEL unary tests (DMN): `> X`, `[X..Y)`, `not(...)`, comma-separated alternatives.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import did_you_mean, quoted
from redflag_kit.diagnostics.span import Span
from redflag_kit.model.condition import Condition, NumberTest, OutputTest, Range, ScoreTest, WordTest
from redflag_kit.model.vocabulary import Finding, Output
from redflag_kit.source.names import Faults, Names
from redflag_kit.source.nodes import Mapping, Node, Scalar, Sequence
from redflag_kit.source.numbers import threshold
from redflag_kit.terms.scale import STATUSES

_COMPARISONS = {
    "above": ">", "at_least": ">=", "below": "<", "at_most": "<=", ">": ">", ">=": ">=", "<": "<", "<=": "<=",
}  # fmt: skip
_WORD_COMPARISON = re.compile(r"(above|at_least|below|at_most)\s+(.+)", re.DOTALL)
_SIGN_COMPARISON = re.compile(r"(>=|<=|>|<)\s*(.+)", re.DOTALL)
_BARE_COMPARISON = re.compile(r"above|at_least|below|at_most|is_not|>=|<=|>|<")
_BETWEEN = re.compile(r"(.+?)\s+to\s+(.+)", re.DOTALL)
_INTERVAL = re.compile(r"([\[\](])\s*(.+?)\s*\.\.\s*(.+?)\s*([\[\])])", re.DOTALL)
_NOT = re.compile(r"not\s*\((.*)\)", re.DOTALL)
_HINT = (
    "write present, absent, a value, a list of values, is_not VALUE, above X, at_least X, below X, at_most X, or X to Y"
)

MAX_TEST = 1_000

Threshold = Callable[[str, Span], Fraction | None]


def read_test(subject: str, node: Node, span: Span, names: Names, faults: Faults) -> Condition | None:
    """Return the test a condition puts to a finding, output or score; `span` is where the whole test stands."""
    if subject in names.findings:
        finding = names.findings[subject]
        if finding.grid is not None:
            read = _ranges(node, lambda text, span: threshold(text, finding, names, span, faults), faults, finding.id)
            return NumberTest(subject, read[0], read[1], _text(node), span, node.span) if read else None
        words = _words(node, finding, faults)
        return WordTest(subject, words, _text(node), span, node.span) if words is not None else None
    if subject in names.scores:
        return _score_test(subject, node, span, names, faults)
    values = _output_values(node, names.outputs[subject], faults)
    return OutputTest(subject, values, _text(node), span, node.span) if values is not None else None


def parts_of(node: Node, faults: Faults) -> list[Scalar] | None:
    """Return the scalars of a value or list of values, every stretch of white space as one space."""
    match node:
        case Scalar():
            return _tidy([node], faults)
        case Sequence(items) if items and all(isinstance(item, Scalar) for item in items):
            return _tidy([item for item in items if isinstance(item, Scalar)], faults)
        case Mapping():
            faults.add(node.span, codes.RF123, "a test cannot be a map", _HINT)
        case _:
            faults.add(node.span, codes.RF123, "a list of values needs at least one value and no lists inside", _HINT)
    return None


def _tidy(scalars: list[Scalar], faults: Faults) -> list[Scalar] | None:
    # COST: the patterns above take time in the square of a text's length.
    for scalar in scalars:
        if len(scalar.text) > MAX_TEST:
            message = f"the test {quoted(scalar.text)} is longer than {MAX_TEST:,} characters"
            faults.add(scalar.span, codes.RF123, message, "write it as a list of shorter ones")
            return None
    return [replace(scalar, text=" ".join(scalar.text.split())) for scalar in scalars]


def _text(node: Node) -> str:
    return (
        node.text
        if isinstance(node, Scalar)
        else ", ".join(i.text for i in node.items if isinstance(i, Scalar))
        if isinstance(node, Sequence)
        else ""
    )


def split_alternatives(text: str) -> list[str]:
    """Split an S-FEEL list of alternatives at its commas; what stood in `not(...)` has lost that already."""
    return [part.strip() for part in text.split(",")]


def _words(node: Node, finding: Finding, faults: Faults) -> frozenset[str] | None:
    scalars = parts_of(node, faults)
    if scalars is None or not _negated_alone(node, scalars, finding.id, faults):
        return None
    chosen: set[str] = set()
    sound = True
    for scalar in scalars:
        text, negated = _negation(scalar.text.strip())
        wanted = set()
        for word in split_alternatives(text):
            word = word.strip('"')
            if word in finding.words:
                wanted.add(word)
                continue
            sound = False
            if _WORD_COMPARISON.fullmatch(word) or _SIGN_COMPARISON.fullmatch(word) or _BETWEEN.fullmatch(word):
                message = f"{quoted(word)} compares numbers, and {quoted(finding.id)} has words as values"
                faults.add(scalar.span, codes.RF125, message, f"its values are {', '.join(finding.words)}")
            else:
                hint = did_you_mean(word, finding.words) or f"its values are {', '.join(finding.words)}"
                faults.add(scalar.span, codes.RF109, f"{quoted(word)} is not a value of {quoted(finding.id)}", hint)
        chosen |= set(finding.words) - wanted if negated else wanted
    return frozenset(chosen) if sound else None


def _negation(text: str) -> tuple[str, bool]:
    if text.startswith("is_not "):
        return text[7:].strip(), True
    found = _NOT.fullmatch(text)
    return (found.group(1).strip(), True) if found else (text, False)


def _negated_alone(node: Node, scalars: list[Scalar], subject: str, faults: Faults) -> bool:
    """Refuse a negation in a list: "any of not a, not b" holds for everybody, and is never what was meant."""
    if len(scalars) == 1 or not any(_negation(scalar.text)[1] for scalar in scalars):
        return True
    hint = f"write {{not: {{{subject}: [..., ...]}}}}, if it is to have none of them"
    faults.add(node.span, codes.RF123, "a negated test cannot stand in a list", hint)
    return False


def _ranges(node: Node, value: Threshold, faults: Faults, subject: str) -> tuple[tuple[Range, ...], bool] | None:
    """Return the ranges of a numeric test, and whether the test is negated as a whole."""
    scalars = parts_of(node, faults)
    if scalars is None or not _negated_alone(node, scalars, subject, faults):
        return None
    ranges: list[Range] = []
    sound = True
    negations = [_negation(scalar.text.strip()) for scalar in scalars]
    for scalar, (text, _) in zip(scalars, negations, strict=True):
        for part in split_alternatives(text):
            found = _one_range(part, scalar.span, value, faults, subject)
            sound = sound and found is not None
            ranges += [found] if found else []
    return (tuple(ranges), negations[0][1]) if sound else None


def _one_range(text: str, span: Span, value: Threshold, faults: Faults, subject: str) -> Range | None:
    compared = _WORD_COMPARISON.fullmatch(text) or _SIGN_COMPARISON.fullmatch(text)
    if compared:
        written = compared.group(2)
        number = value(written, span)
        if number is None:
            return None
        sign = _COMPARISONS[compared.group(1)]
        if sign in (">", ">="):
            return Range(low=number, low_included=sign == ">=", low_written=written)
        return Range(high=number, high_included=sign == "<=", high_written=written)
    interval = _INTERVAL.fullmatch(text)
    between = _BETWEEN.fullmatch(text)
    if interval or between:
        low_text, high_text = (
            (interval.group(2), interval.group(3)) if interval else between.groups() if between else ("", "")
        )
        low, high = value(low_text, span), value(high_text, span)
        if low is None or high is None:
            return None
        if low > high:
            faults.add(span, codes.RF126, f"{quoted(text)} runs from a larger to a smaller number", "swap the two ends")
            return None
        opened = interval.group(1) if interval else "["
        closed = interval.group(4) if interval else "]"
        return Range(low, high, opened == "[", closed == "]", low_text, high_text)
    if text in ("present", "absent"):
        faults.add(
            span,
            codes.RF125,
            f"{quoted(subject)} is a number and cannot be {quoted(text)}",
            "write above, at_least, below or at_most and a threshold",
        )
        return None
    if _BARE_COMPARISON.fullmatch(text):
        faults.add(span, codes.RF123, f"{quoted(text)} lacks its threshold", f"write `{text} X`, X being a threshold")
        return None
    if text[:1].isalpha() and " " in text:
        faults.add(span, codes.RF123, f"{quoted(text)} is not a test", _HINT)
        return None
    number = value(text, span)
    return Range(number, number, low_written=text, high_written=text) if number is not None else None


def _score_test(subject: str, node: Node, span: Span, names: Names, faults: Faults) -> ScoreTest | None:
    bands = {name: Range(Fraction(low), Fraction(high)) for name, low, high in names.scores[subject]}
    scalars = parts_of(node, faults)
    if scalars and all(scalar.text in bands for scalar in scalars):
        chosen = tuple(scalar.text for scalar in scalars)
        return ScoreTest(subject, tuple(map(bands.__getitem__, chosen)), False, _text(node), span, node.span, chosen)

    def whole(text: str, span: Span) -> Fraction | None:
        if re.fullmatch(r"-?[0-9]{1,9}", text.strip()):
            return Fraction(int(text))
        hint = did_you_mean(text, bands) or "write whole numbers" + (
            f", or a band: {', '.join(bands)}" if bands else ""
        )
        faults.add(span, codes.RF123, f"{quoted(text)} is not a sum or band of the score {quoted(subject)}", hint)
        return None

    read = _ranges(node, whole, faults, subject) if scalars else None
    return ScoreTest(subject, read[0], read[1], _text(node), span, node.span) if read else None


def _output_values(node: Node, output: Output, faults: Faults) -> frozenset[str] | None:
    scalars = parts_of(node, faults)
    if scalars is None or not _negated_alone(node, scalars, output.id, faults):
        return None
    chosen: set[str] = set()
    sound = True
    for scalar in scalars:
        found = _output_value(scalar.text.strip(), scalar.span, output, faults)
        sound = sound and found is not None
        chosen |= found or set()
    return frozenset(chosen) if sound else None


def _output_value(text: str, span: Span, output: Output, faults: Faults) -> set[str] | None:
    known = output.scale.levels if output.scale else output.elements
    negated_text, negated = _negation(text)
    if negated and not output.scale:
        message = f"{quoted(output.id)} is a set and can have several members at once, so {quoted(text)} is unclear"
        faults.add(span, codes.RF125, message, f"write {{not: {{{output.id}: includes {negated_text}}}}}")
        return None
    if negated:
        inner = _output_value(negated_text, span, output, faults)
        return None if inner is None else {*known, *STATUSES} - inner
    if not output.scale and text.startswith("includes "):
        text = text.removeprefix("includes ").strip()
    if text in known or text in STATUSES:
        return {text}
    compared = _WORD_COMPARISON.fullmatch(text)
    between = _BETWEEN.fullmatch(text)
    if output.scale and compared and compared.group(2) in known:
        rank = output.scale.rank(compared.group(2))
        tests: dict[str, Callable[[int], bool]] = {
            ">": lambda r: r > rank, ">=": lambda r: r >= rank, "<": lambda r: r < rank, "<=": lambda r: r <= rank,
        }  # fmt: skip
        return {level for r, level in enumerate(known) if tests[_COMPARISONS[compared.group(1)]](r)}
    if output.scale and between and between.group(1) in known and between.group(2) in known:
        low, high = output.scale.rank(between.group(1)), output.scale.rank(between.group(2))
        if low > high:
            faults.add(span, codes.RF126, f"{quoted(text)} runs from a higher to a lower level", "swap the two ends")
            return None
        return set(known[low : high + 1])
    word = compared.group(2) if compared else text
    hint = did_you_mean(word, known) or f"known are {', '.join(known)}"
    faults.add(
        span,
        codes.RF110,
        f"{quoted(word)} is not a {'level' if output.scale else 'member'} of {quoted(output.id)}",
        hint,
    )
    return None
