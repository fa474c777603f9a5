"""Controls of hazards: which are named, and which are in force.

A rule is in force if it bears on an output that its edition is in force for. A property is in force if it guards such a
rule. A vignette is in force if it expects something of an edition that has such a rule.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from redflag_kit.model.guideline import Guideline
from redflag_kit.model.hazard import Hazard
from redflag_kit.results.trace import TracedControl


@dataclass(frozen=True, slots=True)
class Standing:
    """What controls can stand on: all editions, and which rules (by edition), properties and vignettes are in force.

    Ids of properties are those of their vocabulary, which stands before them.
    """

    guidelines: tuple[Guideline, ...]
    rules: Mapping[str, frozenset[str]]
    properties: frozenset[tuple[str, str]]
    vignettes: frozenset[str]


def controls_of(hazard: Hazard, vocabulary: str, standing: Standing) -> tuple[TracedControl, ...]:
    """Return every control a hazard names: rules by edition, then properties, then vignettes."""
    return tuple(_controls(hazard, vocabulary, standing))


def _controls(hazard: Hazard, vocabulary: str, standing: Standing) -> Iterator[TracedControl]:
    for guideline in standing.guidelines:
        if guideline.vocabulary.id == vocabulary:
            for rule in hazard.controlled_by(guideline):
                in_force = rule in standing.rules.get(guideline.name, ())
                yield TracedControl("rule", guideline.name, rule, in_force)
    for name in hazard.properties:
        yield TracedControl("property", "", name, (vocabulary, name) in standing.properties)
    for name in hazard.vignettes:
        yield TracedControl("vignette", "", name, name in standing.vignettes)
