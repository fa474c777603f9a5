"""The chain from evidence to hazard of the rules that a change is about."""

from collections.abc import Collection, Iterable

from redflag_kit.evaluate.engine import engine
from redflag_kit.evaluate.reach import reach
from redflag_kit.model.in_force import in_force
from redflag_kit.model.vignette import Vignette
from redflag_kit.results.diff import ChangeClass, RuleEdit
from redflag_kit.results.trace import ChangedTrace, TracedRule
from redflag_kit.trace.guards import applies_to, guarded_by
from redflag_kit.workflow.sides import Side, editions_of, hazard_logs_of, vignettes_of
from redflag_kit.workflow.test import highest
from redflag_kit.workflow.trace import traced_rule


def changed_trace(old: Side, new: Side, classes: Iterable[ChangeClass], edits: Iterable[RuleEdit]) -> ChangedTrace:
    """Return the chain of every rule that decides a change, before or after it, or was edited.

    Vignettes, properties and hazards are those of the new side.
    """
    classes, edits = tuple(classes), tuple(edits)
    before = {one.old_rule.id for one in classes} | {rule.id for one in edits for rule in one.old_rules}
    after = {one.new_rule.id for one in classes} | {rule.id for one in edits for rule in one.new_rules}
    return ChangedTrace(_traced(old, old, new, before - {""}), _traced(new, old, new, after - {""}))


def _traced(side: Side, old: Side, new: Side, wanted: Collection[str]) -> tuple[TracedRule, ...]:
    guideline, library = side.guideline, new.project.library
    if not wanted:
        return ()
    vignettes = _exercising(side, old, new)
    editions = side.project.library.guidelines
    standing = {part.guideline.path for family in in_force(editions) for part in family.in_force}
    guards = {
        one.id: guarded_by(one, guideline, applies_to(one, guideline, guideline.path in standing, editions))
        for one in library.properties
        if one.vocabulary == guideline.vocabulary.id
    }
    hazards = [one for log in hazard_logs_of(old, new) for one in log.hazards]
    verdicts = library.verdicts()
    reached = reach(engine(guideline, [one.findings for one in vignettes]), vignettes, wanted)
    return tuple(
        traced_rule(
            guideline,
            found,
            verdicts,
            tuple(name for name, rules in guards.items() if found.rule in rules),
            tuple(one.id for one in hazards if found.rule in one.controlled_by(guideline)),
        )
        for found in reached
    )


def _exercising(side: Side, old: Side, new: Side) -> tuple[Vignette, ...]:
    """Return the vignettes that expect something of an edition, by its name."""
    editions = tuple(editions_of(old, new))
    return tuple(
        one
        for one in vignettes_of(old, new)
        if any(
            (found := highest(editions, e.guideline, e.version)) is not None and found.name == side.guideline.name
            for e in one.expectations
        )
    )
