"""From a command line to an exit code: run the command, write its reports, print its result."""

import argparse
import sys
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Protocol, cast

from redflag_kit.cli.overview import COMMANDS, PLUMBING
from redflag_kit.cli.parser import (
    JUDGING,
    CommandLineError,
    Parser,
    ReportTarget,
    add_output_options,
    checked_format,
    command_first,
    command_parser,
    report_targets,
)
from redflag_kit.cli.terminal import close_quietly, say, say_exactly, style_of
from redflag_kit.diagnostics.codes import Severity
from redflag_kit.diagnostics.diagnostic import did_you_mean
from redflag_kit.report.formats import formats_of, render
from redflag_kit.report.json import Result, to_json, to_text
from redflag_kit.report.text_diagnostics import render_diagnostics
from redflag_kit.report.verdicts import with_verdicts
from redflag_kit.results.envelope import Envelope

SUMMARY_LIMIT = 1024 * 1024
"""Bytes of a file that reports are appended to; of a longer step summary GitHub shows nothing."""
OK, FINDINGS, USAGE, INTERNAL, INTERRUPTED = 0, 1, 2, 70, 130


class Command(Protocol):
    """A module of this package that is a command. `run` returns a result, or text that is printed as it is."""

    EXAMPLES: tuple[str, ...]

    def arguments(self, parser: Parser) -> None:
        """Add the command's own arguments."""

    def run(self, options: argparse.Namespace) -> Envelope | Result | str:
        """Carry the command out."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command line comes to. `exact` output is data and keeps its bytes whatever the terminal is."""

    exit_code: int
    output: str = ""
    messages: str = ""
    exact: bool = False


def run(arguments: list[str]) -> int:
    """Carry out a command line and return its exit code; nothing that happens on the way is shown as a traceback."""
    code = INTERRUPTED
    try:
        answer = _answered(arguments)
        code = answer.exit_code
        say(answer.messages, sys.stderr)
        (say_exactly if answer.exact else say)(answer.output, sys.stdout)
    except BrokenPipeError:
        close_quietly()
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _answered(arguments: list[str]) -> Answer:
    ordered = command_first(arguments)
    command = ordered[0]
    if command in PLUMBING:
        return Answer(OK, import_module(f"redflag_kit.cli.{command.replace('-', '_')}_command").answer(ordered[1:]))
    try:
        return _answer(command, ordered[1:])
    except CommandLineError as error:
        return refusal(command, arguments, USAGE, "usage", error.message, error.hint)
    except (OSError, RecursionError, MemoryError) as error:
        return _failure(command, arguments, error)
    except Exception as error:
        # UsageError is looked up only now: importing it loads the whole model.
        from redflag_kit.logic.budget import BudgetExceeded
        from redflag_kit.workflow.envelope import STATUS, UNDECIDED, UsageError

        if isinstance(error, BudgetExceeded):
            hint = "nothing was established; split the largest decision, or leave findings out of it"
            return refusal(command, arguments, UNDECIDED, STATUS[UNDECIDED], f"not decided: {error}", hint)
        if isinstance(error, UsageError):
            return refusal(command, arguments, error.exit_code, STATUS[error.exit_code], error.message, error.hint)
        return _failure(command, arguments, error)


def _answer(name: str, arguments: list[str]) -> Answer:
    if name not in COMMANDS:
        if name.startswith("-"):
            raise CommandLineError(
                f"there is no option `{name}` without a command", "redflag --help lists the commands"
            )
        hint = did_you_mean(name, COMMANDS) or "redflag --help lists the commands"
        raise CommandLineError(f"there is no command `{name}`", hint)
    command = cast(Command, import_module(f"redflag_kit.cli.{name}_command"))
    parser = command_parser(name, COMMANDS[name], command.EXAMPLES)
    command.arguments(parser)
    add_output_options(parser, name)
    if "-h" in arguments or "--help" in arguments:
        return Answer(OK, parser.format_help())
    options = parser.parse_intermixed_args(arguments)
    # What a saved result is of, and so the formats it has, is known only once it is read.
    targets: tuple[ReportTarget, ...] = ()
    if formats_of(name):
        checked_format(name, options.format)
        targets = report_targets(name, options.report)
    found = command.run(options)
    if isinstance(found, str):
        return Answer(OK, found, exact=True)
    if isinstance(found, Envelope):
        envelope = judged(found, getattr(options, "fail_on", None))
        place, verdicts = getattr(options, "place", "."), getattr(options, "verdicts", {})
        envelope = replace(envelope, project=place, verdicts=verdicts)
        return _shown(to_json(envelope), options, targets, envelope.exit_code)
    return _shown_again(found, options)


def _shown_again(result: Result, options: argparse.Namespace) -> Answer:
    """Show a saved result, which may hold anything: what a renderer misses is the file's fault."""
    command = str(result["command"])
    checked_format(command, options.format)
    targets = report_targets(command, options.report)
    try:
        return _shown(result, options, targets, OK)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        from redflag_kit.workflow.report import incomplete

        raise incomplete(options.result) from error


def judged(envelope: Envelope, fail_on: str | None) -> Envelope:
    """Return the result with exit code 1 if nothing else is wrong but a diagnostic is as grave as `fail_on`."""
    if fail_on is None:
        return envelope
    envelope = replace(envelope, options={**envelope.options, "fail_on": fail_on})
    if envelope.exit_code != OK:
        return envelope
    threshold = Severity(fail_on)
    if any(one.severity.reaches(threshold) for one in envelope.diagnostics if not one.waived):
        return replace(envelope, exit_code=FINDINGS, status="findings")
    return envelope


def _shown(result: Result, options: argparse.Namespace, targets: tuple[ReportTarget, ...], code: int) -> Answer:
    """Write the reports and return what is printed."""
    messages = ""
    if options.format == "text":
        said: Result = {key: result[key] for key in ("command", "diagnostics", "verdicts") if key in result}
        messages += _messages(with_verdicts(said), options)
    silent = options.quiet and options.format == "text" and code == OK and result["command"] in JUDGING
    output = "" if silent else render(result, options.format, style_of(sys.stdout, options.color))
    for target in targets:
        messages += _written(result, target, quiet=options.quiet)
    return Answer(code, output, messages, exact=options.format != "text")


def _written(result: Result, target: ReportTarget, quiet: bool) -> str:
    from redflag_kit.project.write import append_atomically, write_atomically

    text = render(result, target.form)
    try:
        if not target.appends:
            write_atomically(target.path, text)
        elif not append_atomically(target.path, text, SUMMARY_LIMIT):
            return f"note: nothing was appended to {target.path}: it would hold more than 1 MiB\n"
    except OSError as error:
        raise CommandLineError(f"`{target.path}` cannot be written: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise CommandLineError(f"`{target.path}` holds no text that a report can be appended to") from error
    return "" if quiet else f"wrote {target.path}\n"


def _messages(result: Result, options: argparse.Namespace) -> str:
    """Return the diagnostics for standard error; `check`, `gate`, `trace` and `test` show theirs in the result."""
    if result["command"] in ("check", "gate", "trace") or not isinstance(result["diagnostics"], list):
        return ""
    note = "" if options.quiet or result["command"] == "test" else getattr(options, "note", "")
    shown = [
        one
        for one in result["diagnostics"]
        if isinstance(one, dict)
        and not (result["command"] == "test" and str(one["code"]).startswith(("RF4", "RF55")))
        and not (options.quiet and one["severity"] != "error")
    ]
    return note + render_diagnostics(shown, style_of(sys.stderr, options.color))


def refusal(command: str, arguments: list[str], code: int, status: str, message: str, hint: str) -> Answer:
    """Return one line that says what is wrong, and a hint; the envelope as well where JSON was asked for.

    GitHub's annotations say it too, since nobody opens the log of a job without need.
    """
    hint = f"\nhint: {hint}" if hint else ""
    line = f"redflag: {message}{hint}\n"
    if wants("github", arguments):
        from redflag_kit.report.ci.github import refusal as annotation

        return Answer(code, annotation(f"{message}{hint}"), line, exact=True)
    if not wants("json", arguments):
        return Answer(code, messages=line)
    known = command if command in COMMANDS else "redflag"
    summary: dict[str, object] = {"message": message, "hint": hint.removeprefix("\nhint: ")}
    envelope = Envelope(known, status, code, summary=summary)
    return Answer(code, to_text(to_json(envelope)), line, exact=True)


def wants(form: str, arguments: list[str]) -> bool:
    """Say whether a command line asks for a format on stdout, even if nothing else of it can be understood."""
    pairs = zip(arguments, [*arguments[1:], ""], strict=True)
    return any(
        one in (f"--format={form}", f"-f{form}") or (one in ("--format", "-f") and two == form) for one, two in pairs
    )


def _failure(command: str, arguments: list[str], error: BaseException) -> Answer:
    """Return one line about a fault of our own; the traceback goes to a file."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="redflag-", suffix=".txt", delete=False, encoding="utf-8") as file:
        file.write("redflag " + " ".join(arguments) + "\n\n")
        file.write("".join(traceback.format_exception(error)))
    what = " ".join(f"{type(error).__name__}: {error}".split())
    message = f"internal error RF901 ({what[:200]}); the traceback is in {file.name}"
    return refusal(command, arguments, INTERNAL, "internal", message, "please report it with that file")
