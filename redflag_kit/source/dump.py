"""Plain data as strict YAML text that reads back as the same data.

Claim: `plain(read_yaml(dump(data)))` is `data`, for maps with text as keys, lists, text, whole numbers and decimals.
Text is quoted wherever a bare word could be read as anything else.
"""

import json
import re
from decimal import Decimal
from typing import TypeAlias

from redflag_kit.source.scalars import resolve, resolve_key

Data: TypeAlias = "dict[str, Data] | list[Data] | str | int | Decimal | bool | None"

WIDTH = 110

# A bare word that no YAML reader can take for anything but text, inside flow collections too.
_BARE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+/%-]*(?: [A-Za-z0-9_(][A-Za-z0-9_.+/%()-]*)*", re.ASCII)


def dump(data: dict[str, Data]) -> str:
    """Return a document as text: short collections on one line, the rest in blocks."""
    return "".join(line + "\n" for line in _block(data, 0))


def _block(data: Data, indent: int) -> list[str]:
    pad = " " * indent
    if isinstance(data, dict):
        return [line for key, value in data.items() for line in _entry(f"{pad}{_key(key)}:", value, indent)]
    assert isinstance(data, list)
    lines: list[str] = []
    for item in data:
        text = flow(item)
        if not isinstance(item, dict | list) or not item or len(pad) + 2 + len(text) <= WIDTH:
            lines.append(f"{pad}- {text}")
            continue
        inner = _block(item, indent + 2)
        lines += [f"{pad}- {inner[0].lstrip(' ')}", *inner[1:]]
    return lines


def _entry(head: str, value: Data, indent: int) -> list[str]:
    text = flow(value)
    if not isinstance(value, dict | list) or not value or (indent > 0 and len(head) + 1 + len(text) <= WIDTH):
        return [f"{head} {text}".rstrip()]
    return [head, *_block(value, indent + 2)]


def flow(data: Data) -> str:
    """Return data as text on one line, in flow style."""
    match data:
        case dict():
            return "{" + ", ".join(f"{_key(key)}: {flow(value)}" for key, value in data.items()) + "}"
        case list():
            return "[" + ", ".join(flow(item) for item in data) + "]"
        case bool():
            return "true" if data else "false"
        case None:
            return "null"
        case str():
            return data if _is_bare(data) else json.dumps(data, ensure_ascii=False)
        case _:
            return str(data)


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) and resolve_key(key) is None else json.dumps(key, ensure_ascii=False)


def _is_bare(text: str) -> bool:
    if not _BARE.fullmatch(text):
        return False
    value, surprise = resolve(text)
    return surprise is None and value == text and isinstance(value, str)
