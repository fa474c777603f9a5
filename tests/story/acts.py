"""The acts of the story: who edits what, who signs what, and how the gate is asked, in one scratch repository."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from redflag_kit.diagnostics.span import NOWHERE
from redflag_kit.model.approval import APPROVE, Approval, Condition, Covered
from redflag_kit.project.states import States
from redflag_kit.report.formats import render
from redflag_kit.report.json import Result, to_json
from redflag_kit.results.envelope import Envelope
from redflag_kit.results.gate import GateBody
from redflag_kit.results.signoff import SignoffItem
from redflag_kit.source.approval_text import text_of
from redflag_kit.workflow.gate import gate
from redflag_kit.workflow.gate_signoff import Asked
from tests.story.project import FOLDER
from tests.unit.project.scratch import Scratch

AUTHOR = "An Author <author@example.org>"
REVIEWER = "A Reviewer <reviewer@example.org>"
SAFETY = "clinical-safety"
TODAY = "2026-02-01"
RECORDS = f"{FOLDER}/throat/approvals"


@dataclass(frozen=True)
class Seen:
    """What the gate said."""

    envelope: Envelope

    @property
    def body(self) -> GateBody:
        assert isinstance(self.envelope.body, GateBody)
        return self.envelope.body

    @property
    def verdict(self) -> tuple[str, int]:
        return (self.body.verdict, self.envelope.exit_code)

    @property
    def to_sign(self) -> list[SignoffItem]:
        return [one for one in self.body.signoff.items if one.state != "not_required"]

    @property
    def states(self) -> list[tuple[str, str]]:
        """Return what must be signed, in words, and where that stands."""
        return [(one.sentence, one.state) for one in self.to_sign]

    @property
    def left(self) -> list[str]:
        return [one.sentence for one in self.to_sign if one.state != "approved"]

    def check(self, name: str) -> tuple[str, tuple[str, ...]]:
        """Return the result of a check and its reasons."""
        return next((one.result, one.reasons) for one in self.body.checks if one.name == name)

    @property
    def result(self) -> Result:
        return to_json(self.envelope)

    @property
    def text(self) -> str:
        return render(self.result, "text")


@dataclass
class Stage:
    """A repository with the project, and the files as they are now."""

    scratch: Scratch
    files: dict[str, str] = field(default_factory=dict)

    @property
    def root(self) -> Path:
        return self.scratch.root

    def put(self, files: Mapping[str, str]) -> None:
        """Make the files of the project exactly these."""
        for gone in self.files.keys() - files.keys():
            (self.root / gone).unlink()
        self.scratch.write({path: text for path, text in files.items() if self.files.get(path) != text})
        self.files = dict(files)

    def gate(self, against: str = "base", date: str = TODAY, **given: object) -> Seen:
        return Seen(gate(States(self.root), Asked(against, date, **given)))  # type: ignore[arg-type]


def record(
    name: str,
    items: Iterable[SignoffItem],
    *,
    decision: str = APPROVE,
    who: str = REVIEWER,
    role: str = SAFETY,
    date: str = "2026-01-10",
    expires: str = "",
    condition: str = "",
    versions: str = "",
    guideline: str = "throat",
) -> dict[str, str]:
    """Return the file of a record that covers some items."""
    made = Approval(
        id=name,
        guideline=guideline,
        decision=decision,
        who=who,
        role=role,
        date=date,
        expires=expires,
        rationale="read with care",
        conditions=(Condition(condition, ""),) if condition else (),
        old=None,
        new=None,
        covers=tuple(Covered(one.fingerprint, one.sentence) for one in items),
        versions=versions,
        withdraws=(),
        span=NOWHERE,
    )
    return {f"{RECORDS}/{name}.yaml": text_of(made)}
