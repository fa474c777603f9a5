"""`diff` and `gate` as test cases: the checks of the gate, what must be signed, and every comparison."""

from redflag_kit.report.ci.compared import Compared, pairs_of
from redflag_kit.report.ci.junit_case import (
    ERROR,
    FAILURE,
    SKIPPED,
    Case,
    Suite,
    case_name,
    remark_case,
    undecided_case,
)
from redflag_kit.report.ci.places import in_repository
from redflag_kit.report.ci.remark import ABSENT, UNCHANGED, Remark
from redflag_kit.report.ci.remarks import diagnostic
from redflag_kit.report.ci.remarks_compared import pair_remarks, resolved_remarks
from redflag_kit.report.ci.remarks_gate import item_words, needs_a_look
from redflag_kit.report.ci.rules import threshold_of
from redflag_kit.report.html_read import Json, body, member, members, objects, text

_REST, _GATE, _SIGNOFF = "the project as a whole", "gate", "sign-off"
_OUTCOMES = {"failed": FAILURE, "not_decided": ERROR, "signoff": FAILURE, "noted": SKIPPED}
"""What is only noted, such as a strength of tests that is not measured, has not passed either."""


def diff_suites(result: Json) -> list[Suite]:
    """Return a suite for each pair of editions, with every change of patients as a case that passes."""
    pairs = [
        Suite(pair.name, in_repository(result, pair.new_path), tuple(_pair(result, pair, whole=True)))
        for pair in pairs_of(result)
    ]
    return [*pairs, _unchanged(result), _rest(result)]


def gate_suites(result: Json) -> list[Suite]:
    """Return the gate's checks, what must be signed, and what each comparison found."""
    found = body(result)
    checks = Suite(_GATE, "", tuple(_check(one) for one in objects(found.get("checks"))))
    items = [one for one in objects(member(found.get("signoff")).get("items")) if needs_a_look(one)]
    pairs = [
        Suite(pair.name, in_repository(result, pair.new_path), tuple(_pair(result, pair, whole=False)))
        for pair in pairs_of(result)
    ]
    return [checks, Suite(_SIGNOFF, "", tuple(_item(one) for one in items)), *pairs, _unchanged(result), _rest(result)]


def _check(one: Json) -> Case:
    outcome = _OUTCOMES.get(text(one.get("result")), "")
    said = f"required {text(one.get('required'))}, found {text(one.get('actual'))}"
    told = "\n".join([said, *(text(reason) for reason in members(one.get("reasons")))])
    return Case(_GATE, f"{text(one.get('name'))}: {text(one.get('title'))}", None, outcome, "gate", said, told)


def _item(one: Json) -> Case:
    settled = one.get("state") in ("approved", "not_required")
    words = item_words(one)
    name = f"{text(one.get('new') or one.get('old') or one.get('guideline'))}: {text(one.get('sentence'))}"
    told = f"{name}\n{words}\nid: {text(one.get('id'))}"
    return Case(_SIGNOFF, f"{name} ({text(one.get('id'))})", None, "" if settled else FAILURE, "signoff", words, told)


def _pair(result: Json, pair: Compared, whole: bool) -> list[Case]:
    """Return one case for the comparison itself, then those of what it found; only what is new can fail."""
    equivalent = pair.diff.get("equivalent")
    verdict = text(pair.diff.get("verdict"))
    left = equivalent is None
    compared = Case(pair.name, "is compared", None, ERROR if left else "", "not decided", verdict, verdict)
    remarks = pair_remarks(pair) if whole else resolved_remarks(pair)
    return [compared, *(_case(result, one, pair.name) for one in remarks)]


def _case(result: Json, one: Remark, classname: str) -> Case:
    if one.state in (UNCHANGED, ABSENT):
        return Case(classname, case_name(one), one.place, text=f"{one.state}: {one.message}")
    return remark_case(one, threshold_of(result), classname)


def _unchanged(result: Json) -> Suite:
    names = [text(one) for one in members(body(result).get("unchanged"))]
    return Suite("unchanged", "", tuple(Case("unchanged", f"{name} is unchanged", None) for name in names))


def _rest(result: Json) -> Suite:
    found = [diagnostic(result, one) for one in objects(result.get("diagnostics"))]
    left = [undecided_case(one, _REST) for one in objects(result.get("not_decided"))]
    return Suite(_REST, "", (*(_case(result, one, _REST) for one in found), *left))
