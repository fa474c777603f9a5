"""Put the files of a project together: vocabularies with their sources, guidelines, properties and vignettes.

Pure: takes trees, returns the model and every diagnostic. A file that fails does not keep others from being read,
except that nothing can be said of guidelines and vignettes whose vocabulary failed, beyond their shape.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic, Note, did_you_mean, quoted, sorted_unique
from redflag_kit.model.approval import Approval
from redflag_kit.model.claim import Register
from redflag_kit.model.evidence import Source
from redflag_kit.model.exemption import Exemption
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.hazard import HazardLog
from redflag_kit.model.property import Property
from redflag_kit.model.vignette import Vignette
from redflag_kit.model.vocabulary import Vocabulary
from redflag_kit.source.approvals import check_record_places, is_record_place, read_approvals
from redflag_kit.source.citations import citations
from redflag_kit.source.documents import GuidelineDoc, PropertiesDoc, SourcesDoc, VignettesDoc, VocabularyDoc
from redflag_kit.source.exemptions import read_exemptions
from redflag_kit.source.guidelines import build_guideline
from redflag_kit.source.hazards import read_hazard_logs
from redflag_kit.source.nodes import span_at
from redflag_kit.source.places import ParsedFile, UnreadFile, folder_of, is_named, noted_in, start_of, vocabulary_above
from redflag_kit.source.properties import build_properties
from redflag_kit.source.registers import read_registers
from redflag_kit.source.sources import build_sources
from redflag_kit.source.supersession import check_families
from redflag_kit.source.validate import check_schema, schema_of, validate
from redflag_kit.source.vignettes import build_vignettes
from redflag_kit.source.vocabularies import build_vocabulary


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
    approvals: tuple[Approval, ...] = ()
    exemptions: tuple[Exemption, ...] = ()

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
    lost = [one for one in unread if not is_record_place(one.path)]  # nothing else rests on records
    by_schema: dict[str, list[ParsedFile]] = {}
    count = 0
    ordered = sorted(files, key=lambda file: file.path)
    found += check_record_places(ordered)
    for file in ordered:
        count += 1
        faults = check_schema(file.node)
        found += faults
        if faults:
            lost.append(UnreadFile(file.path, schema_of(file.node)))
        else:
            by_schema.setdefault(str(schema_of(file.node)), []).append(file)
    sources: dict[str, dict[str, Source]] = {folder_of(one.path): _AnySource() for one in lost if one.is_a("sources")}
    _sources(by_schema.get("redflag/sources/1", []), sources, found)
    vocabularies: dict[str, Vocabulary | None] = {folder_of(one.path): None for one in lost if one.is_a("vocabulary")}
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
    hazards = read_hazard_logs(logs, lost, vocabularies, (guidelines, properties, vignettes), sources, found)
    registers = read_registers(by_schema, lost, vocabularies, sources, found)
    approvals = read_approvals(by_schema.get("redflag/approval/1", []), guidelines, complete, found)
    exemptions = read_exemptions(by_schema.get("redflag/mutants/1", []), guidelines, complete, found)
    loaded = tuple(v for v in vocabularies.values() if v is not None)
    cited = frozenset(key for some in by_schema.values() for file in some for key in citations(file.node))
    library = Library(
        loaded, guidelines, vignettes, count, properties, hazards, registers, cited, approvals, exemptions
    )
    return library, sorted_unique(found)


def _sources(files: list[ParsedFile], sources: dict[str, dict[str, Source]], found: list[Diagnostic]) -> None:
    """Add a bibliography per folder."""
    first: dict[str, ParsedFile] = {}
    for file in files:
        if first.setdefault(folder_of(file.path), file) is not file:
            note = Note(start_of(first[folder_of(file.path)]), "the other bibliography")
            message = "this folder has another bibliography already"
            found.append(Diagnostic(start_of(file), codes.RF106, message, "keep one bibliography in a folder", (note,)))
            sources[folder_of(file.path)] = _AnySource()
            continue
        doc, faults = validate(file.node, SourcesDoc)
        found += faults
        if doc is None:
            sources[folder_of(file.path)] = _AnySource()
            continue
        with noted_in(found) as noted:
            sources[folder_of(file.path)] = _AnySource()
            sources[folder_of(file.path)] = build_sources(doc, file.node, noted)


def _check_places(
    files: list[ParsedFile], vocabularies: Mapping[str, Vocabulary | None], found: list[Diagnostic]
) -> None:
    """Note bibliographies that nothing would read."""
    for file in files:
        if folder_of(file.path) not in vocabularies:
            message = "this bibliography has no vocabulary beside it, so nothing reads it"
            hint = "move its entries to the sources.yaml beside the vocabulary"
            found.append(Diagnostic(start_of(file), codes.RF141, message, hint))


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
        folder = folder_of(file.path)
        if in_folder.setdefault(folder, file) is not file:
            note = Note(start_of(in_folder[folder]), "the other vocabulary")
            message = "this folder has another vocabulary already"
            found.append(Diagnostic(start_of(file), codes.RF106, message, "keep one vocabulary in a folder", (note,)))
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
        with noted_in(found) as noted:
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
        vocabulary, folder = vocabulary_above(file, "guideline", vocabularies, found)
        if doc is None or vocabulary is None or not is_named(doc.vocabulary, file, vocabulary, found):
            continue
        guideline = None
        with noted_in(found) as noted:
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
        vocabulary, folder = vocabulary_above(file, "file of properties", vocabularies, found)
        if doc is None or vocabulary is None or not is_named(doc.vocabulary, file, vocabulary, found):
            continue
        built: tuple[Property, ...] = ()
        with noted_in(found) as noted:
            built = build_properties(doc, file.node, vocabulary, guidelines, complete, sources.get(folder, {}), noted)
        for one in built:
            known = first.setdefault((vocabulary.id, one.id), one)
            if known is not one and known.span.file != one.span.file:
                note = Note(known.span, "first given here")
                message = f"the property {quoted(one.id)} is given twice"
                found.append(Diagnostic(one.span, codes.RF106, message, "rename one", (note,)))
    return tuple(first.values())


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
        with noted_in(found) as noted:
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
