"""How long it takes to choose few patients for every mutant of a guideline without any vignette, and how few they are.

Method: all mutants are decided once, against no vignette. Then processor time is taken for *choosing* (regions told
apart, several greedy orders, the choice from all patients found, the least number) and for *drafting* (writing down,
reading each fault literally); of the rounds the shortest counts. Mutants that only open cases show are left out.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from redflag_kit.model.guideline import Guideline
from redflag_kit.mutate.apply import apply
from redflag_kit.mutate.decide import decide
from redflag_kit.mutate.mutants import mutants
from redflag_kit.mutate.verdict import Survived
from redflag_kit.project.load import load_project
from redflag_kit.suggest.goal import Goal, targets
from redflag_kit.suggest.meet import Effort, meet
from redflag_kit.suggest.naming import reference
from redflag_kit.suggest.plan import Subject, plan
from redflag_kit.workflow.reference import find_guideline


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--project", type=Path, default=Path())
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--guideline", metavar="REF", action="append", help="one to measure (default: all)")
    options = parser.parse_args()
    project = load_project(options.project)
    named = [find_guideline(project, name) for name in options.guideline or ()]
    print(
        "| guideline | mutants | patients | at least | choosing, ms | and drafting, ms |\n"
        "|---|---:|---:|---:|---:|---:|"
    )
    for guideline in named or project.library.guidelines:
        print(row(guideline, reference(guideline, project.library.guidelines), options.rounds), flush=True)


def row(guideline: Guideline, ref: str, rounds: int) -> str:
    """Return the measurements of one guideline as a row."""
    strength = decide(guideline, mutants(guideline), ())
    left = {one.mutant.id: one for one in strength.verdicts if isinstance(one, Survived)}
    goals = [Goal(name, one.region) for name, one in left.items() if one.region is not None]
    diagrams, effort = strength.engine.diagrams, Effort()
    subject = Subject(strength.engine, ref, frozenset())
    met = meet(diagrams, targets(diagrams, goals), effort)
    choosing, drafting = [], []
    for _ in range(rounds):
        start = time.process_time()
        meet(diagrams, targets(diagrams, goals), effort)
        choosing.append(time.process_time() - start)
        start = time.process_time()
        found = plan(subject, goals, lambda name: apply(guideline, left[name].mutant.edit), effort)
        drafting.append(time.process_time() - start)
        assert len(found.drafts) == len(met.points)
    times = " | ".join(f"{min(one) * 1000:.0f}" for one in (choosing, drafting))
    return f"| {guideline.name} | {len(goals)} | {len(met.points)} | {met.bound} | {times} |"


if __name__ == "__main__":
    main()
