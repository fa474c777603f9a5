"""HTML reports: one self-contained page per result, readable without scripts, network or colour.

Claim: every text of a result passes `html_text.inline` or `html_text.visible` and is then escaped; markup comes from
templates only, and attributes hold nothing but anchors and fixed words. The same result gives the same bytes.
"""

import base64
import functools
import hashlib
from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup, escape

from redflag_kit.report import claims_view, html_palette, html_words, mutate_view, trace_view
from redflag_kit.report.across_view import across_context, is_across
from redflag_kit.report.claims_view import READ
from redflag_kit.report.html_diff import diff_context
from redflag_kit.report.html_mutate import mutate_context
from redflag_kit.report.html_pages import page_context, rules_by_state, verdict_of
from redflag_kit.report.html_read import (
    Json,
    body,
    case_words,
    context_of,
    cubes_of,
    labels_of,
    member,
    members,
    name_of,
    objects,
    pairs,
    text,
    value_words,
)
from redflag_kit.report.html_states import gate_context, states_context
from redflag_kit.report.html_text import BLOCK_LIMIT, inline, key, slug, visible
from redflag_kit.report.question_words import answers_words
from redflag_kit.report.revisions_view import is_revisions
from redflag_kit.report.voices import heading, voice_lines

TEMPLATES = Path(__file__).parent / "templates"
EXPLORER = ("explorer_answers.js", "explorer_case.js", "explorer_show.js", "explorer_grid.js", "explorer_page.js")
VIEWER = Path(__file__).parent / "viewer" / "mutation-test-elements.js"
PAGES = ("check", "test", "explain", "compare", "show", "claims", "trace")


def render(result: Json) -> str:
    """Return the HTML page of any command's result."""
    command = text(result.get("command"))
    found = body(result)
    if command == "diff" and is_across(result):
        name, context = "across.html.j2", across_context(result)
    elif command == "diff" and is_revisions(result):
        name, context = "states.html.j2", states_context(result, _sections)
    elif command == "diff" and found:
        name, context = "diff.html.j2", diff_context(result)
    elif command == "mutate" and found:
        name, context = "mutate.html.j2", {**page_context(result), **mutate_context(result), **_viewer()}
    elif command == "gate" and found:
        name, context = "gate.html.j2", gate_context(result, _sections)
    else:
        name = f"{command}.html.j2" if command in PAGES and found else "other.html.j2"
        context = page_context(result)
    return _environment().get_template(name).render(result=result, body=found, **context)


def _sections(result: Json, around: Mapping[str, object]) -> Markup:
    """Return the sections of one comparison, for a page that tells other things as well.

    The explorer is a page's own: of several comparisons none has it.
    """
    template = _environment().get_template("diff_sections.html.j2")
    context = {**diff_context(result), "around": around}
    if not around.get("alone"):
        context["explorer"] = None
    return Markup(template.render(result=result, body=body(result), **context))  # markup of a template of ours


@functools.cache
def _viewer() -> dict[str, object]:
    """Return the viewer of mutants, our script around it, and a policy under which both run.

    The viewer draws its icons from data that it brings along, and styles its elements one by one.
    """
    viewer, around = VIEWER.read_text("utf-8"), _files("mutate.js")
    style, script = _style(), _files("report.js")
    policy = f"{_policy(style, script, viewer, around)}; style-src-attr 'unsafe-inline'; img-src data:"
    return {"viewer": Markup(viewer), "viewing": Markup(around), "policy": policy}


def _style() -> str:
    return html_palette.stylesheet() + _files("report.css", "explorer.css")


@functools.cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
        auto_reload=False,
    )
    style = _style()
    script, exploring = _files("report.js"), _files(*EXPLORER)
    environment.globals.update(
        words=html_words,
        claims_view=claims_view,
        trace=trace_view,
        mutants=mutate_view,
        style=Markup(style),
        script=Markup(script),
        exploring=Markup(exploring),
        policy=_policy(style, script, exploring),
        objects=objects,
        members=members,
        member=member,
        pairs=pairs,
        case_words=case_words,
        context_of=context_of,
        cubes_of=cubes_of,
        labels_of=labels_of,
        name_of=name_of,
        value_words=value_words,
        mark=html_words.mark,
        rules_by_state=rules_by_state,
        answers_words=answers_words,
        verdict_of=verdict_of,
        voice_lines=voice_lines,
        compared=heading,
        read_words=READ,
    )
    environment.filters.update(block=block, whole=whole, slug=slug, plain=html_words.plain, capital=capital, key=key)
    return environment


def _shown(value: object) -> object:
    """Return what stands in the page for a value that a template prints."""
    if isinstance(value, Markup):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return inline(value) if isinstance(value, str) else value


def block(value: object) -> Markup:
    """Return a text as a block: whole if it is short, else its beginning with the whole text folded below it."""
    whole = visible(text(value))
    if len(whole) <= BLOCK_LIMIT:
        return escape(whole)
    start = whole[: BLOCK_LIMIT // 2].rstrip()
    return Markup(
        '{}… <details class="long"><summary>Show all {} characters</summary><div class="whole">{}</div></details>'
    ).format(start, f"{len(whole):,}", whole)


def capital(value: object) -> str:
    """Return a text with a capital first letter, all others as they are."""
    words = text(value)
    return words[:1].upper() + words[1:]


def whole(value: object) -> Markup:
    """Return a text in full, for places that are folded away already."""
    return escape(visible(text(value)))


def _files(*names: str) -> str:
    return "".join((TEMPLATES / name).read_text("utf-8") for name in names)


def _policy(style: str, *scripts: str) -> str:
    """Return a Content-Security-Policy that lets the page load nothing and run only its own style and scripts."""
    allowed = " ".join(f"'{_hash(script)}'" for script in scripts)
    return f"default-src 'none'; style-src '{_hash(style)}'; script-src {allowed}; base-uri 'none'; form-action 'none'"


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")
