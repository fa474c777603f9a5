"""Many random guidelines with random cases: both engines against the literal interpreter, outcome set by outcome set.

    python -m tests.property.fuzz --guidelines 4000 --cases 50 --seed 1     # 200,000 pairs, bounded
    python -m tests.property.fuzz --guidelines 100000 --cases 50 --seed 2   # 5,000,000 pairs, for a release

A pair is a guideline and a case, in which findings may be known, partly known or unknown. What each output can be is
taken from decision diagrams and from SAT, and from reading every patient that completes the case one by one. The first
disagreement ends the run with exit code 1 and is printed with the numbers that make it again.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.compile.cuts import Atoms, cut
from redflag_kit.compile.table import Compiled
from redflag_kit.logic.algebra import Algebra, R
from redflag_kit.logic.bdd import Diagrams
from redflag_kit.logic.sat import Clauses
from redflag_kit.model.guideline import Guideline
from redflag_kit.semantics.cases import Possible, entailed, fill, possible, stated_entry, written
from redflag_kit.semantics.regions import meaning
from redflag_kit.terms.scale import STATUSES
from tests.property import reference
from tests.property.generators import FEW, Case, Chooser, case_of, guideline_of

NODES = 200_000
Outlook = dict[str, Possible]


class RandomChooser(Chooser):
    """Draws evenly, without the search for small examples that Hypothesis adds."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def number(self, low: int, high: int) -> int:
        return self._random.randint(low, high)


@dataclass(frozen=True)
class Disagreement:
    """A case of which an engine and the interpreter say different things."""

    engine: str
    case: Case
    found: Outlook
    expected: Outlook


def disagreement(guideline: Guideline, cases: list[Case]) -> Disagreement | None:
    """Return the first case on which some engine differs from reading every completion, if there is one."""
    expected = _by_reading(guideline, cases)
    compiled = compile_guideline(guideline)
    cuts = [stated_entry(compiled.inputs[s.finding], s) for c, _ in cases for s in c if s.finding in compiled.inputs]
    atoms = cut((compiled,), cuts)
    answers = {
        "decision diagrams": _by_regions(compiled, atoms, cases, Diagrams(atoms.space, NODES)),
        "SAT": _by_regions(compiled, atoms, cases, Clauses(atoms.space)),
    }
    for engine, outlooks in answers.items():
        for case, found, wanted in zip(cases, outlooks, expected, strict=True):
            if found != wanted:
                return Disagreement(engine, case, found, wanted)
    return None


def _by_regions(compiled: Compiled, atoms: Atoms, cases: list[Case], algebra: Algebra[R]) -> list[Outlook]:
    regions = meaning(compiled, atoms, algebra)
    tables = entailed(compiled, written(regions, algebra), algebra)
    filled = [fill(compiled, stated, clean, regions.legal, atoms, algebra).region for stated, clean in cases]
    return [{o: possible(compiled, o, tables, regions.sets, region) for o in compiled.outputs} for region in filled]


def _by_reading(guideline: Guideline, cases: list[Case]) -> list[Outlook]:
    legal, readings = reference.legal_patients(guideline), reference.Readings(guideline)
    found = []
    for case in cases:
        completions = reference.fill(guideline, legal, *case).completions
        values = [readings.entailed(patient) for patient in completions]
        found.append({output: _outlook(guideline, output, values) for output in guideline.outputs})
    return found


def _outlook(guideline: Guideline, output: str, values: list[reference.Values]) -> Possible:
    one = guideline.outputs[output]
    parts = reference.outcome(output, values) if values else (set(), set(), set())
    order = (*(one.scale.levels if one.scale else one.elements), *STATUSES)
    return Possible(*(tuple(value for value in order if value in chosen) for chosen in parts))


def drawn(seed: int, number: int, cases: int) -> tuple[Guideline, list[Case]]:
    """Return the guideline of that number, the same in every run with the seed, with its cases."""
    chooser = RandomChooser(Random(f"{seed}/{number}"))
    guideline = guideline_of(chooser, FEW)
    return guideline, [case_of(chooser, guideline) for _ in range(cases)]


def search(seed: int, numbers: range, cases: int, progress: Callable[[int], None]) -> str:
    """Return the first disagreement in words, nothing if all agree."""
    for number in numbers:
        found = disagreement(*drawn(seed, number, cases))
        if found is not None:
            again = f"--seed {seed} --first {number} --guidelines 1 --cases {cases}"
            differing = {
                o: (found.found[o], found.expected[o]) for o in found.expected if found.found != found.expected
            }
            return f"{found.engine} and the interpreter disagree ({again}) on {found.case}: {differing}"
        progress(number)
    return ""


def main() -> None:
    """Search, and say how many pairs agreed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--guidelines", type=int, default=4000)
    parser.add_argument("--cases", type=int, default=50, help="cases per guideline")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first guideline")
    arguments = parser.parse_args()
    began = time.monotonic()

    def progress(number: int) -> None:
        if (number + 1) % 500 == 0:
            sys.stderr.write(f"{number + 1} guidelines, {time.monotonic() - began:.0f} s\n")

    numbers = range(arguments.first, arguments.first + arguments.guidelines)
    fault = search(arguments.seed, numbers, arguments.cases, progress)
    if fault:
        sys.exit(fault)
    pairs = arguments.guidelines * arguments.cases
    sys.stdout.write(f"{pairs} pairs agree on both engines, {time.monotonic() - began:.0f} s\n")


if __name__ == "__main__":
    main()
