"""Safety properties: what must hold of every patient of the guidelines that a property applies to."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from redflag_kit.diagnostics.span import Span
from redflag_kit.model.condition import Condition, Range
from redflag_kit.model.guideline import Guideline


class Values(StrEnum):
    """Which values of outputs a property reads: with what `satisfied_by` entails, or as the rules write them."""

    ENTAILED = "entailed"
    WRITTEN = "written"


class Standing(StrEnum):
    """The two words for guidelines that are not named one by one."""

    IN_FORCE = "in_force"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Editions:
    """Editions of one guideline: `acp`, `acp@2011`, `acp@2007 to 2011`, `acp@at_least 2011`, `acp@at_most 2011`.

    `first` and `last` are versions or the start of one, None where that end is open.
    """

    text: str
    guideline: str
    first: tuple[int, ...] | None = None
    last: tuple[int, ...] | None = None

    def include(self, guideline: Guideline) -> bool:
        """Say whether an edition is meant; both ends are included, component by component."""
        parts = guideline.version.parts
        return (
            guideline.id == self.guideline
            and (self.first is None or parts[: len(self.first)] >= self.first)
            and (self.last is None or parts[: len(self.last)] <= self.last)
        )

    def highest(self, guidelines: Iterable[Guideline]) -> Guideline | None:
        """Return the highest edition that is meant, None if there is none."""
        return max(filter(self.include, guidelines), key=lambda one: one.version, default=None)


@dataclass(frozen=True, slots=True)
class Statement:
    """Whoever satisfies `when` satisfies `then`; `word` is how it was written: always, never or when."""

    word: str
    when: Condition
    then: Condition


@dataclass(frozen=True, slots=True)
class FloorRow:
    """Whoever satisfies `when` gets at least these levels."""

    when: Condition
    least: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Floor:
    """Levels below which no guideline may fall."""

    rows: tuple[FloorRow, ...]


@dataclass(frozen=True, slots=True)
class WordSteps:
    """A finding moves from any of these words to a later one."""

    finding: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NumberSteps:
    """A number rises (or falls) within a range, its ends included."""

    finding: str
    within: Range
    rising: bool


Steps: TypeAlias = WordSteps | NumberSteps


@dataclass(frozen=True, slots=True)
class Monotone:
    """None of the steps, taken by a patient who satisfies `within` before, lowers one of the outputs."""

    steps: tuple[Steps, ...]
    outputs: tuple[str, ...]
    within: Condition


@dataclass(frozen=True, slots=True)
class UnknownSafety:
    """No decided outcome of these outputs is less urgent than a completion of the case."""

    outputs: tuple[str, ...]


Claim: TypeAlias = Statement | Floor | Monotone | UnknownSafety
"""What a property says of each guideline by itself."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What the new edition must say (`then_new`), or must not (`never_new`), as `word` tells."""

    word: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class NeverLess:
    """Outputs that the new edition must not make less urgent."""

    outputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """What must hold of every patient from one edition to another: of those who satisfy `when` in the old one.

    Each of `old` and `new` means the highest edition that it includes.
    """

    old: Editions
    new: Editions
    when: Condition
    kept: Carried | NeverLess


@dataclass(frozen=True, slots=True)
class Known:
    """A documented violation: for these editions, within `where`, the property is known not to hold.

    Of a property between two editions, `editions` are the new one.
    """

    editions: Editions
    where: Condition
    reason: str
    cite: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Property:
    """A safety property of the guidelines over one vocabulary. It rests on sources, on an assumption, or on both.

    `hazard` says in words what happens if it does not hold; `hazards` are the entries of the hazard log it controls.
    One between two editions applies to no guideline by itself, whatever `applies_to` says.
    """

    id: str
    title: str
    hazard: str
    cite: tuple[str, ...]
    assumption: str
    applies_to: Standing | tuple[Editions, ...]
    values: Values
    claim: Claim | Between
    known: tuple[Known, ...]
    vocabulary: str
    span: Span
    hazards: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """Return the word under which the claim was written."""
        match self.claim:
            case Statement(word):
                return word
            case Floor():
                return "floor"
            case Monotone():
                return "monotone"
            case UnknownSafety():
                return "unknown_safety"
            case Between(kept=Carried(word)):
                return word
            case Between():  # pragma: no branch
                return "never_less_urgent"

    @property
    def alone(self) -> Claim:
        """Return the claim of a property that is about each guideline by itself."""
        assert not isinstance(self.claim, Between)
        return self.claim

    def applies(self, guideline: Guideline, in_force: bool) -> bool:
        """Say whether the property is about a guideline, which is in force or not."""
        if guideline.vocabulary.id != self.vocabulary or isinstance(self.claim, Between):
            return False
        if isinstance(self.applies_to, Standing):
            return in_force or self.applies_to is Standing.ALL
        return any(one.include(guideline) for one in self.applies_to)
