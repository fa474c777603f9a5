"""The explorer's data as it stands in a page: that of the result, the examples of the report, and where rules are.

Nothing is computed but places: of a value among the atoms of its finding, of a rule in the page.
"""

import json
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from markupsafe import Markup

from redflag_kit.report.html_read import Json, member, members, objects, text
from redflag_kit.report.html_rules import PairedRules
from redflag_kit.report.html_text import inline
from redflag_kit.report.html_view import CardView

Given = list[list[int] | int | None]
"""A case: for each finding nothing (not assessed), its atoms, or the index of an exact number."""


Places = Mapping[tuple[str, str], str]
"""The anchor of a rule of an edition, where the page shows it."""


def rule_places(paired: Iterable[PairedRules]) -> Places:
    """Return the row of the appendix in which each rule stands first."""
    places: dict[tuple[str, str], str] = {}
    for number, row in enumerate(paired, start=1):
        for edition, rule in (("old", row.old), *(("new", one) for one in row.new)):
            places.setdefault((edition, text(rule.get("id"))), f"pair-{number}")
    return places


def examples_of(cards: Iterable[CardView], unknowns: Iterable[Json]) -> dict[str, Json]:
    """Return the example patient of each card by its anchor, and each case of missing data by its place."""
    found = {card.anchor: member(member(card.classes[0].data.get("witness")).get("case")) for card in cards}
    return found | {f"effect-{place}": member(one.get("case")) for place, one in enumerate(unknowns)}


def explorer_data(diff: Json, examples: Mapping[str, Json], places: Places) -> Markup | None:
    """Return the data for the page's script, None where the result has none.

    `examples`: cases by the anchor of what they are an example of.
    """
    found = member(diff.get("explorer"))
    if not found:
        return None
    data: dict[str, Any] = {**found, "examples": {name: given(found, case) for name, case in examples.items()}}
    for edition in ("old", "new"):
        own = member(found.get(edition))
        rules = objects(own.get("rules"))
        rules = [{**rule, "place": places.get((edition, text(rule.get("id"))), "")} for rule in rules]
        data[edition] = {**own, "name": text(diff.get(edition)), "rules": rules}
    return script_data(_shown(data))


def script_data(value: object) -> Markup:
    """Return plain data as JSON that cannot end a script element or begin a comment in it."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        written = written.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(written)  # every sign that HTML could read as markup is spelled out


def given(explorer: Json, case: Json) -> Given:
    """Return a case of the result as the page's script takes it."""
    return [_entry(one, case.get(text(one.get("id")))) for one in objects(explorer.get("findings"))]


def _entry(finding: Json, value: object) -> list[int] | int | None:
    if value is None:
        return None
    number = member(finding.get("number"))
    if isinstance(value, Mapping):
        return None  # known in part: no example of a report is
    if number:
        return int((Fraction(text(value)) * number["denominator"] - number["low"]) / number["step"])
    values = members(finding.get("values"))
    return [values.index(value)] if value in values else None


def _shown(value: object) -> object:
    """Return the data with every text made safe to look at; names of keys are those of the contract."""
    if isinstance(value, str):
        return inline(value)
    if isinstance(value, Mapping):
        return {inline(str(key)): _shown(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_shown(one) for one in value]
    return value
