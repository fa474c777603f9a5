"""Read what a safety property claims between two editions."""

from collections.abc import Callable

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import quoted
from redflag_kit.diagnostics.span import Span
from redflag_kit.model.condition import Always, Condition
from redflag_kit.model.property import Between, Carried, Editions, NeverLess
from redflag_kit.source.claims import KINDS, read_outputs
from redflag_kit.source.conditions import read_condition
from redflag_kit.source.documents import PropertyDoc
from redflag_kit.source.names import Faults, Names
from redflag_kit.source.nodes import Node, Path, node_at, span_at

_KEPT = ("then_new", "never_new", "never_less_urgent")
_ONE = "beside `between`, write one of then_new, never_new, never_less_urgent, and `when_old` to say of whom"
_ALONE = "add `between: {old: EDITION, new: EDITION}`, or say it of each guideline by itself"


def is_between(doc: PropertyDoc) -> bool:
    """Say whether a property is meant to be about two editions: by any of the words that only those have."""
    return doc.between is not None or doc.when_old is not None or bool(_given(doc, _KEPT))


def read_between(
    doc: PropertyDoc, node: Node, at: Path, names: Names, faults: Faults, editions: Callable[[str, Span], Editions]
) -> Between | None:
    """Return what a property claims between two editions, or None after noting every fault in it."""
    span = span_at(node, (*at, "id"))
    if doc.between is None:
        message = f"the property {quoted(doc.id)} does not say which two editions it is about"
        faults.add(span, codes.RF101, message, _ALONE)
        return None
    old = editions(doc.between.old, span_at(node, (*at, "between", "old")))
    new = editions(doc.between.new, span_at(node, (*at, "between", "new")))
    if (old.guideline, old.first, old.last) == (new.guideline, new.first, new.last):
        message = f"the property {quoted(doc.id)} compares {quoted(old.text)} with itself"
        faults.add(span_at(node, (*at, "between")), codes.RF142, message, "name an older and a newer edition")
    if "applies_to" in doc.model_fields_set:
        message = "a property between two editions has `applies_to` as well"
        faults.add(span_at(node, (*at, "applies_to")), codes.RF102, message, "delete it: `between` names the editions")
    given = _given(doc, (*KINDS, *_KEPT))
    if len(given) != 1 or given[0] not in _KEPT or doc.then is not None:
        said = [*given, *(["then"] if doc.then is not None else [])]
        told = f"claims {' and '.join(said)} between two editions" if said else "does not say what it claims"
        faults.add(span, codes.RF101, f"the property {quoted(doc.id)} {told}", _ONE)
        return None

    def condition(word: str) -> Condition | None:
        return read_condition(node_at(node, (*at, word)), names, faults)

    when = Always() if doc.when_old is None else condition("when_old")
    kept: Carried | NeverLess | None
    if given[0] == "never_less_urgent":
        outputs = read_outputs(doc.never_less_urgent or (), node, (*at, given[0]), names, faults)
        kept = NeverLess(outputs) if outputs else None
    else:
        meant = condition(given[0])
        kept = None if meant is None else Carried(given[0], meant)
    return None if when is None or kept is None else Between(old, new, when, kept)


def _given(doc: PropertyDoc, words: tuple[str, ...]) -> list[str]:
    return [word for word in words if getattr(doc, word) is not None]
