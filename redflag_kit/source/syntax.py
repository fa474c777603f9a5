"""Syntax errors of YAML in an author's words: what either parser stumbled over, where, and what to write instead."""

import re
from dataclasses import dataclass, replace
from typing import Any

import yaml

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.codes import Code
from redflag_kit.diagnostics.diagnostic import Note, quoted
from redflag_kit.diagnostics.span import Span
from redflag_kit.source.text_faults import TextFaults

NO_TAG = "remove it, or put the text in quotes"
DIRECTIVE = ("a line that starts with `%` is a YAML directive", "remove the line")
OUT_OF_RANGE = ("a backslash code or a number here is out of range", "write the character itself")


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
    _Wording("out of range", *OUT_OF_RANGE),
    _Wording("question mark", _QUESTION_MARK, _QUOTE_IT),
    _Wording("directive|incompatible YAML", *DIRECTIVE, codes.RF030),
    _Wording(r"(scanning|parsing) a tag|tag handle", "text that starts with `!` is a YAML tag", NO_TAG, codes.RF011),
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


def add_syntax_fault(error: yaml.MarkedYAMLError, text: str, faults: TextFaults) -> None:
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
