"""What a bare word in YAML means here, and what must not be guessed.

Claim: `true`, `false`, `null`, decimal integers and decimals mean what they seem to mean to everyone; every other bare
word is text. A word that some YAML reader takes for something else is reported and read as text, never as a value.
Not covered: quoted text, which is always text and never comes here.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from redflag_kit.diagnostics.codes import RF017, RF018, RF019, RF020, RF021, RF022, RF023, RF024, RF027, Code
from redflag_kit.diagnostics.diagnostic import quoted

Value: TypeAlias = str | int | Decimal | bool | None

DIGIT_LIMIT = 15

_WORDS: dict[str, Value] = {"true": True, "false": False, "null": None, "~": None, "": None}
_MEANT = {
    "true": "true", "yes": "true", "on": "true", "y": "true",
    "false": "false", "no": "false", "off": "false", "n": "false",
    "null": "null",
}  # fmt: skip
_NUMBER_START = frozenset("+-.0123456789")
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)", re.ASCII)
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Surprise:
    """Why a bare word is not taken at face value, in the words of a diagnostic."""

    code: Code
    message: str
    help: str


def resolve(text: str) -> tuple[Value, Surprise | None]:
    """Read a bare word, e.g. `18` as 18, `2011-02-01` as text, `yes` as text with a surprise."""
    if text in _WORDS:
        return _WORDS[text], None
    if text[0] in _NUMBER_START:
        return _resolve_number(text)
    if len(text) <= 5 and text.lower() in _MEANT:
        return text, _ambiguous_word(text)
    return text, None


def resolve_key(text: str) -> Surprise | None:
    """Say why a bare word cannot stand as a key, e.g. `12:`; `n:` and `y:` can, for nobody takes them for a value."""
    if text in ("n", "y"):
        return None
    value, surprise = resolve(text)
    if surprise or isinstance(value, str):
        return surprise
    if text == "":
        return Surprise(RF024, "a key is missing before the colon", "write the key, or remove the colon")
    kind = "a number" if isinstance(value, int | Decimal) and not isinstance(value, bool) else "a YAML word"
    return Surprise(RF024, f"key {quoted(text)} is {kind}, not text", f"put it in quotes: {_in_quotes(text)}")


def _resolve_number(text: str) -> tuple[Value, Surprise | None]:
    """Read a bare word that starts like a number."""
    integer = _INTEGER.fullmatch(text) is not None
    if integer or _DECIMAL.fullmatch(text):
        if sum(character.isdigit() for character in text) > DIGIT_LIMIT:
            return text, _too_long(text)
        return int(text) if integer else Decimal(text), None
    for pattern, surprise in _NUMBER_SURPRISES:
        if pattern.fullmatch(text):
            return text, surprise(text)
    return text, None


def _ambiguous_word(text: str) -> Surprise:
    meant = _MEANT[text.lower()]
    if text.lower() == meant:
        message = f"{quoted(text)} is spelled with capitals; some YAML readers take it for `{meant}`, others for text"
    else:
        message = f"{quoted(text)} is `{meant}` to some YAML readers and text to others"
    if meant == "null":
        return Surprise(RF017, message, f"leave the value out, or put it in quotes if it is text: {_in_quotes(text)}")
    instead = "present" if meant == "true" else "absent"
    return Surprise(RF017, message, f"write `{instead}` for a finding, or {_in_quotes(text)} in quotes if it is text")


def _too_long(text: str) -> Surprise:
    return Surprise(
        RF023,
        f"number {quoted(text)} has more than {DIGIT_LIMIT} digits",
        "put it in quotes if it is a code or an identifier, or round it",
    )


def _leading_zero(text: str) -> Surprise:
    return Surprise(
        RF018,
        f"{quoted(text)} starts with a zero, so it is a number in base 8 to some YAML readers and in base 10 to others",
        f"write it without the zero, or {_in_quotes(text)} in quotes if it is a code or an identifier",
    )


def _other_base(text: str) -> Surprise:
    base = {"b": 2, "o": 8, "x": 16}[text.lstrip("+-")[1].lower()]
    return Surprise(
        RF018,
        f"{quoted(text)} is a number in base {base} to some YAML readers and text to others",
        f"write the number in base 10, or {_in_quotes(text)} in quotes if it is text",
    )


def _sexagesimal(text: str) -> Surprise:
    return Surprise(
        RF019,
        f"{quoted(text)} may be read as a number in base 60 (as hours and minutes are)",
        f"put it in quotes if it is a time or a ratio: {_in_quotes(text)}",
    )


def _underscored(text: str) -> Surprise:
    without = text.replace("_", "")
    return Surprise(
        RF020,
        f"number {quoted(text)} has underscores",
        f"write {quoted(without)}, or {_in_quotes(text)} in quotes if it is text",
    )


def _exponent(text: str) -> Surprise:
    return Surprise(
        RF021,
        f"{quoted(text)} is a number with an exponent to some YAML readers and text to others",
        f"write the number in full, or {_in_quotes(text)} in quotes if it is text",
    )


def _not_finite(text: str) -> Surprise:
    return Surprise(
        RF022,
        f"{quoted(text)} stands for infinity or for no number at all",
        "write a number, or leave the bound out",
    )


def _bare_point(text: str) -> Surprise:
    return Surprise(
        RF027,
        f"number {quoted(text)} needs a digit on each side of the decimal point",
        f"write {quoted(_with_zeros(text))}, or {_in_quotes(text)} in quotes if it is text",
    )


def _with_zeros(text: str) -> str:
    """Return `.5` as `0.5` and `5.` as `5.0`, keeping the sign."""
    sign, digits = (text[0], text[1:]) if text[0] in "+-" else ("", text)
    return sign + ("0" if digits.startswith(".") else "") + digits + ("0" if digits.endswith(".") else "")


def _in_quotes(text: str) -> str:
    return quoted(f'"{text}"')


# INVARIANT: tried in this order, after plain integers and decimals; each matches whole words only, in linear time.
_NUMBER_SURPRISES: tuple[tuple[re.Pattern[str], Callable[[str], Surprise]], ...] = tuple(
    (re.compile(pattern, re.ASCII | re.IGNORECASE), surprise)
    for pattern, surprise in (
        (r"[-+]?\.(inf|nan)", _not_finite),
        (r"[-+]?0[xob][0-9a-f_]+", _other_base),
        (r"[-+]?0[0-9]+(\.[0-9]*)?", _leading_zero),
        (r"[-+]?[0-9][0-9_]*(:[0-9]+)+(\.[0-9_]*)?", _sexagesimal),
        (r"[-+]?([0-9][0-9_]*(\.[0-9_]*)?|\.[0-9_]+)e[-+]?[0-9]+", _exponent),
        (r"[-+]?([0-9]+\.|\.[0-9]+)", _bare_point),
        (r"[-+]?[0-9][0-9_]*(\.[0-9_]*)?", _underscored),
    )
)
