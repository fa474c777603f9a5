"""`redflag changelog`."""

import argparse

from redflag_kit.cli.parser import Parser, add_project_options
from redflag_kit.results.envelope import Envelope

EXAMPLES = ("changelog red_flags@2026.0 red_flags@2026.1", "changelog acp@2007 acp@2011 -f markdown")


def arguments(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("old", metavar="OLD", help="ID, ID@VERSION or the path of a guideline")
    parser.add_argument("new", metavar="NEW", help="the edition to draft the entry for")
    add_project_options(parser, judged=False)


def run(options: argparse.Namespace) -> Envelope:
    """Draft the entry."""
    from redflag_kit.cli.projects import project_of
    from redflag_kit.workflow.changelog import changelog

    return changelog(project_of(options), options.old, options.new)
