"""Strict YAML, read from parser events into nodes that know where they stood.

Claim: any bytes end in a node, in diagnostics, or in both; never in an exception. Nodes and diagnostics are the same
with and without libyaml. Nothing is constructed: no tag, class or function named in a file is ever looked up.
Method: check the text as a whole, then compose the events of libyaml. Where libyaml finds a syntax error, or may differ
from the pure parser, the pure parser reads the text again and its word counts.
Not covered: which keys and values a document needs. And a text longer than `PURE_LIMIT` is not read again, so in a long
text with a syntax error the place may differ by a few characters where libyaml is absent.

Long for one file, because the limits, the text, the composer and the wording share one collector of faults.
"""

import codecs
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn, TypeAlias

import yaml

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.codes import Code
from redflag_kit.diagnostics.diagnostic import QUOTE_LIMIT, Diagnostic, Note, did_you_mean, quoted, sorted_unique
from redflag_kit.diagnostics.span import Span, file_start
from redflag_kit.source.nodes import Mapping, Node, Scalar, Sequence
from redflag_kit.source.scalars import resolve, resolve_key

SIZE_LIMIT = 4 * 1024 * 1024
DEPTH_LIMIT = 40
NODE_LIMIT = 200_000
ALIAS_LIMIT = 20
FAULT_LIMIT = 200
PURE_LIMIT = 64 * 1024
"""How many characters the pure parser may read again: it takes up to 12 s for each million."""

Reading: TypeAlias = tuple[Node | None, tuple[Diagnostic, ...]]

_PURE_LOADER: Any = yaml.SafeLoader
_FAST_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_file(path: Path, root: Path) -> Reading:
    """Read a file of the project at `root`; a link or `..` that leads out of the project is refused."""
    file = Path(os.path.relpath(path, root)).as_posix()
    try:
        if not path.resolve().is_relative_to(root.resolve()):
            return None, (
                _whole(file, codes.RF025, f"{quoted(file)} leads outside the project", "copy it into the project"),
            )
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return None, (_unreadable(file, "is not an ordinary file"),)
        if status.st_size > SIZE_LIMIT:
            return None, (_too_large(file),)
        with path.open("rb") as stream:
            return read_yaml(stream.read(SIZE_LIMIT + 1), file)
    except FileNotFoundError:
        return None, (_unreadable(file, "does not exist"),)
    except PermissionError:
        return None, (_unreadable(file, "may not be read by you"),)
    except (OSError, RuntimeError, ValueError):
        return None, (_unreadable(file, "cannot be read"),)


def _whole(file: str, code: Code, message: str, advice: str) -> Diagnostic:
    return Diagnostic(file_start(file), code, message, advice)


def _unreadable(file: str, reason: str) -> Diagnostic:
    return _whole(file, codes.RF002, f"{quoted(file)} {reason}", "check the name of the file and who may read it")


def _too_large(file: str) -> Diagnostic:
    return _whole(file, codes.RF003, "the file is larger than 4 MiB", "split it into several files")


def read_yaml(data: bytes, file: str) -> Reading:
    """Read one document; the node is what could be read, next to everything that is wrong with it."""
    if len(data) > SIZE_LIMIT:
        return None, (_too_large(file),)
    faults = _Faults(file)
    try:
        text = _cleaned(_decoded(data, faults), faults)
    except _StopError:
        return None, sorted_unique(faults.found)
    node, found = _read_text(text, faults)
    return node, sorted_unique(found)


class _StopError(Exception):
    """Reading cannot go on; the reason is already among the faults."""


@dataclass(slots=True)
class _Faults:
    """The diagnostics found so far in one file, in the order of reading."""

    file: str
    found: list[Diagnostic] = field(default_factory=list)

    def add(self, span: Span, code: Code, message: str, advice: str, related: tuple[Note, ...] = ()) -> None:
        """Record a diagnostic, or stop where there are too many already."""
        if len(self.found) == FAULT_LIMIT:
            code, message = codes.RF028, f"reading stopped here, after {FAULT_LIMIT} faults"
            advice, related = "mend those first, then check again", ()
        self.found.append(Diagnostic(span, code, message, advice, related))
        if code is codes.RF028:
            raise _StopError

    def stop(self, span: Span, code: Code, message: str, advice: str) -> NoReturn:
        """Record a diagnostic and stop."""
        self.add(span, code, message, advice)
        raise _StopError

    def span(self, text: str, start: int, length: int = 1) -> Span:
        """Return the place of a stretch within one line."""
        line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
        return Span(self.file, line, column, line, column + length)


_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAVE_AS_UTF_8 = "save the file as UTF-8 without a byte order mark"


def _decoded(data: bytes, faults: _Faults) -> str:
    """Return the text without its byte order mark, or stop."""
    if data.startswith(_UTF_16) or b"\0" in data:
        faults.stop(file_start(faults.file), codes.RF004, "the file is not UTF-8 text", _SAVE_AS_UTF_8)
    if data.startswith(codecs.BOM_UTF8):
        faults.add(file_start(faults.file), codes.RF005, "the file starts with a byte order mark", _SAVE_AS_UTF_8)
        data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        message = "the file is not UTF-8 text from here on"
        faults.stop(faults.span(before, len(before), 0), codes.RF004, message, _SAVE_AS_UTF_8)


_LONE_RETURN = re.compile(r"\r(?!\n)")
# Controls, soft hyphen, zero-width space and joiner, line separators, bidirectional overrides, tags, non-characters.
_HIDDEN = re.compile(
    "[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff\U000e0000-\U000e007f]"
)
_TAB_INDENT = re.compile(r"^ *(\t)[ \t]*(?=[^ \t\r\n])", re.MULTILINE)


def _cleaned(text: str, faults: _Faults) -> str:
    """Return the text with a line end at its end and each hidden character replaced, or stop at tabs as indentation."""
    if found := _LONE_RETURN.search(text):
        message = "a line ends with a carriage return alone"
        faults.add(faults.span(text, found.start()), codes.RF009, message, "save the file with LF or CRLF line ends")
        text = _LONE_RETURN.sub("\n", text)
    for found in _HIDDEN.finditer(text):
        faults.add(faults.span(text, found.start()), codes.RF009, *_hidden(found[0]))
    text = _HIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
    if text[-1:] != "\n":
        text += "\n"
    for found in _TAB_INDENT.finditer(text):
        message = "a tab is used as indentation"
        faults.add(faults.span(text, found.start(1)), codes.RF006, message, "indent with spaces throughout the file")
    if any(fault.code is codes.RF006 for fault in faults.found):
        raise _StopError
    return text


def _hidden(character: str) -> tuple[str, str]:
    """Name a hidden character and say what to do about it."""
    name = unicodedata.name(character, "control character").lower()
    escape = f"\\u{ord(character):04X}" if ord(character) <= 0xFFFF else f"\\U{ord(character):08X}"
    return f"invisible character U+{ord(character):04X} ({name})", f"delete it, or write `{escape}` in double quotes"


# The two parsers are known to differ on directives, tags and comments glued to `|` or `>`: all faults, or rare.
_UNEVEN = re.compile(r"^%|(?:^|[\s\[{,:?-])!|[|>][-+0-9]*#", re.MULTILINE)


def _read_text(text: str, faults: _Faults) -> Reading:
    """Compose with the fast parser, and again with the pure one where that could say something else."""
    short = len(text) <= PURE_LIMIT
    loader = _PURE_LOADER if short and _UNEVEN.search(text) else _FAST_LOADER
    composer, error = _compose(text, faults, loader)
    if error and short and loader is not _PURE_LOADER:
        composer, error = _compose(text, faults, _PURE_LOADER)
    if error:
        with suppress(_StopError):
            _add_syntax_fault(error, text, composer.faults)
        return None, tuple(composer.faults.found)
    return composer.root, tuple(composer.faults.found)


def _compose(text: str, faults: _Faults, loader: Any) -> "tuple[_Composer, yaml.MarkedYAMLError | None]":
    """Feed the events of one parser to a new composer, up to the first error."""
    composer = _Composer(text, _Faults(faults.file, list(faults.found)))
    try:
        for event in _events(text.replace("\t", " "), loader):
            composer.take(event)
        composer.finish()
    except _StopError:
        pass
    except yaml.MarkedYAMLError as error:
        return composer, error
    return composer, None


def _events(text: str, loader: Any) -> Iterator[Any]:
    parser = loader(text)
    try:
        while parser.check_event():
            yield parser.get_event()
    except (ValueError, OverflowError) as error:
        # The pure parser turns escapes and version numbers into numbers and characters without checking their range.
        raise yaml.MarkedYAMLError(problem="out of range", problem_mark=parser.get_mark()) from error
    finally:
        parser.dispose()


_TAG_END = re.compile(r"[\s,\[\]{}]")
_NO_BREAK_SPACES = re.compile("[\xa0\u2007\u202f]")
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class _Open:
    """A collection whose end has not been reached; the children of a mapping are keys and values in turn."""

    event: Any
    children: list[Node] = field(default_factory=list)
    size: int = 1
    height: int = 1

    @property
    def awaits_key(self) -> bool:
        return isinstance(self.event, yaml.MappingStartEvent) and len(self.children) % 2 == 0

    @property
    def awaits_value(self) -> bool:
        return isinstance(self.event, yaml.MappingStartEvent) and len(self.children) % 2 == 1


@dataclass(frozen=True, slots=True)
class _Anchored:
    """A value with an anchor; no node as long as the value is open."""

    node: Node | None = None
    size: int = 0
    height: int = 0


class _Composer:
    """Builds the tree from events, within the limits, without recursion."""

    def __init__(self, text: str, faults: _Faults) -> None:
        self.root: Node | None = None
        self.faults = faults
        self._text = text
        self._has_tabs = "\t" in text
        self._stack: list[_Open] = []
        self._anchors: dict[str, _Anchored] = {}
        self._nodes = self._aliases = self._documents = 0

    def take(self, event: Any) -> None:
        """Take the next event."""
        match event:
            case yaml.ScalarEvent():
                self._scalar(event)
            case yaml.AliasEvent():
                self._alias(event)
            case yaml.CollectionStartEvent():
                self._open(event)
            case yaml.CollectionEndEvent():
                self._close(event)
            case yaml.DocumentStartEvent():
                self._document(event)

    def finish(self) -> None:
        """Say so if there was nothing."""
        if self.root is None or (isinstance(self.root, Scalar) and self.root.plain and self.root.text == ""):
            self.root = None
            self.faults.add(
                file_start(self.faults.file),
                codes.RF007,
                "the file holds no values",
                "write the document, or remove the file",
            )

    def _document(self, event: Any) -> None:
        self._documents += 1
        if self._documents > 1:
            self.faults.stop(
                self._span(event), codes.RF008, "a second YAML document starts here", "give it a file of its own"
            )
        if "%" in self._text[event.start_mark.index : event.end_mark.index]:
            self.faults.add(self._span(event), codes.RF030, *_DIRECTIVE)

    def _scalar(self, event: Any) -> None:
        self._count(event, 1)
        if event.tag:
            self._check_tag(event)
        plain = event.tag is None and not event.style
        text = str(event.value)
        span = self._scalar_span(event)
        if plain and "?" in text and self._stack and self._stack[-1].event.flow_style:
            # Only libyaml lets this pass: the pure parser takes the sign for the start of a key.
            raise yaml.MarkedYAMLError(problem="question mark in flow", problem_mark=event.start_mark)
        value = self._plain_value(text, span) if plain else text
        if self._has_tabs and (found := self._text.find("\t", event.start_mark.index, event.end_mark.index)) >= 0:
            place = self.faults.span(self._text, found)
            self.faults.add(
                place, codes.RF006, "a tab stands inside text", "use spaces, or write `\\t` in double quotes"
            )
        if event.style == '"' and _SURROGATES.search(text):
            self.faults.add(span, codes.RF001, *_OUT_OF_RANGE)
            value = text = _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)
        node = Scalar(value, text, plain, span)
        if event.anchor:
            self._anchor(event, _Anchored(node, 1, 0))
        self._attach(node, 1, 0)

    def _plain_value(self, text: str, span: Span) -> str | int | Decimal | bool | None:
        """Read a bare word as a key or as a value, and report what is surprising about it."""
        is_key = bool(self._stack) and self._stack[-1].awaits_key
        value, surprise = (text, resolve_key(text)) if is_key else resolve(text)
        if surprise:
            self.faults.add(span, surprise.code, surprise.message, surprise.help)
        if _NO_BREAK_SPACES.search(text):
            message = f"{quoted(text)} holds a no-break space"
            self.faults.add(span, codes.RF009, message, "type an ordinary space, or put the text in quotes")
        return value

    def _alias(self, event: Any) -> None:
        span = self._span(event)
        self._aliases += 1
        if self._aliases == ALIAS_LIMIT + 1:
            message = f"the file uses more than {ALIAS_LIMIT} aliases"
            self.faults.add(span, codes.RF013, message, "write the repeated values out")
        name = event.anchor
        anchored = self._anchors.get(name)
        node: Node = Scalar(None, "", True, span)
        if anchored is None:
            advice = did_you_mean(name, self._anchors) or "write the value itself, or put the text in quotes"
            self.faults.add(span, codes.RF026, f"alias {quoted(name)} has no anchor before it", advice)
        elif anchored.node is None:
            message = f"alias {quoted(name)} stands inside the value that it names"
            self.faults.add(span, codes.RF014, message, "write the value itself")
        else:
            node = replace(anchored.node, span=span)
            self._count(event, anchored.size)
            self._check_depth(event, anchored.height)
        self._attach(node, anchored.size if anchored else 1, anchored.height if anchored else 0)

    def _open(self, event: Any) -> None:
        self._count(event, 1)
        self._check_depth(event, 1)
        if event.tag:
            self._check_tag(event)
        if event.anchor:
            self._anchor(event, _Anchored())
        self._stack.append(_Open(event))

    def _close(self, event: Any) -> None:
        top = self._stack.pop()
        span = self._span(top.event)
        end = self._span(event)
        if top.children and not top.event.flow_style:
            end = top.children[-1].span
        span = replace(span, end_line=end.end_line, end_column=end.end_column)
        if isinstance(top.event, yaml.SequenceStartEvent):
            node: Node = Sequence(tuple(top.children), span)
        else:
            node = Mapping(tuple(self._entries(top.children)), span)
        if top.event.anchor:
            self._anchors[top.event.anchor] = _Anchored(node, top.size, top.height)
        self._attach(node, top.size, top.height)

    def _attach(self, node: Node, size: int, height: int) -> None:
        if not self._stack:
            self.root = node
            return
        top = self._stack[-1]
        top.children.append(node)
        top.size += size
        top.height = max(top.height, height + 1)

    def _entries(self, children: list[Node]) -> Iterator[tuple[Scalar, Node]]:
        """Pair keys with values, leaving out what cannot be a key and what was given before."""
        firsts: dict[str, Span] = {}
        for key, value in zip(children[::2], children[1::2], strict=True):
            if not isinstance(key, Scalar):
                self.faults.add(
                    key.span, codes.RF024, "a key is a list or a mapping, not text", "write one word before the colon"
                )
            elif key.plain and key.text == "<<":
                message = "`<<` merges another mapping into this one"
                self.faults.add(key.span, codes.RF012, message, "write the merged entries out")
            elif key.text in firsts:
                first = (Note(firsts[key.text], "first given here"),)
                message = f"key {quoted(key.text)} is given twice"
                self.faults.add(key.span, codes.RF010, message, "remove or rename one of them", first)
            else:
                firsts[key.text] = key.span
                yield self._text_key(key), value

    def _text_key(self, key: Scalar) -> Scalar:
        """Mend a key that is no text, which only an alias can be at this point."""
        if isinstance(key.value, str):
            return key
        message = f"key {quoted(key.text)} is not text"
        self.faults.add(key.span, codes.RF024, message, "write the key itself, in quotes")
        return replace(key, value=key.text)

    def _anchor(self, event: Any, anchored: _Anchored) -> None:
        if event.anchor in self._anchors:
            message = f"anchor {quoted(event.anchor)} is set twice"
            self.faults.add(self._span(event), codes.RF029, message, "rename one of them")
        self._anchors[event.anchor] = anchored

    def _check_tag(self, event: Any) -> None:
        start = self._text.index("!", event.start_mark.index)
        tag = _TAG_END.split(self._text[start : start + QUOTE_LIMIT + 1], maxsplit=1)[0]
        place = self.faults.span(self._text, start, len(tag))
        self.faults.add(place, codes.RF011, f"{quoted(tag)} is a YAML tag", _NO_TAG)

    def _check_depth(self, event: Any, height: int) -> None:
        if len(self._stack) + height > DEPTH_LIMIT:
            message = f"values are nested more than {DEPTH_LIMIT} levels deep"
            self.faults.stop(self._span(event), codes.RF015, message, "give the inner part a name of its own")

    def _count(self, event: Any, nodes: int) -> None:
        self._nodes += nodes
        if self._nodes > NODE_LIMIT:
            message = f"the file holds more than {NODE_LIMIT:,} values"
            self.faults.stop(self._span(event), codes.RF016, message, "split it into several files")

    def _scalar_span(self, event: Any) -> Span:
        """Return the place of a scalar; the blank lines below a block text are no part of it."""
        if event.style not in ("|", ">"):
            return self._span(event) if event.value else self._empty_span(event)
        start = event.start_mark
        lines = self._text[start.index : event.end_mark.index].rstrip().split("\n")
        column = len(lines[-1]) + (start.column if len(lines) == 1 else 0)
        return Span(self.faults.file, start.line + 1, start.column + 1, start.line + len(lines), column + 1)

    def _empty_span(self, event: Any) -> Span:
        """Return the place of an empty scalar; a value left out stands right after its key in either parser."""
        top = self._stack[-1] if self._stack else None
        if event.start_mark.index < event.end_mark.index or top is None or not top.awaits_value:
            return self._span(event)
        key = top.children[-1].span
        return Span(key.file, key.end_line, key.end_column, key.end_line, key.end_column)

    def _span(self, event: Any) -> Span:
        start, end = event.start_mark, event.end_mark
        return Span(self.faults.file, start.line + 1, start.column + 1, end.line + 1, end.column + 1)


_NO_TAG = "remove it, or put the text in quotes"
_DIRECTIVE = ("a line that starts with `%` is a YAML directive", "remove the line")
_OUT_OF_RANGE = ("a backslash code or a number here is out of range", "write the character itself")


@dataclass(frozen=True, slots=True)
class _Wording:
    """How to say one kind of syntax error; `{found}` is what stands at its place."""

    pattern: str
    """What the parsers call it, context before problem; libyaml and the pure parser word it differently."""
    message: str
    help: str
    code: Code = codes.RF001
    opening: str = ""
    """What stands where the parser began, if that is worth a note."""
    at_opening: bool = False
    """Whether that place, rather than where the parser gave up, is the one to mend."""


_QUOTE_IT = "put the text in quotes"
_QUESTION_MARK = "a question mark cannot stand in bare text inside brackets or braces"
_INDENT_ALIKE = "indent lines that belong together by the same number of spaces"
_COLON = _Wording(
    "mapping values are not allowed",
    "a colon cannot stand here",
    f"put a text that holds a colon in quotes; {_INDENT_ALIKE}",
)
_BRACKET = _Wording(
    r"',' or '\]'",
    "a list in brackets goes wrong before {found}: a comma or the closing bracket is missing",
    "write it as `[one, two]`; put items that hold `,`, `:` or brackets in quotes",
    opening="the list opens here",
)
_BRACE = _Wording(
    r"',' or '\}'",
    "a mapping in braces goes wrong before {found}: a comma or the closing brace is missing",
    "write it as `{key: value, key: value}`; put texts that hold `,`, `:` or braces in quotes",
    opening="the mapping opens here",
)
_MISFIT = _Wording(
    "<block end>|expected key|'-' indicator",
    "{found} does not fit the lines above",
    _INDENT_ALIKE,
    opening="the block begins here",
)
# INVARIANT: the first pattern that matches counts, and the last one matches everything.
_WORDINGS = (
    _Wording("out of range", *_OUT_OF_RANGE),
    _Wording("question mark", _QUESTION_MARK, _QUOTE_IT),
    _Wording("directive|incompatible YAML", *_DIRECTIVE, codes.RF030),
    _Wording(r"(scanning|parsing) a tag|tag handle", "text that starts with `!` is a YAML tag", _NO_TAG, codes.RF011),
    _Wording(
        "(scanning|parsing) an (alias|anchor)",
        "text that starts with `*` or `&` is a YAML alias or anchor",
        _QUOTE_IT,
        at_opening=True,
    ),
    _Wording("cannot start any token", "text cannot start with {found}", _QUOTE_IT),
    _Wording(
        "could not find expected ':'",
        "a key has no colon after it",
        "write `key: value`, or indent the line if it goes on from the line above",
        at_opening=True,
    ),
    _Wording(
        "quoted scalar: found unexpected (end|document)",
        "the quote that opens here is never closed",
        "close it; inside single quotes write an apostrophe twice",
        at_opening=True,
    ),
    _Wording(
        "quoted scalar",
        "a backslash code here does not exist",
        "write a backslash twice, or use single quotes around the text",
    ),
    _Wording(
        "block scalar",
        "the line goes on after `|` or `>`",
        "start the text on the next line, indented; for a text that starts with this sign use quotes",
    ),
    _COLON,
    _Wording(
        "sequence entries are not allowed",
        "a list item cannot start here",
        "start the list on a line of its own",
    ),
    _Wording("mapping keys are not allowed", "a question mark with a space cannot stand here", _QUOTE_IT),
    _BRACKET,
    _BRACE,
    _Wording("node content", "a value is missing before {found}", f"write the value, or {_QUOTE_IT}"),
    _MISFIT,
    _Wording("<document start>.*<stream end>", "no document follows the line that starts with `%`", "remove the line"),
    _Wording("<document start>", "{found} stands outside the document above", _INDENT_ALIKE),
    _Wording("", "the file is not well-formed YAML here", _QUOTE_IT),
)
_AFTER_QUOTE = re.compile(r"""["'] *\Z""")


def _add_syntax_fault(error: yaml.MarkedYAMLError, text: str, faults: _Faults) -> None:
    """Record what a parser stumbled over, in our words."""
    said = f"{error.context}: {error.problem}"
    wording = next(row for row in _WORDINGS if re.search(row.pattern, said))
    place: Any = error.problem_mark
    opening: Any = error.context_mark
    wording = _sharpened(
        wording, text[text.rfind("\n", 0, place.index) + 1 : place.index], text[place.index :].strip()[:1]
    )
    note = (Note(_point(text, opening, faults.file), wording.opening),) if wording.opening and opening else ()
    if wording.at_opening and opening:
        place = opening
    message = wording.message.replace("{found}", _found(text, place.index))
    faults.add(_point(text, place, faults.file), wording.code, message, wording.help, note)


def _sharpened(wording: _Wording, before: str, found: str) -> _Wording:
    """Say more where the line so far, or the end of the file, tells what happened."""
    if wording is _BRACKET and not found:
        return replace(wording, message="the list that opens here is never closed", opening="", at_opening=True)
    if wording is _BRACE and not found:
        return replace(wording, message="the mapping that opens here is never closed", opening="", at_opening=True)
    if wording is _MISFIT and _AFTER_QUOTE.search(before):
        advice = "put the whole value in one pair of quotes"
        return replace(wording, message="text goes on after the closing quote", help=advice, opening="")
    if wording in (_BRACKET, _BRACE) and found == "?":
        return replace(wording, message=_QUESTION_MARK, help=_QUOTE_IT)
    if wording is _MISFIT and found == ":" and not before.strip():
        return replace(wording, message="a key is missing before the colon", help="write the key", opening="")
    if wording is _COLON and len(before.strip()) > 1024:
        return replace(wording, message="a key is longer than 1,024 characters", help="give it a short name")
    if wording is _COLON and ":" not in before:
        message = f"{quoted(before.strip())} is indented below a line that has its value already"
        return replace(wording, message=message, help=_INDENT_ALIKE)
    return wording


def _found(text: str, index: int) -> str:
    """Name what stands at a place: the word there, or the sign."""
    found = re.compile(r"\w+|\S").search(text, index)
    if found is None:
        return "the end of the file"
    return "a backtick" if found[0] == "`" else quoted(found[0])


def _point(text: str, mark: Any, file: str) -> Span:
    """Return the place of the one character at a mark, or of none at the end of a line."""
    width = 0 if text[mark.index : mark.index + 1] in ("", "\r", "\n") else 1
    return Span(file, mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 1 + width)
