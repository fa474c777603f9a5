"""Which vignettes reach which rules: where a rule fires, may fire, or is narrowly missed.

Claim: over the filled case of a vignette, a rule *fires* if it fires for every completion, *may fire* if for some, and
is *narrowly missed* if it fires for none, but one answer to one finding would make it fire for certain: every
completion in which this finding alone is replaced by the answer, as far as that is a legal patient, fires the rule, and
there is such a patient. An answer is a word, or the numbers between two thresholds of the run. `otherwise` rules count
where they decide.
Method: per rule, finding and answer the region of those who would fire the rule with that answer is made once; a case
is compared with it after the completions that the answer makes impossible are left out.
"""

from collections.abc import Iterable, Iterator
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
    """A finding that bears on a rule: who can reach the rule by another answer, and who fires it with which answer.

    Impossible patients are not left out here: the regions stay small, and a case leaves them out for all rules at once.
    """

    finding: str
    reached: BddRegion
    answers: tuple[tuple[int, BddRegion], ...]


@dataclass(frozen=True, slots=True)
class _Cases:
    """The filled cases, and which of their completions each answer leaves legal."""

    engine: Engine
    regions: tuple[tuple[str, BddRegion], ...]
    allowed: dict[tuple[str, int], BddRegion]
    """Who is legal once the finding has this atom; shared by all rules and cases."""

    def after(self, case: BddRegion, finding: str, atom: int) -> BddRegion:
        """Return the completions that this answer leaves legal."""
        allowed = self.allowed.get((finding, atom))
        if allowed is None:
            allowed = self.engine.diagrams.restrict(self.engine.meaning.legal, finding, atom)
            self.allowed[finding, atom] = allowed
        return case & allowed

    def deciding(self, case: BddRegion, ways: Iterable[_Way]) -> Iterator[str]:
        """Yield the findings of which one answer alone makes a rule fire for every completion it leaves legal."""
        for way in ways:
            if not (case & way.reached).is_empty() and any(self._fires(case, way, *answer) for answer in way.answers):
                yield way.finding

    def _fires(self, case: BddRegion, way: _Way, atom: int, firing: BddRegion) -> bool:
        if (case & firing).is_empty():
            return False
        after = self.after(case, way.finding, atom)
        return not after.is_empty() and (after - firing).is_empty()


def reach(engine: Engine, vignettes: Iterable[Vignette]) -> tuple[RuleReach, ...]:
    """Return the reach of every rule that runs, in file order; vignettes that contradict themselves reach nothing.

    The engine must have been made with the cases of all these vignettes.
    """
    # COST: one question per vignette and rule; where that leaves the rule within reach, one per finding and answer.
    filled = ((one.id, engine.fill(one.findings, one.fill_clean).region) for one in vignettes)
    cases = _Cases(engine, tuple((name, region) for name, region in filled if not region.is_empty()), {})
    return tuple(_reach(cases, rule.id, engine.meaning.fires[rule.id]) for rule in engine.rules)


def _reach(cases: _Cases, rule: str, firing: BddRegion) -> RuleReach:
    ways = tuple(_ways(cases.engine, firing))
    near = disjunction(cases.engine.diagrams, (way.reached for way in ways))
    fires: list[str] = []
    may: list[str] = []
    missed: list[NarrowMiss] = []
    for name, case in cases.regions:
        if not (case & firing).is_empty():
            (fires if (case - firing).is_empty() else may).append(name)
        elif not (case & near).is_empty() and (findings := tuple(cases.deciding(case, ways))):
            missed.append(NarrowMiss(name, findings))
    legal = cases.engine.meaning.legal
    can_be_missed = any(
        not (cases.after(legal - firing, way.finding, atom) & region).is_empty()
        for way in ways
        for atom, region in way.answers
    )
    can_fire = not (legal & firing).is_empty()
    return RuleReach(rule, tuple(fires), tuple(may), tuple(missed), can_fire, can_be_missed)


def _ways(engine: Engine, firing: BddRegion) -> Iterator[_Way]:
    """Yield the findings that matter to a rule, with the answers with which somebody fires it."""
    diagrams = engine.diagrams
    for name in diagrams.support(firing):
        restricted = ((atom, diagrams.restrict(firing, name, atom)) for atom in range(engine.atoms.size(name)))
        answers = tuple((atom, region) for atom, region in restricted if not region.is_empty())
        yield _Way(name, diagrams.exists(firing, (name,)), answers)
