"""What every analysis reads: compiled decision tables over one space, in one algebra.

Guidelines and imported DMN models both become one of these, so an analysis is written once.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Generic

from redflag_kit.compile.cuts import Atoms
from redflag_kit.compile.table import Compiled
from redflag_kit.logic.algebra import R, Searching
from redflag_kit.semantics.regions import Meaning


@dataclass(frozen=True)
class Subject(Generic[R]):
    """Compiled tables with their meaning; `algebra` made every region of `meaning`."""

    compiled: Compiled
    atoms: Atoms
    algebra: Searching[R]
    meaning: Meaning[R]

    @cached_property
    def care(self) -> R:
        """Return the legal patients in scope: all others are nobody's concern."""
        return self.meaning.legal & self.meaning.scope
