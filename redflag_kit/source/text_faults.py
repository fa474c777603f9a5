"""The faults of a text while it is read: collected in order, up to a limit."""

from dataclasses import dataclass, field
from typing import NoReturn

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.codes import Code
from redflag_kit.diagnostics.diagnostic import Diagnostic, Note
from redflag_kit.diagnostics.span import Span

FAULT_LIMIT = 200


class StopError(Exception):
    """Reading cannot go on; the reason is already among the faults."""


@dataclass(slots=True)
class TextFaults:
    """The diagnostics found so far in one file, in the order of reading."""

    file: str
    found: list[Diagnostic] = field(default_factory=list)

    def add(self, span: Span, code: Code, message: str, advice: str, related: tuple[Note, ...] = ()) -> None:
        """Record a diagnostic, or stop where there are too many already."""
        if len(self.found) == FAULT_LIMIT:
            code, message = codes.RF028, f"reading stopped here, after {FAULT_LIMIT} faults"
            advice, related = "mend those first, then check again", ()
        self.found.append(Diagnostic(span, code, message, advice, related))
        if code is codes.RF028:
            raise StopError

    def stop(self, span: Span, code: Code, message: str, advice: str) -> NoReturn:
        """Record a diagnostic and stop."""
        self.add(span, code, message, advice)
        raise StopError

    def span(self, text: str, start: int, length: int = 1) -> Span:
        """Return the place of a stretch within one line."""
        line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
        return Span(self.file, line, column, line, column + length)
