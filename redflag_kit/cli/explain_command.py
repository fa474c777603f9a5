"""`redflag explain`."""

import argparse
from dataclasses import replace

from redflag_kit.cli.parser import REFERENCE, Parser, add_project_options, one_of
from redflag_kit.cli.show_command import add_date_option
from redflag_kit.results.envelope import Envelope

EXAMPLES = (
    "explain acp@2011 --vignette V01b",
    "explain acp@2011 age_years=33 low_back_pain=present fever=present",
    "explain acp@2011 --vignette V01b saddle_sensory_change=absent",
    "explain acp@2011 'systemic_steroid=short|prolonged' --unmentioned absent",
)


def add_case_options(parser: Parser) -> None:
    """Add the options that describe a patient."""
    parser.add_argument(
        "--vignette", metavar="ID", help="the patient of a vignette; findings given as well replace its"
    )
    parser.add_argument(
        "--unmentioned",
        metavar="HOW",
        type=one_of(("unknown", "absent")),
        help="unknown or absent: findings not mentioned are not assessed, or at their normal value (default: as the "
        "vignette says, else unknown)",
    )


def arguments(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("guideline", metavar="REF", help=REFERENCE)
    parser.add_argument(
        "findings",
        metavar="FINDING=VALUE",
        nargs="*",
        default=[],
        help="a finding; `unknown`, and alternatives `a|b`, are values too",
    )
    add_case_options(parser)
    add_date_option(parser, "take what of the guideline was in force")
    add_project_options(parser, judged=True)


def run(options: argparse.Namespace) -> Envelope:
    """Explain what a guideline says of one patient."""
    from redflag_kit.cli.cases import case_of, case_options
    from redflag_kit.cli.projects import project_named
    from redflag_kit.workflow.explain import explain
    from redflag_kit.workflow.in_force import date_of, only_part
    from redflag_kit.workflow.reference import find_guideline

    project, named = project_named(options, options.guideline)
    at = date_of(options.at)
    guideline = find_guideline(project, named) if at is None else only_part(project, named, at)
    case = case_of(options, options.findings, project, guideline.vocabulary)
    shown = {**case_options(case), **({"at": at} if at else {})}
    return replace(explain(guideline, case, options.guideline, project), options=shown)
