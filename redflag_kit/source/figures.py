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
from redflag_kit.source.nodes import Mapping, Node, Scalar, Sequence, get

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
    first = re.compile("|".join(map(re.escape, figures)))
    for node in nodes if figures else ():
        for text, own in _texts(node, first):
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


def _texts(node: Node, first: re.Pattern[str]) -> Iterator[tuple[Scalar, str]]:
    """Yield the texts of a file that hold a number of a figure, each with the id of the entry of a list it is in."""
    for part in node.entries if isinstance(node, Mapping) else ():
        entries = part[1].items if isinstance(part[1], Sequence) else (part[1],)
        for entry in entries:
            name = get(entry, "id") if isinstance(entry, Mapping) else None
            own = name.text if isinstance(name, Scalar) else ""
            for text in _texts_below(entry):
                if first.search(text.text):
                    yield text, own


def _texts_below(node: Node) -> Iterator[Scalar]:
    # COST: a library has tens of thousands of values, and all are looked at whenever it is loaded.
    stack = [node]
    while stack:
        here = stack.pop()
        if isinstance(here, Scalar):
            if isinstance(here.value, str):
                yield here
        elif isinstance(here, Sequence):
            stack.extend(here.items)
        else:
            stack.extend([entry[1] for entry in here.entries])


def _fault(text: Scalar, figure: Figure) -> Diagnostic:
    claim = figure.disputed
    message = f"the figure {quoted(figure.text)} is quoted without its disputed claim {quoted(claim.id)}"
    hint = f"name {quoted(claim.id)} in the same text, so that reports show the verdict, or leave the figure out"
    return Diagnostic(text.span, codes.RF164, message, hint, (Note(claim.span, "the claim"),))
