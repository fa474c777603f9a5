"""The life of editions: their dates, and which outputs of earlier editions of their family they replace."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic, Note, did_you_mean, quoted
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.in_force import families
from redflag_kit.source.documents import GuidelineDoc
from redflag_kit.source.names import Faults
from redflag_kit.source.nodes import Node, span_at
from redflag_kit.source.parameters import check_unique


def check_life(doc: GuidelineDoc, node: Node, faults: Faults) -> None:
    """Check what one edition says of its dates and of what it replaces."""
    published = _check_date(doc.published, "published", node, faults)
    if doc.withdrawn is not None and _check_date(doc.withdrawn, "withdrawn", node, faults):
        if published and doc.withdrawn < doc.published:
            message = f"the edition is withdrawn on {doc.withdrawn}, before it is published on {doc.published}"
            faults.add(span_at(node, ("withdrawn",)), codes.RF146, message, "correct one of the dates")
        if doc.status != "retired":
            message = f"the edition has a date of withdrawal, and its status is {quoted(doc.status)}"
            hint = "write `status: retired`, or leave `withdrawn:` out until it is withdrawn"
            faults.add(span_at(node, ("withdrawn",)), codes.RF147, message, hint)
    check_unique(doc.supersedes, node, ("supersedes",), "output", faults)
    for position, name in enumerate(doc.supersedes):
        if name in doc.covers:
            message = f"{quoted(name)} is covered, so it replaces earlier advice on it without saying so"
            span = span_at(node, ("supersedes", position))
            faults.add(span, codes.RF145, message, "name only outputs that this edition no longer covers")


def _check_date(text: str, key: str, node: Node, faults: Faults) -> bool:
    try:
        if date.fromisoformat(text).isoformat() == text:
            return True
    except ValueError:
        pass
    hint = "write year-month-day, such as 2011-02-01"
    faults.add(span_at(node, (key,)), codes.RF118, f"{quoted(text)} is not a date", hint)
    return False


def check_families(guidelines: Iterable[Guideline], complete: bool) -> tuple[Diagnostic, ...]:
    """Return what is wrong between the editions of one family.

    Unless the guidelines are `complete`, an edition that could not be read may be the one that is named.
    """
    found: list[Diagnostic] = []
    for editions in families(guidelines):
        for place, one in enumerate(editions):
            found += _unknown(one, editions)
            found += _replaces_nothing(one, editions[:place]) if complete else ()
        counted = [one for one in editions if one.status == "active"]
        for earlier, later in combinations(counted, 2):
            found += _same_date(earlier, later)
            found += _out_of_order(earlier, later)
    return tuple(found)


def _unknown(one: Guideline, editions: tuple[Guideline, ...]) -> Iterator[Diagnostic]:
    known = {*one.vocabulary.outputs, *(name for edition in editions for name in edition.covers)}
    for superseded in one.supersedes:
        if superseded.output not in known:
            message = f"no output is called {quoted(superseded.output)}"
            hint = did_you_mean(superseded.output, known) or "name outputs that an earlier edition covers"
            yield Diagnostic(superseded.span, codes.RF144, message, hint)


def _replaces_nothing(one: Guideline, earlier: tuple[Guideline, ...]) -> Iterator[Diagnostic]:
    if not earlier:  # what was replaced may stand in another project: nothing here says otherwise
        return
    covered = {name for edition in earlier for name in edition.covers}
    for superseded in one.supersedes:
        if superseded.output in one.vocabulary.outputs and superseded.output not in covered:
            message = f"no earlier edition of {quoted(one.id)} covers {quoted(superseded.output)}"
            hint = f"earlier editions: {', '.join(edition.name for edition in earlier)}"
            yield Diagnostic(superseded.span, codes.RF144, message, did_you_mean(superseded.output, covered) or hint)


def _same_date(earlier: Guideline, later: Guideline) -> Iterator[Diagnostic]:
    both = [name for name in later.covers if name in earlier.covers]
    if earlier.published == later.published and both:
        message = (
            f"{quoted(earlier.name)} and {quoted(later.name)} are active, of the same date, and both cover "
            f"{', '.join(quoted(name) for name in both)}"
        )
        note = Note(earlier.span, "the other edition")
        yield Diagnostic(later.span, codes.RF148, message, "retire one of them, or correct its date", (note,))


def _out_of_order(earlier: Guideline, later: Guideline) -> Iterator[Diagnostic]:
    if earlier.version > later.version:
        message = f"{quoted(later.name)} is published after {quoted(earlier.name)}, which has the higher version"
        note = Note(earlier.span, "the edition with the higher version")
        hint = "the later date replaces the earlier one: correct the dates, or retire the edition that no longer counts"
        yield Diagnostic(later.span, codes.RF149, message, hint, (note,))
