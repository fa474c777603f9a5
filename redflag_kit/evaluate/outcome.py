"""Outcomes of a filled case, as results."""

from collections.abc import Collection, Mapping

from redflag_kit.evaluate.engine import Engine
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.model.vocabulary import Output
from redflag_kit.results.case import Outcome, PivotalAssumption
from redflag_kit.semantics.cases import Filled, Possible
from redflag_kit.semantics.hit_policies import aspects
from redflag_kit.terms.scale import STATUSES
from redflag_kit.wording.conditions import value_words
from redflag_kit.wording.findings import bare_value


def outcomes(engine: Engine, case: Filled[BddRegion], only: Collection[str] | None = None) -> tuple[Outcome, ...]:
    """Return the outcome of every covered output, or of those among `only`."""
    covers = engine.guideline.covers
    return tuple(_outcome(engine, output, case) for output in covers if only is None or output in only)


def pivotal_assumptions(engine: Engine, case: Filled[BddRegion]) -> tuple[PivotalAssumption, ...]:
    """Return the assumed values without which some outcome would be another."""
    outlook = engine.outlook(case.region)
    found = []
    for name in case.assumed:
        if engine.outlook(case.without[name]) != outlook:
            finding = engine.guideline.vocabulary.findings[name]
            assume = engine.guideline.assume[name]
            value = bare_value(finding, assume.value)
            found.append(PivotalAssumption(name, value, assume.reason, assume.evidence, finding.label))
    return tuple(found)


def _outcome(engine: Engine, name: str, case: Filled[BddRegion]) -> Outcome:
    output = engine.guideline.outputs[name]
    found = engine.possible(name, case.region)
    as_written = engine.possible_as_written(name, case.region)
    levels = [value for value in found.values if value not in STATUSES]
    deciding = _deciding_rules(engine, output, found, case.region)
    used = {a for rule in engine.rules if rule.id in deciding for a in rule.assumptions}
    return Outcome(
        output=name,
        kind="ordered" if output.scale else "set",
        decided=found.decided,
        possible=found.values,
        lowest=levels[0] if levels else None,
        highest=levels[-1] if levels else None,
        must=found.must,
        may=found.may,
        rules=deciding,
        assumptions=tuple(sorted(used)),
        written=(*as_written.may, *as_written.values),
        label=output.label,
        text=possible_words(output, found),
    )


def _deciding_rules(engine: Engine, output: Output, possible: Possible, case: BddRegion) -> tuple[str, ...]:
    """Return the rules that decide the output in some completion; where it is entailed, those behind that level."""
    if output.scale:
        regions = engine.entailed[output.id, ""]
        found = {rule for value in possible.values for rule in _behind(engine, output, value, case & regions[value])}
    else:
        cells = [cell for aspect in aspects(output) for cell in engine.meaning.cells[aspect]]
        found = {cell.rule for cell in cells if cell.rule and not (case & cell.region).is_empty()}
    return tuple(rule.id for rule in engine.rules if rule.id in found)


def _behind(engine: Engine, output: Output, value: str, region: BddRegion) -> set[str]:
    """Return the rules because of which an ordered output has a value, in a region where it has that value."""
    outputs = engine.guideline.outputs
    names = (output.id,) if value in STATUSES else _with_members(output, outputs)
    found: set[str] = set()
    rest = region
    for cell in (cell for name in names for cell in engine.meaning.cells[name, ""]):
        if cell.value == value and cell.rule and not (region & cell.region).is_empty():
            found.add(cell.rule)
            rest = rest - cell.region
    if value not in STATUSES and not rest.is_empty():  # advice against, passed down from an umbrella
        for above in outputs.values():
            if output.id in above.satisfied_by:
                advised = engine.entailed[above.id, ""].get(value, engine.diagrams.empty)
                found |= _behind(engine, above, value, rest & advised)
    return found


def _with_members(output: Output, outputs: Mapping[str, Output]) -> tuple[str, ...]:
    members = [outputs[name] for name in output.satisfied_by if name in outputs]
    return (output.id, *(name for member in members for name in _with_members(member, outputs)))


def possible_words(output: Output, found: Possible) -> str:
    """Return what an output can be in plain words."""
    said = [value_words(output, value) for value in found.values]
    if output.scale is None:
        return _set_words(output, found, said)
    levels = [value for value in found.values if value not in STATUSES]
    if len(levels) > 2:
        statuses = [value_words(output, value) for value in found.values if value in STATUSES]
        range_words = f"{value_words(output, levels[0])} .. {value_words(output, levels[-1])}"
        return ", or ".join([range_words, *statuses])
    return ", or ".join(said)


def _set_words(output: Output, found: Possible, statuses: list[str]) -> str:
    must = ", ".join(output.phrase(member) for member in found.must)
    perhaps = ", ".join(output.phrase(member) for member in found.may if member not in found.must)
    parts = [must] if must else []
    parts += [f"perhaps {perhaps}"] if perhaps else []
    return "; ".join([*parts, *(f"or {status}" if parts else status for status in statuses)])
