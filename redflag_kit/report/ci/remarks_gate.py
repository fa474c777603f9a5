"""Remarks of the gate: what keeps the change out, what must be signed, and what the change mended.

Faults of files, tables, properties and vignettes are diagnostics of the gate, each at its place.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from redflag_kit.report.ci.compared import Compared, bare, pairs_of
from redflag_kit.report.ci.places import file_place
from redflag_kit.report.ci.remark import ERROR, NEW, NOTE, Place, Remark, Rule
from redflag_kit.report.ci.remarks_compared import LOSING, approval, class_remark, resolved_remarks, version_remark
from redflag_kit.report.html_read import Json, body, member, members, objects, text

BLOCKING = ("failed", "not_decided")
"""Results of checks that keep a change out whatever is signed."""


def gate_remarks(result: Json) -> list[Remark]:
    """Return checks that failed or were left open, then what must be signed, then what is no longer so."""
    found, pairs = body(result), pairs_of(result)
    items = objects(member(found.get("signoff")).get("items"))
    return [
        *_checks(found),
        *(_item(result, pairs, one) for one in items if needs_a_look(one)),
        *_versions(found, pairs),
        *(one for pair in pairs for one in resolved_remarks(pair)),
    ]


def needs_a_look(item: Json) -> bool:
    """Say whether a change is to be signed, or takes something away although nobody has to sign that."""
    return bool(members(item.get("roles"))) or item.get("direction") in LOSING


def item_words(item: Json) -> str:
    """Return what is said of the sign-off of a change: its state, who is missing, and why it does not count."""
    state = text(item.get("state")).replace("_", " ")
    missing = ", ".join(text(role) for role in members(item.get("missing")))
    reasons = [text(reason) for reason in members(item.get("reasons"))]
    return "; ".join([f"sign-off: {state}", *([f"missing: {missing}"] if missing else []), *reasons])


def _checks(found: Json) -> Iterator[Remark]:
    for one in objects(found.get("checks")):
        if one.get("result") in BLOCKING:
            name = f"gate-{text(one.get('name'))}"
            said = f"{text(one.get('title'))}: required {text(one.get('required'))}, found {text(one.get('actual'))}"
            reasons = "\n".join(text(reason) for reason in members(one.get("reasons")))
            yield Remark(Rule(name, name), ERROR, said, None, (name,), help=reasons, state=NEW)


def _item(result: Json, pairs: Iterable[Compared], item: Json) -> Remark:
    """Return a change that must be signed: an error until all roles have approved it, and accepted from then on."""
    remark = _class(pairs, item) or _other(result, item)
    accepted = approval(result, member(body(result).get("signoff")), text(item.get("id")))
    settled = item.get("state") in ("approved", "not_required")
    return replace(
        remark,
        level=NOTE if settled else ERROR,
        message=remark.message if settled else f"{remark.message}; {item_words(item)}",
        accepted=accepted,
    )


def _class(pairs: Iterable[Compared], item: Json) -> Remark | None:
    """Return the change class that an item is, if it is one."""
    for pair in pairs:
        if (bare(pair.old), bare(pair.new)) == (bare(text(item.get("old"))), bare(text(item.get("new")))):
            for one in objects(pair.diff.get("changes")):
                if one.get("id") == item.get("id"):
                    return class_remark(pair, one)
    return None


def _other(result: Json, item: Json) -> Remark:
    """Return a change that no change class shows, at the edition it is about."""
    kind = text(item.get("kind"))
    about = (text(item.get("guideline")), text(item.get("fingerprint")))
    return Remark(Rule(kind, kind), NOTE, text(item.get("sentence")), _edition(result, item), about, state=NEW)


def _edition(result: Json, item: Json) -> Place | None:
    for change in objects(body(result).get("guidelines")):
        for side in ("new", "old"):
            if item.get(side) and bare(text(change.get(side))) == bare(text(item.get(side))):
                return file_place(result, text(change.get(f"{side}_path")))
    return None


def _versions(found: Json, pairs: Iterable[Compared]) -> Iterator[Remark]:
    by_name = {(bare(pair.old), bare(pair.new)): pair for pair in pairs}
    for one in objects(found.get("versions")):
        pair = by_name.get((bare(text(one.get("old"))), bare(text(one.get("new")))))
        if pair and one.get("ok") is False:
            yield version_remark(pair, text(one.get("required")), text(one.get("declared")), ERROR)
