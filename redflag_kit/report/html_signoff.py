"""Sign-off arranged for reading: what must be signed and how it stands, who said what, and what is missing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from redflag_kit.report.html_read import Json, members, objects, text
from redflag_kit.report.html_text import anchors
from redflag_kit.report.html_words import DECISIONS, DIRECTIONS, SIGNOFF, Mark, mark, plain


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record: who decided what, in which role, why, and on which conditions.

    `covered`: the changes it decides, each with its place in the page; those that are no part of this change by the
    start of their fingerprints, without a place.
    """

    anchor: str
    mark: Mark
    data: Json
    covered: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ItemView:
    """Something that may have to be signed, with its place in the page, and the records that speak of it."""

    data: Json
    mark: Mark
    direction: Mark
    target: str
    missing: tuple[str, ...]
    approved: tuple[str, ...]
    records: tuple[RecordView, ...]
    unread: tuple[str, ...]
    reasons: tuple[str, ...]

    @property
    def code(self) -> str:
        """Return what tells the item from others with the same words: the start of its fingerprint."""
        return text(self.data.get("fingerprint")).removeprefix("sha256:")[:8]


@dataclass(frozen=True, slots=True)
class ItemGroup:
    """Items in the same state."""

    anchor: str
    mark: Mark
    items: tuple[ItemView, ...]


@dataclass(frozen=True, slots=True)
class SignoffView:
    """Everything that the sign-off block shows."""

    data: Json
    groups: tuple[ItemGroup, ...]
    records: tuple[RecordView, ...]
    stale: tuple[tuple[Json, str], ...]
    states: Mapping[str, Mark]
    roles: tuple[str, ...]
    items: Mapping[str, ItemView]

    @property
    def total(self) -> int:
        return sum(len(group.items) for group in self.groups)


def signoff_view(signoff: object, target: Callable[[Json], str], prefix: str = "sign") -> SignoffView | None:
    """Return a sign-off for reading, items worst first; None where it was not measured.

    `target` gives the place in the page of what an item is about, empty where the page has none.
    """
    if not isinstance(signoff, Mapping):
        return None
    records = _records(signoff, target, prefix)
    by_name = {name: one for one in records for name in (text(one.data.get("file")), text(one.data.get("id"))) if name}
    groups: dict[str, list[ItemView]] = {}
    for one in objects(signoff.get("items")):
        view = _item(one, target(one), by_name)
        groups.setdefault(view.mark.key, []).append(view)
    order = [*SIGNOFF, *(key for key in groups if key not in SIGNOFF)]
    shown = tuple(
        ItemGroup(f"{prefix}-{key}", groups[key][0].mark, tuple(groups[key])) for key in order if key in groups
    )
    stale = tuple(
        (one, by_name[name].anchor if (name := text(one.get("record"))) in by_name else "")
        for one in objects(signoff.get("stale"))
    )
    items = {text(view.data.get("id")): view for group in shown for view in group.items}
    return SignoffView(
        data=signoff,
        groups=shown,
        records=records,
        stale=stale,
        states={name: view.mark for name, view in items.items()},
        roles=tuple(plain(text(role)) for role in members(signoff.get("required"))),
        items=items,
    )


def _records(signoff: Json, target: Callable[[Json], str], prefix: str) -> tuple[RecordView, ...]:
    items = {text(one.get("fingerprint")): one for one in objects(signoff.get("items"))}
    found = objects(signoff.get("records"))
    names = anchors(f"{prefix}-record", (text(one.get("id")) or text(one.get("file")) for one in found))
    return tuple(
        RecordView(
            anchor,
            mark(DECISIONS, text(one.get("decision"))),
            one,
            tuple(_covered(items.get(text(name)), text(name), target) for name in members(one.get("covers"))),
        )
        for anchor, one in zip(names, found, strict=True)
    )


def _covered(item: Json | None, fingerprint: str, target: Callable[[Json], str]) -> tuple[str, str]:
    short = fingerprint.removeprefix("sha256:")[:8]
    return (f"{text(item.get('label'))} {short}", target(item)) if item is not None else (short, "")


def _item(one: Json, target: str, records: Mapping[str, RecordView]) -> ItemView:
    named = [text(name) for name in members(one.get("records"))]
    known = {records[name].anchor: records[name] for name in named if name in records}
    missing = tuple(text(role) for role in members(one.get("missing")))
    roles = tuple(text(role) for role in members(one.get("roles")))
    return ItemView(
        data=one,
        mark=mark(SIGNOFF, text(one.get("state"))),
        direction=mark(DIRECTIONS, text(one.get("direction"))),
        target=target,
        missing=missing,
        approved=tuple(role for role in roles if role not in missing),
        records=tuple(known.values()),
        unread=tuple(name for name in named if name not in records),
        # Where nobody has spoken, the missing roles say everything.
        reasons=tuple(text(reason) for reason in members(one.get("reasons"))) if named else (),
    )
