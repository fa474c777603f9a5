"""Rule reach is what going through patients says: fires, may fire, narrowly missed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from hypothesis import given

from redflag_kit.diagnostics.span import NOWHERE
from redflag_kit.evaluate.engine import Engine, engine
from redflag_kit.evaluate.reach import NarrowMiss, RuleReach, reach
from redflag_kit.model.condition import Value
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Stated, Vignette
from redflag_kit.semantics.literal import Patient, read
from tests.property import reference
from tests.property.effort import PATIENTS, examples
from tests.property.generators import Case, guidelines_with_cases


@dataclass
class Census:
    """Every legal patient of a guideline, and which rules fire for each."""

    guideline: Guideline
    engine: Engine

    def __post_init__(self) -> None:
        self.legal = reference.legal_patients(self.guideline)
        self.fired = {self.key(patient): frozenset(read(self.guideline, patient).fired) for patient in self.legal}

    def key(self, patient: Patient) -> tuple[Value, ...]:
        return tuple(patient.values())

    def answers(self, name: str) -> list[list[Value]]:
        """Return the values of a finding, those that no rule and no case tells apart together."""
        values = reference.values_of(self.guideline.vocabulary.findings[name])
        if name not in self.engine.atoms.inputs:
            return [list(values)]
        return [list(group) for _, group in groupby(values, lambda value: self.engine.atoms.atom_of(name, value))]

    def after(self, completions: list[Patient], name: str, answer: list[Value]) -> list[frozenset[str]]:
        """Return what fires for each completion once this finding alone has another value, where that is legal."""
        changed = [self.key({**patient, name: value}) for patient in completions for value in answer]
        return [self.fired[key] for key in changed if key in self.fired]

    def expected(self, rule: str, cases: list[list[Patient]]) -> RuleReach:
        fires, may, missed = [], [], []
        for number, completions in enumerate(cases):
            states = {rule in self.fired[self.key(patient)] for patient in completions}
            if states == {True}:
                fires.append(f"V{number}")
            elif True in states:
                may.append(f"V{number}")
            elif states and (findings := self.deciding(rule, completions)):
                missed.append(NarrowMiss(f"V{number}", tuple(findings)))
        return RuleReach(
            rule,
            tuple(fires),
            tuple(may),
            tuple(missed),
            any(rule in fired for fired in self.fired.values()),
            any(self.is_one_finding_away(rule, patient) for patient in self.legal),
        )

    def deciding(self, rule: str, completions: list[Patient]) -> list[str]:
        found = []
        for name in self.engine.diagrams.space.names:
            outcomes = [self.after(completions, name, answer) for answer in self.answers(name)]
            if any(after and all(rule in fired for fired in after) for after in outcomes):
                found.append(name)
        return found

    def is_one_finding_away(self, rule: str, patient: Patient) -> bool:
        if rule in self.fired[self.key(patient)]:
            return False
        return any(
            rule in fired
            for name in self.guideline.vocabulary.findings
            for answer in self.answers(name)
            for fired in self.after([patient], name, answer)
        )


@examples(60)
@given(guidelines_with_cases(PATIENTS))
def test_a_rule_is_reached_and_missed_as_patients_say(given_cases: tuple[Guideline, list[Case]]) -> None:
    guideline, drawn = given_cases
    vignettes = [vignette(f"V{number}", stated, bool(clean)) for number, (stated, clean) in enumerate(drawn)]
    ready = engine(guideline, [one.findings for one in vignettes])
    census = Census(guideline, ready)
    cases = [reference.fill(guideline, census.legal, *case).completions for case in drawn]
    assert reach(ready, vignettes) == tuple(census.expected(rule.id, cases) for rule in guideline.rules())


def vignette(name: str, findings: tuple[Stated, ...], fill_clean: bool) -> Vignette:
    return Vignette(name, name, "", "", (), findings, fill_clean, "", (), todo=False, span=NOWHERE)
