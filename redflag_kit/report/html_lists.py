"""The change classes of a diff as the lists that stand behind its numbers. Numbers come from the result."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from redflag_kit.report.html_text import key, visible
from redflag_kit.report.html_view import ChangeView
from redflag_kit.report.html_words import DIRECTIONS, Mark

ALL = "list-all"
BLOCKS = (
    ("list-worse", "less urgent or lost", ("less_urgent", "lost")),
    ("list-other", "of scope, coverage or constraints only", ("lateral", "scope", "constraint")),
    ("list-better", "more urgent or gained", ("gained", "more_urgent")),
)
"""Anchor, the words of the verdict, and the directions that it sums up: every class stands in one of these lists."""

STANCE = "list-stance"


@dataclass(frozen=True, slots=True)
class Group:
    """The classes of one output, direction, old value and new value; each with what tells it from the others."""

    anchor: str
    words: str
    items: tuple[tuple[ChangeView, str], ...]


@dataclass(frozen=True, slots=True)
class OutputList:
    """The classes of one direction and output, those with the same values together."""

    anchor: str
    label: str
    total: int
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class ListView:
    """The classes of one direction, output by output."""

    anchor: str
    mark: Mark
    total: int
    outputs: tuple[OutputList, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """The lists of the directions that the verdict sums up together."""

    anchor: str
    words: str
    total: int
    lists: tuple[ListView, ...]


def blocks(changes: tuple[ChangeView, ...]) -> tuple[Block, ...]:
    """Return all classes by direction, worst first, each class once."""
    found = []
    for anchor, words, directions in BLOCKS:
        views = [
            _list_view(f"list-{one}", DIRECTIONS[one], [c for c in changes if c.mark.key == one]) for one in directions
        ]
        lists = tuple(view for view in views if view.total)
        found.append(Block(anchor, words, sum(view.total for view in lists), lists))
    return tuple(found)


def stance_list(changes: tuple[ChangeView, ...]) -> ListView:
    """Return the changes of stance, which are counted under their direction as well."""
    return _list_view(STANCE, DIRECTIONS["lateral"], [one for one in changes if one.stance])


def _list_view(anchor: str, mark: Mark, found: list[ChangeView]) -> ListView:
    outputs = tuple(_output_list(f"{anchor}-{key(name)}", classes) for name, classes in by_output(found).items())
    return ListView(anchor, mark, len(found), outputs)


def by_output(changes: Iterable[ChangeView]) -> dict[str, list[ChangeView]]:
    """Return classes by the output they are about, in their order."""
    found: dict[str, list[ChangeView]] = {}
    for one in changes:
        found.setdefault(one.output, []).append(one)
    return found


def output_label(classes: list[ChangeView]) -> str:
    """Return the name of an output as its classes give it; for sets the part that its elements share."""
    labels = list(dict.fromkeys(one.label for one in classes))
    return labels[0] if len(labels) == 1 else labels[0].partition(":")[0]


def _output_list(anchor: str, classes: list[ChangeView]) -> OutputList:
    label = output_label(classes)
    groups: dict[str, list[ChangeView]] = {}
    for one in classes:
        groups.setdefault(f"{one.old.words} → {one.new.words}", []).append(one)
    return OutputList(
        anchor,
        label,
        len(classes),
        tuple(
            Group(f"{anchor}-{place}", words, tuple((one, _item(one, label)) for one in found))
            for place, (words, found) in enumerate(groups.items(), 1)
        ),
    )


def _item(change: ChangeView, label: str) -> str:
    element = change.label.removeprefix(f"{label}:").strip() if change.label != label else ""
    return f"{element}: {change.rules}" if element else change.rules


def group_anchors(found: Iterable[Block]) -> dict[tuple[str, str, str], str]:
    """Return where the classes of a direction, an output and a pair of values are listed."""
    return {
        (view.mark.key, group.items[0][0].output, group.words): group.anchor
        for block in found
        for view in block.lists
        for output in view.outputs
        for group in output.groups
    }


def linked_verdict(verdict: str, found: Iterable[Block]) -> Markup:
    """Return the verdict in which every number that a list stands behind leads to it."""
    lists = {block.words: (block.total, block.anchor) for block in found}
    total = sum(many for many, _ in lists.values())
    lists |= {"change class": (total, ALL), "change classes": (total, ALL)}
    shown, at = Markup(), 0
    for hit in re.finditer(r"(\d+) (?=(" + "|".join(map(re.escape, lists)) + r")\b)", verdict):
        many, anchor = lists[hit[2]]
        if many and str(many) == hit[1]:
            link = Markup('<a class="n" href="#{}">{}</a> ').format(anchor, many)
            shown += escape(visible(verdict[at : hit.start()])) + link
            at = hit.end()
    return shown + escape(visible(verdict[at:]))
