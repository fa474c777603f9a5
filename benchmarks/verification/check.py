"""What `redflag check` costs beyond process start and loading: the shipped guidelines, and models beyond diagrams.

The shipped project is checked several times in one process, after a first run that loads everything; the best processor
time counts. Each hard model is checked once for each budget, in wall time, since a budget is wall time; the line says
how much of the budget was used, compiling aside, and what was decided within it.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.verification.as_guideline import write_project
from benchmarks.verification.stress_models import Model, counting, modular
from redflag_kit.analyse import boxes
from redflag_kit.compile.prepared import prepare
from redflag_kit.logic import sat
from redflag_kit.logic.budget import Budget
from redflag_kit.project.load import load_project
from redflag_kit.results.envelope import Envelope
from redflag_kit.workflow.check import check

ROOT = Path(__file__).resolve().parent.parent.parent
LOADED = (boxes, sat)
"""Loaded before the clock starts, as the rest of the program is."""
MODELS: dict[str, Callable[[], Model]] = {
    "grouped-300": lambda: counting(300, crossed=False, seed=1),
    "grouped-3000": lambda: counting(3000, crossed=False, seed=1),
    "crossed-300": lambda: counting(300, crossed=True, seed=1),
    "crossed-3000": lambda: counting(3000, crossed=True, seed=1),
    "modular-62": lambda: modular(60, seed=1),
}
BUDGETS = (2.0, 5.0, 20.0)


def shipped(project: Path, rounds: int) -> float:
    """Return the best processor time of a check of a project, in seconds."""
    loaded = load_project(project)
    check(loaded)
    times = []
    for _ in range(rounds):
        began = time.process_time()
        check(loaded)
        times.append(time.process_time() - began)
    return min(times)


def hard(name: str, budgets: tuple[float, ...]) -> Iterator[str]:
    """Yield a line of the table per budget for one model."""
    with tempfile.TemporaryDirectory() as folder:
        project = load_project(write_project(MODELS[name]().compiled, Path(folder)))
    began = time.monotonic()
    prepare(project.library.guidelines[0])
    compiling = time.monotonic() - began
    for seconds in budgets:
        began, used = time.monotonic(), time.process_time()
        found = check(project, budget=Budget(seconds=seconds))
        took, used = time.monotonic() - began, time.process_time() - used
        part = f"{100 * (took - compiling) / seconds:.0f} %"
        cells = (name, f"{seconds:g}", f"{took:.2f}", f"{compiling:.2f}", f"{used:.2f}", part, _said(found))
        yield f"| {' | '.join(cells)} |"


def _said(found: Envelope) -> str:
    many = sum(one.code.id.startswith("RF3") for one in found.diagnostics)
    left = "; ".join(one.question.replace(" of generated@1.0.0", "") for one in found.not_decided)
    return f"exit {found.exit_code}, {many} findings, not decided: {left or 'nothing'}"


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=5, help="checks of the shipped guidelines (default 5)")
    parser.add_argument("--only", default="", help="only models whose name contains this")
    parser.add_argument("--budgets", type=float, nargs="+", default=BUDGETS, help="seconds (default 2 5 20)")
    arguments = parser.parse_args()
    print(f"The shipped guidelines, everything: {1000 * shipped(ROOT, arguments.rounds):.0f} ms of processor time\n")
    print("| model | budget, s | wall, s | compiling, s | CPU, s | of the budget | result |")
    print("|---|---:|---:|---:|---:|---:|---|")
    for name in MODELS:
        for line in hard(name, tuple(arguments.budgets)) if arguments.only in name else ():
            print(line, flush=True)


if __name__ == "__main__":
    main()
