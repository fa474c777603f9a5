"""Sign-off of a gate as text: what has to be signed, worst first, changes that read alike together."""

from collections.abc import Iterable

from redflag_kit.report.json import Result
from redflag_kit.report.text import BOLD, DIM, GREEN, RED, YELLOW, Page, count, items, record, said, words
from redflag_kit.report.text_diff import DIRECTIONS

STATES = {
    "not_required": ("·", "no signature asked for", DIM),
    "open": ("✘", "open", RED),
    "approved": ("✔", "approved", GREEN),
    "conditional": ("✘", "approved on conditions that are not met", RED),
    "rejected": ("✘", "rejected", RED),
    "expired": ("✘", "expired", RED),
    "unknown": ("?", "not decided", YELLOW),
}
KINDS = {
    "guideline_added": "new guideline",
    "guideline_removed": "guideline taken away",
    "assumption_changed": "another assumption",
    "in_force_changed": "another edition counts",
    "output_changed": "output defined otherwise",
    "safeguard_relaxed": "safeguard relaxed",
    "settings_relaxed": "gate relaxed",
}
FULL = 12
"""How many groups of changes to sign are told; reports and the review have all."""
LONG = 320
"""How many characters of the description of patients are shown."""


def add_signoff(page: Page, body: Result, against: str) -> None:
    """Add what must be signed and where that stands, what nobody has to sign, and signatures of something else."""
    signoff = record(body["signoff"])
    found = items(signoff["items"])
    asked = sorted((one for one in found if one["state"] != "not_required"), key=lambda one: one["state"] == "approved")
    page.heading("Sign-off")
    if not found:
        page.item("✔", "nothing changed that could be signed", indent=2, colour=GREEN)
    groups = _alike(asked)
    changes = _changes(body)
    for group in groups[:FULL]:
        _add_group(page, group, changes)
    left = [one for group in groups[FULL:] for one in group]
    if left:
        page.item("·", f"and {count(len(left), 'more change')}; --report html=PATH has all", indent=2, colour=DIM)
    _add_free(page, [one for one in found if one["state"] == "not_required"])
    for one in items(signoff["stale"]):
        told = f"{said(one['record'])} approves what this change does not do (any more): {said(one['what'])}"
        page.item("· stale:", told, indent=2, hang=2, colour=DIM)
    if any(one["state"] != "approved" for one in asked):
        page.item("help:", f"redflag approve --review --against {against}", indent=2, colour=BOLD)


def _alike(asked: Iterable[Result]) -> list[list[Result]]:
    """Return changes in groups that read alike and stand alike, in the order of their first."""
    groups: dict[tuple[str, ...], list[Result]] = {}
    for one in asked:
        alike = (
            *(said(one[name]) for name in ("state", "direction", "old", "new", "sentence")),
            *words(one["reasons"]),
        )
        groups.setdefault((*alike, "", *words(one["roles"]), "", *words(one["missing"])), []).append(one)
    return list(groups.values())


def _changes(body: Result) -> dict[tuple[str, str], Result]:
    """Return the change classes by their edition and id."""
    return {
        (said(diff["new"]), said(change["id"])): change
        for diff in items(body["diffs"])
        for change in items(diff["changes"])
    }


def _add_group(page: Page, group: list[Result], changes: dict[tuple[str, str], Result]) -> None:
    one = group[0]
    mark, word, colour = STATES[said(one["state"])]
    many = f" ({len(group)} change classes)" if len(group) > 1 else ""
    page.item(mark, f"{word}: {_what(one)}{many}", indent=2, colour=colour)
    page.line(said(one["sentence"]), indent=4, hang=2)
    change = changes.get((said(one["new"]), said(one["id"])))
    if change is not None:
        _add_whom(page, change, alone=len(group) == 1)
    for reason in words(one["reasons"]):
        page.item("-", reason, indent=4, colour=DIM)
    asked, left = words(one["roles"]), words(one["missing"])
    told = f"needs {', '.join(asked) or 'nobody'}"
    told += f"; still to approve: {', '.join(left)}" if left and left != asked else ""
    page.line(f"{told}: {', '.join(said(each['id']) for each in group)}", indent=4, hang=2, colour=DIM)


def _add_whom(page: Page, change: Result, *, alone: bool) -> None:
    """Add the patients of a class, of several only an example; and the edit behind it."""
    if alone:
        page.item("for:", _short(said(record(change["region"])["text"])), indent=4)
    page.item("example:", ", ".join(words(record(change["witness"])["shown"])) or "nothing unusual", indent=4)
    edit = change["edit"]
    if isinstance(edit, dict) and edit["kind"] != "same":
        page.item("edit:", _short(said(edit["text"])), indent=4)


def _short(text: str) -> str:
    return text if len(text) <= LONG else f"{text[:LONG].rstrip()}..."


def _add_free(page: Page, free: list[Result]) -> None:
    if not free:
        return
    page.item("·", f"{count(len(free), 'change')} that by the settings nobody has to sign:", indent=2, colour=DIM)
    told = dict.fromkeys(f"{_what(one)}: {said(one['sentence'])}" for one in free)
    for line in list(told)[:FULL]:
        page.item("-", line, indent=6)
    if len(told) > FULL:
        page.line(f"and {len(told) - FULL} more (--format json has all)", indent=8, colour=DIM)


def _what(one: Result) -> str:
    """Return what kind of change an item is, in words, and of which edition."""
    direction = said(one["direction"])
    word = DIRECTIONS[direction][1] if direction in DIRECTIONS else KINDS.get(direction, direction.replace("_", " "))
    where = said(one["new"]) or said(one["old"]) or said(one["guideline"])
    return f"{word}, {where}" if where else word
