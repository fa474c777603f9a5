"""Statuses, exit codes and inputs that every workflow shares."""

from collections.abc import Iterable

from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.diagnostics.codes import Severity
from redflag_kit.diagnostics.diagnostic import Diagnostic
from redflag_kit.model.guideline import Guideline
from redflag_kit.project.load import Project
from redflag_kit.results.envelope import Envelope, ResultInput

OK, FINDINGS, USAGE, NOT_LOADED, UNDECIDED, INTERNAL = 0, 1, 2, 3, 4, 70
STATUS = {
    OK: "ok",
    FINDINGS: "findings",
    USAGE: "usage",
    NOT_LOADED: "not_loaded",
    UNDECIDED: "undecided",
    5: "blocked_by_signoff",
    INTERNAL: "internal",
}


class UsageError(Exception):
    """A request that cannot be carried out as given; the message says why in one line."""

    def __init__(self, message: str, hint: str = "", exit_code: int = USAGE) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.exit_code = exit_code


def guideline_input(
    guideline: Guideline, role: str, ref: str, digest: str = "", project: Project | None = None
) -> ResultInput:
    """Return a guideline as an input of a result, of the project if that may be a commit.

    The digest is found by compiling, unless it is known.
    """
    digest = digest or compile_guideline(guideline).digest
    commit = project.revision.commit if project and project.revision else None
    return ResultInput(role, ref, guideline.id, guideline.version.text, guideline.path, digest, commit)


def exit_code_of(diagnostics: Iterable[Diagnostic], fail_on: Severity, loaded: bool) -> int:
    """Return the exit code the diagnostics ask for: 3 where nothing was left to work on, else 1 or 0."""
    if not loaded:
        return NOT_LOADED
    return FINDINGS if any(one.severity.reaches(fail_on) for one in diagnostics if not one.waived) else OK


def advice_limit(what: str, question: str, budget: str) -> str:
    """Return what is said where advice was not given, because a table is too large for it."""
    return f"advice not given for {what}: {question}; it needs more than {budget}"


def refused(command: str, error: UsageError) -> Envelope:
    """Return the result of a request that could not be carried out."""
    summary: dict[str, object] = {"message": error.message, "hint": error.hint}
    return Envelope(command, STATUS[error.exit_code], error.exit_code, summary=summary)
