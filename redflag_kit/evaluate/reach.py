"""Which vignettes reach which rules: where a rule fires, may fire, or is narrowly missed.

Claim: over the filled case of a vignette, a rule *fires* if it fires for every completion, *may fire* if for some, and
is *narrowly missed* if it fires for none, but one answer to one finding would make it fire for certain: every
completion in which this finding alone is replaced by the answer, as far as that is a legal patient, fires the rule, and
there is such a patient. An answer is a word, or the numbers between two thresholds of the run. `otherwise` rules count
where they decide.
Method: per rule, finding and answer the region of those who would fire the rule with that answer is made once; a case
is compared with it after the completions that the answer makes impossible are left out.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from redflag_kit.evaluate.engine import Engine
from redflag_kit.logic.algebra import disjunction
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.model.vignette import Vignette


@dataclass(frozen=True, slots=True)
class NarrowMiss:
    """A vignette that misses a rule by one finding, and each finding that alone would make the rule fire."""

    vignette: str
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleReach:
    """What vignettes do with one rule, each in the order in which they were given.

    `can_fire`: some legal patient fires the rule; `can_be_missed`: some legal patient whom it does not fire for is one
    finding away from one whom it does fire for. Where such a patient does not exist, no vignette can show one.
    """

    rule: str
    fires: tuple[str, ...]
    may: tuple[str, ...]
    missed: tuple[NarrowMiss, ...]
    can_fire: bool
    can_be_missed: bool


@dataclass(frozen=True, slots=True)
class _Way:
    """A finding that bears on a rule: who can reach the rule by another answer, and what each answer does.

    `answers`: who is legal with an answer, and who fires the rule with it; answers that do the same are one. Impossible
    patients are not left out of the second: the regions stay small, and a case leaves them out for all rules at once.
    """

    finding: str
    reached: BddRegion
    answers: tuple[tuple[BddRegion, BddRegion], ...]

    def makes_fire(self, case: BddRegion) -> bool:
        """Say whether one answer alone makes the rule fire for every completion of a case that it leaves legal."""
        return not (case & self.reached).is_empty() and any(_fires(case, *answer) for answer in self.answers)


def _fires(case: BddRegion, allowed: BddRegion, firing: BddRegion) -> bool:
    if (case & firing).is_empty():
        return False
    after = case & allowed
    return not after.is_empty() and (after - firing).is_empty()


@dataclass(frozen=True, slots=True)
class Nearness:
    """One rule: where it fires, and who comes `near`, one answer away from firing it."""

    rule: str
    firing: BddRegion
    near: BddRegion
    legal: BddRegion
    ways: tuple[_Way, ...]

    def fires(self, case: BddRegion) -> bool:
        """Say whether the rule fires for every completion of a case."""
        return (case - self.firing).is_empty()

    def may_fire(self, case: BddRegion) -> bool:
        """Say whether the rule fires for some completion of a case."""
        return not (case & self.firing).is_empty()

    def missed_by(self, case: BddRegion) -> tuple[str, ...]:
        """Return the findings by which alone a case misses the rule; none if it fires for some completion."""
        if (case & self.near).is_empty() or self.may_fire(case):
            return ()
        return tuple(way.finding for way in self.ways if way.makes_fire(case))

    def can_fire(self) -> bool:
        """Say whether the rule fires for some legal patient."""
        return not (self.legal & self.firing).is_empty()

    def missing(self) -> BddRegion:
        """Return the legal patients for whom the rule does not fire, and who are one finding away from firing it."""
        diagrams, firing = self.legal.owner, self.legal & self.firing
        near = disjunction(diagrams, (diagrams.exists(firing, (way.finding,)) for way in self.ways))
        return (self.legal - self.firing) & near

    def can_be_missed(self) -> bool:
        """Say whether some legal patient is one finding away from firing the rule."""
        missing = self.legal - self.firing
        return any(not (missing & allowed & fired).is_empty() for way in self.ways for allowed, fired in way.answers)


@dataclass(frozen=True, slots=True)
class _Answers:
    """The answers to the findings of an engine: who is legal with each; shared by all rules."""

    engine: Engine
    allowed: dict[str, tuple[BddRegion, ...]]

    def ways(self, firing: BddRegion) -> Iterator[_Way]:
        """Yield the findings that matter to a rule, with the answers with which somebody fires it."""
        diagrams = self.engine.diagrams
        for name in diagrams.support(firing):
            # COST: numbers that only cases tell apart are told apart here by constraints alone, if at all.
            restricted = (diagrams.restrict(firing, name, atom) for atom in range(self.engine.atoms.size(name)))
            both = dict.fromkeys(zip(self._allowed(name), restricted, strict=True))
            answers = tuple((allowed, region) for allowed, region in both if not region.is_empty())
            yield _Way(name, diagrams.exists(firing, (name,)), answers)

    def _allowed(self, name: str) -> tuple[BddRegion, ...]:
        if name not in self.allowed:
            legal, atoms = self.engine.meaning.legal, range(self.engine.atoms.size(name))
            self.allowed[name] = tuple(self.engine.diagrams.restrict(legal, name, atom) for atom in atoms)
        return self.allowed[name]


def nearness(engine: Engine, only: Collection[str] | None = None) -> Iterator[Nearness]:
    """Yield every rule that runs, or those among `only`, in file order, with who fires it and who comes near."""
    answers = _Answers(engine, {})
    for rule in engine.rules:
        if only is None or rule.id in only:
            firing = engine.meaning.fires[rule.id]
            ways = tuple(answers.ways(firing))
            near = disjunction(engine.diagrams, (way.reached for way in ways))
            yield Nearness(rule.id, firing, near, engine.meaning.legal, ways)


def reach(engine: Engine, vignettes: Iterable[Vignette], only: Collection[str] | None = None) -> tuple[RuleReach, ...]:
    """Return the reach of every rule that runs, or of those among `only`, in file order.

    Vignettes that contradict themselves reach nothing.

    The engine must have been made with the cases of all these vignettes.
    """
    # COST: one question per vignette and rule; where that leaves the rule within reach, one per finding and answer.
    filled = ((one.id, engine.fill(one.findings, one.fill_clean).region) for one in vignettes)
    cases = tuple((name, region) for name, region in filled if not region.is_empty())
    return tuple(_reach(one, cases) for one in nearness(engine, only))


def _reach(rule: Nearness, cases: Iterable[tuple[str, BddRegion]]) -> RuleReach:
    fires: list[str] = []
    may: list[str] = []
    missed: list[NarrowMiss] = []
    for name, case in cases:
        if rule.may_fire(case):
            (fires if rule.fires(case) else may).append(name)
        elif found := rule.missed_by(case):
            missed.append(NarrowMiss(name, found))
    return RuleReach(rule.rule, tuple(fires), tuple(may), tuple(missed), rule.can_fire(), rule.can_be_missed())
