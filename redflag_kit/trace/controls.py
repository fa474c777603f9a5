"""Controls of hazards: which are named, and which are in force.

A rule is in force with its edition, for any output. A property is in force if it guards a rule of an edition that is. A
vignette is in force if it expects something of such an edition.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from redflag_kit.model.guideline import Guideline
from redflag_kit.model.hazard import Hazard
from redflag_kit.results.trace import TracedControl


@dataclass(frozen=True, slots=True)
class Standing:
    """What controls can stand on: all editions, the names of those in force, and what properties and vignettes reach.

    `guarded`: property -> editions in which it guards a rule. `expected`: vignette -> editions it expects something of.
    """

    guidelines: tuple[Guideline, ...]
    in_force: frozenset[str]
    guarded: Mapping[str, frozenset[str]]
    expected: Mapping[str, frozenset[str]]

    def stands(self, editions: Iterable[str]) -> bool:
        """Say whether one of these editions is in force."""
        return not self.in_force.isdisjoint(editions)


def controls_of(hazard: Hazard, vocabulary: str, standing: Standing) -> tuple[TracedControl, ...]:
    """Return every control a hazard names: rules by edition, then properties, then vignettes."""
    return tuple(_controls(hazard, vocabulary, standing))


def _controls(hazard: Hazard, vocabulary: str, standing: Standing) -> Iterator[TracedControl]:
    for guideline in standing.guidelines:
        if guideline.vocabulary.id == vocabulary:
            for rule in hazard.controlled_by(guideline):
                yield TracedControl("rule", guideline.name, rule, guideline.name in standing.in_force)
    for name in hazard.properties:
        yield TracedControl("property", "", name, standing.stands(standing.guarded.get(name, ())))
    for name in hazard.vignettes:
        yield TracedControl("vignette", "", name, standing.stands(standing.expected.get(name, ())))
