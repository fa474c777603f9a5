"""The envelope around every command's result: contract `redflag/result/1`."""

from dataclasses import dataclass, field

from redflag_kit.diagnostics.diagnostic import Diagnostic

SCHEMA = "redflag/result/1"


@dataclass(frozen=True, slots=True)
class ResultInput:
    """A file or guideline the command worked on."""

    role: str
    ref: str
    id: str
    version: str
    path: str
    digest: str
    revision: str | None = None


@dataclass(frozen=True, slots=True)
class NotDecided:
    """A question that was not answered within its budget, and what was established."""

    question: str
    established: str
    budget: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a command found. `body` is the value of the key named as the command.

    `status`: ok findings usage not_loaded undecided blocked_by_signoff internal. `limits` says what was left out.
    `project` is the project's folder from the root of its repository, where it lies in one: paths are below it.
    `verdicts` are those on the claims of the project, of which a result lists the ones that it mentions.
    """

    command: str
    status: str
    exit_code: int
    inputs: tuple[ResultInput, ...] = ()
    options: dict[str, object] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    not_decided: tuple[NotDecided, ...] = ()
    limits: tuple[str, ...] = ()
    summary: dict[str, object] = field(default_factory=dict)
    body: object = None
    verdicts: dict[str, str] = field(default_factory=dict)
    project: str = "."
