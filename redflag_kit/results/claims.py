"""What `redflag claims` lists."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ListedSource:
    """A source that a verdict rests on, and how far it was read."""

    id: str
    title: str
    read: str


@dataclass(frozen=True, slots=True)
class ClaimingRule:
    """A rule that names a claim. `state`: runs, otherwise or inert."""

    guideline: str
    id: str
    title: str
    state: str


@dataclass(frozen=True, slots=True)
class Placement:
    """A vignette or property that implements a claim."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class ListedClaim:
    """A claim with its verdict and its homes, or the reason why it has none."""

    id: str
    group: str
    section: str
    where: str
    says: str
    verdict: str
    why: str
    figures: tuple[str, ...]
    sources: tuple[ListedSource, ...]
    rules: tuple[ClaimingRule, ...]
    vignettes: tuple[Placement, ...]
    properties: tuple[Placement, ...]
    no_rule: str
    placed: bool
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class ListedContradiction:
    """Claims that cannot all be followed, with a patient for whom they clash."""

    id: str
    says: str
    claims: tuple[str, ...]
    patient: str
    vignettes: tuple[Placement, ...]
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class GroupTally:
    """How many claims of a group there are, are placed, and have which verdict; whatever is listed."""

    id: str
    title: str
    claims: int
    placed: int
    verdicts: dict[str, int]


@dataclass(frozen=True, slots=True)
class ClaimsBody:
    """Registers of claims: all groups, and the claims and contradictions that were asked for."""

    titles: tuple[str, ...]
    groups: tuple[GroupTally, ...]
    claims: tuple[ListedClaim, ...]
    contradictions: tuple[ListedContradiction, ...]
