"""`redflag trace`."""

import argparse

from redflag_kit.cli.parser import Parser, add_project_options
from redflag_kit.results.envelope import Envelope

EXAMPLES = (
    "trace",
    "trace --guideline acp@2011",
    "trace --report html=trace.html --report json=trace.json",
)


def arguments(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.add_argument(
        "--guideline",
        metavar="REF",
        action="append",
        default=[],
        help="an edition to trace; may be repeated (default: every edition, and what belongs to none)",
    )
    add_project_options(parser, judged=True)


def run(options: argparse.Namespace) -> Envelope:
    """Follow the chain from evidence to hazard."""
    from redflag_kit.cli.projects import project_of
    from redflag_kit.workflow.trace import trace

    return trace(project_of(options), options.guideline)
