"""`redflag diff` as text: the verdict, counts, every change worst first, and what was not looked at."""

from collections import Counter

from redflag_kit.report.hazards_view import controls_said, hazards_of
from redflag_kit.report.json import Result
from redflag_kit.report.named_rules import rules_named
from redflag_kit.report.text import (
    BOLD,
    DIM,
    GREEN,
    NOT_FOR_CARE,
    PLAIN,
    RED,
    YELLOW,
    Page,
    Style,
    cells,
    count,
    items,
    number,
    record,
    said,
    words,
    wrap,
)
from redflag_kit.report.text_across import render_across
from redflag_kit.report.text_diagnostics import add_not_decided
from redflag_kit.report.text_mutate import add_strength
from redflag_kit.report.text_properties import add_promises, add_property_changes
from redflag_kit.report.text_revisions import add_revisions
from redflag_kit.report.text_signoff import add_summary

# direction -> symbol, word, colour
DIRECTIONS = {
    "less_urgent": ("↓", "less urgent", RED),
    "lost": ("↓", "lost", RED),
    "lateral": ("↔", "lateral", YELLOW),
    "scope": ("↔", "scope only", ""),
    "constraint": ("↔", "one edition only", ""),
    "gained": ("↑", "gained", GREEN),
    "more_urgent": ("↑", "more urgent", GREEN),
}
COLUMNS = {
    "less_urgent": "less",
    "lost": "lost",
    "lateral": "lateral",
    "scope": "scope",
    "constraint": "constr.",
    "gained": "gained",
    "more_urgent": "more",
    "newly_undecided": "undec.",
    "newly_decided": "dec.",
}
LEGEND = (
    (("less_urgent", "lost"), "less, lost: less urgent"),
    (("gained", "more_urgent"), "gained, more: more urgent"),
    (("lateral",), "lateral: of these, changes of stance"),
    (("constraint",), "constr.: patients whom one edition rules out"),
    (("newly_undecided", "newly_decided"), "undec., dec.: newly undecided or decided where something is unknown"),
)
BRIEF = ("scope", "constraint", "gained", "more_urgent")
NAMED = 8
FAULTS = 4  # of one code
NARROW = 14  # columns for a label
LONG = 480  # characters of one condition
UNKNOWN_KINDS = {
    "newly_undecided": "newly undecided",
    "newly_decided": "newly decided",
    "wider": "more outcomes possible",
    "narrower": "fewer outcomes possible",
    "moved": "other outcomes possible",
}


def render(result: Result, style: Style = PLAIN) -> str:
    """Return the whole comparison of two editions, of two states, or of several guidelines."""
    found = record(result.get("diff"))
    if found.get("compares") == "guidelines":
        return render_across(result, style)
    page = Page(style)
    if found.get("compares") == "revisions":
        add_revisions(page, result, add_comparison)
    elif found:
        add_comparison(page, found)
    else:
        page.item("? not compared:", "nothing was established", colour=YELLOW)
        add_not_decided(page, result)
        return page.text()
    page.heading("Not measured")
    unknown = "" if found.get("test_strength") else "test strength, "
    page.line(f"{unknown}population impact", indent=2)
    page.heading("Limits")
    for limit in words(result["limits"]):
        page.item("-", limit, indent=2)
    page.blank()
    page.line(NOT_FOR_CARE, colour=DIM)
    return page.text()


def add_comparison(page: Page, found: Result) -> None:
    """Add the comparison of two editions, worst changes first."""
    _add_verdict(page, found)
    _add_redefined(page, items(found.get("redefined", [])))
    _add_counts(page, record(found["counts"]))
    _add_edits(page, items(found.get("edits")))
    _add_cards(page, found)
    _add_unknowns(page, items(found["unknowns"]))
    add_property_changes(page, found)
    add_promises(page, items(found["properties"]))
    _add_health(page, record(found["health"]))
    _add_vignettes(page, record(found["vignettes"]))
    add_strength(page, record(found.get("test_strength")))
    _add_hazards(page, found)
    if found.get("signoff") is not None:
        page.heading("Sign-off")
        add_summary(page, record(found["signoff"]))
    _add_unchanged(page, items(found["unchanged_edits"]))


def _add_verdict(page: Page, found: Result) -> None:
    mark, colour = ("✔ equivalent:", GREEN) if found["equivalent"] else ("✘ changed:", RED)
    if found["equivalent"] is None:
        mark, colour = "? not decided:", YELLOW
    page.item(mark, said(found["verdict"]), hang=2, colour=colour)
    required, declared = said(found["required_bump"]), said(found["declared_bump"])
    told = f"version: the change asks for {required}, the versions declare {declared}"
    if said(found["versioning"]) == "calendar":
        told += "; calendar versions only have to grow"
    page.line(told if found["bump_enough"] is not False else f"{told}: too small", indent=2, hang=2)


def _add_redefined(page: Page, redefined: list[Result]) -> None:
    if redefined:
        page.heading("Outputs that the vocabulary defines otherwise")
    for one in redefined:
        page.item(f"{said(one['label'])}:", "; ".join(words(one["what"])), indent=2, hang=4)


def _add_counts(page: Page, counts: Result) -> None:
    shown = {name: record(row) for name, row in counts.items() if any(number(record(row)[key]) for key in COLUMNS)}
    if not shown:
        return
    page.heading("Change classes per output")
    used = [key for key in COLUMNS if any(number(row[key]) for row in shown.values())]
    room = page.style.width - 2 - sum(len(COLUMNS[key]) + 2 for key in used)
    if room < NARROW:
        for row in shown.values():
            many = [f"{COLUMNS[key]} {number(row[key])}" for key in used if number(row[key])]
            page.line(f"{said(row['label'])}: {', '.join(many)}", indent=2, hang=2)
    else:
        page.lines.append("  " + " " * room + "".join(f"  {COLUMNS[key]}" for key in used))
        for row in shown.values():
            _add_row(page, row, used, room)
    legend = [text for keys, text in LEGEND if any(key in used for key in keys)]
    page.line("; ".join(legend), indent=2)


def _add_row(page: Page, row: Result, used: list[str], room: int) -> None:
    """Add a row of the table of counts; a long label goes on below, the numbers stand in its first line."""
    first, *more = wrap(page.clean(said(row["label"])), room)
    numbers = "".join(f"{number(row[key]) or '.':>{len(COLUMNS[key]) + 2}}" for key in used)
    page.lines.append("  " + first + " " * (room - cells(first)) + numbers)
    page.lines += [f"    {line}" for line in more]


def _add_cards(page: Page, found: Result) -> None:
    changes = {said(one["id"]): one for one in items(found["changes"])}
    brief = False
    for position, card in enumerate(items(found["cards"]), 1):
        if position == 1:
            page.heading("Changes, worst first")
        direction = said(card["direction"])
        if direction in BRIEF and not brief:
            brief = True
            page.heading("Changes that take no urgency away, in short (the HTML and JSON reports have them in full)")
        classes = [changes[name] for name in words(card["classes"]) if name in changes]
        if classes:
            page.blank()
            _add_card(page, position, direction, classes, found)


def _add_card(page: Page, position: int, direction: str, classes: list[Result], found: Result) -> None:
    """Add the classes of one card: what changes, for whom, an example, and the rules on both sides."""
    symbol, word, colour = DIRECTIONS.get(direction, ("↔", direction, ""))
    page.item(f"{position}. {symbol} {word}", "", colour=colour)
    groups: dict[str, list[Result]] = {}
    for one in classes:
        # Classes of one card have equal regions, except where only the scope changed.
        key = said(record(one["region"])["text"]) if direction == "scope" else ""
        groups.setdefault(key, []).append(one)
    for group in groups.values():
        add_classes(page, direction, group, found)


def add_classes(page: Page, direction: str, classes: list[Result], found: Result) -> None:
    """Add classes of equal region, in short where the direction of their card takes nothing away; none is in full."""
    for sentence in dict.fromkeys(_sentence(one, direction) for one in classes):
        page.line(sentence, indent=3, hang=2, colour=BOLD)
    region = record(classes[0]["region"])
    exact = "" if region["exact"] else " (shortened: not the whole condition)"
    page.item("who", said(region["text"]) + exact, indent=3, hang=9)
    named = rules_named(region, found)
    if named:
        page.item("where", "; ".join(named), indent=3, hang=9)
    witness = record(classes[0]["witness"])
    if direction in BRIEF:
        page.item("rules", "; ".join(dict.fromkeys(map(_rules, classes))), indent=3, hang=9)
    else:
        page.item("example", ", ".join(words(witness["shown"])) or "nothing unusual", indent=3, hang=9)
        _add_side(page, "before", items(witness["old_rules"]), [record(one["old_row"]) for one in classes])
        _add_side(page, "after", items(witness["new_rules"]), [record(one["new_row"]) for one in classes])
    vignettes = dict.fromkeys(name for one in classes for name in words(one["vignettes"]))
    page.item("tested", some(list(vignettes)) or "by no vignette", indent=3, hang=9)
    hazards = dict.fromkeys(name for one in classes if one["hazards"] for name in hazards_of(one, found))
    if hazards:
        page.item("hazards", "; ".join(hazards), indent=3, hang=9)
    page.item("id", ", ".join(said(one["id"]) for one in classes), indent=3, hang=9)


def _sentence(one: Result, direction: str) -> str:
    """Return what a class says, with its own direction where the card has another."""
    _, other, _ = DIRECTIONS.get(said(one["direction"]), ("", said(one["direction"]), ""))
    return said(one["sentence"]) + (f" ({other})" if one["direction"] != direction else "")


def _rules(one: Result) -> str:
    return f"{said(one['old_rule']) or 'no rule'} → {said(one['new_rule']) or 'no rule'}"


def some(names: list[str]) -> str:
    """Return the first names of a list and how many more there are."""
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")


def _add_side(page: Page, mark: str, fired: list[Result], rows: list[Result]) -> None:
    deciding = {said(row["id"]): row for row in rows if row["id"]}
    others = [said(one["id"]) for one in fired if said(one["id"]) not in deciding]
    for name, row in deciding.items():
        page.item(mark, f"{name} {said(row['title'])}", indent=3, hang=9)
        page.line(f"{said(row['file'])}:{number(row['line'])}", indent=12, hang=2, colour=DIM)
        cited = [f"{said(one['cite'])} {said(one['status']).replace('_', ' ')}" for one in items(row["evidence"])]
        page.line(f"evidence: {', '.join(cited) or 'none'}", indent=12, hang=2, colour=DIM)
        mark = ""
    if others or not deciding:
        page.item(mark, f"{'also ' if deciding else ''}{', '.join(others) or 'no rule'}", indent=3, hang=9)


def _add_edits(page: Page, edits: list[Result]) -> None:
    """Add the edits of rules behind the changes, worst first: what a reviewer reads before the single classes."""
    if edits:
        page.heading("Edits of rules behind the changes, worst first (exceptions and scope aside)")
    for one in edits:
        symbol, word, colour = DIRECTIONS.get(said(one["direction"]), ("↔", said(one["direction"]), ""))
        classes = count(len(words(one["classes"])), "change class", "change classes")
        names, _, change = said(record(one["edit"])["text"]).partition(": ")
        page.item(f"{symbol} {word}", f"{names} ({classes})", 2, 4, colour)
        for row in items(one["old_rules"]):
            page.item("was", f"{said(row['id'])} {said(row['title'])} → {said(row['then'])}", 6, 10)
        for row in items(one["new_rules"]):
            page.item("is", f"{said(row['id'])} {said(row['title'])} → {said(row['then'])}", 6, 10)
        page.item("who", _cut(change), 6, 10)


def _cut(text: str) -> str:
    """Return a long condition without its last alternatives, and say so."""
    if len(text) <= LONG:
        return text
    kept, _, rest = text[:LONG].rpartition("; or ")
    more = text[len(kept) :].count("; or ")
    return f"{kept}; and {count(more, 'more alternative')} (HTML and JSON have them)" if kept and rest else text


def _add_unknowns(page: Page, unknowns: list[Result]) -> None:
    """Add what missing information does: for each kind the outputs, and one example."""
    if unknowns:
        page.heading("With missing information, an example of each kind (the other reports have one per output)")
    for kind in dict.fromkeys(said(one["kind"]) for one in unknowns):
        found = [one for one in unknowns if one["kind"] == kind]
        labels = [said(one["label"]) for one in found]
        page.item(f"? {UNKNOWN_KINDS.get(kind, kind)}:", some(labels), indent=2, hang=2)
        first = found[0]
        page.item("example", ", ".join(words(first["shown"])) or "nothing unusual", indent=4, hang=10)
        page.item("unknown", ", ".join(words(first["unknown"])), indent=4, hang=10)
        of = f"{labels[0]}: " if len(labels) > 1 else ""
        page.item("before", of + " or ".join(words(first["old"])), indent=4, hang=10)
        page.item("after", of + " or ".join(words(first["new"])), indent=4, hang=10)


def _add_health(page: Page, health: Result) -> None:
    """Add the first faults of each code, and each assumption once; how many more there are is said."""
    page.heading("Health of the tables")
    for key, mark, colour in (("introduced", "✘", RED), ("resolved", "✔", GREEN), ("kept", "–", "")):
        alike: dict[tuple[str, ...], list[Result]] = {}
        for one in items(health[key]):
            alike.setdefault((said(one["code"]), *words(one.get("findings"))), []).append(one)
        for group in alike.values():
            shown = 1 if words(group[0].get("findings")) else FAULTS
            for one in group[:shown]:
                text = f"{said(one['code'])} {said(one['name'])}: {_cut(said(one['message']))}"
                page.item(f"{mark} {key}", text, indent=2, hang=4, colour=colour)
            if len(group) > shown:
                page.line(f"… {len(group) - shown} more like this (HTML and JSON have them)", indent=4, hang=2)
    if not any(health[key] for key in ("introduced", "resolved", "kept")):
        page.line("no fault in either edition", indent=2)


def _add_vignettes(page: Page, found: Result) -> None:
    page.heading("Vignettes")
    changed = items(found["changed"])
    named = (
        ("with another outcome:", [said(one["id"]) for one in changed]),
        ("failing on the new edition:", words(found["failing"])),
        ("expecting something of the new edition only:", words(found["new"])),
        ("expecting something of the old edition only:", words(found["orphaned"])),
    )
    for mark, names in named:
        if names:
            colour = RED if mark.startswith("failing") else ""
            page.item(f"{len(names)} {mark}", some(names), indent=2, hang=2, colour=colour)
    uncovered = len(words(found["uncovered"]))
    if uncovered:
        text = f"{count(uncovered, 'change class', 'change classes')} in which no vignette lies"
        page.line(text, indent=2, hang=2, colour=YELLOW)
    if not any(names for _, names in named) and not uncovered:
        page.line("every vignette has the outcome it had", indent=2)


def _add_hazards(page: Page, found: Result) -> None:
    """Add the hazards touched, each with the risk of the log, its change classes and what becomes of its controls."""
    if found.get("hazards") is None:
        return
    page.heading("Hazards and controls (the risks are those of the hazard log)")
    directions = {said(one["id"]): said(one["direction"]) for one in items(found["changes"])}
    for one in items(found["hazards"]):
        risk = f"risk {said(one['initial_risk'])} without controls, {said(one['residual_risk'])} with them"
        page.item(said(one["id"]), f"{said(one['title'])}; {risk}", indent=2)
        counted = Counter(directions.get(name, "") for name in words(one["classes"]))
        many = [f"{counted[key]} {word}" for key, (_, word, _) in DIRECTIONS.items() if counted[key]]
        page.line(f"change classes: {', '.join(many) or 'none'}", indent=8, hang=2)
        for word, rules in controls_said(one):
            colour = RED if word == "lost" else ""
            page.item(f"controls {word}:", rules, indent=8, hang=2, colour=colour)
    if not found["hazards"]:
        page.line("no hazard of the log is touched", indent=2)


def _add_unchanged(page: Page, unchanged: list[Result]) -> None:
    if unchanged:
        page.heading("Touched, but proved unchanged")
    for one in unchanged:
        old, new = said(one["old_rule"]), said(one["new_rule"])
        name = old if old == new else f"{old} → {new}"
        page.item(f"{name}:", ", ".join(words(one["what"])), indent=2, hang=4)
