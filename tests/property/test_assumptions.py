"""What assumptions hide, against the listing of every case in which each finding is known or not assessed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations, product

from hypothesis import assume, given

from redflag_kit.analyse.assumed import Assumed, assumed
from redflag_kit.analyse.assumptions import audit_assumptions
from redflag_kit.analyse.default_audit import audit
from redflag_kit.analyse.must_assess import by_urgency, hiding_cases, hiding_sets, must_assess
from redflag_kit.diagnostics.codes import RF330
from redflag_kit.evaluate.engine import engine
from redflag_kit.model.condition import Value
from redflag_kit.model.guideline import Guideline
from redflag_kit.semantics.literal import Patient
from redflag_kit.wording.cases import stated_patient
from tests.property import reference
from tests.property.effort import examples
from tests.property.generators import guidelines

PATIENTS = 72
Listed = dict[str, dict[str, bool]]


class Registry:
    """Every case of a guideline, and what its assumptions hide there: by the reference alone."""

    def __init__(self, guideline: Guideline) -> None:
        self.guideline = guideline
        self.readings = reference.Readings(guideline)
        self.legal = reference.legal_patients(guideline)
        self.read = engine(guideline).compiled.assume.keys()

    def cases(self) -> Iterator[tuple[dict[str, Value], reference.Filled]]:
        findings = self.guideline.vocabulary.findings
        for values in product(*((None, *reference.values_of(one)) for one in findings.values())):
            known = {name: value for name, value in zip(findings, values, strict=True) if value is not None}
            filled = reference.fill(self.guideline, self.legal, stated_patient(known), {})
            if filled.completions:
                yield known, filled

    def ceiling(self, output: str, completions: list[Patient]) -> int:
        groups = by_urgency(self.guideline.outputs[output])
        rank = {value: position for position, group in enumerate(groups) for value in group}
        return max(rank[str(self.readings.entailed(patient)[output])] for patient in completions)

    def ordered(self) -> list[str]:
        return [name for name in self.guideline.covers if self.guideline.outputs[name].scale]

    def hidden(self, output: str, without: list[Patient], filled: reference.Filled) -> bool:
        return self.ceiling(output, without) > self.ceiling(output, filled.completions)

    def unassumed(self, known: dict[str, Value]) -> list[Patient]:
        return [p for p in self.legal if all(p[name] == value for name, value in known.items())]


def world_of(guideline: Guideline) -> tuple[Assumed, Registry]:
    ready = engine(guideline)
    assume(ready.compiled.assume and not ready.meaning.legal.is_empty())
    return assumed(ready), Registry(guideline)


@examples(30)
@given(guidelines(PATIENTS))
def test_an_output_is_listed_exactly_if_some_case_is_less_urgent_with_the_assumption(guideline: Guideline) -> None:
    world, registry = world_of(guideline)
    expected: dict[str, set[str]] = {name: set() for name in registry.read}
    jointly: dict[str, set[str]] = {name: set() for name in registry.read}
    for known, filled in registry.cases():
        free = registry.unassumed(known)
        for output in registry.ordered():
            for name in filled.assumed:
                if name in expected and registry.hidden(output, filled.without[name], filled):
                    expected[name].add(output)
                if name in expected and registry.hidden(output, free, filled):
                    jointly[name].add(output)
    sets = hiding_sets(world, hiding_cases(world))
    for entry in audit(world, sets):
        outputs = {hidden.output for hidden in entry.hidden}
        match entry.hides:
            case "alone":
                assert outputs == expected[entry.finding]
            case "together":
                assert not expected[entry.finding]
                assert any(entry.finding in names and len(names) > 1 for names in sets.sets)
            case _:
                assert not expected[entry.finding]
                assert not any(entry.finding in names for names in sets.sets)


@examples(30)
@given(guidelines(PATIENTS))
def test_nothing_is_hidden_once_the_list_is_assessed_and_no_shorter_list_does(guideline: Guideline) -> None:
    world, registry = world_of(guideline)
    names = list(world.ready.compiled.assume)
    hiding = set()
    for known, filled in registry.cases():
        free = registry.unassumed(known)
        if any(registry.hidden(output, free, filled) for output in registry.ordered()):
            hiding.add(frozenset(name for name in names if name not in known))
    subsets = chain.from_iterable(combinations(names, size) for size in range(len(names) + 1))
    enough = [set(chosen) for chosen in subsets if all(set(chosen) & missing for missing in hiding)]
    found = must_assess(world, hiding_cases(world))
    assert set(found) in enough
    assert len(found) == min(map(len, enough))
    least = {missing for missing in hiding if not any(other < missing for other in hiding)}
    assert {frozenset(one) for one in hiding_sets(world, hiding_cases(world)).sets} == least


@examples(30)
@given(guidelines(PATIENTS))
def test_every_witness_stands_on_the_literal_interpreter_and_in_its_region(guideline: Guideline) -> None:
    world, _ = world_of(guideline)
    found = audit_assumptions(world.ready)
    assert found is not None
    assert all(one.code is RF330 for one in found.diagnostics)
    assert len(found.diagnostics) == sum(one.hides != "never" for one in found.audits)
    for entry in found.audits:
        for one in entry.outputs:
            assert one.witness is not None
            known = {name: value for name, value in one.witness.case.items() if name not in one.witness.not_assessed}
            assert entry.finding in one.witness.not_assessed
            assert set(known).isdisjoint(one.witness.not_assessed)
            assert one.region.cubes
