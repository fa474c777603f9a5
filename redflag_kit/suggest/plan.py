"""From what nobody notices to vignettes that would: few patients, written down, each confirmed.

Claim: once its outcomes are filled in as the guideline gives them now, a drafted vignette notices every goal that it
names. For faults this is read again on the literal interpreter.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from redflag_kit.evaluate.engine import Engine
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.logic.space import Point
from redflag_kit.model.condition import Value
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Vignette
from redflag_kit.suggest.choose import greedily
from redflag_kit.suggest.draft import drafted
from redflag_kit.suggest.fault import changed_outputs, outputs_to_expect
from redflag_kit.suggest.goal import Goal, targets
from redflag_kit.suggest.meet import Effort, meet
from redflag_kit.suggest.written import write_down


@dataclass(frozen=True, slots=True)
class Draft:
    """A vignette that waits for its outcomes, with the ids of the goals that it notices and none before it does.

    `patient` is one of its completions, who shows them; None where a finding has to stay open for that.
    """

    vignette: Vignette
    patient: Mapping[str, Value] | None
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Drafts, the ones that notice most first, that together notice all of `goals`.

    `bound`: fewer patients of whom everything is known cannot; 0 where nothing is proved. `tried`: how many were to
    choose from, `exact`: no fewer of those would do. `unconfirmed`: goals that the literal interpreter does not see,
    which is a fault of ours.
    """

    drafts: tuple[Draft, ...]
    goals: int
    bound: int
    tried: int
    exact: bool
    unconfirmed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """What is drafted for: a guideline as `ref` names it. `taken`: ids that vignettes have already."""

    engine: Engine
    ref: str
    taken: frozenset[str]

    @property
    def guideline(self) -> Guideline:
        return self.engine.guideline


Faulty = Callable[[str], Guideline | None]
"""Returns the guideline with the fault that a goal stands for, None for goals that are no faults."""


def plan(subject: Subject, goals: Sequence[Goal], faulty: Faulty, effort: Effort) -> Plan:
    """Return drafts that notice all goals whose region is not empty."""
    diagrams = subject.engine.diagrams
    met = meet(diagrams, targets(diagrams, goals), effort)
    shows = {point: [goal for goal in goals if diagrams.contains(goal.region, point)] for point in met.points}
    drafts: list[Draft] = []
    noticed: set[str] = set()
    unseen: dict[str, None] = {}
    for point in _most_first(met.points, shows):
        # COST: reading a faulty guideline literally takes longer than finding the patient, so each is read once.
        own = [goal for goal in shows[point] if goal.id not in noticed]
        taken = subject.taken | {draft.vignette.id for draft in drafts}
        draft, missed = _draft(replace(subject, taken=taken), point, own, faulty)
        drafts.append(draft)
        noticed |= {*draft.notices}
        unseen |= dict.fromkeys(missed)
    unconfirmed = tuple(name for name in unseen if name not in noticed)
    return Plan(tuple(drafts), len(noticed) + len(unconfirmed), met.bound, met.pool, met.exact, unconfirmed)


def _most_first(points: Iterable[Point], shows: Mapping[Point, Sequence[Goal]]) -> list[Point]:
    """Return points so that each shows most of what those before it do not."""
    ordered = list(points)
    numbers = {name: at for at, name in enumerate(dict.fromkeys(g.id for point in ordered for g in shows[point]))}
    had = [sum(1 << numbers[goal.id] for goal in shows[point]) for point in ordered]
    return [ordered[at] for at in greedily(had, (1 << len(numbers)) - 1)]


def _draft(subject: Subject, point: Point, goals: Sequence[Goal], faulty: Faulty) -> tuple[Draft, list[str]]:
    """Return the draft of a point, and the goals whose fault the patient does not show after all."""
    others: list[BddRegion] = []
    faults: dict[str, Guideline] = {}
    for goal in goals:
        fault = faulty(goal.id)
        if fault is None:
            others.append(goal.region)
        else:
            faults[goal.id] = fault
    written = write_down(subject.engine, point, others)
    changed = changed_outputs(subject.guideline, faults, written.patient)
    outputs = outputs_to_expect(subject.guideline, written.patient, [*changed.values()])
    vignette = drafted(subject.guideline, subject.ref, written.findings, outputs, subject.taken)
    missed = [name for name, found in changed.items() if not found]
    return Draft(vignette, written.patient, tuple(goal.id for goal in goals if goal.id not in missed)), missed
