"""`redflag changelog`."""

import argparse

from redflag_kit.cli.parser import REFERENCE, CommandLineError, Parser, add_project_options
from redflag_kit.results.envelope import Envelope

EXAMPLES = (
    "changelog red_flags@2026.0 red_flags@2026.1",
    "changelog main:acp@2011 acp@2011 -f markdown",
    "changelog --against main",
    "changelog --against v1.0 acp",
)
TWO = "write redflag changelog OLD NEW, or redflag changelog --against REV"


def arguments(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.add_argument(
        "editions",
        metavar="REF",
        nargs="*",
        help=f"the old edition, and the new one, which gets the entry: {REFERENCE}",
    )
    parser.add_argument(
        "--against",
        metavar="REV",
        help="draft an entry for every guideline that differs from a revision, or for those named",
    )
    add_project_options(parser, judged=False)


def run(options: argparse.Namespace) -> Envelope:
    """Draft the entries."""
    from redflag_kit.cli.projects import note, states_of
    from redflag_kit.workflow.changelog import changelog, changelog_of_states
    from redflag_kit.workflow.sides import old_state_of, sides, state_of

    states = states_of(options)
    if options.against is not None:
        before, now = old_state_of(states, options.against), state_of(states, None)
        note(options, before, now)
        return changelog_of_states(before, now, options.editions)
    if len(options.editions) != 2:
        raise CommandLineError("two editions are needed", TWO)
    old, new = sides(states, *options.editions)
    note(options, old.project, new.project)
    return changelog(old, new)
