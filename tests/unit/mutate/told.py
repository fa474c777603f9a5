"""What the mutants of a small guideline say, for tests that list them."""

from __future__ import annotations

from redflag_kit.model.guideline import Guideline
from redflag_kit.mutate.mutant import Mutant
from redflag_kit.mutate.mutants import mutants

PARAMETERS = """parameters:
  old: {value: 50 a, cite: BOOK, evidence: supported}
  child: {value: 16 a, cite: BOOK, evidence: supported}
  hot: {value: '100 [degF]', cite: BOOK, evidence: supported}
  long: {value: 2 wk, cite: BOOK, evidence: supported}
"""


def told(guideline: Guideline, *words: str) -> dict[str, tuple[str, str, str]]:
    """Return id, original, replacement and sentence of the mutants whose id has one of the words, in their order."""
    chosen = (one for one in mutants(guideline) if any(word in one.id for word in words))
    return {one.id: (one.original, one.replacement, one.sentence) for one in chosen}


def ids(guideline: Guideline, *words: str) -> list[str]:
    """Return the ids alone."""
    return list(told(guideline, *words))


def mutant(guideline: Guideline, name: str) -> Mutant:
    """Return the mutant with an id."""
    return next(one for one in mutants(guideline) if one.id == name)
