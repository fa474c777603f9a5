"""Mutation testing of the packages that decide what a guideline means and what changed: run mutmut, judge its results.

    python -m tests.kit_mutation                                  every package; an hour and more
    python -m tests.kit_mutation compile redflag_kit/diff/area.py   a package, a module
    python -m tests.kit_mutation compile --show                   ... and print each survivor with its change
    python -m tests.kit_mutation compile --report                 judge the results of the last run again
    python -m tests.kit_mutation --since HEAD^ --seconds 60       the functions that changed, as far as the time goes
    python -m tests.kit_mutation --fresh --write                  all from nothing, and rewrite docs/kit-mutation.md

Ends with 0 if every mutant was noticed, is covered by a rule, or is justified by name, and each package is above the
floor; with 1 if not; with 3 if mutmut could not run.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from time import monotonic

from tests.kit_mutation import changed, justified, table
from tests.kit_mutation.mutants import Mutant, Outcome
from tests.kit_mutation.packages import PARTS
from tests.kit_mutation.verdict import Tally, faults, tally
from tests.kit_mutation.workspace import ROOT, RunFailedError, Workspace

PAGE = ROOT / "docs" / "kit-mutation.md"


@dataclass(frozen=True, slots=True)
class Task:
    """A workspace, the part it is about, and mutmut's patterns if only some of its mutants are tried."""

    part: str
    workspace: Workspace
    patterns: tuple[str, ...] = ()

    def mutants(self) -> tuple[Mutant, ...]:
        """Return the mutants that the task is about, with what became of them."""
        found = self.workspace.mutants()
        return tuple(one for one in found if not self.patterns or any(fnmatchcase(one.name, p) for p in self.patterns))


def task(target: str) -> Task:
    """Return the task for a package (`compile`) or a module (`redflag_kit/compile/cuts.py`, `compile.cuts`)."""
    if target in PARTS:
        return Task(target, Workspace(target, PARTS[target].modules, PARTS[target].selection))
    dotted = target.removesuffix(".py").replace("/", ".").removeprefix("redflag_kit.")
    path = f"redflag_kit/{dotted.replace('.', '/')}.py"
    name = next((name for name, part in PARTS.items() if part.holds(path)), None)
    if name is None or not (ROOT / path).is_file():
        raise SystemExit(f"`{target}` is neither one of {', '.join(PARTS)} nor a module of one of them")
    return Task(name, Workspace(f"module.{dotted}", (path,), PARTS[name].selection))


def tasks_since(revision: str) -> list[Task]:
    """Return a task for every package in which a function differs from that of a revision."""
    found = []
    for name, part in PARTS.items():
        modules = changed.patterns(ROOT, revision, part.holds)
        if modules:
            workspace = Workspace(f"since.{name}", tuple(modules), part.selection)
            found.append(Task(name, workspace, tuple(p for ones in modules.values() for p in ones)))
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and judge; see the module."""
    options = _options(arguments)
    reasons = justified.parse(justified.FILE.read_text())
    tasks = tasks_since(options.since) if options.since else [task(one) for one in options.targets or PARTS]
    if not tasks:
        _say(f"no function of {', '.join(PARTS)} differs from {options.since}")
        return 0
    deadline = monotonic() + options.seconds if options.seconds else None
    tallies, found = [], []
    for one in tasks:
        began = monotonic()
        if deadline is not None and began >= deadline:
            _say(f"{one.workspace.name}: left out, the time was over: {len(one.patterns)} functions")
            continue
        try:
            if not options.report:
                one.workspace.prepare(fresh=options.fresh or bool(options.since))
                one.workspace.run(one.patterns, jobs=options.jobs, deadline=deadline)
        except RunFailedError as error:
            _say(f"{one.workspace.name}: mutmut could not try the mutants\n{error}")
            return 3
        mutants = one.mutants()
        result = tally(one.workspace.name, mutants, reasons)
        tallies.append(result)
        found += faults(result, mutants, reasons, bounded=deadline is not None)
        _say(_told(result, monotonic() - began))
        if deadline is not None:
            _say(_left_out(mutants))
        if options.show and result.unexplained:
            _say(_survivors(result))
    if options.write:
        PAGE.write_text(table.rewritten(PAGE.read_text(), (one for one in tallies if one.package in PARTS), PARTS))
    for fault in found:
        _say(f"- {fault}")
    return 1 if found else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.kit_mutation", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("targets", nargs="*", help="packages or modules; all packages if none is named")
    parser.add_argument("--since", metavar="REV", help="only the functions that differ from those of a revision")
    parser.add_argument("--seconds", type=float, help="stop after this time; what was not tried is told")
    parser.add_argument("--jobs", type=int, default=2, help="mutants tried at a time (default: 2)")
    parser.add_argument("--fresh", action="store_true", help="forget the results of earlier runs")
    parser.add_argument("--report", action="store_true", help="judge the results of the last run, run nothing")
    parser.add_argument("--show", action="store_true", help="print each survivor, and entries for justified.toml")
    parser.add_argument("--write", action="store_true", help=f"rewrite the table in {PAGE.relative_to(ROOT)}")
    return parser.parse_args(arguments)


def _told(one: Tally, seconds: float) -> str:
    return (
        f"{one.package}: {one.mutants} mutants, {one.killed} killed ({one.by_limit} by a limit), {one.by_rule} by rule,"
        f" {one.equivalent} equivalent, {one.accepted} accepted, {len(one.unexplained)} unexplained,"
        f" {one.not_run} not run; {one.score:.1f} % in {seconds:.0f} s"
    )


def _left_out(mutants: Sequence[Mutant]) -> str:
    left = [one.change.function for one in mutants if one.outcome is Outcome.NOT_RUN]
    if not left:
        return (
            "  every one of them was tried"
            if mutants
            else "  none of them was made: nothing to mutate, or no time left"
        )
    return "  left out, the time was over: " + ", ".join(
        f"{left.count(name)} of {name}" for name in dict.fromkeys(left)
    )


def _survivors(one: Tally) -> str:
    lines = [
        f"{mutant.name} ({mutant.outcome.value})\n"
        + "".join(f"  - {line}\n" for line in mutant.change.was.splitlines())
        + "".join(f"  + {line}\n" for line in mutant.change.now.splitlines())
        for mutant in one.unexplained
    ]
    return "".join(lines) + "\n" + justified.as_toml(mutant.change for mutant in one.unexplained)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
