"""What the templates of the simple pages need beside the result itself."""

from redflag_kit.report import check_view
from redflag_kit.report.coverage_view import floors_of, guideline_views
from redflag_kit.report.html_read import Json, body, member, members, objects, text
from redflag_kit.report.html_words import COMMANDS, RULE_STATES, STATUSES, VERDICTS, Mark
from redflag_kit.report.mutate_view import totals_words
from redflag_kit.report.voices import differing_words

OK = {
    "check": "No findings",
    "test": "Every expectation is met for the reasons given",
    "gate": "No findings",
    "claims": "Every claim is placed",
    "trace": "No dangling link",
}
"""What it means that a command ended well, where it looks for something."""


def page_context(result: Json) -> dict[str, object]:
    """Return title, status and arranged lists of any result but a diff."""
    command = text(result.get("command"))
    found = body(result)
    return {
        "title": _title(result),
        "status_words": status_words(result),
        "vignettes": _failed_first(found),
        "broken_links": [one for one in objects(result.get("diagnostics")) if one.get("severity") != "info"],
        **(_check_context(result) if command == "check" else {}),
        "covered": guideline_views(member(found.get("coverage"))),
        "floors": floors_of(member(found.get("coverage"))),
    }


def _title(result: Json) -> str:
    command = text(result.get("command"))
    if command == "check" and body(result):
        return "Check of decision models" if check_view.is_of_models(result) else "Check of guidelines"
    if command == "compare" and "rows" in body(result):
        return "Several patients through the guidelines"
    return COMMANDS.get(command, command)


def _check_context(result: Json) -> dict[str, object]:
    found = body(result)
    return {
        "models": objects(found.get("models")),
        "messages": check_view.messages(result),
        "faults": check_view.faults(result),
        "shown_properties": check_view.shown_properties(found),
        "property_rows": check_view.property_rows(found),
        "result_of": check_view.result_of,
        "editions_of": check_view.editions_of,
    }


def status_words(result: Json) -> str:
    """Return how the command ended; without findings means something only where findings are looked for."""
    status = text(result.get("status"))
    if result.get("command") == "check" and body(result):
        return check_view.verdict_words(result)
    if result.get("command") == "mutate" and body(result):
        return totals_words(member(body(result).get("totals")))
    if status == "ok" and result.get("command") == "explain" and objects(body(result).get("outcomes")):
        return _decided_words(objects(body(result).get("outcomes")))
    if status == "ok" and result.get("command") == "compare" and body(result):
        return differing_words(body(result))
    if status == "ok":
        return OK.get(text(result.get("command")), "Complete")
    return STATUSES.get(status, status)


def _decided_words(outcomes: list[Json]) -> str:
    decided = sum(bool(one.get("decided")) for one in outcomes)
    if decided == len(outcomes):
        return "Every output is decided"
    return f"{decided} of {len(outcomes)} outputs decided; the rest depends on what is not known"


def verdict_of(expectation: Json) -> Mark:
    """Return whether an expectation was met: met, met for other reasons, not met, or to be filled in."""
    if expectation.get("todo"):
        return VERDICTS["todo"]
    if not expectation.get("passed"):
        return VERDICTS["failed"]
    return VERDICTS["passed" if expectation.get("because_ok") else "reason"]


def _failed_first(found: Json) -> list[Json]:
    return sorted(objects(found.get("vignettes")), key=lambda one: not _has_failed(one))


def _has_failed(vignette: Json) -> bool:
    results = objects(vignette.get("results"))
    return bool(members(vignette.get("faults"))) or any(verdict_of(one).key != "passed" for one in results)


def rules_by_state(rules: object) -> list[tuple[Mark, list[Json]]]:
    """Return rules grouped by how they stand for a case, those that fire first."""
    found = objects(rules)
    groups = [(mark, [one for one in found if one.get("state") == mark.key]) for mark in RULE_STATES.values()]
    return [(mark, group) for mark, group in groups if group]
