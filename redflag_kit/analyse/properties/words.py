"""Plain words for counterexamples."""

from collections.abc import Iterable, Mapping

from redflag_kit.analyse.properties.breach import Counterexample
from redflag_kit.analyse.properties.verdict import Verdict
from redflag_kit.model.condition import Value
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vocabulary import Output
from redflag_kit.wording.conditions import value_words
from redflag_kit.wording.findings import patient_phrases, value_phrase


def who(guideline: Guideline, shown: Counterexample) -> tuple[str, ...]:
    """Return what is worth saying of a patient or case: what is not ordinary, then what is not assessed."""
    findings = guideline.vocabulary.findings
    ordinary = {name: f.example if f.clean is None else f.clean for name, f in findings.items()}
    known = {name: value for name, value in shown.patient.items() if name not in shown.unknown}
    phrases = patient_phrases(findings, known, ordinary)
    return (*(phrases or ("nothing unusual",)), *(f"{findings[name].label}: not assessed" for name in shown.unknown))


def what(guideline: Guideline, shown: Counterexample, old: Guideline | None = None) -> str:
    """Return what the guideline says of a counterexample and what is wrong with that, or what each edition says."""
    outputs = guideline.outputs
    if old is not None:
        return f"{_of(old, shown.said)}; {_of(guideline, shown.instead)}"
    said = _said(shown.said, outputs)
    if shown.wanted:
        wanted = dict(shown.wanted)
        return "; ".join(
            f"{one}, wanted at least {value_words(outputs[name], wanted[name])}"
            for one, (name, _) in zip(said, shown.said, strict=True)
        )
    if shown.changed is not None:
        return f"{'; '.join(said)}; {_step(guideline, shown.changed)}: {'; '.join(_said(shown.instead, outputs))}"
    if shown.unknown:
        told = _told(guideline, shown.patient, shown.unknown)
        return f"decided as {'; '.join(said)}, although with {told}: {'; '.join(_said(shown.instead, outputs))}"
    return "; ".join(said)


def headline(verdict: Verdict) -> str:
    """Return one line that says what is wrong."""
    assert verdict.counterexample is not None
    said = what(verdict.guideline, verdict.counterexample, verdict.old)
    return said or "the patient shown does not satisfy it"


def _of(edition: Guideline, pairs: tuple[tuple[str, str], ...]) -> str:
    told = "; ".join(_said(pairs, edition.vocabulary.outputs)) or "the patient is in scope"
    return f"{edition.name} says {told}"


def _said(pairs: Iterable[tuple[str, str]], outputs: Mapping[str, Output]) -> list[str]:
    return [f"{outputs[name].label}: {_value(outputs[name], value)}" for name, value in pairs]


def _value(output: Output, value: str) -> str:
    if output.scale is None:
        return ", ".join(value_words(output, one) for one in value.split(", "))
    return value_words(output, value)


def _step(guideline: Guideline, changed: tuple[str, Value, Value]) -> str:
    name, before, after = changed
    finding = guideline.vocabulary.findings[name]
    return f"with {value_phrase(finding, after)} instead of {value_phrase(finding, before)}"


def _told(guideline: Guideline, patient: Mapping[str, Value], names: Iterable[str]) -> str:
    findings = guideline.vocabulary.findings
    return " and ".join(value_phrase(findings[name], patient[name]) for name in names)
