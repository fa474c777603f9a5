"""`redflag mutate`."""

import argparse
import sys
import time
from decimal import Decimal, InvalidOperation

from redflag_kit.cli.check_command import SECONDS, positive
from redflag_kit.cli.parser import REFERENCE, Parser, add_project_options, one_of
from redflag_kit.report.mutate_view import SHOWN
from redflag_kit.results.envelope import Envelope

EXAMPLES = (
    "mutate",
    "mutate acp@2017 -k threshold",
    "mutate --changed main --fail-under 1",
    "mutate --report html=mutants.html --report elements=mutants.json",
)
PATIENCE = 1.0
"""Seconds before progress is shown."""


def arguments(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("guidelines", metavar="GUIDELINE", nargs="*", help=f"{REFERENCE} (default: all)")
    parser.add_argument(
        "--changed",
        metavar="REV",
        help="only what rules, scope and scores say otherwise than in a revision; REV... is where it parted from HEAD",
    )
    parser.add_argument("-k", metavar="WORDS", default="", help="only mutants with these words in kind, rule or id")
    parser.add_argument(
        "--fail-under",
        metavar="SCORE",
        type=share,
        help="end with exit code 1 if the score of a guideline is lower: a share from 0 to 1",
    )
    parser.add_argument(
        "--show",
        metavar="STATE",
        type=one_of(SHOWN),
        default="survived",
        help=f"which mutants are listed: {', '.join(SHOWN)} (default: survived; the exempted always are)",
    )
    parser.add_argument(
        "--budget",
        metavar="SECONDS",
        type=positive,
        default=SECONDS,
        help=f"the time it may take (default: {SECONDS}); what it leaves open is told as not decided",
    )
    add_project_options(parser, judged=True)


def share(text: str) -> str:
    """Return a share from 0 to 1 as it was written; refuses anything else."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if number.is_finite() and 0 <= number <= 1:
        return text
    raise argparse.ArgumentTypeError(f"`{text}` is no share from 0 to 1, such as 0.8")


def run(options: argparse.Namespace) -> Envelope:
    """Mutate the guidelines and run the vignettes."""
    from redflag_kit.cli.projects import note, states_of
    from redflag_kit.logic.budget import Budget
    from redflag_kit.workflow.mutate import Asked, mutate
    from redflag_kit.workflow.sides import one_state

    states = states_of(options)
    project, _ = one_state(states, options.guidelines)
    note(options, project)
    asked = Asked(
        references=tuple(options.guidelines),
        words=options.k,
        changed=options.changed,
        floor=options.fail_under or "",
        show=options.show,
        budget=Budget(seconds=options.budget),
    )
    progress = _Progress(quiet=options.quiet)
    try:
        return mutate(states, asked, progress.show)
    finally:
        progress.clear()


class _Progress:
    """Tells a terminal which guideline is being mutated, once it takes longer than people like to wait."""

    def __init__(self, *, quiet: bool) -> None:
        self.started = time.monotonic()
        self.shown = 0
        self.wanted = not quiet and sys.stderr.isatty()

    def show(self, done: int, of: int, name: str) -> None:
        if self.wanted and time.monotonic() - self.started > PATIENCE:
            line = f"mutating {name} ({done + 1} of {of})"
            print(f"\r{line.ljust(self.shown)}", end="", file=sys.stderr, flush=True)
            self.shown = len(line)

    def clear(self) -> None:
        if self.shown:
            print(f"\r{' ' * self.shown}\r", end="", file=sys.stderr, flush=True)
