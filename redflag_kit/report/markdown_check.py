"""`redflag check` in Markdown: a project, or decision models."""

from redflag_kit.report.check_view import (
    Fault,
    editions_of,
    example_of,
    faults,
    is_of_models,
    messages,
    property_rows,
    result_of,
    shown_properties,
)
from redflag_kit.report.html_read import Json, body, member, members, objects, text
from redflag_kit.report.markdown_audit import audit_parts
from redflag_kit.report.markdown_blocks import advice, head, limits, message_parts, rows_of, undecided, weight
from redflag_kit.report.markdown_text import code, escaped


def check_parts(result: Json) -> list[str]:
    """Return the Markdown of `check` as blocks."""
    found = body(result)
    models = is_of_models(result)
    told, wrong, open_ = messages(result), faults(result), undecided(result)
    said = message_parts(told, "values" if models else "patients")
    return [
        *head(result, ""),
        *(["## Messages", *said] if told or not wrong else []),
        *open_,
        *_faults(wrong, models, "None found so far; not everything was decided." if open_ else "None."),
        *(_models(found) if models else _project(found)),
        *limits(result),
    ]


def _project(found: Json) -> list[str]:
    guidelines = [
        (f"{escaped(g.get('id'))} {escaped(g.get('version'))}", escaped(g.get("title")), escaped(g.get("rules")))
        for g in objects(found.get("guidelines"))
    ]
    return [
        *_properties(found),
        *audit_parts(found),
        "## Guidelines",
        *rows_of(("guideline", "title", "rules"), guidelines, "guidelines"),
    ]


def _models(found: Json) -> list[str]:
    rows = [
        (
            escaped(one.get("name")),
            *(escaped(one.get(key)) for key in ("version", "tables", "rules")),
            code(one.get("path")),
        )
        for one in objects(found.get("models"))
    ]
    return ["## Models", *rows_of(("model", "DMN", "tables", "rules", "file"), rows, "models")]


def _faults(found: list[Fault], models: bool, none: str) -> list[str]:
    """Return what was found in the tables, each with its region and an example."""
    if not found:
        return ["## Faults of the tables", none] if models else []
    title, whom = ("Faults of the tables", "for which values") if models else ("Findings in the tables", "for whom")
    heads = ("weight", "code", "table", "what is so", f"{whom}, and an example")
    return [f"## {title}", *rows_of(heads, [_fault(one) for one in found], "findings")]


def _fault(one: Fault) -> tuple[str, ...]:
    place = "".join(f"<br>{code(place)}" for place in one.places[:1])
    region = escaped(member(one.data.get("region")).get("text") or "", 500)
    example = example_of(one.data)
    shown = [*([region] if region else []), *([f"Example: {escaped(example)}"] if example else [])]
    return (
        weight(one.data),
        code(one.data.get("code")),
        f"{escaped(one.data.get('guideline'))}: {escaped(one.data.get('decision'))}{place}",
        escaped(one.data.get("message")) + advice({**one.message, **one.data}),
        "<br>".join(shown),
    )


def _properties(found: Json) -> list[str]:
    """Return the violations and open questions one by one, and every property in a line."""
    rows = [
        (
            f"{code(row.data.get('id'))}<br>{escaped(row.data.get('title'))}",
            "<br>".join(
                f"{mark.symbol} {mark.word}: {escaped(', '.join(guidelines), 500)}" for mark, guidelines in row.results
            ),
        )
        for row in property_rows(found)
    ]
    if not rows:
        return []
    shown = [_violation(one) for one in shown_properties(found)]
    heads = ("property", "guideline", "result", "example")
    return [
        "## Safety properties",
        *(rows_of(heads, shown, "results of properties") if shown else []),
        *rows_of(("property", "what became of it"), rows, "properties"),
    ]


def _violation(one: Json) -> tuple[str, ...]:
    shown, known = member(one.get("counterexample")), member(one.get("known"))
    result = result_of(one)
    example = f"Example: {escaped(shown.get('text'), 400)}<br>{escaped(shown.get('says'), 400)}" if shown else ""
    if known:
        cited = ", ".join(text(key) for key in members(known.get("cite")))
        example += f"<br>Known: {escaped(known.get('reason'), 400)} ({escaped(cited)})"
    cells = (f"{code(one.get('id'))}<br>{escaped(one.get('title'))}", escaped(editions_of(one)))
    return (*cells, f"{result.symbol} {result.word}", example)
