"""Codes of the catalogue as rules of remarks."""

from redflag_kit.diagnostics.codes import by_id
from redflag_kit.report.ci.remark import ERROR, NOTE, WARNING, Rule

LEVEL = {"error": ERROR, "warning": WARNING, "info": NOTE}
"""Severity -> level."""


def rule_of(code: str, name: str = "") -> Rule:
    """Return a code of the catalogue as a rule; one of another version of the kit keeps the name it came with."""
    known = by_id(code)
    return Rule(code, known.name if known else name or code)
