"""`redflag report`."""

import argparse
from pathlib import Path

from redflag_kit.cli.parser import Parser
from redflag_kit.report.json import Result

EXAMPLES = ("report diff.json --format html --report html=diff.html", "report result.json")


def arguments(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("result", metavar="RESULT.json", type=Path, help="a result saved with --format json")


def run(options: argparse.Namespace) -> Result:
    """Read a saved result."""
    from redflag_kit.workflow.report import saved_result

    return saved_result(options.result)
