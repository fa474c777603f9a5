"""Monotone outputs: adding a finding never lowers them.

Claim: a breach is found exactly if two legal patients in scope differ in nothing but one listed step, the first of them
satisfies `within`, and a covered output has a less urgent value (`order`) for the second.
Every pair of values of a step is tried, not only neighbours: constraints may forbid the value between.
"""

from collections.abc import Iterator, Mapping

from redflag_kit.analyse.properties.breach import Breach, Counterexample, Move
from redflag_kit.analyse.properties.order import more_urgent
from redflag_kit.analyse.properties.reference import in_care, reading_of, said
from redflag_kit.analyse.properties.ward import Ward
from redflag_kit.compile.compiler import on_grid
from redflag_kit.compile.expression import InputEntry
from redflag_kit.logic.algebra import R, disjunction
from redflag_kit.logic.space import Point
from redflag_kit.model.condition import Value
from redflag_kit.model.property import Monotone, Steps, Values, WordSteps
from redflag_kit.semantics.literal import holds


def breaches(ward: Ward[R], claim: Monotone, values: Values, among: R) -> Iterator[Breach[R]]:
    """Yield, per move and covered output, the patients before whom the move lowers."""
    whom = ward.care & among & ward.region(claim.within, values)
    covered = [name for name in claim.outputs if name in ward.guideline.covers]
    for move in moves(ward, claim):
        change = ward.after(move.finding, move.after)
        before = whom & ward.algebra.literal(move.finding, 1 << move.before) & change.care()
        for name in covered:
            lowered = _lowered(ward, name, ward.values(name, values), change.values(name, values))
            yield Breach(before & lowered, move=move)


def _lowered(ward: Ward[R], name: str, now: Mapping[str, R], then: Mapping[str, R]) -> R:
    scale = ward.output(name).scale
    assert scale is not None
    higher = more_urgent(scale)
    return disjunction(
        ward.algebra, (region & ward.among(now, higher[value]) for value, region in then.items() if value in higher)
    )


def moves(ward: Ward[R], claim: Monotone) -> Iterator[Move]:
    """Yield every move of the listed steps; a finding that nothing tests moves without effect and is left out."""
    found: dict[Move, None] = {}
    for steps in claim.steps:
        if steps.finding in ward.atoms.inputs:
            order = _atoms(ward, steps)
            found |= {Move(steps.finding, a, b): None for i, a in enumerate(order) for b in order[i + 1 :]}
    yield from found


def _atoms(ward: Ward[R], steps: Steps) -> list[int]:
    """Return the atoms that a step leads through, first to last."""
    if isinstance(steps, WordSteps):
        return [ward.atoms.atom_of(steps.finding, word) for word in steps.words]
    grid = ward.atoms.inputs[steps.finding].grid
    assert grid is not None
    mask = ward.atoms.mask(InputEntry(steps.finding, intervals=on_grid((steps.within,), grid, False)))
    atoms = [atom for atom in range(ward.atoms.size(steps.finding)) if mask >> atom & 1]
    return atoms if steps.rising else atoms[::-1]


def counterexample(ward: Ward[R], claim: Monotone, values: Values, point: Point, move: Move) -> Counterexample | None:
    """Return the patient before a move, or None if the literal interpreter finds that it lowers nothing."""
    pair = _pair(ward, point, move)
    if pair is None:
        return None
    before, after = pair
    now, then = (reading_of(ward.guideline, patient, values) for patient in pair)
    lowered = []
    for name in claim.outputs:
        scale = ward.guideline.vocabulary.outputs[name].scale
        assert scale is not None
        known = more_urgent(scale)
        if name in ward.guideline.covers and now.values[name] in known.get(str(then.values[name]), ()):
            lowered.append(name)
    if not lowered or not holds(claim.within, before, now.values):
        return None
    changed = (move.finding, before[move.finding], after[move.finding])
    return Counterexample(before, said(now, lowered), now.fired, instead=said(then, lowered), changed=changed)


def _pair(ward: Ward[R], point: Point, move: Move) -> tuple[dict[str, Value], dict[str, Value]] | None:
    """Return two patients in care who differ in the move alone.

    Compared numbers leave room on one side only, so the patient is drawn at the tighter of the two points.
    """
    position = ward.algebra.space.position(move.finding)
    for drawn, other in ((move.before, move.after), (move.after, move.before)):
        one = ward.patient_at((*point[:position], drawn, *point[position + 1 :]))
        two = {**one, move.finding: ward.atoms.value_nearest_calm(move.finding, other)}
        if in_care(ward.guideline, one) and in_care(ward.guideline, two):
            return (one, two) if drawn == move.before else (two, one)
    return None
