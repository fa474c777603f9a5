"""The file of a mutant with its replacement put in, read as an author's file."""

from __future__ import annotations

import re

from redflag_kit.diagnostics.codes import Severity
from redflag_kit.diagnostics.span import Span
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vocabulary import Vocabulary
from redflag_kit.mutate.mutant import Mutant
from redflag_kit.source.documents import GuidelineDoc, VocabularyDoc
from redflag_kit.source.guidelines import build_guideline
from redflag_kit.source.names import Faults
from redflag_kit.source.nodes import Node
from redflag_kit.source.reader import read_yaml
from redflag_kit.source.validate import validate
from redflag_kit.source.vocabularies import build_vocabulary
from tests.shipped import ROOT


def text_at(span: Span) -> str:
    """Return what stands at a place of an authored file."""
    text = _text(span.file)
    start, end = _offsets(text, span)
    return text[start:end]


def spliced(guideline: Guideline, mutant: Mutant) -> Guideline | str:
    """Return what the files say with the replacement in them, or the first fault of the file."""
    file = mutant.span.file
    text = _put(_text(file), mutant.span, mutant.replacement)
    faults = Faults()
    vocabulary = guideline.vocabulary
    if file == vocabulary.path:
        vocabulary = _vocabulary(text, guideline, faults)
        text = _text(guideline.path)
    root, unread = read_yaml(text.encode(), guideline.path)
    if root is None or any(fault.code.severity is Severity.ERROR for fault in unread):
        return unread[0].message
    doc, found = validate(root, GuidelineDoc)
    if doc is None:
        return found[0].message
    built = build_guideline(doc, root, vocabulary, guideline.sources, guideline.path, faults)
    return (
        built
        if built is not None
        else next(fault.message for fault in faults.found if fault.code.severity is Severity.ERROR)
    )


def _vocabulary(text: str, guideline: Guideline, faults: Faults) -> Vocabulary:
    node = _node(text, guideline.vocabulary.path)
    doc, _ = validate(node, VocabularyDoc)
    assert doc is not None
    return build_vocabulary(doc, node, guideline.sources, guideline.vocabulary.path, faults)


def _node(text: str, file: str) -> Node:
    node, faults = read_yaml(text.encode(), file)
    assert node is not None, faults
    return node


def _text(file: str) -> str:
    return (ROOT / file).read_text(encoding="utf-8")


def _offsets(text: str, span: Span) -> tuple[int, int]:
    lines = text.split("\n")

    def offset(line: int, column: int) -> int:
        return sum(len(one) + 1 for one in lines[: line - 1]) + column - 1

    return offset(span.line, span.column), offset(span.end_line, span.end_column)


def _put(text: str, span: Span, replacement: str) -> str:
    start, end = _offsets(text, span)
    if replacement:
        return text[:start] + replacement + text[end:]
    if after := re.match(r"\s*,\s*", text[end:]):
        return text[:start] + text[end + after.end() :]
    if before := re.search(r"\s*,\s*\Z", text[:start]):
        return text[: before.start()] + text[end:]
    if text[:start].endswith("[") and text[end:].startswith("]"):
        return text[:start] + text[end:]
    line = re.search(r"\n *(- )? *\Z", text[:start])
    assert line, "the only member of a list cannot be left out"
    return text[: line.start()] + text[end:]
