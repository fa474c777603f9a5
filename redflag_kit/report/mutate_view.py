"""What the reports on mutants share: marks of the states, scores in words, and which mutants are listed."""

from decimal import Decimal, InvalidOperation

from redflag_kit.report.html_read import Json, body, member, members, number, objects, text
from redflag_kit.report.html_words import Mark
from redflag_kit.report.text import count
from redflag_kit.results.mutate import EQUIVALENT, EXEMPTED, KILLED, NOT_DECIDED, STATES, SURVIVED

NAMED = 3
"""Guidelines that the next step names; of more it is about all."""
ALL = "all"
SHOWN = (SURVIVED, KILLED, EQUIVALENT, EXEMPTED, ALL)
"""What `--show` takes."""

MARKS = {
    SURVIVED: Mark("failed", "✘", "survived", "no vignette notices the fault, and it changes an outcome"),
    NOT_DECIDED: Mark("not_decided", "?", "not decided", "no vignette notices it; whether it changes anything is open"),
    EXEMPTED: Mark("noted", "–", "exempted", "the authors say why no vignette needs to notice it"),
    EQUIVALENT: Mark("noted", "=", "equivalent", "proved: nobody gets another outcome"),
    KILLED: Mark("passed", "✔", "killed", "at least one vignette notices it"),
}
"""Worst first."""


def listed(result: Json) -> list[Json]:
    """Return the mutants that a summary lists, worst first: those asked for, and always the exempted."""
    asked = text(member(result.get("options")).get("show")) or SURVIVED
    wanted = {SURVIVED: (SURVIVED, NOT_DECIDED), ALL: STATES}.get(asked, (asked,))
    found = objects(body(result).get("mutants"))
    states = [state for state in STATES if state in wanted or state == EXEMPTED]
    return [one for state in states for one in found if one.get("state") == state]


def of_state(result: Json, state: str) -> list[Json]:
    """Return the mutants in a state, in their order."""
    return [one for one in objects(body(result).get("mutants")) if one.get("state") == state]


def totals_words(totals: Json) -> str:
    """Return how many mutants there are of each state, those of which there are none left out."""
    parts = [count(number(totals.get("mutants")), "mutant")]
    states = (KILLED, EQUIVALENT, EXEMPTED, SURVIVED, NOT_DECIDED)
    parts += [f"{totals[state]} {MARKS[state].word}" for state in states if totals.get(state)]
    score = totals.get("score")
    return ", ".join(parts) + (f"; score {percent(score)}" if score is not None else "; nothing left to kill")


def percent(score: object) -> str:
    """Return a score as people write it: `99.31 %`; rounded down, so that 100 % means all."""
    try:
        share = Decimal(text(score)) * 100
    except InvalidOperation:
        return "–"
    return f"{share.normalize():f} %"


def place(one: Json) -> str:
    """Return where a mutant was made."""
    return f"{text(one.get('file'))}:{text(one.get('line'))}:{text(one.get('column'))}"


def named(one: Json) -> str:
    """Return which mutant it is: its guideline, its rule if it is in one, and what kind of fault it is."""
    rule = text(one.get("rule"))
    return " ".join(filter(None, (text(one.get("guideline")), rule, text(one.get("operator")))))


def outcome_lines(one: Json) -> list[str]:
    """Return what the witness of a survivor gets, without the fault and with it."""
    found = objects(member(one.get("witness")).get("outcomes"))
    return [f"{text(o.get('label'))}: {text(o.get('before'))} → {text(o.get('after'))}" for o in found]


def killers(one: Json, most: int = 5) -> str:
    """Return the vignettes that kill a mutant, as far as a line has room."""
    found = [text(name) for name in members(one.get("killed_by"))]
    more = f" and {len(found) - most} more" if len(found) > most else ""
    return ", ".join(found[:most]) + more


def by_state(strength: Json) -> dict[str, list[Json]]:
    """Return the mutants of a part of a result, by their state."""
    found: dict[str, list[Json]] = {}
    for one in objects(strength.get("mutants")):
        found.setdefault(text(one.get("state")), []).append(one)
    return found


def next_step(result: Json) -> str:
    """Return the command that drafts vignettes for the survivors, empty if there are none."""
    names = unnoticed(result)
    return " ".join(["redflag suggest", *(names if len(names) <= NAMED else ())]) if names else ""


def unnoticed(result: Json) -> list[str]:
    """Return the guidelines with survivors, for which `redflag suggest` has something to say."""
    return list(dict.fromkeys(text(one.get("guideline")) for one in of_state(result, SURVIVED)))
