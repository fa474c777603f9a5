"""Text reports: lines wrapped to a width, with hanging indents; colour only on top of a symbol and a word."""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from redflag_kit.report.json import Json, Result

GREEN, RED, YELLOW, BLUE, BOLD, DIM = "32", "31", "33", "36", "1", "2"

_ASCII = {
    "✔": "+",
    "✘": "x",
    "–": "-",
    "—": "-",
    "−": "-",
    "→": "->",
    "↓": "v",
    "↑": "^",
    "↔": "<>",
    "…": "...",
    "×": "x",
    "°": " deg ",
    "≥": ">=",
    "≤": "<=",
    "“": '"',
    "”": '"',
    "\N{LEFT SINGLE QUOTATION MARK}": "'",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "•": "*",
    "·": "-",
    "─": "-",
}

NOT_FOR_CARE = "For authoring, validation and review of rules. Not for patient care."


@dataclass(frozen=True, slots=True)
class Style:
    """What the place that shows a text can do."""

    width: int = 80
    colour: bool = False
    unicode: bool = True


PLAIN = Style()

Renderer = Callable[[Result, Style], str]


@dataclass(slots=True)
class Page:
    """A text under construction."""

    style: Style
    lines: list[str] = field(default_factory=list)

    def line(self, text: str = "", indent: int = 0, hang: int = 0, colour: str = "") -> None:
        """Add a paragraph; its first line is indented by `indent`, the others by `hang` more."""
        for row in wrap(self.clean(text), self.style.width, " " * indent, " " * (indent + hang)):
            self.lines.append(self.paint(row, colour))

    def item(self, mark: str, text: str, indent: int = 0, hang: int | None = None, colour: str = "") -> None:
        """Add a paragraph that starts with a mark; the lines below are indented to the text or by `hang`."""
        mark = self.clean(mark)
        if cells(mark) + indent > self.style.width:
            self.line(f"{mark} {text}", indent, hang or 2, colour)
            return
        start = " " * indent
        hang = cells(mark) + 1 if hang is None else hang
        gap = mark + " " * max(1, hang - cells(mark)) if text else mark
        rows = wrap(self.clean(text), self.style.width, start + gap, start + " " * hang)
        bare = mark.rstrip()  # where no word fits beside the mark, its line ends with the mark
        self.lines += [start + self.paint(bare, colour) + rows[0].removeprefix(start + bare), *rows[1:]]

    def heading(self, text: str) -> None:
        """Add a heading, set off by a blank line."""
        self.blank()
        self.line(text, colour=BOLD)

    def blank(self) -> None:
        """Add a blank line, never two in a row and never at the start."""
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def clean(self, text: str) -> str:
        """Return text in which what could control a terminal is spelled out; ASCII where the terminal has no more."""
        seen = text if text.isprintable() else "".join(map(_seen, text))
        if self.style.unicode:
            return seen
        return "".join(c if c.isascii() else _ASCII.get(c, "?") for c in seen)

    def paint(self, text: str, colour: str) -> str:
        """Return text in a colour, if there are colours and it is not blank."""
        return f"\x1b[{colour}m{text}\x1b[0m" if colour and self.style.colour and text.strip() else text

    def text(self) -> str:
        """Return the whole text with a final line break."""
        return "\n".join(self.lines).rstrip("\n") + "\n"


def _seen(character: str) -> str:
    if character.isprintable():
        return character
    return " " if character.isspace() else f"[U+{ord(character):04X}]"


def cells(text: str) -> int:
    """Return how many terminal cells a text takes."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def wrap(text: str, width: int, first: str = "", later: str = "") -> list[str]:
    """Return lines of at most `width` cells; only words that are longer than a whole line are cut."""
    later = later[: width // 2]  # a narrow page keeps room for words
    rows: list[str] = []
    row, fresh = first, True
    for word in text.split():
        for piece in _pieces(word, max(8, width - cells(later))):
            joined = row + piece if fresh else f"{row} {piece}"
            if cells(joined) > width and row.strip():
                rows.append(row.rstrip())
                joined = later + piece
            row, fresh = joined, False
    return [*rows, row.rstrip()]


def _pieces(word: str, room: int) -> Iterator[str]:
    """Yield a word whole if it fits, else cut, after a slash where there is one."""
    while cells(word) > room:
        cut = room
        while cells(word[:cut]) > room:
            cut -= 1
        cut = max(1, cut)
        slash = word.rfind("/", 1, cut) + 1
        yield word[: slash or cut]
        word = word[slash or cut :]
    if word:
        yield word


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: `1 rule`, `2 rules`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def items(value: Json) -> list[Result]:
    """Return the objects of a JSON list."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def record(value: Json) -> Result:
    """Return a JSON object, an empty one for null."""
    return value if isinstance(value, dict) else {}


def words(value: Json) -> list[str]:
    """Return the texts of a JSON list."""
    return [str(one) for one in value] if isinstance(value, list) else []


def said(value: Json) -> str:
    """Return a JSON value as text, nothing for null."""
    return "" if value is None else str(value)


def number(value: Json) -> int:
    """Return a JSON number, 0 for anything else."""
    return value if isinstance(value, int) else 0
