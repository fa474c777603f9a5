"""Exemptions: mutants of a guideline that need not be noticed by a vignette, each with a reason."""

from dataclasses import dataclass

from redflag_kit.diagnostics.span import Span


@dataclass(frozen=True, slots=True)
class Exemption:
    """One mutant, by its id, of the edition `guideline` (`id@version`), and why nothing needs to notice it."""

    guideline: str
    mutant: str
    reason: str
    span: Span
