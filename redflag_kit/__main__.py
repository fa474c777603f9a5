"""The `redflag` command: answers what needs no project at once, before anything heavy is imported."""

import gc
import sys

from redflag_kit import __version__

INTERRUPTED = 130
GARBAGE = (50_000, 20, 100)
"""How seldom to look for garbage: a run keeps most of what it makes, and looking as usual takes a tenth of its time."""


def main(argv: list[str] | None = None) -> int:
    """Run a command line and return its exit code."""
    arguments = sys.argv[1:] if argv is None else argv
    try:
        return _main(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        from redflag_kit.cli.terminal import close_quietly

        close_quietly()
        return 0


def _main(arguments: list[str]) -> int:
    if arguments in (["--version"], ["-V"]):
        print(f"redflag {__version__}", flush=True)
        return 0
    if not arguments or arguments in (["--help"], ["-h"], ["help"]):
        from redflag_kit.cli.overview import overview

        print(overview(), end="", flush=True)
        return 0 if arguments else 2
    gc.set_threshold(*GARBAGE)
    from redflag_kit.cli.run import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
