"""`redflag test`."""

import argparse

from redflag_kit.cli.parser import Parser, add_project_options
from redflag_kit.results.envelope import Envelope

EXAMPLES = ("test", "test -k steroid", "test --guideline acp@2011 --format json")


def arguments(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("-k", metavar="WORDS", default="", help="only vignettes with these words in id, title or tags")
    parser.add_argument("--guideline", metavar="REF", default="", help="only what is expected of this guideline")
    add_project_options(parser, judged=True)


def run(options: argparse.Namespace) -> Envelope:
    """Run the vignettes."""
    from redflag_kit.cli.projects import project_of
    from redflag_kit.workflow.test import test

    return test(project_of(options), options.k, options.guideline)
