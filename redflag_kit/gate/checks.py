"""What the gate looks at, one check each. A check is passed only on evidence: nothing found of nothing is no pass.

Each function is given what was found, in words, and returns the check with what it asked for and what is so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from redflag_kit.gate.settings import GateSettings
from redflag_kit.gate.standing import APPROVED, NOT_REQUIRED, UNKNOWN
from redflag_kit.results.gate import GateCheck, GateVersion, SettingChange, Signoff, SignoffItem
from redflag_kit.results.mutate import MISSED, OPEN, REACHED

PASSED, FAILED, NOT_DECIDED, SIGNOFF, NOTED = "passed", "failed", "not_decided", "signoff", "noted"
RESULTS = (FAILED, NOT_DECIDED, SIGNOFF, NOTED, PASSED)
"""Worst first."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of one question, in words: what blocks, what was there before, and what was not decided."""

    introduced: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()

    @property
    def result(self) -> str:
        """Return the result of a check that blocks for what is new."""
        if self.introduced:
            return FAILED
        if self.undecided:
            return NOT_DECIDED
        return NOTED if self.kept else PASSED

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return what to look at, worst first."""
        return (*self.introduced, *self.undecided, *self.kept)


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def loads(errors: Sequence[str], before: Sequence[str]) -> GateCheck:
    """Check that every file could be read, on both sides; `before` are faults of the old one."""
    result = FAILED if errors else NOT_DECIDED if before else PASSED
    actual = f"{count(len(errors), 'error')} now, {len(before)} before"
    note = "what was there before cannot be read whole, so not everything that changed is known"
    reasons = (*errors, *((note, *before) if before else ()))
    return GateCheck("loads", "Files can be read", result, "no error", actual, reasons)


def compared(pairs: int, faults: Sequence[str], undecided: Sequence[str]) -> GateCheck:
    """Check that every changed guideline was compared exactly; `faults` say what cannot be compared at all."""
    result = FAILED if faults else NOT_DECIDED if undecided else PASSED
    actual = f"{count(pairs, 'comparison')}, {len(faults)} impossible, {len(undecided)} not decided"
    required = "every changed guideline compared over all patients"
    return GateCheck("changes", "Changes are known exactly", result, required, actual, (*faults, *undecided))


def tables(found: Found, fail_on: str) -> GateCheck:
    """Check that no fault of the files or tables, as grave as the settings say, was introduced."""
    words = {"error": "error", "warning": "error or warning", "info": "error, warning or note"}[fail_on]
    actual = f"{len(found.introduced)} new, {len(found.kept)} from before, {len(found.undecided)} not decided"
    return GateCheck("tables", "Decision tables", found.result, f"no new {words}", actual, found.reasons, found.kept)


def properties(found: Found, proved: int) -> GateCheck:
    """Check that no safety property is newly broken without being documented."""
    actual = f"{proved} proved, {len(found.introduced)} newly broken, {len(found.kept)} broken before"
    actual += f", {len(found.undecided)} not decided" if found.undecided else ""
    result = found.result if proved or found.reasons else NOTED
    required = "none newly broken"
    return GateCheck("properties", "Safety properties", result, required, actual, found.reasons, found.kept)


def vignettes(passed: int, todo: int, failed: Sequence[str]) -> GateCheck:
    """Check that every vignette gets what it expects, and none still waits for what that is."""
    result = FAILED if failed or not passed else PASSED
    actual = f"{count(passed, 'vignette')} passed, {len(failed)} failed or not filled in"
    actual += f" ({count(todo, 'expectation')} to fill in)" if todo else ""
    return GateCheck("vignettes", "Vignettes", result, "all pass", actual, tuple(failed))


def numbers(guidelines: int, patients: int, settings: GateSettings) -> GateCheck:
    """Check that the project still holds what it should: a run over nothing is never green."""
    reasons = []
    if guidelines < settings.min_guidelines:
        reasons.append(f"{count(guidelines, 'guideline')} where {settings.min_guidelines} are the least")
    if patients < settings.min_vignettes:
        reasons.append(f"{count(patients, 'vignette')} that ran, where {settings.min_vignettes} are the least")
    required = f"at least {count(settings.min_guidelines, 'guideline')}, {count(settings.min_vignettes, 'vignette')}"
    actual = f"{count(guidelines, 'guideline')}, {count(patients, 'vignette')}"
    return GateCheck("numbers", "Least numbers", FAILED if reasons else PASSED, required, actual, tuple(reasons))


@dataclass(frozen=True, slots=True)
class Strong:
    """How strong the vignettes of a changed edition are: how its score stands to the floor, and what fell short.

    `unnoticed` and `undecided` are faults in words; `score` is a share, empty if nothing is left to notice.
    """

    edition: str
    standing: str
    score: str
    unnoticed: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()


def mutation(settings: GateSettings, found: Sequence[Strong] | None) -> GateCheck:
    """Check that vignettes notice the share of faults in changed rules that the settings ask for, edition by edition.

    Nothing is measured (None) where no share is asked for.
    """
    least = settings.min_mutation_score
    if found is None:
        return GateCheck("mutation", "Test strength", NOTED, "nothing", "not measured", ())
    required = f"a share of {least} of the faults in changed rules noticed by vignettes"
    if not found:
        return GateCheck("mutation", "Test strength", PASSED, required, "nothing to mutate", ())
    states = {one.standing for one in found}
    result = FAILED if MISSED in states else NOT_DECIDED if OPEN in states else PASSED
    short = [one for one in found if one.standing != REACHED]
    actual = f"{count(len(found), 'changed edition')}, {len(short)} short of it" if short else _scores(found)
    reasons = tuple(words for one in short for words in _short_of(one))
    return GateCheck("mutation", "Test strength", result, required, actual, reasons)


def _scores(found: Sequence[Strong]) -> str:
    return ", ".join(f"{one.edition}: {one.score or 'nothing left to notice'}" for one in found)


def _short_of(one: Strong) -> tuple[str, ...]:
    """Return the score of an edition that falls short, and each fault by which it does."""
    return (
        f"{one.edition}: score {one.score}" if one.score else f"{one.edition}: no score",
        *(f"{one.edition}: not noticed: {words}" for words in one.unnoticed),
        *(f"{one.edition}: not decided: {words}" for words in one.undecided),
    )


def version(versions: Sequence[GateVersion]) -> GateCheck:
    """Check that every edition steps as far as its own rule of versions asks."""
    short = [one for one in versions if one.ok is False]
    reasons = tuple(_step(one) for one in short)
    if not versions:
        return GateCheck("version", "Version numbers", PASSED, "nothing", "no edition was compared", ())
    actual = f"{count(len(versions), 'edition')} compared, {len(short)} without the step"
    required = "a version step as large as the change"
    open_ones = tuple(f"{one.new}: the step cannot be decided" for one in versions if one.ok is None)
    result = FAILED if short else NOT_DECIDED if open_ones else PASSED
    return GateCheck("version", "Version numbers", result, required, actual, (*reasons, *open_ones))


def _step(one: GateVersion) -> str:
    if one.declared == "backwards":
        return f"{one.new} has a lower version than {one.old}; versions only grow"
    needs = "a higher version" if one.versioning == "calendar" else f"a {one.required} step"
    has = "keeps the version" if one.declared == "none" else f"makes a {one.declared} step"
    return f"{one.new} {has} of {one.old}; the change needs {needs}"


def records(faults: Sequence[str], number: int) -> GateCheck:
    """Check that no sign-off record was edited or deleted, and all can be read."""
    actual = f"{count(number, 'record')}, {count(len(faults), 'fault')}"
    result = FAILED if faults else PASSED
    return GateCheck("records", "Sign-off records", result, "only added to, well-formed", actual, tuple(faults))


def recalls(in_use: Sequence[str], aside: Sequence[str]) -> GateCheck:
    """Check that no recalled edition is in force or part of the change; `aside` are recalled and neither."""
    result = FAILED if in_use else NOTED if aside else PASSED
    actual = f"{len(in_use)} in use, {len(aside)} recalled and out of use"
    return GateCheck("recalls", "Recalled editions", result, "none in use", actual, (*in_use, *aside))


def settings(
    changed: Sequence[SettingChange], overrides: Sequence[SettingChange], undecided: Sequence[str]
) -> GateCheck:
    """Tell how the settings differ from those before; what lets more through is signed, see the check of sign-off."""
    reasons = [f"{one.name}: {one.old} before, {one.new} now ({_strictness(one)})" for one in changed]
    reasons += [f"{one.name} overrides {one.old} of the file by {one.new} ({_strictness(one)})" for one in overrides]
    result = NOT_DECIDED if undecided else NOTED if reasons else PASSED
    relaxed = sum(one.relaxed for one in changed)
    actual = f"{count(len(changed), 'setting')} changed, {relaxed} let more through" if changed else "unchanged"
    return GateCheck("settings", "Settings of the gate", result, "known", actual, (*undecided, *reasons))


def _strictness(one: SettingChange) -> str:
    return "lets more through" if one.relaxed else "lets no more through"


def signoff(found: Signoff) -> GateCheck:
    """Check that everything that needs a signature has it."""
    asked = [one for one in found.items if one.roles or one.state != NOT_REQUIRED]
    left = [one for one in asked if one.state not in (APPROVED, NOT_REQUIRED)]
    unknown = [one for one in left if one.state == UNKNOWN or not one.fingerprint]
    result = NOT_DECIDED if unknown else SIGNOFF if left else PASSED
    required = ", ".join(found.required) or "nothing"
    actual = f"{len(asked) - len(left)} of {count(len(asked), 'item')} approved" if asked else "nothing to sign"
    reasons = tuple(dict.fromkeys(_open_item(one) for one in (*unknown, *(i for i in left if i not in unknown))))
    return GateCheck("signoff", "Sign-off", result, required, actual, reasons)


def _open_item(one: SignoffItem) -> str:
    if not one.fingerprint:
        return f"{one.id}: no fingerprint could be made within the budget, so it cannot be signed"
    said = "; ".join(one.reasons) or f"needs {', '.join(one.missing)}"
    return f"{one.id}: {said}"
