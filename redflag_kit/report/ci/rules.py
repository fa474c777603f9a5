"""Codes of the catalogue as rules of remarks."""

from redflag_kit.diagnostics.codes import by_id
from redflag_kit.report.ci.remark import ERROR, NOTE, WARNING, Rule
from redflag_kit.report.html_read import Json, member, text

LEVEL = {"error": ERROR, "warning": WARNING, "info": NOTE}
"""Severity -> level."""


def rule_of(code: str, name: str = "") -> Rule:
    """Return a code of the catalogue as a rule; one of another version of the kit keeps the name it came with."""
    known = by_id(code)
    return Rule(code, known.name if known else name or code)


def threshold_of(result: Json) -> str:
    """Return the least grave level that fails the run; the gate has it from its settings."""
    settings = member(member(member(result.get("gate")).get("settings")).get("values"))
    fail_on = member(result.get("options")).get("fail_on") or settings.get("fail_on")
    return LEVEL.get(text(fail_on), LEVEL["error"])
