"""Safety properties that protect less than before: taken away, changed, of fewer guidelines, more known violations.

A property is what it claims; its id, title and reasons are text. A claim that is written differently counts as changed.
"""

from collections.abc import Iterable, Iterator

from redflag_kit.diagnostics.diagnostic import quoted
from redflag_kit.gate.meaning import meaning
from redflag_kit.gate.relaxed_vignettes import Lost
from redflag_kit.model.property import Between, Known, Property, Standing
from redflag_kit.source.library import Library


def lost_properties(old: Library, new: Library) -> Iterator[Lost]:
    """Yield what properties protect no longer."""
    for one in old.properties:
        same = [other for other in new.properties if claim_of(other) == claim_of(one)]
        named = next(
            (other for other in new.properties if (other.vocabulary, other.id) == (one.vocabulary, one.id)), None
        )
        name = quoted(one.id)
        if not same and named is None:
            yield Lost(("property", claim_of(one)), f"the safety property {name} is taken away")
        elif not same and named is not None:
            said = f"what the safety property {name} claims is changed"
            yield Lost(("property", claim_of(one), claim_of(named)), said)
        elif not any(_applies_as_far(one, other) for other in same):
            meant = ("applies", claim_of(one), _applied(one), sorted(map(_applied, same), key=repr))
            yield Lost(meant, f"the safety property {name} is about fewer guidelines than before")
    yield from _known_violations(old.properties, new.properties)


def claim_of(one: Property) -> str:
    """Return what a property claims of a guideline that it is about."""
    return repr([one.vocabulary, one.values.value, meaning(one.claim)])


def _applied(one: Property) -> object:
    return one.applies_to.value if isinstance(one.applies_to, Standing) else meaning(frozenset(one.applies_to))


def _applies_as_far(one: Property, other: Property) -> bool:
    """Say whether a property is about everything that another, with the same claim, was about."""
    if isinstance(one.claim, Between) or other.applies_to is Standing.ALL or _applied(one) == _applied(other):
        return True
    if isinstance(one.applies_to, Standing) or isinstance(other.applies_to, Standing):
        return False
    there = [meaning(editions) for editions in other.applies_to]
    return all(meaning(editions) in there for editions in one.applies_to)


def _known_violations(old: Iterable[Property], new: Iterable[Property]) -> Iterator[Lost]:
    """Yield violations that are newly documented, so that they no longer count as faults."""
    before = {(claim_of(one), _violation(known)) for one in old for known in one.known}
    for one in new:
        for known in one.known:
            if (claim_of(one), _violation(known)) not in before:
                said = (
                    f"a violation of the safety property {quoted(one.id)} by {known.editions.text} is accepted as known"
                )
                meant = ("known", claim_of(one), _violation(known))
                yield Lost(meant, said, known.editions.guideline)


def _violation(known: Known) -> str:
    return repr([meaning(known.editions), meaning(known.where)])
