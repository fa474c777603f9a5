"""`redflag schema`."""

import argparse
from pathlib import Path

from redflag_kit.cli.parser import CommandLineError, Parser

EXAMPLES = ("schema guideline", "schema --list", "schema --write redflag_kit/schemas")


def arguments(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.add_argument(
        "name",
        metavar="NAME",
        nargs="?",
        help="guideline, vocabulary, sources, vignettes, properties, claims, hazards, approval or result",
    )
    parser.add_argument("--list", action="store_true", help="list the schemas")
    parser.add_argument("--write", metavar="DIR", type=Path, help="write all of them, made anew, into a folder")


def run(options: argparse.Namespace) -> str:
    """Return a schema, or write them all."""
    if sum((bool(options.name), options.list, bool(options.write))) != 1:
        raise CommandLineError("one of NAME, --list and --write DIR is needed", "redflag schema guideline prints one")
    from redflag_kit.workflow.schema import NAMES, TITLES, shipped_text

    if options.list:
        return "".join(f"{name:<11} {TITLES[name]}\n" for name in NAMES)
    return _written(options.write) if options.write else shipped_text(options.name)


def _written(folder: Path) -> str:
    from redflag_kit.project.write import write_atomically
    from redflag_kit.workflow.schema import NAMES, schema_text

    if not folder.is_dir():
        raise CommandLineError(f"there is no folder `{folder}`", "create it first")
    for name in NAMES:
        write_atomically(folder / f"{name}.json", schema_text(name))
    return "".join(f"wrote {folder / name}.json\n" for name in NAMES)
