"""Analyse a guideline: its faults in clinical words, each at its line and with a patient the reference confirms."""

from dataclasses import dataclass

from redflag_kit.analyse.answers import Unsettled
from redflag_kit.analyse.confirm import confirms
from redflag_kit.analyse.confirm_case import confirms_case, known_of, unknown_of
from redflag_kit.analyse.engines import PRESENTED, Asked, analysed
from redflag_kit.analyse.fault import Fault, Where
from redflag_kit.analyse.run import Wanted
from redflag_kit.analyse.waivers import reason_for, unused
from redflag_kit.analyse.words import Words, told
from redflag_kit.compile.cuts import Atoms
from redflag_kit.compile.prepared import Prepared
from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic, quoted
from redflag_kit.logic.budget import NO_DEADLINE, Budget, BudgetExceeded, Deadline
from redflag_kit.model.condition import Always, Value
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vocabulary import Comparison
from redflag_kit.results.region import Cube, Region
from redflag_kit.semantics.literal import is_legal
from redflag_kit.semantics.witness import patient_at
from redflag_kit.wording.cases import entry_values, patient_json
from redflag_kit.wording.findings import patient_phrases
from redflag_kit.wording.regions import alternatives, findings_words

NODES = Budget().nodes


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


@dataclass(frozen=True, slots=True)
class Findings:
    """What is wrong with a guideline's decisions, in the order of the file; what was not decided; advice not given."""

    shown: tuple[Finding, ...]
    unsettled: tuple[Unsettled, ...] = ()
    ungiven: tuple[Unsettled, ...] = ()


def analyse(
    ready: Prepared, nodes: int = NODES, deadline: Deadline = NO_DEADLINE, wanted: Wanted = Wanted.EVERYTHING
) -> Findings:
    """Return what is wrong with a guideline's decisions, each with a patient the reference confirms."""
    asked = Asked(ready.compiled, ready.atoms, weights_of(ready), defaults_of(ready.guideline), wanted=wanted)
    found = analysed(asked, nodes, deadline.part(PRESENTED)).answer
    shown: list[Finding] = []
    unsettled = list(found.unsettled)
    for fault in found.faults:
        try:
            deadline.check("the confirmation of what was found")
        except BudgetExceeded as error:
            unsettled.append(_unread(len(found.faults) - len(shown), len(shown), error))
            break
        shown.append(_finding(ready, fault))
    if wanted is Wanted.EVERYTHING and found.complete and len(unsettled) == len(found.unsettled):
        shown += [Finding(Fault(one.code, "", ()), one) for one in unused(ready.guideline, found.faults)]
    ordered = tuple(sorted(shown, key=lambda one: one.diagnostic.sort_key))
    return Findings(ordered, tuple(unsettled), found.ungiven)


def _unread(left: int, shown: int, error: BudgetExceeded) -> Unsettled:
    question = f"whether the reference evaluator confirms {left} more findings"
    return Unsettled(question, error.budget, f"{shown} findings are confirmed and shown")


def weights_of(ready: Prepared) -> dict[str, list[int]] | None:
    """Return how many values each atom of each finding has; None where that does not count patients."""
    # Where two numbers are compared, only some of the numbers in a pair of atoms are legal, so atoms cannot be weighed.
    if any(isinstance(one, Comparison) for one in ready.compiled.restrictions):
        return None
    return {
        name: [_size(ready.atoms, name, atom) for atom in range(ready.atoms.size(name))] for name in ready.atoms.inputs
    }


def defaults_of(guideline: Guideline) -> frozenset[str]:
    """Return the rows that stand for a bare `otherwise`."""
    return frozenset(
        row.id
        for decision in guideline.decisions
        for row in decision.otherwise or ()
        if row.id == f"{decision.id}.otherwise" and isinstance(row.when, Always)
    )


def _size(atoms: Atoms, name: str, atom: int) -> int:
    grid = atoms.inputs[name].grid
    if grid is None:
        return 1
    interval = atoms.interval(name, atom)
    return int((interval.high - interval.low) / grid.step) + 1


def _finding(ready: Prepared, fault: Fault) -> Finding:
    words = told(ready, fault)
    region = None if fault.where is None else region_of(ready, fault.where)
    patient = _patient(ready, fault)
    confirmed = patient is None or (
        confirms_case(ready, fault) if fault.point is None else _is_confirmed(ready, fault, patient)
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
        witness=_witness(ready, fault, patient),
        where=region.text if region else "",
        waived=reason_for(ready.guideline, fault),
    )
    return Finding(fault, diagnostic, region, patient)


def _patient(ready: Prepared, fault: Fault) -> dict[str, Value] | None:
    """Return the patient of a fault; of a case only what is known."""
    findings, restrictions = ready.guideline.vocabulary.findings, ready.compiled.restrictions
    if fault.point is not None:
        return patient_at(fault.point, ready.atoms, restrictions, findings)
    return known_of(ready, fault) if fault.code is codes.RF312 else None


def _witness(ready: Prepared, fault: Fault, patient: dict[str, Value] | None) -> dict[str, object] | None:
    if patient is None:
        return None
    findings = ready.guideline.vocabulary.findings
    text = patient_words(ready, patient)
    if fault.code is codes.RF312:
        open_ = [f"{findings[name].label}: not assessed" for name in findings if name in unknown_of(fault)]
        text = ", ".join((*open_, text))
    return {"case": patient_json(patient, findings), "text": text}


def _is_confirmed(ready: Prepared, fault: Fault, patient: dict[str, Value]) -> bool:
    guideline = ready.guideline
    return is_legal((*guideline.vocabulary.constraints, *guideline.constraints), patient) and confirms(
        guideline, fault, patient
    )


def _unconfirmed(fault: Fault, words: Words) -> Diagnostic:
    message = f"the reference evaluator does not confirm {fault.code.name} in {quoted(fault.decision)}"
    return Diagnostic(words.span, codes.RF902, message, "please report this as a fault of redflag-kit")


def patient_words(ready: Prepared, patient: dict[str, Value]) -> str:
    """Return what is worth saying of a witness."""
    calm = {name: one.calm for name, one in ready.atoms.inputs.items()}
    findings = ready.guideline.vocabulary.findings
    calm |= {name: f.example if f.clean is None else f.clean for name, f in findings.items() if name not in calm}
    said = patient_phrases(findings, patient, calm)
    return ", ".join(said) or "nothing unusual"


def region_of(ready: Prepared, where: Where) -> Region:
    """Return a region in plain words and as data."""
    findings = ready.guideline.vocabulary.findings
    cubes = []
    for masks in where.cubes:
        entries = [ready.atoms.entry(name, mask) for name, mask in masks.items()]
        literals = tuple((entry.finding, entry_values(findings[entry.finding], entry)) for entry in entries)
        cubes.append(Cube(literals, findings_words(entries, findings)))
    text = alternatives(cube.words for cube in cubes)
    return Region(text if where.exact else f"{text}; and more", tuple(cubes), where.exact)
