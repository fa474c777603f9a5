"""Read exempted mutants. Whether a mutant exists, and needs its exemption, is known only once it is made and run."""

from collections.abc import Iterable

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic, Note, did_you_mean, quoted
from redflag_kit.model.exemption import Exemption
from redflag_kit.model.guideline import Guideline
from redflag_kit.source.exemption_documents import MutantsDoc
from redflag_kit.source.names import Faults
from redflag_kit.source.nodes import Node, span_at
from redflag_kit.source.parameters import check_unique
from redflag_kit.source.places import ParsedFile, noted_in
from redflag_kit.source.validate import validate


def read_exemptions(
    files: Iterable[ParsedFile], guidelines: Iterable[Guideline], complete: bool, found: list[Diagnostic]
) -> tuple[Exemption, ...]:
    """Return the exemptions in the order of their files; one with a fault is left out.

    `complete` says that every guideline was read: only then is it known that an edition is not there.
    """
    names = [one.name for one in guidelines]
    first: dict[tuple[str, str], Exemption] = {}
    for file in files:
        doc, faults = validate(file.node, MutantsDoc)
        found += faults
        if doc is None:
            continue
        if doc.guideline not in names:
            if complete:
                found.append(_unknown(doc.guideline, file.node, names))
            continue
        built: tuple[Exemption, ...] = ()
        with noted_in(found) as noted:
            built = _built(doc, file.node, noted)
        for one in built:
            known = first.setdefault((one.guideline, one.mutant), one)
            if known is not one and known.span.file != one.span.file:
                note = Note(known.span, "first given here")
                message = f"the mutant {quoted(one.mutant)} is exempted twice"
                found.append(Diagnostic(one.span, codes.RF106, message, "remove one", (note,)))
    return tuple(first.values())


def _built(doc: MutantsDoc, node: Node, faults: Faults) -> tuple[Exemption, ...]:
    check_unique([one.id for one in doc.exempt], node, ("exempt",), "mutant", faults, key="id")
    if not doc.exempt:
        faults.add(span_at(node, ("exempt",)), codes.RF139, "the file exempts no mutant", "add one, or delete the file")
    kept = []
    for position, one in enumerate(doc.exempt):
        if one.reason.strip():
            kept.append(Exemption(doc.guideline, one.id, one.reason, span_at(node, ("exempt", position, "id"))))
            continue
        message = f"the mutant {quoted(one.id)} is exempted without a reason"
        hint = "say why no vignette needs to notice this fault"
        faults.add(span_at(node, ("exempt", position, "reason")), codes.RF541, message, hint)
    return tuple(kept)


def _unknown(name: str, node: Node, known: list[str]) -> Diagnostic:
    message = f"mutants of {quoted(name)} are exempted, and the project has no such edition"
    hint = did_you_mean(name, known) or "write the id and the whole version: id@1.2.3"
    return Diagnostic(span_at(node, ("guideline",)), codes.RF543, message, hint)
