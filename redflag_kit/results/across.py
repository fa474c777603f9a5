"""Result of `redflag diff --guidelines`: where guidelines disagree, for whom, by which rules, and who is left alone.

Texts are plain words ready to show. Of a pair, `a` is the first guideline and `b` the second.
"""

from dataclasses import dataclass

from redflag_kit.results.case import CaseJson
from redflag_kit.results.diff import RuleRef
from redflag_kit.results.region import Region


@dataclass(frozen=True, slots=True)
class SpokenPart:
    """An edition and the outputs that it speaks of for its guideline."""

    guideline: str
    title: str
    outputs: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComparedGuideline:
    """A guideline by the name it is compared under, and the editions that speak for it."""

    name: str
    parts: tuple[SpokenPart, ...]


@dataclass(frozen=True, slots=True)
class ReadSource:
    """A source of a rule, and how far it was read: text, table, abstract, secondary, memory, not_read."""

    cite: str
    read: str
    title: str


@dataclass(frozen=True, slots=True)
class DecidingRule:
    """A rule that decides a level for some patient of a group, and the output that it writes the level to.

    `through` is plain words where that is another output than the one compared, else empty.
    """

    guideline: str
    rule: RuleRef
    output: str
    through: str
    sources: tuple[ReadSource, ...]


@dataclass(frozen=True, slots=True)
class AcrossWitness:
    """The most ordinary patient of a group, confirmed on the reference evaluator.

    `a` and `b`: output -> entailed value of every output that both cover; `a_rules` and `b_rules` are those that fire.
    """

    case: CaseJson
    text: str
    a: dict[str, str]
    b: dict[str, str]
    a_rules: tuple[str, ...]
    b_rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LevelGroup:
    """All patients to whom both guidelines give these outputs a level, and these two different ones.

    `kind`: against (one advises against, the other for), urgency, or lateral (strength of advice against time).
    `steps`: how far the levels stand apart on their scale. `a_guideline` and `b_guideline` are the editions that speak.
    `assumptions`: what the comparison rests on here.
    """

    id: str
    outputs: tuple[str, ...]
    labels: tuple[str, ...]
    kind: str
    steps: int
    a_guideline: str
    b_guideline: str
    a_value: str
    b_value: str
    a_words: str
    b_words: str
    sentence: str
    region: Region
    witness: AcrossWitness
    a_rules: tuple[DecidingRule, ...]
    b_rules: tuple[DecidingRule, ...]
    assumptions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """All patients to whom `speaks` gives these outputs a level and the other guideline, which covers them, none.

    `status`: silent, out_of_scope, gap or conflict. `advises`: for, or against.
    """

    id: str
    outputs: tuple[str, ...]
    labels: tuple[str, ...]
    speaks: str
    other: str
    status: str
    advises: str
    levels: tuple[str, ...]
    sentence: str
    region: Region
    witness: AcrossWitness


@dataclass(frozen=True, slots=True)
class OutputCell:
    """What came of one output for a pair. `state`: disagree, agree (proved), never_both (proved) or not_decided.

    `groups` counts the groups of this output, `worst` is the gravest kind among them and `steps` its steps.
    """

    output: str
    label: str
    state: str
    groups: int
    worst: str
    steps: int
    words: str


@dataclass(frozen=True, slots=True)
class PairResult:
    """Two guidelines compared. `covered_once`: outputs that only one covers, by the one that does."""

    a: str
    b: str
    verdict: str
    cells: tuple[OutputCell, ...]
    groups: tuple[LevelGroup, ...]
    left_alone: tuple[LeftAlone, ...]
    covered_once: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class AcrossBody:
    """Every pair of some guidelines. `compares` tells this result from that of two editions.

    `outputs`: those asked about, with their labels, as far as some pair covers them. `assumptions` hold throughout.
    """

    compares: str
    guidelines: tuple[ComparedGuideline, ...]
    outputs: dict[str, str]
    verdict: str
    pairs: tuple[PairResult, ...]
    assumptions: tuple[str, ...]
