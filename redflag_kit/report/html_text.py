"""Untrusted text made safe to look at: nothing invisible, nothing that reorders a line, nothing endless.

Escaping for HTML is the template engine's work and for Markdown that of `markdown_text`; this comes before either.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable

INLINE_LIMIT = 300
"""Characters of one text shown inside a line, a heading or a label."""

BLOCK_LIMIT = 700
"""Characters of one text shown as a block before the rest is folded away."""

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"})
_MARKS = frozenset({"Mn", "Me"})
_MARKS_IN_A_ROW = 4
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def visible(text: str) -> str:
    """Return a text in which what cannot be seen, or reorders what can, is spelled out as `[U+202E]`."""
    if text.isascii() and text.isprintable():
        return text
    shown: list[str] = []
    marks = 0
    for character in text:
        category = unicodedata.category(character)
        marks = marks + 1 if category in _MARKS else 0
        hidden = (category in _HIDDEN and character not in "\n\t") or marks > _MARKS_IN_A_ROW
        shown.append(f"[U+{ord(character):04X}]" if hidden else character)
    return "".join(shown)


def shortened(text: str, limit: int = INLINE_LIMIT) -> str:
    """Return a text cut to about `limit` characters; what is left out is counted, never dropped in silence."""
    if len(text) <= limit:
        return text
    kept = text[: limit - 40].rstrip()
    return f"{kept}… [{len(text) - len(kept):,} more characters in the JSON result]"


def inline(text: str) -> str:
    """Return a text for use inside a line."""
    return visible(shortened(text))


def slug(text: str) -> str:
    """Return a text as part of an anchor: lower-case ASCII letters, digits and hyphens, at most 40, never empty."""
    return _NOT_SLUG.sub("-", text.casefold()[:80]).strip("-")[:40].strip("-") or "x"


def key(text: str) -> str:
    """Return an id of a vocabulary as part of an anchor, not shared with any other id."""
    short = slug(text)
    if short.replace("-", "_") == text:
        return short
    return f"{short}-{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:8]}"


def anchors(prefix: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return one anchor for each name, in their order, none twice."""
    taken: set[str] = set()
    given: list[str] = []
    for name in names:
        base = f"{prefix}-{slug(name)}"
        anchor, number = base, 1
        while anchor in taken:
            number += 1
            anchor = f"{base}-{number}"
        taken.add(anchor)
        given.append(anchor)
    return tuple(given)
