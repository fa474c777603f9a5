"""What the templates of the simple pages need beside the result itself."""

from redflag_kit.report.html_read import Json, body, members, objects, text
from redflag_kit.report.html_words import COMMANDS, RULE_STATES, STATUSES, VERDICTS, Mark


def page_context(result: Json) -> dict[str, object]:
    """Return title, status and arranged lists of any result but a diff."""
    command = text(result.get("command"))
    found = body(result)
    return {
        "title": COMMANDS.get(command, command),
        "status_words": status_words(result),
        "vignettes": _failed_first(found),
    }


def status_words(result: Json) -> str:
    """Return how the command ended; without findings means something only where findings are looked for."""
    status = text(result.get("status"))
    if status == "ok":
        return "No findings" if result.get("command") in ("check", "test", "gate") else "Complete"
    return STATUSES.get(status, status)


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
