"""Analyse a guideline: its faults in clinical words, each at its line and with a patient the reference confirms."""

from dataclasses import dataclass
from fractions import Fraction

from redflag_kit.analyse.confirm import confirms
from redflag_kit.analyse.confirm_case import confirms_case, known_of, unknown_of
from redflag_kit.analyse.fault import Fault, Where
from redflag_kit.analyse.run import Unsettled, Wanted, run
from redflag_kit.analyse.subject import Subject
from redflag_kit.analyse.waivers import reason_for, unused
from redflag_kit.analyse.words import Words, told
from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic, quoted
from redflag_kit.evaluate.engine import Engine
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.logic.budget import NO_DEADLINE, Deadline
from redflag_kit.logic.mdd import count
from redflag_kit.model.condition import Always, Value
from redflag_kit.model.vocabulary import Comparison
from redflag_kit.results.region import Cube, Region
from redflag_kit.semantics.literal import is_legal
from redflag_kit.semantics.witness import patient_at
from redflag_kit.wording.cases import entry_values, patient_json
from redflag_kit.wording.findings import patient_phrases
from redflag_kit.wording.regions import alternatives, findings_words


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault as it is shown.

    `diagnostic` is our own fault instead if the reference does not confirm the patient. A waiver that nothing needs is
    a finding too, about no decision.
    """

    fault: Fault
    diagnostic: Diagnostic
    region: Region | None = None
    patient: dict[str, Value] | None = None


def analyse(
    engine: Engine, deadline: Deadline = NO_DEADLINE, wanted: Wanted = Wanted.EVERYTHING
) -> tuple[tuple[Finding, ...], tuple[Unsettled, ...]]:
    """Return what is wrong with a guideline's decisions, in the order of the file, and what was not decided."""
    found = run(subject_of(engine, deadline), wanted)
    shown = [_finding(engine, fault) for fault in found.faults]
    if wanted is Wanted.EVERYTHING and not found.unsettled:
        shown += [Finding(Fault(one.code, "", ()), one) for one in unused(engine.guideline, found.faults)]
    return tuple(sorted(shown, key=lambda one: one.diagnostic.sort_key)), found.unsettled


def subject_of(engine: Engine, deadline: Deadline = NO_DEADLINE) -> Subject[BddRegion]:
    """Return a guideline as the analyses read it."""
    defaults = {
        row.id
        for decision in engine.guideline.decisions
        for row in decision.otherwise or ()
        if row.id == f"{decision.id}.otherwise" and isinstance(row.when, Always)
    }
    compared = any(isinstance(one, Comparison) for one in engine.compiled.restrictions)
    weights = {
        name: [_size(engine, name, atom) for atom in range(engine.atoms.size(name))] for name in engine.atoms.inputs
    }

    def weigh(region: BddRegion) -> Fraction:
        return Fraction(count(engine.diagrams.freeze(region), weights))

    # Where two numbers are compared, only some of the numbers in a pair of atoms are legal, so atoms cannot be weighed.
    return Subject(
        engine.compiled,
        engine.atoms,
        engine.diagrams,
        engine.meaning,
        None if compared else weigh,
        frozenset(defaults),
        deadline,
    )


def _size(engine: Engine, name: str, atom: int) -> int:
    grid = engine.atoms.inputs[name].grid
    if grid is None:
        return 1
    interval = engine.atoms.interval(name, atom)
    return int((interval.high - interval.low) / grid.step) + 1


def _finding(engine: Engine, fault: Fault) -> Finding:
    words = told(engine, fault)
    region = None if fault.where is None else region_of(engine, fault.where)
    patient = _patient(engine, fault)
    confirmed = patient is None or (
        confirms_case(engine, fault) if fault.point is None else _is_confirmed(engine, fault, patient)
    )
    if not confirmed:
        return Finding(fault, _unconfirmed(fault, words), region, patient)
    diagnostic = Diagnostic(
        span=words.span,
        code=fault.code,
        message=words.message,
        help=words.help,
        related=words.related,
        rules=fault.rules,
        findings=fault.names if fault.code is codes.RF310 else (),
        witness=_witness(engine, fault, patient),
        where=region.text if region else "",
        waived=reason_for(engine.guideline, fault),
    )
    return Finding(fault, diagnostic, region, patient)


def _patient(engine: Engine, fault: Fault) -> dict[str, Value] | None:
    """Return the patient of a fault; of a case only what is known."""
    findings, restrictions = engine.guideline.vocabulary.findings, engine.compiled.restrictions
    if fault.point is not None:
        return patient_at(fault.point, engine.atoms, restrictions, findings)
    return known_of(engine, fault) if fault.code is codes.RF312 else None


def _witness(engine: Engine, fault: Fault, patient: dict[str, Value] | None) -> dict[str, object] | None:
    if patient is None:
        return None
    findings = engine.guideline.vocabulary.findings
    text = patient_words(engine, patient)
    if fault.code is codes.RF312:
        open_ = [f"{findings[name].label}: not assessed" for name in findings if name in unknown_of(fault)]
        text = ", ".join((*open_, text))
    return {"case": patient_json(patient, findings), "text": text}


def _is_confirmed(engine: Engine, fault: Fault, patient: dict[str, Value]) -> bool:
    guideline = engine.guideline
    return is_legal((*guideline.vocabulary.constraints, *guideline.constraints), patient) and confirms(
        guideline, fault, patient
    )


def _unconfirmed(fault: Fault, words: Words) -> Diagnostic:
    message = f"the reference evaluator does not confirm {fault.code.name} in {quoted(fault.decision)}"
    return Diagnostic(words.span, codes.RF902, message, "please report this as a fault of redflag-kit")


def patient_words(engine: Engine, patient: dict[str, Value]) -> str:
    """Return what is worth saying of a witness."""
    calm = {name: one.calm for name, one in engine.atoms.inputs.items()}
    findings = engine.guideline.vocabulary.findings
    calm |= {name: f.example if f.clean is None else f.clean for name, f in findings.items() if name not in calm}
    said = patient_phrases(findings, patient, calm)
    return ", ".join(said) or "nothing unusual"


def region_of(engine: Engine, where: Where) -> Region:
    """Return a region in plain words and as data."""
    findings = engine.guideline.vocabulary.findings
    cubes = []
    for masks in where.cubes:
        entries = [engine.atoms.entry(name, mask) for name, mask in masks.items()]
        literals = tuple((entry.finding, entry_values(findings[entry.finding], entry)) for entry in entries)
        cubes.append(Cube(literals, findings_words(entries, findings)))
    text = alternatives(cube.words for cube in cubes)
    return Region(text if where.exact else f"{text}; and more", tuple(cubes), where.exact)
