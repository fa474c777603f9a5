"""A guideline compiled and cut: what every engine starts from, and what results need to be put into words."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.compile.cuts import Atoms, cut
from redflag_kit.compile.expression import InputEntry
from redflag_kit.compile.table import Compiled
from redflag_kit.model.guideline import Guideline, Rule


@dataclass(frozen=True)
class Prepared:
    """A guideline with its tables and the atoms that they, and whatever else is read in the run, tell apart."""

    guideline: Guideline
    compiled: Compiled
    atoms: Atoms

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Return every rule that runs, in file order."""
        return self.guideline.rules()

    @cached_property
    def by_id(self) -> dict[str, Rule]:
        """Return every rule that runs by its id."""
        return {rule.id: rule for rule in self.rules}


def prepare(guideline: Guideline, compiled: Compiled | None = None, cuts: Iterable[InputEntry] = ()) -> Prepared:
    """Return a guideline compiled and cut, at some more thresholds if need be."""
    compiled = compiled or compile_guideline(guideline)
    return Prepared(guideline, compiled, cut((compiled,), cuts))
