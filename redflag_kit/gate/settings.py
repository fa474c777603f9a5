"""The settings of the gate: which roles sign which changes, who acts in which role, and the least numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

CLINICAL_SAFETY = "clinical-safety"

DEFAULT_ROLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "less_urgent": (CLINICAL_SAFETY,),
        "lost": (CLINICAL_SAFETY,),
        "constraint": (CLINICAL_SAFETY,),
        "scope": (),
        "gained": (),
        "more_urgent": (),
        "guideline_added": (CLINICAL_SAFETY,),
        "guideline_removed": (CLINICAL_SAFETY,),
        "assumption_changed": (CLINICAL_SAFETY,),
        "output_changed": (CLINICAL_SAFETY,),
        "in_force_changed": (CLINICAL_SAFETY,),
        "safeguard_relaxed": (CLINICAL_SAFETY,),
        "settings_relaxed": (CLINICAL_SAFETY,),
    }
)
"""What changed -> the roles that must all approve it. The first six are directions of change classes."""


@dataclass(frozen=True, slots=True)
class GateSettings:
    """`[tool.redflag.gate]` of pyproject.toml, or `[gate]` of redflag.toml.

    `roles`: as DEFAULT_ROLES, by what changed. `reviewers`: role -> who may act in it; a role that is not listed is
    open to everybody. `min_mutation_score`: a share such as 0.8 as written, empty for none, and then
    nothing is measured. `fail_on`: the least severity of an introduced finding that blocks.
    """

    roles: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: DEFAULT_ROLES)
    reviewers: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    min_guidelines: int = 1
    min_vignettes: int = 1
    min_mutation_score: str = ""
    fail_on: str = "error"
