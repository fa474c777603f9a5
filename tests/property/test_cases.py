"""Cases over regions are cases over listed patients: fills, contradictions, outcomes, assumptions, laws."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from hypothesis import assume, given
from hypothesis import strategies as st

from redflag_kit.logic.bdd import BddRegion
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Stated
from redflag_kit.semantics import cases
from redflag_kit.semantics.cases import Filled, Possible
from redflag_kit.semantics.literal import Patient, read
from redflag_kit.terms.scale import STATUSES
from tests.property import models, reference
from tests.property.editions import Pair
from tests.property.effort import PATIENTS, examples
from tests.property.generators import Case, Chooser, case_of, guidelines, guidelines_with_cases
from tests.property.rewritings import rewritings
from tests.property.worlds import World

Cases = tuple[Guideline, list[Case]]
WRITTEN, ENTAILED = "written", "entailed"


@dataclass
class Clinic:
    """A guideline with regions that are cut for some cases, beside its legal patients and their readings."""

    guideline: Guideline
    cases: list[Case]

    @cached_property
    def world(self) -> World:
        compiled = World(self.guideline).compiled
        stated = [one for case, _ in self.cases for one in case if one.finding in compiled.inputs]
        return World(self.guideline, tuple(cases.stated_entry(compiled.inputs[s.finding], s) for s in stated))

    @cached_property
    def legal(self) -> list[Patient]:
        return reference.legal_patients(self.guideline)

    @cached_property
    def readings(self) -> reference.Readings:
        return reference.Readings(self.guideline)

    @cached_property
    def tables(self) -> dict[str, dict[tuple[str, str], dict[str, BddRegion]]]:
        written = cases.written(self.world.meaning, self.world.diagrams)
        return {WRITTEN: written, ENTAILED: cases.entailed(self.world.compiled, written, self.world.diagrams)}

    def fill(self, case: Case) -> Filled[BddRegion]:
        stated, clean = case
        w = self.world
        return cases.fill(w.compiled, stated, clean, w.meaning.legal, w.atoms, w.diagrams)

    def outlook(self, region: BddRegion, kind: str = ENTAILED) -> dict[str, Possible]:
        sets, tables = self.world.meaning.sets, self.tables[kind]
        return {o: cases.possible(self.world.compiled, o, tables, sets, region) for o in self.guideline.outputs}

    def expected(self, completions: Iterable[Patient], kind: str = ENTAILED) -> dict[str, Possible]:
        """Return the same from readings of the completions one by one."""
        completions = list(completions)
        readings = [getattr(self.readings, kind)(patient) for patient in completions]
        found = {}
        for output in self.guideline.outputs.values():
            plain, must, may = reference.outcome(output.id, readings) if readings else (set(), set(), set())
            order = (*(output.scale.levels if output.scale else output.elements), *STATUSES)
            found[output.id] = Possible(*(tuple(v for v in order if v in chosen) for chosen in (plain, must, may)))
        return found

    def inputs(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the findings that some condition or constraint reads; others cannot change or contradict anything."""
        return tuple(name for name in names if name in self.world.compiled.inputs)


@examples(30)
@given(guidelines_with_cases(PATIENTS))
def test_a_case_contradicts_itself_exactly_if_no_patient_completes_it(given_cases: Cases) -> None:
    clinic = Clinic(*given_cases)
    for case in clinic.cases:
        expected = reference.fill(clinic.guideline, clinic.legal, *case)
        assert clinic.fill(case).region.is_empty() == (not expected.completions)


@examples(70)
@given(guidelines_with_cases(PATIENTS))
def test_fills_are_taken_withdrawn_and_named_in_order(given_cases: Cases) -> None:
    clinic = Clinic(*given_cases)
    for case in clinic.cases:
        found, expected = clinic.fill(case), reference.fill(clinic.guideline, clinic.legal, *case)
        assert found.assumed == clinic.inputs(expected.assumed)
        assert found.withdrawn == clinic.inputs(expected.withdrawn)
        points = {clinic.world.point_of(patient) for patient in expected.completions}
        assert clinic.world.points_in(found.region) == points


@examples(55)
@given(guidelines_with_cases(PATIENTS))
def test_a_value_is_possible_exactly_if_a_completion_has_it(given_cases: Cases) -> None:
    clinic = Clinic(*given_cases)
    for case in clinic.cases:
        region = clinic.fill(case).region
        completions = reference.fill(clinic.guideline, clinic.legal, *case).completions
        for kind in (WRITTEN, ENTAILED):
            assert clinic.outlook(region, kind) == clinic.expected(completions, kind)


@examples(55)
@given(guidelines_with_cases(PATIENTS))
def test_an_assumption_is_pivotal_exactly_if_leaving_it_out_alone_changes_the_outcome(given_cases: Cases) -> None:
    clinic = Clinic(*given_cases)
    for case in clinic.cases:
        found, expected = clinic.fill(case), reference.fill(clinic.guideline, clinic.legal, *case)
        assert tuple(found.without) == found.assumed
        for name in clinic.inputs(expected.assumed):
            assert clinic.outlook(found.without[name]) == clinic.expected(expected.without[name])


@examples(30)
@given(guidelines_with_cases(PATIENTS))
def test_an_output_is_decided_exactly_if_all_completions_agree(given_cases: Cases) -> None:
    clinic = Clinic(*given_cases)
    for case in clinic.cases:
        completions = reference.fill(clinic.guideline, clinic.legal, *case).completions
        assume(completions)
        readings = [clinic.readings.entailed(patient) for patient in completions]
        outlook = clinic.outlook(clinic.fill(case).region)
        assert {o: found.decided for o, found in outlook.items()} == {
            o: len({reading[o] for reading in readings}) == 1 for o in outlook
        }


# ---------------------------------------------------------------- laws, before any assumption (docs/semantics.md 16)


@examples(30)
@given(guidelines(PATIENTS))
def test_a_complete_case_is_plain_evaluation(guideline: Guideline) -> None:
    legal = reference.legal_patients(guideline)
    chosen = legal[:: max(1, len(legal) // 5)]
    clinic = Clinic(guideline, [(complete(patient), {}) for patient in chosen])
    for patient, case in zip(chosen, clinic.cases, strict=True):
        found = clinic.fill(case)
        assert (found.assumed, found.withdrawn) == ((), ())
        outlook = clinic.outlook(found.region, WRITTEN)
        values = read(guideline, patient).values
        for output, possible in outlook.items():
            value = values[output]
            assert possible.decided
            assert {*possible.values, *possible.may} == (value if isinstance(value, frozenset) else {value})


@examples(30)
@given(guidelines_with_cases(PATIENTS))
def test_more_information_never_enlarges_what_is_possible(given_cases: Cases) -> None:
    guideline, drawn = given_cases
    clinic = Clinic(without_assumptions(guideline), [(stated, {}) for stated, _ in drawn])
    for stated, _ in clinic.cases:
        more = clinic.fill((stated, {})).region
        if more.is_empty():
            continue
        for position in range(len(stated)):
            less = clinic.fill((stated[:position] + stated[position + 1 :], {})).region
            before, after = clinic.outlook(less), clinic.outlook(more)
            for output, possible in after.items():
                assert set(possible.values) <= set(before[output].values)
                assert set(possible.may) <= set(before[output].may)
                assert set(before[output].must) <= set(possible.must)


@examples(30)
@given(rewritings(PATIENTS), st.data())
def test_tables_with_equal_meaning_have_equal_outcomes(pair: Pair, data: st.DataObject) -> None:
    case = case_of(Chooser(data.draw), pair.old)
    clinic, other = Clinic(pair.old, [case]), Clinic(pair.new, [case])
    assert clinic.outlook(clinic.fill(case).region) == other.outlook(other.fill(case).region)


def complete(patient: Patient) -> tuple[Stated, ...]:
    return tuple(models.stated(name, value) for name, value in patient.items())


def without_assumptions(guideline: Guideline) -> Guideline:
    return replace(guideline, assume={})
