"""What the template of the diff report needs beside the result itself."""

from collections.abc import Mapping

from redflag_kit.report.check_view import result_of
from redflag_kit.report.explorer_view import examples_of, explorer_data, rule_places
from redflag_kit.report.hazards_view import controls_said, hazards_of
from redflag_kit.report.html_chain import chains
from redflag_kit.report.html_counts import COUNTED_UNKNOWNS, Cell, UnknownView, count_table, unknown_views
from redflag_kit.report.html_evidence import evidence_delta
from redflag_kit.report.html_lists import (
    Block,
    blocks,
    by_output,
    group_anchors,
    linked_verdict,
    output_label,
    stance_list,
)
from redflag_kit.report.html_pages import status_words
from redflag_kit.report.html_properties import example_words, property_groups
from redflag_kit.report.html_read import Json, body, member, members, objects, text
from redflag_kit.report.html_rules import edit_views, edit_words, paired_rules, rule_views
from redflag_kit.report.html_signoff import signoff_view
from redflag_kit.report.html_text import anchors, key
from redflag_kit.report.html_view import (
    ChangeView,
    card_views,
    change_views,
    grouped,
    hazard_anchor,
    property_anchor,
    shared_values,
)
from redflag_kit.report.html_vignettes import moved_vignettes
from redflag_kit.report.html_words import DIRECTIONS, SECTIONS, UNKNOWN_KINDS, Mark
from redflag_kit.report.named_rules import rules_named
from redflag_kit.report.svg_area import area_view
from redflag_kit.report.svg_flow import Flow, flow


def diff_context(result: Json) -> dict[str, object]:
    """Return the diff arranged for reading."""
    diff = body(result)
    changes = change_views(diff)
    unknowns = unknown_views(diff)
    cards = card_views(diff, changes)
    rules = rule_views(diff, cards)
    edits = edit_views(diff, changes)
    rows, totals = count_table(diff, changes, unknowns)
    paired = paired_rules(diff, rules)
    lists = blocks(changes)
    by_id = {change.id: change for change in changes}
    signoff = signoff_view(diff.get("signoff"), lambda one: _place(by_id, one))
    return {
        "sections": {section.number: section for section in SECTIONS},
        "status_words": status_words(result),
        "title": f"{text(diff.get('old'))} → {text(diff.get('new'))}",
        "verdict": linked_verdict(text(diff.get("verdict")), lists),
        "changes": changes,
        "cards": cards,
        "shared_values": shared_values(diff),
        "blocks": lists,
        "stance": stance_list(changes),
        "unknowns": unknowns,
        "unknown_groups": _unknown_groups(unknowns),
        "count_rows": rows,
        "count_totals": totals,
        "count_marks": (*DIRECTIONS.values(), *(UNKNOWN_KINDS[kind] for kind in COUNTED_UNKNOWNS)),
        "result_of": result_of,
        "property_groups": property_groups(diff),
        "example_words": example_words,
        "contradicts": any(cell.number != cell.listed for cell in (*_all(rows), *totals)),
        "used_directions": [mark for mark in DIRECTIONS.values() if any(c.mark.key == mark.key for c in changes)],
        "used_outputs": [(key(output), output_label(found)) for output, found in by_output(changes).items()],
        "flows": _flows(changes, lists),
        "rules": rules,
        "edits": edits,
        "edit_words": edit_words,
        "edit_anchors": {text(view.edit.get("text")): view.anchor for view in edits},
        "evidence_delta": evidence_delta,
        "moved_vignettes": moved_vignettes(diff),
        "paired": paired,
        "area": area_view(diff),
        "explorer": explorer_data(diff, examples_of(cards, objects(diff.get("unknowns"))), rule_places(paired)),
        "hazards": _hazards(diff, changes),
        "hazards_of": lambda change: hazards_of(change, diff),
        "rules_named": lambda region: rules_named(region, diff),
        "chains": chains(diff, changes, signoff.states if signoff else {}),
        "signoff": signoff,
        "grouped": grouped,
        "property_anchor": property_anchor,
        "hazard_anchor": hazard_anchor,
        "known_properties": {text(one.get("id")) for one in objects(diff.get("property_changes"))},
        "known_hazards": {text(one.get("id")) for one in objects(diff.get("hazards"))},
        "sides": _inputs(result),
        "by_id": by_id,
        "bump": _bump(diff),
        "has_errors": any(one.get("severity") == "error" for one in objects(result.get("diagnostics"))),
    }


def _place(changes: Mapping[str, ChangeView], item: Json) -> str:
    found = changes.get(text(item.get("id")))
    return found.anchor if found else ""


def _all(rows: tuple[tuple[str, tuple[Cell, ...]], ...]) -> list[Cell]:
    return [cell for _, cells in rows for cell in cells]


def _unknown_groups(unknowns: tuple[UnknownView, ...]) -> list[tuple[Mark, list[tuple[str, list[UnknownView]]]]]:
    """Return the effects of missing data by kind, and within it by place in the page."""
    kinds: dict[str, dict[str, list[UnknownView]]] = {}
    for one in unknowns:
        kinds.setdefault(one.mark.key, {}).setdefault(one.anchor, []).append(one)
    return [(next(iter(groups.values()))[0].mark, list(groups.items())) for groups in kinds.values()]


def _flows(changes: tuple[ChangeView, ...], lists: tuple[Block, ...]) -> list[Flow]:
    outputs, places = by_output(changes), group_anchors(lists)
    names = anchors("flow", outputs)
    return [flow(a, output_label(found), found, places) for a, found in zip(names, outputs.values(), strict=True)]


def _hazards(
    diff: Json, changes: tuple[ChangeView, ...]
) -> list[tuple[Json, list[tuple[str, str]], list[ChangeView]]] | None:
    """Return the hazards touched, with their controls and change classes; None where no log was read."""
    if diff.get("hazards") is None:
        return None
    return [
        (one, controls_said(one), [change for change in changes if change.id in members(one.get("classes"))])
        for one in objects(diff.get("hazards"))
    ]


def _inputs(result: Json) -> list[tuple[str, Json, Json]]:
    """Return both editions: heading, the input as the envelope names it, and the guideline in plain words."""
    diff = body(result)
    tables = member(diff.get("tables"))
    inputs = objects(result.get("inputs"))
    sides = []
    for place, (role, heading) in enumerate((("old", "Old edition"), ("new", "New edition"))):
        named = next((one for one in inputs if one.get("role") == role), None)
        given = named if named is not None else member(inputs[place] if len(inputs) == 2 else None)
        sides.append((heading, given, member(tables.get(role))))
    return sides


def _bump(diff: Json) -> tuple[str, str, str]:
    """Return the step that the changes ask for, the declared one with its rule, and if it is enough: yes, no, empty."""
    required, declared = text(diff.get("required_bump")), text(diff.get("declared_bump"))
    rule = text(diff.get("versioning"))
    declared += f" ({rule}: versions only have to grow)" if rule == "calendar" else f" ({rule})"
    enough = diff.get("bump_enough")
    return required, declared, "yes" if enough is True else "no" if enough is False else ""
