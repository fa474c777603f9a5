"""Diagnostics: what a stage found, as data that every report renders in its own way."""

import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from redflag_kit.diagnostics.codes import Code, Severity
from redflag_kit.diagnostics.span import Span


@dataclass(frozen=True, slots=True)
class Note:
    """A second place that belongs to a diagnostic, e.g. where a duplicated key was first given."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing a stage found, e.g. RF010 at `acp/2011.yaml:41:5`: "key `title` is given twice".

    `message` says what is so and `help` says what to do: lower case, no full stop, authored text through `quoted`.
    `where` says for which patients, in plain words; `witness` is one of them. `waived` is the reason why the authors
    accept it.
    """

    span: Span
    code: Code
    message: str
    help: str = ""
    related: tuple[Note, ...] = ()
    rules: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    witness: Mapping[str, object] | None = field(default=None, hash=False)
    where: str = ""
    waived: str = ""

    @property
    def severity(self) -> Severity:
        """Return how grave it is: as grave as its code, unless its authors waived it with a reason."""
        return Severity.INFO if self.waived else self.code.severity

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Order by place, then code, then message."""
        return (self.span.file, self.span.line, self.span.column, self.code.id, self.message)


def sorted_unique(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics in source order, each once."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=lambda diagnostic: diagnostic.sort_key))


QUOTE_LIMIT = 60
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp", "Zs"})
_SHORT_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def quoted(text: str) -> str:
    """Return authored text for a message: in backticks, at most 60 characters, nothing invisible left as it is."""
    shown = "".join(_visible(character) for character in text[: QUOTE_LIMIT + 1])
    return f"`{shown}`" if len(shown) <= QUOTE_LIMIT else f"`{shown[: QUOTE_LIMIT - 1]}…`"


def _visible(character: str) -> str:
    """Escape what a reader could not see, what could reorder the line, and the backtick that would end the quote."""
    if character == " " or (character != "`" and unicodedata.category(character) not in _HIDDEN_CATEGORIES):
        return character
    number = ord(character)
    return _SHORT_ESCAPES.get(character) or (f"\\u{number:04X}" if number <= 0xFFFF else f"\\U{number:08X}")


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """Return "did you mean `x`?" for the nearest candidate, or nothing; the order of the candidates does not matter."""
    # COST: matching is quadratic in the length of a word; no name is as long as the limit.
    known = sorted({candidate for candidate in candidates if len(candidate) <= QUOTE_LIMIT})
    if len(word) > QUOTE_LIMIT or word in known:
        return ""
    same = [candidate for candidate in known if _bones(candidate) == _bones(word) != ""]
    same.sort(key=lambda candidate: candidate.casefold() != word.casefold())
    folded = {candidate.casefold(): candidate for candidate in reversed(known)}
    near = same or [folded[match] for match in difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.7)]
    return f"did you mean {quoted(near[0])}?" if near else ""


def _bones(word: str) -> str:
    """Return a word without case, hyphens, underscores and the like, e.g. `ivdruguse` for `IV drug-use`."""
    return "".join(character for character in word.casefold() if character.isalnum())
