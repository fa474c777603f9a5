"""Claims: what a text says, sentence by sentence, with a verdict on each and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from redflag_kit.diagnostics.span import Span
from redflag_kit.model.evidence import Source
from redflag_kit.model.guideline import Guideline, Rule

DISPUTED = ("contradicted", "not_found")
"""The verdicts whose figures may not be quoted without naming the claim."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of a text, paraphrased. A statistic lists the `figures` it quotes, such as `83 %`.

    `vignettes` and `properties` name what implements it besides rules; `no_rule` says why nothing does.
    """

    id: str
    group: str
    section: str
    says: str
    verdict: str
    why: str
    sources: tuple[str, ...]
    figures: tuple[str, ...]
    vignettes: tuple[str, ...]
    properties: tuple[str, ...]
    no_rule: str
    span: Span

    @property
    def disputed(self) -> bool:
        """Say whether its figures need its verdict beside them."""
        return self.verdict in DISPUTED


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Claims of one text that cannot all be followed for the `patient`."""

    id: str
    says: str
    claims: tuple[str, ...]
    patient: str
    vignettes: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Register:
    """The claims of one file.

    `sections` are places in the text and `groups` the first parts of ids, with titles; `sources` is the bibliography.
    """

    title: str
    vocabulary: str
    sections: dict[str, str]
    groups: dict[str, str]
    claims: tuple[Claim, ...]
    contradictions: tuple[Contradiction, ...]
    sources: dict[str, Source]
    span: Span


def rules_of(guideline: Guideline) -> tuple[Rule, ...]:
    """Return every rule of an edition, inert and `otherwise` rules included."""
    return tuple(rule for d in guideline.decisions for rule in (*d.running(), *d.inert))


def rules_by_claim(guidelines: Iterable[Guideline]) -> dict[str, tuple[tuple[Guideline, Rule], ...]]:
    """Return, for each claim that is named, the rules that name it, in the order of the editions."""
    found: dict[str, tuple[tuple[Guideline, Rule], ...]] = {}
    for guideline in guidelines:
        for rule in rules_of(guideline):
            for claim in dict.fromkeys(rule.claims):
                found[claim] = (*found.get(claim, ()), (guideline, rule))
    return found
