"""Witnesses of surviving mutants, read again word by word before they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from redflag_kit.model.condition import Range, Value
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Stated
from redflag_kit.mutate.apply import apply
from redflag_kit.mutate.mutant import Mutant
from redflag_kit.semantics.literal import OutputValue, Patient, entail, is_legal, read


class NotConfirmed(Exception):  # noqa: N818 - the kit is wrong, not the guideline
    """A witness that the literal interpreter does not confirm: a fault of the kit."""


@dataclass(frozen=True)
class Reference:
    """The guideline on the literal interpreter; each patient is read once."""

    guideline: Guideline
    _known: dict[tuple[Value, ...], Mapping[str, OutputValue]] = field(default_factory=dict, repr=False)

    def outcome(self, patient: Patient) -> Mapping[str, OutputValue]:
        """Return what comes out of every covered output, what is entailed included."""
        key = tuple(patient.values())
        if key not in self._known:
            self._known[key] = outcome(self.guideline, patient)
        return self._known[key]

    def confirm(self, mutant: Mutant, patient: Patient) -> None:
        """Raise NotConfirmed unless the patient is legal and gets another outcome from the mutant."""
        constraints = (*self.guideline.vocabulary.constraints, *self.guideline.constraints)
        if not is_legal(constraints, patient):
            raise NotConfirmed(f"the witness of mutant {mutant.id} of {self.guideline.name} is no legal patient")
        if outcome(apply(self.guideline, mutant.edit), patient) == self.outcome(patient):
            raise NotConfirmed(f"the witness of mutant {mutant.id} of {self.guideline.name} gets the same from both")


def outcome(guideline: Guideline, patient: Patient) -> dict[str, OutputValue]:
    """Return what comes out of every covered output, what is entailed included."""
    found = entail(guideline, read(guideline, patient).values)
    return {name: found[name] for name in guideline.covers}


def stated(patient: Mapping[str, Value]) -> tuple[Stated, ...]:
    """Return a patient as what a vignette states, in the order of the findings."""
    return tuple(
        Stated(name, frozenset({value})) if isinstance(value, str) else Stated(name, ranges=(Range(value, value),))
        for name, value in patient.items()
    )
