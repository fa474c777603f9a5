"""How long starting takes: `redflag --version` against a bare interpreter, and full runs of `check`, `test` and `diff`.

Method: the commands run in turn, round by round, so that a slow moment of the machine meets all of them; median,
fastest and slowest of the rounds are reported. The first round warms the file cache and is not counted. The ratio is
taken within each round and then summarised, since a time alone says more about the machine than about the program.
Times are processor times of the process, user and system.
"""

import argparse
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
REDFLAG = (sys.executable, "-m", "redflag_kit")
BARE = "python -c pass"
VERSION = "redflag --version"
CHECK = "redflag check"
TEST = "redflag test"
DIFF = "redflag diff acp@2007 acp@2011"
COMMANDS = {
    BARE: (sys.executable, "-c", "pass"),
    VERSION: (*REDFLAG, "--version"),
    CHECK: (*REDFLAG, "check"),
    TEST: (*REDFLAG, "test"),
    DIFF: (*REDFLAG, "diff", "acp@2007", "acp@2011"),
}


def processor_seconds(command: Sequence[str], project: Path) -> float:
    """Run a command in the project folder and return its processor time; a failing command ends the benchmark."""
    began = _children()
    result = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    took = _children() - began
    if result.returncode != 0:
        sys.exit(f"{' '.join(command)} ended with {result.returncode}:\n{result.stdout}{result.stderr}")
    return took


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(rounds: int, project: Path) -> dict[str, list[float]]:
    """Return the processor times of each command, one per counted round."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for number in range(rounds + 1):
        for name, command in COMMANDS.items():
            took = processor_seconds(command, project)
            if number > 0:
                times[name].append(took)
    return times


def row(name: str, values: Sequence[float], digits: int) -> str:
    """Return one line of the table."""
    return f"| {name} | " + " | ".join(f"{v:.{digits}f}" for v in (median(values), min(values), max(values))) + " |"


def table(times: dict[str, list[float]]) -> str:
    """Return the Markdown table of all commands and of the ratio."""
    ratios = [version / bare for version, bare in zip(times[VERSION], times[BARE], strict=True)]
    lines = ["| what | median | min | max |", "|---|---:|---:|---:|"]
    lines += [row(f"`{name}`, ms", [1000 * t for t in values], 1) for name, values in times.items()]
    lines.append(row(f"`{VERSION}` / `{BARE}`", ratios, 2))
    return "\n".join(lines)


def main() -> None:
    """Read the arguments, measure, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=15, help="rounds to count (default 15)")
    parser.add_argument("--project", type=Path, default=ROOT, help="project folder for `redflag test`")
    arguments = parser.parse_args()
    if arguments.rounds < 1:
        parser.error("--rounds must be at least 1")
    print(f"Python {sys.version.split()[0]}, {arguments.rounds} interleaved rounds after one warm-up\n")
    print(table(measure(arguments.rounds, arguments.project)))


if __name__ == "__main__":
    main()
