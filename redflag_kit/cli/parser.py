"""Command lines: which options there are, and what is wrong with the ones given."""

import argparse
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from redflag_kit.report.formats import FORMATS, formats_of

JUDGING = ("check", "test", "gate", "trace")
STREAMED = "github"
"""The format that only standard output can carry."""
APPENDABLE = ("text", "markdown")
"""Formats of which two in a row are still one document."""
SEVERITIES = ("error", "warning", "info")
REFERENCE = "ID, ID@VERSION or the path of a guideline; REV: in front of it reads it from git"
VALUED = (
    *("--format", "-f", "--report", "--fail-on", "--color", "--project", "--budget"),
    *("--against", "--now", "--author", "--fail-under"),
)


class CommandLineError(Exception):
    """A command line that cannot be understood; the message says why in one line."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def one_of(words: tuple[str, ...]) -> Callable[[str], str]:
    """Return the type of an option that takes one of some words."""

    def check(text: str) -> str:
        if text in words:
            return text
        raise argparse.ArgumentTypeError(f"`{text}` is none of {', '.join(words)}")

    return check


class Parser(argparse.ArgumentParser):
    """An argument parser that raises instead of ending the process."""

    def error(self, message: str) -> NoReturn:
        """Refuse the command line."""
        raise CommandLineError(message, f"{self.prog} --help lists what there is")


@dataclass(frozen=True, slots=True)
class ReportTarget:
    """A report to write: its format and its file; `appends` to what the file holds, or takes its place."""

    form: str
    path: Path
    appends: bool = False


def command_parser(command: str, summary: str, examples: Iterable[str] = ()) -> Parser:
    """Return a parser with the options that every command has."""
    epilog = "\n".join(["examples:", *(f"  redflag {one}" for one in examples)]) if examples else None
    return Parser(
        prog=f"redflag {command}",
        description=summary,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
        add_help=False,
    )


def add_output_options(parser: Parser, command: str) -> None:
    """Add the options on where and how the result is shown; commands that print data as it is have none."""
    group = parser.add_argument_group("output")
    formats = FORMATS if command == "report" else formats_of(command)
    if formats:
        group.add_argument(
            "-f", "--format", metavar="FORMAT", default="text", help=f"{', '.join(formats)} (default: text), on stdout"
        )
        group.add_argument(
            "--report",
            metavar="FORMAT=PATH",
            action="append",
            default=[],
            help="also write a report; may be repeated; markdown+=PATH appends it",
        )
        group.add_argument(
            "--color",
            metavar="WHEN",
            type=one_of(("auto", "always", "never")),
            default="auto",
            help="colour the text: auto (default), always or never",
        )
        quiet = "errors only on stderr, no notes and warnings"
        quiet += "; nothing at all if everything passes" if command in JUDGING else ""
        group.add_argument("--quiet", action="store_true", help=quiet)
    group.add_argument("-h", "--help", action="store_true", help="show this help")


def add_project_options(parser: Parser, judged: bool) -> None:
    """Add the options of commands that work on a project; `judged` ones have findings that can fail them."""
    group = parser.add_argument_group("project")
    group.add_argument(
        "--project", metavar="DIR", type=Path, help="the project (default: the nearest folder upwards with guidelines/)"
    )
    if judged:
        group.add_argument(
            "--fail-on",
            metavar="SEVERITY",
            type=one_of(SEVERITIES),
            default="error",
            help="the least grave finding that ends with exit code 1: error (default), warning or info",
        )


def command_first(arguments: list[str]) -> list[str]:
    """Return the arguments with the command in front: options may also stand before it."""
    position = 0
    while position < len(arguments) and arguments[position].startswith("-"):
        position += 2 if arguments[position] in VALUED else 1
    if position >= len(arguments):
        return arguments
    return [arguments[position], *arguments[:position], *arguments[position + 1 :]]


def checked_format(command: str, form: str) -> str:
    """Return the format if the command has it."""
    known = formats_of(command)
    if form in known:
        return form
    raise CommandLineError(
        f"redflag {command} has no format `{form}`" if form in FORMATS else f"there is no format `{form}`",
        f"it has {', '.join(known)}",
    )


def report_targets(command: str, given: Iterable[str]) -> tuple[ReportTarget, ...]:
    """Return the reports to write; refuses what could not be written at the end."""
    targets: list[ReportTarget] = []
    for text in given:
        form, equals, name = text.partition("=")
        if not equals or not name:
            raise CommandLineError(f"`{text}` is not a report", "write FORMAT=PATH, for example html=report.html")
        path, appends = Path(name), form.endswith("+")
        form = checked_format(command, form.removesuffix("+"))
        if form == STREAMED:
            raise CommandLineError("annotations are read from standard output only", f"write -f {STREAMED}")
        if appends and form not in APPENDABLE:
            raise CommandLineError(
                f"nothing can be appended to a report in {form}", f"it works with {' and '.join(APPENDABLE)}"
            )
        if not path.parent.is_dir():
            raise CommandLineError(f"the folder of `{name}` does not exist", f"create {path.parent} first")
        if path.is_dir():
            raise CommandLineError(f"`{name}` is a folder", "name a file in it")
        if any(one.path.resolve() == path.resolve() for one in targets):
            raise CommandLineError(f"two reports would be written to `{name}`", "give each its own file")
        targets.append(ReportTarget(form, path, appends))
    return tuple(targets)
