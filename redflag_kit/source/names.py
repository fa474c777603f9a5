"""What a condition may refer to, and the faults found while reading conditions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from redflag_kit.diagnostics.codes import RF028, RF113, RF116, RF127, Code, Severity
from redflag_kit.diagnostics.diagnostic import Diagnostic, Note, did_you_mean, quoted
from redflag_kit.diagnostics.span import Span
from redflag_kit.model.condition import Condition
from redflag_kit.model.evidence import Parameter, Source
from redflag_kit.model.vocabulary import Finding, Output

_WORD = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_RULE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*")
_LEVEL = re.compile(r"[a-z0-9][a-z0-9]*(_[a-z0-9]+)*")
RESERVED = frozenset({"all", "any", "not", "at_least", "always", "present", "absent", "unknown", "silent"})
_TEST_WORDS = frozenset({"above", "below", "at_most", "is_not", "to", "includes"})
SCOPE = "scope"
"""No rule is called so: it names the scope of a guideline wherever something is told beside its rules."""
MAX_ID = 80
FAULT_LIMIT = 200


class TooManyFaultsError(Exception):
    """A file has so many faults that telling them all would help nobody; the last one noted says so."""


class Faults:
    """Collects diagnostics while a file is read; the stages before and after are pure."""

    def __init__(self) -> None:
        self.found: list[Diagnostic] = []
        self._errors = 0

    @property
    def has_error(self) -> bool:
        """Say whether any fault found so far keeps the file from being used."""
        return self._errors > 0

    def add(self, span: Span, code: Code, message: str, hint: str = "", related: tuple[Note, ...] = ()) -> None:
        """Note one fault. Raises TooManyFaultsError after the last error that is told."""
        if code.severity is Severity.ERROR:
            self._errors += 1
            if self._errors > FAULT_LIMIT:
                self.found.append(too_many_faults(span))
                raise TooManyFaultsError
        self.found.append(Diagnostic(span, code, message, hint, related))

    def word(self, text: str, span: Span, what: str) -> bool:
        """Check an identifier of the language; say what is wrong with it."""
        if text in RESERVED | _TEST_WORDS:
            self.add(
                span, RF127, f"{quoted(text)} is a word of the language and cannot name {what}", "choose another name"
            )
            return False
        if len(text) > MAX_ID or not _WORD.fullmatch(text):
            hint = "write lower-case letters and digits joined by `_`, starting with a letter"
            self.add(span, RF116, f"{quoted(text)} cannot name {what}", hint)
            return False
        return True

    def level(self, text: str, span: Span, what: str) -> bool:
        """Check the name of a value or level."""
        if len(text) <= MAX_ID and _LEVEL.fullmatch(text) and text not in _TEST_WORDS | {"unknown"}:
            return True
        hint = "write lower-case letters and digits joined by `_`"
        if text == "unknown":
            hint = "unknown is never an ordinary value; leave the finding out of a case, or list what it may be"
        self.add(span, RF116, f"{quoted(text)} cannot name {what}", hint)
        return False

    def rule_id(self, text: str, span: Span, what: str) -> bool:
        """Check the id of a rule, vignette or assumption."""
        if len(text) <= MAX_ID and _RULE.fullmatch(text):
            return True
        self.add(span, RF116, f"{quoted(text)} cannot name {what}", "write letters, digits and `-` `_` `.` `+`")
        return False

    def not_scope(self, text: str, span: Span) -> None:
        """Check that a rule is not called like the scope."""
        if text == SCOPE:
            message = f"{quoted(text)} is a word of the language and cannot name a rule"
            self.add(span, RF127, message, "choose another name")

    def cite(self, key: str | None, span: Span, sources: Mapping[str, Source]) -> None:
        """Check that a cited source is in the bibliography."""
        if key is not None and key not in sources:
            hint = did_you_mean(key, sources) or "add it to sources.yaml"
            self.add(span, RF113, f"no source is called {quoted(key)}", hint)


def too_many_faults(span: Span) -> Diagnostic:
    """Return the diagnostic that ends a list of faults."""
    message = f"reading stopped here, after {FAULT_LIMIT} faults"
    return Diagnostic(span, RF028, message, "mend those first, then check again")


@dataclass(frozen=True, slots=True)
class Size:
    """How many conditions a definition comes to when those it uses are written out, and how deep they nest."""

    count: int
    height: int


@dataclass
class Names:
    """Everything a condition of one file may name. `definitions` is filled as definitions are read.

    What is in `failed` was declared with a fault: the fault is told there, and not again wherever the name is used.
    `read` counts the conditions read so far with definitions written out.
    """

    findings: Mapping[str, Finding]
    parameters: Mapping[str, Parameter]
    definitions: dict[str, Condition] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    outputs: Mapping[str, Output] = field(default_factory=dict)
    scores: dict[str, tuple[tuple[str, int, int], ...]] = field(default_factory=dict)
    used_parameters: set[str] = field(default_factory=set)
    used_definitions: set[str] = field(default_factory=set)
    uncovered: frozenset[str] = frozenset()
    failed: set[str] = field(default_factory=set)
    sizes: dict[str, Size] = field(default_factory=dict)
    read: int = 0
    bare_numbers: bool = False

    def all(self) -> tuple[str, ...]:
        """Return every name a condition may start with."""
        return (*self.findings, *self.definitions, *self.outputs, *self.scores)
