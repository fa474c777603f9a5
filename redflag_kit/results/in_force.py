"""Results about what is in force: since when, for what, and what it replaced."""

from dataclasses import dataclass

from redflag_kit.results.check import ShownGuideline


@dataclass(frozen=True, slots=True)
class Replaced:
    """What an edition took over from an earlier one: the labels of outputs."""

    guideline: str
    outputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """Since when an edition is in force, for which outputs (by label), and what it replaced."""

    since: str
    outputs: tuple[str, ...]
    replaced: tuple[Replaced, ...]


@dataclass(frozen=True, slots=True)
class ShownEdition:
    """An edition as far as it is in force. `left_out`: tables that no output in force needs, by their question."""

    standing: Standing
    left_out: tuple[str, ...]
    guideline: ShownGuideline


@dataclass(frozen=True, slots=True)
class ShownFamily:
    """What of a guideline is in force at a date, edition by edition. `undated`: withdrawn, nobody says when."""

    id: str
    at: str
    editions: tuple[ShownEdition, ...]
    undated: tuple[str, ...]
