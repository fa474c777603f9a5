"""How long one case takes once its guideline is compiled: possible outcomes, what can change them, what to ask next.

Method: every vignette of the project, filled as its author says, on every guideline. Each round starts from a freshly
frozen guideline, so nothing is remembered of a case; of the rounds the shortest counts, which leaves out what else the
machine did. Median, 95th percentile and maximum are over the cases.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import TypeAlias

from redflag_kit.analyse.assumptions import audit_assumptions
from redflag_kit.evaluate.ask import inquire
from redflag_kit.evaluate.engine import Engine, engine
from redflag_kit.evaluate.frozen import Frozen, Masks, freeze
from redflag_kit.evaluate.prospect import Prospect
from redflag_kit.evaluate.ranking import Ranking
from redflag_kit.project.load import Project, load_project
from redflag_kit.workflow.reference import find_guideline


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--project", type=Path, default=Path())
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--guideline", metavar="REF", action="append", help="one to measure (default: all)")
    options = parser.parse_args()
    project = load_project(options.project)
    named = [find_guideline(project, reference) for reference in options.guideline or ()]
    guidelines = named or project.library.guidelines
    print("| what, per case | guideline | cases | median, ms | 95 % | max |\n|---|---|---:|---:|---:|---:|")
    for guideline in guidelines:
        ready = engine(guideline, [vignette.findings for _, vignette in project.library.vignettes])
        cases = list(masks_of(project, ready))
        for what, work in WORK.items():
            rounds = [one_round(work, ready, cases) for _ in range(options.rounds)]
            times = sorted(map(min, zip(*rounds, strict=True)))
            row = median(times), times[len(times) * 95 // 100], times[-1]
            print(f"| {what} | {guideline.name} | {len(cases)} | {' | '.join(f'{one:.3f}' for one in row)} |")
    print("\n| what | guideline | ms |\n|---|---|---:|")
    for guideline in guidelines:
        ready = engine(guideline)
        for what, whole in WHOLE.items():
            print(f"| {what} | {guideline.name} | {least(options.rounds, whole, ready):.1f} |")


def masks_of(project: Project, ready: Engine) -> Iterator[Masks]:
    """Yield every vignette as what each finding can be, filled as its author says."""
    for vocabulary, vignette in project.library.vignettes:
        if vocabulary == ready.guideline.vocabulary.id:
            region = ready.fill(vignette.findings, vignette.fill_clean).region
            if not region.is_empty():
                yield list(ready.masks(region))


def outcomes(_: Engine, frozen: Frozen, masks: Masks) -> object:
    """Return what every output can be."""
    return frozen.possible(masks)


def pivotal(_: Engine, frozen: Frozen, masks: Masks) -> object:
    """Return the findings that can change an outcome alone."""
    return Prospect(frozen, masks).pivotal


def next_question(ready: Engine, frozen: Frozen, masks: Masks) -> object:
    """Return the finding to ask first."""
    prospect = Prospect(frozen, masks)
    ranking = Ranking(prospect, ready.guideline.outputs)
    return min(((ranking.merit(ranking.answers(at)), at) for at in prospect.worth_asking), default=None)


Work: TypeAlias = Callable[[Engine, Frozen, Masks], object]

WORK: dict[str, Work] = {
    "possible outcomes of all outputs": outcomes,
    "findings that can change one": pivotal,
    "next question": next_question,
}


def one_round(work: Work, ready: Engine, cases: Sequence[Masks]) -> list[float]:
    """Return how long each case takes, in milliseconds."""
    frozen = freeze(ready)
    found = []
    for masks in cases:
        began = time.perf_counter()
        work(ready, frozen, masks)
        found.append(1000 * (time.perf_counter() - began))
    return found


def least(rounds: int, work: Callable[[Engine], object], ready: Engine) -> float:
    """Return the shortest of some runs, in milliseconds."""
    found = []
    for _ in range(rounds):
        began = time.perf_counter()
        work(ready)
        found.append(time.perf_counter() - began)
    return min(found) * 1000


def nothing_known(ready: Engine) -> object:
    """Rank the questions for a patient of whom nothing is known, and bound how many there are."""
    return inquire(ready, ready.fill((), fill_clean=False).region)


WHOLE: dict[str, Callable[[Engine], object]] = {
    "freezing the guideline": freeze,
    "ranked questions and their number, nothing known": nothing_known,
    "default audit and must-assess list": audit_assumptions,
}


if __name__ == "__main__":
    main()
