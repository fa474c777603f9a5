"""`redflag test` as text: the vignettes that failed and why, coverage, then one line that sums up."""

from redflag_kit.report.json import Result
from redflag_kit.report.text import BOLD, GREEN, PLAIN, RED, Page, Style, count, items, number, record, said, words
from redflag_kit.report.text_coverage import add_coverage


def render(result: Result, style: Style = PLAIN) -> str:
    """Return the failures grouped by vignette, and the summary."""
    page = Page(style)
    body = record(result.get("test"))
    for vignette in items(body.get("vignettes")):
        if not vignette["passed"]:
            page.blank()
            add_failure(page, vignette)
    if body.get("coverage"):
        add_coverage(page, record(body["coverage"]))
        _add_floors(page, result)
    page.blank()
    _add_summary(page, record(body.get("totals")), result)
    return page.text()


def failure_text(vignette: Result, style: Style = PLAIN) -> str:
    """Return one failed vignette as text."""
    page = Page(style)
    add_failure(page, vignette)
    return page.text()


def add_failure(page: Page, vignette: Result) -> None:
    """Add a vignette that failed: what was expected, what came out, from which rules, and how to find out more."""
    page.item(f"✘ {said(vignette['id'])} failed:", said(vignette["title"]), hang=2, colour=RED)
    page.line(f"{said(vignette['file'])}:{number(vignette['line'])}", indent=2)
    for fault in words(vignette["faults"]):
        page.line(fault, indent=2, hang=2)
    failed: dict[str, list[Result]] = {}
    for one in items(vignette["results"]):
        if not (one["passed"] and one["because_ok"]):
            failed.setdefault(f"{said(one['guideline'])}@{said(one['version'])}", []).append(one)
    for guideline, results in failed.items():
        page.blank()
        page.line(guideline, indent=2, colour=BOLD)
        for one in results:
            if not one["passed"]:
                _add_expectation(page, one)
        _add_reasons(page, results)
        page.line(f"redflag explain {guideline} --vignette {said(vignette['id'])}", indent=4, hang=2)


def _add_expectation(page: Page, one: Result) -> None:
    actual = record(one["actual"])
    page.line(f"{said(actual['label'])} ({said(one['output'])})", indent=4, hang=2)
    expected = said(one["expected"]).removeprefix("must: ; ")
    page.item("expected", "not filled in yet (TODO)" if one["todo"] else expected, indent=6, hang=10)
    page.item("actual", as_authored(actual), indent=6, hang=10)
    page.item("in words", said(actual["text"]) or "nothing", indent=6, hang=10)
    page.item("rules", ", ".join(words(actual["rules"])) or "none", indent=6, hang=10)


def _add_reasons(page: Page, results: list[Result]) -> None:
    missing = list(dict.fromkeys(rule for one in results for rule in words(one["missing_reasons"])))
    if missing:
        page.item("because", f"{', '.join(missing)} should fire for certain, and does not", indent=4, hang=8)


def as_authored(outcome: Result) -> str:
    """Return an outcome as an expectation spells it: `without_trial`, `may: a, b` or `must: a; may: a, b`."""
    possible, must, may = words(outcome["possible"]), words(outcome["must"]), words(outcome["may"])
    if outcome["kind"] == "ordered" or not may:
        return possible[0] if len(possible) == 1 else _named("may", possible)
    if outcome["decided"]:
        return f"[{', '.join(may)}]"
    return "; ".join([*([_named("must", must)] if must else []), _named("may", sorted(may) + possible)])


def _named(key: str, values: list[str]) -> str:
    return f"{key}: {', '.join(values) or 'nothing'}"


def _add_floors(page: Page, result: Result) -> None:
    """Add the floors of coverage that are not reached."""
    short = [one for one in items(result.get("diagnostics")) if one["code"] == "RF550"]
    if short:
        page.blank()
    for one in short:
        page.item("✘ too little:", said(one["message"]), hang=2, colour=RED)


def _add_summary(page: Page, totals: Result, result: Result) -> None:
    def total(name: str) -> int:
        return number(totals.get(name))

    size = f"{count(total('vignettes'), 'vignette')}, {count(total('expectations'), 'expectation')}"
    details = [
        f"{number_of} {word}"
        for number_of, word in (
            (total("failed"), "failed"),
            (total("todo"), "not filled in yet"),
        )
        if number_of
    ]
    undecided = total("undecided")
    if undecided:
        details.append(f"{undecided} with an undecided outcome{'' if details else ', as expected'}")
    more = f" ({', '.join(details)})" if details else ""
    if total("vignettes_failed"):
        text = f"{total('vignettes_failed')} of {size}{more}"
        page.item("✘ failed:", text, hang=2, colour=RED)
    elif result["status"] == "ok" or all(one["code"] == "RF550" for one in _errors(result)):
        page.item("✔ passed:", f"{size}{more}", hang=2, colour=GREEN)
    else:
        text = f"{size}{more}, but the project has faults: redflag check shows them"
        page.item("✘ failed:", f"all vignettes passed, {text}", hang=2, colour=RED)


def _errors(result: Result) -> list[Result]:
    return [one for one in items(result.get("diagnostics")) if one["severity"] == "error"]
