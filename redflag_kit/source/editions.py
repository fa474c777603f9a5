"""Read which editions of a guideline are meant: `acp`, `acp@2011`, `acp@2007 to 2011`, `acp@at_least 2011`."""

import re
from collections.abc import Iterable

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.codes import Code
from redflag_kit.diagnostics.diagnostic import did_you_mean, quoted
from redflag_kit.diagnostics.span import Span
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.property import Editions
from redflag_kit.source.names import Faults

_VERSION = r"[0-9]{1,9}(?:\.[0-9]{1,9}){0,2}"
_RANGE = (
    rf"(?P<first>{_VERSION})(?: to (?P<last>{_VERSION}))?|at_least (?P<from>{_VERSION})|at_most (?P<till>{_VERSION})"
)
_EDITIONS = re.compile(rf"(?P<id>[a-z0-9_]+)(?:@(?:{_RANGE}))?")
SHAPES = "write acp, acp@2011, acp@2007 to 2011, acp@at_least 2011 or acp@at_most 2011"


def read_editions(
    text: str, span: Span, guidelines: Iterable[Guideline], complete: bool, unknown: Code, faults: Faults
) -> Editions:
    """Return the editions a text names, after noting that it names none.

    `complete` says that no guideline of the project failed: only then is it a fault (`unknown`) to name none of them.
    """
    found = _EDITIONS.fullmatch(" ".join(text.split()))
    if found is None:
        faults.add(span, codes.RF116, f"{quoted(text)} does not name a guideline and editions", SHAPES)
        return Editions(text, text)
    editions = Editions(text, found["id"], *_ends(found))
    own = tuple(guidelines)
    if complete and not any(editions.include(guideline) for guideline in own):
        known = [name for guideline in own for name in (guideline.id, guideline.name)]
        hint = did_you_mean(text, known) or f"the project has {', '.join(known[1::2]) or 'none'}"
        faults.add(span, unknown, f"no guideline of this vocabulary is called {quoted(text)}", hint)
    return editions


def read_versions(text: str, guideline: str) -> Editions | None:
    """Return the editions of a guideline that a range of versions names, nothing if it cannot be read."""
    found = re.fullmatch(_RANGE, " ".join(text.split()))
    return Editions(text, guideline, *_ends(found)) if found else None


def _ends(found: re.Match[str]) -> tuple[tuple[int, ...] | None, tuple[int, ...] | None]:
    first, last = found["first"] or found["from"], found["last"] or found["first"] or found["till"]
    return _parts(first), _parts(last)


def _parts(version: str | None) -> tuple[int, ...] | None:
    return tuple(map(int, version.split("."))) if version else None
