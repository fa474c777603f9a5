"""The diagnostics of one reading, collected as they are found."""

from dataclasses import dataclass, field

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.codes import Code, Severity
from redflag_kit.diagnostics.diagnostic import Diagnostic, Note, sorted_unique
from redflag_kit.diagnostics.span import Span

FAULT_LIMIT = 200


@dataclass(slots=True)
class Faults:
    """What is wrong with one file so far."""

    file: str
    found: list[Diagnostic] = field(default_factory=list)
    errors: int = 0

    def add(self, span: Span, code: Code, message: str, advice: str, related: tuple[Note, ...] = ()) -> None:
        """Record a diagnostic."""
        self.errors += code.severity is Severity.ERROR
        self.found.append(Diagnostic(span, code, message, advice, related))

    def all(self) -> tuple[Diagnostic, ...]:
        """Return the diagnostics in source order, the first 200 if there are more."""
        found = sorted_unique(self.found)
        if len(found) <= FAULT_LIMIT:
            return found
        last = found[FAULT_LIMIT]
        message, advice = f"{len(found) - FAULT_LIMIT} more faults are not shown", "mend those first, then check again"
        return (*found[:FAULT_LIMIT], Diagnostic(last.span, codes.RF028, message, advice))
