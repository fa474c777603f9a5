"""Kind and direction of a change of one output from one value to another.

Every kind has a mirror: the change back has the mirrored kind and the mirrored direction.
"""

from redflag_kit.model.vocabulary import Combine, Output
from redflag_kit.semantics.hit_policies import LISTED
from redflag_kit.terms.scale import Status

MIRRORS: dict[str, str] = {
    "urgency-lowered": "urgency-raised",
    "stance-weakened": "stance-strengthened",
    "recommendation-lost": "recommendation-gained",
    "now-advised-against": "no-longer-advised-against",
    "scope-narrowed": "scope-widened",
    "coverage-dropped": "coverage-added",
    "fault-introduced": "fault-resolved",
    "fault-changed": "fault-changed",
    "constraint-added": "constraint-removed",
    "newly_undecided": "newly_decided",
    "wider": "narrower",
    "moved": "moved",
}
MIRRORS |= {mirror: kind for kind, mirror in MIRRORS.items()}
"""Kind -> the kind of the change back."""

MIRRORED_DIRECTIONS = {
    "less_urgent": "more_urgent",
    "more_urgent": "less_urgent",
    "lost": "gained",
    "gained": "lost",
    "scope": "scope",
    "constraint": "constraint",
}

LATERAL_ASSUMPTION = (
    "Where a scale declares two levels lateral (a strength of advice against a time), a change between them is one of "
    "stance. It is counted as less or more urgent by the order of the scale, which is how rules combine, and marked "
    "lateral."
)

_FAULTS = (Status.GAP.value, Status.CONFLICT.value)
_ABSENT = (Status.SILENT.value, Status.OUT_OF_SCOPE.value, Status.NOT_COVERED.value)


def kind_and_direction(output: Output, old: str, new: str) -> tuple[str, str]:
    """Return the kind and direction of a change from `old` to `new`, two different values of an output."""
    if old in _FAULTS and new in _FAULTS:
        return "fault-changed", "scope"
    if new in _FAULTS:
        return "fault-introduced", "lost"
    if old in _FAULTS:
        return "fault-resolved", "gained"
    if old not in _ABSENT and new not in _ABSENT:
        return _between_levels(output, old, new)
    forward = _to_absent(output, old, new)
    if forward:
        return forward
    back = _to_absent(output, new, old)
    assert back is not None  # one of the two ways leads away from a level
    return MIRRORS[back[0]], MIRRORED_DIRECTIONS[back[1]]


def _between_levels(output: Output, old: str, new: str) -> tuple[str, str]:
    assert output.scale is not None
    down = output.scale.rank(new) < output.scale.rank(old)
    if output.combine is Combine.LOWEST:
        down = not down
    lateral = output.scale.is_lateral(old, new)
    if down:
        return ("stance-weakened" if lateral else "urgency-lowered"), "less_urgent"
    return ("stance-strengthened" if lateral else "urgency-raised"), "more_urgent"


def _to_absent(output: Output, old: str, new: str) -> tuple[str, str] | None:
    """Return the kind of a change that loses a level, narrows the scope or drops coverage; None for the way back."""
    order = {Status.SILENT.value: 1, Status.OUT_OF_SCOPE.value: 2, Status.NOT_COVERED.value: 3}
    if order.get(new, 0) < order.get(old, 0):
        return None
    kind = {1: "recommendation-lost", 2: "scope-narrowed", 3: "coverage-dropped"}[order[new]]
    if old in _ABSENT:
        return kind, "scope"
    if output.scale and old == output.scale.against:
        return ("no-longer-advised-against" if order[new] == 1 else kind), "more_urgent"
    assert old == LISTED or output.scale is not None
    return kind, "lost"
