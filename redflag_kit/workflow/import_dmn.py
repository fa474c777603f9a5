"""`redflag import`: a decision model of another tool as files of a project."""

from dataclasses import dataclass

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.codes import Severity
from redflag_kit.diagnostics.diagnostic import Diagnostic, sorted_unique
from redflag_kit.diagnostics.span import file_start
from redflag_kit.dmn.carried import carried_documents, differences
from redflag_kit.dmn.import_findings import Choices
from redflag_kit.dmn.import_model import Documents, documents_of
from redflag_kit.dmn.model import Model
from redflag_kit.dmn.read import read_dmn
from redflag_kit.dmn.write import graph_of
from redflag_kit.dmn.write_xml import xml_of
from redflag_kit.model.guideline import Guideline
from redflag_kit.results.envelope import Envelope, ResultInput
from redflag_kit.results.imported import ImportBody, ImportedFile
from redflag_kit.source.dump import Data, dump
from redflag_kit.source.library import build_library
from redflag_kit.source.places import ParsedFile
from redflag_kit.source.reader import read_yaml
from redflag_kit.workflow.envelope import FINDINGS, NOT_LOADED, OK, STATUS

NO_CHOICES = Choices()
NOTE = "# Imported from a decision model. Not for patient care; no clinician has reviewed it.\n"


@dataclass(frozen=True, slots=True)
class Imported:
    """The files of a project by their paths, none if something cannot be imported, and what is to be said of it."""

    files: dict[str, str]
    guideline: Guideline | None
    diagnostics: tuple[Diagnostic, ...]


def import_dmn(data: bytes, file: str, *, choices: Choices = NO_CHOICES, standard_only: bool = False) -> Imported:
    """Return a decision model as the files of a project; all that is in the way at once, and then no files."""
    reading = read_dmn(data, file)
    faults = tuple(one for one in reading.diagnostics if one.code.severity is Severity.ERROR)
    if reading.model is None or faults:
        return Imported({}, None, reading.diagnostics)
    carried = None if standard_only else carried_documents(data, file)
    if carried is not None:
        imported = _restored(carried, reading.model, file)
    else:
        documents, found = documents_of(reading.model, choices)
        imported = Imported({}, None, found) if documents is None else _loaded(_named(documents), file, found)
    return Imported(imported.files, imported.guideline, sorted_unique((*reading.diagnostics, *imported.diagnostics)))


def import_result(imported: Imported, file: str, written: str | None) -> Envelope:
    """Return what an import came to as a result; `written` names the folder that the files went to."""
    severe = any(one.code.severity is Severity.ERROR for one in imported.diagnostics)
    code = OK if imported.files else FINDINGS if severe else NOT_LOADED
    guideline = imported.guideline
    name = guideline.name if guideline else ""
    files = tuple(ImportedFile(path, text) for path, text in imported.files.items())
    summary: dict[str, object] = {"guideline": name, "files": len(files), "written": written is not None}
    inputs = (ResultInput("model", file, name.partition("@")[0], name.partition("@")[2], file, ""),)
    return Envelope(
        "import",
        STATUS[code],
        code,
        inputs,
        diagnostics=imported.diagnostics,
        summary=summary,
        body=ImportBody(name, written or "", files),
    )


def _named(documents: Documents) -> dict[str, dict[str, Data]]:
    return {"vocabulary": documents.vocabulary, "guideline": documents.guideline, "sources": documents.sources}


def _restored(carried: dict[str, dict[str, Data]], model: Model, file: str) -> Imported:
    """Return the guideline that a file carries, if its standard elements still say the same."""
    hint = "edit the guideline and export it again, or import with --standard-only"
    if not carried:
        message = "the guideline that the file carries is not whole"
        return Imported({}, None, (Diagnostic(file_start(file), codes.RF082, message, hint),))
    imported = _loaded(carried, file, ())
    if imported.guideline is None:
        return imported
    expected = read_dmn(xml_of(graph_of(imported.guideline, {})).encode(), file).model
    assert expected is not None, "what is exported can be read"
    faults = tuple(
        Diagnostic(span or file_start(file), codes.RF082, message, hint)
        for span, message in differences(model, expected)
    )
    return Imported({}, None, faults) if faults else imported


def _loaded(documents: dict[str, dict[str, Data]], file: str, found: tuple[Diagnostic, ...]) -> Imported:
    """Return the documents as files, after reading them back as the project would."""
    files = {path: NOTE + dump(data) for path, data in _placed(documents).items()}
    parsed = []
    faults: list[Diagnostic] = []
    for path, text in files.items():
        node, more = read_yaml(text.encode(), path)
        faults += more
        parsed += [ParsedFile(path, node)] if node is not None else []
    library, more = build_library(parsed)
    errors = [one for one in (*faults, *more) if one.code.severity is Severity.ERROR]
    if errors or len(library.guidelines) != 1:
        told = tuple(_told(one, file) for one in errors)
        return Imported({}, None, (*found, *told))
    return Imported(files, library.guidelines[0], found)


def _told(fault: Diagnostic, file: str) -> Diagnostic:
    message = f"the guideline made from the model is not valid: {fault.message} ({fault.code.id})"
    return Diagnostic(file_start(file), codes.RF080, message, fault.help)


def _placed(documents: dict[str, dict[str, Data]]) -> dict[str, dict[str, Data]]:
    """Return the documents by the path each has in a project."""
    guideline, vocabulary = documents["guideline"], documents["vocabulary"]
    folder = f"guidelines/{vocabulary.get('id')}"
    placed = {f"{folder}/vocabulary.yaml": vocabulary}
    if "sources" in documents:
        placed[f"{folder}/sources.yaml"] = documents["sources"]
    placed[f"{folder}/{guideline.get('id')}/{guideline.get('version')}.yaml"] = guideline
    return placed
