"""`redflag trace`: the chain from evidence over rule, vignette and property to hazard, and where it is broken."""

from collections.abc import Iterable, Mapping

from redflag_kit.diagnostics.codes import Severity
from redflag_kit.diagnostics.diagnostic import Diagnostic, sorted_unique
from redflag_kit.evaluate.reach import RuleReach
from redflag_kit.model.evidence import Source
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.hazard import Hazard, HazardLog
from redflag_kit.model.in_force import in_force
from redflag_kit.model.property import Property, Values
from redflag_kit.model.vignette import Vignette
from redflag_kit.project.load import Project
from redflag_kit.results.envelope import Envelope
from redflag_kit.results.trace import (
    TraceBody,
    TracedClaim,
    TracedGuideline,
    TracedHazard,
    TracedMatrix,
    TracedMiss,
    TracedProperty,
    TracedRule,
    UncitedSource,
)
from redflag_kit.trace import dangling
from redflag_kit.trace.controls import Standing, controls_of
from redflag_kit.trace.guards import applies_to, guarded_by, rules_about
from redflag_kit.wording.evidence import shown_evidence
from redflag_kit.workflow.envelope import FINDINGS, NOT_LOADED, OK, STATUS, guideline_input
from redflag_kit.workflow.reach import exercising, rule_reach
from redflag_kit.workflow.reference import find_guideline
from redflag_kit.workflow.test import matching

LIMITS = (
    "A property guards a rule if it applies to the edition and reads an output that the rule bears on. Whether it "
    "would notice a fault of the rule is not measured here.",
    "Severity and likelihood are judgements; the class of risk follows from them and the matrix.",
    "Sign-off is not part of the chain yet.",
)

Guards = dict[str, dict[str, tuple[str, ...]]]
"""Edition -> property -> the rules that it guards there; properties that guard none are left out."""
Exercised = dict[str, tuple[Vignette, ...]]
"""Edition -> the vignettes that expect something of it."""


def trace(project: Project, references: Iterable[str] = ()) -> Envelope:
    """Return the chain of some editions, of all if none is named. Raises UsageError for references.

    Vignettes, properties, hazards and sources are judged only where all editions are traced.
    """
    library, asked = project.library, tuple(references)
    named = {one.name for one in (find_guideline(project, reference) for reference in asked)}
    guidelines = tuple(one for one in library.guidelines if one.name in named or not asked)
    if not guidelines:
        return Envelope("trace", STATUS[NOT_LOADED], NOT_LOADED, diagnostics=project.diagnostics)
    outputs = {part.guideline.name: part.outputs for family in in_force(library.guidelines) for part in family.in_force}
    guards = _guards(project, outputs)
    exercised = {one.name: exercising(project, one) for one in library.guidelines}
    reached = {one.name: rule_reach(project, one, exercised[one.name]) for one in guidelines}
    found = [fault for one in guidelines for fault in dangling.of_rules(one, reached[one.name])]
    hazards = _hazards(project, _standing(project, outputs, guards, exercised))
    uncited = _uncited(project)
    if not asked:
        found += _of_project(project, hazards, uncited)
    told = sorted_unique((*project.diagnostics, *found))
    code = FINDINGS if any(one.severity is Severity.ERROR for one in told) else OK
    traced = tuple(
        _guideline(project, one, len(exercised[one.name]), reached[one.name], guards, outputs.get(one.name, ()))
        for one in guidelines
    )
    return Envelope(
        command="trace",
        status=STATUS[code],
        exit_code=code,
        inputs=tuple(guideline_input(one, "guideline", one.name) for one in guidelines),
        options={"guideline": list(asked)},
        diagnostics=told,
        limits=LIMITS,
        summary={
            "guidelines": len(traced),
            "rules": sum(len(one.rules) for one in traced),
            "hazards": len(hazards),
            "dangling": sum(one.severity is Severity.ERROR for one in found),
        },
        body=TraceBody(
            guidelines=traced,
            properties=tuple(_property(one, project, guards) for one in library.properties),
            hazards=tuple(shown for _, shown in hazards),
            matrices=tuple(_matrix(log) for log in library.hazards),
            uncited=tuple(UncitedSource(one.id, one.title, one.read) for one in uncited),
        ),
    )


def _guards(project: Project, outputs: dict[str, tuple[str, ...]]) -> Guards:
    editions = project.library.guidelines
    guards: Guards = {}
    for guideline in editions:
        found = {
            one.id: guarded_by(one, guideline, applies_to(one, guideline, guideline.name in outputs, editions))
            for one in project.library.properties
            if one.vocabulary == guideline.vocabulary.id
        }
        guards[guideline.name] = {name: rules for name, rules in found.items() if rules}
    return guards


def _standing(project: Project, outputs: dict[str, tuple[str, ...]], guards: Guards, exercised: Exercised) -> Standing:
    editions = {one.name: one for one in project.library.guidelines}
    rules = {name: frozenset(rules_about(own, Values.WRITTEN, editions[name])) for name, own in outputs.items()}
    return Standing(
        guidelines=project.library.guidelines,
        rules=rules,
        properties=frozenset(
            (editions[name].vocabulary.id, one)
            for name, own in rules.items()
            for one, guarded in guards[name].items()
            if not own.isdisjoint(guarded)
        ),
        vignettes=frozenset(vignette.id for name in rules for vignette in exercised[name]),
    )


def _of_project(
    project: Project, hazards: Iterable[tuple[Hazard, TracedHazard]], uncited: Iterable[Source]
) -> list[Diagnostic]:
    """Return the broken links that are no edition's own."""
    library = project.library
    logged = {log.vocabulary for log in library.hazards}
    found: list[Diagnostic] = []
    for _, vignette in library.vignettes:
        rules = {
            f"{one.guideline}@{one.version}": frozenset(rule.id for rule in guideline.rules())
            for one in vignette.expectations
            if (guideline := matching(project, one.guideline, one.version)) is not None
        }
        found += dangling.of_vignette(vignette, rules)
    for one in library.properties:
        found += dangling.of_property(one) if one.vocabulary in logged else ()
    for hazard, shown in hazards:
        found += dangling.of_hazard(hazard, shown.controls)
    return [*found, *map(dangling.of_source, uncited)]


def _uncited(project: Project) -> list[Source]:
    """Return the sources of all bibliographies that nothing cites."""
    sources = {
        (source.span.file, name): source
        for guideline in project.library.guidelines
        for name, source in guideline.sources.items()
    }
    return [source for (_, name), source in sorted(sources.items()) if name not in project.library.cited]


def _guideline(
    project: Project,
    one: Guideline,
    vignettes: int,
    reached: Iterable[RuleReach],
    guards: Guards,
    outputs: tuple[str, ...],
) -> TracedGuideline:
    hazards = [h for log in project.library.hazards if log.vocabulary == one.vocabulary.id for h in log.hazards]
    verdicts = project.library.verdicts()
    rules = []
    for found in reached:
        properties = tuple(name for name, rules in guards[one.name].items() if found.rule in rules)
        controlled = tuple(hazard.id for hazard in hazards if found.rule in hazard.controlled_by(one))
        rules.append(traced_rule(one, found, verdicts, properties, controlled))
    return TracedGuideline(
        id=one.id,
        version=one.version.text,
        title=one.title,
        status=one.status,
        in_force=outputs,
        vignettes=vignettes,
        rules=tuple(rules),
    )


def traced_rule(
    guideline: Guideline,
    found: RuleReach,
    verdicts: Mapping[str, str],
    properties: tuple[str, ...],
    hazards: tuple[str, ...],
) -> TracedRule:
    """Return a rule with everything that is joined to it."""
    rule = next(one for one in guideline.rules() if one.id == found.rule)
    last = any(rule in (decision.otherwise or ()) for decision in guideline.decisions)
    return TracedRule(
        id=rule.id,
        title=rule.title,
        state="otherwise" if last else "runs",
        evidence=tuple(shown_evidence(one, guideline.sources) for one in rule.evidence),
        claims=tuple(TracedClaim(name, verdicts.get(name, "")) for name in rule.claims),
        fires=found.fires,
        may=found.may,
        missed=tuple(TracedMiss(one.vignette, one.findings) for one in found.missed),
        can_fire=found.can_fire,
        can_be_missed=found.can_be_missed,
        properties=properties,
        hazards=hazards,
        file=rule.span.file,
        line=rule.span.line,
    )


def _property(one: Property, project: Project, guards: Guards) -> TracedProperty:
    own = (edition for edition in project.library.guidelines if edition.vocabulary.id == one.vocabulary)
    editions = tuple(edition.name for edition in own if one.id in guards[edition.name])
    return TracedProperty(one.id, one.title, one.kind, editions, one.hazards, one.span.file, one.span.line)


def _hazards(project: Project, standing: Standing) -> list[tuple[Hazard, TracedHazard]]:
    return [(one, _hazard(log, one, standing)) for log in project.library.hazards for one in log.hazards]


def _hazard(log: HazardLog, one: Hazard, standing: Standing) -> TracedHazard:
    return TracedHazard(
        id=one.id,
        title=one.title,
        happens=one.happens,
        causes=one.causes,
        effect=one.effect,
        severity=_words(one.severity.step),
        likelihood_before=_words(one.before.step),
        likelihood_after=_words(one.after.step),
        reasons=(one.severity.reason, one.before.reason, one.after.reason),
        initial_risk=log.initial(one).text,
        residual_risk=log.residual(one).text,
        cite=one.cite,
        controls=controls_of(one, log.vocabulary, standing),
        other_controls=one.other,
        file=one.span.file,
        line=one.span.line,
    )


def _matrix(log: HazardLog) -> TracedMatrix:
    matrix = log.matrix
    return TracedMatrix(
        vocabulary=log.vocabulary,
        judgement=log.judgement,
        cite=matrix.cite,
        severity=tuple(_words(step.id) for step in matrix.severity),
        likelihood=tuple(_words(step.id) for step in matrix.likelihood),
        rows=tuple(
            tuple(matrix.risk(severity.id, likelihood.id).text for likelihood in matrix.likelihood)
            for severity in matrix.severity
        ),
        classes=tuple(
            f"{number} {_words(step.id)}: {step.means}" for number, step in enumerate(matrix.classes, start=1)
        ),
    )


def _words(step: str) -> str:
    return step.replace("_", " ")
