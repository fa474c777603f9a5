"""`redflag claims`."""

import argparse

from redflag_kit.cli.parser import Parser, add_project_options, one_of
from redflag_kit.results.envelope import Envelope

EXAMPLES = ("claims", "claims SEED-60 SX-2", "claims --verdict not_found --section Y26", "claims --unplaced")
VERDICTS = ("supported", "partly", "contradicted", "not_found", "category_error", "opinion")


def arguments(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("id", metavar="ID", nargs="*", help="only these claims or contradictions")
    parser.add_argument("--section", metavar="NAME", default="", help="only claims of this section of the text")
    parser.add_argument(
        "--verdict",
        metavar="VERDICT",
        type=one_of(VERDICTS),
        help=f"only claims that are {', '.join(VERDICTS)}",
    )
    parser.add_argument("--unplaced", action="store_true", help="only claims that nothing implements, without a reason")
    add_project_options(parser, judged=False)


def run(options: argparse.Namespace) -> Envelope:
    """List the claims."""
    from redflag_kit.cli.projects import project_of
    from redflag_kit.workflow.claims import claims

    return claims(project_of(options), tuple(options.id), options.section, options.verdict or "", options.unplaced)
