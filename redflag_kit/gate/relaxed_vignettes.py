"""Vignettes that test less than before: a patient taken away, an expectation taken away or changed.

A vignette is what it asks of guidelines for a patient; its id, title, narrative, tags and reasons are text. An exact
expectation that became another exact one is no relaxation where the outcome of the vignette changed with the rules:
then a change class shows it, and the new one must pass. What was expected of an edition that was taken away goes with
it. What was expected of an edition that stays and is asked of a draft beside it is lost, though one name may mean both.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from redflag_kit.compile.digest import digest_of, value_text
from redflag_kit.diagnostics.diagnostic import quoted
from redflag_kit.gate.lineage import Lineage
from redflag_kit.gate.meaning import meaning
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Expectation, Expected, Vignette
from redflag_kit.source.library import Library

WHOLE = "every covered output"
BECAUSE, OUTPUT, STRICT = "because", "output", "strict"


@dataclass(frozen=True, slots=True)
class Lost:
    """Something that no longer protects: what it means, and in words. `guideline` is empty where none is meant."""

    meant: tuple[object, ...]
    sentence: str
    guideline: str = ""


@dataclass(frozen=True, slots=True)
class _Asked:
    """One thing that a vignette asks of an edition: an outcome, a reason, or that nothing else is said."""

    edition: str
    kind: str
    name: str
    value: str
    exact: bool
    words: str


def lost_vignettes(old: Library, new: Library, both: Lineage, moved: frozenset[tuple[str, str]]) -> Iterator[Lost]:
    """Yield what vignettes test no longer. `moved`: editions of the new side with vignettes whose outcome changed."""
    now: dict[str, list[Vignette]] = {}
    for vocabulary, vignette in new.vignettes:
        now.setdefault(patient_of(vocabulary, vignette), []).append(vignette)
    names = {vignette.id for _, vignette in new.vignettes}
    for vocabulary, vignette in old.vignettes:
        patient = patient_of(vocabulary, vignette)
        asked = [
            one for one in _asked(vignette, both.old) if one.edition not in both.old or both.carried_on[one.edition]
        ]
        same = now.get(patient, [])
        found = {one for other in same for one in _asked(other, both.new)}
        told = frozenset(edition for edition, name in moved for other in same if name == other.id)
        gone = [one for one in asked if not _is_kept(one, found, told, both)]
        if gone:
            yield _lost(vignette, patient, gone, found if same else None, vignette.id in names)
    yield from _lost_clean_values(old, new)


def patient_of(vocabulary: str, vignette: Vignette) -> str:
    """Return the digest of the patient of a vignette: what is stated, and how the rest is filled."""
    stated = sorted(([one.finding, meaning(one)] for one in vignette.findings), key=repr)
    return digest_of([vocabulary, stated, vignette.fill_clean])


def _asked(vignette: Vignette, guidelines: Mapping[str, Guideline]) -> Iterator[_Asked]:
    """Yield what a vignette asks; what still waits to be filled in asks nothing."""
    for one in vignette.expectations:
        edition = _edition(one, guidelines)
        for expected in (*one.outcomes, *((one.whole,) if one.whole else ())):
            name = WHOLE if expected is one.whole else expected.output
            if not (expected.todo or vignette.todo):
                exact = not expected.undecided
                yield _Asked(edition, OUTPUT, name, _value(expected), exact, f"{name} {expected.text} of {edition}")
        for rule in one.because:
            yield _Asked(edition, BECAUSE, rule, "", True, f"the reason {rule} in {edition}")
        if one.strict and one.outcomes:
            yield _Asked(edition, STRICT, "", "", True, f"that {edition} says nothing else")


def _edition(one: Expectation, guidelines: Mapping[str, Guideline]) -> str:
    """Return the highest edition that an expectation names, or what it names if there is none."""
    named = [g for g in guidelines.values() if g.id == one.guideline and g.version.starts_with(one.version)]
    found = max(named, key=lambda g: g.version, default=None)
    return found.name if found else f"{one.guideline}@{one.version}"


def _value(one: Expected) -> str:
    return repr([meaning(one.values), one.undecided, meaning(one.must), meaning(one.may)])


def _is_kept(one: _Asked, found: Iterable[_Asked], told: frozenset[str], both: Lineage) -> bool:
    """Say whether something is asked of an edition that carries on the one it was asked of, or follows its rules."""
    editions = _carriers(one.edition, both)
    there = [other for other in found if other.edition in editions and other.kind == one.kind]
    if one.kind == BECAUSE:
        return any(_is_reason_kept(one, edition, there, told, both) for edition in editions)
    if any((other.name, other.value) == (one.name, one.value) for other in there):
        return True
    return any(other.edition in told and other.name == one.name and other.exact for other in there)


def _carriers(edition: str, both: Lineage) -> tuple[str, ...]:
    """Return the editions that may be asked instead: those that carry it on, but no draft beside it while it stands."""
    after = both.carried_on.get(edition, (edition,))
    return tuple(name for name in after if name == edition or edition not in both.new or _is_active(both.new[name]))


def _is_active(guideline: Guideline) -> bool:
    return guideline.status == "active"


def _is_reason_kept(one: _Asked, edition: str, there: Iterable[_Asked], told: frozenset[str], both: Lineage) -> bool:
    """Say whether a rule, or a successor, is still given as a reason; a rule that is gone without one cannot be."""
    after = both.rules_after(one.edition, edition, one.name)
    return edition in told or not after or any(other.edition == edition and other.name in after for other in there)


def _lost(vignette: Vignette, patient: str, gone: list[_Asked], found: Iterable[_Asked] | None, is_named: bool) -> Lost:
    name = quoted(vignette.id)
    instead: list[list[str]] = []
    if found is None and is_named:
        said = f"the patient of the vignette {name} is another than before"
    elif found is None:
        said = f"the vignette {name} is taken away"
    else:
        names = {one.name for one in gone}
        instead = sorted([_family(one), one.kind, one.name, one.value] for one in found if one.name in names)
        said = f"the vignette {name} no longer expects {'; '.join(dict.fromkeys(one.words for one in gone))}"
    lost = sorted([_family(one), one.kind, one.name, one.value] for one in gone)
    families = {_family(one) for one in gone}
    return Lost(("vignette", patient, lost, instead), said, families.pop() if len(families) == 1 else "")


def _family(one: _Asked) -> str:
    return one.edition.partition("@")[0]


def _lost_clean_values(old: Library, new: Library) -> Iterator[Lost]:
    """Yield findings whose clean value changed: vignettes that leave the rest clean then mean another patient."""
    now = {one.id: one for one in new.vocabularies}
    for vocabulary in old.vocabularies:
        after = now[vocabulary.id].findings if vocabulary.id in now else {}
        if not any(name == vocabulary.id and vignette.fill_clean for name, vignette in old.vignettes):
            continue
        for name, finding in vocabulary.findings.items():
            if name in after and finding.clean != after[name].clean:
                values = [None if v is None else value_text(v) for v in (finding.clean, after[name].clean)]
                shown = [quoted("nothing" if v is None else v) for v in values]
                said = f"vignettes that do not mention {finding.label} take it as {shown[1]} now, as {shown[0]} before"
                yield Lost(("clean", vocabulary.id, name, *values), said)
