"""Random safety properties over random guidelines, and what they come to by going through patients."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from redflag_kit.analyse.properties.ward import Ward
from redflag_kit.diagnostics.span import NOWHERE
from redflag_kit.logic.algebra import R
from redflag_kit.model.condition import Always, Condition, Value
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.property import (
    Between,
    Claim,
    Editions,
    Floor,
    FloorRow,
    Known,
    Monotone,
    NumberSteps,
    Property,
    Standing,
    Statement,
    Steps,
    UnknownSafety,
    Values,
    WordSteps,
)
from redflag_kit.model.vocabulary import Finding, Output
from redflag_kit.semantics.literal import OutputValue, Patient, entail, holds, read
from redflag_kit.terms.scale import Scale
from tests.property.generators import Chooser, Testable, condition_of, range_of
from tests.property.reference import legal_patients, values_of, with_value

Trouble = tuple[Patient, tuple[str, ...]]
"""A patient, or the urgent completion of a case, with the findings of the case that are not assessed."""


# ---------------------------------------------------------------- making them


def property_of(claim: Claim | Between, values: Values = Values.ENTAILED, known: tuple[Known, ...] = ()) -> Property:
    return Property("P", "P", "harm", (), "an assumption", Standing.ALL, values, claim, known, "words", NOWHERE)


def known_where(where: Condition) -> Known:
    return Known(Editions("rules", "rules"), where, "it is so", ("BOOK",), NOWHERE)


def readable_by(guideline: Guideline) -> Testable:
    words = guideline.vocabulary
    return Testable(list(words.findings.values()), outputs=list(words.outputs.values()))


def values_read(c: Chooser) -> Values:
    return c.pick((Values.ENTAILED, Values.WRITTEN))


def statement_of(c: Chooser, guideline: Guideline) -> Statement:
    testable = readable_by(guideline)
    return Statement("when", condition_of(c, testable), condition_of(c, testable))


def floor_of(c: Chooser, guideline: Guideline) -> Floor:
    testable, outputs = readable_by(guideline), ordered(guideline)
    rows = []
    for _ in range(c.number(1, 2)):
        least = tuple((o.id, c.pick(o.scale.levels)) for o in c.some(outputs, least=1) if o.scale)
        rows.append(FloorRow(condition_of(c, testable, 1), least))
    return Floor(tuple(rows))


def monotone_of(c: Chooser, guideline: Guideline) -> Monotone:
    steps = tuple(steps_of(c, c.pick(list(guideline.vocabulary.findings.values()))) for _ in range(c.number(1, 3)))
    outputs = tuple(o.id for o in c.some(ordered(guideline), least=1))
    within = condition_of(c, readable_by(guideline), 1) if c.chance(30) else Always()
    return Monotone(steps, outputs, within)


def steps_of(c: Chooser, finding: Finding) -> Steps:
    if finding.grid is None:
        return WordSteps(finding.id, tuple(c.shuffled(finding.words)[: c.number(2, len(finding.words))]))
    return NumberSteps(finding.id, range_of(c, finding.grid), c.chance(60))


def unknown_safety_of(c: Chooser, guideline: Guideline) -> UnknownSafety:
    return UnknownSafety(tuple(o.id for o in c.some(ordered(guideline), least=1)))


def ordered(guideline: Guideline) -> list[Output]:
    return [o for o in guideline.vocabulary.outputs.values() if o.scale]


# ---------------------------------------------------------------- what they come to


class Reader:
    """What a guideline says of its patients, as a property reads it."""

    def __init__(self, guideline: Guideline, values: Values) -> None:
        self.guideline = guideline
        self.values = values
        self.legal = legal_patients(guideline)
        self.said = {tuple(p.values()): self._read(p) for p in self.legal}
        self.care = [p for p in self.legal if holds(guideline.scope, p, {})]

    def _read(self, patient: Patient) -> dict[str, OutputValue]:
        written = read(self.guideline, patient).values
        return entail(self.guideline, written) if self.values is Values.ENTAILED else written

    def of(self, patient: Patient) -> dict[str, OutputValue]:
        return self.said[tuple(patient.values())]


def place(scale: Scale, value: OutputValue) -> float | None:
    """Return where a value stands among the levels; None for a value that is not compared."""
    if value == "silent":
        return -0.5 if scale.against is None else scale.rank(scale.against) + 0.5
    return scale.rank(str(value)) if value in scale.levels else None


def is_lower(scale: Scale, value: OutputValue, other: OutputValue) -> bool:
    """Say whether a value is less urgent than another one."""
    one, two = place(scale, value), place(scale, other)
    return one is not None and two is not None and one < two and not scale.is_lateral(str(value), str(other))


def troubles(reader: Reader, claim: Claim) -> Iterator[Trouble]:
    """Yield everybody who breaks a claim."""
    match claim:
        case Statement():
            yield from ((p, ()) for p in reader.care if fails(reader, claim, p))
        case Floor():
            yield from ((p, ()) for p in reader.care if below(reader, claim, p))
        case Monotone():
            yield from ((p, ()) for p in reader.care if any(lowered(reader, claim, p)))
        case UnknownSafety():
            yield from unsafe(reader, claim)


def fails(reader: Reader, claim: Statement, patient: Patient) -> bool:
    said = reader.of(patient)
    return holds(claim.when, patient, said) and not holds(claim.then, patient, said)


def below(reader: Reader, claim: Floor, patient: Patient) -> bool:
    said, outputs = reader.of(patient), reader.guideline.vocabulary.outputs
    for row in claim.rows:
        for name, level in row.least if holds(row.when, patient, said) else ():
            scale = outputs[name].scale
            assert scale is not None
            if said[name] != "not_covered" and said[name] not in scale.levels[scale.rank(level) :]:
                return True
            if said[name] == "out_of_scope":
                raise AssertionError("a patient in scope is told to be out of scope")
    return False


def lowered(reader: Reader, claim: Monotone, patient: Patient) -> Iterator[bool]:
    """Yield, for each step that a patient can take and each output, whether it is lowered."""
    said = reader.of(patient)
    if not holds(claim.within, patient, said):
        return
    for steps in claim.steps:
        for value in later(reader.guideline.vocabulary.findings[steps.finding], steps, patient[steps.finding]):
            after = {**patient, steps.finding: value}
            if after in reader.care:
                for name in claim.outputs:
                    scale = reader.guideline.vocabulary.outputs[name].scale
                    assert scale is not None
                    yield is_lower(scale, reader.of(after)[name], said[name])


def later(finding: Finding, steps: Steps, value: Value) -> list[Value]:
    """Return the values a step leads to from a value."""
    if isinstance(steps, WordSteps):
        words: list[Value] = list(steps.words)
        return words[words.index(value) + 1 :] if value in words else []
    inside: list[Value] = [v for v in values_of(finding) if not isinstance(v, str) and v in steps.within]
    order = inside if steps.rising else inside[::-1]
    return order[order.index(value) + 1 :] if value in order else []


def unsafe(reader: Reader, claim: UnknownSafety) -> Iterator[Trouble]:
    """Yield every completion that is more urgent than the decided outcome of a case."""
    guideline, findings = reader.guideline, reader.guideline.vocabulary.findings
    for case in product(*((None, *values_of(finding)) for finding in findings.values())):
        known = {name: value for name, value in zip(findings, case, strict=True) if value is not None}
        unknown = tuple(name for name in findings if name not in known)
        completions = [p for p in reader.legal if all(p[name] == value for name, value in known.items())]
        filled = completions
        for name in (name for name in unknown if name in guideline.assume):
            filled = with_value(filled, name, guideline.assume[name].value) or filled
        for name in claim.outputs:
            scale = guideline.vocabulary.outputs[name].scale
            assert scale is not None
            decided = {reader.of(p)[name] for p in filled}
            if len(decided) == 1:
                (value,) = decided
                yield from ((p, unknown) for p in completions if is_lower(scale, value, reader.of(p)[name]))


def unusual(ward: Ward[R], trouble: Trouble) -> int:
    """Return how many findings of a case are not assessed, or in another atom than their ordinary value.

    What the urgent completion has for a finding that is not assessed is no part of the case.
    """
    patient, unknown = trouble
    atoms = ward.atoms
    known = (name for name in atoms.inputs if name not in unknown)
    odd = [n for n in known if atoms.atom_of(n, patient[n]) != atoms.atom_of(n, atoms.inputs[n].calm)]
    return len(odd) + len(unknown)
