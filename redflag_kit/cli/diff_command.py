"""`redflag diff`."""

import argparse

from redflag_kit.cli.parser import Parser, add_project_options
from redflag_kit.results.envelope import Envelope

EXAMPLES = ("diff acp@2007 acp@2011", "diff acp@2007 acp@2011 --report html=report.html --exit-code")


def arguments(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("old", metavar="OLD", help="ID, ID@VERSION or the path of a guideline")
    parser.add_argument("new", metavar="NEW", help="the edition to compare with it")
    parser.add_argument("--exit-code", action="store_true", help="end with exit code 1 if anything changed")
    add_project_options(parser, judged=False)


def run(options: argparse.Namespace) -> Envelope:
    """Compare two editions."""
    from redflag_kit.cli.projects import project_of
    from redflag_kit.workflow.diff import diff

    return diff(project_of(options), options.old, options.new, exit_code=options.exit_code)
