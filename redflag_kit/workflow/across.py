"""`redflag diff --guidelines`: where guidelines of different publishers disagree, exactly."""

from collections.abc import Iterable, Sequence
from itertools import combinations

from redflag_kit.diagnostics.diagnostic import did_you_mean, quoted, sorted_unique
from redflag_kit.diff.across import Across, compare_all
from redflag_kit.diff.panel import Voice, comparable
from redflag_kit.logic.budget import Budget, BudgetExceeded
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.in_force import Family, in_force
from redflag_kit.project.load import Project
from redflag_kit.results.across import AcrossBody, ComparedGuideline, SpokenPart
from redflag_kit.results.envelope import Envelope, NotDecided
from redflag_kit.workflow.envelope import (
    FINDINGS,
    INTERNAL,
    NOT_LOADED,
    OK,
    STATUS,
    UNDECIDED,
    UsageError,
    guideline_input,
)
from redflag_kit.workflow.in_force import date_of, family_of, not_taken, own_part
from redflag_kit.workflow.reference import find_guideline

LIMITS = (
    "Patients are combinations of the findings in the vocabulary; what the vocabulary does not ask cannot be seen.",
    "Patients of whom every finding is known; what missing information does is not compared.",
    "Outputs with levels are compared; sets, such as suspected conditions and conservative care, are not.",
    "Numbers of groups are not numbers of patients, and say nothing about how common a disagreement is.",
    "Nothing here says which guideline is right. For authoring, validating and reviewing rules; not for patient care.",
)
ASSUMPTIONS = (
    "A guideline is read as encoded here; each rule names its source, how well the source supports it and how far the "
    "source was read.",
    "Entailed levels are compared: an output has at least the level of each output that satisfies it, and advice "
    "against it is advice against those. Each edition is taken by itself.",
    "Levels are compared by the order of their scale. A step is a place in that order, not a measure. Where a scale "
    "declares two levels lateral (a strength of advice against a time), they are told apart from more and less urgent.",
)


def across(
    project: Project,
    references: Sequence[str],
    outputs: Iterable[str] = (),
    at: str | None = None,
    budget: Budget | None = None,
    *,
    exit_code: bool = False,
) -> Envelope:
    """Return where guidelines disagree: those named, or all that are in force. `exit_code`: a disagreement is exit 1.

    Raises UsageError for references, outputs and dates.
    """
    budget, at = budget or Budget(), date_of(at)
    voices = _voices(project, references, at)
    asked = _asked(voices, tuple(outputs))
    options: dict[str, object] = {"guidelines": [one.name for one in voices], "outputs": list(outputs), "at": at}
    inputs = tuple(guideline_input(part, "guideline", voice.name) for voice in voices for part in voice.parts)
    limits = (*LIMITS, *not_taken(project, at, voices[0].parts[0].vocabulary.id, references))
    try:
        found = compare_all(voices, asked, budget)
    except BudgetExceeded as error:
        nothing = NotDecided("where the guidelines disagree", "nothing was established", str(error))
        return Envelope("diff", STATUS[UNDECIDED], UNDECIDED, inputs, options, (), (nothing,), limits)
    groups = sum(len(pair.groups) for pair in found.pairs)
    code = UNDECIDED if found.undecided else FINDINGS if exit_code and groups else OK
    if found.faults:
        code = INTERNAL
    return Envelope(
        command="diff",
        status=STATUS[code],
        exit_code=code,
        inputs=inputs,
        options=options,
        diagnostics=sorted_unique(found.faults),
        not_decided=found.undecided,
        limits=limits,
        summary={
            "guidelines": len(voices),
            "pairs": len(found.pairs),
            "groups": groups,
            "hear_one_only": sum(len(pair.left_alone) for pair in found.pairs),
        },
        body=_body(voices, found),
    )


def _voices(project: Project, references: Sequence[str], at: str | None) -> tuple[Voice, ...]:
    """Return the guidelines to compare: an edition where one is named, else what of a guideline is in force."""
    if not references:
        voices = [_voice(one) for one in in_force(project.library.guidelines, at) if one.in_force]
    else:
        voices = [_named(project, one, at) for one in dict.fromkeys(references)]
    by_name = {voice.name: voice for voice in voices}
    if len(by_name) < 2 and not references:
        when = f" on {at}" if at else ""
        known = (
            f"only one guideline is in force{when}: {voices[0].name}" if voices else f"no guideline is in force{when}"
        )
        raise UsageError(known, "name two: redflag diff --guidelines A B", NOT_LOADED)
    if len(by_name) < 2:
        hint = "name at least two different guidelines, or none for all that are in force"
        known = ", ".join(by_name) or "none"
        raise UsageError(f"there are not two guidelines to compare: {known}", hint)
    vocabularies = {part.vocabulary.id for voice in voices for part in voice.parts}
    if len(vocabularies) > 1:
        hint = "name guidelines of one vocabulary"
        raise UsageError(f"guidelines of the vocabularies {', '.join(sorted(vocabularies))} cannot be compared", hint)
    return tuple(by_name.values())


def _named(project: Project, reference: str, at: str | None) -> Voice:
    known = {one.id for one in project.library.guidelines}
    if reference in known:
        return _voice(family_of(project, reference, at))
    if at is not None:
        family_of(project, reference, at)  # refuses an edition, as a date cannot choose one
    guideline = find_guideline(project, reference)
    return Voice(guideline.name, (guideline,))


def _voice(family: Family) -> Voice:
    """Return a guideline as it stands; it goes by its edition where one speaks for everything."""
    parts = tuple(own_part(one) for one in family.in_force)
    name = parts[0].name if len(parts) == 1 else f"{family.id} ({', '.join(one.version.text for one in parts)})"
    return Voice(name, parts)


def _asked(voices: Sequence[Voice], outputs: tuple[str, ...]) -> frozenset[str]:
    """Return the outputs to compare: those named, or every one that can be advised for or against.

    That no two guidelines cover any of them is no agreement, and refused.
    """
    declared = voices[0].parts[0].vocabulary.outputs
    for name in outputs:
        if name not in declared:
            hint = did_you_mean(name, declared) or f"there are {', '.join(declared)}"
            raise UsageError(f"no output is called {quoted(name)}", hint)
        if declared[name].scale is None:
            ordered = ", ".join(one.id for one in declared.values() if one.scale)
            raise UsageError(f"{quoted(name)} is a set and has no levels to compare", f"name some of {ordered}")
    asked = frozenset(outputs or (one.id for one in declared.values() if one.scale and one.scale.against))
    if not any(asked & {one.id for one in comparable(*pair)} for pair in combinations(voices, 2)):
        what = " or ".join(outputs) if outputs else "any output that can be advised for or against"
        raise UsageError(f"no two of these guidelines cover {what}", "name other guidelines or outputs", NOT_LOADED)
    return asked


def _body(voices: Sequence[Voice], found: Across) -> AcrossBody:
    labels = voices[0].parts[0].vocabulary.outputs
    covered = {cell.output for pair in found.pairs for cell in pair.cells}
    return AcrossBody(
        compares="guidelines",
        guidelines=tuple(_guideline(voice) for voice in voices),
        outputs={name: one.label for name, one in labels.items() if name in covered},
        verdict=_verdict(found),
        pairs=found.pairs,
        assumptions=ASSUMPTIONS,
    )


def _guideline(voice: Voice) -> ComparedGuideline:
    return ComparedGuideline(voice.name, tuple(_spoken(one) for one in voice.parts))


def _spoken(part: Guideline) -> SpokenPart:
    return SpokenPart(part.name, part.title, part.covers, tuple(part.outputs[name].label for name in part.covers))


def _verdict(found: Across) -> str:
    groups = [group for pair in found.pairs for group in pair.groups]
    against = sum(group.kind == "against" for group in groups)
    disagreeing = sum(any(cell.state == "disagree" for cell in pair.cells) for pair in found.pairs)
    told = f"{disagreeing} of {len(found.pairs)} pairs of guidelines disagree"
    if len(found.pairs) == 1:
        pair = found.pairs[0]
        told = f"{pair.a} and {pair.b}{' disagree' if disagreeing else f': {pair.verdict}'}"
    if not groups:
        return told
    return (
        f"{told}, in {len(groups)} groups of patients; in {against} of them one advises against what the other advises"
    )
