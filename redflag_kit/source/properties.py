"""Build safety properties: every name checked, each with its sources and documented violations."""

from collections.abc import Iterable

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import quoted
from redflag_kit.diagnostics.span import Span
from redflag_kit.model.condition import Always, Condition, outputs_of
from redflag_kit.model.evidence import Source
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.property import Between, Claim, Editions, Known, Property, Standing, Values
from redflag_kit.model.vocabulary import Vocabulary
from redflag_kit.source.between import is_between, read_between
from redflag_kit.source.claims import read_claim
from redflag_kit.source.conditions import read_condition, size
from redflag_kit.source.definitions import note_unused, read_definitions
from redflag_kit.source.documents import KnownDoc, PropertiesDoc, PropertyDoc
from redflag_kit.source.editions import SHAPES, read_editions
from redflag_kit.source.names import Faults, Names
from redflag_kit.source.nodes import Node, Path, node_at, span_at
from redflag_kit.source.parameters import check_unique, read_parameters


def build_properties(
    doc: PropertiesDoc,
    node: Node,
    vocabulary: Vocabulary,
    guidelines: Iterable[Guideline],
    complete: bool,
    sources: dict[str, Source],
    faults: Faults,
) -> tuple[Property, ...]:
    """Return the properties of a file; those with faults are left out and noted.

    `complete` says that no guideline of the project failed: only then is it a fault to name one that is not there.
    """
    check_unique([one.id for one in doc.properties], node, ("properties",), "property", faults, key="id")
    if not doc.properties:
        faults.add(span_at(node, ("properties",)), codes.RF139, "the file has no property", "add at least one")
    names = Names(
        findings=vocabulary.findings,
        parameters={},
        definitions={name: one.when for name, one in vocabulary.derived.items()},
        sizes={name: size(one.when) for name, one in vocabulary.derived.items()},
        outputs=vocabulary.outputs,
    )
    names.parameters = read_parameters(doc.parameters, node, sources, faults, names)
    read_definitions(doc.definitions, node, names, faults)
    own = tuple(guideline for guideline in guidelines if guideline.vocabulary.id == vocabulary.id)
    builder = _Builder(node, vocabulary, own, complete, sources, names, faults)
    found = []
    for position, one in enumerate(doc.properties):
        before = len(faults.found)
        built = builder.property(one, ("properties", position))
        sound = not any(fault.code.severity is codes.Severity.ERROR for fault in faults.found[before:])
        found += [built] if built and sound else []
    if not faults.has_error:
        note_unused(doc.definitions, node, names, faults)
    return tuple(found)


class _Builder:
    """Reads the properties of one file against everything they may name."""

    def __init__(
        self,
        node: Node,
        vocabulary: Vocabulary,
        guidelines: tuple[Guideline, ...],
        complete: bool,
        sources: dict[str, Source],
        names: Names,
        faults: Faults,
    ) -> None:
        self.node = node
        self.vocabulary = vocabulary
        self.guidelines = guidelines
        self.complete = complete
        self.sources = sources
        self.names = names
        self.faults = faults

    def property(self, doc: PropertyDoc, at: Path) -> Property | None:
        span = span_at(self.node, (*at, "id"))
        self.faults.rule_id(doc.id, span, "a property")
        self.cited(doc.cite, (*at, "cite"))
        check_unique(doc.hazards, self.node, (*at, "hazards"), "hazard", self.faults)
        if not doc.cite and not doc.assumption:
            message = f"the property {quoted(doc.id)} rests on nothing"
            self.faults.add(span, codes.RF101, message, "add `cite: [source]`, or `assumption:` in words")
        applies_to: Standing | tuple[Editions, ...] = Standing.IN_FORCE
        claim: Claim | Between | None
        if is_between(doc):
            claim = read_between(doc, self.node, at, self.names, self.faults, self.editions)
            new = claim.new if isinstance(claim, Between) else None
            known = [self.known_between(one, (*at, "known", position), new) for position, one in enumerate(doc.known)]
        else:
            applies_to = self.applies_to(doc, at)
            claim = read_claim(doc, self.node, at, self.names, self.faults)
            known = [self.known(one, (*at, "known", position), applies_to) for position, one in enumerate(doc.known)]
        documented = tuple(one for one in known if one is not None)
        if claim is None or len(documented) < len(known):
            return None
        return Property(
            id=doc.id,
            title=doc.title,
            hazard=doc.hazard,
            hazards=tuple(doc.hazards),
            cite=tuple(doc.cite),
            assumption=doc.assumption,
            applies_to=applies_to,
            values=Values(doc.values),
            claim=claim,
            known=documented,
            vocabulary=self.vocabulary.id,
            span=span,
        )

    def cited(self, keys: list[str], at: Path) -> None:
        for position, key in enumerate(keys):
            self.faults.cite(key, span_at(self.node, (*at, position)), self.sources)

    def applies_to(self, doc: PropertyDoc, at: Path) -> Standing | tuple[Editions, ...]:
        given, place = doc.applies_to, (*at, "applies_to")
        if isinstance(given, str) and given in set(Standing):
            return Standing(given)
        if not given:
            self.faults.add(span_at(self.node, place), codes.RF139, "no guideline is named", SHAPES)
        if isinstance(given, str):
            return (self.editions(given, span_at(self.node, place)),)
        return tuple(self.editions(one, span_at(self.node, (*place, i))) for i, one in enumerate(given))

    def editions(self, text: str, span: Span) -> Editions:
        """Return the editions a text names, after noting that it names none."""
        return read_editions(text, span, self.guidelines, self.complete, codes.RF142, self.faults)

    def known(self, doc: KnownDoc, at: Path, applies_to: Standing | tuple[Editions, ...]) -> Known | None:
        span = span_at(self.node, (*at, "guideline"))
        if not doc.guideline:
            message = "a known violation does not say of which guideline"
            self.faults.add(span, codes.RF101, message, "add `guideline:`, for example acp@2011")
            return None
        editions = self.editions(doc.guideline, span)
        where = self.where(doc, at)
        meant = [guideline for guideline in self.guidelines if editions.include(guideline)]
        elsewhere = not isinstance(applies_to, Standing) and not any(
            one.include(guideline) for one in applies_to for guideline in meant
        )
        if meant and elsewhere:
            message = f"the property does not apply to {quoted(doc.guideline)}"
            self.faults.add(span, codes.RF142, message, "name it under `applies_to:`, or delete the entry")
        return None if where is None else Known(editions, where, doc.reason, tuple(doc.cite), span)

    def known_between(self, doc: KnownDoc, at: Path, new: Editions | None) -> Known | None:
        """Return a violation that is known between two editions, none where those are not known."""
        if doc.guideline:
            span, hint = span_at(self.node, (*at, "guideline")), "delete it: `between` names the editions"
            self.faults.add(span, codes.RF102, "a known violation between two editions names a guideline", hint)
        where = self.where(doc, at)
        return (
            None
            if where is None or new is None
            else Known(new, where, doc.reason, tuple(doc.cite), span_at(self.node, (*at, "reason")))
        )

    def where(self, doc: KnownDoc, at: Path) -> Condition | None:
        """Return for whom a violation is known, after noting what is wrong with its sources."""
        self.cited(doc.cite, (*at, "cite"))
        if not doc.cite:
            hint = "add the source that shows it"
            self.faults.add(span_at(self.node, (*at, "cite")), codes.RF139, "the violation has no source", hint)
        if doc.where is None:
            return Always()
        where = read_condition(node_at(self.node, (*at, "where")), self.names, self.faults)
        if where is not None and outputs_of(where):
            message = "the known violation is described by the result of a decision"
            self.faults.add(span_at(self.node, (*at, "where")), codes.RF124, message, "use findings only")
        return where
