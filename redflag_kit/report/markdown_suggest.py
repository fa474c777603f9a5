"""`redflag suggest` in Markdown: the drafts of each guideline, each with its text for a file."""

from redflag_kit.report.html_read import Json, member, members, objects, text
from redflag_kit.report.markdown_blocks import head, limits, rows_of
from redflag_kit.report.markdown_text import bullets, code, escaped, fitted
from redflag_kit.report.suggest_view import (
    CONFIRM,
    notice_lines,
    now_line,
    patient_line,
    place_line,
    redundancy_line,
    row_line,
    summary_lines,
)

LIMIT = 60_000
"""Characters of a page; a comment on GitHub takes 65,536."""
MOST = 6


def render(result: Json) -> str:
    """Return the suggestions as a page that can be a comment."""
    body = member(result.get("suggest"))
    drafts = objects(body.get("vignettes"))
    end = [f"**{escaped(place_line(body), 600)}**"] if drafts else []
    parts = [*head(result, "Suggested vignettes"), *end]
    for one in objects(body.get("guidelines")):
        parts.append(f"## {escaped(one.get('guideline'))}: {escaped(one.get('title'))}")
        parts.append(bullets(escaped(line, 600) for line in summary_lines(one)))
        parts += [_draft(draft) for draft in drafts if draft.get("guideline") == one.get("guideline")]
    if body.get("redundancy"):
        parts += _redundancy(member(body.get("redundancy")))
    kept, _ = fitted(parts, LIMIT - 5_000, "parts")
    return "\n\n".join([*kept, *limits(result)]) + "\n"


def _draft(draft: Json) -> str:
    lines = [
        f"### {code(draft.get('id'))} {escaped(draft.get('title'))}",
        f"{escaped(patient_line(draft), 1_500)}",
        "Would notice, once its outcomes are filled in:",
        bullets(escaped(line, 600) for line in notice_lines(draft, MOST)),
        "Rows to read:",
        bullets(escaped(row_line(row), 400) for row in objects(draft.get("rows"))),
        f"{escaped(CONFIRM)}:",
        bullets(escaped(now_line(one), 400) for one in objects(draft.get("now"))),
    ]
    return "\n\n".join(line for line in lines if line)


def _redundancy(found: Json) -> list[str]:
    rows = [
        (
            code(one.get("id")),
            escaped(one.get("title")),
            escaped(one.get("notices")),
            code(f"{text(one.get('file'))}:{text(one.get('line'))}"),
        )
        for one in objects(found.get("redundant"))
    ]
    parts = ["## Vignettes without which nothing less would be noticed", escaped(redundancy_line(found), 400)]
    blind = [text(name) for name in members(found.get("blind"))]
    parts += [f"Notice no mutant: {escaped(', '.join(blind), 2_000)}"] if blind else []
    return [*parts, *(rows_of(("vignette", "title", "mutants noticed", "where"), rows, "vignettes") if rows else [])]
