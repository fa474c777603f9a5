"""How the settings of the gate differ between two sides of a change, and which differences let more through."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from redflag_kit.diagnostics.codes import Severity
from redflag_kit.gate.settings import GateSettings
from redflag_kit.gate.settings_file import checked, hint_of
from redflag_kit.results.gate import SettingChange

NOBODY, EVERYBODY, NONE = "nobody", "everybody", "none"

VARIABLES: Mapping[str, str] = {
    "REDFLAG_FAIL_ON": "fail_on",
    "REDFLAG_MIN_GUIDELINES": "min_guidelines",
    "REDFLAG_MIN_VIGNETTES": "min_vignettes",
    "REDFLAG_MIN_MUTATION_SCORE": "min_mutation_score",
}
"""Environment variable -> the setting that it overrides; an option of the command line overrides both."""


def setting_changes(old: GateSettings, new: GateSettings) -> tuple[SettingChange, ...]:
    """Return every setting that differs, by name."""
    found: list[SettingChange] = []
    for kind in sorted({*old.roles, *new.roles}):
        was, now = old.roles.get(kind, ()), new.roles.get(kind, ())
        if set(was) != set(now):
            relaxed = not set(was) <= set(now)
            found.append(SettingChange(f"roles.{kind}", _listed(was, NOBODY), _listed(now, NOBODY), relaxed))
    for role in sorted({*old.reviewers, *new.reviewers}):
        found += _reviewers(role, old.reviewers.get(role), new.reviewers.get(role))
    found += _numbers(old, new)
    if old.fail_on != new.fail_on:
        found.append(SettingChange("fail_on", old.fail_on, new.fail_on, _is_graver(new.fail_on, old.fail_on)))
    if _share(old) != _share(new):
        before, after = old.min_mutation_score or NONE, new.min_mutation_score or NONE
        relaxed = _share(new) < _share(old)
        found.append(SettingChange("min_mutation_score", before, after, relaxed))
    return tuple(sorted(found, key=lambda one: one.name))


def overridden(
    settings: GateSettings, variables: Mapping[str, str], options: Mapping[str, str]
) -> tuple[GateSettings, tuple[SettingChange, ...], tuple[tuple[str, str], ...]]:
    """Return the settings with those of the environment and, above them, of the command line.

    With what they change, named after where it comes from, and faults: what is wrong in words, and a hint. `options`
    are settings by their option's name, such as `--fail-on`.
    """
    faults: list[tuple[str, str]] = []
    told: dict[str, SettingChange] = {}
    used = settings
    given = [(name, setting, variables[name]) for name, setting in VARIABLES.items() if variables.get(name)]
    given += [(name, name.removeprefix("--").replace("-", "_"), value) for name, value in options.items()]
    for source, setting, text in given:
        value, wrong = checked(setting, text)
        if wrong:
            faults.append((f"{source} {wrong}", hint_of(setting)))
            continue
        used = replace(used, **{setting: value})  # type: ignore[arg-type]  # the value was checked by its name
        change = next((one for one in setting_changes(settings, used) if one.name == setting), None)
        told.pop(setting, None)
        if change is not None:
            told[setting] = replace(change, name=f"{setting} ({source})")
    return used, tuple(told[name] for name in sorted(told)), tuple(faults)


def shown_settings(settings: GateSettings) -> dict[str, object]:
    """Return the settings as plain data."""
    return {
        "roles": {kind: list(roles) for kind, roles in sorted(settings.roles.items())},
        "reviewers": {role: list(names) for role, names in sorted(settings.reviewers.items())},
        "min_guidelines": settings.min_guidelines,
        "min_vignettes": settings.min_vignettes,
        "min_mutation_score": settings.min_mutation_score,
        "fail_on": settings.fail_on,
    }


def _reviewers(role: str, before: tuple[str, ...] | None, after: tuple[str, ...] | None) -> Iterable[SettingChange]:
    """Yield the change of who may act in a role; a role without a list is open to everybody."""
    if (None if before is None else set(before)) == (None if after is None else set(after)):
        return
    relaxed = before is not None and (after is None or not set(after) <= set(before))
    old, new = (EVERYBODY if names is None else _listed(names, NOBODY) for names in (before, after))
    yield SettingChange(f"reviewers.{role}", old, new, relaxed)


def _numbers(old: GateSettings, new: GateSettings) -> Iterable[SettingChange]:
    pairs = {
        "min_guidelines": (old.min_guidelines, new.min_guidelines),
        "min_vignettes": (old.min_vignettes, new.min_vignettes),
    }
    for name, (before, after) in pairs.items():
        if before != after:
            yield SettingChange(name, str(before), str(after), after < before)


def _listed(names: Iterable[str], nothing: str) -> str:
    return ", ".join(sorted(set(names))) or nothing


def _is_graver(one: str, other: str) -> bool:
    return one != other and Severity(one).reaches(Severity(other))


def _share(settings: GateSettings) -> Decimal:
    """Return the least share of mutants; none is below the share 0, which still asks for a measurement."""
    return Decimal(settings.min_mutation_score or -1)
