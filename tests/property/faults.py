"""Random edits of random guidelines, and vignettes with what they expect of them."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from hypothesis import strategies as st

from redflag_kit.diagnostics.span import NOWHERE
from redflag_kit.evaluate.engine import Engine, engine
from redflag_kit.model.condition import All, Any, AtLeast, Condition, Not, members
from redflag_kit.model.guideline import Assignment, Decision, Guideline, HitPolicy
from redflag_kit.model.vignette import Expectation, Expected, Vignette
from redflag_kit.mutate.mutant import (
    AssumeChanged,
    Edit,
    GuardDropped,
    Mutant,
    Operator,
    Owner,
    PartsReplaced,
    Path,
    PointsChanged,
    PolicyChanged,
    Replaced,
    RuleDropped,
    ThenChanged,
    Where,
)
from redflag_kit.mutate.verdict import Watch
from tests.property import models
from tests.property.generators import FEW, Chooser, Testable, case_of, condition_of, guideline_of, then_of, values_of


@st.composite
def guidelines_with_faults(
    draw: st.DrawFn, patients: int = FEW, vignettes: int = 4
) -> tuple[Guideline, list[Mutant], list[Watch]]:
    """Return guidelines, each with mutants of every kind and some vignettes, most of which it meets."""
    c = Chooser(draw)
    guideline = guideline_of(c, patients)
    mutants = [mutant_of(edit, i) for i, edit in enumerate(edits_of(c, guideline))]
    return guideline, mutants, watches_of(c, guideline, vignettes)


class Seeded(Chooser):
    """Draws from a seed: large models, where those that Hypothesis draws are mostly small."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def number(self, low: int, high: int) -> int:
        return self._random.randint(low, high)


def seeded(seed: int, patients: int = FEW, vignettes: int = 6) -> tuple[Guideline, list[Mutant], list[Watch]]:
    """Return a guideline with mutants and vignettes, the same for a seed."""
    c = Seeded(seed)
    guideline = guideline_of(c, patients)
    mutants = [mutant_of(edit, i) for i, edit in enumerate(edits_of(c, guideline))]
    return guideline, mutants, watches_of(c, guideline, vignettes)


def mutant_of(edit: Edit, number: int = 0) -> Mutant:
    return Mutant(f"m{number}", Operator.RULE_DROPPED, "", NOWHERE, "", "", "", edit)


# ---------------------------------------------------------------- edits


def edits_of(c: Chooser, guideline: Guideline) -> list[Edit]:
    """Return one edit or two of each kind that the guideline allows."""
    rules = guideline.rules()
    edits: list[Edit] = [PartsReplaced(parts_of(c, guideline, c.pick((1, 1, 1, 2, 3)))) for _ in range(4)]
    if guideline.scores:
        score = c.pick(guideline.scores)
        edits.append(PointsChanged(score.id, c.number(0, len(score.points) - 1), c.number(-3, 4)))
    if rules:
        edits += [RuleDropped(c.pick(rules).id), ThenChanged(*then_change(c, guideline))]
    edits += c.some([GuardDropped(*pair) for pair in guards_of(guideline)])
    edits += [PolicyChanged(d.id, c.pick(policies_for(guideline, d))) for d in guideline.decisions[:1]]
    finding = c.pick(list(guideline.vocabulary.findings.values()))
    now = models.assumed(c.pick(values_of(finding))) if c.chance(60) else None
    return [*edits, AssumeChanged(finding.id, now)]


def parts_of(c: Chooser, guideline: Guideline, number: int) -> tuple[Replaced, ...]:
    """Return disjoint parts with what replaces them."""
    places = list(conditions_of(guideline))
    chosen: list[Replaced] = []
    for _ in range(number):
        where, condition = c.pick(places)
        path, old = c.pick(list(paths(condition)))
        if all(one.where != where or not related(one.path, path) for one in chosen):
            chosen.append(Replaced(where, path, old, changed(c, guideline, where, old)))
    return tuple(chosen)


def conditions_of(guideline: Guideline) -> Iterator[tuple[Where, Condition]]:
    yield Where(Owner.SCOPE), guideline.scope
    yield from ((Where(Owner.RULE, rule.id), rule.when) for rule in guideline.rules())
    for score in guideline.scores:
        yield from ((Where(Owner.POINTS, score.id, i), one.when) for i, one in enumerate(score.points))


def paths(condition: Condition, path: Path = ()) -> Iterator[tuple[Path, Condition]]:
    yield path, condition
    for position, member in enumerate(members(condition)):
        yield from paths(member, (*path, position))


def related(one: Path, other: Path) -> bool:
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


def changed(c: Chooser, guideline: Guideline, where: Where, old: Condition) -> Condition:
    match old:
        case All(parts) | Any(parts) | AtLeast(_, parts) if c.chance(70):
            joined: list[Condition] = [Any(parts), All(parts), AtLeast(c.number(0, len(parts) + 1), parts)]
            return c.pick([*joined, All(parts[1:])])
    if c.chance(30):
        return Not(old)
    return condition_of(c, testable(guideline, where), 1)


def testable(guideline: Guideline, where: Where) -> Testable:
    """Return what a condition there may read: outputs of earlier decisions only."""
    plain = Testable(list(guideline.vocabulary.findings.values()))
    if where.owner is not Owner.RULE:
        return plain
    plain.scores = list(guideline.scores)
    for decision in guideline.decisions:
        if any(rule.id == where.name for rule in decision.running()):
            return plain
        plain.outputs += [guideline.outputs[name] for name in decision.outputs]
    raise AssertionError(where)


def then_change(c: Chooser, guideline: Guideline) -> tuple[str, tuple[Assignment, ...]]:
    decision, rule = c.pick([(d, rule) for d in guideline.decisions for rule in d.running()])
    if c.chance(20) or not decision.outputs:
        return rule.id, rule.then[1:]
    then = then_of(c, [guideline.outputs[name] for name in decision.outputs])
    return rule.id, models.rule("", then=then).then


def guards_of(guideline: Guideline) -> Iterator[tuple[str, str]]:
    for decision in guideline.decisions:
        for rule in decision.rules:
            by = {*rule.unless, *(one.id for one in decision.rules if rule.id in one.overrides)}
            yield from ((rule.id, name) for name in sorted(by))


def policies_for(guideline: Guideline, decision: Decision) -> list[HitPolicy]:
    sets = any(guideline.outputs[name].scale is None for name in decision.outputs)
    return [one for one in HitPolicy if not (sets and one is HitPolicy.PRIORITY)]


# ---------------------------------------------------------------- vignettes


def watches_of(c: Chooser, guideline: Guideline, number: int) -> list[Watch]:
    """Return vignettes with one expectation or two each, mostly of what really comes out."""
    cases = [case_of(c, guideline) for _ in range(number)]
    ready = engine(guideline, [stated for stated, _ in cases])
    found = []
    for i, (stated, clean) in enumerate(cases):
        vignette = Vignette(f"v{i}", "", "", "", (), stated, bool(clean), "", (), False, NOWHERE)
        for _ in range(2 if c.chance(20) else 1):
            found.append(Watch(vignette, expectation_of(c, ready, vignette)))
    return found


def expectation_of(c: Chooser, ready: Engine, vignette: Vignette) -> Expectation:
    guideline = ready.guideline
    whole = whole_of(c, ready, vignette) if c.chance(20) else None
    outputs = c.some(list(guideline.vocabulary.outputs))
    outcomes = () if whole else tuple(expected_of(c, ready, vignette, name) for name in outputs)
    return Expectation(guideline.id, "1.0.0", outcomes, whole, (), "", not whole and c.chance(50), NOWHERE)


def whole_of(c: Chooser, ready: Engine, vignette: Vignette) -> Expected:
    if c.chance(30):
        return Expected("", "undecided", undecided=True)
    output = c.pick(ready.guideline.covers)
    found = ready.possible_as_written(output, ready.fill(vignette.findings, vignette.fill_clean).region)
    return Expected("", "values", values=frozenset((*found.may, *found.values)))


def expected_of(c: Chooser, ready: Engine, vignette: Vignette, output: str) -> Expected:
    """Return what comes out of an output, or, now and then, something else."""
    if output not in ready.guideline.covers:
        return Expected(output, "not covered", values=frozenset({"not_covered"}))
    found = ready.possible(output, ready.fill(vignette.findings, vignette.fill_clean).region)
    if c.chance(8):
        return Expected(output, "TODO", todo=True)
    if c.chance(8):
        return Expected(output, "silent", values=frozenset({"silent"}))
    if not found.decided and c.chance(40):
        return Expected(output, "undecided", undecided=True)
    if ready.guideline.outputs[output].scale or not found.may:
        return Expected(output, "values", values=frozenset(found.values))
    may = {*found.may, *found.values} - (set() if found.must or c.chance(50) else {"silent"})
    return Expected(output, "a set", must=frozenset(found.must), may=frozenset(may))
