"""`redflag export`."""

import argparse
from pathlib import Path

from redflag_kit.cli.parser import CommandLineError, Parser, add_project_options, one_of

EXAMPLES = ("export acp@2011 --to dmn -o acp-2011.dmn", "export acep --to dmn --dmn-version 1.3")


def arguments(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("guideline", metavar="REF", help="ID, ID@VERSION or the path of a guideline")
    parser.add_argument("--to", metavar="FORMAT", type=one_of(("dmn",)), required=True, help="dmn")
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="the file to write (default: stdout)")
    parser.add_argument(
        "--dmn-version",
        metavar="VERSION",
        type=one_of(("1.5", "1.3")),
        default="1.5",
        help="1.5 (default), or 1.3 for modelers that read nothing newer",
    )
    add_project_options(parser, judged=False)


def run(options: argparse.Namespace) -> str:
    """Return the guideline in the other format, or write it."""
    from redflag_kit.cli.projects import project_of
    from redflag_kit.dmn.write_xml import DmnVersion
    from redflag_kit.workflow.export import export_dmn
    from redflag_kit.workflow.reference import find_guideline

    project = project_of(options)
    guideline = find_guideline(project, options.guideline)
    text = export_dmn(project, guideline, DmnVersion(options.dmn_version))
    return text if options.output is None else _written(options.output, text)


def _written(path: Path, text: str) -> str:
    from redflag_kit.project.write import write_atomically

    if path.is_dir() or not path.parent.is_dir():
        raise CommandLineError(f"`{path}` cannot be written", "name a file in a folder that exists")
    try:
        write_atomically(path, text)
    except OSError as error:
        raise CommandLineError(f"`{path}` cannot be written: {error.strerror or error}") from error
    return f"wrote {path}\n"
