"""Mutants of random guidelines: each compiles and can be read, no two are the same, and none is the guideline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TypeVar

from hypothesis import event, given

from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.compile.cuts import cut
from redflag_kit.model.guideline import Guideline
from redflag_kit.mutate.apply import apply
from redflag_kit.mutate.cuts import cuts
from redflag_kit.mutate.mutant import AssumeChanged, Edit, PartsReplaced
from redflag_kit.mutate.mutants import faults, mutants
from redflag_kit.semantics.literal import OutputValue, Patient, is_legal, read
from tests.property.effort import PATIENTS, examples
from tests.property.generators import guidelines
from tests.property.reference import constraints_of, patients_of

T = TypeVar("T")

SOME = 12
"""How many patients, and how many faults of a kind, are read: reading all would take seconds for each guideline."""


def meaning(guideline: Guideline, patients: list[Patient]) -> list[dict[str, OutputValue]]:
    return [read(guideline, patient).values for patient in patients]


def legal(guideline: Guideline) -> list[Patient]:
    everybody = patients_of(dict(guideline.vocabulary.findings))
    return spread([patient for patient in everybody if is_legal(constraints_of(guideline), patient)])


def spread(given: Sequence[T]) -> list[T]:
    """Return some of many, from all over."""
    return list(given[:: len(given) // SOME + 1])


@examples(25)
@given(guidelines(PATIENTS))
def test_no_mutant_has_the_digest_of_the_guideline_or_of_another(guideline: Guideline) -> None:
    made = mutants(guideline)
    assert len({one.id for one in made}) == len(made)
    digests = [compile_guideline(apply(guideline, one.edit)).digest for one in made[:60]]
    assert len({compile_guideline(guideline).digest, *digests}) == len(digests) + 1


@examples(25)
@given(guidelines(PATIENTS))
def test_faults_with_one_effect_say_the_same_of_every_patient_and_those_without_change_nothing(
    guideline: Guideline,
) -> None:
    patients = legal(guideline)
    alike: dict[object, list[Edit]] = defaultdict(list)
    for fault in faults(guideline):
        edit = fault.edit()
        if not isinstance(edit, AssumeChanged):
            alike[fault.effect].append(edit)
    changes_nothing = [meaning(apply(guideline, edit), patients) for edit in spread(alike.pop((), []))]
    assert all(said == meaning(guideline, patients) for said in changes_nothing)
    groups = [edits for edits in alike.values() if len(edits) > 1]
    for edits in spread(groups):
        first, *rest = (meaning(apply(guideline, edit), patients) for edit in edits[:4])
        assert all(said == first for said in rest)
    event(f"some change nothing: {bool(changes_nothing)}, some are alike: {bool(groups)}")


@examples(25)
@given(guidelines(PATIENTS))
def test_with_its_cuts_every_atom_is_alike_to_every_mutant(guideline: Guideline) -> None:
    made = spread([one for one in mutants(guideline) if isinstance(one.edit, PartsReplaced)])
    atoms = cut([compile_guideline(guideline)], cuts(guideline, made))
    cells: dict[tuple[int, ...], list[Patient]] = defaultdict(list)
    for patient in patients_of(dict(guideline.vocabulary.findings)):
        cells[tuple(atoms.atom_of(name, patient[name]) for name in atoms.inputs)].append(patient)
    several = spread([cell for cell in cells.values() if len(cell) > 1])
    for one in made if several else ():
        mutant = apply(guideline, one.edit)
        for cell in several:
            first, *rest = meaning(mutant, spread(cell))
            assert all(said == first for said in rest)
    event(f"patients share atoms: {bool(several)}")
