"""Disputed figures: no text of a project quotes a figure that nobody could find without naming its claim.

Claim: every text of every file is looked at, whatever key it stands under; keys and comments are not.
Method: the numbers of a text are looked up first, and only figures that start with one of them are searched.
Not covered: figures in words, and figures written in another unit.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic, Note, quoted
from redflag_kit.model.claim import Claim
from redflag_kit.source.nodes import Node, Scalar, Sequence, get

NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_PER_CENT = r"(?:%|per\s?cent\b)"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it may be spelled, with the claims that quote it; at least one of them is disputed."""

    text: str
    pattern: re.Pattern[str]
    claims: tuple[Claim, ...]

    @property
    def disputed(self) -> Claim:
        """Return the claim whose verdict has to stand beside the figure."""
        return next(claim for claim in self.claims if claim.disputed)


def quoted_without_claim(nodes: Iterable[Node], claims: Iterable[Claim]) -> Iterator[Diagnostic]:
    """Yield every text of some files that quotes a disputed figure and names no claim that has it."""
    figures = _figures(claims)
    for node in nodes if figures else ():
        for text, own in _texts(node):
            for figure in _quoted_in(text.text, figures):
                if not any(one.id == own or names(text.text, one.id) for one in figure.claims):
                    yield _fault(text, figure)


def spelled(figure: str) -> re.Pattern[str]:
    """Return what finds a figure: spaces may be left out, and `%` may be written as words."""
    parts = re.findall(r"%|[^\s%]+", figure)
    body = r"[\s-]*".join(_PER_CENT if part == "%" else re.escape(part) for part in parts)
    return re.compile(rf"(?<![\w.,]){body}(?!\w)", re.IGNORECASE)


def names(text: str, claim: str) -> bool:
    """Say whether a text names a claim by its id."""
    return claim in text and re.search(rf"(?<![\w-]){re.escape(claim)}(?![\w-])", text) is not None


def _figures(claims: Iterable[Claim]) -> dict[str, tuple[Figure, ...]]:
    """Return the figures with a disputed claim, by their first number."""
    by_text: dict[str, tuple[Claim, ...]] = {}
    for claim in claims:
        for text in claim.figures:
            by_text[text] = (*by_text.get(text, ()), claim)
    found: dict[str, tuple[Figure, ...]] = {}
    for text, some in by_text.items():
        if any(claim.disputed for claim in some):
            first = NUMBER.findall(text)[0]
            found[first] = (*found.get(first, ()), Figure(text, spelled(text), some))
    return found


def _quoted_in(text: str, figures: dict[str, tuple[Figure, ...]]) -> Iterator[Figure]:
    for number in dict.fromkeys(NUMBER.findall(text)):
        for figure in figures.get(number, ()):
            if figure.pattern.search(text):
                yield figure


def _texts(node: Node) -> Iterator[tuple[Scalar, str]]:
    """Yield every text below a node with the id of the entry it stands in, the nearest one."""
    # COST: files have thousands of values; a stack is faster than nested generators.
    stack: list[tuple[Node, str]] = [(node, "")]
    while stack:
        here, own = stack.pop()
        if isinstance(here, Scalar):
            if isinstance(here.value, str):
                yield here, own
        elif isinstance(here, Sequence):
            stack += [(item, own) for item in here.items]
        else:
            name = get(here, "id")
            own = name.text if isinstance(name, Scalar) else own
            stack += [(value, own) for _, value in here.entries]


def _fault(text: Scalar, figure: Figure) -> Diagnostic:
    claim = figure.disputed
    message = f"the figure {quoted(figure.text)} is quoted without its disputed claim {quoted(claim.id)}"
    hint = f"name {quoted(claim.id)} in the same text, so that reports show the verdict, or leave the figure out"
    return Diagnostic(text.span, codes.RF164, message, hint, (Note(claim.span, "the claim"),))
