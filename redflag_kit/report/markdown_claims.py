"""`redflag claims` in Markdown: a table per section."""

from redflag_kit.report import claims_view
from redflag_kit.report.html_read import Json, objects, text
from redflag_kit.report.markdown_blocks import head, limits, message_parts, rows_of
from redflag_kit.report.markdown_text import bullets, escaped


def claims_parts(result: Json) -> list[str]:
    """Return the Markdown of `claims` as blocks."""
    lines = [*head(result, "")]
    lines.append(
        bullets(f"{'✓' if complete else '✕'} {escaped(line)}" for complete, line in claims_view.tallies(result))
    )
    if objects(result.get("diagnostics")):
        lines += ["## Messages", *message_parts(objects(result.get("diagnostics")))]
    for title, claims in claims_view.by_section(result):
        heads = ("claim", "it says", "verdict", "sources", "where it went")
        lines += [f"## {escaped(title)}", *rows_of(heads, [_row(one) for one in claims], "claims")]
    clashes = claims_view.contradictions(result)
    if clashes:
        heads = ("contradiction", "what clashes", "claims", "patient", "vignettes")
        rows = [tuple(escaped(cell, 600) for cell in one) for one in clashes]
        lines += ["## Where the claims contradict each other", *rows_of(heads, rows, "contradictions")]
    return [*lines, *limits(result)]


def _row(one: Json) -> tuple[str, ...]:
    sources = ", ".join(claims_view.source_words(source) for source in objects(one.get("sources")))
    return (
        escaped(text(one.get("id"))),
        escaped(one.get("says"), 600),
        escaped(claims_view.verdict(one), 800),
        escaped(sources or "none", 400),
        "<br>".join(escaped(f"{kind}: {names}", 600) for kind, names in claims_view.homes(one)),
    )
