"""XML as elements with exact places, read so that a file can do no harm.

Claim: nothing but the bytes handed in is read: a document type, an entity declaration or any external reference ends
the reading; size, depth and the number of elements are bounded. Every element and every character of text knows its
line and column.
Not covered: which elements a document needs (see `read`).
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn
from xml.parsers import expat

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.codes import Code
from redflag_kit.diagnostics.diagnostic import Diagnostic
from redflag_kit.diagnostics.span import Span, file_start

SIZE_LIMIT = 16 * 1024 * 1024
DEPTH_LIMIT = 60
ELEMENT_LIMIT = 150_000
BLANKS = " \t\n\r"


@dataclass(slots=True)
class Element:
    """One element: its namespace and local name, attributes without a namespace, children, and text of its own.

    `marks` says where stretches of `text` stand in the file: (offset in the text, line, column), in order.
    """

    namespace: str
    name: str
    attributes: Mapping[str, str]
    prefixes: Mapping[str, str]
    line: int
    column: int
    children: "Sequence[Element]" = ()
    text: str = ""
    marks: Sequence[tuple[int, int, int]] = ()

    def get(self, name: str, default: str = "") -> str:
        """Return an attribute."""
        return self.attributes.get(name, default)

    def all(self, *names: str) -> "Iterator[Element]":
        """Yield the children with one of these local names and the namespace of this element."""
        return (child for child in self.children if child.name in names and child.namespace == self.namespace)

    def first(self, *names: str) -> "Element | None":
        """Return the first such child."""
        return next(self.all(*names), None)

    def place(self, file: str) -> Span:
        """Return the place where the element starts."""
        return Span(file, self.line, self.column, self.line, self.column + 1)

    def text_place(self, file: str, start: int, end: int) -> Span:
        """Return the place of a stretch of the text, by offsets into it."""
        line, column = self._at(start)
        end_line, end_column = self._at(max(start, end - 1))
        return Span(file, line, column, end_line, end_column + (end > start))

    def _at(self, offset: int) -> tuple[int, int]:
        if not self.marks:
            return self.line, self.column
        start, line, column = self.marks[max(0, bisect_right(self.marks, (offset, 1 << 62, 0)) - 1)]
        return line, column + offset - start


@dataclass(frozen=True, slots=True)
class Document:
    """A file that is well-formed and harmless."""

    root: Element
    file: str


def read_xml(data: bytes, file: str) -> Document | Diagnostic:
    """Return the document, or what is wrong with it."""
    if len(data) > SIZE_LIMIT:
        return Diagnostic(
            file_start(file), codes.RF062, "the file is larger than 16 MiB", "split the model into several files"
        )
    builder = _Builder(file)
    try:
        builder.parser.Parse(data, True)
    except _RefusedError:
        assert builder.refused is not None
        return builder.refused
    except expat.ExpatError as error:
        message = f"the file is not well-formed XML: {expat.ErrorString(error.code)}"
        line, column = error.lineno, error.offset + 1
        advice = "open the file in the modeler that made it and save it again"
        return Diagnostic(Span(file, line, column, line, column), codes.RF060, message, advice)
    except (LookupError, ValueError):
        return Diagnostic(
            file_start(file), codes.RF060, "the file is in an unknown character encoding", "save the file as UTF-8"
        )
    assert builder.root is not None
    return Document(builder.root, file)


@dataclass(slots=True)
class _Open:
    """An element whose end has not been reached."""

    element: Element
    children: list[Element] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    marks: list[tuple[int, int, int]] = field(default_factory=list)
    size: int = 0


class _RefusedError(Exception):
    """Reading ends here; the reason is kept by the builder."""


class _Builder:
    """Builds the tree from the events of expat."""

    def __init__(self, file: str) -> None:
        self.root: Element | None = None
        self.refused: Diagnostic | None = None
        self._file = file
        self._stack: list[_Open] = []
        self._count = 0
        self._prefixes: Mapping[str, str] = {"xml": "http://www.w3.org/XML/1998/namespace"}
        self.parser: Any = expat.ParserCreate(namespace_separator="\n")
        self.parser.buffer_text = False
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartNamespaceDeclHandler = self._declare
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self.parser.EntityDeclHandler = self._refuse_entity
        self.parser.ExternalEntityRefHandler = self._refuse_entity
        self.parser.SkippedEntityHandler = self._refuse_entity
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def _declare(self, prefix: str | None, uri: str | None) -> None:
        # Declarations come before their element, which gets a map of its own; the end of the element restores the old.
        self._prefixes = {**self._prefixes, prefix or "": uri or ""}

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > ELEMENT_LIMIT:
            self._refuse(codes.RF062, "the file has more than 150,000 elements", "split the model into several files")
        if len(self._stack) >= DEPTH_LIMIT:
            self._refuse(codes.RF062, "elements are nested more than 60 levels deep", "simplify the model, or split it")
        namespace, _, local = name.rpartition("\n")
        parser = self.parser
        place = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        self._stack.append(_Open(Element(namespace, local, attributes, self._prefixes, *place)))

    def _end(self, _name: str) -> None:
        closed = self._stack.pop()
        element = closed.element
        if closed.children:
            element.children = closed.children
        if closed.parts:
            element.text, element.marks = "".join(closed.parts), closed.marks
        if self._stack:
            parent = self._stack[-1]
            parent.children.append(element)
            self._prefixes = parent.element.prefixes
        else:
            self.root = element

    def _characters(self, text: str) -> None:
        top = self._stack[-1]
        if top.element.name not in _CONTAINERS:
            parser = self.parser
            top.marks.append((top.size, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1))
            top.parts.append(text)
            top.size += len(text)

    def _refuse_doctype(self, *_: object) -> NoReturn:
        self._refuse(
            codes.RF061, "the file has a document type declaration (`<!DOCTYPE`)", "delete it: DMN files need none"
        )

    def _refuse_entity(self, *_: object) -> NoReturn:
        self._refuse(codes.RF061, "the file declares or uses an entity of its own", "write the text itself")

    def _refuse(self, code: Code, message: str, advice: str) -> NoReturn:
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        self.refused = Diagnostic(Span(self._file, line, column, line, column + 1), code, message, advice)
        raise _RefusedError


# Elements that hold nothing but blanks between their children; not kept, since large tables have many.
_CONTAINERS = frozenset(
    {"definitions", "decision", "decisionTable", "rule", "input", "output", "inputEntry", "outputEntry"}
)
