"""`redflag approve`: what became of records that were written, and what the records of a project come to."""

from collections.abc import Iterable, Sequence

from redflag_kit.diagnostics.codes import Severity
from redflag_kit.diagnostics.diagnostic import Diagnostic, did_you_mean, quoted, sorted_unique
from redflag_kit.gate.record_states import record_states
from redflag_kit.model.approval import Approval
from redflag_kit.project.load import Project
from redflag_kit.results.approve import ApproveBody, RecordStanding
from redflag_kit.results.envelope import Envelope
from redflag_kit.source.approvals import is_record_place
from redflag_kit.workflow.change import Change
from redflag_kit.workflow.drafts import Draft
from redflag_kit.workflow.envelope import FINDINGS, NOT_LOADED, OK, STATUS, UNDECIDED, UsageError

CLAIMED = (
    "A record says who claims to have signed. That it was really this person is for git to show: protect the folders "
    "`approvals` by code owners and signed commits."
)
NOT_AUTHORS = "Who wrote the change is not known here, so an approval of its author is not told apart; the gate does."
NO_PAST = "Whether records were edited or deleted shows only against an earlier state: --against REV."
OWN_CODES = range(520, 530)


def written(
    action: str, project: Project, drafts: Sequence[Draft], date: str, summary: dict[str, object], change: Change | None
) -> Envelope:
    """Return what was written, and where the change stands with it. The project is that before the writing."""
    records = (*project.library.approvals, *(one.record for one in drafts))
    new = {one.path for one in drafts}
    signoff = change.stand(records) if change else None
    return Envelope(
        command="approve",
        status=STATUS[OK],
        exit_code=OK,
        inputs=change.inputs if change else (),
        options={"action": action, "date": date},
        diagnostics=change.diagnostics if change else (),
        not_decided=change.not_decided if change else (),
        limits=(CLAIMED, NOT_AUTHORS) if change and not change.past else (CLAIMED,),
        summary={"written": len(drafts), **summary},
        body=ApproveBody(
            action=action,
            date=date,
            written=tuple(one.path for one in drafts),
            records=tuple(one for one in record_states(records, date) if one.record.file in new),
            signoff=signoff,
        ),
    )


def verified(project: Project, date: str, change: Change | None = None, lost: Iterable[Diagnostic] = ()) -> Envelope:
    """Return what is wrong with the records, and what they come to on a day. An error of records is exit code 1.

    `lost`: records that were edited or deleted since the state that the change is held against.
    """
    faults = [*(one for one in project.diagnostics if _is_of_records(one)), *lost]
    found = record_states(project.library.approvals, date)
    code = FINDINGS if any(one.severity is Severity.ERROR for one in faults) else OK
    if code == OK and change and (change.not_decided or change.diagnostics):
        code = UNDECIDED  # what could not be compared is not held against the records
    return Envelope(
        command="approve",
        status=STATUS[code],
        exit_code=code,
        inputs=change.inputs if change else (),
        options={"action": "verify", "date": date},
        diagnostics=sorted_unique((*faults, *(change.diagnostics if change else ()))),
        not_decided=change.not_decided if change else (),
        limits=(CLAIMED,) if change else (CLAIMED, NO_PAST),
        summary=_counts(found),
        body=ApproveBody(
            action="verify",
            date=date,
            written=(),
            records=found,
            signoff=change.stand(project.library.approvals) if change else None,
        ),
    )


def listed(project: Project, guideline: str, date: str) -> Envelope:
    """Return the records, of one guideline if it is named. Raises UsageError with exit code 3 if it is not there."""
    records: Iterable[Approval] = project.library.approvals
    if guideline:
        families = {one.guideline for one in records if one.guideline} | {g.id for g in project.library.guidelines}
        if guideline not in families:
            hint = did_you_mean(guideline, families) or f"the project has {', '.join(sorted(families)) or 'none'}"
            raise UsageError(f"no guideline is called {quoted(guideline)}", hint, NOT_LOADED)
    found = tuple(one for one in record_states(records, date) if guideline in ("", one.guideline))
    return Envelope(
        command="approve",
        status=STATUS[OK],
        exit_code=OK,
        options={"action": "list", "date": date, "guideline": guideline},
        limits=(CLAIMED,),
        summary=_counts(found),
        body=ApproveBody(action="list", date=date, written=(), records=found, signoff=None),
    )


def _counts(found: Sequence[RecordStanding]) -> dict[str, object]:
    states = [one.state for one in found]
    return {"records": len(found), **{state: states.count(state) for state in sorted(set(states))}}


def _is_of_records(one: Diagnostic) -> bool:
    return is_record_place(one.span.file) or int(one.code.id.removeprefix("RF")) in OWN_CODES
