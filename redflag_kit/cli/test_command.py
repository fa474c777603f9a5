"""`redflag test`."""

import argparse

from redflag_kit.cli.parser import CommandLineError, Parser, add_project_options
from redflag_kit.results.envelope import Envelope

EXAMPLES = (
    "test",
    "test -k steroid",
    "test --guideline acp@2011 --format json",
    "test --coverage --fail-under 80 --fail-under rules=100",
)


def arguments(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("-k", metavar="WORDS", default="", help="only vignettes with these words in id, title or tags")
    parser.add_argument("--guideline", metavar="REF", default="", help="only what is expected of this guideline")
    parser.add_argument(
        "--coverage",
        action="store_true",
        help="also say what no vignette shows: rules, outputs, conditions, boundaries, unknowns, decisions",
    )
    parser.add_argument(
        "--fail-under",
        metavar="PERCENT",
        action="append",
        default=[],
        help="with --coverage: exit 1 if a guideline covers less of any kind; KIND=PERCENT for one kind; repeatable",
    )
    add_project_options(parser, judged=True)


def run(options: argparse.Namespace) -> Envelope:
    """Run the vignettes."""
    from redflag_kit.cli.projects import project_of
    from redflag_kit.workflow.coverage import NOT_MEASURED, measured
    from redflag_kit.workflow.test import test

    if options.fail_under and not options.coverage:
        raise CommandLineError("--fail-under has nothing to judge", "add --coverage")
    coverage = measured(options.fail_under) if options.coverage else NOT_MEASURED
    return test(project_of(options), options.k, options.guideline, coverage)
