"""What must be signed of a change between two states of a project, and by which settings. Used by gate and approve."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from redflag_kit.diagnostics.diagnostic import Diagnostic, quoted
from redflag_kit.gate.in_force_items import in_force_items
from redflag_kit.gate.items import (
    assumption_items,
    class_items,
    guideline_items,
    output_items,
    setting_items,
    worst_first,
)
from redflag_kit.gate.lineage import Lineage, lineage
from redflag_kit.gate.relaxed import safeguard_items
from redflag_kit.gate.settings import GateSettings
from redflag_kit.gate.settings_changes import setting_changes
from redflag_kit.gate.settings_file import FILES, read_settings
from redflag_kit.project.load import Project
from redflag_kit.project.states import States
from redflag_kit.results.gate import SettingChange
from redflag_kit.results.signoff import SignoffItem
from redflag_kit.workflow.envelope import NOT_LOADED, UsageError
from redflag_kit.workflow.states_compared import StatesCompared


@dataclass(frozen=True, slots=True)
class SettingsRead:
    """The settings of both sides. `faults` are those of the new side, `old_faults` of the old one."""

    old: GateSettings
    new: GateSettings
    changed: tuple[SettingChange, ...]
    faults: tuple[Diagnostic, ...]
    old_faults: tuple[Diagnostic, ...]

    def for_settings(self) -> GateSettings:
        """Return the settings by which relaxed settings are signed: who may act in a role on both sides.

        Otherwise somebody could be listed as a reviewer and approve that in one change.
        """
        return replace(self.new, reviewers=_on_both_sides(self.old.reviewers, self.new.reviewers))


def settings_of(states: States, old: Project, new: Project) -> SettingsRead:
    """Return the settings of two states. Raises GitError, and UsageError for a file that nobody may read."""
    before, old_faults = read_settings(_files(states, old))
    after, faults = read_settings(_files(states, new))
    return SettingsRead(before, after, setting_changes(before, after), faults, old_faults)


def _files(states: States, project: Project) -> dict[str, bytes]:
    found = {}
    for name in FILES:
        try:
            data = states.read(project.revision, name)
        except OSError as error:
            message = f"{quoted(name)} cannot be read: {error.strerror or error}"
            raise UsageError(
                message, "the gate does not guess its settings; check who may read it", NOT_LOADED
            ) from error
        if data is not None:
            found[name] = data
    return found


def _on_both_sides(
    old: Mapping[str, tuple[str, ...]], new: Mapping[str, tuple[str, ...]]
) -> Mapping[str, tuple[str, ...]]:
    """Return who may act in a role on both sides; a role that one side leaves open is as the other has it."""
    both = {}
    for role in {*old, *new}:
        listed = new.get(role, old.get(role, ()))
        both[role] = tuple(who for who in listed if role not in old or who in old[role])
    return both


def lineage_of(found: StatesCompared) -> Lineage:
    """Return how the editions of both sides belong together."""
    return lineage(found.old.library.guidelines, found.new.library.guidelines, found.changes, found.diffs)


def items_to_sign(
    found: StatesCompared, settings: SettingsRead, dates: Iterable[str | None] = (None,)
) -> tuple[SignoffItem, ...]:
    """Return every item of a change, worst first; none is judged yet.

    What is in force is compared in the latest state (None), and on dates.
    """
    both, used = lineage_of(found), settings.new
    return worst_first(
        (
            *class_items(found.diffs, used),
            *guideline_items(found.changes, both, used),
            *(one for at in dates for one in in_force_items(both, used, at)),
            *output_items(found.diffs, used),
            *assumption_items(both, used),
            *safeguard_items(found.old.library, found.new.library, both, found.diffs, used),
            *setting_items(settings.changed, settings.old, used),
        )
    )
