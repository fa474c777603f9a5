"""The remarks of a result, by its command."""

from collections.abc import Callable

from redflag_kit.report.ci.before import COMPARING, state_of
from redflag_kit.report.ci.compared import bare, pairs_of
from redflag_kit.report.ci.places import file_place, is_of_a_commit, path_of, place_of
from redflag_kit.report.ci.remark import ERROR, NEW, NOTE, WARNING, Accepted, Remark, Rule, names_in
from redflag_kit.report.ci.remarks_compared import pair_remarks
from redflag_kit.report.ci.remarks_gate import gate_remarks
from redflag_kit.report.ci.rules import LEVEL, rule_of
from redflag_kit.report.html_read import Json, body, member, members, number, objects, text

COMPLETED = (0, 1, 5)
"""Exit codes of runs that answered everything they were asked."""

_ALONE = {"first": ("new", "guideline-added"), "removed": ("old", "guideline-removed")}
"""Kinds of changes of a guideline that has no counterpart -> the side that has it, and the kind of remark."""


def remarks_of(result: Json) -> list[Remark]:
    """Return everything to look at, in the order of the result."""
    command = text(result.get("command"))
    special = _SPECIAL.get(command)
    found = [*open_questions(result), *(diagnostic(result, one) for one in objects(result.get("diagnostics")))]
    return found + (special(result) if special and body(result) else [])


def open_questions(result: Json) -> list[Remark]:
    """Return what was not decided, without a place: errors where that is what the command ended with."""
    level = WARNING if number(result.get("exit_code")) in COMPLETED else ERROR
    return [
        Remark(
            rule=Rule("not-decided", "not-decided"),
            level=level,
            message=f"not decided: {text(one.get('question'))}; established: {text(one.get('established'))}; "
            f"budget: {text(one.get('budget'))}",
            place=None,
            about=(text(one.get("question")),),
            state=NEW if result.get("command") in COMPARING else "",
        )
        for one in objects(result.get("not_decided"))
    ]


def diagnostic(result: Json, one: Json) -> Remark:
    """Return a diagnostic as a remark; one that is waived is a note, and accepted."""
    code, message = text(one.get("code")), text(one.get("message"))
    place = place_of(result, one)
    waived, file = text(one.get("waived")), text(one.get("file"))
    elsewhere = f"{file}:{text(one.get('line'))}: " if is_of_a_commit(file) else ""
    related = ((text(note.get("message")), place_of(result, note)) for note in objects(one.get("related")))
    return Remark(
        rule=rule_of(code, text(one.get("name"))),
        level=LEVEL.get(text(one.get("severity")), WARNING),
        message=f"{elsewhere}{message}",
        place=place,
        # A guideline is told by its file: its version grows with every change of meaning.
        about=(
            place.path if place else file,
            *map(text, members(one.get("rules"))),
            *map(text, members(one.get("findings"))),
            *names_in(message),
        ),
        help=text(one.get("help")),
        related=tuple((words, where) for words, where in related if where),
        accepted=Accepted(waived, None) if waived else None,
        state=state_of(result, one),
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


def _diff_remarks(result: Json) -> list[Remark]:
    alone = [_alone(result, one) for one in objects(body(result).get("guidelines")) if one.get("kind") in _ALONE]
    return [*alone, *(one for pair in pairs_of(result) for one in pair_remarks(pair))]


def _alone(result: Json, change: Json) -> Remark:
    """Return a guideline that only one of two states has."""
    side, kind = _ALONE[change["kind"]]
    name, path = text(change.get(side)), text(change.get(f"{side}_path"))
    said = f"{name} is new, and no earlier edition is there to compare it with" if side == "new" else f"{name} is gone"
    return Remark(Rule(kind, kind), NOTE, said, file_place(result, path), (bare(name),), state=NEW)


_SPECIAL: dict[str, Callable[[Json], list[Remark]]] = {
    "check": known_violations,
    "diff": _diff_remarks,
    "gate": gate_remarks,
}
