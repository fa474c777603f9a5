"""Turn hinges into results: how missing information changes an output, with the witness case in words."""

from collections.abc import Iterable

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic, quoted
from redflag_kit.diff.pair import Pair
from redflag_kit.diff.present import aspect_label, aspect_words, unusual
from redflag_kit.diff.unknowns import Hinge
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.results.diff import UnknownChange
from redflag_kit.terms.scale import STATUSES, Status
from redflag_kit.wording.cases import patient_json


def unknown_results(
    pair: Pair[BddRegion], found: Iterable[Hinge]
) -> tuple[tuple[UnknownChange, ...], tuple[Diagnostic, ...]]:
    """Return the hinges that the literal interpreter confirmed; the rest are our own faults."""
    shown: list[UnknownChange] = []
    faults: list[Diagnostic] = []
    for hinge in found:
        if hinge.confirmed is not True:
            message = f"the reference evaluator does not confirm what is unknown about {quoted(hinge.aspect[0])}"
            faults.append(Diagnostic(pair.new.guideline.span, codes.RF902, message, "please report this as a fault"))
            continue
        output = pair.outputs[hinge.aspect[0]]
        known = {name: value for name, value in hinge.known.items() if name not in hinge.unknown}
        shown.append(
            UnknownChange(
                output=hinge.aspect[0],
                element=hinge.aspect[1],
                label=aspect_label(output, hinge.aspect[1]),
                kind=hinge.kind,
                case=patient_json(known, pair.findings),
                shown=unusual(pair, known),
                unknown=tuple(pair.findings[name].label for name in hinge.unknown),
                old=_words(pair, hinge, hinge.old),
                new=_words(pair, hinge, hinge.new),
            )
        )
    return tuple(shown), tuple(faults)


def _words(pair: Pair[BddRegion], hinge: Hinge, values: tuple[str, ...]) -> tuple[str, ...]:
    output = pair.outputs[hinge.aspect[0]]
    order = (*(output.scale.levels if output.scale else ("listed",)), *STATUSES)
    ranked = sorted(values, key=order.index)
    unlisted = bool(hinge.aspect[1])
    return tuple(
        aspect_words(output, "not_listed" if unlisted and value == Status.SILENT.value else value) for value in ranked
    )
