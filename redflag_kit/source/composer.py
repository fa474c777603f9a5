"""The tree of a YAML document, built from parser events within the limits and without recursion.

Nothing is constructed: no tag, class or function named in a file is ever looked up.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

import yaml

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import QUOTE_LIMIT, Note, did_you_mean, quoted
from redflag_kit.diagnostics.span import Span, file_start
from redflag_kit.source.nodes import Mapping, Node, Scalar, Sequence
from redflag_kit.source.scalars import resolve, resolve_key
from redflag_kit.source.syntax import DIRECTIVE, NO_TAG, OUT_OF_RANGE
from redflag_kit.source.text_faults import TextFaults

DEPTH_LIMIT = 40
NODE_LIMIT = 200_000
ALIAS_LIMIT = 20

_TAG_END = re.compile(r"[\s,\[\]{}]")
_NO_BREAK_SPACES = re.compile("[\xa0\u2007\u202f]")
_SURROGATES = re.compile("[\ud800-\udfff]")

# COST: a project writes the same few words over and over.
_resolved = lru_cache(maxsize=4096)(resolve)
_resolved_key = lru_cache(maxsize=4096)(resolve_key)


@dataclass(slots=True)
class _Open:
    """A collection whose end has not been reached; the children of a mapping are keys and values in turn."""

    event: Any
    is_mapping: bool
    children: list[Node] = field(default_factory=list)
    size: int = 1
    height: int = 1

    @property
    def awaits_key(self) -> bool:
        return self.is_mapping and len(self.children) % 2 == 0

    @property
    def awaits_value(self) -> bool:
        return self.is_mapping and len(self.children) % 2 == 1


@dataclass(frozen=True, slots=True)
class _Anchored:
    """A value with an anchor; no node as long as the value is open."""

    node: Node | None = None
    size: int = 0
    height: int = 0


class Composer:
    """Builds the tree from events, within the limits, without recursion."""

    def __init__(self, text: str, faults: TextFaults) -> None:
        self.root: Node | None = None
        self.faults = faults
        self._text = text
        self._has_tabs = "\t" in text
        self._stack: list[_Open] = []
        self._anchors: dict[str, _Anchored] = {}
        self._nodes = self._aliases = self._documents = 0
        self._has_no_break_spaces = _NO_BREAK_SPACES.search(text) is not None
        self._takers: dict[type[Any], Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.AliasEvent: self._alias,
            yaml.SequenceStartEvent: self._open,
            yaml.MappingStartEvent: self._open,
            yaml.SequenceEndEvent: self._close,
            yaml.MappingEndEvent: self._close,
            yaml.DocumentStartEvent: self._document,
        }

    def take(self, event: Any) -> None:
        """Take the next event."""
        takes = self._takers.get(type(event))
        if takes:
            takes(event)

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
            self.faults.add(self._span(event), codes.RF030, *DIRECTIVE)

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
            self.faults.add(span, codes.RF001, *OUT_OF_RANGE)
            value = text = _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text)
        node = Scalar(value, text, plain, span)
        if event.anchor:
            self._anchor(event, _Anchored(node, 1, 0))
        self._attach(node, 1, 0)

    def _plain_value(self, text: str, span: Span) -> str | int | Decimal | bool | None:
        """Read a bare word as a key or as a value, and report what is surprising about it."""
        is_key = bool(self._stack) and self._stack[-1].awaits_key
        value, surprise = (text, _resolved_key(text)) if is_key else _resolved(text)
        if surprise:
            self.faults.add(span, surprise.code, surprise.message, surprise.help)
        if self._has_no_break_spaces and _NO_BREAK_SPACES.search(text):
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
        self._stack.append(_Open(event, isinstance(event, yaml.MappingStartEvent)))

    def _close(self, event: Any) -> None:
        top = self._stack.pop()
        start = top.event.start_mark
        if top.children and not top.event.flow_style:
            last = top.children[-1].span
            span = Span(self.faults.file, start.line + 1, start.column + 1, last.end_line, last.end_column)
        else:
            end = event.end_mark
            span = Span(self.faults.file, start.line + 1, start.column + 1, end.line + 1, end.column + 1)
        if top.is_mapping:
            node: Node = Mapping(tuple(self._entries(top.children)), span)
        else:
            node = Sequence(tuple(top.children), span)
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
        self.faults.add(place, codes.RF011, f"{quoted(tag)} is a YAML tag", NO_TAG)

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
