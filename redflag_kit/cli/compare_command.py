"""`redflag compare`."""

import argparse
from dataclasses import replace

from redflag_kit.cli.explain_command import add_case_options
from redflag_kit.cli.parser import CommandLineError, Parser, add_project_options
from redflag_kit.results.envelope import Envelope

EXAMPLES = (
    "compare V05",
    "compare --vignette V05 --guideline acp@2007 --guideline acp@2011",
    "compare age_years=33 low_back_pain=present fever=present",
)


def arguments(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.add_argument(
        "case", metavar="VIGNETTE | FINDING=VALUE", nargs="*", help="the id of a vignette, and findings with values"
    )
    add_case_options(parser)
    parser.add_argument(
        "--guideline",
        metavar="REF",
        action="append",
        default=[],
        help="a guideline to compare; may be repeated (default: every guideline in force)",
    )
    add_project_options(parser, judged=True)


def run(options: argparse.Namespace) -> Envelope:
    """Take one patient through several guidelines."""
    from redflag_kit.cli.cases import case_of, case_options, guidelines_of
    from redflag_kit.cli.projects import project_of
    from redflag_kit.workflow.explain import compare

    texts = [one for one in options.case if "=" in one]
    named = [one for one in options.case if "=" not in one]
    if len(named) + bool(options.vignette) > 1:
        raise CommandLineError("only one vignette can be compared at a time", "name one")
    options.vignette = options.vignette or next(iter(named), None)
    project = project_of(options)
    chosen = guidelines_of(options, texts, project)
    case = case_of(options, texts, project, chosen[0].vocabulary)
    found = compare(chosen, case)
    return replace(found, options=case_options(case), summary={**found.summary, "title": case.title})
