"""The one place where verdicts are put behind claims: just before a result is rendered for people.

JSON keeps the texts as they were written and lists the verdicts of the claims they name under `verdicts`.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from redflag_kit.wording.verdicts import Claims, claims_with

_NO_TEXT = frozenset({"id", "file", "path", "ref", "revision", "schema", "digest", "fingerprint"})
"""Keys under which names stand that are looked up or compared, and never read as a text."""


def mentioned(parts: list[Any], verdicts: Mapping[str, str]) -> dict[str, Any]:
    """Return the verdicts on the claims that parts of a result name."""
    if not verdicts:
        return {}
    claims = claims_with(verdicts)
    # COST: most results name no claim, which is seen much faster in one text than in each of a hundred thousand.
    if not claims.may_be_in(json.dumps(parts, ensure_ascii=False)):
        return {}
    named = {name for text in _texts(parts) for name in claims.named_in(text)}
    return {name: verdict for name, verdict in verdicts.items() if name in named}


def with_verdicts(result: dict[str, Any]) -> dict[str, Any]:
    """Return a result whose texts have the verdict behind every claim they name."""
    verdicts = result.get("verdicts")
    if not isinstance(verdicts, dict) or not verdicts:
        return result
    claims = claims_with({name: str(verdict) for name, verdict in verdicts.items()})
    return {key: one if key == "verdicts" else _told(one, claims) for key, one in result.items()}


def _texts(value: object) -> Iterator[str]:
    stack = [value]
    while stack:
        here = stack.pop()
        if isinstance(here, str):
            yield here
        elif isinstance(here, list):
            stack += here
        elif isinstance(here, dict):
            stack += here.values()


def _told(value: Any, claims: Claims) -> Any:
    if isinstance(value, str):
        return claims.with_verdicts(value)
    if isinstance(value, list):
        return [_told(one, claims) for one in value]
    if isinstance(value, dict):
        return {
            key: one if key in _NO_TEXT and isinstance(one, str) else _told(one, claims) for key, one in value.items()
        }
    return value
