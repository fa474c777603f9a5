"""Values of tests: a word too many or too few, a level next to those accepted, another band of a score."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from redflag_kit.model.condition import OutputTest, Range, ScoreTest, Test, WordTest
from redflag_kit.model.vocabulary import Finding, Kind, Output
from redflag_kit.mutate.fault import Bench, PartFault
from redflag_kit.mutate.homes import Part
from redflag_kit.mutate.mutant import Operator
from redflag_kit.mutate.text import is_negative, output_texts, words_texts


def revalued(bench: Bench, part: Part) -> Iterator[PartFault]:
    """Yield the test with one value more or less; present and absent of a finding are left to the negation."""
    match part.condition:
        case WordTest(name, words) if bench.finding(name).kind is Kind.CHOICE:
            finding = bench.finding(name)
            for word in finding.words:
                if len(words ^ {word}) > 0:
                    yield _fault(bench, part, _of_words(part.condition, words ^ {word}, finding), word, word in words)
        case OutputTest(name, values):
            output = bench.guideline.outputs[name]
            for value in _edges(values, output):
                if len(values ^ {value}) > 0:
                    yield _fault(
                        bench, part, _of_values(part.condition, values ^ {value}, output), value, value in values
                    )
        case ScoreTest(name, _, _) if part.condition.bands:
            declared = {band: (low, high) for band, low, high in bench.bands(name)}
            for band in declared:
                chosen = tuple(one for one in declared if (one in part.condition.bands) != (one == band))
                if chosen:
                    new = banded(part.condition, chosen, declared)
                    yield _fault(bench, part, new, band, band in part.condition.bands)
        case _:
            return


def banded(test: ScoreTest, chosen: tuple[str, ...], bands: dict[str, tuple[int, int]]) -> ScoreTest:
    """Return a test that accepts the sums of some bands."""
    ranges = tuple(Range(Fraction(bands[one][0]), Fraction(bands[one][1])) for one in chosen)
    return replace(test, ranges=ranges, text=", ".join(chosen), bands=chosen)


def _edges(values: frozenset[str], output: Output) -> tuple[str, ...]:
    """Return what may be added or removed: every element of a set; levels that have a neighbour of the other kind."""
    if output.scale is None:
        return output.elements
    levels = output.scale.levels
    beside = [pair for pair in pairwise(levels) if (pair[0] in values) != (pair[1] in values)]
    return tuple(dict.fromkeys(level for pair in beside for level in pair))


def _of_words(test: WordTest, words: frozenset[str], finding: Finding) -> WordTest:
    return replace(test, words=words, text=", ".join(words_texts(words, finding, is_negative(test))))


def _of_values(test: OutputTest, values: frozenset[str], output: Output) -> OutputTest:
    return replace(test, values=values, text=", ".join(output_texts(values, output)))


def _fault(bench: Bench, part: Part, new: Test, value: str, was_accepted: bool) -> PartFault:
    operator = Operator.VALUE_REMOVED if was_accepted else Operator.VALUE_ADDED
    name = new.output if isinstance(new, OutputTest) else new.score if isinstance(new, ScoreTest) else new.finding
    return PartFault(operator, f"{name}:{value}", part, new, lambda: bench.retested(part, new))
