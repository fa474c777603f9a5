"""How long large decision tables take: gaps and overlaps of 27 DMN files, against known truths.

Method: every file is analysed in fresh processes, several times; times are of the fastest, memory of the largest.
Process start with imports, reading, and analysis are told apart, in CPU time of the one thread, which a busy machine
disturbs least; `whole` is the wall time of the process. What is found is compared with the truth of the generator: all
overlapping pairs, and the uncovered share as an exact fraction. The first difference ends the run.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from benchmarks.verification.decision_tables import SHAPES, VARIANTS, DecisionTable, Truth, as_dmn, tables

ROOT = Path(__file__).resolve().parents[2]
# SOURCE: measured on one machine with the generated files of the same names: the verifier that the authors of the
# recipe published in 2016, and the native build of an industrial engine. Seconds for gaps and overlaps.
PEERS = {
    (3, 499): ("0.7", "2.2-2.5"),
    (5, 505): ("27-33", "336-589"),
    (7, 500): ("128 (overlaps)", "no answer in 600"),
}
# SOURCE: slides of Calvanese et al., BPM 2016: the authors' own times for 1500 rules and 5 columns on their data.
PUBLISHED = {(5, 1506): "< 3 (overlaps), < 2 (gaps)"}

Measured = dict[str, Any]


def analyse(file: Path) -> Measured:
    """Analyse one file in this process and return CPU times in seconds, memory in MiB, and what was found."""
    from redflag_kit.analyse.boxed import Boxed
    from redflag_kit.analyse.boxes import gaps, overlaps
    from redflag_kit.analyse.large import box_table
    from redflag_kit.compile.cuts import cut
    from redflag_kit.dmn.findings import weights_of
    from redflag_kit.dmn.lower import lower
    from redflag_kit.dmn.read import read_dmn
    from redflag_kit.logic.budget import NO_DEADLINE

    imported = time.process_time()
    model = read_dmn(file.read_bytes(), file.name).model
    assert model is not None
    read = time.process_time()
    lowered = lower(model, model.decisions[-1])
    atoms = cut((lowered.compiled,))
    prepared = box_table(lowered.compiled, atoms, weights_of(lowered, atoms))
    assert prepared is not None
    boxed = Boxed(prepared, NO_DEADLINE)
    ready = time.process_time()
    gap = next(gaps(boxed), None)
    gap_done = time.process_time()
    sets = list(overlaps(boxed))
    pairs = len(boxed.pairs[0])
    done = time.process_time()
    share = Fraction(0) if gap is None or gap.where is None or gap.where.share is None else gap.where.share
    return {
        "start": imported,
        "read": read - imported,
        "prepare": ready - read,
        "gaps": gap_done - ready,
        "overlaps": done - gap_done,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "pairs": pairs,
        "sets": len(sets),
        "boxes": 0 if gap is None or gap.where is None else len(gap.where.cubes),
        "share": str(share),
    }


def in_fresh_process(file: Path, rounds: int) -> Measured:
    """Return the best times and the largest memory of several runs."""
    runs: list[Measured] = []
    for _ in range(rounds):
        began = time.perf_counter()
        command = (sys.executable, "-m", "benchmarks.verification.tables", "--one", str(file.resolve()))
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        took = time.perf_counter() - began
        if result.returncode != 0:
            sys.exit(f"{file}: {result.stderr}")
        one = json.loads(result.stdout)
        one["whole"] = took
        one["analysis"] = one["prepare"] + one["gaps"] + one["overlaps"]
        runs.append(one)
    best = {name: min(run[name] for run in runs) for name in runs[0]}
    return best | {"memory": max(run["memory"] for run in runs)}


def check(name: str, truth: Truth, found: Measured) -> None:
    """End the run if the analysis and the truth differ."""
    if found["pairs"] != truth.pairs:
        sys.exit(f"{name}: {found['pairs']} overlapping pairs, in truth {truth.pairs}")
    if truth.uncovered is not None and Fraction(found["share"]) != truth.uncovered:
        sys.exit(f"{name}: uncovered share {found['share']}, in truth {truth.uncovered}")


def truth_beside(file: Path) -> Truth:
    """Return the truth that a generated file has beside it."""
    data = json.loads(file.with_suffix("").with_suffix(".truth.json").read_text("utf-8"))
    share = data.get("uncovered_volume_share")
    return Truth(data["overlapping_pairs"], None if share is None else Fraction(*share))


def report(results: Mapping[str, Measured]) -> str:
    """Return the results as Markdown."""
    lines = [
        "| table | pairs | sets | gap boxes | uncovered | start, ms | read, ms | prepare, ms | gaps, ms | overlaps, ms "
        "| analysis, ms | whole, ms | memory, MiB |",
        "|---|" + "---:|" * 12,
    ]
    for name, one in results.items():
        times = (one[key] * 1000 for key in ("start", "read", "prepare", "gaps", "overlaps", "analysis", "whole"))
        share = float(Fraction(one["share"]))
        lines.append(
            f"| {name} | {one['pairs']} | {one['sets']} | {one['boxes']} | {share:.6f} | "
            + " | ".join(f"{t:.0f}" for t in times)
            + f" | {one['memory']:.0f} |"
        )
    return "\n".join([*lines, "", *_ratios(results)])


def _ratios(results: Mapping[str, Measured]) -> Sequence[str]:
    """Return, per shape, the slowest variant against the fastest shape and against what others needed."""
    slowest: dict[tuple[int, int], float] = {}
    for width, count in SHAPES:
        times = [results[name]["analysis"] for v in VARIANTS if (name := f"{width}c-{count}-{v}") in results]
        if times:
            slowest[width, count] = max(times)
    fastest = min(slowest.values(), default=1.0)
    lines = [
        "| rules x columns | slowest variant, s | against the fastest shape | 2016 verifier, s | industrial engine, s "
        "| published, s |",
        "|---|" + "---:|" * 5,
    ]
    for (width, count), took in slowest.items():
        verifier, engine = PEERS.get((width, count), ("", ""))
        published = PUBLISHED.get((width, count), "")
        lines.append(f"| {count} x {width} | {took:.3f} | {took / fastest:.1f} | {verifier} | {engine} | {published} |")
    return lines


def generated(folder: Path, only: str) -> dict[Path, Truth]:
    """Write the generated tables whose name contains `only` to a folder, each with its truth."""
    found: dict[Path, Truth] = {}
    table: DecisionTable
    for table in tables(only):
        file = folder / f"{table.name}.dmn"
        file.write_text(as_dmn(table), "utf-8")
        found[file] = table.truth
    return found


def main() -> None:
    """Read the arguments, measure, print the report."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=5, help="processes per table (default 5)")
    parser.add_argument("--only", default="", help="measure only tables whose name contains this, e.g. 5c-505")
    parser.add_argument("--tables", type=Path, help="folder of NAME.dmn with NAME.truth.json, instead of generating")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(analyse(arguments.one)))
        return
    with tempfile.TemporaryDirectory() as folder:
        if arguments.tables:
            files = {f: truth_beside(f) for f in sorted(arguments.tables.glob("*.dmn")) if arguments.only in f.name}
        else:
            files = generated(Path(folder), arguments.only)
        results: dict[str, Measured] = {}
        for file, truth in files.items():
            results[file.stem] = in_fresh_process(file, arguments.rounds)
            check(file.stem, truth, results[file.stem])
    print(report(results))


if __name__ == "__main__":
    main()
