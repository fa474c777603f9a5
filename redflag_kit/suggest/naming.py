"""Names, titles and narratives of drafted patients, from what is written down of them."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Stated
from redflag_kit.model.vocabulary import PRESENT, Finding, Kind
from redflag_kit.source.names import MAX_ID
from redflag_kit.terms.quantity import render
from redflag_kit.wording.cases import stated_words

NAMED = 3
"""Findings that a name and a title mention."""
_ROOM = MAX_ID - 5  # for a number at the end


def reference(guideline: Guideline, all_of_them: Iterable[Guideline]) -> str:
    """Return the shortest reference that means this edition alone, e.g. `acp@2011`."""
    others = [one.version for one in all_of_them if one.id == guideline.id and one.version != guideline.version]
    parts = guideline.version.text.split(".")
    for length in range(1, len(parts)):
        prefix = ".".join(parts[:length])
        if not any(other.starts_with(prefix) for other in others):
            return f"{guideline.id}@{prefix}"
    return guideline.name


def worth_naming(stated: Iterable[Stated], findings: Mapping[str, Finding]) -> tuple[Stated, ...]:
    """Return what makes a patient special, most telling first: what is not normal, not ordinary, or not assessed."""
    told = [one for one in stated if not _is_ordinary(findings[one.finding], one)]
    return tuple(sorted(told, key=lambda one: findings[one.finding].clean is None and not one.unknown))


def _is_ordinary(finding: Finding, stated: Stated) -> bool:
    usual = finding.example if finding.clean is None else finding.clean
    return not stated.unknown and (stated.words == {usual} or stated.number() == usual)


def vignette_id(ref: str, special: Sequence[Stated], findings: Mapping[str, Finding], taken: Collection[str]) -> str:
    """Return an id that tells the guideline and what is special, e.g. `acp-2011-fever-iv-drug-use`; never one taken."""
    name = _slug(ref)
    for one in special[:NAMED] or (None,):
        part = "ordinary" if one is None else _part(findings[one.finding], one)
        if len(name) + 1 + len(part) <= _ROOM:
            name = f"{name}-{part}"
    number = 1
    while (found := name if number == 1 else f"{name}-{number}") in taken:
        number += 1
    return found


def _part(finding: Finding, stated: Stated) -> str:
    if stated.unknown:
        return _slug(f"{finding.id} unknown")
    if finding.grid is not None:
        number = stated.number()
        assert number is not None  # drafts state one number
        return _slug(f"{finding.id} {render(number)}")
    (word,) = stated.words
    if finding.kind is Kind.YES_NO:
        return _slug(finding.id if word == PRESENT else f"no {finding.id}")
    return _slug(f"{finding.id} {word}")


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9.]+", "-", text.lower())


def title(special: Sequence[Stated], findings: Mapping[str, Finding]) -> str:
    """Return a title, e.g. `Fever, injecting drug use, age 55 years and 2 more`."""
    said = [stated_words(findings[one.finding], one) for one in special[:NAMED]]
    more = len(special) - len(said)
    text = ", ".join(said) + (f" and {more} more" if more else "")
    return _as_sentence(text or "nothing out of the ordinary")


def narrative(ref: str, stated: Iterable[Stated], findings: Mapping[str, Finding]) -> str:
    """Return what is known of a drafted patient, in words that claim no more."""
    stated = tuple(stated)
    known = [stated_words(findings[one.finding], one) for one in stated if not one.unknown]
    missing = [findings[one.finding].label for one in stated if one.unknown]
    text = f"A drafted patient, nobody's story: {'; '.join(known) or 'nothing out of the ordinary'}."
    text += f" Not assessed: {'; '.join(missing)}." if missing else ""
    return f"{text} What is not mentioned is normal, or makes no difference to what {ref} says now."


def _as_sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
