"""How long comparing takes: `redflag diff` of shipped editions, this revision against an earlier one, in one run.

Method: both revisions are exported side by side and measured in turn, round by round, each in a fresh process, so that
a slow moment of the machine meets both. What counts is processor time for one comparison with everything its report
needs (covers, edits, witnesses, missing information, vignettes), after the project is loaded. The ratio is taken
within each round and then summarised. The last column says whether both give the same result, byte for byte.
"""

import argparse
import io
import json
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
PAIRS = (
    ("acp@2007", "acp@2011"),
    ("acp@2011", "red_flags@2026.0"),
    ("red_flags@2026.0", "acep@2014"),
    ("acp@2011", "acp@2011"),
)
PROGRAM = """
import gc, hashlib, json, sys, time
from pathlib import Path
gc.set_threshold(50_000, 20, 100)  # as the command line does; for both revisions
from redflag_kit.project.load import load_project
from redflag_kit.report.json import to_json
from redflag_kit.workflow.diff import diff
project = load_project(Path("."))
began = time.process_time()
found = diff(project, *sys.argv[1:])
took = time.process_time() - began
print(json.dumps([took, hashlib.sha256(json.dumps(to_json(found)).encode()).hexdigest()]))
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One comparison: its processor time and the digest of its result."""

    seconds: float
    digest: str


def export(revision: str, folder: Path) -> None:
    """Write the files of a revision below a folder."""
    archive = subprocess.run(["git", "archive", revision], cwd=ROOT, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        files.extractall(folder, filter="data")


def measured(folder: Path, pair: tuple[str, str]) -> Run:
    """Compare two editions in a fresh process; a failing comparison ends the benchmark."""
    command = (sys.executable, "-c", PROGRAM, *pair)
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        sys.exit(f"comparing {pair} below {folder} failed:\n{result.stderr}")
    seconds, digest = json.loads(result.stdout)
    return Run(seconds, digest)


def row(pair: tuple[str, str], before: list[Run], after: list[Run]) -> str:
    """Return one line of the table."""
    same = "yes" if len({run.digest for run in (*before, *after)}) == 1 else "no"
    ratios = [b.seconds / a.seconds for b, a in zip(before, after, strict=True)]
    times = [median(run.seconds for run in runs) for runs in (before, after)]
    shown = " | ".join(f"{1000 * seconds:.0f}" for seconds in times)
    return f"| {' → '.join(pair)} | {shown} | {median(ratios):.2f} | {min(ratios):.2f} | {max(ratios):.2f} | {same} |"


def main() -> None:
    """Read the arguments, measure, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("before", help="the earlier revision")
    parser.add_argument("after", nargs="?", default="HEAD", help="the later revision (default HEAD)")
    parser.add_argument("--rounds", type=int, default=7, help="rounds to count (default 7)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folders = [Path(temporary, side) for side in ("before", "after")]
        for revision, folder in zip((arguments.before, arguments.after), folders, strict=True):
            export(revision, folder)
        print(f"Python {sys.version.split()[0]}, {arguments.rounds} interleaved rounds after one warm-up\n")
        print("| comparison | before, ms | after, ms | before / after | min | max | same |\n" + "|---" * 7 + "|")
        for pair in PAIRS:
            runs = [[measured(folder, pair) for folder in folders] for _ in range(arguments.rounds + 1)][1:]
            print(row(pair, [run[0] for run in runs], [run[1] for run in runs]))


if __name__ == "__main__":
    main()
