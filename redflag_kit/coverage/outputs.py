"""Outputs: each value that some patient gets is expected by a vignette.

Definition: the values of a covered output are the levels, elements and statuses that some legal patient gets,
entailment included. A value is covered by a vignette that expects exactly it and gets it: the level or status alone,
the element among those that are always listed. Who leaves an output unlisted expects silence, where that is what comes
out. Values that some rule gives and no patient can get are impossible; values that no rule gives are not counted.
"""

from collections.abc import Iterator, Sequence

from redflag_kit.coverage.aim import Aim
from redflag_kit.coverage.item import item
from redflag_kit.coverage.shown import Shown
from redflag_kit.evaluate.engine import Engine
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.model.guideline import Rule
from redflag_kit.model.vocabulary import Output
from redflag_kit.observe.effect import View
from redflag_kit.results.coverage import OUTPUTS, CoverageItem
from redflag_kit.semantics.hit_policies import LISTED, aspects
from redflag_kit.terms.scale import STATUSES
from redflag_kit.wording.conditions import value_words


def outputs(engine: Engine, vignettes: Sequence[Shown]) -> Iterator[Aim]:
    """Yield one item per covered output and value: levels or elements in their order, then statuses."""
    for name in engine.compiled.covers:
        output = engine.compiled.outputs[name]
        for value, region in _values(engine, output).items():
            patients = engine.meaning.legal & region
            reachable = not patients.is_empty()
            if reachable or _writing(engine, output, value):
                by = next((one.name for one in vignettes if _expects(one, output, value, region)), "")
                yield Aim(_item(engine, output, value, by, reachable), patients)


def _values(engine: Engine, output: Output) -> dict[str, BddRegion]:
    """Return where an output has each value: levels or elements, and statuses."""
    nobody = engine.diagrams.empty
    if output.scale:
        table = engine.entailed[output.id, ""]
        return {value: table.get(value, nobody) for value in (*output.scale.levels, *STATUSES)}
    found = {aspect[1]: engine.entailed[aspect].get(LISTED, nobody) for aspect in aspects(output)}
    return found | {status: engine.meaning.sets[output.id].get(status, nobody) for status in STATUSES}


def _expects(one: Shown, output: Output, value: str, region: BddRegion) -> bool:
    """Say whether a vignette expects a value, and that alone or, as a member of a set, in every completion."""
    if value in output.elements:
        return (output.id, value) in one.listed
    return any((view, output.id) in one.looks for view in View) and (one.region - region).is_empty()


def _item(engine: Engine, output: Output, value: str, by: str, reachable: bool) -> CoverageItem:
    writing = _writing(engine, output, value)
    span = writing[0].span if writing else engine.guideline.span
    text = f"{output.label}: {value_words(output, value)}"
    why = "" if reachable else "no patient gets it"
    rules = tuple(rule.id for rule in writing)
    return item(f"{output.id}={value}", OUTPUTS, by, text, why, span, rules=rules, output=output.id)


def _writing(engine: Engine, output: Output, value: str) -> tuple[Rule, ...]:
    """Return the rules that write a value to an output, else those that write it to one that entails it."""
    declared = engine.compiled.outputs
    above = [one.id for one in declared.values() if output.id in one.satisfied_by]
    passed_down = above if output.scale and value == output.scale.against else []
    for names in ((output.id,), output.satisfied_by, passed_down):
        found = tuple(rule for rule in engine.rules if any(value in rule.writes(name) for name in names))
        if found:
            return found
    return ()
