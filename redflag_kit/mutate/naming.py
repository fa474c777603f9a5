"""Short names for parts of conditions, as ids of mutants use them."""

from redflag_kit.model.condition import All, Always, Any, AtLeast, Condition, Named, Not
from redflag_kit.mutate.text import subject


def part_name(condition: Condition) -> str:
    """Return the finding, output, score or definition that a part is about, or the word that makes it a group."""
    match condition:
        case All():
            return "all"
        case Any():
            return "any"
        case AtLeast():
            return "at_least"
        case Not(part):
            return f"not-{part_name(part)}"
        case Named(name):
            return name
        case Always():
            return "always"
        case _:
            return subject(condition)
