"""`redflag gate`: may this change go in? Two states of a project checked, tested, compared, signed, and judged."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import sorted_unique
from redflag_kit.gate import checks
from redflag_kit.gate.judge import judge, worst_version
from redflag_kit.gate.settings import GateSettings
from redflag_kit.gate.settings_changes import overridden, shown_settings
from redflag_kit.gate.standing import APPROVED, NOT_REQUIRED
from redflag_kit.project.git import GitError
from redflag_kit.project.load import Project
from redflag_kit.project.states import States
from redflag_kit.results.diff import DiffBody
from redflag_kit.results.envelope import Envelope
from redflag_kit.results.gate import GateBody, GateSettingsShown, SettingChange
from redflag_kit.results.signoff import Signoff
from redflag_kit.workflow.check import check
from redflag_kit.workflow.diff import limits_of
from redflag_kit.workflow.envelope import NOT_LOADED, STATUS, UsageError
from redflag_kit.workflow.gate_checks import Evidence, checks_of, version_of
from redflag_kit.workflow.gate_signoff import Asked, lost_records_of, part_of, signoff_of
from redflag_kit.workflow.gate_strength import strong_editions
from redflag_kit.workflow.revisions import inputs_of
from redflag_kit.workflow.sides import state_of
from redflag_kit.workflow.signed import words_of
from redflag_kit.workflow.states_compared import compare_states
from redflag_kit.workflow.test import test
from redflag_kit.workflow.to_sign import settings_of

LIMITS = (
    "Who signed and who wrote is what records and git say; nobody's identity is proved here.",
    "A safeguard counts as relaxed if it is taken away or written otherwise; whether the new one protects as well is "
    "for people to say.",
    "Only faults that the change introduces block; those from before are noted.",
)


def gate(states: States, asked: Asked) -> Envelope:
    """Return the verdict on what the working files change. Raises UsageError if nothing of it can be judged."""
    try:
        return _judged(states, asked)
    except GitError as error:
        raise UsageError(error.message, error.hint, NOT_LOADED) from error


def _judged(states: States, asked: Asked) -> Envelope:
    old, new = state_of(states, asked.against), state_of(states, None)
    read = settings_of(states, old, new)
    used, overrides = _used(read.new, asked)
    read = replace(read, new=used)
    found = compare_states(old, new, drawn=True)
    signed = signoff_of(states, found, read, asked)
    lost = lost_records_of(states, old, new)
    checked, tested = _ran(check, new), _ran(test, new)
    versions = tuple(map(version_of, found.diffs))
    strong = strong_editions(found, used.min_mutation_score)
    evidence = Evidence(
        found, read, overrides, checked, cache(lambda: _ran(check, old)), tested, versions, lost, signed, strong
    )
    looked_at = checks_of(evidence, asked.date)
    told = [one for run in (checked, tested) if run for one in run.diagnostics]
    diagnostics = sorted_unique((*told, *found.diagnostics, *read.faults, *lost))
    empty = checked is None or tested is None or not new.library.guidelines or not new.library.vignettes
    faulty = any(one.code == codes.RF902 for one in diagnostics)
    judgement = judge(looked_at, signed, empty=empty, faulty=faulty)
    return Envelope(
        command="gate",
        status=STATUS[judgement.exit_code],
        exit_code=judgement.exit_code,
        inputs=inputs_of(found),
        options={
            "against": asked.against,
            "now": asked.date,
            "author": list(asked.authors),
            "overrides": [one.name for one in overrides],
        },
        diagnostics=diagnostics,
        not_decided=(*found.not_decided, *(checked.not_decided if checked else ())),
        limits=(*LIMITS, *limits_of(found.compared), *found.left_out),
        summary={
            "verdict": judgement.verdict,
            **{result: sum(one.result == result for one in looked_at) for result in checks.RESULTS},
            "to_sign": sum(bool(one.roles) for one in signed.items),
            "open": sum(one.state not in (APPROVED, NOT_REQUIRED) for one in signed.items),
        },
        body=GateBody(
            verdict=judgement.verdict,
            sentence=judgement.sentence,
            old_revision=old.revision.commit if old.revision else "",
            new_revision="",
            checks=looked_at,
            version=worst_version(versions),
            versions=versions,
            signoff=signed,
            settings=GateSettingsShown(shown_settings(used), read.changed),
            guidelines=found.changes,
            diffs=tuple(_with_states(one, signed) for one in found.diffs),
            unchanged=tuple(one.name for one in found.unchanged),
        ),
    )


def _used(settings: GateSettings, asked: Asked) -> tuple[GateSettings, tuple[SettingChange, ...]]:
    """Return the settings with what the environment and the command line override."""
    used, overrides, faults = overridden(settings, asked.variables, asked.options)
    if faults:
        raise UsageError(*faults[0])
    return used, overrides


def _ran(command: Callable[[Project], Envelope], project: Project) -> Envelope | None:
    """Return the result of a command on a state, None where it has nothing to work on."""
    try:
        return command(project)
    except UsageError as error:
        if error.exit_code != NOT_LOADED:
            raise
        return None


def _with_states(diff: DiffBody, signed: Signoff) -> DiffBody:
    """Return a comparison with where its sign-off stands, as a whole and of each change class in words."""
    old, new = (f"{one.id}@{one.version}" for one in (diff.tables.old, diff.tables.new))
    items = tuple(one for one in signed.items if one.old in (diff.old, old) and one.new in (diff.new, new))
    words = {one.id: words_of(one) for one in items}
    changes = tuple(replace(one, signoff=words.get(one.id)) for one in diff.changes)
    return replace(diff, changes=changes, signoff=part_of(signed, items))
