"""`redflag import`."""

import argparse
from fractions import Fraction
from pathlib import Path

from redflag_kit.cli.parser import CommandLineError, Parser, one_of
from redflag_kit.results.envelope import Envelope

EXAMPLES = ("import model.dmn --from dmn -o project", "import model.dmn --from dmn --step 'Body temperature=0.1'")


def arguments(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("file", metavar="FILE", type=Path, help="the decision model")
    parser.add_argument("--from", dest="source", metavar="FORMAT", type=one_of(("dmn",)), required=True, help="dmn")
    parser.add_argument(
        "-o", "--output", metavar="DIR", type=Path, help="the project to write into (default: the files go to stdout)"
    )
    parser.add_argument(
        "--step",
        metavar="NAME=STEP",
        action="append",
        default=[],
        help="the resolution of a number that the file gives none for; may be repeated",
    )
    parser.add_argument(
        "--range",
        metavar="NAME=LOW..HIGH",
        action="append",
        default=[],
        help="the range of a number that the file gives none for; may be repeated",
    )
    parser.add_argument(
        "--standard-only",
        action="store_true",
        help="read the standard elements of an exported file, not the guideline it carries",
    )


def run(options: argparse.Namespace) -> Envelope:
    """Import a decision model."""
    from redflag_kit.dmn.import_findings import Choices
    from redflag_kit.workflow.envelope import NOT_LOADED, UsageError
    from redflag_kit.workflow.import_dmn import import_dmn, import_result

    steps = dict(_step(text) for text in options.step)
    ranges = dict(_range(text) for text in options.range)
    folder: Path | None = options.output
    if folder is not None and not folder.is_dir():
        raise CommandLineError(f"there is no folder `{folder}`", "create it first")
    try:
        data = options.file.read_bytes()
    except OSError as error:
        raise UsageError(f"`{options.file}` cannot be read: {error.strerror or error}", "", NOT_LOADED) from error
    imported = import_dmn(
        data, options.file.as_posix(), choices=Choices(steps, ranges), standard_only=options.standard_only
    )
    if folder is not None:
        _write(folder, imported.files)
    return import_result(imported, options.file.as_posix(), folder.as_posix() if folder and imported.files else None)


def _step(text: str) -> tuple[str, Fraction]:
    name, _, number = text.rpartition("=")
    try:
        step = Fraction(number)
    except (ValueError, ZeroDivisionError):
        step = Fraction(0)
    if not name or step <= 0:
        raise CommandLineError(f"`{text}` is not a resolution", "write NAME=STEP, for example --step Age=1")
    return name, step


def _range(text: str) -> tuple[str, tuple[Fraction, Fraction]]:
    name, _, numbers = text.rpartition("=")
    low, _, high = numbers.partition("..")
    try:
        ends = (Fraction(low), Fraction(high))
    except (ValueError, ZeroDivisionError):
        ends = (Fraction(0), Fraction(0))
    if not name or ends[0] >= ends[1]:
        raise CommandLineError(f"`{text}` is not a range", "write NAME=LOW..HIGH, for example --range Age=0..120")
    return name, ends


def _write(folder: Path, files: dict[str, str]) -> None:
    """Write all files, or none if one of them is there already."""
    from redflag_kit.project.write import write_atomically

    if there := [path for path in files if (folder / path).exists()]:
        raise CommandLineError(f"`{folder / there[0]}` is there already", "import into another folder, or move it away")
    for path, text in files.items():
        place = folder / path
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(place, text)
        except OSError as error:
            raise CommandLineError(f"`{place}` cannot be written: {error.strerror or error}") from error
