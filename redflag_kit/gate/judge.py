"""The verdict of the gate and its exit code, from its checks.

Claim: PASS exactly if no check failed, none is undecided and no signature is missing. Of several exit codes the first
of 70, 2, 3, 1, 4, 5 counts; 2 is told before there is anything to judge.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from redflag_kit.gate.checks import FAILED, NOT_DECIDED, SIGNOFF, count
from redflag_kit.gate.standing import REJECTED
from redflag_kit.results.gate import BLOCKED, PASS, UNDECIDED, GateCheck, GateVersion, Signoff, SignoffItem

OK, FINDINGS, NOT_LOADED, OPEN, UNSIGNED, INTERNAL = 0, 1, 3, 4, 5, 70


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict with one sentence on it. `exit_code` is that of the command."""

    verdict: str
    sentence: str
    exit_code: int


def judge(checks: Sequence[GateCheck], signoff: Signoff, *, empty: bool, faulty: bool) -> Judgement:
    """Return the verdict. `empty`: nothing could be worked on. `faulty`: the kit contradicts itself somewhere."""
    if faulty:
        sentence = "the kit's engines contradict each other, so no result may be relied on; please report it"
        return Judgement(BLOCKED, sentence, INTERNAL)
    if empty:
        return Judgement(BLOCKED, "there is no guideline, or no vignette, to judge the change by", NOT_LOADED)
    failed = [one.title for one in checks if one.result == FAILED]
    undecided = [one.title for one in checks if one.result == NOT_DECIDED]
    unsigned = any(one.result == SIGNOFF for one in checks)
    if failed:
        return Judgement(BLOCKED, f"this change may not go in: {_listed(failed)}{_to_sign(signoff)}", FINDINGS)
    if undecided:
        sentence = f"whether this change may go in could not be decided: {_listed(undecided)}{_to_sign(signoff)}"
        return Judgement(UNDECIDED, sentence, OPEN)
    if unsigned:
        return Judgement(BLOCKED, _missing(signoff), UNSIGNED)
    return Judgement(PASS, "nothing keeps this change out", OK)


def worst_version(versions: Sequence[GateVersion]) -> GateVersion | None:
    """Return the first version that is not enough, else one that is not decided, else that of the largest step."""
    steps = ("patch", "minor", "major")
    order = {False: 0, None: 1, True: 2}

    def rank(one: GateVersion) -> tuple[int, int]:
        return order[one.ok], -steps.index(one.required)

    return min(versions, key=rank, default=None)


def _listed(titles: Sequence[str]) -> str:
    return ", ".join(one[:1].lower() + one[1:] for one in titles)


def _left(found: Signoff) -> list[SignoffItem]:
    return [one for one in found.items if one.missing or one.state == REJECTED]


def _to_sign(found: Signoff) -> str:
    left = len(_left(found))
    return f"; {count(left, 'item')} left to sign" if left else ""


def _missing(found: Signoff) -> str:
    left = _left(found)
    rejected = sum(one.state == REJECTED for one in left)
    said = f"only sign-off is missing: {count(len(left), 'item')}"
    said += f" ({rejected} rejected)" if rejected else ""
    return f"{said}, to be approved as {', '.join(found.missing)}" if found.missing else said
