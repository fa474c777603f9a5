"""Comparisons of shipped guidelines, made once."""

from __future__ import annotations

from functools import cache

from redflag_kit.diagnostics.span import NOWHERE
from redflag_kit.diff.compare import Comparison, compare
from redflag_kit.diff.pair import Pair, pair
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.model.condition import Value
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vocabulary import Finding
from redflag_kit.results.diff import ChangeClass, Witness
from redflag_kit.semantics.literal import Patient, is_legal
from redflag_kit.source.names import Faults
from redflag_kit.source.vignettes import stated_from_text
from tests.shipped import guideline, project


@cache
def comparison(old: str, new: str) -> Comparison:
    """Return the comparison of two shipped editions with every shipped vignette."""
    vignettes = [vignette for _, vignette in project().library.vignettes]
    return compare(guideline(old), guideline(new), vignettes)


@cache
def regions(old: str, new: str) -> Pair[BddRegion]:
    return pair(guideline(old), guideline(new))


def legal(guideline: Guideline, patient: Patient) -> bool:
    """Say whether a patient satisfies the constraints of a guideline and of its vocabulary."""
    return is_legal((*guideline.vocabulary.constraints, *guideline.constraints), patient)


def patient_of(witness: Witness, findings: dict[str, Finding]) -> Patient:
    """Return a witness's case as a patient, read back from what the report shows."""
    return {name: _value(name, value, findings) for name, value in witness.case.items()}


def _value(name: str, shown: object, findings: dict[str, Finding]) -> Value:
    faults = Faults()
    stated = stated_from_text(name, str(shown), findings, NOWHERE, faults)
    assert stated is not None
    assert not faults.found
    number = stated.number()
    return next(iter(stated.words)) if number is None else number


def classes(found: Comparison, output: str, old: str, new: str) -> list[ChangeClass]:
    return [c for c in found.classes if (c.output, c.from_value, c.to_value) == (output, old, new)]
