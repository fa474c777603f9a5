"""The chain of the changed rules: evidence, vignettes, properties, hazards, sign-off, and the links that lack."""

from collections.abc import Mapping
from dataclasses import dataclass

from redflag_kit.report.html_read import Json, member, members, objects, text
from redflag_kit.report.html_view import ChangeView, rule_anchor
from redflag_kit.report.html_words import SIGNOFF, Mark
from redflag_kit.report.trace_view import broken, claims_of, sources_of


@dataclass(frozen=True, slots=True)
class ChainRow:
    """A rule with all that is linked to it; `gaps` says in words which links are missing.

    `properties`: the place of the list of its properties, which rules with the same ones share.
    """

    anchor: str
    data: Json
    sources: tuple[str, ...]
    claims: tuple[str, ...]
    missed: tuple[str, ...]
    classes: tuple[ChangeView, ...]
    states: tuple[tuple[Mark, tuple[ChangeView, ...]], ...]
    gaps: tuple[str, ...]
    properties: str


@dataclass(frozen=True, slots=True)
class Chain:
    """The changed rules of one edition."""

    edition: str
    heading: str
    rows: tuple[ChainRow, ...]


def chains(diff: Json, changes: tuple[ChangeView, ...], states: Mapping[str, Mark]) -> tuple[Chain, ...] | None:
    """Return the changed rules of both editions; None where the chain was not traced.

    `states`: class -> how it stands with those who must sign it, empty where that was not measured.
    """
    trace = member(diff.get("trace"))
    if not trace:
        return None
    found = []
    places: dict[tuple[str, ...], str] = {}
    for edition, heading in (("old", "Before"), ("new", "After")):
        decided: dict[str, list[ChangeView]] = {}
        for one in changes:
            rule = text((one.old if edition == "old" else one.new).rule.get("id"))
            decided.setdefault(rule, []).append(one)
        rows = [
            _row(edition, rule, tuple(decided.get(text(rule.get("id")), ())), states, places)
            for rule in objects(trace.get(edition))
        ]
        found.append(Chain(edition, f"{heading} {text(diff.get(edition))}", tuple(rows)))
    return tuple(found)


def _row(
    edition: str,
    rule: Json,
    classes: tuple[ChangeView, ...],
    states: Mapping[str, Mark],
    places: dict[tuple[str, ...], str],
) -> ChainRow:
    properties = tuple(text(name) for name in members(rule.get("properties")))
    standing: dict[str, list[ChangeView]] = {}
    for one in classes:
        if one.id in states:
            standing.setdefault(states[one.id].key, []).append(one)
    return ChainRow(
        anchor=rule_anchor(edition, text(rule.get("id"))) if classes else "",
        data=rule,
        sources=tuple(sources_of(rule)),
        claims=tuple(claims_of(rule)),
        missed=tuple(text(one.get("vignette")) for one in objects(rule.get("missed"))),
        classes=classes,
        states=tuple((found, tuple(standing[key])) for key, found in SIGNOFF.items() if key in standing),
        gaps=tuple(_gaps(rule)),
        properties=places.setdefault(properties, f"guards-{len(places) + 1}"),
    )


def _gaps(rule: Json) -> list[str]:
    found = broken(rule)
    if not members(rule.get("properties")):
        found.append("no property guards it")
    if not members(rule.get("hazards")):
        found.append("controls no hazard")
    return found
