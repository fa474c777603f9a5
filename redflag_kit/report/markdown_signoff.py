"""Sign-off in Markdown: who must sign, what is missing, what the records say."""

from redflag_kit.report.html_read import Json, members, objects, text
from redflag_kit.report.html_signoff import ItemView, RecordView, SignoffView
from redflag_kit.report.html_words import STALE, plain
from redflag_kit.report.markdown_text import code, escaped


def signoff_lines(signoff: SignoffView | None) -> list[str]:
    """Return the sign-off block; nothing where it was not measured."""
    if signoff is None:
        return []
    missing = ", ".join(plain(text(role)) for role in members(signoff.data.get("missing"))) or "none"
    lines = [
        f"- Roles that must approve: {escaped(', '.join(signoff.roles) or 'none')}",
        f"- **Roles still missing: {escaped(missing)}**",
    ]
    for group in signoff.groups:
        lines.append(f"- {group.mark.symbol} {escaped(group.mark.word)}: {len(group.items)}")
        if group.mark.key not in ("not_required", "approved"):
            lines += [f"  - {item_line(one)}" for one in group.items]
    lines += [record_line(one) for one in signoff.records]
    lines += [stale_line(one) for one, _ in signoff.stale]
    return lines


def item_line(one: ItemView) -> str:
    """Return what must be signed and what is missing."""
    said = escaped(one.data.get("sentence") or one.data.get("label") or one.data.get("id"))
    return f"{one.direction.symbol} {said} ({code(one.code)}): {item_state(one)}"


def item_state(one: ItemView) -> str:
    """Return how a change stands with those who must sign it."""
    missing = f", missing: **{escaped(plain(', '.join(one.missing)))}**" if one.missing else ""
    reasons = f" ({escaped('; '.join(one.reasons), 300)})" if one.reasons and one.missing else ""
    return f"{escaped(one.mark.word)}{missing}{reasons}"


def stale_line(one: Json) -> str:
    """Return what a record approves that this change does not do."""
    return f"- {STALE.symbol} {STALE.word}: {escaped(one.get('what'))} ({code(one.get('record'))})"


def record_line(one: RecordView) -> str:
    """Return who decided what, why, and on which conditions."""
    data = one.data
    conditions = "; ".join(
        f"{text(c.get('text'))} ({text(c.get('met')) or 'not met yet'})" for c in objects(data.get("conditions"))
    )
    until = f" until {text(data.get('expires'))}" if data.get("expires") else ""
    told = f"{text(data.get('who'))} as {plain(text(data.get('role')))} on {text(data.get('date'))}{until}"
    on = f"; on conditions: {escaped(conditions)}" if conditions else ""
    decided = f"{escaped(one.mark.word)} {len(one.covered)}: {escaped(data.get('rationale'))}"
    return f"- {one.mark.symbol} {escaped(told)} {decided}{on}"
