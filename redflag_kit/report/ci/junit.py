"""Results as JUnit XML: what ran, and what failed, for every CI system that shows tests.

SOURCE: `junit-10.xsd` of Jenkins' xUnit plugin, the strictest of the readers. It does not have `file` and `line` of a
test case, in which GitLab and most viewers look for its place; Jenkins' own `junit` step passes over them. There are no
times.
"""

from collections.abc import Callable, Iterable
from xml.etree import ElementTree

from redflag_kit.report.ci.junit_case import Case, Suite
from redflag_kit.report.ci.junit_check import check_suites
from redflag_kit.report.ci.junit_compared import diff_suites, gate_suites
from redflag_kit.report.ci.junit_test import test_suites
from redflag_kit.report.html_read import Json, text

SUITES: dict[str, Callable[[Json], list[Suite]]] = {
    "check": check_suites,
    "trace": check_suites,
    "test": test_suites,
    "diff": diff_suites,
    "gate": gate_suites,
}


def render(result: Json) -> str:
    """Return a result as one document; suites and cases in the order of the result."""
    command = text(result.get("command"))
    suites = [suite for suite in SUITES[command](result) if suite.cases]
    cases = [case for suite in suites for case in suite.cases]
    # Readers take the skipped cases from the suites.
    totals = {name: count for name, count in _counts(cases).items() if name != "skipped"}
    root = ElementTree.Element("testsuites", {"name": f"redflag {command}", **totals})
    for suite in suites:
        _add_suite(root, suite)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _add_suite(root: ElementTree.Element, suite: Suite) -> None:
    attributes = {"name": visible(suite.name), **_counts(suite.cases)}
    if suite.file:
        attributes["file"] = visible(suite.file)
    element = ElementTree.SubElement(root, "testsuite", attributes)
    seen: dict[tuple[str, str], int] = {}
    for case in suite.cases:
        # Of cases with one name, some readers show the first only.
        key = (case.classname, case.name)
        seen[key] = seen.get(key, 0) + 1
        _add_case(element, case, f"{case.name} ({seen[key]})" if seen[key] > 1 else case.name)


def _add_case(suite: ElementTree.Element, case: Case, name: str) -> None:
    attributes = {"classname": visible(case.classname), "name": visible(name)}
    if case.place:
        attributes["file"] = visible(case.place.path)
        attributes["line"] = str(case.place.line or 1)
    element = ElementTree.SubElement(suite, "testcase", attributes)
    if case.outcome:
        given = {"type": visible(case.kind), "message": visible(case.message)}
        ElementTree.SubElement(element, case.outcome, given).text = visible(case.text or case.message)
    elif case.text:
        ElementTree.SubElement(element, "system-out").text = visible(case.text)


def _counts(cases: Iterable[Case]) -> dict[str, str]:
    outcomes = [case.outcome for case in cases]
    counted = (("failures", "failure"), ("errors", "error"), ("skipped", "skipped"))
    return {"tests": str(len(outcomes)), **{name: str(outcomes.count(outcome)) for name, outcome in counted}}


def visible(words: str) -> str:
    """Return text with the characters that XML 1.0 cannot hold written as their codes."""
    return "".join(one if _is_allowed(ord(one)) else f"\\u{ord(one):04X}" for one in words)


def _is_allowed(code: int) -> bool:
    return code in (0x9, 0xA, 0xD) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000
