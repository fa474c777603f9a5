"""What the template of the diff report needs beside the result itself."""

from redflag_kit.report.check_view import result_of
from redflag_kit.report.explorer_view import examples_of, explorer_data, rule_places
from redflag_kit.report.hazards_view import controls_said, hazards_of
from redflag_kit.report.html_counts import (
    COUNTED_UNKNOWNS,
    Cell,
    UnknownView,
    count_table,
    list_views,
    output_label,
    unknown_views,
)
from redflag_kit.report.html_pages import status_words
from redflag_kit.report.html_read import Json, body, member, members, objects, text
from redflag_kit.report.html_rules import edit_views, paired_rules, rule_views
from redflag_kit.report.html_text import anchors, slug
from redflag_kit.report.html_view import (
    ChangeView,
    card_views,
    change_views,
    shared_values,
)
from redflag_kit.report.html_words import DIRECTIONS, SECTIONS, UNKNOWN_KINDS, Mark
from redflag_kit.report.named_rules import rules_named
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
    return {
        "sections": {section.number: section for section in SECTIONS},
        "status_words": status_words(result),
        "title": f"{text(diff.get('old'))} → {text(diff.get('new'))}",
        "changes": changes,
        "cards": cards,
        "shared_values": shared_values(diff),
        "lists": list_views(changes),
        "unknowns": unknowns,
        "unknown_groups": _unknown_groups(unknowns),
        "count_rows": rows,
        "count_totals": totals,
        "count_marks": (*DIRECTIONS.values(), *(UNKNOWN_KINDS[kind] for kind in COUNTED_UNKNOWNS)),
        "result_of": result_of,
        "contradictions": sum(cell.number != cell.listed for cell in (*_all(rows), *totals)),
        "used_directions": [mark for mark in DIRECTIONS.values() if any(c.mark.key == mark.key for c in changes)],
        "used_outputs": _outputs(changes),
        "flows": _flows(changes),
        "rules": rules,
        "edits": edits,
        "edit_anchors": {text(view.edit.get("text")): view.anchor for view in edits},
        "stance": sum(change.stance for change in changes),
        "paired": paired,
        "explorer": explorer_data(diff, examples_of(cards), rule_places(paired)),
        "hazards": _hazards(diff, changes),
        "hazards_of": lambda change: hazards_of(change, diff),
        "rules_named": lambda region: rules_named(region, diff),
        "signed": sum(bool(change.data.get("signoff")) for change in changes),
        "sides": _inputs(result),
        "by_id": {change.id: change for change in changes},
        "bump": _bump(diff),
        "errors": sum(one.get("severity") == "error" for one in objects(result.get("diagnostics"))),
        "undecided": len(objects(result.get("not_decided"))),
    }


def _all(rows: tuple[tuple[str, tuple[Cell, ...]], ...]) -> list[Cell]:
    return [cell for _, cells in rows for cell in cells]


def _unknown_groups(unknowns: tuple[UnknownView, ...]) -> list[tuple[Mark, list[tuple[str, list[UnknownView]]]]]:
    """Return the effects of missing data by kind, and within it by place in the page."""
    kinds: dict[str, dict[str, list[UnknownView]]] = {}
    for one in unknowns:
        kinds.setdefault(one.mark.key, {}).setdefault(one.anchor, []).append(one)
    return [(next(iter(groups.values()))[0].mark, list(groups.items())) for groups in kinds.values()]


def _outputs(changes: tuple[ChangeView, ...]) -> list[tuple[str, str]]:
    by_output: dict[str, list[ChangeView]] = {}
    for one in changes:
        by_output.setdefault(one.output, []).append(one)
    return [(slug(output), output_label(found)) for output, found in by_output.items()]


def _flows(changes: tuple[ChangeView, ...]) -> list[Flow]:
    by_output: dict[str, list[ChangeView]] = {}
    for one in changes:
        by_output.setdefault(one.output, []).append(one)
    names = anchors("flow", by_output)
    return [flow(a, output_label(found), found) for a, found in zip(names, by_output.values(), strict=True)]


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
