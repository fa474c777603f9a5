"""Conditions: each test of a rule, of the scope and of a score decides an outcome, both where it holds and where not.

Definition: this is masking MC/DC over outcomes. A test of a condition *decides* for a patient if the outcome of some
covered output would be another, were the answer to this one test flipped: the condition flips with it, and with that,
after exceptions, hit policies and later decisions, an outcome. A test is shown to hold (not to hold) by a vignette for
every completion of which it holds (does not) and decides something that the vignette looks at. A vignette that does not
look at what changes shows nothing.
Where no legal patient has the test so and deciding, that is proved, and the item is impossible. Whether two patients
who differ in the tested finding alone can show both (a unique-cause pair) is decided as well.
Tests of definitions count in every rule that uses them. Method: `observe`, nothing is evaluated again per test.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from redflag_kit.compile.expression import Negation
from redflag_kit.coverage.aim import Aim
from redflag_kit.coverage.item import item
from redflag_kit.coverage.shown import Look, Shown
from redflag_kit.coverage.views import Views
from redflag_kit.evaluate.engine import Engine
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.model.condition import Condition, Not, NumberTest, OutputTest, ScoreTest, WordTest
from redflag_kit.model.guideline import Score
from redflag_kit.observe.effect import Effect
from redflag_kit.observe.flips import Flips
from redflag_kit.observe.parts import Part, Path, parts_of
from redflag_kit.observe.rerun import Change, rerun
from redflag_kit.observe.world import World
from redflag_kit.results.coverage import CONDITIONS
from redflag_kit.wording.conditions import condition_phrase

SCOPE = "the scope"


@dataclass(frozen=True, slots=True)
class Owner:
    """What a condition belongs to: a rule (its id is in `rules`), the scope, points of a score; what a flip does."""

    name: str
    rules: tuple[str, ...]
    when: Condition
    effect: Effect[BddRegion]


def owners(engine: Engine, world: World[BddRegion]) -> Iterator[Owner]:
    """Yield every condition of a guideline: the scope, the points of its scores, its rules."""
    guideline, flips = engine.guideline, Flips(world)
    yield Owner(SCOPE, (), guideline.scope, flips.flip_scope())
    for score in guideline.scores:
        for index, points in enumerate(score.points):
            name = f"{score.id}, points {index + 1}"
            yield Owner(name, (), points.when, points_effect(world, score, index))
    for rule in engine.rules:
        yield Owner(rule.id, (rule.id,), rule.when, flips.flip(rule.id))


def points_effect(world: World[BddRegion], score: Score, index: int) -> Effect[BddRegion]:
    """Return the effect of flipping the condition of one entry of a score."""
    summed = next(one for one in world.compiled.sums if one.score == score.id)
    flipped = tuple((Negation(when) if i == index else when, worth) for i, (when, worth) in enumerate(summed.points))
    change = Change[BddRegion](sums={score.id: replace(summed, points=flipped)})
    return Effect(world, lambda: rerun(world, change), world.care)


def conditions(engine: Engine, found: Views, vignettes: Sequence[Shown]) -> Iterator[Aim]:
    """Yield two items per test of every condition: that it holds and decides, and that it does not hold and decides."""
    for owner in owners(engine, found.world):
        parts = parts_of(owner.when, found.world.region, engine.diagrams)
        tests = [(path, part) for path, part in parts.items() if is_test(part.condition)]
        if not tests:  # what always or never holds
            continue
        turning = _Turning(owner.effect, {})
        near = [one for one in vignettes if turning.certainly(one)]
        outcome = engine.meaning.legal & owner.effect.anywhere
        for path, part in tests:
            yield from _items(engine, owner, path, part, outcome, near)


def is_test(condition: Condition) -> bool:
    """Say whether a condition is a test, with no parts of its own."""
    return isinstance(condition, WordTest | NumberTest | OutputTest | ScoreTest)


@dataclass(frozen=True, slots=True)
class _Turning:
    """For whom something that is looked at would change; asked once for all who look at the same."""

    effect: Effect[BddRegion]
    known: dict[frozenset[Look], BddRegion]

    def certainly(self, one: Shown) -> bool:
        """Say whether for every completion of a vignette something that it looks at would change."""
        if one.looks not in self.known:
            self.known[one.looks] = self.effect.any_of(sorted(one.looks))
        return (one.case.region - self.known[one.looks]).is_empty()


def _items(
    engine: Engine, owner: Owner, path: Path, part: Part[BddRegion], outcome: BddRegion, near: Sequence[Shown]
) -> Iterator[Aim]:
    """Yield both items of one test; `outcome`: whose outcome its owner decides, `near`: who may show it."""
    test = part.condition
    sides = (part.decides & part.region, part.decides - part.region)
    possible = [outcome & side for side in sides]
    note = "" if any(one.is_empty() for one in possible) else _pair_note(engine, test, *possible)
    said = (condition_words(engine, test), condition_words(engine, Not(test)))
    for word, side, patients, words in zip(("holds", "fails"), sides, possible, said, strict=True):
        why = "no patient's outcome is decided by that" if patients.is_empty() else ""
        by = next((one.name for one in near if (one.region - side).is_empty()), "")
        name = f"{owner.name} {'.'.join(map(str, path)) or 'whole'} {word}"
        text = f'{owner.name}: "{words}" decides the outcome'
        one = item(name, CONDITIONS, by, text, why, test.span, rules=owner.rules, finding=_finding(test), note=note)
        yield Aim(one, patients)


def condition_words(engine: Engine, condition: Condition) -> str:
    """Return a condition in plain words."""
    return condition_phrase(condition, engine.guideline.vocabulary.findings, engine.guideline.outputs)


def _finding(test: Condition) -> str:
    return test.finding if isinstance(test, WordTest | NumberTest) else ""


def _pair_note(engine: Engine, test: Condition, holding: BddRegion, failing: BddRegion) -> str:
    """Return what is to be said where no two patients who differ in the tested finding alone decide both ways."""
    name = _finding(test)
    if not name or not (holding & engine.diagrams.exists(failing, (name,))).is_empty():
        return ""
    return f"never by {engine.guideline.vocabulary.findings[name].label} alone: other findings change with it"
