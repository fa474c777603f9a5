"""The text of a file as a whole: its bytes decoded, and every character that cannot be seen told and replaced."""

import codecs
import re
import unicodedata

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.span import file_start
from redflag_kit.source.text_faults import StopError, TextFaults

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAVE_AS_UTF_8 = "save the file as UTF-8 without a byte order mark"


def decoded(data: bytes, faults: TextFaults) -> str:
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


def cleaned(text: str, faults: TextFaults) -> str:
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
        raise StopError
    return text


def _hidden(character: str) -> tuple[str, str]:
    """Name a hidden character and say what to do about it."""
    name = unicodedata.name(character, "control character").lower()
    escape = f"\\u{ord(character):04X}" if ord(character) <= 0xFFFF else f"\\U{ord(character):08X}"
    return f"invisible character U+{ord(character):04X} ({name})", f"delete it, or write `{escape}` in double quotes"
