"""`redflag compare`."""

import argparse
from dataclasses import replace

from redflag_kit.cli.explain_command import add_case_options
from redflag_kit.cli.parser import REFERENCE, CommandLineError, Parser, add_project_options
from redflag_kit.cli.show_command import add_date_option
from redflag_kit.results.envelope import Envelope

EXAMPLES = (
    "compare V05",
    "compare V05 --at 2018-01-01",
    "compare --vignette V05 --guideline acp@2007 --guideline acp@2011",
    "compare V05 --guideline main:acp --guideline acp",
    "compare age_years=33 low_back_pain=present fever=present",
    "compare -k disagreement",
)


def arguments(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.add_argument(
        "case",
        metavar="VIGNETTE | FINDING=VALUE",
        nargs="*",
        help="the id of a vignette, and findings with values; several vignettes give a matrix",
    )
    add_case_options(parser)
    parser.add_argument(
        "-k",
        metavar="WORDS",
        default="",
        help="a matrix of the vignettes with these words in id, title or tags, against the guidelines",
    )
    parser.add_argument(
        "--guideline",
        metavar="REF",
        action="append",
        default=[],
        help=f"a guideline to compare: {REFERENCE}; may be repeated (default: everything in force)",
    )
    add_date_option(parser, "take what was in force")
    add_project_options(parser, judged=True)


def run(options: argparse.Namespace) -> Envelope:
    """Take one patient, or several, through several guidelines."""
    texts = [one for one in options.case if "=" in one]
    names = [one for one in options.case if "=" not in one]
    if options.k or len(names) > 1:
        return _matrix(options, texts, names)
    if names and options.vignette:
        raise CommandLineError("a vignette is named twice", "name one, or several without --vignette for a matrix")
    options.vignette = options.vignette or next(iter(names), None)
    return _one(options, texts)


def _one(options: argparse.Namespace, texts: list[str]) -> Envelope:
    from redflag_kit.cli.cases import case_of, case_options, limits_of, speakers_of
    from redflag_kit.cli.projects import project_of
    from redflag_kit.workflow.compare import compare
    from redflag_kit.workflow.voices import check_asked_alike

    project = project_of(options)
    chosen = speakers_of(options, texts, project)
    case = case_of(options, texts, project, chosen[0].guidelines[0].vocabulary)
    check_asked_alike(chosen, [case])
    found = compare(chosen, case, options.at)
    shown = {**case_options(case), **({"at": options.at} if options.at else {})}
    limits = limits_of(options, chosen, project)
    return replace(found, options=shown, limits=limits, summary={**found.summary, "title": case.title})


def _matrix(options: argparse.Namespace, texts: list[str], names: list[str]) -> Envelope:
    from redflag_kit.cli.cases import check_vocabulary, limits_of, patients_of, speakers_of
    from redflag_kit.cli.projects import project_of
    from redflag_kit.workflow.matrix import matrix
    from redflag_kit.workflow.voices import check_asked_alike

    if texts or options.vignette or options.unmentioned:
        hint = "leave out findings, --vignette and --unmentioned, or name one vignette"
        raise CommandLineError("a matrix takes vignettes as they are", hint)
    project = project_of(options)
    patients = patients_of(names, options.k, project)
    options.vignette = patients[0].id
    chosen = speakers_of(options, [], project)
    check_vocabulary(patients, project, chosen[0].guidelines[0].vocabulary)
    check_asked_alike(chosen, patients)
    found = matrix(chosen, patients, options.at)
    shown = {"expression": options.k, **({"at": options.at} if options.at else {})}
    return replace(found, options=shown, limits=limits_of(options, chosen, project))
