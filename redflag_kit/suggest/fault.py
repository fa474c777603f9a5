"""What a patient gets from a guideline and from one with a fault, by the literal interpreter.

Claim: outputs are named exactly where the definition of meaning itself, entailment included, gives something else.
"""

from collections.abc import Mapping, Sequence

from redflag_kit.model.condition import Value
from redflag_kit.model.guideline import Guideline
from redflag_kit.semantics.literal import entail, read
from redflag_kit.terms.scale import Status


def changed_outputs(
    guideline: Guideline, faulty: Mapping[str, Guideline], patient: Mapping[str, Value]
) -> dict[str, tuple[str, ...]]:
    """Return, for each faulty guideline, the covered outputs that the patient gets otherwise."""
    before = entail(guideline, read(guideline, patient).values)
    found = {}
    for name, one in faulty.items():
        after = entail(one, read(one, patient).values)
        found[name] = tuple(output for output in guideline.covers if before[output] != after[output])
    return found


def outputs_to_expect(
    guideline: Guideline, patient: Mapping[str, Value], changed: Sequence[Sequence[str]]
) -> tuple[str, ...]:
    """Return the outputs of which a vignette has to say something: those on which the rules do, and what would change.

    `changed`: for each fault, the outputs that it changes; of those not said yet one is enough. Nothing is returned
    where one word stands for all outputs: out of scope, or silent. What is not listed has to be silent as written.
    """
    values = read(guideline, patient).values
    said = {name for name in guideline.covers if values[name] != Status.SILENT.value}
    if not said or all(values[name] == Status.OUT_OF_SCOPE.value for name in guideline.covers):
        return ()
    for outputs in changed:
        if outputs and said.isdisjoint(outputs):
            said.add(outputs[0])
    return tuple(name for name in guideline.covers if name in said)


def rules_in_play(guideline: Guideline, patient: Mapping[str, Value]) -> tuple[str, ...]:
    """Return the rules that fire for a patient."""
    return read(guideline, patient).fired
