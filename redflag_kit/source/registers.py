"""Build registers of claims, and check that every claim has a home and every home exists."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic, Note, did_you_mean, quoted
from redflag_kit.model.claim import Claim, Contradiction, Register
from redflag_kit.model.evidence import Source
from redflag_kit.model.vocabulary import Vocabulary
from redflag_kit.source.claim_documents import ClaimDoc, ClaimsDoc, ContradictionDoc
from redflag_kit.source.declared import NamedClaim, claims_named, ids_in, of_vocabulary
from redflag_kit.source.figures import NUMBER, quoted_without_claim
from redflag_kit.source.names import Faults
from redflag_kit.source.nodes import Node, Path, span_at
from redflag_kit.source.parameters import check_unique
from redflag_kit.source.places import ParsedFile, UnreadFile, is_named, noted_in, vocabulary_above
from redflag_kit.source.validate import validate

_HOME = "name it in a rule's `claims:`, name vignettes or properties here, or say why with `no_rule:`"


@dataclass(frozen=True, slots=True)
class Homes:
    """Where claims can live: claims that rules name, vignettes and properties; None where a file could not be read."""

    rules: Collection[str] | None
    vignettes: Collection[str] | None
    properties: Collection[str] | None


def homes_of(vocabulary: str, nodes: Mapping[str, list[Node]], is_lost: Callable[[str], bool]) -> Homes:
    """Return where the claims over a vocabulary can live, of the files by schema; `is_lost` names kinds of files."""

    def own(schema: str) -> tuple[Node, ...]:
        return of_vocabulary(nodes.get(schema, ()), vocabulary)

    return Homes(
        rules=None if is_lost("guideline") else {one.claim.text for one in claims_named(own("redflag/guideline/1"))},
        vignettes=None if is_lost("vignettes") else ids_in(own("redflag/vignettes/1"), "vignettes"),
        properties=None if is_lost("properties") else ids_in(own("redflag/properties/1"), "properties"),
    )


def read_registers(
    by_schema: Mapping[str, list[ParsedFile]],
    lost: list[UnreadFile],
    vocabularies: dict[str, Vocabulary | None],
    sources: dict[str, dict[str, Source]],
    found: list[Diagnostic],
) -> tuple[Register, ...]:
    """Return the registers, after everything that may be a home of a claim, or quote its figures, was read."""
    nodes = {schema: [file.node for file in files] for schema, files in by_schema.items()}
    registers: list[Register] = []
    known: dict[str, set[str]] = {}

    def is_lost(kind: str) -> bool:
        return any(one.schema is None or one.is_a(kind) for one in lost)

    complete = not is_lost("claims")
    for file in by_schema.get("redflag/claims/1", []):
        doc, faults = validate(file.node, ClaimsDoc)
        found += faults
        vocabulary, folder = vocabulary_above(file, "register of claims", vocabularies, found)
        if doc is None or vocabulary is None or not is_named(doc.vocabulary, file, vocabulary, found):
            complete = False
            continue
        known.setdefault(vocabulary.id, set()).update(one.id for one in doc.claims)
        homes = homes_of(vocabulary.id, nodes, is_lost)
        with noted_in(found) as noted:
            registers.append(build_register(doc, file.node, sources.get(folder, {}), homes, noted))
    for name, ids in known.items() if complete else ():
        found += unknown_claims(claims_named(of_vocabulary(nodes.get("redflag/guideline/1", ()), name)), ids)
    found += given_twice(registers)
    claims = [claim for register in registers for claim in register.claims]
    found += quoted_without_claim((node for some in nodes.values() for node in some), claims)
    return tuple(registers)


def build_register(doc: ClaimsDoc, node: Node, sources: dict[str, Source], homes: Homes, faults: Faults) -> Register:
    """Return the register of a file; claims and contradictions with faults are left out and noted."""
    check_unique([one.id for one in doc.claims], node, ("claims",), "claim", faults, key="id")
    check_unique([one.id for one in doc.contradictions], node, ("contradictions",), "contradiction", faults, key="id")
    if not doc.claims:
        faults.add(span_at(node, ("claims",)), codes.RF139, "the register has no claim", "add at least one")
    builder = _Builder(doc, node, sources, homes, faults)
    claims = [builder.claim(one, ("claims", i)) for i, one in enumerate(doc.claims)]
    contradictions = [builder.contradiction(one, ("contradictions", i)) for i, one in enumerate(doc.contradictions)]
    return Register(
        title=doc.title,
        vocabulary=doc.vocabulary,
        sections=doc.sections,
        groups=doc.groups,
        claims=tuple(one for one in claims if one),
        contradictions=tuple(one for one in contradictions if one),
        sources=sources,
        span=span_at(node, ("schema",)),
    )


def unknown_claims(named: Iterable[NamedClaim], known: Collection[str]) -> Iterator[Diagnostic]:
    """Yield the claims that rules name and no register has."""
    for one in named:
        if one.claim.text not in known:
            hint = did_you_mean(one.claim.text, known) or "correct the id, or add the claim to the register"
            message = f"the rule {quoted(one.rule)} names the claim {quoted(one.claim.text)}, which no register has"
            yield Diagnostic(one.claim.span, codes.RF160, message, hint, rules=(one.rule,))


def given_twice(registers: Iterable[Register]) -> Iterator[Diagnostic]:
    """Yield the claims that two registers of a project have: a text that names one must have one verdict."""
    first: dict[str, Claim] = {}
    for register in registers:
        for one in register.claims:
            earlier = first.setdefault(one.id, one)
            if earlier.span.file != one.span.file:
                note = Note(earlier.span, "first given here")
                message = f"the claim {quoted(one.id)} is given twice"
                yield Diagnostic(one.span, codes.RF106, message, "rename one", (note,))


class _Builder:
    """Reads the entries of one register."""

    def __init__(self, doc: ClaimsDoc, node: Node, sources: dict[str, Source], homes: Homes, faults: Faults) -> None:
        self.doc = doc
        self.known = [one.id for one in doc.claims]
        self.node = node
        self.sources = sources
        self.homes = homes
        self.faults = faults

    def claim(self, doc: ClaimDoc, at: Path) -> Claim | None:
        before = len(self.faults.found)
        span = span_at(self.node, (*at, "id"))
        self.faults.rule_id(doc.id, span, "a claim")
        group = doc.id.rpartition("-")[0]
        self.declared("group", group, doc.id, self.doc.groups, (*at, "id"))
        self.declared("section", doc.section, doc.id, self.doc.sections, (*at, "section"))
        for position, key in enumerate(doc.sources):
            self.faults.cite(key, span_at(self.node, (*at, "sources", position)), self.sources)
        self.figures(doc, at)
        self.named("vignette", doc.vignettes, self.homes.vignettes, (*at, "vignettes"))
        self.named("property", doc.properties, self.homes.properties, (*at, "properties"))
        self.home(doc, at)
        claim = Claim(
            id=doc.id,
            group=group,
            section=doc.section,
            says=doc.says,
            verdict=doc.verdict,
            why=doc.why,
            sources=tuple(doc.sources),
            figures=tuple(doc.figures),
            vignettes=tuple(doc.vignettes),
            properties=tuple(doc.properties),
            no_rule=doc.no_rule or "",
            span=span,
        )
        return claim if all(one.code in _OF_HOMES for one in self.faults.found[before:]) else None

    def contradiction(self, doc: ContradictionDoc, at: Path) -> Contradiction | None:
        before = len(self.faults.found)
        span = span_at(self.node, (*at, "id"))
        self.faults.rule_id(doc.id, span, "a contradiction")
        if len(set(doc.claims)) < 2:
            message = f"the contradiction {quoted(doc.id)} is not between two claims"
            self.faults.add(span_at(self.node, (*at, "claims")), codes.RF139, message, "name the claims that clash")
        for position, name in enumerate(doc.claims):
            if name not in self.known:
                hint = did_you_mean(name, self.known) or "correct the id, or add the claim"
                place = span_at(self.node, (*at, "claims", position))
                self.faults.add(place, codes.RF160, f"no claim is called {quoted(name)}", hint)
        if not doc.vignettes:
            message = f"no vignette shows the contradiction {quoted(doc.id)}"
            self.faults.add(span_at(self.node, (*at, "vignettes")), codes.RF139, message, "name at least one")
        self.named("vignette", doc.vignettes, self.homes.vignettes, (*at, "vignettes"))
        if len(self.faults.found) > before:
            return None
        return Contradiction(doc.id, doc.says, tuple(doc.claims), doc.patient, tuple(doc.vignettes), span)

    def declared(self, what: str, name: str, claim: str, known: dict[str, str], at: Path) -> None:
        if name in known:
            return
        message = f"the {what} {quoted(name)} of the claim {quoted(claim)} is not declared"
        if not name:
            message = f"the claim {quoted(claim)} belongs to no group"
        hint = did_you_mean(name, known) or f"declared are {', '.join(known) or 'none'}"
        self.faults.add(span_at(self.node, at), codes.RF166, message, hint)

    def figures(self, doc: ClaimDoc, at: Path) -> None:
        """Check that a statistic lists its figures, and nothing else does."""
        span = span_at(self.node, (*at, "figures" if doc.figures else "id"))
        if doc.statistic and not doc.figures:
            message, hint = (
                f"the statistic {quoted(doc.id)} lists no figure",
                "add `figures: [...]` as the text has them",
            )
            self.faults.add(span, codes.RF165, message, hint)
        if doc.figures and not doc.statistic:
            message = f"the claim {quoted(doc.id)} lists figures and is no statistic"
            self.faults.add(span, codes.RF165, message, "add `statistic: true`, or delete the figures")
        for position, figure in enumerate(doc.figures):
            if not NUMBER.search(figure):
                place = span_at(self.node, (*at, "figures", position))
                hint = "write the number with its unit, such as `83 %`"
                self.faults.add(place, codes.RF165, f"the figure {quoted(figure)} has no number", hint)

    def named(self, what: str, given: list[str], known: Collection[str] | None, at: Path) -> None:
        for position, name in enumerate(given):
            if known is not None and name not in known:
                hint = did_you_mean(name, known) or "correct the id"
                message = f"no {what} of this vocabulary is called {quoted(name)}"
                self.faults.add(span_at(self.node, (*at, position)), codes.RF163, message, hint)

    def home(self, doc: ClaimDoc, at: Path) -> None:
        """Check that a claim has a home, or a reason why it has none, and not both."""
        by_rule = self.homes.rules is not None and doc.id in self.homes.rules
        here = bool(doc.vignettes or doc.properties)
        if doc.no_rule is not None and (by_rule or here):
            where = "a rule names it" if by_rule else "vignettes or properties are named beside it"
            message = f"the claim {quoted(doc.id)} says why nothing implements it, but {where}"
            self.faults.add(span_at(self.node, (*at, "no_rule")), codes.RF162, message, "delete one of the two")
        empty = not (doc.no_rule or "").strip()
        if empty and not by_rule and not here and self.homes.rules is not None:
            message = f"nothing implements the claim {quoted(doc.id)}, and no reason is given"
            self.faults.add(span_at(self.node, (*at, "id")), codes.RF161, message, _HOME)


_OF_HOMES = frozenset({codes.RF161, codes.RF162, codes.RF163})
"""What may be wrong with a claim that is shown all the same."""
