"""What a guideline says of one patient in the space of a table cell: as written, entailed levels aside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from redflag_kit.model.vocabulary import Output, Vocabulary
from redflag_kit.results.case import Outcome
from redflag_kit.terms.scale import STATUSES, Status


@dataclass(frozen=True, slots=True)
class Said:
    """An outcome with the output it is about."""

    outcome: Outcome
    output: Output

    @property
    def name(self) -> str:
        """Return what the output is called where space is scarce."""
        return self.output.short or self.output.label

    @property
    def level(self) -> str | None:
        """Return the level that rules write, None for a set, a status, or what is not decided."""
        written = self.outcome.written
        return written[0] if self.output.scale and self.outcome.decided and written[0] not in STATUSES else None

    @property
    def is_fault(self) -> bool:
        """Say whether no rule applies, or rules contradict each other."""
        return self.outcome.decided and self.outcome.possible[:1] in ((Status.GAP.value,), (Status.CONFLICT.value,))


def headline_words(said: Sequence[Said], vocabulary: Vocabulary) -> str:
    """Return the most telling of what is said: per headline scale the most urgent level, or what is undecided on it.

    Where nothing is said on those scales, what else there is, as an exception to silence.
    """
    scales = vocabulary.headline or tuple(dict.fromkeys(one.output.scale.id for one in said if one.output.scale))
    told = [words for scale in scales if (words := _on_scale([one for one in said if _is_on(one, scale)]))]
    faulty = next((one for one in said if one.is_fault), None)
    if faulty:
        told.append(f"{faulty.name}: {faulty.outcome.text}")
    if told:
        return "; ".join(told)
    others = [one for one in said if one.level or one.outcome.must or not one.outcome.decided]
    names = [one.name if one.outcome.decided else f"{one.name} (undecided)" for one in others]
    return f"silent but for {', '.join(names)}"


def _is_on(one: Said, scale: str) -> bool:
    return one.output.scale is not None and one.output.scale.id == scale


def _on_scale(said: list[Said]) -> str:
    scale = said[0].output.scale if said else None
    if scale is None:
        return ""
    undecided = [one for one in said if not one.outcome.decided]
    if undecided:
        worst = max(undecided, key=lambda one: scale.rank(one.outcome.highest) if one.outcome.highest else -1)
        return f"undecided: {worst.name}: {worst.outcome.text}"
    levels = {one.level for one in said if one.level}
    if not levels:
        return ""
    top = max(levels, key=lambda level: (level != scale.against, scale.rank(level)))
    return f"{', '.join(one.name for one in said if one.level == top)}: {scale.phrase(top)}"


def whole_words(said: Iterable[Said]) -> str:
    """Return everything that is said, outputs of one level together, in the order of the outputs."""
    grouped: dict[str, list[str]] = {}
    for one in said:
        if one.level and one.output.scale:
            grouped.setdefault(one.output.scale.phrase(one.level), []).append(one.name)
        elif not one.outcome.decided:
            grouped.setdefault(one.outcome.text, []).append(f"undecided: {one.name}")
        elif one.outcome.must or one.is_fault:
            grouped.setdefault(one.outcome.text, []).append(one.name)
    return "; ".join(f"{', '.join(names)}: {words}" for words, names in grouped.items())
