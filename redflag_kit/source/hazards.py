"""Build hazard logs: every name checked, and every link between hazards and properties given from both sides."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic, Note, did_you_mean, quoted
from redflag_kit.model.evidence import Source
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.hazard import Estimate, Hazard, HazardLog, RuleControl
from redflag_kit.model.property import Property
from redflag_kit.model.vignette import Vignette
from redflag_kit.model.vocabulary import Vocabulary
from redflag_kit.source.editions import read_editions
from redflag_kit.source.hazard_documents import EstimateDoc, HazardDoc, HazardsDoc
from redflag_kit.source.matrix import build_matrix, named_step
from redflag_kit.source.names import Faults
from redflag_kit.source.nodes import Node, Path, key_span_at, span_at
from redflag_kit.source.parameters import check_unique
from redflag_kit.source.places import ParsedFile, UnreadFile, is_named, noted_in, start_of, vocabulary_above
from redflag_kit.source.validate import validate


@dataclass(frozen=True, slots=True)
class Controls:
    """What hazards over one vocabulary may name. What is not `complete` may lack something that failed elsewhere."""

    guidelines: tuple[Guideline, ...]
    properties: tuple[Property, ...]
    vignettes: frozenset[str]
    complete: bool


def read_hazard_logs(
    files: list[ParsedFile],
    lost: list[UnreadFile],
    vocabularies: dict[str, Vocabulary | None],
    named: tuple[tuple[Guideline, ...], tuple[Property, ...], tuple[tuple[str, Vignette], ...]],
    sources: dict[str, dict[str, Source]],
    found: list[Diagnostic],
) -> tuple[HazardLog, ...]:
    """Return one log per vocabulary, after noting what does not fit together with the properties."""
    guidelines, properties, vignettes = named
    sound = not lost and not any(one.severity is codes.Severity.ERROR for one in found)
    first: dict[str, ParsedFile] = {}
    logs: dict[str, HazardLog | None] = {}
    for file in files:
        doc, faults = validate(file.node, HazardsDoc)
        found += faults
        vocabulary, folder = vocabulary_above(file, "hazard log", vocabularies, found)
        if doc is None or vocabulary is None or not is_named(doc.vocabulary, file, vocabulary, found):
            sound = False
            continue
        if first.setdefault(vocabulary.id, file) is not file:
            note = Note(start_of(first[vocabulary.id]), "the other hazard log")
            message = f"the vocabulary {quoted(vocabulary.id)} has another hazard log already"
            found.append(Diagnostic(start_of(file), codes.RF106, message, "keep one hazard log", (note,)))
            continue
        known = Controls(
            tuple(one for one in guidelines if one.vocabulary.id == vocabulary.id),
            tuple(one for one in properties if one.vocabulary == vocabulary.id),
            frozenset(vignette.id for name, vignette in vignettes if name == vocabulary.id),
            sound,
        )
        logs[vocabulary.id] = None
        with noted_in(found) as noted:
            logs[vocabulary.id] = build_hazards(doc, file.node, known, sources.get(folder, {}), noted)
    for name in sorted({one.vocabulary for one in properties}):
        if sound and (name not in logs or logs[name] is not None):
            found += link_faults(logs.get(name), [one for one in properties if one.vocabulary == name])
    return tuple(log for log in logs.values() if log is not None)


def build_hazards(
    doc: HazardsDoc, node: Node, known: Controls, sources: dict[str, Source], faults: Faults
) -> HazardLog | None:
    """Return the log, nothing after noting a fault."""
    check_unique([one.id for one in doc.hazards], node, ("hazards",), "hazard", faults, key="id")
    if not doc.hazards:
        faults.add(span_at(node, ("hazards",)), codes.RF139, "the file has no hazard", "add at least one")
    matrix = build_matrix(doc.matrix, node, sources, faults)
    log = HazardLog(doc.vocabulary, doc.judgement, matrix, (), span_at(node, ("schema",)))
    builder = _Builder(node, known, log, sources, faults)
    hazards = tuple(builder.hazard(one, ("hazards", position)) for position, one in enumerate(doc.hazards))
    if faults.has_error:
        return None
    return HazardLog(log.vocabulary, log.judgement, matrix, hazards, log.span)


def link_faults(log: HazardLog | None, properties: Iterable[Property]) -> tuple[Diagnostic, ...]:
    """Return the links between hazards and properties that one side does not have; without a log no hazard is known."""
    hazards = {one.id: one for one in log.hazards} if log else {}
    named = {one.id: one for one in properties}
    found: list[Diagnostic] = []
    for one in named.values():
        for name in one.hazards:
            if name not in hazards:
                found.append(_unknown(one, name, hazards))
            elif one.id not in hazards[name].properties:
                message = f"the property {quoted(one.id)} controls {quoted(name)}, which does not name it"
                hint = f"add it to the controls of {name}, or take the hazard off the property"
                found.append(Diagnostic(one.span, codes.RF175, message, hint))
    for hazard in hazards.values():
        for name in hazard.properties:
            if name in named and hazard.id not in named[name].hazards:
                message = f"the hazard {quoted(hazard.id)} is controlled by {quoted(name)}, which does not name it"
                hint = f"add `hazards: [{hazard.id}]` to the property, or take it off the hazard"
                found.append(Diagnostic(hazard.span, codes.RF175, message, hint))
    return tuple(found)


def _unknown(one: Property, name: str, hazards: Iterable[str]) -> Diagnostic:
    hint = did_you_mean(name, hazards) or "declare it in hazards.yaml"
    message = f"the property {quoted(one.id)} names the hazard {quoted(name)}, which is in no hazard log"
    return Diagnostic(one.span, codes.RF170, message, hint)


class _Builder:
    """Reads the hazards of one file against everything they may name."""

    def __init__(
        self, node: Node, known: Controls, log: HazardLog, sources: Mapping[str, Source], faults: Faults
    ) -> None:
        self.node = node
        self.known = known
        self.matrix = log.matrix
        self.sources = sources
        self.faults = faults

    def hazard(self, doc: HazardDoc, at: Path) -> Hazard:
        span = span_at(self.node, (*at, "id"))
        self.faults.rule_id(doc.id, span, "a hazard")
        for position, key in enumerate(doc.cite):
            self.faults.cite(key, span_at(self.node, (*at, "cite", position)), self.sources)
        if not doc.causes:
            self.faults.add(
                span_at(self.node, (*at, "causes")), codes.RF139, "the hazard has no cause", "add at least one"
            )
        controls, place = doc.controls, (*at, "controls")
        rules = tuple(self.rules(text, names, (*place, "rules", text)) for text, names in controls.rules.items())
        properties = [one.id for one in self.known.properties]
        self.named(controls.properties, properties, "property", (*place, "properties"))
        self.named(controls.vignettes, self.known.vignettes, "vignette", (*place, "vignettes"))
        if not (controls.rules or controls.properties or controls.vignettes):
            message = f"nothing controls the hazard {quoted(doc.id)}"
            hint = "name the rules, properties or vignettes that keep it from happening"
            self.faults.add(span, codes.RF174, message, hint)
        return Hazard(
            id=doc.id,
            title=doc.title,
            happens=doc.happens,
            causes=tuple(doc.causes),
            effect=doc.effect,
            severity=self.estimate(doc.severity, "severity", (*at, "severity")),
            before=self.estimate(doc.likelihood_before, "likelihood", (*at, "likelihood_before")),
            after=self.estimate(doc.likelihood_after, "likelihood", (*at, "likelihood_after")),
            cite=tuple(doc.cite),
            rules=rules,
            properties=tuple(controls.properties),
            vignettes=tuple(controls.vignettes),
            other=tuple(controls.other),
            span=span,
        )

    def estimate(self, doc: EstimateDoc, scale: str, at: Path) -> Estimate:
        steps = self.matrix.severity if scale == "severity" else self.matrix.likelihood
        named_step(doc.is_, steps, scale, self.node, (*at, "is"), self.faults)
        return Estimate(doc.is_, doc.reason)

    def rules(self, text: str, names: list[str], at: Path) -> RuleControl:
        """Return rules of some editions; each must stand in every one of them."""
        span = key_span_at(self.node, at)
        known = self.known
        editions = read_editions(text, span, known.guidelines, known.complete, codes.RF171, self.faults)
        check_unique(names, self.node, at, "rule", self.faults)
        if not names:
            self.faults.add(span, codes.RF139, f"no rule of {quoted(text)} is named", "name at least one")
        for guideline in known.guidelines:
            if editions.include(guideline):
                self.rules_of(guideline, names, at)
        return RuleControl(editions, tuple(names), span)

    def rules_of(self, guideline: Guideline, names: list[str], at: Path) -> None:
        running = [rule.id for rule in guideline.rules()]
        inert = guideline.inert_rules()
        for position, name in enumerate(names):
            if name not in running:
                hint = did_you_mean(name, running) or "name a rule that runs, or leave the edition out"
                what = f"the rule {quoted(name)} of {guideline.name} is inert" if name in inert else ""
                message = what or f"{guideline.name} has no rule {quoted(name)}"
                self.faults.add(span_at(self.node, (*at, position)), codes.RF171, message, hint)

    def named(self, names: list[str], known: Iterable[str], what: str, at: Path) -> None:
        """Note names that nothing has."""
        check_unique(names, self.node, at, what, self.faults)
        there = tuple(known)
        for position, name in enumerate(names):
            if name not in there and self.known.complete:
                hint = did_you_mean(name, there) or "correct it, or add it"
                message = f"no {what} of this vocabulary is called {quoted(name)}"
                self.faults.add(span_at(self.node, (*at, position)), codes.RF171, message, hint)
