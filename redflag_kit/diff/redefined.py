"""Outputs that two editions define otherwise: what follows from the rules may differ where no rule does.

A comparison is of what rules write. What implies an output is said in the vocabulary, and where that differs, equal
rules do not make equal outcomes. Which level counts of several is compared exactly, class by class; but it decides, as
advice against and pairs of stance do, which changes weigh as less urgent, so all of them are told.
"""

from collections.abc import Iterable
from typing import TypeAlias

from redflag_kit.compile.digest import digest_of
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vocabulary import Combine, Output
from redflag_kit.results.diff import RedefinedOutput

Both: TypeAlias = tuple[dict[str, Output], dict[str, Output]]


def redefined(old: Guideline, new: Guideline) -> tuple[RedefinedOutput, ...]:
    """Return the outputs that either edition covers and both vocabularies have, in the order of the new one."""
    before, after = old.vocabulary.outputs, new.vocabulary.outputs
    covered = {*old.covers, *new.covers}
    pairs = ((before[name], after[name]) for name in after if name in covered and name in before)
    found = (_redefined(new.vocabulary.id, a, b, (before, after)) for a, b in pairs)
    return tuple(one for one in found if one is not None)


def _redefined(vocabulary: str, old: Output, new: Output, outputs: Both) -> RedefinedOutput | None:
    entailing, weighing = [*_implied(old, new, outputs)], [*_counting(old, new), *_lateral(old, new)]
    passed_down = old.satisfied_by or new.satisfied_by  # advice against it is advice against what implies it
    (entailing if passed_down else weighing).extend(_advising(old, new))
    what = (*entailing, *weighing)
    if not what:
        return None
    meant = ["output", vocabulary, new.id, _meaning(old), _meaning(new)]
    return RedefinedOutput(new.id, new.label, what, bool(entailing), digest_of(meant))


def _implied(old: Output, new: Output, outputs: Both) -> Iterable[str]:
    before, after = outputs
    for name in sorted({*old.satisfied_by} - {*new.satisfied_by}):
        yield f"no longer implied by {before[name].label}"
    for name in sorted({*new.satisfied_by} - {*old.satisfied_by}):
        yield f"newly implied by {after[name].label}"


def _counting(old: Output, new: Output) -> Iterable[str]:
    if old.combine is not new.combine:
        word = "lowest" if new.combine is Combine.LOWEST else "highest"
        yield f"where rules write several levels, the {word} counts now"


def _advising(old: Output, new: Output) -> Iterable[str]:
    before, after = _against(old), _against(new)
    if before != after:
        yield f"advice against was {_named(before)} and is {_named(after)}"


def _against(one: Output) -> str:
    return one.phrase(one.scale.against) if one.scale and one.scale.against else ""


def _named(level: str) -> str:
    return f"“{level}”" if level else "no level"


def _lateral(old: Output, new: Output) -> Iterable[str]:
    if old.scale is None or new.scale is None:
        return
    common = {*old.scale.levels} & {*new.scale.levels}
    before, after = ({pair for pair in one.lateral if pair <= common} for one in (old.scale, new.scale))
    for pair in sorted(before ^ after, key=sorted):
        words = " and ".join(f"“{new.phrase(level)}”" for level in sorted(pair, key=new.scale.rank))
        yield f"{words} {'no longer differ' if pair in before else 'now differ'} in stance only"


def _meaning(one: Output) -> object:
    scale = one.scale
    ordered = [scale.levels, scale.against, sorted(sorted(pair) for pair in scale.lateral)] if scale else None
    return [ordered, one.combine.value, sorted(one.satisfied_by)]
