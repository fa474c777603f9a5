"""Random structural changes to the trees of sound files: what a slip of the hand or a bad merge may leave behind."""

import json
from decimal import Decimal
from functools import cache
from pathlib import Path

from redflag_kit.source.nodes import Mapping, Node, Scalar, Sequence, plain
from redflag_kit.source.reader import read_file

ROOT = Path(__file__).resolve().parents[2]
ODD = (
    *(None, True, False, 0, 1, -1, 999_999_999_999_999, Decimal("0.1"), Decimal("-2.50"), "", " ", "x", "all", "not"),
    *(
        "always",
        "unknown",
        "silent",
        "TODO",
        "present",
        "absent",
        "at_least",
        "below",
        "above 5",
        "5 to 3",
        "1 to 1 to 1",
    ),
    *(
        "²",
        "٣",
        "--1",
        "5 a",
        "5 mo",
        "5 wk",
        "1.0.0",
        "2024-02-30",
        "[1..2)",
        "not(",
        "> ",
        "is_not ",
        "@",
        "a@1",
        "a@²",
    ),
    *(
        "x" * 300,
        "a\nb",
        "\u202e",
        "\U0010ffff",
        "includes x",
        "9" * 16 + " a",
        "str",
        "redflag/guideline/9",
        "-0",
        "1/3",
    ),
)


@cache
def shipped(name: str) -> Node:
    """Return the tree of a file of this repository, e.g. `guidelines/low_back_pain/vocabulary.yaml`."""
    node, faults = read_file(ROOT / name, ROOT)
    assert node is not None
    assert not faults
    return node


def mutated(node, rng, times):
    """Return the tree after some random changes."""
    for _ in range(times):
        node = _changed(node, rng, list(_inner(node)))
    return node


def text_of(node):
    """Write a tree as text that our YAML reads: JSON, whose strings are never mistaken for anything else."""
    return json.dumps(plain(node), ensure_ascii=False, default=float)


def _inner(node):
    yield node
    match node:
        case Mapping(entries):
            for _, value in entries:
                yield from _inner(value)
        case Sequence(items):
            for item in items:
                yield from _inner(item)


def _changed(root, rng, nodes):
    """Change one random node; most are deep inside, so the containers above them get a chance of their own."""
    containers = [one for one in nodes if not isinstance(one, Scalar)]
    target = rng.choice(containers if rng.random() < 0.4 and containers else nodes)
    other = rng.choice(nodes)
    change = rng.choice((_delete, _duplicate, _replace, _wrap, _odd, _rename, _swap, _empty))
    new = change(target, other, rng)
    return _rebuilt(root, target, new) or root


def _rebuilt(node, target, new):
    """Return the tree with one node changed; None where it is deleted."""
    if node is target:
        return new
    match node:
        case Mapping(entries, span):
            kept = tuple((key, _rebuilt(value, target, new)) for key, value in entries)
            return Mapping(tuple((key, value) for key, value in kept if value is not None), span)
        case Sequence(items, span):
            rest = tuple(_rebuilt(item, target, new) for item in items)
            return Sequence(tuple(item for item in rest if item is not None), span)
    return node


def _scalar(value, span):
    return Scalar(value, "" if value is None else str(value), True, span)


def _delete(_target, _other, _rng):
    return None


def _replace(_target, other, _rng):
    return other


def _odd(target, _other, rng):
    return _scalar(rng.choice(ODD), target.span)


def _empty(target, _other, rng):
    return rng.choice((Mapping((), target.span), Sequence((), target.span)))


def _wrap(target, _other, rng):
    key = Scalar(word := rng.choice(("all", "any", "not", "one_of", "at_least", "x")), word, True, target.span)
    return rng.choice((Sequence((target,), target.span), Mapping(((key, target),), target.span)))


def _duplicate(target, other, _rng):
    match target:
        case Sequence(items, span) if items:
            return Sequence((*items, items[0]), span)
        case Mapping(entries, span) if entries:
            key, value = entries[-1]
            again = Scalar(f"{key.text}_2", f"{key.text}_2", True, key.span)
            return Mapping((*((k, v) for k, v in entries if k.text != again.text), (again, value)), span)
    return Sequence((target, other), target.span)


def _rename(target, other, rng):
    if not isinstance(target, Mapping) or not target.entries:
        return _odd(target, other, rng)
    odd = str(rng.choice(ODD)) or "empty"
    place = rng.randrange(len(target.entries))
    key, value = target.entries[place]
    rest = tuple((k, v) for n, (k, v) in enumerate(target.entries) if n != place and k.text != odd)
    return Mapping((*rest, (Scalar(odd, odd, True, key.span), value)), target.span)


def _swap(target, other, rng):
    match target:
        case Sequence(items, span) if len(items) > 1:
            return Sequence(tuple(rng.sample(items, len(items))), span)
        case Mapping(entries, span) if len(entries) > 1:
            keys = [key for key, _ in entries]
            values = rng.sample([value for _, value in entries], len(entries))
            return Mapping(tuple(zip(keys, values, strict=True)), span)
    return _replace(target, other, rng)
