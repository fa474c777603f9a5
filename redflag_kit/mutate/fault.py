"""What operators work on, and what they yield: faults, which are told only if they count."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from redflag_kit.diagnostics.span import Span
from redflag_kit.model.condition import Condition, Named, Not, NumberTest, OutputTest, ScoreTest, Test, WordTest
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vocabulary import Finding, Grid
from redflag_kit.mutate.apply import replaced_at
from redflag_kit.mutate.effects import Effect, Effects, effects_of
from redflag_kit.mutate.homes import Homes, Part, homes_of
from redflag_kit.mutate.mutant import Edit, Operator
from redflag_kit.mutate.text import Writer, is_map
from redflag_kit.wording.conditions import condition_phrase


class Told(NamedTuple):
    """How a fault is told: the place, the text there, the text that would stand there, and a sentence."""

    span: Span
    original: str
    replacement: str
    sentence: str


class PartFault(NamedTuple):
    """A fault in a condition: what a part of it becomes.

    `subject` tells it from other faults of the same operator in the same condition.
    """

    operator: Operator
    subject: str
    part: Part
    new: Condition
    tell: Callable[[], Told]


class Fault(NamedTuple):
    """A fault in a guideline. `owner` and `subject` make its id; `kind` is the operator that the id names."""

    kind: Operator
    owner: str
    subject: str
    rule: str
    effect: Effect
    edit: Callable[[], Edit]
    tell: Callable[[], Told]
    operator: Operator


@dataclass(frozen=True)
class Bench:
    """A guideline with what operators need: where its conditions are, what they come to, and how they are written."""

    guideline: Guideline

    @cached_property
    def homes(self) -> Homes:
        return homes_of(self.guideline)

    @cached_property
    def effects(self) -> Effects:
        return effects_of(self.guideline, self.homes)

    @cached_property
    def writer(self) -> Writer:
        return Writer(self.guideline)

    @cached_property
    def _phrases(self) -> dict[int, tuple[Condition, str]]:
        return {}

    def phrase(self, condition: Condition) -> str:
        """Return a condition in plain words; a definition by its name."""
        known = self._phrases.get(id(condition))
        if known is None:
            known = self._phrases[id(condition)] = (condition, self._phrase(condition))
        return known[1]

    def _phrase(self, condition: Condition) -> str:
        match condition:
            case Named(name):
                return name.replace("_", " ")
            case Not(Named(name)):
                return f"not {name.replace('_', ' ')}"
        return condition_phrase(condition, self.guideline.vocabulary.findings, self.guideline.outputs)

    def finding(self, name: str) -> Finding:
        """Return a finding of the vocabulary."""
        return self.guideline.vocabulary.findings[name]

    def grid(self, test: NumberTest | ScoreTest) -> Grid:
        """Return the numbers that a test is about: of a finding, or the sums of a score."""
        forms = self.homes.forms
        return forms.grids[test.finding] if isinstance(test, NumberTest) else forms.score_grids[test.score]

    def unit(self, test: NumberTest | ScoreTest) -> str:
        """Return the unit of the numbers that a test is about."""
        return self.finding(test.finding).unit if isinstance(test, NumberTest) else "1"

    def bands(self, score: str) -> tuple[tuple[str, int, int], ...]:
        """Return the bands of a score."""
        return next(one.bands for one in self.guideline.scores if one.id == score)

    def is_entry(self, part: Part) -> bool:
        """Say whether a part is one entry of a map that means all its entries."""
        return part.parent is not None and is_map(part.parent.condition)

    def member_text(self, part: Part) -> str:
        """Return a part as it stands in its group: as a value of a list or as an entry of a map."""
        if not self.is_entry(part):
            return self.writer.condition(part.condition)
        key, value = self.writer.entry(part.condition)
        return f"{key}: {value}"

    def rewritten(self, part: Part, new: Condition, sentence: str) -> Told:
        """Tell a part replaced as a whole; what is one entry of a map is replaced with its map."""
        written = self.writer.condition
        if part.parent is None or not self.is_entry(part):
            return Told(part.condition.span, written(part.condition), written(new), sentence)
        whole = part.parent.condition
        return Told(whole.span, written(whole), written(replaced_at(whole, part.path[-1:], new)), sentence)

    def retested(self, part: Part, new: Test) -> Told:
        """Tell another test of the same finding, output or score."""
        old = part.condition
        assert isinstance(old, WordTest | NumberTest | OutputTest | ScoreTest)
        sentence = self.instead(new, old)
        if not old.test_span.line:
            return self.rewritten(part, new, sentence)
        return Told(old.test_span, self.writer.test(old), self.writer.test(new), sentence)

    def instead(self, new: Condition, old: Condition) -> str:
        """Say what a condition is instead of what; a number named once."""
        one, other = self.phrase(new), self.phrase(old)
        if isinstance(old, NumberTest):
            label = f"{self.finding(old.finding).label} "
            if one.startswith(label) and other.startswith(label):
                return f"{label.rstrip()}: {one.removeprefix(label)} instead of {other.removeprefix(label)}"
        return f"{one} instead of {other}"
