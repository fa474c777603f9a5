"""Words for how many answers settle a case."""

from redflag_kit.report.html_read import Json, number


def answers_words(one: Json) -> str:
    """Return how many answers it takes, whatever they are: `after at most 3 answers`, with a lower bound if inexact."""
    lower, upper = number(one.get("lower")), number(one.get("upper"))
    if upper == 1:
        return "after 1 answer"
    bound = "" if is_exact(one) else f" (at least {lower} may be needed)"
    return f"after at most {upper} answers{bound}"


def is_exact(one: Json) -> bool:
    """Say whether no way of asking does with fewer answers in the worst case."""
    return number(one.get("lower")) == number(one.get("upper"))
