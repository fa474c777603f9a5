"""Sign-off states in comparisons: what the records of the new side say of each change."""

from collections.abc import Iterable
from dataclasses import replace

from redflag_kit.gate.items import assumption_items, class_items, output_items, worst_first
from redflag_kit.gate.lineage import CHANGED, lineage
from redflag_kit.gate.settings import GateSettings
from redflag_kit.gate.standing import Circumstances, family_of, signoff
from redflag_kit.model.approval import Approval
from redflag_kit.results.diff import DiffBody
from redflag_kit.results.revisions import GuidelineChange
from redflag_kit.results.signoff import Signoff, SignoffItem
from redflag_kit.workflow.sides import Side

SIGNED = (
    "Sign-off is what the records of the new side say, on the day of the latest of them. Who wrote the change is not "
    "known here, so an approval of its author counts; `redflag gate` tells them apart, and asks about a day of its own."
)
WORDS = {
    "not_required": "no signature needed",
    "open": "open",
    "approved": "approved",
    "conditional": "approved on conditions",
    "rejected": "rejected",
    "expired": "expired",
    "unknown": "not decided",
}


def with_signoff(body: DiffBody, old: Side, new: Side, settings: GateSettings) -> DiffBody:
    """Return a comparison with where its sign-off stands, as a whole and of each change class in words."""
    records = new.project.library.approvals
    items = items_between(old, new, body, settings)
    latest = max((one.date for one in records), default="")
    found = standing_between(old, new, items, records, settings, latest)
    by_id = {item.id: item for item in found.items}
    changes = tuple(replace(one, signoff=words_of(by_id[one.id])) for one in body.changes)
    return replace(body, changes=changes, signoff=found)


def words_of(item: SignoffItem) -> str:
    """Return the state of a change, and what it rests on."""
    return ": ".join(filter(None, (WORDS[item.state], "; ".join(item.reasons))))


def items_between(old: Side, new: Side, body: DiffBody, settings: GateSettings) -> tuple[SignoffItem, ...]:
    """Return what may be signed of one comparison: its change classes, redefined outputs, other assumptions."""
    before, after = old.guideline, new.guideline
    pair = GuidelineChange(CHANGED, before.name, after.name, before.path, after.path, 0)
    both = lineage([before], [after], [pair], [body])
    return worst_first(
        (*class_items([body], settings), *output_items([body], settings), *assumption_items(both, settings))
    )


def standing_between(
    old: Side,
    new: Side,
    items: Iterable[SignoffItem],
    records: Iterable[Approval],
    settings: GateSettings,
    date: str,
) -> Signoff:
    """Return where the sign-off of two editions stands on a day, as if none of those who signed had written them.

    Only new records on these two editions can be stale.
    """
    known = tuple(records)
    editions = (old.guideline.version.text, new.guideline.version.text)
    before = frozenset(one.id for one in old.project.library.approvals if old.project is not new.project)
    others = frozenset(one.id for one in known if _versions(one) != editions)
    return signoff(
        items,
        known,
        Circumstances(
            date=date,
            authors=(),
            reviewers=settings.reviewers,
            changed=frozenset({family_of(new.guideline.name)}),
            earlier=before | others,
            spent=before,
        ),
    )


def _versions(record: Approval) -> tuple[str, str]:
    return (record.old.version if record.old else "", record.new.version if record.new else "")
