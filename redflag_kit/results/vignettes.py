"""Results of running vignettes."""

from dataclasses import dataclass

from redflag_kit.results.case import Outcome
from redflag_kit.results.coverage import CoverageBody


@dataclass(frozen=True, slots=True)
class ExpectationResult:
    """One expected output of one guideline, and what came out."""

    guideline: str
    version: str
    output: str
    expected: str
    actual: Outcome
    passed: bool
    because_ok: bool
    missing_reasons: tuple[str, ...]
    todo: bool
    line: int


@dataclass(frozen=True, slots=True)
class VignetteResult:
    """A vignette with every expectation; `faults` are reasons why it could not be run."""

    id: str
    title: str
    file: str
    line: int
    tags: tuple[str, ...]
    results: tuple[ExpectationResult, ...]
    faults: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Say whether every expectation was met for the reasons given."""
        return bool(self.results) and not self.faults and all(r.passed and r.because_ok for r in self.results)


@dataclass(frozen=True, slots=True)
class TestTotals:
    """Counts; `undecided` counts expectations whose actual outcome is undecided, `todo` those still to be filled in."""

    vignettes: int
    expectations: int
    passed: int
    failed: int
    undecided: int
    todo: int
    vignettes_failed: int


@dataclass(frozen=True, slots=True)
class TestBody:
    """Totals and every vignette; `coverage` is None where it was not asked for."""

    totals: TestTotals
    vignettes: tuple[VignetteResult, ...]
    coverage: CoverageBody | None
