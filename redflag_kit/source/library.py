"""Put the files of a project together: vocabularies with their sources, guidelines, properties and vignettes.

Pure: takes trees, returns the model and every diagnostic. A file that fails does not keep others from being read,
except that nothing can be said of guidelines and vignettes whose vocabulary failed, beyond their shape.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import PurePosixPath

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic, Note, did_you_mean, quoted, sorted_unique
from redflag_kit.diagnostics.span import Span
from redflag_kit.model.claim import Register
from redflag_kit.model.evidence import Source
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.hazard import HazardLog
from redflag_kit.model.property import Property
from redflag_kit.model.vignette import Vignette
from redflag_kit.model.vocabulary import Vocabulary
from redflag_kit.source.citations import citations
from redflag_kit.source.claim_documents import ClaimsDoc
from redflag_kit.source.declared import claims_named, of_vocabulary
from redflag_kit.source.documents import GuidelineDoc, PropertiesDoc, SourcesDoc, VignettesDoc, VocabularyDoc
from redflag_kit.source.figures import quoted_without_claim
from redflag_kit.source.guidelines import build_guideline
from redflag_kit.source.hazard_documents import HazardsDoc
from redflag_kit.source.hazards import Controls, build_hazards, link_faults
from redflag_kit.source.names import Faults, TooManyFaultsError
from redflag_kit.source.nodes import Node, span_at
from redflag_kit.source.properties import build_properties
from redflag_kit.source.registers import build_register, given_twice, homes_of, unknown_claims
from redflag_kit.source.sources import build_sources
from redflag_kit.source.supersession import check_families
from redflag_kit.source.validate import check_schema, schema_of, validate
from redflag_kit.source.vignettes import build_vignettes
from redflag_kit.source.vocabularies import build_vocabulary


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A file of the project as a tree; `path` is relative to the project, with forward slashes."""

    path: str
    node: Node


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A file of the project that could not be read, with the schema it follows as far as that is known."""

    path: str
    schema: str | None

    def is_a(self, kind: str) -> bool:
        """Say whether it is, or by its name should be, a file of this kind, e.g. `vocabulary`."""
        return self.schema.startswith(f"redflag/{kind}") if self.schema else PurePosixPath(self.path).stem == kind


@dataclass(frozen=True, slots=True)
class Library:
    """Everything a project declares, in a fixed order: guidelines by id and version, the rest by file and line.

    `cited`: every source that some file cites.
    """

    vocabularies: tuple[Vocabulary, ...]
    guidelines: tuple[Guideline, ...]
    vignettes: tuple[tuple[str, Vignette], ...]
    files: int
    properties: tuple[Property, ...] = ()
    hazards: tuple[HazardLog, ...] = ()
    registers: tuple[Register, ...] = ()
    cited: frozenset[str] = frozenset()

    def verdicts(self) -> dict[str, str]:
        """Return the verdict on each claim of every register."""
        return {claim.id: claim.verdict for register in self.registers for claim in register.claims}


class _AnySource(dict[str, Source]):
    """Stands in for a bibliography that could not be read, so that its fault is told once and not at every citation."""

    def __contains__(self, key: object) -> bool:
        return True

    def __missing__(self, key: str) -> Source:
        return Source(key, key, (), "", "", "", "", "", "not_read", "")


def build_library(
    files: Iterable[ParsedFile], unread: Iterable[UnreadFile] = ()
) -> tuple[Library, tuple[Diagnostic, ...]]:
    """Return the library and every diagnostic in source order.

    The faults of `unread` files are known already; nothing is said of what follows from them.
    """
    found: list[Diagnostic] = []
    lost = list(unread)
    by_schema: dict[str, list[ParsedFile]] = {}
    count = 0
    for file in sorted(files, key=lambda file: file.path):
        count += 1
        faults = check_schema(file.node)
        found += faults
        if faults:
            lost.append(UnreadFile(file.path, schema_of(file.node)))
        else:
            by_schema.setdefault(str(schema_of(file.node)), []).append(file)
    sources: dict[str, dict[str, Source]] = {_folder(one.path): _AnySource() for one in lost if one.is_a("sources")}
    _sources(by_schema.get("redflag/sources/1", []), sources, found)
    vocabularies: dict[str, Vocabulary | None] = {_folder(one.path): None for one in lost if one.is_a("vocabulary")}
    _vocabularies(by_schema.get("redflag/vocabulary/1", []), vocabularies, sources, found)
    _check_places(by_schema.get("redflag/sources/1", []), vocabularies, found)
    guidelines = _guidelines(by_schema.get("redflag/guideline/1", []), vocabularies, sources, found)
    vignettes = _vignettes(by_schema.get("redflag/vignettes/1", []), vocabularies, found)
    complete = len(guidelines) == len(by_schema.get("redflag/guideline/1", [])) and not any(
        one.schema is None or one.is_a("guideline") for one in lost
    )
    found += check_families(guidelines, complete)
    properties = _properties(
        by_schema.get("redflag/properties/1", []), vocabularies, guidelines, complete, sources, found
    )
    logs = by_schema.get("redflag/hazards/1", [])
    hazards = _hazards(logs, lost, vocabularies, (guidelines, properties, vignettes), sources, found)
    registers = _registers(by_schema, lost, vocabularies, sources, found)
    loaded = tuple(v for v in vocabularies.values() if v is not None)
    cited = frozenset(key for some in by_schema.values() for file in some for key in citations(file.node))
    return Library(loaded, guidelines, vignettes, count, properties, hazards, registers, cited), sorted_unique(found)


def _folder(path: str) -> str:
    return str(PurePosixPath(path).parent)


def _sources(files: list[ParsedFile], sources: dict[str, dict[str, Source]], found: list[Diagnostic]) -> None:
    """Add a bibliography per folder."""
    first: dict[str, ParsedFile] = {}
    for file in files:
        if first.setdefault(_folder(file.path), file) is not file:
            note = Note(_start(first[_folder(file.path)]), "the other bibliography")
            message = "this folder has another bibliography already"
            found.append(Diagnostic(_start(file), codes.RF106, message, "keep one bibliography in a folder", (note,)))
            sources[_folder(file.path)] = _AnySource()
            continue
        doc, faults = validate(file.node, SourcesDoc)
        found += faults
        if doc is None:
            sources[_folder(file.path)] = _AnySource()
            continue
        with _noted(found) as noted:
            sources[_folder(file.path)] = _AnySource()
            sources[_folder(file.path)] = build_sources(doc, file.node, noted)


def _check_places(
    files: list[ParsedFile], vocabularies: Mapping[str, Vocabulary | None], found: list[Diagnostic]
) -> None:
    """Note bibliographies that nothing would read."""
    for file in files:
        if _folder(file.path) not in vocabularies:
            message = "this bibliography has no vocabulary beside it, so nothing reads it"
            hint = "move its entries to the sources.yaml beside the vocabulary"
            found.append(Diagnostic(_start(file), codes.RF141, message, hint))


def _start(file: ParsedFile) -> Span:
    return span_at(file.node, ("schema",))


@contextmanager
def _noted(found: list[Diagnostic]) -> Iterator[Faults]:
    """Collect the faults of one file; reading it ends early where there are too many."""
    noted = Faults()
    with suppress(TooManyFaultsError):
        yield noted
    found += noted.found


def _vocabularies(
    files: list[ParsedFile],
    vocabularies: dict[str, Vocabulary | None],
    sources: dict[str, dict[str, Source]],
    found: list[Diagnostic],
) -> None:
    """Add a vocabulary per folder, None where it failed."""
    first: dict[str, ParsedFile] = {}
    in_folder: dict[str, ParsedFile] = {}
    for file in files:
        folder = _folder(file.path)
        if in_folder.setdefault(folder, file) is not file:
            note = Note(_start(in_folder[folder]), "the other vocabulary")
            message = "this folder has another vocabulary already"
            found.append(Diagnostic(_start(file), codes.RF106, message, "keep one vocabulary in a folder", (note,)))
            continue
        doc, faults = validate(file.node, VocabularyDoc)
        found += faults
        vocabularies[folder] = None
        if doc is None:
            continue
        if doc.id in first:
            note = Note(span_at(first[doc.id].node, ("id",)), "first given here")
            message = f"the vocabulary {quoted(doc.id)} is declared twice"
            found.append(Diagnostic(span_at(file.node, ("id",)), codes.RF106, message, "rename one", (note,)))
        with _noted(found) as noted:
            built = build_vocabulary(doc, file.node, sources.get(folder, {}), file.path, noted)
            if not noted.has_error and first.setdefault(doc.id, file) is file:
                vocabularies[folder] = built


def _guidelines(
    files: list[ParsedFile],
    vocabularies: dict[str, Vocabulary | None],
    sources: dict[str, dict[str, Source]],
    found: list[Diagnostic],
) -> tuple[Guideline, ...]:
    guidelines: dict[tuple[str, str], Guideline] = {}
    for file in files:
        doc, faults = validate(file.node, GuidelineDoc)
        found += faults
        vocabulary, folder = _vocabulary_above(file, "guideline", vocabularies, found)
        if doc is None or vocabulary is None or not _is_named(doc.vocabulary, file, vocabulary, found):
            continue
        guideline = None
        with _noted(found) as noted:
            guideline = build_guideline(doc, file.node, vocabulary, sources.get(folder, {}), file.path, noted)
        if guideline is None:
            continue
        key = (guideline.id, guideline.version.text)
        if key in guidelines:
            note = Note(guidelines[key].span, "first declared here")
            message = f"the guideline {quoted(guideline.name)} is declared in two files"
            found.append(Diagnostic(guideline.span, codes.RF140, message, "give one of them another version", (note,)))
            continue
        guidelines[key] = guideline
    return tuple(sorted(guidelines.values(), key=lambda g: (g.id, g.version)))


def _vocabulary_above(
    file: ParsedFile, what: str, vocabularies: Mapping[str, Vocabulary | None], found: list[Diagnostic]
) -> tuple[Vocabulary | None, str]:
    """Return the vocabulary of the nearest folder that has one, with that folder; None after noting that none has."""
    folder = next((str(p) for p in PurePosixPath(file.path).parents if str(p) in vocabularies), None)
    if folder is None:
        message = f"no folder above this {what} has a vocabulary"
        place = span_at(file.node, ("id",))
        found.append(Diagnostic(place, codes.RF141, message, "put a vocabulary.yaml beside it or above it"))
        return None, ""
    return vocabularies[folder], folder


def _is_named(name: str, file: ParsedFile, vocabulary: Vocabulary, found: list[Diagnostic]) -> bool:
    """Say whether a file names the vocabulary of its folder, after noting that it does not."""
    if name == vocabulary.id:
        return True
    hint = did_you_mean(name, [vocabulary.id]) or f"the vocabulary of this folder is {vocabulary.id}"
    message = f"no vocabulary of this folder is called {quoted(name)}"
    found.append(Diagnostic(span_at(file.node, ("vocabulary",)), codes.RF115, message, hint))
    return False


def _properties(
    files: list[ParsedFile],
    vocabularies: dict[str, Vocabulary | None],
    guidelines: tuple[Guideline, ...],
    complete: bool,
    sources: dict[str, dict[str, Source]],
    found: list[Diagnostic],
) -> tuple[Property, ...]:
    first: dict[tuple[str, str], Property] = {}
    for file in files:
        doc, faults = validate(file.node, PropertiesDoc)
        found += faults
        vocabulary, folder = _vocabulary_above(file, "file of properties", vocabularies, found)
        if doc is None or vocabulary is None or not _is_named(doc.vocabulary, file, vocabulary, found):
            continue
        built: tuple[Property, ...] = ()
        with _noted(found) as noted:
            built = build_properties(doc, file.node, vocabulary, guidelines, complete, sources.get(folder, {}), noted)
        for one in built:
            known = first.setdefault((vocabulary.id, one.id), one)
            if known is not one and known.span.file != one.span.file:
                note = Note(known.span, "first given here")
                message = f"the property {quoted(one.id)} is given twice"
                found.append(Diagnostic(one.span, codes.RF106, message, "rename one", (note,)))
    return tuple(first.values())


def _hazards(
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
        vocabulary, folder = _vocabulary_above(file, "hazard log", vocabularies, found)
        if doc is None or vocabulary is None or not _is_named(doc.vocabulary, file, vocabulary, found):
            sound = False
            continue
        if first.setdefault(vocabulary.id, file) is not file:
            note = Note(_start(first[vocabulary.id]), "the other hazard log")
            message = f"the vocabulary {quoted(vocabulary.id)} has another hazard log already"
            found.append(Diagnostic(_start(file), codes.RF106, message, "keep one hazard log", (note,)))
            continue
        known = Controls(
            tuple(one for one in guidelines if one.vocabulary.id == vocabulary.id),
            tuple(one for one in properties if one.vocabulary == vocabulary.id),
            frozenset(vignette.id for name, vignette in vignettes if name == vocabulary.id),
            sound,
        )
        logs[vocabulary.id] = None
        with _noted(found) as noted:
            logs[vocabulary.id] = build_hazards(doc, file.node, known, sources.get(folder, {}), noted)
    for name in sorted({one.vocabulary for one in properties}):
        if sound and (name not in logs or logs[name] is not None):
            found += link_faults(logs.get(name), [one for one in properties if one.vocabulary == name])
    return tuple(log for log in logs.values() if log is not None)


def _registers(
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
        vocabulary, folder = _vocabulary_above(file, "register of claims", vocabularies, found)
        if doc is None or vocabulary is None or not _is_named(doc.vocabulary, file, vocabulary, found):
            complete = False
            continue
        known.setdefault(vocabulary.id, set()).update(one.id for one in doc.claims)
        homes = homes_of(vocabulary.id, nodes, is_lost)
        with _noted(found) as noted:
            registers.append(build_register(doc, file.node, sources.get(folder, {}), homes, noted))
    for name, ids in known.items() if complete else ():
        found += unknown_claims(claims_named(of_vocabulary(nodes.get("redflag/guideline/1", ()), name)), ids)
    found += given_twice(registers)
    claims = [claim for register in registers for claim in register.claims]
    found += quoted_without_claim((node for some in nodes.values() for node in some), claims)
    return tuple(registers)


def _vignettes(
    files: list[ParsedFile], vocabularies: dict[str, Vocabulary | None], found: list[Diagnostic]
) -> tuple[tuple[str, Vignette], ...]:
    by_id = {v.id: v for v in vocabularies.values() if v is not None}
    vignettes: list[tuple[str, Vignette]] = []
    first: dict[str, Vignette] = {}
    for file in files:
        doc, faults = validate(file.node, VignettesDoc)
        found += faults
        if doc is None or (doc.vocabulary not in by_id and None in vocabularies.values()):
            continue
        if doc.vocabulary not in by_id:
            hint = (
                did_you_mean(doc.vocabulary, by_id) or f"the project has {', '.join(sorted(by_id)) or 'no vocabulary'}"
            )
            message = f"no vocabulary is called {quoted(doc.vocabulary)}"
            found.append(Diagnostic(span_at(file.node, ("vocabulary",)), codes.RF115, message, hint))
            continue
        built: tuple[Vignette, ...] = ()
        with _noted(found) as noted:
            built = build_vignettes(doc, file.node, by_id[doc.vocabulary], noted)
        for vignette in built:
            known = first.setdefault(vignette.id, vignette)
            if known is not vignette and known.span.file != vignette.span.file:
                note = Note(known.span, "first given here")
                message = f"the vignette {quoted(vignette.id)} is given twice"
                found.append(Diagnostic(vignette.span, codes.RF106, message, "rename one", (note,)))
                continue
            vignettes.append((doc.vocabulary, vignette))
    return tuple(vignettes)
