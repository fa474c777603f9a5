"""FEEL text as tokens, each with its place. Names are put together from tokens by the parser, which knows the scope."""

import re
from dataclasses import dataclass
from enum import Enum

TEXT_LIMIT = 20_000
"""How long one expression may be."""


class FeelError(Exception):
    """Why a text cannot be read as FEEL; `unsupported` tells what FEEL allows and this reader does not."""

    def __init__(self, start: int, end: int, message: str, help: str = "", *, unsupported: bool = False) -> None:
        super().__init__(message)
        self.start, self.end, self.message, self.help, self.unsupported = start, end, message, help, unsupported


class Sort(Enum):
    """What a token is."""

    WORD = "word"
    NUMBER = "number"
    STRING = "string"
    SIGN = "sign"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """A token: its text as written; for a string, `value` is what it stands for."""

    sort: Sort
    text: str
    start: int
    end: int
    value: str = ""


# SOURCE: DMN 1.5, grammar rules 28 and 29.
_START = (
    "?A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_PART = _START + "0-9\u00b7\u0300-\u036f\u203f-\u2040"
# SOURCE: DMN 1.5, grammar rules 61 and 62.
_BLANK = "\t\n\x0b\x0c\r \x85\u00a0\u1680\u180e\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff"
_TOKEN = re.compile(
    rf"""
    (?P<blank>[{_BLANK}]+|//[^\n\r]*|/\*.*?\*/)
    | (?P<number>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)
    | (?P<word>[{_START}][{_PART}]*)
    | (?P<string>"(?:[^"\\\n\r\x0b\x0c]|\\.)*")
    | (?P<sign>\.\.|\*\*|<=|>=|!=|->|[-+*/=<>(){{}}\[\],:.@'\u2019])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(
    r"\\(?:(?P<short>['\"\\nrt])|u(?P<four>[0-9a-fA-F]{4})|U(?P<six>[0-9a-fA-F]{6})|(?P<bad>.))", re.DOTALL
)
_SHORT = {"n": "\n", "r": "\r", "t": "\t"}


def tokens_of(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text, ending with one of sort END. Raises FeelError."""
    if len(text) > TEXT_LIMIT:
        raise FeelError(0, 1, f"the text has more than {TEXT_LIMIT} characters", "split it", unsupported=True)
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if not found:
            raise _unknown(text, at)
        at = found.end()
        group = found.lastgroup
        if group == "string":
            tokens.append(Token(Sort.STRING, found[0], found.start(), at, _string(found[0], found.start())))
        elif group != "blank":
            assert group is not None
            tokens.append(Token(Sort(group), found[0], found.start(), at))
    tokens.append(Token(Sort.END, "", at, at))
    return tuple(tokens)


def _unknown(text: str, at: int) -> FeelError:
    character = text[at]
    if character == '"':
        return FeelError(at, len(text), "a text in quotes is not closed", 'end it with `"` on the same line')
    if character in "“”„‟«»":
        return FeelError(at, at + 1, "a typographic quote is no quote of FEEL", 'write `"`')
    if text.startswith("/*", at):
        return FeelError(at, len(text), "a comment is not closed", "end it with `*/`")
    if character == "!":
        return FeelError(at, at + 1, "`!` alone is no operator of FEEL", "write `not(...)`")
    return FeelError(
        at, at + 1, f"character U+{ord(character):04X} has no place in FEEL", "delete it, or quote the text"
    )


def _string(quoted: str, start: int) -> str:
    body = quoted[1:-1]
    if "\\" not in body:
        return body

    def unescaped(found: re.Match[str]) -> str:
        if found["short"]:
            return _SHORT.get(found["short"], found["short"])
        number = int(found["four"] or found["six"] or "-1", 16)
        if not 0 <= number <= 0x10FFFF or (0xD800 <= number <= 0xDFFF and not found["four"]):
            place = start + 1 + found.start()
            raise FeelError(place, place + 2, "an escape that FEEL does not know", "write `\\\\` for a backslash")
        return chr(number)

    return _joined(_ESCAPE.sub(unescaped, body), start)


def _joined(text: str, start: int) -> str:
    """Join pairs of surrogates into the characters they stand for."""
    if not any(0xD800 <= ord(character) <= 0xDFFF for character in text):
        return text
    try:
        return text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        message = "an escape stands for half a character"
        raise FeelError(start, start + 1, message, "write the character itself") from None
