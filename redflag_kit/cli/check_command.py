"""`redflag check`."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from redflag_kit.cli.parser import CommandLineError, Parser, add_project_options
from redflag_kit.results.envelope import Envelope

if TYPE_CHECKING:
    from redflag_kit.diagnostics.codes import Severity

EXAMPLES = (
    "check",
    "check guidelines/low_back_pain/acp/2011.yaml",
    "check --fail-on warning --report json=check.json",
    "check model.dmn",
)


SECONDS = 60
"""The default of `Budget`, which is loaded only by a run."""


def positive(text: str) -> float:
    """Return the number of an option that takes a time."""
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"`{text}` is no number of seconds above 0")
    return number


def arguments(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        type=Path,
        help="files or folders (default: the project); DMN files (.dmn) need none",
    )
    add_project_options(parser, judged=True)
    parser.add_argument(
        "--budget",
        metavar="SECONDS",
        type=positive,
        default=SECONDS,
        help=f"the time the analysis may take (default: {SECONDS}); what it leaves open is told as not decided",
    )


def run(options: argparse.Namespace) -> Envelope:
    """Check the project, the files named, or DMN models."""
    from redflag_kit.diagnostics.codes import Severity

    severity = Severity(options.fail_on)
    models = [path for path in options.paths if path.suffix.lower() == ".dmn"]
    if models:
        return _check_models(options, models, severity)
    from redflag_kit.cli.projects import project_of
    from redflag_kit.logic.budget import Budget
    from redflag_kit.workflow.check import check

    start = options.paths[0].resolve().parent if options.paths and options.paths[0].exists() else None
    return check(project_of(options, start), options.paths, severity, Budget(seconds=options.budget))


def _check_models(options: argparse.Namespace, models: list[Path], severity: "Severity") -> Envelope:
    from redflag_kit.logic.budget import Budget
    from redflag_kit.project.root import place_in_repository
    from redflag_kit.workflow.check_dmn import check_models

    options.place = place_in_repository(Path.cwd())
    if len(models) < len(options.paths):
        raise CommandLineError("DMN files are checked by themselves", "name the other files in another run")
    return check_models(models, severity, Budget(seconds=options.budget))
