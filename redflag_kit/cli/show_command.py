"""`redflag show`."""

import argparse

from redflag_kit.cli.parser import REFERENCE, Parser, add_project_options
from redflag_kit.results.envelope import Envelope

EXAMPLES = (
    "show acp@2011",
    "show acp --at 2018-01-01",
    "show guidelines/low_back_pain/acp/2007.yaml",
    "show main:acp@2011",
)


def add_date_option(parser: Parser, what: str) -> None:
    """Add the option that chooses editions by date."""
    parser.add_argument("--at", metavar="DATE", help=f"{what} at a date, such as 2018-01-01")


def arguments(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("guideline", metavar="REF", help=REFERENCE)
    add_date_option(parser, "what of the guideline was in force, edition by edition,")
    add_project_options(parser, judged=False)


def run(options: argparse.Namespace) -> Envelope:
    """Show one guideline, or what of it was in force at a date."""
    from redflag_kit.cli.projects import project_named
    from redflag_kit.workflow.in_force import date_of, family_of
    from redflag_kit.workflow.reference import find_guideline
    from redflag_kit.workflow.show import show, show_in_force

    at = date_of(options.at)
    project, named = project_named(options, options.guideline)
    if at is not None:
        return show_in_force(family_of(project, named, at), at, project)
    return show(find_guideline(project, named), options.guideline, project)
