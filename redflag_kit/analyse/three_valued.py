"""Cases that are decided, although evaluating the rules with three truth values would leave them open.

Claim: over all cases in which every input is known or not assessed, a decision is reported exactly if some case has
only completions in scope, all with the same value of an output, while strong Kleene evaluation of the rules, read one
by one, lets another value be possible. The case shown is about the first such output, and leaves its calmest value on
the fewest inputs, one that is not assessed counting as such.
Method: the tables are read over a space with one more atom per input, `unknown`: once with pairs of regions, which is
Kleene's logic, and once exactly, by quantifying what is unknown. Kleene knows no constraints; completions obey them.
Needs quantification, which only diagrams have.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from redflag_kit.analyse.fault import Fault
from redflag_kit.analyse.subject import Subject
from redflag_kit.diagnostics import codes
from redflag_kit.logic.algebra import disjunction
from redflag_kit.logic.bdd import BddRegion, Diagrams
from redflag_kit.logic.kleene import Kleene, Pair, with_unknown
from redflag_kit.logic.space import Point, Space
from redflag_kit.semantics.hit_policies import aspects
from redflag_kit.semantics.regions import Meaning, meaning

Aspect: TypeAlias = tuple[str, str]


def three_valued(subject: Subject[BddRegion], budget: int) -> Iterator[Fault]:
    """Yield one fault per decision, with the case in `detail`: known inputs by atom, and those not assessed."""
    lifted = Diagrams(with_unknown(subject.atoms.space), budget, subject.deadline)
    exact = _Exact(subject, lifted)
    kleene = meaning(subject.compiled, subject.atoms, Kleene(subject.atoms.space, lifted))
    for table in subject.tables:
        for aspect in (a for name in table.outputs for a in aspects(subject.compiled.outputs[name])):
            subject.deadline.check("three-valued evaluation")
            missed = _missed(subject, exact, kleene, aspect)
            point = lifted.least(disjunction(lifted, missed.values()))
            if point is not None:
                value = next(one for one, region in missed.items() if lifted.contains(region, point))
                detail = {"element": aspect[1], "value": value, **_case(subject, point)}
                yield Fault(codes.RF312, table.decision, (), names=aspect[:1], detail=detail)
                break


def _missed(
    subject: Subject[BddRegion], exact: "_Exact", kleene: Meaning[Pair[BddRegion]], aspect: Aspect
) -> dict[str, BddRegion]:
    """Return, per value, the cases decided for it of which Kleene lets another value be possible."""
    possible: dict[str, BddRegion] = {}
    for cell in kleene.cells[aspect]:
        known = possible.get(cell.value)
        possible[cell.value] = cell.region.possibly if known is None else known | cell.region.possibly
    missed = {}
    for value, in_scope in subject.values[aspect].items():
        others = disjunction(exact.lifted, (region for other, region in possible.items() if other != value))
        if not in_scope.is_empty() and not others.is_empty():
            missed[value] = exact.decided(aspect, value) & others
    return missed


def _case(subject: Subject[BddRegion], point: Point) -> Mapping[str, object]:
    sizes = {axis.name: axis.size for axis in subject.atoms.space.axes}
    case = dict(zip(sizes, point, strict=True))
    known = {name: atom for name, atom in case.items() if atom != sizes[name]}
    return {"known": known, "unknown": tuple(name for name in case if name not in known)}


@dataclass(frozen=True)
class _Completed:
    """The lifted space read with two truth values: `unknown` behaves as the last atom, which keeps regions small."""

    space: Space
    inner: Diagrams

    @property
    def whole(self) -> BddRegion:
        return self.inner.whole

    @property
    def empty(self) -> BddRegion:
        return self.inner.empty

    def literal(self, axis: str, mask: int) -> BddRegion:
        size = self.space.axis(axis).size
        return self.inner.literal(axis, mask | (mask >> size - 1) << size)


class _Exact:
    """The exact outcome of cases: which of them have completions, and which have only such with a value."""

    def __init__(self, subject: Subject[BddRegion], lifted: Diagrams) -> None:
        self.lifted = lifted
        self._space = subject.atoms.space
        self._meaning = meaning(subject.compiled, subject.atoms, _Completed(self._space, lifted))
        self._possible = self._some(self._meaning.legal)

    def decided(self, aspect: Aspect, value: str) -> BddRegion:
        """Return the cases with a legal completion all of whose legal completions have the value."""
        having = (cell.region for cell in self._meaning.cells[aspect] if cell.value == value)
        return self._possible - self._some(self._meaning.legal - disjunction(self.lifted, having))

    def _some(self, region: BddRegion) -> BddRegion:
        """Return the cases with a completion in a region of completed cases."""
        lifted = self.lifted
        for axis in self._space.axes:
            anywhere = lifted.exists(region, (axis.name,))
            if anywhere != region:
                # So far `unknown` behaves as the last atom, hence adds nothing to what some atom reaches.
                region |= lifted.literal(axis.name, 1 << axis.size) & anywhere
        return region
