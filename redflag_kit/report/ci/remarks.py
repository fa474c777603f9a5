"""The remarks of a result, by its command."""

from collections.abc import Callable

from redflag_kit.diagnostics.codes import by_id
from redflag_kit.report.ci.places import path_of, place_of
from redflag_kit.report.ci.remark import ERROR, NOTE, WARNING, Accepted, Remark, Rule, names_in
from redflag_kit.report.html_read import Json, body, member, members, objects, text

LEVEL = {"error": ERROR, "warning": WARNING, "info": NOTE}


def remarks_of(result: Json) -> list[Remark]:
    """Return everything to look at, in the order of the result."""
    command = text(result.get("command"))
    special = _SPECIAL.get(command)
    found = [diagnostic(result, one) for one in objects(result.get("diagnostics"))]
    return found + (special(result) if special and body(result) else [])


def rule_of(code: str, name: str = "") -> Rule:
    """Return a code of the catalogue as a rule; one of another version of the kit keeps the name it came with."""
    known = by_id(code)
    return Rule(code, known.name if known else name or code)


def diagnostic(result: Json, one: Json) -> Remark:
    """Return a diagnostic as a remark; one that is waived is a note, and accepted."""
    code, message = text(one.get("code")), text(one.get("message"))
    place = place_of(result, one)
    waived = text(one.get("waived"))
    related = ((text(note.get("message")), place_of(result, note)) for note in objects(one.get("related")))
    return Remark(
        rule=rule_of(code, text(one.get("name"))),
        level=LEVEL.get(text(one.get("severity")), WARNING),
        message=message,
        place=place,
        # A guideline is told by its file: its version grows with every change of meaning.
        about=(
            place.path if place else "",
            *map(text, members(one.get("rules"))),
            *map(text, members(one.get("findings"))),
            *names_in(message),
        ),
        help=text(one.get("help")),
        related=tuple((words, where) for words, where in related if where),
        accepted=Accepted(waived, None) if waived else None,
    )


def known_violations(result: Json) -> list[Remark]:
    """Return the violations of safety properties that are documented, as accepted."""
    return [
        _known(result, one)
        for one in objects(body(result).get("properties"))
        if one.get("known") and one.get("counterexample")
    ]


def _known(result: Json, one: Json) -> Remark:
    known, witness = member(one.get("known")), member(one.get("counterexample"))
    names = (text(one.get("guideline")), text(one.get("old")))
    guideline = " after ".join(name for name in names if name)
    patient, says = text(witness.get("text")), text(witness.get("says"))
    return Remark(
        rule=rule_of("RF320"),
        level=NOTE,
        message=f"{guideline} breaks {text(one.get('id'))}: {text(one.get('title'))}; {patient}: {says}",
        place=place_of(result, one),
        about=("known", text(one.get("id")), *(path_of(result, name) for name in names if name)),
        accepted=Accepted(text(known.get("reason")), place_of(result, known) or place_of(result, one)),
    )


_SPECIAL: dict[str, Callable[[Json], list[Remark]]] = {"check": known_violations}
