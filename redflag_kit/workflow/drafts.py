"""Sign-off records before they are written: what they hold, how their files are called, and what is wrong with them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.diagnostics.diagnostic import did_you_mean, quoted
from redflag_kit.diagnostics.span import NOWHERE
from redflag_kit.gate.standing import family_of
from redflag_kit.model.approval import REJECT, VIOLATION, Approval, Condition, Covered, Edition
from redflag_kit.model.guideline import Guideline
from redflag_kit.project.load import Project
from redflag_kit.results.signoff import SignoffItem
from redflag_kit.source.approval_text import folder_for, name_for, read_back, text_of
from redflag_kit.workflow.change import Change
from redflag_kit.workflow.envelope import NOT_LOADED, UsageError

ROOM = 160
"""Characters of the patients of a change in a record; the fingerprint is bound to all of them."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody says of the changes that a record covers, or of the versions that it recalls."""

    decision: str
    who: str
    role: str
    rationale: str
    date: str
    expires: str = ""
    conditions: tuple[Condition, ...] = ()
    withdraws: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A record that is sound by itself, with the file it belongs in, relative to the project, and its text."""

    record: Approval
    path: str
    text: str


def drafts_on(change: Change, said: Sequence[tuple[SignoffItem, Statement]]) -> tuple[Draft, ...]:
    """Return one record for each pair of editions and each statement on it. Raises UsageError for what is not sound."""
    groups: dict[tuple[str, str, str, Statement], list[SignoffItem]] = {}
    for item, statement in said:
        groups.setdefault((family_of(item.guideline), item.old, item.new, statement), []).append(item)
    taken = {one.id for one in change.new.library.approvals}
    patients = {(body.new, one.id): one.region.text for body in change.diffs for one in body.changes}
    found: list[Draft] = []
    for (family, old, new, statement), items in groups.items():
        before, after = _named(change.old, old), _named(change.new, new)
        record = replace(
            _record(statement, family),
            old=_edition(before),
            new=_edition(after),
            covers=tuple(Covered(one.fingerprint, _told(one, patients)) for one in _once(items)),
        )
        place = after or before
        found.append(_draft(record, place.path if place else "", taken, change.new))
        taken.add(found[-1].record.id)
    return tuple(found)


def draft_recall(project: Project, guideline: str, versions: str, statement: Statement) -> Draft:
    """Return the record that recalls versions of a guideline. Raises UsageError if it recalls none that is there."""
    editions = [one for one in project.library.guidelines if one.id == guideline]
    if not editions:
        names = [one.id for one in project.library.guidelines]
        hint = did_you_mean(guideline, names) or f"the project has {', '.join(dict.fromkeys(names)) or 'none'}"
        raise UsageError(f"no guideline is called {quoted(guideline)}", hint, NOT_LOADED)
    record = replace(_record(replace(statement, decision=VIOLATION), guideline), versions=versions)
    draft = _draft(record, editions[-1].path, {one.id for one in project.library.approvals}, project)
    recalls = draft.record.recalls
    if recalls is None or not any(map(recalls.include, editions)):
        hint = f"the project has {', '.join(one.version.text for one in editions)}"
        raise UsageError(f"no version of {quoted(guideline)} is in {quoted(versions)}", hint, NOT_LOADED)
    return draft


def _record(statement: Statement, family: str) -> Approval:
    return Approval(
        id="",
        guideline=family,
        decision=statement.decision,
        who=" ".join(statement.who.split()),
        role=statement.role,
        date=statement.date,
        expires=statement.expires,
        rationale=" ".join(statement.rationale.split()),
        conditions=statement.conditions,
        old=None,
        new=None,
        covers=(),
        versions="",
        withdraws=statement.withdraws,
        span=NOWHERE,
    )


def _draft(record: Approval, beside: str, taken: Iterable[str], project: Project) -> Draft:
    name = name_for(record, frozenset(taken))
    path = f"{folder_for(beside)}/{name}.yaml"
    text = text_of(replace(record, id=name))
    found, faults = read_back(text, path)
    if found is None:
        raise UsageError(faults[0].message, faults[0].help)
    _check_withdrawals(found, project)
    return Draft(found, path, text)


def _check_withdrawals(record: Approval, project: Project) -> None:
    known = {one.id: one for one in project.library.approvals}
    for name in record.withdraws:
        if name not in known:
            hint = did_you_mean(name, known) or "redflag approve list shows the records"
            raise UsageError(f"no record is called {quoted(name)}", hint, NOT_LOADED)
        if not known[name].may_be_withdrawn_by(record):
            hint = "only its own person, in the same role and not before its day, can; a recall stays"
            raise UsageError(f"{quoted(name)} cannot be withdrawn by this record", hint)


def draft_withdrawal(project: Project, statement: Statement) -> Draft:
    """Return a record that only withdraws others, all of one family. Raises UsageError if they are not."""
    known = {one.id: one for one in project.library.approvals}
    families = {known[name].guideline for name in statement.withdraws if name in known}
    record = _record(replace(statement, decision=REJECT), min(families, default=""))
    if len(families) > 1:
        raise UsageError("the records are about several guidelines", "withdraw those of one guideline at a time")
    beside = [one.path for one in project.library.guidelines if one.id == record.guideline]
    return _draft(record, beside[-1] if beside else "", frozenset(known), project)


def _named(project: Project, name: str) -> Guideline | None:
    """Return an edition by its name, in front of which its revision may stand."""
    bare = name.rpartition(":")[2]
    return next((one for one in project.library.guidelines if one.name == bare), None) if name else None


def _edition(guideline: Guideline | None) -> Edition | None:
    if guideline is None:
        return None
    return Edition(guideline.version.text, compile_guideline(guideline).digest)


def _told(item: SignoffItem, patients: Mapping[tuple[str, str], str]) -> str:
    """Return a change in words, with the patients whom it is about as far as there is room."""
    who = patients.get((item.new, item.id), "")
    if len(who) > ROOM:
        who = who[:ROOM].rsplit(" ", 1)[0] + " …"
    return f"{item.sentence}; who: {who}" if who else item.sentence


def _once(items: Iterable[SignoffItem]) -> Iterable[SignoffItem]:
    """Return one item for each fingerprint."""
    return {item.fingerprint: item for item in items}.values()
