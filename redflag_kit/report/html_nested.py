"""A report inside another one: its places are told apart by a prefix, and its headings stand one step deeper.

Templates name their places as if they were alone on the page. Claim: only markup is changed. In what the templates
print, every `<` and `"` of a text is spelled out, so that neither a tag nor an attribute can come from a text.
"""

import re

from markupsafe import Markup

_PLACES = re.compile(r' (?:id|aria-labelledby)="([^"]*)"| href="#([^"]*)"|<(/?)h([2-5])\b')


def nested(sections: Markup, prefix: str) -> Markup:
    """Return sections for a place inside a page that holds others of the same kind."""
    return Markup(_PLACES.sub(lambda found: _moved(found, prefix), str(sections)))  # markup before and after


def _moved(found: re.Match[str], prefix: str) -> str:
    names, target, closing, level = found.groups()
    if level:
        return f"<{closing}h{int(level) + 1}"
    if target is not None:
        return f' href="#{prefix}{target}"'
    attribute = found.group().partition("=")[0]
    return f'{attribute}="{" ".join(prefix + name for name in names.split())}"'
