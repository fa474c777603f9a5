"""`redflag diff`."""

import argparse
from collections.abc import Sequence

from redflag_kit.cli.check_command import SECONDS, positive
from redflag_kit.cli.parser import REFERENCE, CommandLineError, Parser, add_project_options
from redflag_kit.results.envelope import Envelope

EXAMPLES = (
    "diff acp@2007 acp@2011",
    "diff acp@2007 acp@2011 --report html=report.html --exit-code",
    "diff acp@2007 acp@2011 --plot age_years weight_loss --report html=report.html",
    "diff acp@2007 acp@2011 --strength --report html=report.html",
    "diff --against main",
    "diff --against origin/main... acp",
    "diff main:acp@2011 acp@2011",
    "diff v1: HEAD:",
    "diff --guidelines acp acr --output mri imaging",
    "diff --guidelines --report html=disagreements.html",
)
TWO = "write redflag diff OLD NEW, redflag diff --against REV, or redflag diff --guidelines"


def arguments(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.add_argument(
        "editions",
        metavar="REF",
        nargs="*",
        help=f"the old and the new edition: {REFERENCE}; `REV1: REV2:` compares two states of the project",
    )
    parser.add_argument(
        "--against",
        metavar="REV",
        help="compare the working files with a revision, all guidelines or those named; REV... is where it parted from "
        "HEAD",
    )
    parser.add_argument(
        "--plot",
        metavar="FINDING",
        nargs=2,
        help="the two findings over which the report draws what changes (default: those that most changes turn on)",
    )
    parser.add_argument(
        "--strength",
        action="store_true",
        help="also put faults into what the new edition says otherwise, and tell which no vignette notices",
    )
    parser.add_argument("--exit-code", action="store_true", help="end with exit code 1 if anything changed, or differs")
    group = parser.add_argument_group("disagreements between guidelines")
    group.add_argument(
        "--guidelines",
        metavar="REF",
        nargs="*",
        help="compare guidelines of different publishers pair by pair (default: all that are in force)",
    )
    group.add_argument(
        "--output",
        metavar="OUTPUT",
        nargs="+",
        action="extend",
        help="the outputs to compare (default: all that can be advised for or against)",
    )
    group.add_argument("--at", metavar="DATE", help="guidelines as they were in force on a date, such as 2018-01-01")
    group.add_argument(
        "--budget",
        metavar="SECONDS",
        type=positive,
        default=None,
        help=f"the time it may take (default: {SECONDS}); what it leaves open is told as not decided",
    )
    add_project_options(parser, judged=False)


def run(options: argparse.Namespace) -> Envelope:
    """Compare two editions, two states of the project, or several guidelines."""
    if options.guidelines is not None:
        _not_of_two(options)
        return _across(options)
    for name in ("output", "at", "budget"):
        if getattr(options, name) is not None:
            raise CommandLineError(f"`--{name}` goes with `--guidelines`", "add it, or leave the option out")
    if options.against is not None:
        _not_of_two(options)
        return _states(options, (options.against, None), options.editions)
    if len(options.editions) != 2:
        raise CommandLineError("two editions are needed", TWO)
    return _two(options)


def _two(options: argparse.Namespace) -> Envelope:
    from redflag_kit.cli.projects import note, states_of
    from redflag_kit.workflow.diff import diff_sides
    from redflag_kit.workflow.reference import split_reference
    from redflag_kit.workflow.sides import sides
    from redflag_kit.workflow.to_sign import settings_of

    states = states_of(options)
    named = [split_reference(states.root, one) for one in options.editions]
    if not any(guideline for _, guideline in named):
        _not_of_two(options)
        return _states(options, (named[0][0], named[1][0]), ())
    old, new = sides(states, *options.editions)
    note(options, old.project, new.project)
    settings = settings_of(states, old.project, new.project).new
    plot = (options.plot[0], options.plot[1]) if options.plot else None
    return diff_sides(old, new, settings, exit_code=options.exit_code, plot=plot, strength=options.strength)


def _not_of_two(options: argparse.Namespace) -> None:
    """Refuse what only a comparison of two editions has."""
    for name, does, given in (
        ("plot", "draws", options.plot is not None),
        ("strength", "measures", options.strength),
    ):
        if given:
            said = f"`--{name}` {does} one comparison of two editions"
            raise CommandLineError(said, "name the two, or leave the option out")


def _states(
    options: argparse.Namespace, revisions: tuple[str | None, str | None], references: Sequence[str]
) -> Envelope:
    from redflag_kit.cli.projects import states_of
    from redflag_kit.workflow.revisions import revisions as compared
    from redflag_kit.workflow.sides import old_state_of, state_of
    from redflag_kit.workflow.to_sign import settings_of

    states = states_of(options)
    new = state_of(states, revisions[1])
    old = old_state_of(states, revisions[0])
    options.verdicts = new.library.verdicts()
    return compared(old, new, references, settings_of(states, old, new).new, exit_code=options.exit_code)


def _across(options: argparse.Namespace) -> Envelope:
    from redflag_kit.cli.projects import note, states_of
    from redflag_kit.logic.budget import Budget
    from redflag_kit.workflow.across import across
    from redflag_kit.workflow.sides import one_state

    if options.editions:
        raise CommandLineError("guidelines stand after `--guidelines`", "write redflag diff --guidelines A B C")
    if options.against is not None:
        raise CommandLineError(
            "`--against` compares states of the project, `--guidelines` guidelines", "use one of them"
        )
    project, references = one_state(states_of(options), options.guidelines)
    note(options, project)
    return across(
        project,
        references,
        options.output or (),
        options.at,
        Budget(seconds=options.budget or SECONDS),
        exit_code=options.exit_code,
    )
