"""`redflag check`."""

import argparse
from pathlib import Path

from redflag_kit.cli.parser import Parser, add_project_options
from redflag_kit.results.envelope import Envelope

EXAMPLES = ("check", "check guidelines/low_back_pain/acp/2011.yaml", "check --fail-on warning --report json=check.json")


def arguments(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("paths", metavar="PATH", nargs="*", type=Path, help="files or folders (default: the project)")
    add_project_options(parser, judged=True)


def run(options: argparse.Namespace) -> Envelope:
    """Check the project or the files named."""
    from redflag_kit.cli.projects import project_of
    from redflag_kit.diagnostics.codes import Severity
    from redflag_kit.workflow.check import check

    start = options.paths[0].resolve().parent if options.paths and options.paths[0].exists() else None
    return check(project_of(options, start), options.paths, Severity(options.fail_on))
