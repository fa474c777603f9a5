"""A comparison as the draft of a changelog entry.

Claim: every change class stands in exactly one item, in the section of its direction; so do the kinds of what missing
information does and the faults of tables that one edition has and the other has not. Nothing is computed anew.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from redflag_kit.diagnostics.diagnostic import quoted
from redflag_kit.model.guideline import Guideline
from redflag_kit.results.changelog import (
    SECTIONS,
    ChangelogEntry,
    ChangelogItem,
    ChangelogPart,
    ChangelogSection,
)
from redflag_kit.results.diff import (
    DIRECTIONS,
    ChangeClass,
    DiffBody,
    HealthItem,
    RuleRef,
    UnchangedEdit,
    UnknownChange,
)
from redflag_kit.results.envelope import NotDecided

_PLACES = {"gained": "Added", "lost": "Removed"}
_FAULTY = {"fault-introduced": "Changed", "fault-resolved": "Fixed"}
_UNKNOWN = {
    "newly_undecided": "newly undecided",
    "newly_decided": "newly decided",
    "wider": "more outcomes possible",
    "narrower": "fewer outcomes possible",
    "moved": "other outcomes possible",
}
_MISSING = "with missing information"
_REDEFINED = "defined otherwise"


def entry(body: DiffBody, new: Guideline, open_questions: Iterable[NotDecided] = ()) -> ChangelogEntry:
    """Return the entry for the newer edition of a comparison."""
    found: dict[str, list[ChangelogItem]] = {title: [] for title in SECTIONS}
    for title, item in (*_classes(body), *_beside(body)):
        found[title].append(item)
    sections = tuple(ChangelogSection(title, tuple(items)) for title, items in found.items() if items)
    told = _entry(new, body.old, body.new, body.equivalent, body.verdict, sections, _step(body))
    return replace(
        told, unchanged=tuple(map(_untouched, body.unchanged_edits)), open_questions=_questions(open_questions)
    )


def open_entry(
    old: str, new: str, guideline: Guideline, open_questions: Iterable[NotDecided], reasons: Iterable[str]
) -> ChangelogEntry:
    """Return the entry for an edition that could not be compared, with why."""
    questions = (*_questions(open_questions), *reasons)
    verdict = f"{new} could not be compared with {old}"
    told = "the step that the change asks for is not known"
    return _entry(guideline, old, new, None, verdict, (), told, questions)


def alone(guideline: Guideline, old: str, new: str, *, is_new: bool) -> ChangelogEntry:
    """Return the entry for a guideline that only one of two states has."""
    covered = ", ".join(guideline.vocabulary.outputs[name].label for name in guideline.covers)
    if is_new:
        item = ChangelogItem("new guideline", (), (), (), f"{guideline.name}, which no edition went before: {covered}.")
        section, verdict = ChangelogSection("Added", (item,)), f"{guideline.name} is new"
    else:
        item = ChangelogItem("lost", (), (), (), f"{guideline.name} is gone, and with it what it said of {covered}.")
        section, verdict = ChangelogSection("Removed", (item,)), f"{guideline.name} is gone"
    return _entry(guideline, old, new, False, verdict, (section,), "nothing to compare its version with")


def _entry(
    guideline: Guideline,
    old: str,
    new: str,
    equivalent: bool | None,
    verdict: str,
    sections: tuple[ChangelogSection, ...],
    step: str,
    open_questions: tuple[str, ...] = (),
) -> ChangelogEntry:
    return ChangelogEntry(
        id=guideline.id,
        title=guideline.title,
        version=guideline.version.text,
        date=guideline.published,
        old=old,
        new=new,
        equivalent=equivalent,
        verdict=verdict,
        sections=sections,
        unchanged=(),
        step=step,
        open_questions=open_questions,
    )


def _questions(found: Iterable[NotDecided]) -> tuple[str, ...]:
    return tuple(f"{one.question} (needs more than {one.budget})" for one in found)


def _classes(body: DiffBody) -> Iterator[tuple[str, ChangelogItem]]:
    """Yield an item per direction and pair of decisive rules, worst first, with the section it belongs in."""
    groups: dict[tuple[str, str, str, str], list[ChangeClass]] = {}
    for one in body.changes:
        title = _FAULTY.get(one.kind) or _PLACES.get(one.direction, "Changed")
        groups.setdefault((title, one.direction, one.old_rule.id, one.new_rule.id), []).append(one)
    for (title, direction, _, _), classes in sorted(groups.items(), key=lambda one: DIRECTIONS.index(one[0][1])):
        old, new = classes[0].old_rule, classes[0].new_rule
        yield title, ChangelogItem(direction, _rules(old, new), _sources(old, new), tuple(_parts(classes)))


def _parts(classes: Iterable[ChangeClass]) -> Iterator[ChangelogPart]:
    """Yield whom the classes are about, each once, with what changes for them."""
    groups: dict[tuple[str, bool], list[str]] = {}
    for one in classes:
        groups.setdefault((one.region.text, one.region.exact), []).append(one.sentence)
    for (who, exact), sentences in groups.items():
        yield ChangelogPart(who, tuple(sentences), exact)


def _rules(old: RuleRef, new: RuleRef) -> tuple[str, ...]:
    before, after = (f"{one.id} {one.title}".strip() or "no rule" for one in (old, new))
    return (before,) if before == after else (before, after)


def _sources(old: RuleRef, new: RuleRef) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.cite for one in (new if new.id else old).evidence))


def _beside(body: DiffBody) -> Iterator[tuple[str, ChangelogItem]]:
    """Yield what differs beside the change classes."""
    for output in body.redefined:
        yield (
            "Changed",
            _item(_REDEFINED, f"The vocabulary defines {output.label} otherwise: {'; '.join(output.what)}."),
        )
    for kind, told in _UNKNOWN.items():
        concerned = [one for one in body.unknowns if one.kind == kind]
        if concerned:
            yield "Changed", _item(_MISSING, f"{told}: {_example(concerned)}.")
    yield from (("Changed", one) for one in _faults(body.health.introduced, ("new fault", "new risk")))
    yield from (("Fixed", one) for one in _faults(body.health.resolved, ("fault mended", "risk gone")))


def _faults(found: Iterable[HealthItem], marks: tuple[str, str]) -> Iterator[ChangelogItem]:
    """Yield an item per fault of the tables, and one per assumption that hides outcomes, of however many outputs."""
    groups: dict[object, list[HealthItem]] = {}
    for one in found:
        groups.setdefault((one.code, one.findings) if one.findings else one, []).append(one)
    for first, *more in groups.values():
        others = f" ({len(more)} more like this)" if more else ""
        yield _item(marks[bool(first.findings)], f"{first.code} {first.name}: {first.message}{others}.")


def _item(mark: str, text: str) -> ChangelogItem:
    return ChangelogItem(mark, (), (), (), text)


def _example(concerned: list[UnknownChange]) -> str:
    """Name the outputs, and tell an example for the first."""
    first = concerned[0]
    labels = ", ".join(dict.fromkeys(one.label for one in concerned))
    case = ", ".join((*first.shown, f"unknown: {', '.join(first.unknown)}"))
    return f"{labels}; for example, {case}: {first.label} {' or '.join(first.old)} → {' or '.join(first.new)}"


def _untouched(one: UnchangedEdit) -> str:
    name = one.old_rule if one.old_rule == one.new_rule else f"{one.old_rule} → {one.new_rule}"
    return f"{name} ({', '.join(one.what)})"


def _step(body: DiffBody) -> str:
    told = f"the change asks for a {quoted(body.required_bump)} step"
    declared = "going back" if body.declared_bump == "backwards" else quoted(body.declared_bump)
    told += f"; the versions declare {declared}"
    if body.versioning == "calendar":
        told += "; calendar versions only have to grow"
    return told if body.bump_enough is not False else f"{told}, which is too small"
