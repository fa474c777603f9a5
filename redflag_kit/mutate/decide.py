"""Decide mutants: killed by which vignettes, proved equivalent, survived with a witness, or not decided in the budget.

Claim: the verdicts are those that the definitions in `mutate.verdict` give; every witness is confirmed by the literal
interpreter before anybody sees it.
Method: vignettes with few completions as a bitset, the others as regions; what none kills is compared with the
guideline over all legal patients. Decision diagrams first; what they do not settle in the budget is searched by SAT,
by the same code. Only what SAT leaves is not decided.
Not covered: guidelines that diagrams cannot hold at all, of which vignettes cannot be run either.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from redflag_kit.evaluate.engine import Engine, engine_over
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.logic.budget import NO_DEADLINE, Budget, BudgetExceeded, Deadline, nodes_within
from redflag_kit.model.guideline import Guideline
from redflag_kit.mutate.deciding import assumptions
from redflag_kit.mutate.deciding.compare import Comparing
from redflag_kit.mutate.deciding.confirm import Reference
from redflag_kit.mutate.deciding.faults import Faults
from redflag_kit.mutate.deciding.open_cases import Unknowns
from redflag_kit.mutate.deciding.points import Matrix, matrix_of, points_of
from redflag_kit.mutate.deciding.prepared import Run, run_of
from redflag_kit.mutate.deciding.watching import Case, watching
from redflag_kit.mutate.deciding.wide import Ward, Wide
from redflag_kit.mutate.mutant import AssumeChanged, Mutant
from redflag_kit.mutate.verdict import Equivalent, NotDecided, Strength, Survived, Verdict, Watch
from redflag_kit.observe.flips import Flips
from redflag_kit.observe.world import World

DIAGRAMS_SHARE = 0.5
"""The share of the time after which diagrams give up, so that SAT has the rest."""

NO_CASE = "no case gets another outcome, whatever is not assessed"


def decide(
    guideline: Guideline,
    mutants: Iterable[Mutant],
    watches: Iterable[Watch],
    nodes: int = Budget().nodes,
    deadline: Deadline = NO_DEADLINE,
    every_killer: bool = True,
) -> Strength:
    """Return the verdict on every mutant of a guideline; `watches` are vignettes with what they expect of it.

    Unless `every_killer`, vignettes that are dear to ask are asked only where no other kills: those that expect several
    values, and those with many completions. The verdicts are the same, only fewer names stand in `Killed.by`.
    Raises BudgetExceeded if the guideline itself does not fit into diagrams of so many nodes in time.
    """
    mutants, watches = tuple(mutants), tuple(watches)
    run = run_of(guideline, mutants, (watch.vignette.findings for watch in watches))
    share = deadline.part(DIAGRAMS_SHARE)
    engine = engine_over(run.ready, nodes_within(nodes, share), share)
    judge = judge_of(run, engine, watching(engine, watches), nodes, share, every_killer)
    verdicts = [judge.verdict(mutant, share) for mutant in mutants]
    if any(isinstance(one, NotDecided) for one in verdicts):
        from redflag_kit.mutate.deciding.search import searched  # COST: loading the solver; few guidelines need it

        verdicts = searched(judge.comparing, judge.matrix, judge.wide, verdicts, deadline)
    return Strength(engine, tuple(verdicts), tuple(case.id for case in judge.cases))


@dataclass(frozen=True)
class Judge:
    """A guideline with everything by which diagrams decide its mutants."""

    cases: tuple[Case, ...]
    wide: tuple[Case, ...]
    read: dict[int, BddRegion]
    matrix: Matrix
    comparing: Comparing[BddRegion]
    unknowns: Unknowns

    def verdict(self, mutant: Mutant, deadline: Deadline) -> Verdict:
        """Return the verdict by diagrams."""
        engine = self.unknowns.engine
        try:
            deadline.check("the verdict on a mutant")
            if isinstance(mutant.edit, AssumeChanged):
                return self.of_assumption(mutant, mutant.edit)
            return self.comparing.verdict(mutant, self.by_points(mutant))
        except BudgetExceeded as error:
            if deadline.left():
                engine.diagrams.collect()
            return NotDecided(mutant, error.budget)

    def by_points(self, mutant: Mutant) -> set[int]:
        """Return the numbers of the vignettes with few completions that are seen to kill a mutant."""
        if not self.matrix.cases:
            return set()
        return set(self.matrix.killers(self.matrix.faults.of(mutant.edit), self.comparing.every))

    def of_assumption(self, mutant: Mutant, edit: AssumeChanged) -> Verdict:
        numbers = set(assumptions.killers(self.unknowns.engine, self.cases, self.read, edit))
        if numbers:
            return self.comparing.killed(mutant, numbers)
        case = self.unknowns.witness_of(mutant)
        return Equivalent(mutant, NO_CASE) if case is None else Survived(mutant, None, lambda: case)


def judge_of(
    run: Run, engine: Engine, cases: tuple[Case, ...], nodes: int, deadline: Deadline, every: bool = True
) -> Judge:
    """Return a guideline ready for its mutants, its vignettes as points where their completions are few."""
    found = [(case, points_of(engine, case, run.read)) for case in cases]
    few = [(case, points) for case, points in found if points is not None]
    wide = tuple(case for case, points in found if points is None)
    beyond = [axis for axis in engine.atoms.space.names if axis not in run.read]
    regions = {case.number: engine.diagrams.exists(case.region, beyond) for case in wide}
    anybody = replace(engine.meaning, legal=engine.diagrams.whole)
    world = World(run.leaves, engine.compiled, engine.diagrams, anybody, (engine.written, engine.entailed))
    reference = Reference(engine.guideline)
    ids = {case.number: case.id for case in cases}
    comparing = Comparing(
        engine,
        engine.diagrams,
        engine.meaning.legal,
        Faults(Flips(world)),
        Ward(world, {case.number: Wide(regions[case.number], case.seen) for case in wide}),
        ids,
        reference,
        every,
    )
    return Judge(
        cases,
        wide,
        regions,
        matrix_of(engine, run.leaves, few),
        comparing,
        Unknowns(engine, reference, nodes, deadline),
    )
