"""A patient as somebody would write it down: what is not as usual, and what the outcome hangs on.

Claim: the written case, findings left out taken as normal, includes the patient, and every completion of it gets the
outcome that the patient gets, as written and as entailed. So whatever changes the patient's outcome is noticed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from redflag_kit.compile.table import number_of
from redflag_kit.evaluate.engine import Engine
from redflag_kit.logic.algebra import conjunction, disjunction
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.logic.space import Point
from redflag_kit.model.condition import Value
from redflag_kit.model.vignette import Stated
from redflag_kit.model.vocabulary import Finding
from redflag_kit.semantics.cases import stated_entry
from redflag_kit.semantics.hit_policies import aspects
from redflag_kit.semantics.literal import is_legal
from redflag_kit.semantics.witness import patient_at
from redflag_kit.wording.cases import stated_patient

ROUND = 5
"""Numbers that may as well be others are multiples of so many steps, e.g. 55 years for anything over 50."""


@dataclass(frozen=True, slots=True)
class Written:
    """A patient and the findings that are written down of them, in vocabulary order; others are taken as normal."""

    patient: Mapping[str, Value]
    findings: tuple[Stated, ...]


def write_down(engine: Engine, point: Point, within: Iterable[BddRegion] = ()) -> Written:
    """Return the patient at a legal point, written down in as few findings as will do.

    Every completion stays in each of the regions `within`, which hold the point.
    """
    findings = engine.guideline.vocabulary.findings
    patient = patient_at(point, engine.atoms, engine.compiled.restrictions, findings)
    read = [name for name in findings if name in engine.atoms.inputs]
    unusual = [n for n in read if findings[n].clean is not None and patient[n] != findings[n].clean]
    unsaid = [name for name in read if findings[name].clean is None]
    other = (
        *others(engine, engine.fill(stated_patient({n: patient[n] for n in read}), False).region),
        *(~one for one in within),
    )
    known = {name: 1 << atom for name, atom in zip(engine.diagrams.space.names, point, strict=True)}
    told = (*unusual, *_telling(engine, known, unsaid, other))
    # INVARIANT: normal values and assumptions fit what is told, as the patient has them where they are taken.
    named = [name for name in read if name in told]
    patient = rounded(engine, patient, named)
    return Written(patient, stated_patient({name: patient[name] for name in named}))


def write_case(engine: Engine, case: Iterable[Stated]) -> tuple[Stated, ...]:
    """Return a case that leaves findings open in fewer words, with the same possible outcomes.

    Nothing is left out of one that would not be the same case with normal values filled in.
    """
    findings = engine.guideline.vocabulary.findings
    stated = tuple(one for one in case if one.finding in engine.atoms.inputs)
    region = engine.fill(stated, True).region
    short = tuple(one for one in stated if one.unknown or not _is_clean(findings[one.finding], one))
    if engine.fill(short, True).region != region:
        return stated
    known = {one.finding: engine.atoms.mask(stated_entry(engine.atoms.inputs[one.finding], one)) for one in stated}
    unsaid = [one.finding for one in stated if not one.unknown and findings[one.finding].clean is None]
    told = _telling(engine, known, unsaid, others(engine, region))
    return tuple(one for one in short if one.finding not in unsaid or one.finding in told)


def others(engine: Engine, case: BddRegion) -> tuple[BddRegion, ...]:
    """Return the regions that a case stays out of: whoever is in one of them gets what nobody in the case does.

    For sets also who gets less than everybody in the case does.
    """
    found = tables(engine)
    out = [one for one in found if (case & one).is_empty()]
    return (*out, *(~one for one in found if (case - one).is_empty()))


def tables(engine: Engine) -> tuple[BddRegion, ...]:
    """Return where each covered output, or member of a set, has each value, as written and as entailed."""
    found: dict[BddRegion, None] = {}
    for name in engine.guideline.covers:
        parts = [engine.meaning.sets.get(name, {})]
        for aspect in aspects(engine.guideline.outputs[name]):
            parts += [engine.written[aspect], engine.entailed[aspect]]
        found |= {one: None for values in parts for one in values.values()}
    return tuple(found)


def _is_clean(finding: Finding, stated: Stated) -> bool:
    return finding.clean is not None and (stated.words == {finding.clean} or stated.number() == finding.clean)


def _telling(
    engine: Engine, known: Mapping[str, int], unsaid: Sequence[str], other: Iterable[BddRegion]
) -> tuple[str, ...]:
    """Return those of some findings that have to be told, as without them somebody in an `other` region could be meant.

    `known`: the atoms of each finding. Findings that are not among those keep theirs.
    """
    literals = {name: engine.diagrams.literal(name, mask) for name, mask in known.items()}
    fixed = [region for name, region in reversed(literals.items()) if name not in unsaid]
    open_to = engine.meaning.legal & conjunction(engine.diagrams, fixed)
    bad = disjunction(engine.diagrams, (open_to & region for region in other))
    assume = engine.compiled.assume
    told = list(unsaid)
    for name in reversed(unsaid):
        rest = [one for one in told if one != name]
        assumed = name not in assume or literals[name] == _value(engine, name, assume[name])
        if assumed and (bad & conjunction(engine.diagrams, (literals[one] for one in rest))).is_empty():
            told = rest
    return tuple(told)


def _value(engine: Engine, name: str, value: Value) -> BddRegion:
    return engine.diagrams.literal(name, 1 << engine.atoms.atom_of(name, value))


def rounded(engine: Engine, patient: Mapping[str, Value], names: Iterable[str]) -> dict[str, Value]:
    """Return the patient with rounder numbers for some findings, where nothing tells these from the present ones."""
    constraints = (*engine.guideline.vocabulary.constraints, *engine.guideline.constraints)
    found = dict(patient)
    for name in names:
        tried = {**found, name: _rounder(engine, name, found[name])}
        found = tried if is_legal(constraints, tried) else found
    return found


def _rounder(engine: Engine, name: str, value: Value) -> Value:
    """Return the nearest multiple of `ROUND` steps among the numbers that nothing tells from a value, if there is one.

    The ordinary value of a finding stays as it is.
    """
    one = engine.atoms.inputs[name]
    if one.grid is None or value == one.calm:
        return value
    number, unit = number_of(value), one.grid.step * ROUND
    within = engine.atoms.interval(name, engine.atoms.atom_of(name, value))
    near = sorted((number // unit * unit, -(-number // unit) * unit), key=lambda other: abs(other - number))
    return next((other for other in near if within.low <= other <= within.high and other in one.grid), value)
