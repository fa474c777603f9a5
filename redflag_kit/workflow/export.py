"""`redflag export`: a guideline for other tools."""

from redflag_kit.diagnostics.diagnostic import quoted
from redflag_kit.dmn.drg import Data
from redflag_kit.dmn.feel_phrase import NotInDmnError
from redflag_kit.dmn.write import graph_of
from redflag_kit.dmn.write_xml import DmnVersion, xml_of
from redflag_kit.model.guideline import Guideline
from redflag_kit.project.load import Project
from redflag_kit.source.nodes import Node, plain
from redflag_kit.source.reader import read_file
from redflag_kit.source.validate import schema_of
from redflag_kit.workflow.envelope import FINDINGS, UsageError


def export_dmn(project: Project, guideline: Guideline, version: DmnVersion) -> str:
    """Return the guideline as a DMN file. Raises UsageError, exit code 1, naming what DMN cannot say exactly."""
    try:
        return xml_of(graph_of(guideline, _carried(project, guideline)), version)
    except NotInDmnError as error:
        message = f"{guideline.name} cannot be written as DMN: {error}"
        hint = f"nothing was written; {quoted('redflag show')} prints every guideline"
        raise UsageError(message, hint, FINDINGS) from error


def _carried(project: Project, guideline: Guideline) -> Data:
    """Return the authored documents as plain data: the guideline, its vocabulary, and the sources that either cites."""
    own, words = _document(project, guideline.path), _document(project, guideline.vocabulary.path)
    data: dict[str, Data] = {"guideline": own, "vocabulary": words}
    sources = _bibliography(project, guideline)
    if isinstance(sources, dict) and isinstance(listed := sources["sources"], dict):
        cited = _citations(own) | _citations(words)
        data["sources"] = {**sources, "sources": {key: one for key, one in listed.items() if key in cited}}
    return data


def _document(project: Project, path: str) -> Data:
    node = _node(project, path)
    assert node is not None, "the file was read when the project was loaded"
    return plain(node)


def _node(project: Project, path: str) -> Node | None:
    return read_file(project.root / path, project.root)[0]


def _bibliography(project: Project, guideline: Guideline) -> Data:
    """Return the bibliography beside the vocabulary, if there is one."""
    folder = (project.root / guideline.vocabulary.path).parent
    for path in sorted(folder.glob("*.y*ml")):
        node = _node(project, path.relative_to(project.root).as_posix())
        if node is not None and schema_of(node) == "redflag/sources/1":
            return plain(node)
    return None


def _citations(data: Data) -> frozenset[str]:
    """Return every source that is cited anywhere in a document."""
    match data:
        case dict():
            own = [value for key, value in data.items() if key in ("cite", "scope_cite")]
            cited = {str(key) for value in own for key in (value if isinstance(value, list) else [value])}
            return frozenset(cited).union(*(_citations(value) for value in data.values()))
        case list():
            return frozenset().union(*map(_citations, data))
        case _:
            return frozenset()
