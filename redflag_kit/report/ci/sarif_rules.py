"""Rules of a SARIF log: the codes of the catalogue and the kinds of change that occur in it."""

from collections.abc import Iterable
from typing import Any

from redflag_kit.diagnostics.catalogue import page_of
from redflag_kit.diagnostics.codes import by_id
from redflag_kit.report.ci.changes_words import KINDS
from redflag_kit.report.ci.remark import NOTE, Rule
from redflag_kit.report.ci.rules import LEVEL


def rules_for(used: Iterable[Rule]) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """Return the descriptors of rules, sorted by id and each once, and the position of each id among them."""
    by = {rule.id: rule for rule in used}
    ordered = [by[name] for name in sorted(by)]
    return [_descriptor(rule) for rule in ordered], {rule.id: number for number, rule in enumerate(ordered)}


def _descriptor(rule: Rule) -> dict[str, Any]:
    code = by_id(rule.id)
    if code is None:
        return _kind(rule)
    page = page_of(code.id)
    return {
        "id": code.id,
        "name": code.name,
        "shortDescription": {"text": code.title},
        "fullDescription": {"text": f"{page['what']} {page['why']}".strip() or code.title},
        "help": {"text": page["do"] or code.title, "markdown": _markdown(code.title, page)},
        "defaultConfiguration": {"level": LEVEL[code.severity.value]},
    }


def _kind(rule: Rule) -> dict[str, Any]:
    """Return the descriptor of a kind of change; a rule that this version does not know is called by its name."""
    known = KINDS.get(rule.id)
    words = known.words if known else rule.name.replace("-", " ")
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": words},
        "fullDescription": {"text": f"{words}. {known.why}" if known else words},
        "help": {"text": known.help if known else words, "markdown": known.help if known else words},
        "defaultConfiguration": {"level": known.level if known else NOTE},
    }


def _markdown(title: str, page: dict[str, str]) -> str:
    """Return the page of a code as Markdown; the pages are ours, and written as Markdown."""
    example = f"```yaml\n{page['example']}\n```" if page["example"] else ""
    why = f"**Why it matters.** {page['why']}" if page["why"] else ""
    do = f"**What to do.** {page['do']}" if page["do"] else ""
    return "\n\n".join(part for part in (page["what"] or title, why, do, example) if part)
