"""Models too hard for diagrams, decided by SAT: every masked rule, every gap, a diff, a proof of equality.

Each line of the table is a process of its own, so that its peak memory is its own; times are of the processor, taken
inside, from the compiled model to the last answer. Where diagrams finish too, both engines must say the same.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from hashlib import sha256

from benchmarks.verification.stress_models import LEVELS, Model, counting, modular
from redflag_kit.compile.cuts import Atoms, cut
from redflag_kit.compile.expression import OutputEntry
from redflag_kit.compile.table import Compiled
from redflag_kit.logic.algebra import R, Searching, disjunction
from redflag_kit.logic.bdd import Diagrams
from redflag_kit.logic.budget import Budget, BudgetExceeded
from redflag_kit.logic.sat import Clauses
from redflag_kit.semantics.locality import flips
from redflag_kit.semantics.regions import Meaning, condition_region, meaning
from redflag_kit.terms.scale import Status

MODELS: dict[str, Callable[[], Model]] = {
    "grouped-30": lambda: counting(30, crossed=False, seed=1),
    "grouped-300": lambda: counting(300, crossed=False, seed=1),
    "grouped-3000": lambda: counting(3000, crossed=False, seed=1),
    "crossed-300": lambda: counting(300, crossed=True, seed=1),
    "crossed-3000": lambda: counting(3000, crossed=True, seed=1),
    "modular-4": lambda: modular(2, seed=1),
    "modular-5": lambda: modular(3, seed=1),
    "modular-8": lambda: modular(6, seed=1),
    "modular-14": lambda: modular(12, seed=1),
    "modular-62": lambda: modular(60, seed=1),
}
ENGINES = ("SAT", "diagrams")
SECONDS = 120.0


class Laps:
    """Seconds of processor time from one step to the next."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.process_time()

    def lap(self, name: str) -> None:
        now = time.process_time()
        self.seconds[name] = now - self._last
        self._last = now


def decide(model: Model, atoms: Atoms, algebra: Searching[R], laps: Laps) -> dict[str, object]:
    """Answer every question about one model."""
    old = meaning(model.compiled, atoms, algebra)
    laps.lap("regions")
    masked = _never_deciding(model.compiled, old)
    laps.lap("masked")
    where = _values(model.compiled, old, atoms, algebra)
    gaps = {output: algebra.least(values[Status.GAP.value]) for output, values in where.items()}
    laps.lap("gap")
    new = meaning(model.edited, atoms, algebra)
    found = flips(model.compiled, model.edited, old, new, algebra)
    assert found is not None
    cells = _changed(where, _values(model.edited, new, atoms, algebra), disjunction(algebra, found.values()))
    laps.lap("diff")
    same = flips(model.compiled, model.rewritten, old, meaning(model.rewritten, atoms, algebra), algebra)
    laps.lap("equality")
    return {"masked": masked, "gaps": gaps, "changed": cells, "equal": same == {}}


def _never_deciding(compiled: Compiled, found: Meaning[R]) -> list[str]:
    deciding = {cell.rule for cells in found.cells.values() for cell in cells}
    return sorted(row.rule for table in compiled.tables for row in table.rows if row.rule not in deciding)


def _values(compiled: Compiled, found: Meaning[R], atoms: Atoms, algebra: Searching[R]) -> dict[str, dict[str, R]]:
    """Return where each output has each level, or no value because of a gap."""
    return {
        output: {
            value: condition_region(OutputEntry(output, frozenset((value,))), found, atoms, algebra)
            for value in (*LEVELS, Status.GAP.value)
        }
        for output in compiled.outputs
    }


def _changed(old: dict[str, dict[str, R]], new: dict[str, dict[str, R]], flipped: R) -> list[str]:
    """Return the changes of value that occur: every pair of values of every output is decided."""
    return [
        f"{output}: {one} -> {other}"
        for output, values in old.items()
        for one, region in values.items()
        for other, target in new[output].items()
        if one != other and not (flipped & region & target).is_empty()
    ]


def measure(name: str, engine: str) -> dict[str, object]:
    """Decide one model on one engine, in this process."""
    model = MODELS[name]()
    laps = Laps()
    began = time.process_time()
    atoms = cut((model.compiled, model.edited, model.rewritten))
    deadline = Budget(seconds=SECONDS).start()
    verdict: dict[str, object]
    try:
        if engine == "SAT":
            verdict = decide(model, atoms, Clauses(atoms.space, deadline=deadline), laps)
        else:
            verdict = decide(model, atoms, Diagrams(atoms.space, deadline=deadline), laps)
    except BudgetExceeded as error:
        verdict = {"not decided": str(error)}
    return {
        "model": model.name,
        "seconds": time.process_time() - began,
        "laps": laps.seconds,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "verdict": verdict,
    }


def _in_process(name: str, engine: str) -> dict[str, object]:
    command = [sys.executable, "-m", "benchmarks.verification.stress", "--only", name, "--engine", engine]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    loaded: dict[str, object] = json.loads(result.stdout)
    return loaded


def _words(verdict: object) -> str:
    assert isinstance(verdict, dict)
    if "not decided" in verdict:
        return f"not decided: {verdict['not decided']}"
    gaps = sum(point is not None for point in verdict["gaps"].values())
    equal = "equal" if verdict["equal"] else "not equal"
    counts = f"{len(verdict['masked'])} rules never decide, {gaps} gaps, {len(verdict['changed'])} changes of value"
    return f"{counts}, rewriting {equal} ({_digest(verdict)})"


def _digest(verdict: object) -> str:
    return sha256(json.dumps(verdict, sort_keys=True).encode()).hexdigest()[:8]


def _lines(name: str) -> list[str]:
    runs = {engine: _in_process(name, engine) for engine in ENGINES}
    decided = [run for run in runs.values() if "not decided" not in str(run["verdict"])]
    if len(decided) == len(ENGINES) and _digest(runs["SAT"]["verdict"]) != _digest(runs["diagrams"]["verdict"]):
        sys.exit(f"the engines disagree on {name}")
    seconds = [float(str(run["seconds"])) for run in runs.values()]
    ratio = f"{seconds[1] / seconds[0]:.1f}" if len(decided) == len(ENGINES) else ""
    lines = []
    for engine, run in runs.items():
        laps = run["laps"]
        assert isinstance(laps, dict)
        steps = ", ".join(f"{step} {1000 * took:.0f}" for step, took in laps.items())
        cells = (run["model"], engine, f"{float(str(run['seconds'])):.2f}", steps, run["peak"], _words(run["verdict"]))
        lines.append(f"| {' | '.join(map(str, cells))} | {ratio if engine == 'diagrams' else ''} |")
    return lines


def main() -> None:
    """Print the table, or one measurement as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--only", choices=MODELS, help="one model, as JSON")
    parser.add_argument("--engine", choices=ENGINES, default="SAT")
    arguments = parser.parse_args()
    if arguments.only:
        print(json.dumps(measure(arguments.only, arguments.engine)))
        return
    print("| model | engine | s | ms per step | peak MiB | verdict (digest) | diagrams / SAT |")
    print("|---|---|---:|---|---:|---|---:|")
    for name in MODELS:
        print("\n".join(_lines(name)), flush=True)


if __name__ == "__main__":
    main()
