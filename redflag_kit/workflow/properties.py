"""The part of `check` that is about safety properties: which apply to which guideline, decided and shown."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from redflag_kit.analyse.properties.breach import Counterexample
from redflag_kit.analyse.properties.run import Examined as Decisions
from redflag_kit.analyse.properties.run import examine, examine_between
from redflag_kit.analyse.properties.verdict import Result, Verdict
from redflag_kit.analyse.properties.words import headline, who
from redflag_kit.compile.prepared import Prepared
from redflag_kit.compile.table import Compiled
from redflag_kit.logic.budget import Deadline
from redflag_kit.model.condition import Value
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.in_force import in_force
from redflag_kit.model.property import Between, Known, Property, Standing
from redflag_kit.project.load import Project
from redflag_kit.results.envelope import NotDecided
from redflag_kit.results.properties import CheckedProperty, KnownViolation, PropertyWitness
from redflag_kit.wording.cases import number_json, patient_json
from redflag_kit.wording.conditions import condition_phrase
from redflag_kit.workflow.check_guideline import Examined
from redflag_kit.workflow.in_force import own_part


@dataclass(frozen=True, slots=True)
class Safety:
    """The properties of one guideline. Those of what is in force are about `part`, the edition as far as it is."""

    properties: tuple[Property, ...]
    part: Guideline

    def by_part(self, whole: Guideline) -> tuple[tuple[Guideline, tuple[Property, ...]], ...]:
        """Return the properties with what each is decided for, all of them at once if the edition is in force whole."""
        if self.part is whole:
            return ((whole, self.properties),)
        own = tuple(one for one in self.properties if one.applies_to is Standing.IN_FORCE)
        return ((whole, tuple(one for one in self.properties if one not in own)), (self.part, own))


def properties_of(project: Project, wanted: Callable[[str], bool]) -> dict[str, Safety]:
    """Return which properties to decide for which guideline, by its path.

    The property or the guideline must stand in a wanted file.
    """
    library = project.library
    parts = {one.guideline.path: own_part(one) for family in in_force(library.guidelines) for one in family.in_force}
    found: dict[str, Safety] = {}
    for guideline in library.guidelines:
        own = [one for one in library.properties if one.applies(guideline, guideline.path in parts)]
        own = [one for one in own if wanted(guideline.path) or wanted(one.span.file)]
        if own:
            found[guideline.path] = Safety(tuple(own), parts.get(guideline.path, guideline))
    return found


def properties_between(project: Project, wanted: Callable[[str], bool]) -> dict[tuple[str, str], tuple[Property, ...]]:
    """Return which properties to decide between which editions, by the paths of the old and the new one.

    The property or one of the editions must stand in a wanted file. An edition that a project lacks is told by loading.
    """
    found: dict[tuple[str, str], tuple[Property, ...]] = {}
    for one in project.library.properties:
        if isinstance(one.claim, Between):
            own = [guideline for guideline in project.library.guidelines if guideline.vocabulary.id == one.vocabulary]
            old, new = one.claim.old.highest(own), one.claim.new.highest(own)
            if old and new and any(map(wanted, (old.path, new.path, one.span.file))):
                pair = (old.path, new.path)
                found[pair] = (*found.get(pair, ()), one)
    return found


def check_between(old: Prepared, new: Prepared, own: Iterable[Property], nodes: int, deadline: Deadline) -> Examined:
    """Decide properties between two editions."""
    ready = [(one.guideline, one.compiled) for one in (old, new)]
    return _together([examine_between(ready[0], ready[1], own, nodes, deadline)])


def check_properties(ready: Prepared, own: Safety, nodes: int, deadline: Deadline) -> Examined:
    """Decide the properties of a guideline."""
    halves = [half for half in own.by_part(ready.guideline) if half[1]]
    found = [
        examine(part, properties, nodes, deadline.part(1 / (len(halves) - place)), _compiled(ready, part))
        for place, (part, properties) in enumerate(halves)
    ]
    return _together(found)


def _together(found: Iterable[Decisions]) -> Examined:
    decided = tuple(found)
    verdicts = [verdict for one in decided for verdict in one.verdicts]
    told = tuple(diagnostic for one in decided for diagnostic in one.diagnostics)
    return Examined(told, tuple(_not_decided(verdicts)), properties=tuple(_checked(one) for one in verdicts))


def _compiled(ready: Prepared, part: Guideline) -> Compiled | None:
    return ready.compiled if part is ready.guideline else None


def in_order(project: Project, found: Iterable[CheckedProperty]) -> tuple[CheckedProperty, ...]:
    """Return results in the order of the properties, then of the guidelines."""
    order = {(one.span.file, one.id): place for place, one in enumerate(project.library.properties)}
    editions = {one.name: place for place, one in enumerate(project.library.guidelines)}
    return tuple(sorted(found, key=lambda one: (order[one.file, one.id], editions[one.guideline])))


def _not_decided(verdicts: Iterable[Verdict]) -> list[NotDecided]:
    return [
        NotDecided(f"property {one.property.id} for {_name(one)}", one.established, one.budget)
        for one in verdicts
        if one.result is Result.NOT_DECIDED
    ]


def _name(verdict: Verdict) -> str:
    name = verdict.guideline.name
    return f"{name} after {verdict.old.name}" if verdict.old else name


def _checked(verdict: Verdict) -> CheckedProperty:
    one = verdict.property
    return CheckedProperty(
        id=one.id,
        guideline=verdict.guideline.name,
        result=verdict.result.value,
        counterexample=None if verdict.counterexample is None else _witness(verdict, verdict.counterexample),
        known=None if verdict.known is None else _known(verdict.guideline, verdict.known),
        title=one.title,
        kind=one.kind,
        hazard=one.hazard,
        cite=one.cite,
        assumption=one.assumption,
        not_covered=verdict.uncovered,
        file=one.span.file,
        line=one.span.line,
        old=verdict.old.name if verdict.old else "",
    )


def _witness(verdict: Verdict, shown: Counterexample) -> PropertyWitness:
    findings = verdict.guideline.vocabulary.findings
    known = {name: value for name, value in shown.patient.items() if name not in shown.unknown}
    finding, before, after = shown.changed or (None, None, None)
    return PropertyWitness(
        case=patient_json(known, findings),
        text=", ".join(who(verdict.guideline, shown)),
        says=headline(verdict),
        outputs=dict(shown.said),
        wanted=dict(shown.wanted),
        instead=dict(shown.instead),
        rules=shown.rules,
        finding=finding,
        before=_json(before),
        after=_json(after),
        not_assessed=shown.unknown,
        completion=patient_json(shown.patient, findings) if shown.unknown else None,
        smallest=verdict.smallest,
        old_rules=shown.old_rules,
    )


def _json(value: Value | None) -> str | int | None:
    return value if value is None or isinstance(value, str) else number_json(value)


def _known(guideline: Guideline, known: Known) -> KnownViolation:
    vocabulary = guideline.vocabulary
    where = condition_phrase(known.where, vocabulary.findings, vocabulary.outputs)
    return KnownViolation(known.reason, known.cite, where, known.span.file, known.span.line)
