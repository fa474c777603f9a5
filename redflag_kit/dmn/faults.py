"""The diagnostics of one reading, collected as they are found."""

from dataclasses import dataclass, field

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.codes import Code, Severity
from redflag_kit.diagnostics.diagnostic import Diagnostic, Note, sorted_unique
from redflag_kit.diagnostics.span import Span

ERROR_LIMIT = 200
FAULT_LIMIT = 2_000


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
        """Return the diagnostics in source order; of more than 200 errors or 2,000 diagnostics only the first."""
        found = sorted_unique(self.found)
        errors = [place for place, one in enumerate(found) if one.code.severity is Severity.ERROR]
        end = errors[ERROR_LIMIT] if len(errors) > ERROR_LIMIT else min(len(found), FAULT_LIMIT)
        if end == len(found):
            return found
        message, advice = f"{len(found) - end} more faults are not shown", "mend those first, then check again"
        return (*found[:end], Diagnostic(found[end].span, codes.RF028, message, advice))
