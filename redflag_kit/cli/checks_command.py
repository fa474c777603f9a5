"""`redflag checks`."""

import argparse

from redflag_kit.cli.parser import Parser
from redflag_kit.results.envelope import Envelope

EXAMPLES = ("checks", "checks RF301", "checks conflicting-outputs")


def arguments(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("id", metavar="ID", nargs="?", default="", help="a code (RF301) or name (gap)")


def run(options: argparse.Namespace) -> Envelope:
    """Return the catalogue, or one entry."""
    from redflag_kit.workflow.checks import checks

    return checks(options.id)
