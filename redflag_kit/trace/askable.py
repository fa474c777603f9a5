"""Whether a safety property can be asked of an edition: its vocabulary must know everything that the property names.

A property is written in the vocabulary of today. An edition of an earlier state of the project may lack a finding, a
word, an output or a level that the property names; then nothing is decided rather than something else.
"""

from collections.abc import Iterable, Iterator

from redflag_kit.model.condition import Condition, NumberTest, OutputTest, WordTest, tests
from redflag_kit.model.property import (
    Between,
    Claim,
    Floor,
    Monotone,
    NumberSteps,
    Property,
    Statement,
    UnknownSafety,
    WordSteps,
)
from redflag_kit.model.vocabulary import Output, Vocabulary
from redflag_kit.terms.scale import STATUSES

Named = tuple[str, frozenset[str]]
"""A finding or an output, and the words or levels of it that are named."""


def is_askable(one: Property, vocabulary: Vocabulary) -> bool:
    """Say whether a property of single editions names nothing that a vocabulary lacks."""
    if isinstance(one.claim, Between) or one.vocabulary != vocabulary.id:
        return False
    words = {name: frozenset(finding.words) for name, finding in vocabulary.findings.items()}
    levels = {name: _values(output) for name, output in vocabulary.outputs.items()}
    return _within(_findings(one.claim), words) and _within(_outputs(one.claim), levels)


def _within(named: Iterable[Named], known: dict[str, frozenset[str]]) -> bool:
    return all(name in known and values <= known[name] for name, values in named)


def _values(output: Output) -> frozenset[str]:
    levels = output.scale.levels if output.scale else output.elements
    return frozenset(levels) | frozenset(STATUSES)


def _conditions(claim: Claim) -> tuple[Condition, ...]:
    match claim:
        case Statement(_, when, then):
            return (when, then)
        case Floor(rows):
            return tuple(row.when for row in rows)
        case Monotone(_, _, within):
            return (within,)
        case UnknownSafety():  # pragma: no branch
            return ()


def _findings(claim: Claim) -> Iterator[Named]:
    for condition in _conditions(claim):
        for test in tests(condition):
            if isinstance(test, WordTest):
                yield test.finding, test.words
            elif isinstance(test, NumberTest):
                yield test.finding, frozenset()
    if isinstance(claim, Monotone):
        for step in claim.steps:
            match step:
                case WordSteps(finding, words):
                    yield finding, frozenset(words)
                case NumberSteps(finding):  # pragma: no branch
                    yield finding, frozenset()


def _outputs(claim: Claim) -> Iterator[Named]:
    for condition in _conditions(claim):
        for test in tests(condition):
            if isinstance(test, OutputTest):
                yield test.output, test.values
    match claim:
        case Floor(rows):
            yield from ((output, frozenset({level})) for row in rows for output, level in row.least)
        case Monotone(_, outputs) | UnknownSafety(outputs):
            yield from ((output, frozenset()) for output in outputs)
        case Statement():  # pragma: no branch
            return
