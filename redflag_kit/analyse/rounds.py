"""How the time is divided among the questions about one model.

Faults come first, each with an equal part of the time; a question that outlasted its part is asked once more with what
the others left over. Advice has a small part set aside, and whatever is left in the end.
"""

from collections.abc import Callable, Collection

from redflag_kit.analyse.answers import ADVICE, Answer
from redflag_kit.logic.budget import Turns

ADVICE_SHARE = 0.25
"""How long advice may take while faults are not decided, against the part of a fault."""


def ask_all(
    questions: Collection[str], ask: Callable[[str], Answer], turns: Turns, *, again: bool = True
) -> list[Answer]:
    """Return the answer to each question, in order. `again`: no other engine will be asked what is left open."""
    faults = [one for one in questions if one not in ADVICE]
    advice = [one for one in questions if one in ADVICE]
    found: dict[str, Answer] = {}
    for asked, question in enumerate(faults):
        turns.begin(len(faults) - asked + ADVICE_SHARE * len(advice))
        found[question] = ask(question)
    left = [one for one in faults if again and found[one].limit == turns.share]
    for asked, question in enumerate(left):
        turns.begin(len(left) - asked + ADVICE_SHARE * bool(advice))
        found[question] = better(found[question], ask(question))
    for asked, question in enumerate(advice):
        turns.begin(len(advice) - asked)
        found[question] = ask(question)
    return [found[one] for one in questions]


def better(one: Answer, other: Answer) -> Answer:
    """Return the answer that says more of two to the same question."""
    return other if not other.limit or len(other.faults) >= len(one.faults) else one
