"""Remarks on a pair of editions: what patients lose, faults of tables, broken properties, failing vignettes, versions.

A comparison judges nothing, so changes of patients are notes here; the gate makes errors of those that must be signed.
"""

from collections.abc import Iterator

from redflag_kit.report.ci.compared import Compared
from redflag_kit.report.ci.places import in_repository, place_of
from redflag_kit.report.ci.remark import (
    ABSENT,
    ERROR,
    NEW,
    NOTE,
    UNCHANGED,
    WARNING,
    Accepted,
    Place,
    Remark,
    Rule,
    names_in,
)
from redflag_kit.report.ci.rules import LEVEL, rule_of
from redflag_kit.report.html_read import Json, member, members, objects, text

LOSING = ("less_urgent", "lost", "constraint")
"""Directions of change classes that a reviewer must not miss."""

_ROOM = 1_000
"""Characters of a region in a message."""


def pair_remarks(pair: Compared) -> list[Remark]:
    """Return everything to look at in one comparison: changes by which patients lose something first, as notes."""
    losing = (one for one in objects(pair.diff.get("changes")) if one.get("direction") in LOSING)
    return [*(class_remark(pair, one) for one in losing), *fault_remarks(pair), *_version(pair)]


def fault_remarks(pair: Compared) -> list[Remark]:
    """Return what is wrong with the new edition, whatever changed for patients, and what was wrong with the old one."""
    return [*_properties(pair), *_vignettes(pair), *_health(pair, ("introduced", "kept", "resolved"))]


def resolved_remarks(pair: Compared) -> list[Remark]:
    """Return what was wrong with the old edition and is not with the new one."""
    return list(_health(pair, ("resolved",)))


def class_remark(pair: Compared, one: Json) -> Remark:
    """Return a change class, at the rule that decides now."""
    kind = text(one.get("kind"))
    region = text(member(one.get("region")).get("text"))
    example = ", ".join(text(phrase) for phrase in members(member(one.get("witness")).get("shown")))
    parts = [
        f"{pair.new}: {text(one.get('sentence'))}",
        f"who: {region[:_ROOM]}{' ...' if len(region) > _ROOM else ''}" if region else "",
        f"example: {example}" if example else "",
    ]
    old = place_of(pair.result, member(one.get("old_row"))) if pair.old_is_here else None
    return Remark(
        rule=Rule(kind, kind),
        level=NOTE,
        message="; ".join(part for part in parts if part),
        place=pair.place(one),
        about=(_edition(pair), text(one.get("fingerprint"))),
        short=text(one.get("id")),
        related=(("the rule that decided before", old),) if old else (),
        accepted=approval(pair.result, member(pair.diff.get("signoff")), text(one.get("id"))),
        state=NEW,
    )


def approval(result: Json, signoff: Json, item: str) -> Accepted | None:
    """Return the approval of a change, by the item of that id, if it is complete."""
    for one in objects(signoff.get("items")):
        if one.get("id") == item and one.get("state") == "approved":
            records = [text(name) for name in members(one.get("records"))]
            place = Place(in_repository(result, records[0])) if records else None
            return Accepted(f"approved: {', '.join(records) or 'on record'}", place, "external")
    return None


def _edition(pair: Compared) -> str:
    """Return what tells an edition from others: its file, since versions grow."""
    return in_repository(pair.result, pair.new_path) if pair.new_path else pair.new


def _properties(pair: Compared) -> Iterator[Remark]:
    between = [one for one in objects(pair.diff.get("properties")) if one.get("result") in ("refuted", "not_decided")]
    for one in between:
        yield _property(pair, one, text(one.get("title")))
    changes = {"broken": "is broken now", "undecided": "is not decided any more"}
    for one in objects(pair.diff.get("property_changes")):
        said = changes.get(text(one.get("change")))
        found = [new for new in objects(one.get("new")) if new.get("result") in ("refuted", "not_decided")]
        for new in found if said else []:
            yield _property(pair, new, f"{text(one.get('title'))}: {said}")


def _property(pair: Compared, one: Json, said: str) -> Remark:
    """Return a property that does not hold, or was not decided; a documented violation is accepted."""
    refuted, known = one.get("result") == "refuted", member(one.get("known"))
    witness = member(one.get("counterexample"))
    shown = [text(witness.get(part)) for part in ("text", "says") if witness.get(part)]
    accepted = Accepted(text(known.get("reason")), place_of(pair.result, known)) if refuted and known else None
    return Remark(
        rule=rule_of("RF320" if refuted else "RF321"),
        level=NOTE if accepted else ERROR if refuted else WARNING,
        message="; ".join([f"{pair.new}: {text(one.get('id'))}: {said}", *shown]),
        place=place_of(pair.result, one),
        about=(_edition(pair), text(one.get("id")), "known" if accepted else ""),
        accepted=accepted,
        state=NEW,
    )


def _vignettes(pair: Compared) -> Iterator[Remark]:
    for name in members(member(pair.diff.get("vignettes")).get("failing")):
        yield Remark(
            rule=rule_of("RF403"),
            level=ERROR,
            message=f"`{name}` does not get what it expects of {pair.new}",
            place=pair.start,
            about=(_edition(pair), text(name)),
            help=f"redflag explain {pair.new} --vignette {name} shows why",
            state=NEW,
        )


def _health(pair: Compared, parts: tuple[str, ...]) -> Iterator[Remark]:
    health = member(pair.diff.get("health"))
    states = {"introduced": (NEW, "new"), "kept": (UNCHANGED, "new"), "resolved": (ABSENT, "old")}
    for part in parts:
        state, side = states[part]
        for one in objects(health.get(part)):
            rules = [text(rule) for rule in members(one.get("rules"))]
            message = text(one.get("message"))
            findings = (text(finding) for finding in members(one.get("findings")))
            yield Remark(
                rule=rule_of(text(one.get("code")), text(one.get("name"))),
                level=LEVEL.get(text(one.get("severity")), WARNING),
                message=f"{pair.new if side == 'new' else pair.old}: {message}",
                place=pair.rule_place(rules, side),
                about=(_edition(pair), *rules, *findings, *names_in(message)),
                state=state,
            )


def _version(pair: Compared) -> Iterator[Remark]:
    if pair.diff.get("bump_enough") is False:
        required, declared = text(pair.diff.get("required_bump")), text(pair.diff.get("declared_bump"))
        yield version_remark(pair, required, declared, NOTE)


def version_remark(pair: Compared, required: str, declared: str, level: str) -> Remark:
    """Return that the declared version is too low, at the start of the new edition."""
    name = "version-too-low"
    message = f"{pair.new}: the change asks for a {required} step of the version, declared is {declared or 'none'}"
    return Remark(Rule(name, name), level, message, pair.start, (_edition(pair),), state=NEW)
