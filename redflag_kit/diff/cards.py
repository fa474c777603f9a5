"""Cards and counts: classes put together for reading, worst first, and counted per output."""

from collections.abc import Iterable

from redflag_kit.diff.changes import Change
from redflag_kit.diff.pair import Pair
from redflag_kit.diff.present import rule_ref
from redflag_kit.logic.algebra import R
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.results.diff import DIRECTIONS, Card, ChangeClass, OutputCounts, RuleEdit, UnknownChange


def order(classes: Iterable[ChangeClass], pair: Pair[R]) -> tuple[ChangeClass, ...]:
    """Return classes worst first: by direction, then output, then the levels concerned, then id."""
    outputs = {name: position for position, name in enumerate(pair.outputs)}
    return tuple(
        sorted(
            classes,
            key=lambda c: (
                DIRECTIONS.index(c.direction),
                outputs.get(c.output, len(outputs)),
                c.element,
                -_rank(pair, c.output, c.from_value),
                -_rank(pair, c.output, c.to_value),
                c.old_rule.id,
                c.new_rule.id,
                c.id,
            ),
        )
    )


def _rank(pair: Pair[R], output: str, value: str) -> int:
    declared = pair.outputs.get(output)
    scale = declared.scale if declared else None
    return scale.rank(value) if scale and value in scale.levels else -1


def cards(ordered: Iterable[tuple[ChangeClass, Change[R]]]) -> tuple[Card, ...]:
    """Return one card per group of classes with equal regions; changes between statuses only are grouped by kind.

    Which regions are equal is known of diagrams; of other regions each has its own card.
    """
    groups: dict[object, list[ChangeClass]] = {}
    for shown, change in ordered:
        quiet = shown.direction == "scope"
        same = change.region if isinstance(change.region, BddRegion) else shown.id
        key = (shown.kind, shown.from_value, shown.to_value) if quiet else same
        groups.setdefault(key, []).append(shown)
    found = []
    for members in groups.values():
        worst = min(members, key=lambda c: DIRECTIONS.index(c.direction))
        found.append(Card(f"card-{worst.id}", worst.direction, _title(members), tuple(c.id for c in members)))
    return tuple(sorted(found, key=lambda card: DIRECTIONS.index(card.direction)))


def _title(members: list[ChangeClass]) -> str:
    first = members[0]
    if first.direction in ("scope", "constraint"):
        labels = ", ".join(dict.fromkeys(c.label for c in members))
        return f"{labels}: {first.from_words} → {first.to_words}"
    rules = [rule for rule in (first.old_rule, first.new_rule) if rule.id]
    return " → ".join(f"{rule.id} {rule.title}" for rule in rules) or "Nothing decides this in either edition"


def rule_edits(classes: Iterable[ChangeClass], pair: Pair[R]) -> tuple[RuleEdit, ...]:
    """Return every edit with the classes behind which it stands, worst first; classes without a rule have none."""
    groups: dict[tuple[tuple[str, ...], tuple[str, ...]], list[ChangeClass]] = {}
    for one in classes:
        if one.edit:
            groups.setdefault((one.edit.old_rules, one.edit.new_rules), []).append(one)
    found = []
    for (old, new), members in groups.items():
        worst = min(members, key=lambda c: DIRECTIONS.index(c.direction))
        assert worst.edit is not None
        before = tuple(rule_ref(pair.old.guideline, rule) for rule in old)
        after = tuple(rule_ref(pair.new.guideline, rule) for rule in new)
        found.append(RuleEdit(before, after, worst.edit, worst.direction, tuple(c.id for c in members)))
    return tuple(sorted(found, key=lambda one: DIRECTIONS.index(one.direction)))


def counts(
    pair: Pair[R], classes: Iterable[ChangeClass], unknowns: Iterable[UnknownChange]
) -> tuple[OutputCounts, ...]:
    """Return the numbers of classes per output that has any."""
    classes, unknowns = tuple(classes), tuple(unknowns)
    names = [*pair.outputs, "*"]
    found = []
    for name in names:
        mine = [c for c in classes if c.output == name]
        hinging = [u.kind for u in unknowns if u.output == name]
        if not mine and not hinging:
            continue
        by = {direction: sum(c.direction == direction for c in mine) for direction in DIRECTIONS}
        found.append(
            OutputCounts(
                output=name,
                label=pair.outputs[name].label if name in pair.outputs else "possible patients",
                less_urgent=by["less_urgent"],
                more_urgent=by["more_urgent"],
                gained=by["gained"],
                lost=by["lost"],
                lateral=sum(c.kind.startswith("stance-") for c in mine),
                scope=by["scope"],
                constraint=by["constraint"],
                newly_undecided=hinging.count("newly_undecided"),
                newly_decided=hinging.count("newly_decided"),
            )
        )
    return tuple(found)
