"""The checks of the gate, from what was found in both states."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from redflag_kit.diagnostics.codes import Severity
from redflag_kit.diagnostics.diagnostic import Diagnostic
from redflag_kit.gate import checks
from redflag_kit.gate.standing import recalled
from redflag_kit.model.in_force import in_force
from redflag_kit.results.diff import DiffBody
from redflag_kit.results.envelope import Envelope
from redflag_kit.results.gate import GateCheck, GateVersion, SettingChange
from redflag_kit.results.signoff import Signoff
from redflag_kit.results.vignettes import TestBody, VignetteResult
from redflag_kit.source.approvals import is_record_place
from redflag_kit.workflow.introduced import broken_properties, said, table_faults
from redflag_kit.workflow.states_compared import StatesCompared
from redflag_kit.workflow.to_sign import SettingsRead, lineage_of


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything that the checks rest on. `before` checks the old state, once it is needed.

    `strong` is None where no strength of the vignettes is asked for.
    """

    found: StatesCompared
    read: SettingsRead
    overrides: tuple[SettingChange, ...]
    checked: Envelope | None
    before: Callable[[], Envelope | None]
    tested: Envelope | None
    versions: tuple[GateVersion, ...]
    lost: tuple[Diagnostic, ...]
    signed: Signoff
    strong: tuple[checks.Strong, ...] | None


def checks_of(one: Evidence, date: str) -> tuple[GateCheck, ...]:
    """Return what the gate looked at, in a fixed order."""
    settings, new = one.read.new, one.found.new
    records = [fault for fault in new.errors if is_record_place(fault.span.file)]
    errors = [fault for fault in (*new.errors, *_errors(one.read.faults)) if fault not in records]
    results = one.tested.body.vignettes if one.tested and isinstance(one.tested.body, TestBody) else ()
    return (
        checks.loads(_said(errors), _said(one.found.old.errors)),
        _compared(one),
        *_analysed(one),
        _vignettes(results),
        checks.numbers(len(new.library.guidelines), sum(bool(v.results) for v in results), settings),
        checks.mutation(settings, one.strong),
        checks.version(one.versions),
        checks.records(_said((*records, *one.lost)), len(new.library.approvals)),
        _recalls(one, date),
        checks.settings(one.read.changed, one.overrides, _said(_errors(one.read.old_faults))),
        checks.signoff(one.signed),
    )


def version_of(diff: DiffBody) -> GateVersion:
    """Return the version step of a pair of editions; going back is never enough."""
    backwards = diff.declared_bump == "backwards"
    return GateVersion(
        guideline=diff.tables.new.id,
        old=diff.old,
        new=diff.new,
        versioning=diff.versioning,
        required=diff.required_bump,
        declared=diff.declared_bump,
        ok=False if backwards else diff.bump_enough,
    )


def _said(faults: Iterable[Diagnostic]) -> tuple[str, ...]:
    return tuple(map(said, faults))


def _errors(faults: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(one for one in faults if one.severity is Severity.ERROR)


def _compared(one: Evidence) -> GateCheck:
    failed = [fault for pair in one.found.compared if pair.body is None for fault in pair.diagnostics]
    undecided = tuple(f"{left.question}: {left.budget}" for left in one.found.not_decided)
    return checks.compared(len(one.found.compared), _said(failed), undecided)


def _analysed(one: Evidence) -> tuple[GateCheck, GateCheck]:
    """Return the checks of tables and properties; without a result of the new state nothing is passed."""
    settings = one.read.new
    if one.checked is None:
        nothing = checks.Found(undecided=("there is nothing to check",))
        return checks.tables(nothing, settings.fail_on), checks.properties(nothing, 0)
    both = lineage_of(one.found)
    faults = table_faults(one.found.old, one.found.new, one.checked, one.before, both, Severity(settings.fail_on))
    broken, proved = broken_properties(one.checked, one.before, both)
    return checks.tables(faults, settings.fail_on), checks.properties(broken, proved)


def _vignettes(results: tuple[VignetteResult, ...]) -> GateCheck:
    failed = tuple(f"{one.file}:{one.line}: {one.id} {one.title}" for one in results if not one.passed)
    todo = sum(result.todo for one in results for result in one.results)
    return checks.vignettes(len(results) - len(failed), todo, failed)


def _recalls(one: Evidence, date: str) -> GateCheck:
    library = one.found.new.library
    used = {part.guideline.name for at in (None, date) for f in in_force(library.guidelines, at) for part in f.in_force}
    used |= {entry.counterparts.new.name for entry in one.found.entries if entry.counterparts.new}
    found = [
        (guideline.name in used, f"{guideline.name} was recalled by {record.who} on {record.date}: {record.rationale}")
        for record, guideline in recalled(library.approvals, library.guidelines)
    ]
    return checks.recalls(
        tuple(dict.fromkeys(text for in_use, text in found if in_use)),
        tuple(dict.fromkeys(text for in_use, text in found if not in_use)),
    )
