"""Which command's result can be shown in which format, and by which function; renderers are imported when used."""

from importlib import import_module

from redflag_kit.report.json import Result, to_text
from redflag_kit.report.text import PLAIN, Style
from redflag_kit.report.verdicts import with_verdicts

_RESULT = "redflag_kit.report"

# Text takes a style as well; JSON needs no module.
_BOTH = {"markdown": "markdown", "html": "html"}
_CI = {"sarif": "ci.sarif", "junit": "ci.junit", "github": "ci.github", "gitlab": "ci.gitlab"}

RENDERERS: dict[str, dict[str, str]] = {
    "check": {"text": "text_check", "json": "", **_BOTH, **_CI},
    "test": {"text": "text_test", "json": "", **_BOTH, **_CI},
    "show": {"text": "text_show", "json": "", **_BOTH},
    "explain": {"text": "text_explain", "json": "", **_BOTH},
    "compare": {"text": "text_compare", "json": "", **_BOTH},
    "mutate": {"text": "text_mutate", "json": "", **_BOTH, "elements": "elements"},
    "diff": {"text": "text_diff", "json": "", **_BOTH, **_CI},
    "changelog": {"text": "text_changelog", "json": "", "markdown": "markdown_changelog"},
    "gate": {"text": "text_gate", "json": "", **_BOTH, **_CI},
    "claims": {"text": "text_claims", "json": "", **_BOTH},
    "suggest": {"text": "text_suggest", "json": "", "markdown": "markdown_suggest"},
    "trace": {"text": "text_trace", "json": "", **_BOTH, **_CI},
    "import": {"text": "text_import", "json": ""},
    "approve": {"text": "text_approve", "json": ""},
    "checks": {"text": "text_checks", "json": "", "markdown": "text_catalogue"},
}
"""Command -> format -> module of this package with a function `render`."""


FORMATS = tuple(dict.fromkeys(form for formats in RENDERERS.values() for form in formats))
"""Every format that some result has."""


def formats_of(command: str) -> tuple[str, ...]:
    """Return the formats a command's result has, text first."""
    return tuple(RENDERERS.get(command, {}))


def render(result: Result, form: str, style: Style = PLAIN) -> str:
    """Return a result in a format. Raises KeyError if its command does not have the format."""
    name = RENDERERS[str(result["command"])][form]
    if form == "json":
        return to_text(result)
    found = import_module(f"{_RESULT}.{name}").render
    told = with_verdicts(result)
    text = found(told, style) if form == "text" else found(told)
    assert isinstance(text, str)
    return text
