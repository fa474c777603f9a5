"""`test` as test cases: every expected output of every vignette, by vignette file."""

from collections.abc import Iterator

from redflag_kit.report.ci.junit_case import (
    ERROR,
    FAILURE,
    SKIPPED,
    Case,
    Suite,
    classname_of,
    remark_case,
)
from redflag_kit.report.ci.places import in_repository
from redflag_kit.report.ci.remark import Place
from redflag_kit.report.ci.remarks import diagnostic
from redflag_kit.report.ci.rules import threshold_of
from redflag_kit.report.html_pages import verdict_of
from redflag_kit.report.html_read import Json, body, member, members, number, objects, text

_REST = "the project as a whole"


def test_suites(result: Json) -> list[Suite]:
    """Return a suite for each vignette file, then one of what else is wrong with the project."""
    cases: dict[str, list[Case]] = {}
    codes = {text(one.get("message")): text(one.get("code")) for one in objects(result.get("diagnostics"))}
    for vignette in objects(body(result).get("vignettes")):
        path = in_repository(result, text(vignette.get("file")))
        cases.setdefault(path, []).extend(_cases(vignette, path, codes))
    others = [
        remark_case(diagnostic(result, one), threshold_of(result), _REST)
        for one in objects(result.get("diagnostics"))
        if not text(one.get("code")).startswith("RF4")
    ]
    return [*(Suite(path, path, tuple(cases[path])) for path in sorted(cases)), Suite(_REST, "", tuple(others))]


def _cases(vignette: Json, path: str, codes: dict[str, str]) -> Iterator[Case]:
    """Yield the expected outputs of a vignette, and the reasons why it could not be run."""
    vignette_id = text(vignette.get("id"))
    classname = f"{classname_of(path)}.{vignette_id}"
    line = number(vignette.get("line"))
    faults = [text(fault) for fault in members(vignette.get("faults"))]
    results = objects(vignette.get("results"))
    for fault in faults:
        code = codes.get(fault, "")
        outcome = SKIPPED if code == "RF405" else ERROR
        yield Case(classname, f"{vignette_id} can be run", Place(path, line), outcome, code or "fault", fault)
    if not results and not faults:
        said = "nothing is expected of any guideline that was asked"
        yield Case(classname, f"{vignette_id} can be run", Place(path, line), SKIPPED, "empty", said)
    for one in results:
        yield _expectation(vignette, one, classname, Place(path, number(one.get("line")) or line))


def _expectation(vignette: Json, one: Json, classname: str, place: Place) -> Case:
    actual = member(one.get("actual"))
    expected, came_out = text(one.get("expected")), _possible(actual)
    name = f"{text(one.get('guideline'))}@{text(one.get('version'))} {text(one.get('output'))}"
    rules = ", ".join(text(rule) for rule in members(actual.get("rules"))) or "none"
    told = (
        f"{text(vignette.get('id'))}: {text(vignette.get('title'))}\n"
        f"expected: {expected}\n"
        f"actual:   {came_out} ({text(actual.get('text'))})\n"
        f"rules:    {rules}\n"
        f"at:       {place.path}:{place.line}"
    )
    verdict = verdict_of(one).key
    if verdict == "todo":
        return Case(classname, name, place, SKIPPED, "RF405", "the expected outcome is still to be filled in", told)
    if verdict == "failed":
        return Case(classname, name, place, FAILURE, "RF403", f"expected {expected}, came out {came_out}", told)
    if verdict == "reason":
        missing = ", ".join(text(rule) for rule in members(one.get("missing_reasons")))
        said = f"{expected} came out, but not for the reason given: {missing}"
        return Case(classname, name, place, FAILURE, "RF404", said, told)
    return Case(classname, name, place)


def _possible(actual: Json) -> str:
    """Return what came out in the words of the files: levels, members of a set and statuses, alternatives by `|`."""
    must = [text(one) for one in members(actual.get("must"))]
    may = [text(one) for one in members(actual.get("may")) if text(one) not in must]
    options = [*may, *(text(one) for one in members(actual.get("possible")))]
    listed = [f"[{', '.join(must)}]"] if must else []
    return " | ".join([*listed, *options]) or "nothing"
