"""The `redflag` command: answers what needs no project at once, and lets no traceback reach the screen."""

import sys

from redflag_kit import __version__


def main(argv: list[str] | None = None) -> int:
    """Run a command line and return its exit code."""
    arguments = sys.argv[1:] if argv is None else argv
    if arguments in (["--version"], ["-V"]):
        print(f"redflag {__version__}")
        return 0
    if not arguments or arguments in (["--help"], ["-h"], ["help"]):
        from redflag_kit.cli.overview import overview

        print(overview(), end="")
        return 0 if arguments else 2
    from redflag_kit.cli.run import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
