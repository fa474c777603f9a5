"""Several guidelines over one space of patients, each heard with what its words entail.

Claim: a patient's entailed value of an output is that of `semantics.literal`, for every guideline of the panel. Each is
read once, whatever the number of pairs that are compared.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.compile.cuts import Atoms, cut
from redflag_kit.diff.pair import Edition, Pair
from redflag_kit.logic.bdd import BddRegion, Diagrams
from redflag_kit.logic.budget import NO_DEADLINE, Budget, Deadline, nodes_within
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vocabulary import Output
from redflag_kit.semantics.cases import entailed, written
from redflag_kit.semantics.regions import meaning


@dataclass(frozen=True, slots=True)
class Voice:
    """What one publisher says: the editions that are in force, each for outputs of its own. `name` is shown."""

    name: str
    parts: tuple[Guideline, ...]

    def speaker(self, output: str) -> Guideline | None:
        """Return the edition that speaks of an output, None if none does."""
        return next((one for one in self.parts if output in one.covers), None)


@dataclass(frozen=True)
class Speaker:
    """One edition over the space of a panel; `values` are where each ordered output has each entailed value."""

    edition: Edition[BddRegion]
    algebra: Diagrams

    @cached_property
    def _entailed(self) -> dict[tuple[str, str], dict[str, BddRegion]]:
        own = written(self.edition.meaning, self.algebra)
        return entailed(self.edition.compiled, own, self.algebra)

    def values(self, output: str) -> dict[str, BddRegion]:
        """Return where a covered ordered output has each value."""
        return self._entailed[output, ""]


class Panel:
    """Guidelines with one vocabulary, compiled once, over one space cut at every threshold of each.

    Raises BudgetExceeded where diagrams do not fit; a guideline that does not is asked again for each of its pairs.
    """

    def __init__(
        self, guidelines: Iterable[Guideline], nodes: int = Budget().nodes, deadline: Deadline = NO_DEADLINE
    ) -> None:
        self._guidelines = tuple(guidelines)
        self._compiled = tuple(compile_guideline(one) for one in self._guidelines)
        self.atoms: Atoms = cut(self._compiled)
        self.algebra = Diagrams(self.atoms.space, nodes_within(nodes, deadline), deadline)
        self._speakers: dict[int, Speaker] = {}

    def speaker(self, guideline: Guideline) -> Speaker:
        """Return a guideline of the panel over its space."""
        place = next(at for at, one in enumerate(self._guidelines) if one is guideline)
        if place not in self._speakers:
            compiled = self._compiled[place]
            edition = Edition(guideline, compiled, meaning(compiled, self.atoms, self.algebra))
            self._speakers[place] = Speaker(edition, self.algebra)
        return self._speakers[place]

    def pair(self, one: Guideline, other: Guideline) -> Pair[BddRegion]:
        """Return two guidelines of the panel as a pair."""
        return Pair(self.speaker(one).edition, self.speaker(other).edition, self.atoms, self.algebra)


def comparable(one: Voice, other: Voice) -> tuple[Output, ...]:
    """Return the ordered outputs that both cover, in the order of the vocabulary."""
    outputs = one.parts[0].vocabulary.outputs.values()
    return tuple(o for o in outputs if o.scale and one.speaker(o.id) and other.speaker(o.id))


def covered_once(one: Voice, other: Voice) -> tuple[Output, ...]:
    """Return the ordered outputs that one of the two covers, in the order of the vocabulary."""
    outputs = one.parts[0].vocabulary.outputs.values()
    return tuple(o for o in outputs if o.scale and bool(one.speaker(o.id)) != bool(other.speaker(o.id)))
