"""`check` and `trace` as test cases: every file that was read, every property, and everything that was found."""

from redflag_kit.report.check_view import editions_of, result_of
from redflag_kit.report.ci.junit_case import (
    ERROR,
    FAILURE,
    SKIPPED,
    Case,
    Suite,
    classname_of,
    remark_case,
    undecided_case,
)
from redflag_kit.report.ci.places import file_place, place_of
from redflag_kit.report.ci.remark import Remark
from redflag_kit.report.ci.remarks import diagnostic
from redflag_kit.report.ci.rules import threshold_of
from redflag_kit.report.html_read import Json, body, member, members, objects, text

_REST = "the project as a whole"
_PROPERTY_CODES = ("RF320", "RF321")
"""Told by the properties themselves."""


def check_suites(result: Json) -> list[Suite]:
    """Return a suite for each file that something is said of, those without a file last."""
    cases = _read(result)
    threshold = threshold_of(result)
    for one in (diagnostic(result, found) for found in objects(result.get("diagnostics"))):
        if one.rule.id in _PROPERTY_CODES and body(result).get("properties"):
            continue
        path = one.place.path if one.place else ""
        cases.setdefault(path, []).append(remark_case(one, threshold, _class(one)))
    for found in objects(body(result).get("properties")):
        case = _property(result, found)
        cases.setdefault(case.place.path if case.place else "", []).append(case)
    left = [undecided_case(one, _REST) for one in objects(result.get("not_decided"))]
    cases.setdefault("", []).extend(left)
    return [Suite(path or _REST, path, tuple(cases[path])) for path in sorted(cases, key=lambda path: (not path, path))]


def _class(one: Remark) -> str:
    return classname_of(one.place.path) if one.place else _REST


def _read(result: Json) -> dict[str, list[Case]]:
    """Return one passed case for each guideline or model that could be read and analysed, by its file."""
    found = body(result)
    cases: dict[str, list[Case]] = {}
    for one in (*objects(found.get("guidelines")), *objects(found.get("models"))):
        place = file_place(result, _path(result, one))
        path = place.path if place else ""
        name = text(one.get("name")) or f"{text(one.get('id'))}@{text(one.get('version'))}"
        cases.setdefault(path, []).append(Case(classname_of(path) or _REST, f"{name} is read", place))
    return cases


def _path(result: Json, one: Json) -> str:
    """Return the file of a guideline: its own field, else that of the input with its name."""
    if one.get("path"):
        return text(one.get("path"))
    same = (i for i in objects(result.get("inputs")) if (i.get("id"), i.get("version")) == (one["id"], one["version"]))
    return text(next(same, {}).get("path"))


def _property(result: Json, one: Json) -> Case:
    """Return a property of a guideline: refuted fails, unless the violation is documented; not decided is an error."""
    place = place_of(result, one)
    classname = classname_of(place.path) if place else _REST
    name = f"{text(one.get('id'))} for {editions_of(one)}"
    title, witness = text(one.get("title")), member(one.get("counterexample"))
    told = "\n".join(part for part in (title, text(witness.get("text")), text(witness.get("says"))) if part)
    key = result_of(one).key
    if key == "refuted":
        return Case(classname, name, place, FAILURE, "RF320", f"refuted: {title}", told)
    if key == "not_decided":
        return Case(classname, name, place, ERROR, "RF321", f"not decided: {title}", told)
    if key == "known":
        why = text(member(one.get("known")).get("reason"))
        return Case(classname, f"{name}, known violation", place, SKIPPED, "RF320", f"accepted: {why}", told)
    if key == "not_covered":
        outputs = ", ".join(text(output) for output in members(one.get("not_covered")))
        return Case(classname, name, place, SKIPPED, "not covered", f"not covered: {outputs}", title)
    return Case(classname, name, place)
