"""`redflag gate`."""

import argparse
import os

from redflag_kit.cli.parser import SEVERITIES, Parser, add_project_options, one_of
from redflag_kit.results.envelope import Envelope

EXAMPLES = (
    "gate --against main",
    "gate --against origin/main... --report json=gate.json",
    "gate --against v1.2 --now 2026-12-01 --fail-on warning",
)


def arguments(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.add_argument(
        "--against",
        metavar="REV",
        required=True,
        help="the revision to judge the working files by; REV... is where it parted from HEAD",
    )
    parser.add_argument(
        "--now",
        metavar="DATE",
        help="the day on which approvals must count, year-month-day (default: today, UTC)",
    )
    parser.add_argument(
        "--author",
        metavar="WHO",
        action="append",
        default=[],
        help="somebody who wrote the change, beside those that git tells; may be repeated",
    )
    parser.add_argument(
        "--fail-on",
        dest="least",
        metavar="SEVERITY",
        type=one_of(SEVERITIES),
        help="the least grave new finding that blocks, whatever the settings say",
    )
    add_project_options(parser, judged=False)


def run(options: argparse.Namespace) -> Envelope:
    """Judge the working files."""
    from redflag_kit.cli.projects import states_of
    from redflag_kit.gate.settings_changes import VARIABLES
    from redflag_kit.workflow.gate import gate
    from redflag_kit.workflow.gate_signoff import Asked

    states = states_of(options)
    asked = Asked(
        against=options.against,
        date=_day(options.now),
        authors=tuple(options.author),
        variables={name: os.environ[name] for name in VARIABLES if name in os.environ},
        options={"--fail-on": options.least} if options.least else {},
    )
    envelope = gate(states, asked)
    options.verdicts = states.working.library.verdicts()
    return envelope


def _day(text: str | None) -> str:
    """Return the date asked about, today unless one is given; it is part of the result."""
    from redflag_kit.cli.today import today
    from redflag_kit.workflow.in_force import date_of

    return date_of(text) or today()
