"""`redflag suggest`."""

import argparse

from redflag_kit.cli.parser import Parser, add_project_options, one_of
from redflag_kit.results.envelope import Envelope

EXAMPLES = (
    "suggest acp@2011",
    "suggest acp@2011 --limit 5 --write",
    "suggest --since main:",
    "suggest --redundant -f markdown",
)

PURPOSES = {
    "mutants": ("mutants",),
    "coverage": ("coverage",),
    "changes": ("changes",),
    "all": ("mutants", "coverage", "changes"),
}


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
        help="mutants that no vignette notices (default), coverage: what none shows, changes: what none shows of what "
        "changed (default with --since), or all",
    )
    parser.add_argument(
        "--since", metavar="REF", default="", help="what changed since a revision (`main:`) or an edition (`acp@2007`)"
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
    from redflag_kit.cli.projects import note, states_of
    from redflag_kit.workflow.envelope import UsageError
    from redflag_kit.workflow.sides import state_of
    from redflag_kit.workflow.since import sides_since
    from redflag_kit.workflow.suggest import Asked, suggest

    purpose = options.purpose or ("changes" if options.since else "mutants")
    if purpose == "changes" and not options.since:
        raise UsageError("`--for changes` needs to know since when", "add --since REF, such as --since main:")
    if options.since and "changes" not in PURPOSES[purpose]:
        raise UsageError(f"`--since` says nothing about {purpose}", "use --for changes or --for all with it")
    states = states_of(options)
    project = state_of(states, None)
    note(options, project)
    asked = Asked(
        references=tuple(options.guideline),
        purposes=tuple(one for one in PURPOSES[purpose] if one != "changes" or options.since),
        limit=options.limit,
        write=options.write,
        redundant=options.redundant,
        since=options.since,
    )
    return suggest(project, asked, lambda chosen: sides_since(states, chosen, asked.since))
