"""The change classes of a diff arranged for reading: cards, lists behind the counts, anchors. Nothing is recomputed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from redflag_kit.report.html_read import Json, case_words, member, members, objects, pairs, text, value_words
from redflag_kit.report.html_text import anchors, key, slug
from redflag_kit.report.html_words import DIRECTIONS, Mark, mark, plain, status_words

NOT_COVERED = "not_covered"
STANCE_KINDS = ("stance-weakened", "stance-strengthened")


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that fires for the example patient."""

    id: str
    title: str
    decisive: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One edition's half of a change: what it says, which rule decides, and all rules that fire for the example."""

    heading: str
    edition: str
    words: str
    rule: Json
    rule_anchor: str
    fired: tuple[Fired, ...]


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change class with its place in the page; `code` is what people call it, the start of its fingerprint."""

    anchor: str
    code: str
    id: str
    label: str
    output: str
    mark: Mark
    stance: bool
    old: Side
    new: Side
    data: Json

    @property
    def rules(self) -> str:
        """Return the deciding rules, before and after."""
        return f"{text(self.old.rule.get('id')) or 'no rule'} → {text(self.new.rule.get('id')) or 'no rule'}"


@dataclass(frozen=True, slots=True)
class OutputRow:
    """What both editions say of one output for the example patient."""

    output: str
    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Example:
    """The synthetic patient of a card and every output.

    `shown`: what is not ordinary about them; `differs`: where they differ from the values shared by all examples.
    `here`: the outputs of the card; `elsewhere`, `same`: others that both editions cover, by what becomes of them.
    """

    shown: tuple[str, ...]
    differs: tuple[str, ...]
    here: tuple[OutputRow, ...]
    elsewhere: tuple[tuple[str, tuple[str, ...]], ...]
    same: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def changed_elsewhere(self) -> int:
        return sum(len(labels) for _, labels in self.elsewhere)


@dataclass(frozen=True, slots=True)
class Cause:
    """Change classes of a card that the same pair of rules decides, with the rules once for all of them."""

    classes: tuple[ChangeView, ...]
    old: Side
    new: Side
    edit: Json


@dataclass(frozen=True, slots=True)
class PartView:
    """Change classes of a card that are told of the same patients; `vignettes` lie inside all of them."""

    region: Json
    causes: tuple[Cause, ...]
    example: Example
    vignettes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CardView:
    """Change classes of the same patients; those of scope and coverage of the same kind, each with its patients."""

    anchor: str
    title: str
    mark: Mark
    classes: tuple[ChangeView, ...]
    parts: tuple[PartView, ...]
    directions: str
    outputs: str


def change_views(diff: Json) -> tuple[ChangeView, ...]:
    """Return every change class in the order of the result."""
    found = objects(diff.get("changes"))
    names = anchors("class", (_code(one) for one in found))
    return tuple(_change(diff, one, anchor) for one, anchor in zip(found, names, strict=True))


def _code(one: Json) -> str:
    """Return the start of a fingerprint, or the id of a class that has none."""
    return text(one.get("fingerprint")).removeprefix("sha256:")[:8] or text(one.get("id"))


def _change(diff: Json, one: Json, anchor: str) -> ChangeView:
    element = text(one.get("element"))
    output = text(one.get("output"))
    label = text(one.get("label")) or plain(output) + (f": {plain(element)}" if element else "")
    return ChangeView(
        anchor=anchor,
        code=anchor.removeprefix("class-"),
        id=text(one.get("id")),
        label=label,
        output=output,
        mark=mark(DIRECTIONS, text(one.get("direction"))),
        stance=one.get("kind") in STANCE_KINDS or one.get("direction") == "lateral",
        old=_side("Before", "old", "from", diff, one),
        new=_side("After", "new", "to", diff, one),
        data=one,
    )


def _side(heading: str, edition: str, value: str, diff: Json, one: Json) -> Side:
    rule = _rule(one, edition)
    words = text(one.get(f"{value}_words")) or plain(text(one.get(value)))
    fired = tuple(
        Fired(text(r.get("id")), text(r.get("title")), r.get("decisive") is True)
        for r in objects(member(one.get("witness")).get(f"{edition}_rules"))
    )
    anchor = rule_anchor(edition, text(rule.get("id"))) if rule.get("id") else ""
    return Side(heading, text(diff.get(edition)), words, rule, anchor, fired)


def _rule(one: Json, edition: str) -> Json:
    return member(one.get(f"{edition}_row")) or {"id": text(one.get(f"{edition}_rule"))}


def rule_anchor(edition: str, rule_id: str) -> str:
    """Return the anchor of a rule in the section on evidence."""
    # The slug alone would let `11-CA` and `11_CA` meet; the code points of what it drops keep them apart.
    dropped = "".join(f"{ord(c):x}" for c in rule_id if not (c.isascii() and (c.isalnum() or c == "-")))[:24]
    return f"rule-{edition}-{slug(rule_id)}{'-' + dropped if dropped else ''}"


def property_anchor(name: str) -> str:
    """Return the anchor of a safety property."""
    return f"property-{key(name)}"


def hazard_anchor(name: str) -> str:
    """Return the anchor of a hazard."""
    return f"hazard-{key(name)}"


def grouped(changes: Iterable[ChangeView]) -> list[tuple[Mark, str, list[ChangeView]]]:
    """Return classes by direction, worst first, and by what they are about."""
    groups: dict[tuple[str, str], list[ChangeView]] = {}
    for one in sorted(changes, key=lambda c: worst_first([c.mark.key])):
        groups.setdefault((one.mark.key, one.label), []).append(one)
    return [(found[0].mark, label, found) for (_, label), found in groups.items()]


def worst_first(directions: Iterable[str]) -> int:
    """Return the rank of the worst of some directions, 0 for the worst of all."""
    order = list(DIRECTIONS)
    return min((order.index(one) for one in directions if one in order), default=len(order))


def card_views(diff: Json, changes: tuple[ChangeView, ...]) -> tuple[CardView, ...]:
    """Return the cards worst first; a class that no card holds gets one of its own, so that none is missing."""
    by_id: dict[str, list[ChangeView]] = {}
    for change in changes:
        by_id.setdefault(change.id, []).append(change)
    given: list[tuple[str, tuple[ChangeView, ...]]] = []
    seen: set[str] = set()
    for card in objects(diff.get("cards")):
        classes = [one for name in members(card.get("classes")) for one in by_id.get(text(name), [])]
        fresh = tuple(one for one in classes if one.anchor not in seen)
        seen.update(one.anchor for one in fresh)
        if fresh:
            given.append((text(card.get("title")), fresh))
    given += [("", (one,)) for one in changes if one.anchor not in seen]
    given.sort(key=lambda card: worst_first(one.mark.key for one in card[1]))
    shared = shared_values(diff)
    names = anchors("card", (classes[0].code for _, classes in given))
    return tuple(
        _card(diff, anchor, title, classes, shared) for anchor, (title, classes) in zip(names, given, strict=True)
    )


def shared_values(diff: Json) -> Json:
    """Return for each finding the value that most example patients have; cards list only where theirs differ."""
    counted: dict[str, Counter[str]] = {}
    values: dict[tuple[str, str], object] = {}
    for one in objects(diff.get("changes")):
        for finding, value in member(member(one.get("witness")).get("case")).items():
            words = value_words(value)
            counted.setdefault(text(finding), Counter())[words] += 1
            values.setdefault((text(finding), words), value)
    return {finding: values[finding, found.most_common(1)[0][0]] for finding, found in counted.items()}


def _differences(case: Json, shared: Json) -> tuple[str, ...]:
    differs = {name: value for name, value in case.items() if value != shared.get(name)}
    absent = tuple(f"{plain(name)}: not stated" for name in shared if name not in case)
    return (*case_words(differs), *absent)


def _card(diff: Json, anchor: str, title: str, classes: tuple[ChangeView, ...], shared: Json) -> CardView:
    worst = min(classes, key=lambda one: worst_first([one.mark.key]))
    # Classes of a card have equal regions, except where only scope or coverage changed.
    parts: dict[object, list[ChangeView]] = {}
    for one in classes:
        region = member(one.data.get("region")) if worst.mark.key == "scope" else {}
        vignettes = tuple(text(name) for name in members(one.data.get("vignettes")))
        parts.setdefault((text(region.get("text")), str(region.get("cubes")), vignettes), []).append(one)
    return CardView(
        anchor=anchor,
        title=title or f"{worst.label}: {worst.old.words} → {worst.new.words}",
        mark=worst.mark,
        classes=classes,
        parts=tuple(_part(diff, tuple(found), shared) for found in parts.values()),
        directions=" ".join(dict.fromkeys(one.mark.key for one in classes)),
        outputs=" ".join(dict.fromkeys(key(one.output) for one in classes)),
    )


def _part(diff: Json, classes: tuple[ChangeView, ...], shared: Json) -> PartView:
    first = classes[0].data
    return PartView(
        region=member(first.get("region")),
        causes=_causes(classes),
        example=_example(diff, first, shared, {one.output for one in classes}),
        vignettes=tuple(text(name) for name in members(first.get("vignettes"))),
    )


def _causes(classes: tuple[ChangeView, ...]) -> tuple[Cause, ...]:
    """Group classes whose rules, fired rules and edit are the same."""
    groups: dict[object, list[ChangeView]] = {}
    for one in classes:
        edit = text(member(one.data.get("edit")).get("text"))
        key = (text(one.old.rule.get("id")), text(one.new.rule.get("id")), one.old.fired, one.new.fired, edit)
        groups.setdefault(key, []).append(one)
    return tuple(
        Cause(tuple(group), group[0].old, group[0].new, member(group[0].data.get("edit"))) for group in groups.values()
    )


def _example(diff: Json, one: Json, shared: Json, outputs: set[str]) -> Example:
    witness = member(one.get("witness"))
    labels = {text(c.get("output")): text(c.get("label")) for c in count_rows(diff)}
    words = {
        (text(c.get("output")), text(c.get(end))): text(c.get(f"{end}_words"))
        for c in objects(diff.get("changes"))
        for end in ("from", "to")
        if not c.get("element")
    }
    new = {text(name): text(value) for name, value, *_ in pairs(witness.get("new"))}
    rows: list[tuple[str, str, str]] = []
    for name, value, *_ in pairs(witness.get("old")):
        output, before, after = text(name), text(value), new.pop(text(name), "")
        rows.append((output, before, after))
    rows += [(output, "", after) for output, after in new.items()]
    shown = [
        OutputRow(
            output,
            labels.get(output) or plain(output),
            words.get((output, before)) or status_words(before),
            words.get((output, after)) or status_words(after),
        )
        for output, before, after in rows
    ]
    covered = {
        output for output, before, after in rows if NOT_COVERED not in (before or NOT_COVERED, after or NOT_COVERED)
    }
    others = [row for row in shown if row.output not in outputs and row.output in covered]
    return Example(
        shown=tuple(text(phrase) for phrase in members(witness.get("shown"))),
        differs=_differences(member(witness.get("case")), shared),
        here=tuple(row for row in shown if row.output in outputs),
        elsewhere=_by_words((f"{row.old} → {row.new}", row.label) for row in others if row.old != row.new),
        same=_by_words((row.old, row.label) for row in others if row.old == row.new),
    )


def _by_words(rows: Iterable[tuple[str, str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    groups: dict[str, list[str]] = {}
    for words, label in rows:
        groups.setdefault(words, []).append(label)
    return tuple((words, tuple(labels)) for words, labels in groups.items())


def count_rows(diff: Json) -> list[Json]:
    """Return the counts as rows, whether they come as a list or by output."""
    counts = diff.get("counts")
    if isinstance(counts, dict):
        return [{"output": output, **member(row)} for output, row in counts.items()]
    return objects(counts)
