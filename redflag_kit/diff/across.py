"""Compare guidelines pair by pair: exact groups in words, witnesses confirmed, what the budget leaves open named.

Method: one panel for all. Groups come from `disagreements`, their words from the describer of diffs, their rules from
`deciding`. Not covered: sets, and cases with missing information.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations

from redflag_kit.diagnostics.diagnostic import Diagnostic
from redflag_kit.diff.across_words import AcrossWriter
from redflag_kit.diff.describe import describer
from redflag_kit.diff.disagreements import Alone, Heard, Kind, alone_together, gravity, hear, left_alone, together
from redflag_kit.diff.panel import Panel, Speaker, Voice, comparable, covered_once
from redflag_kit.logic.budget import Budget, BudgetExceeded, Turns, turns_of
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vocabulary import Output
from redflag_kit.results.across import LeftAlone, LevelGroup, OutputCell, PairResult
from redflag_kit.results.envelope import NotDecided
from redflag_kit.wording.conditions import value_words

WITHIN = Budget()
NOT_DECIDED, DISAGREE, AGREE, NEVER_BOTH = "not_decided", "disagree", "agree", "never_both"
_STATES = (
    (DISAGREE, "they disagree"),
    (AGREE, "they agree wherever both give a level (proved)"),
    (NEVER_BOTH, "they never both give a level (proved)"),
    (NOT_DECIDED, "it was not decided"),
)


@dataclass(frozen=True, slots=True)
class Across:
    """Every pair; `faults` are witnesses that were not confirmed, our own fault; `undecided` is the budget's."""

    pairs: tuple[PairResult, ...]
    faults: tuple[Diagnostic, ...]
    undecided: tuple[NotDecided, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """What two editions came to on the outputs that they speak of: `heard` has those that were decided."""

    heard: tuple[Heard, ...]
    groups: tuple[LevelGroup, ...] = ()
    alone: tuple[LeftAlone, ...] = ()
    faults: tuple[Diagnostic, ...] = ()
    undecided: tuple[NotDecided, ...] = ()


def compare_all(voices: Iterable[Voice], asked: frozenset[str], budget: Budget = WITHIN) -> Across:
    """Compare every pair of some guidelines of one vocabulary on the outputs asked about.

    Each pair has an equal part of the time left when its turn comes.
    """
    voices = tuple(voices)
    turns = turns_of(budget.start())
    pairs = tuple(combinations(voices, 2))
    panel = Panel((part for voice in voices for part in voice.parts), budget.nodes, turns)
    results: list[PairResult] = []
    found: list[_Found] = []
    for place, (one, other) in enumerate(pairs):
        turns.begin(len(pairs) - place)
        here = [_compared(panel, (one, other), part, turns) for part in _parts(one, other, asked)]
        results.append(_result(one, other, asked, here))
        found += here
    return Across(
        tuple(results),
        tuple(fault for here in found for fault in here.faults),
        tuple(left for here in found for left in here.undecided),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """Two editions, and the outputs that they speak of for their guidelines."""

    editions: tuple[Guideline, Guideline]
    outputs: tuple[Output, ...]


def _parts(one: Voice, other: Voice, asked: frozenset[str]) -> list[_Part]:
    """Return which two editions speak of which outputs; mostly it is one pair of editions for all."""
    found: list[_Part] = []
    for output in comparable(one, other):
        editions = one.speaker(output.id), other.speaker(output.id)
        if output.id not in asked:
            continue
        place = next((at for at, part in enumerate(found) if _same(part.editions, editions)), None)
        if place is None:
            assert editions[0] is not None
            assert editions[1] is not None
            found.append(_Part((editions[0], editions[1]), (output,)))
        else:
            found[place] = replace(found[place], outputs=(*found[place].outputs, output))
    return found


def _same(one: tuple[Guideline, Guideline], other: tuple[Guideline | None, Guideline | None]) -> bool:
    return one[0] is other[0] and one[1] is other[1]


def _compared(panel: Panel, voices: tuple[Voice, Voice], part: _Part, turns: Turns) -> _Found:
    """Return what two editions say of the outputs that they speak of."""
    heard: list[Heard] = []
    alone: list[Alone] = []
    try:
        turns.check("the comparison of two guidelines")
        speakers = panel.speaker(part.editions[0]), panel.speaker(part.editions[1])
        for output in part.outputs:
            found = hear(output, *speakers), tuple(left_alone(output, *speakers))
            heard.append(found[0])
            alone += found[1]
    except BudgetExceeded as error:
        left = ", ".join(output.label for output in part.outputs[len(heard) :])
        question = f"where {voices[0].name} and {voices[1].name} disagree on {left}"
        return _Found(tuple(heard), undecided=(NotDecided(question, _established(heard), str(error)),))
    return _told(panel, voices, part, speakers, tuple(heard), tuple(alone))


def _established(heard: Iterable[Heard]) -> str:
    decided = [one.output for one in heard]
    return f"decided on {', '.join(decided)}" if decided else "nothing"


def _told(
    panel: Panel,
    voices: tuple[Voice, Voice],
    part: _Part,
    speakers: tuple[Speaker, Speaker],
    heard: tuple[Heard, ...],
    alone: tuple[Alone, ...],
) -> _Found:
    """Put groups into words; those that the budget leaves without are counted, and named as not described."""
    writer = AcrossWriter(voices, speakers, part.outputs, describer(panel.pair(*part.editions)))
    groups, left = together(one for each in heard for one in each.groups), alone_together(alone)
    told: list[LevelGroup] = []
    told_alone: list[LeftAlone] = []
    faults: list[Diagnostic] = []
    undecided: tuple[NotDecided, ...] = ()
    try:
        for group in groups:
            said = writer.group(group)
            faults += [said] if isinstance(said, Diagnostic) else []
            told += [] if isinstance(said, Diagnostic) else [said]
        for one in left:
            seen = writer.alone(one)
            faults += [seen] if isinstance(seen, Diagnostic) else []
            told_alone += [] if isinstance(seen, Diagnostic) else [seen]
    except BudgetExceeded as error:
        missing = len(groups) + len(left) - len(told) - len(told_alone) - len(faults)
        question = f"which patients make up {missing} groups between {voices[0].name} and {voices[1].name}"
        undecided = (NotDecided(question, "that they exist: they are counted", str(error)),)
    return _Found(heard, tuple(told), tuple(told_alone), tuple(faults), undecided)


def _result(one: Voice, other: Voice, asked: frozenset[str], found: list[_Found]) -> PairResult:
    outputs = [output for output in comparable(one, other) if output.id in asked]
    heard = {each.output: each for here in found for each in here.heard}
    cells = tuple(_cell(output, heard.get(output.id)) for output in outputs)
    groups = sorted((group for here in found for group in here.groups), key=lambda g: gravity(Kind(g.kind), g.steps))
    once: dict[str, list[str]] = {}
    for output in covered_once(one, other):
        if output.id in asked:
            once.setdefault((one if one.speaker(output.id) else other).name, []).append(output.label)
    return PairResult(
        a=one.name,
        b=other.name,
        verdict=_verdict(cells),
        cells=cells,
        groups=tuple(groups),
        left_alone=tuple(left for here in found for left in here.alone),
        covered_once={name: tuple(labels) for name, labels in once.items()},
    )


def _cell(output: Output, heard: Heard | None) -> OutputCell:
    if heard is None:
        return OutputCell(output.id, output.label, NOT_DECIDED, 0, "", 0, "")
    if not heard.groups:
        state = AGREE if heard.both_speak else NEVER_BOTH
        return OutputCell(output.id, output.label, state, 0, "", 0, "")
    worst = min(heard.groups, key=lambda one: gravity(one.kind, one.steps))
    words = " / ".join(value_words(output, value) for value in worst.values)
    return OutputCell(output.id, output.label, DISAGREE, len(heard.groups), worst.kind.value, worst.steps, words)


def _verdict(cells: tuple[OutputCell, ...]) -> str:
    """Return one sentence on a pair."""
    if not cells:
        return "they cover none of these outputs together"
    parts = [
        f"{word} on {', '.join(named)}"
        for state, word in _STATES
        if (named := [cell.label for cell in cells if cell.state == state])
    ]
    return "; ".join(parts)
