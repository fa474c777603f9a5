"""The dialogue of `redflag approve --review`: one change after the other, worst first, like a review of snapshots.

Claim: what was decided, with its rationale, is what comes out, however the dialogue ends: by its last change, by `q`,
by the end of the input or by Ctrl-C. A change whose rationale was not given yet is not decided.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from redflag_kit.model.approval import APPROVE, REJECT
from redflag_kit.results.signoff import SignoffItem

QUESTION = "[a]pprove  [r]eject  [s]kip  [q]uit  [?] > "
HELP = """\
a  approve this change, for a reason that you are asked for
r  reject it, for a reason; a rejection blocks until you decide again
s  leave it unsigned for now and go on
q  stop here; what you have decided is written
?  show this
"""
_WORDS = {"a": APPROVE, "approve": APPROVE, "r": REJECT, "reject": REJECT, "s": "skip", "skip": "skip", "q": "quit"}


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided on one change, and why."""

    item: SignoffItem
    decision: str
    rationale: str


def review(
    items: Sequence[SignoffItem],
    card: Callable[[SignoffItem], str],
    ask: Callable[[str], str],
    tell: Callable[[str], None],
) -> tuple[Decided, ...]:
    """Return what was decided. `ask` may raise EOFError or KeyboardInterrupt, which end the dialogue."""
    found: list[Decided] = []
    try:
        for position, item in enumerate(items, 1):
            tell(f"\n{position} of {len(items)}\n\n{card(item)}\n")
            decision = _decision(ask, tell)
            if decision == "quit":
                break
            if decision != "skip":
                last = next((one.rationale for one in reversed(found) if one.decision == decision), "")
                found.append(Decided(item, decision, _rationale(last, ask, tell)))
    except (EOFError, KeyboardInterrupt):
        tell("\n")
    return tuple(found)


def _decision(ask: Callable[[str], str], tell: Callable[[str], None]) -> str:
    while True:
        word = ask(QUESTION).strip().lower()
        if word in _WORDS:
            return _WORDS[word]
        if word == "quit":
            return word
        tell(HELP if word in ("?", "help") else "write one of a, r, s, q or ?\n")


def _rationale(last: str, ask: Callable[[str], str], tell: Callable[[str], None]) -> str:
    """Ask why until something is said; nothing means the reason given last for this decision, if there is one."""
    shown = f"why? (Enter: {last}) > " if last else "why? > "
    while True:
        text = _clean(ask(shown)) or last
        if text:
            return text
        tell("a record without a reason cannot be checked by anybody later\n")


def _clean(text: str) -> str:
    """Return a text without what a keyboard sends and nobody sees, such as arrow keys; no record may hold it."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())
