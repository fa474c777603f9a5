"""What `redflag suggest` says of a guideline, and of redundant vignettes, in the words that every format shares."""

from redflag_kit.report.html_read import Json, members, objects, text
from redflag_kit.report.text import count, number

CONFIRM = "For a person to confirm: what comes out now, which is right only if the rows say so"
THINGS = {
    "mutants": ("mutant", "that no vignette notices"),
    "unknowns": ("mutant", "that only a case shows in which something was not assessed"),
    "coverage": ("item of coverage", "that no vignette shows"),
    "changes": ("change", "that no vignette shows"),
}
NAMED = 3
"""Things without a suggestion that are named for one reason."""
VERBS = {"mutants": "notice", "unknowns": "notice", "coverage": "show", "changes": "show"}


def summary_lines(guideline: Json) -> list[str]:
    """Return how many vignettes are suggested for one guideline, with the proved least number, and what is left."""
    lines = [line for one in objects(guideline.get("purposes")) for line in _purpose_lines(one)]
    if not lines:
        lines.append("nothing to suggest: no vignette is missing for what was asked")
    waiting = _texts(guideline.get("waiting"))
    if waiting:
        will = f"and will notice {count(number(guideline.get('promised')), 'more mutant')}"
        they = "waits for its outcomes" if len(waiting) == 1 else "wait for their outcomes"
        lines.append(f"{count(len(waiting), 'vignette')} {they} {will}: {', '.join(waiting)}")
    return [*lines, *_left_lines(objects(guideline.get("left")))]


def _left_lines(left: list[Json]) -> list[str]:
    """Return what nothing is suggested for, reason by reason, the first few by name."""
    by_reason: dict[str, list[str]] = {}
    for one in left:
        by_reason.setdefault(text(one.get("reason")), []).append(text(one.get("sentence")))
    lines = []
    for reason, found in by_reason.items():
        named = "; ".join([*found[:NAMED], *(["..."] if len(found) > NAMED else [])])
        lines.append(f"nothing is suggested for {len(found)} more: {reason} ({named})")
    return lines


def _purpose_lines(one: Json) -> list[str]:
    purpose, least = text(one.get("purpose")), number(one.get("at_least"))
    name, whom = THINGS[purpose]
    vignettes, goals = number(one.get("vignettes")), number(one.get("goals"))
    do = VERBS[purpose] + ("s" if vignettes == 1 else "")
    lines = [f"{count(vignettes, 'vignette')} that {do} {count(goals, name, _many(name))} {whom}"]
    if vignettes > 1 and least:
        proof = "fewer cannot do it" if least >= vignettes else f"fewer than {least} cannot do it"
        lines.append(f"{proof}, as long as every finding of a patient is known (proved)")
    if vignettes > max(least, 1):
        fewer = "no fewer of them would do" if one.get("fewest") else "fewer of them might do"
        lines.append(f"chosen from {count(number(one.get('tried')), 'patient')}; {fewer}")
    return lines


def _many(name: str) -> str:
    return "items of coverage" if name.startswith("item ") else f"{name}s"


def place_line(body: Json) -> str:
    """Return what became of the drafts, or how to have them written."""
    files = _texts(body.get("written"))
    if files:
        return f"written to {', '.join(files)}; redflag test fails until the expected outcomes are filled in"
    return "redflag suggest --write adds them to a file; redflag test fails until their outcomes are filled in"


def notice_lines(vignette: Json, most: int) -> list[str]:
    """Return what a vignette would notice, with its place; beyond so many things they are counted."""
    found = objects(vignette.get("notices"))
    lines = [f"{text(one.get('sentence'))} ({text(one.get('file'))}:{number(one.get('line'))})" for one in found[:most]]
    return [*lines, *([f"{len(found) - most} more"] if len(found) > most else [])]


def verb(vignette: Json) -> str:
    """Return what a vignette does to what it is suggested for."""
    return (
        "shows"
        if any(VERBS[text(one.get("kind"))] == "show" for one in objects(vignette.get("notices")))
        else "notices"
    )


def row_line(row: Json) -> str:
    """Return a rule to read, with its citations."""
    cites = "; ".join(_texts(row.get("cites")))
    return f"{text(row.get('rule'))}: {text(row.get('title'))}{f' ({cites})' if cites else ''}"


def now_line(one: Json) -> str:
    """Return what one output gets now, as an expectation spells it and in words."""
    name = f"{text(one.get('label'))} ({text(one.get('output'))})" if one.get("output") else text(one.get("label"))
    return f"{name}: {text(one.get('value'))}, in words: {text(one.get('text'))}"


def patient_line(vignette: Json) -> str:
    """Return what is written down of a patient."""
    return "; ".join(_texts(vignette.get("in_words"))) or "nothing out of the ordinary"


def redundancy_line(found: Json) -> str:
    """Return how many vignettes strength could do without."""
    kept, all_of_them = len(_texts(found.get("kept"))), number(found.get("vignettes"))
    alone = len(_texts(found.get("essential")))
    return f"{kept} of {count(all_of_them, 'vignette')} notice all that is noticed; {alone} notice something alone"


def _texts(value: object) -> list[str]:
    return [text(one) for one in members(value)]
