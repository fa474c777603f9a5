"""Witnesses of survivors in words: who gets another outcome from the mutant, and which.

Claim: the outcomes of a patient are those of the literal interpreter, entailment included, for the guideline and for
the mutant; those of a case in which something was not assessed are those of the evaluator.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.evaluate.engine import Engine
from redflag_kit.evaluate.outcome import outcomes
from redflag_kit.model.condition import Value
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Stated
from redflag_kit.model.vocabulary import Finding, Output
from redflag_kit.results.mutate import MutantWitness, OutcomePair
from redflag_kit.semantics.literal import OutputValue, entail, read
from redflag_kit.wording.cases import case_json, stated_patient, stated_words
from redflag_kit.wording.conditions import value_words
from redflag_kit.wording.findings import patient_phrases

ORDINARY = "every finding at its ordinary value"


def witness_of(ready: Engine, mutant: Guideline, case: tuple[Stated, ...]) -> MutantWitness:
    """Return a case with what comes out of it on either side, as far as that differs.

    Only a mutant that changes what is assumed may have a case in which something was not assessed.
    """
    guideline = ready.guideline
    findings = guideline.vocabulary.findings
    patient = patient_of(findings, case)
    pairs = _of_case(ready, mutant, case) if patient is None else _of_patient(guideline, mutant, patient)
    known = case if patient is None else stated_patient(patient)
    return MutantWitness(case_json(known, findings), _words(findings, known), tuple(pairs), patient is not None)


def patient_of(findings: Mapping[str, Finding], case: Iterable[Stated]) -> dict[str, Value] | None:
    """Return the patient whom a case states in full, or None if it leaves a finding open."""
    stated = {one.finding: _value(one) for one in case}
    patient = {name: value for name in findings if (value := stated.get(name)) is not None}
    return patient if len(patient) == len(findings) else None


def _value(one: Stated) -> Value | None:
    if one.unknown:
        return None
    return next(iter(one.words)) if len(one.words) == 1 else one.number()


def _of_patient(guideline: Guideline, mutant: Guideline, patient: Mapping[str, Value]) -> Iterable[OutcomePair]:
    before, after = (entail(one, read(one, patient).values) for one in (guideline, mutant))
    for name in guideline.covers:
        output = guideline.outputs[name]
        if before[name] != after[name]:
            yield OutcomePair(name, output.label, value_text(output, before[name]), value_text(output, after[name]))


def value_text(output: Output, value: OutputValue) -> str:
    """Return a value of an output in plain words."""
    if isinstance(value, str):
        return value_words(output, value)
    return ", ".join(output.phrase(one) for one in output.elements if one in value)


def _of_case(ready: Engine, mutant: Guideline, case: tuple[Stated, ...]) -> Iterable[OutcomePair]:
    # COST: what is assumed has no part in any region, so nothing but that is compiled again.
    assumed = replace(ready.compiled, assume=compile_guideline(mutant).assume)
    before, after = (
        outcomes(one, one.fill(case, False)) for one in (ready, replace(ready, guideline=mutant, compiled=assumed))
    )
    for one, two in zip(before, after, strict=True):
        if (one.possible, one.must, one.may) != (two.possible, two.must, two.may):
            yield OutcomePair(one.output, one.label, one.text, two.text)


def _words(findings: Mapping[str, Finding], case: Iterable[Stated]) -> str:
    """Return what is worth saying of a case: what is not at its ordinary value, and what was not assessed."""
    stated = {one.finding: one for one in case}
    calm = {name: f.example if f.clean is None else f.clean for name, f in findings.items()}
    values = {name: value for name, one in stated.items() if (value := _value(one)) is not None}
    unusual = patient_phrases(findings, values, calm)
    open_ones = (stated_words(findings[name], stated.get(name)) for name in findings if name not in values)
    return "; ".join((*unusual, *open_ones)) or ORDINARY
