"""`redflag diff`."""

import argparse

from redflag_kit.cli.check_command import SECONDS, positive
from redflag_kit.cli.parser import CommandLineError, Parser, add_project_options
from redflag_kit.results.envelope import Envelope

EXAMPLES = (
    "diff acp@2007 acp@2011",
    "diff acp@2007 acp@2011 --report html=report.html --exit-code",
    "diff --guidelines acp acr --output mri imaging",
    "diff --guidelines --report html=disagreements.html",
)


def arguments(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("old", metavar="OLD", nargs="?", help="ID, ID@VERSION or the path of a guideline")
    parser.add_argument("new", metavar="NEW", nargs="?", help="the edition to compare with it")
    parser.add_argument("--exit-code", action="store_true", help="end with exit code 1 if anything changed, or differs")
    group = parser.add_argument_group("disagreements between guidelines")
    group.add_argument(
        "--guidelines",
        metavar="REF",
        nargs="*",
        help="compare guidelines of different publishers pair by pair (default: all that are in force)",
    )
    group.add_argument(
        "--output",
        metavar="OUTPUT",
        nargs="+",
        action="extend",
        help="the outputs to compare (default: all that can be advised for or against)",
    )
    group.add_argument("--at", metavar="DATE", help="guidelines as they were in force on a date, such as 2018-01-01")
    group.add_argument(
        "--budget",
        metavar="SECONDS",
        type=positive,
        default=None,
        help=f"the time it may take (default: {SECONDS}); what it leaves open is told as not decided",
    )
    add_project_options(parser, judged=False)


def run(options: argparse.Namespace) -> Envelope:
    """Compare two editions, or several guidelines."""
    from redflag_kit.cli.projects import project_of

    if options.guidelines is not None:
        return _across(options)
    for name in ("output", "at", "budget"):
        if getattr(options, name) is not None:
            raise CommandLineError(f"`--{name}` goes with `--guidelines`", "add it, or leave the option out")
    if options.new is None:
        raise CommandLineError("two editions are needed", "write redflag diff OLD NEW, or redflag diff --guidelines")
    from redflag_kit.workflow.diff import diff

    return diff(project_of(options), options.old, options.new, exit_code=options.exit_code)


def _across(options: argparse.Namespace) -> Envelope:
    from redflag_kit.cli.projects import project_of
    from redflag_kit.logic.budget import Budget
    from redflag_kit.workflow.across import across

    if options.old is not None:
        raise CommandLineError("guidelines stand after `--guidelines`", "write redflag diff --guidelines A B C")
    return across(
        project_of(options),
        options.guidelines,
        options.output or (),
        options.at,
        Budget(seconds=options.budget or SECONDS),
        exit_code=options.exit_code,
    )
