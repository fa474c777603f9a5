"""Which names an expression may use, and how names of several words are found in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from redflag_kit.dmn.feel.operators import RESERVED
from redflag_kit.dmn.feel.tokens import FeelError, Sort, Token, tokens_of
from redflag_kit.dmn.feel.types import Type

Words = tuple[str, ...]


def words_of(name: str) -> Words | None:
    """Return a name as its tokens, e.g. `Pain in back` as three; nothing if it is no name of FEEL."""
    try:
        tokens = tokens_of(name)[:-1]
    except FeelError:
        return None
    fits = bool(tokens) and tokens[0].sort is Sort.WORD
    fits = fits and all(token.sort in (Sort.WORD, Sort.NUMBER) or token.text in _SYMBOLS for token in tokens)
    return tuple(token.text for token in tokens) if fits else None


# SOURCE: DMN 1.5, grammar rule 30.
_SYMBOLS = frozenset({".", "/", "-", "'", "\u2019", "+", "*", "**", ".."})


def is_plain_name(text: str) -> bool:
    """Say whether a text can only be the name of a variable: words alone, none of which FEEL reserves."""
    words = words_of(text) or ()
    reserved = RESERVED | {"true", "false", "null", "?"}
    return bool(words) and all(word.isidentifier() and word not in reserved for word in words)


@dataclass(frozen=True, slots=True)
class Names:
    """Names by their first word, the longest first."""

    by_first: Mapping[str, tuple[tuple[Words, str], ...]]

    def match(self, tokens: tuple[Token, ...], at: int) -> tuple[str, int] | None:
        """Return the longest name that starts at a token, and how many tokens it takes."""
        for words, name in self.by_first.get(tokens[at].text, ()):
            found = tokens[at : at + len(words)]
            # The end of the text is a token too, so a name at the very end leaves one.
            if len(found) == len(words) and all(one.text == word for one, word in zip(found, words, strict=True)):
                return name, len(words)
        return None


def names_of(names: Iterable[str]) -> Names:
    """Return names ready for being found."""
    by_first: dict[str, list[tuple[Words, str]]] = {}
    for name in sorted(names):
        if words := words_of(name):
            by_first.setdefault(words[0], []).append((words, name))
    return Names({first: tuple(sorted(found, key=lambda one: -len(one[0]))) for first, found in by_first.items()})


@dataclass(frozen=True)
class Scope:
    """The variables of an expression with their types."""

    types: Mapping[str, Type]
    names: Names = field(repr=False)
    _fields: dict[int, tuple[Type, Names]] = field(default_factory=dict, repr=False, compare=False)

    def fields(self, kind: Type) -> Names:
        """Return the names of the entries of a context, worked out once for each type."""
        # The type is kept beside its names, so that its identity stays its own.
        if id(kind) not in self._fields:
            self._fields[id(kind)] = (kind, names_of(name for name, _ in kind.fields))
        return self._fields[id(kind)][1]


def scope_of(types: Mapping[str, Type]) -> Scope:
    """Return the scope with these variables."""
    return Scope(types, names_of(types))
