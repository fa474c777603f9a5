"""`redflag report`: read a saved result, so that it can be rendered again without computing it again."""

import json
from pathlib import Path

from redflag_kit.diagnostics.diagnostic import quoted
from redflag_kit.report.formats import RENDERERS
from redflag_kit.report.json import Result
from redflag_kit.results.envelope import SCHEMA
from redflag_kit.workflow.envelope import NOT_LOADED, UsageError

HINT = "save one with --format json or --report json=PATH"


def incomplete(path: Path) -> UsageError:
    """Return the refusal of a saved result that lacks what its renderer needs."""
    return UsageError(f"{quoted(str(path))} is not a complete result", HINT, NOT_LOADED)


def saved_result(path: Path) -> Result:
    """Return a saved result. Raises UsageError with exit code 3 if the file does not hold one."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise UsageError(f"{quoted(str(path))} cannot be read: {error.strerror}", HINT, NOT_LOADED) from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{quoted(str(path))} is not JSON", HINT, NOT_LOADED) from error
    name = found.get("schema") if isinstance(found, dict) else None
    if not isinstance(found, dict) or name != SCHEMA:
        known = f"this redflag reads {SCHEMA}"
        raise UsageError(
            f"{quoted(str(path))} is not a result of redflag", f"{known}, found {name}" if name else HINT, NOT_LOADED
        )
    command = found.get("command")
    if not isinstance(command, str) or command not in RENDERERS:
        raise UsageError(f"{quoted(str(path))} is of a command this redflag does not have", HINT, NOT_LOADED)
    # A project that could not be loaded has no body, and diagnostics that say why.
    if not found.get(command) and not found.get("diagnostics"):
        raise UsageError(f"{quoted(str(path))} holds no result: the command was refused", HINT, NOT_LOADED)
    return found
