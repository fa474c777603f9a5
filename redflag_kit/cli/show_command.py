"""`redflag show`."""

import argparse

from redflag_kit.cli.parser import Parser, add_project_options
from redflag_kit.results.envelope import Envelope

EXAMPLES = ("show acp@2011", "show guidelines/low_back_pain/acp/2007.yaml")


def arguments(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("guideline", metavar="REF", help="ID, ID@VERSION or the path of a guideline")
    add_project_options(parser, judged=False)


def run(options: argparse.Namespace) -> Envelope:
    """Show one guideline."""
    from redflag_kit.cli.projects import project_of
    from redflag_kit.workflow.reference import find_guideline
    from redflag_kit.workflow.show import show

    return show(find_guideline(project_of(options), options.guideline), options.guideline)
