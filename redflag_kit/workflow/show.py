"""`redflag show`: a guideline in plain words, every rule beside its evidence."""

from dataclasses import replace

from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.model.claim import rules_of
from redflag_kit.model.evidence import Parameter
from redflag_kit.model.guideline import Decision, Guideline, Rule, Score
from redflag_kit.model.in_force import Family, InForce
from redflag_kit.project.load import Project
from redflag_kit.results.check import ShownGuideline, ShownRule, ShownTable
from redflag_kit.results.envelope import Envelope
from redflag_kit.results.in_force import Replaced, ShownEdition, ShownFamily, Standing
from redflag_kit.wording.conditions import advice_phrase, condition_phrase, rule_phrase
from redflag_kit.wording.evidence import shown_evidence, source_words
from redflag_kit.wording.findings import number_words
from redflag_kit.workflow.envelope import OK, STATUS, guideline_input
from redflag_kit.workflow.in_force import own_part


def show(guideline: Guideline, reference: str, project: Project | None = None) -> Envelope:
    """Return a guideline in plain words as a result, of the project if that may be a commit."""
    shown = shown_guideline(guideline)
    summary: dict[str, object] = {
        "guideline": guideline.id,
        "version": guideline.version.text,
        "decisions": len(shown.tables),
        "rules": sum(rule.state != "inert" for table in shown.tables for rule in table.rules),
    }
    inputs = (guideline_input(guideline, "guideline", reference, shown.digest, project),)
    return Envelope("show", STATUS[OK], OK, inputs, summary=summary, body=shown)


def show_in_force(family: Family, at: str, project: Project | None = None) -> Envelope:
    """Return what of a guideline is in force at a date as a result: the tables of each edition for its outputs."""
    shown = ShownFamily(
        id=family.id,
        at=at,
        editions=tuple(_edition(one) for one in family.in_force),
        undated=tuple(one.name for one in family.undated),
    )
    tables = [table for one in shown.editions for table in one.guideline.tables]
    summary: dict[str, object] = {
        "guideline": family.id,
        "at": at,
        "editions": len(shown.editions),
        "decisions": len(tables),
        "rules": sum(rule.state != "inert" for table in tables for rule in table.rules),
    }
    inputs = tuple(guideline_input(one.guideline, "guideline", family.id, "", project) for one in family.in_force)
    return Envelope("show", STATUS[OK], OK, inputs, {"at": at}, summary=summary, body=shown)


def _edition(one: InForce) -> ShownEdition:
    part = own_part(one)
    kept = {decision.id for decision in part.decisions}
    return ShownEdition(
        standing=standing(one),
        left_out=tuple(decision.question for decision in one.guideline.decisions if decision.id not in kept),
        guideline=replace(shown_guideline(part), digest=compile_guideline(one.guideline).digest),
    )


def standing(one: InForce) -> Standing:
    """Return since when an edition is in force, for what, and what it replaced, in words."""
    outputs = one.guideline.outputs
    return Standing(
        since=one.guideline.published,
        outputs=tuple(outputs[name].label for name in one.outputs),
        replaced=tuple(
            Replaced(before.name, tuple(before.outputs[name].label for name in names)) for before, names in one.replaced
        ),
    )


def shown_guideline(guideline: Guideline) -> ShownGuideline:
    """Return a guideline in plain words: scope, parameters, definitions, tables, assumptions and sources."""
    outputs, sources = guideline.outputs, guideline.sources
    shown = _shown_sources(guideline)
    return ShownGuideline(
        id=guideline.id,
        version=guideline.version.text,
        title=guideline.title,
        publisher=guideline.publisher,
        published=guideline.published,
        status=guideline.status,
        intended_use=guideline.intended_use,
        scope=condition_phrase(guideline.scope, guideline.vocabulary.findings, outputs),
        covers=tuple(outputs[name].label for name in guideline.covers),
        parameters=tuple(_parameter(one) for one in guideline.parameters.values()),
        definitions=tuple(
            (name, condition_phrase(meaning, guideline.vocabulary.findings, outputs))
            for name, meaning in guideline.definitions.items()
        ),
        assumptions=tuple((one.id, one.text) for one in guideline.assumptions.values()),
        scores=tuple((score.id, _score(score, guideline)) for score in guideline.scores),
        tables=tuple(_table(decision, guideline) for decision in guideline.decisions),
        sources=tuple((name, source_words(sources[name]), sources[name].read) for name in shown),
        digest=compile_guideline(guideline).digest,
    )


def _parameter(one: Parameter) -> tuple[str, str, str, str, str]:
    return (one.id, number_words(one.value, one.unit), one.cite, one.evidence, one.note)


def _score(score: Score, guideline: Guideline) -> str:
    findings, outputs = guideline.vocabulary.findings, guideline.outputs
    points = "; ".join(f"{p.points} for {condition_phrase(p.when, findings, outputs)}" for p in score.points)
    bands = ", ".join(f"{name} {low} to {high}" if low != high else f"{name} {low}" for name, low, high in score.bands)
    return f"{points} ({bands})" if bands else points


def _table(decision: Decision, guideline: Guideline) -> ShownTable:
    states = (("runs", decision.rules), ("otherwise", decision.otherwise or ()), ("inert", decision.inert))
    rules = tuple(_rule(rule, state, guideline) for state, group in states for rule in group)
    return ShownTable(decision.id, decision.question, decision.hit_policy.value, rules)


def _rule(rule: Rule, state: str, guideline: Guideline) -> ShownRule:
    exceptions = []
    if rule.unless:
        exceptions.append(f"unless {', '.join(rule.unless)} applies")
    if rule.overrides:
        exceptions.append(f"overrides {', '.join(rule.overrides)}")
    return ShownRule(
        id=rule.id,
        title=rule.title,
        when=rule_phrase(rule, guideline),
        then=advice_phrase(rule, guideline),
        state=state,
        exceptions=tuple(exceptions),
        evidence=tuple(shown_evidence(one, guideline.sources) for one in rule.evidence),
        assumptions=rule.assumptions,
        claims=rule.claims,
        note=rule.note,
        file=rule.span.file,
        line=rule.span.line,
    )


def _shown_sources(guideline: Guideline) -> tuple[str, ...]:
    """Return the sources a guideline cites anywhere, in the order of the bibliography."""
    cited = {
        *guideline.cite,
        *(one.cite for rule in rules_of(guideline) for one in rule.evidence),
        *(one.cite for one in guideline.parameters.values()),
        *(one.cite for one in guideline.assumptions.values()),
    }
    return tuple(name for name in guideline.sources if name in cited)
