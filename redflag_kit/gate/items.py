"""What of a change may have to be signed: change classes, guidelines, assumptions, what is in force, settings.

Every item has a fingerprint of what it means, and the roles that the settings ask for. Whether it is signed is not
judged here: an item that asks for a role is open, another is not required.
"""

from collections.abc import Iterable, Sequence

from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.compile.digest import digest_of, value_text
from redflag_kit.diagnostics.diagnostic import quoted
from redflag_kit.gate.lineage import FIRST, REMOVED, Lineage
from redflag_kit.gate.settings import GateSettings
from redflag_kit.model.condition import Value
from redflag_kit.model.guideline import Guideline
from redflag_kit.results.diff import DIRECTIONS, ChangeClass, DiffBody
from redflag_kit.results.gate import SettingChange, SignoffItem
from redflag_kit.results.revisions import GuidelineChange

GUIDELINE_ADDED, GUIDELINE_REMOVED = "guideline-added", "guideline-removed"
ASSUMPTION_CHANGED, IN_FORCE_CHANGED = "assumption-changed", "in-force-changed"
OUTPUT_CHANGED = "output-changed"
SAFEGUARD_RELAXED, SETTINGS_RELAXED = "safeguard-relaxed", "settings-relaxed"
OTHER_KINDS = (
    GUIDELINE_REMOVED,
    GUIDELINE_ADDED,
    IN_FORCE_CHANGED,
    OUTPUT_CHANGED,
    ASSUMPTION_CHANGED,
    SAFEGUARD_RELAXED,
    SETTINGS_RELAXED,
)
"""Kinds of items that no change class shows, in the order in which they are listed, after the classes."""

OPEN, NOT_REQUIRED = "open", "not_required"


def item(
    kind: str,
    meant: Sequence[object],
    roles: Sequence[str],
    sentence: str,
    *,
    guideline: str = "",
    old: str = "",
    new: str = "",
    output: str = "",
    label: str = "",
) -> SignoffItem:
    """Return an item that is no change class; `meant` is what its fingerprint is bound to."""
    fingerprint = digest_of([kind, *meant])
    return SignoffItem(
        id=f"{kind}-{fingerprint.removeprefix('sha256:')[:8]}",
        fingerprint=fingerprint,
        kind=kind,
        direction=kind.replace("-", "_"),
        guideline=guideline,
        old=old,
        new=new,
        output=output,
        label=label,
        sentence=sentence,
        roles=tuple(roles),
        state=OPEN if roles else NOT_REQUIRED,
        missing=tuple(roles),
        records=(),
        reasons=(),
    )


def worst_first(items: Iterable[SignoffItem]) -> tuple[SignoffItem, ...]:
    """Return the items in the order of lists, one for each fingerprint and edition it concerns."""
    kinds = (*DIRECTIONS, *(kind.replace("-", "_") for kind in OTHER_KINDS))
    ordered = sorted(items, key=lambda one: (kinds.index(one.direction), one.guideline, one.new, one.sentence, one.id))
    once = {(one.fingerprint, one.guideline, one.old, one.new, one.id): one for one in reversed(ordered)}
    return tuple(reversed(once.values()))


def class_items(diffs: Iterable[DiffBody], settings: GateSettings) -> Iterable[SignoffItem]:
    """Yield an item for each change class."""
    for diff in diffs:
        for one in diff.changes:
            yield _class_item(diff, one, settings.roles.get(one.direction, ()))


def _class_item(diff: DiffBody, one: ChangeClass, roles: tuple[str, ...]) -> SignoffItem:
    return SignoffItem(
        id=one.id,
        fingerprint=one.fingerprint,
        kind=one.kind,
        direction=one.direction,
        guideline=diff.tables.new.id,
        old=diff.old,
        new=diff.new,
        output=one.output,
        label=one.label,
        sentence=one.sentence,
        roles=roles,
        state=OPEN if roles else NOT_REQUIRED,
        missing=roles,
        records=(),
        reasons=(),
    )


def guideline_items(changes: Iterable[GuidelineChange], both: Lineage, settings: GateSettings) -> Iterable[SignoffItem]:
    """Yield an item for each guideline that came without a predecessor, or went."""
    old_at, new_at = ({one.path: one for one in side.values()} for side in (both.old, both.new))
    for change in changes:
        if change.kind == FIRST and (one := new_at.get(change.new_path)):
            said = f"the guideline {quoted(one.name)} is new, and no earlier edition is there to compare it with"
            roles = settings.roles.get("guideline_added", ())
            yield item(GUIDELINE_ADDED, _whole(one), roles, said, guideline=one.id, new=one.name)
        if change.kind == REMOVED and (one := old_at.get(change.old_path)):
            said = f"the guideline {quoted(one.name)} is taken away"
            roles = settings.roles.get("guideline_removed", ())
            yield item(GUIDELINE_REMOVED, _whole(one), roles, said, guideline=one.id, old=one.name)


def _whole(guideline: Guideline) -> list[object]:
    return [guideline.id, compile_guideline(guideline).digest]


def assumption_items(both: Lineage, settings: GateSettings) -> Iterable[SignoffItem]:
    """Yield an item for each finding of which a pair of editions assumes something else where it is not known."""
    roles = settings.roles.get("assumption_changed", ())
    for old_name, new_name in both.pairs:
        old, new = both.old[old_name], both.new[new_name]
        before, after = _assumed(old, new)
        differing = [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
        for name in differing:
            values = [None if found is None else value_text(found) for found in (before.get(name), after.get(name))]
            finding = (new if name in new.vocabulary.findings else old).vocabulary.findings[name]
            said = f"nothing known of {finding.label}: {_policy(values[0])} before, {_policy(values[1])} now"
            yield item(
                ASSUMPTION_CHANGED,
                [new.id, name, *values],
                roles,
                f"{said} ({new_name})",
                guideline=new.id,
                old=old_name,
                new=new_name,
                label=finding.label,
            )
        if not differing and list(before) != list(after):
            said = f"assumptions are made in another order, and of two that clash the first wins ({new_name})"
            meant = [new.id, "order", list(before), list(after)]
            yield item(ASSUMPTION_CHANGED, meant, roles, said, guideline=new.id, old=old_name, new=new_name)


def _assumed(old: Guideline, new: Guideline) -> tuple[dict[str, Value], dict[str, Value]]:
    """Return what each edition assumes, in the order of its vocabulary, of the findings that one of them reads."""
    read = {*compile_guideline(old).inputs, *compile_guideline(new).inputs}
    before, after = (
        {name: one.assume[name].value for name in one.vocabulary.findings if name in one.assume and name in read}
        for one in (old, new)
    )
    return before, after


def _policy(value: str | None) -> str:
    return "to be asked" if value is None else f"taken as {quoted(value.replace('_', ' '))}"


def output_items(diffs: Iterable[DiffBody], settings: GateSettings) -> Iterable[SignoffItem]:
    """Yield an item for each output that the vocabulary defines otherwise, once for all guidelines that use it."""
    roles = settings.roles.get("output_changed", ())
    found = {one.fingerprint: one for diff in diffs for one in diff.redefined}
    for one in found.values():
        said = f"the vocabulary defines {one.label} otherwise: {'; '.join(one.what)}"
        yield item(OUTPUT_CHANGED, [one.fingerprint], roles, said, output=one.output, label=one.label)


def setting_items(changes: Iterable[SettingChange], old: GateSettings, new: GateSettings) -> Iterable[SignoffItem]:
    """Yield an item for each setting of the gate that lets more through than before, for the roles of either side."""
    roles = dict.fromkeys((*old.roles.get("settings_relaxed", ()), *new.roles.get("settings_relaxed", ())))
    for one in changes:
        if one.relaxed:
            said = f"the setting {quoted(one.name)} of the gate lets more through: {one.old} before, {one.new} now"
            yield item(SETTINGS_RELAXED, [one.name, one.old, one.new], tuple(roles), said, label=one.name)
