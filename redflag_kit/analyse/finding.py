"""What an analysis finds: a fault of a decision, where it is, and a patient who shows it."""

from dataclasses import dataclass

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.codes import Code
from redflag_kit.diagnostics.diagnostic import Diagnostic, Note, quoted
from redflag_kit.diagnostics.span import Span
from redflag_kit.evaluate.engine import Engine
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.model.condition import Value
from redflag_kit.semantics.literal import is_legal, read
from redflag_kit.semantics.witness import witness
from redflag_kit.wording.cases import patient_json
from redflag_kit.wording.findings import patient_phrases


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault. `region` says where; `patient` is a witness that the literal interpreter has confirmed."""

    code: Code
    decision: str
    rules: tuple[str, ...]
    region: BddRegion
    patient: dict[str, Value] | None
    span: Span
    message: str
    help: str
    related: tuple[Note, ...] = ()


def witness_in(engine: Engine, region: BddRegion) -> dict[str, Value] | None:
    """Return the canonical patient of a region of an engine."""
    findings = engine.guideline.vocabulary.findings
    return witness(region, engine.diagrams, engine.atoms, engine.compiled.restrictions, findings)


def patient_words(engine: Engine, patient: dict[str, Value]) -> str:
    """Return what is worth saying of a witness."""
    calm = {name: one.calm for name, one in engine.atoms.inputs.items()}
    findings = engine.guideline.vocabulary.findings
    calm |= {name: f.example if f.clean is None else f.clean for name, f in findings.items() if name not in calm}
    said = patient_phrases(findings, patient, calm)
    return ", ".join(said) or "nothing unusual"


def as_diagnostic(engine: Engine, finding: Finding) -> Diagnostic:
    """Return a finding as a diagnostic with its patient."""
    shown = None
    message = finding.message
    if finding.patient is not None:
        shown = {
            "case": patient_json(finding.patient, engine.guideline.vocabulary.findings),
            "text": patient_words(engine, finding.patient),
        }
    return Diagnostic(finding.span, finding.code, message, finding.help, finding.related, finding.rules, (), shown)


def unconfirmed(engine: Engine, finding: Finding) -> Diagnostic | None:
    """Re-run a witness on the literal interpreter; return our own fault if it does not show what it should."""
    if finding.patient is None:
        return None
    guideline = engine.guideline
    legal = is_legal((*guideline.vocabulary.constraints, *guideline.constraints), finding.patient)
    reading = read(guideline, finding.patient)
    shows = {
        codes.RF301: lambda: "gap" in reading.values.values(),
        codes.RF302: lambda: set(finding.rules) <= set(reading.fired),
        codes.RF303: lambda: "conflict" in reading.values.values(),
    }[finding.code]()
    if legal and shows:
        return None
    message = f"the reference evaluator does not confirm {finding.code.name} in {quoted(finding.decision)}"
    return Diagnostic(finding.span, codes.RF902, message, "please report this as a fault of redflag-kit")
