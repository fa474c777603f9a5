"""`redflag suggest`."""

import argparse

from redflag_kit.cli.parser import Parser, add_project_options, one_of
from redflag_kit.results.envelope import Envelope

EXAMPLES = ("suggest acp@2011", "suggest acp@2011 --limit 5 --write", "suggest --redundant -f markdown")

PURPOSES = {"mutants": ("mutants",), "coverage": ("coverage",), "all": ("mutants", "coverage")}


def arguments(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.add_argument(
        "guideline", metavar="GUIDELINE", nargs="*", help="ID, ID@VERSION or the path of a guideline (default: all)"
    )
    parser.add_argument(
        "--for",
        dest="purpose",
        metavar="WHAT",
        type=one_of(tuple(PURPOSES)),
        default="mutants",
        help="mutants that no vignette notices (default), coverage: what none shows, or all",
    )
    parser.add_argument("--limit", metavar="N", type=_positive, default=0, help="at most so many vignettes")
    parser.add_argument(
        "--write",
        metavar="PATH",
        nargs="?",
        const="",
        help="add them to a file (default: vignettes/LIBRARY/suggested.yaml), each failing until it is filled in",
    )
    parser.add_argument(
        "--redundant", action="store_true", help="also list the vignettes without which nothing less would be noticed"
    )
    add_project_options(parser, judged=False)


def _positive(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) > 0:
        return int(text)
    raise argparse.ArgumentTypeError(f"`{text}` is not a number of vignettes, 1 or more")


def run(options: argparse.Namespace) -> Envelope:
    """Draft vignettes."""
    from redflag_kit.cli.projects import project_of
    from redflag_kit.workflow.suggest import Asked, suggest

    asked = Asked(tuple(options.guideline), PURPOSES[options.purpose], options.limit, options.write, options.redundant)
    return suggest(project_of(options), asked)
