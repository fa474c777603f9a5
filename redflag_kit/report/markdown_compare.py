"""`redflag compare` in Markdown: where guidelines differ on one patient and why, or a matrix of several patients."""

from redflag_kit.report.claims_view import READ
from redflag_kit.report.html_read import Json, body, member, members, objects, pairs, text
from redflag_kit.report.html_words import CONDITION_STATES, mark, plain
from redflag_kit.report.markdown_blocks import head, limits, rows_of
from redflag_kit.report.markdown_text import bullets, escaped
from redflag_kit.report.voices import heading, voice_lines


def compare_parts(result: Json) -> list[str]:
    """Return the Markdown of `compare` as blocks."""
    found = body(result)
    parts = _matrix(found) if "rows" in found else _comparison(found)
    return [*head(result, ""), *parts, *limits(result)]


def _comparison(found: Json) -> list[str]:
    case = "; ".join(text(phrase) for phrase in members(found.get("in_words"))) or "nothing is known"
    differ, agree = objects(found.get("disagreements")), objects(found.get("agreements"))
    lines = [f"**The patient:** {escaped(case, 1_500)}", *_voices(found), f"## Where they differ ({len(differ)})"]
    if differ:
        names = [text(name) for name, *_ in pairs(differ[0].get("says"))]
        rows = [
            (escaped(d.get("label") or d.get("output")), *(_position(p) for p in objects(d.get("positions"))))
            for d in differ
        ]
        lines += rows_of(("output", *(escaped(name) for name in names)), rows, "outputs")
    lines += _reasons(objects(found.get("reasons")))
    outside = objects(found.get("out_of_scope"))
    if outside:
        lines.append("## Out of scope, or perhaps")
        lines.append(bullets(f"{escaped(o.get('guideline'))}: {escaped(o.get('why'), 900)}" for o in outside))
    lines.append(f"## Where they agree ({len(agree)})")
    lines.append(bullets(f"{escaped(a.get('label'))}: {escaped(a.get('text'))}" for a in agree))
    return lines


def _voices(found: Json) -> list[str]:
    return [f"**{escaped(heading(found))}**", bullets(escaped(line, 900) for line in voice_lines(found))]


def _position(one: Json) -> str:
    """Return a cell: what is said, by which rules, or why there is no advice and what to ask first."""
    undecided = one.get("stance") == "undecided"
    said = f"undecided: {text(one.get('text'))}" if undecided else text(one.get("text"))
    rules = ", ".join(text(rule) for rule in members(one.get("rules")))
    lines = [escaped(said, 400)]
    lines += [f"by {escaped(rules)}"] if rules and one.get("stance") == "says" else []
    asked = member(one.get("ask"))
    lines += [f"ask first: {escaped(asked.get('question'))}"] if asked else []
    return "<br>".join(lines)


def _reasons(reasons: list[Json]) -> list[str]:
    """Return the rules behind the differences, what they cite, and the readings they rest on."""
    if not reasons:
        return []
    rows = [
        (
            f"{escaped(r.get('guideline'))}<br>{escaped(r.get('rule'))}: {escaped(r.get('title'))}",
            "; ".join(_held(r)),
            escaped(r.get("writes"), 400),
            "<br>".join(_source(s) for s in objects(r.get("sources"))) or "none cited",
            escaped(", ".join(text(name) for name, _ in pairs(r.get("assumptions")))),
        )
        for r in reasons
    ]
    readings = {text(name): text(words) for r in reasons for name, words in pairs(r.get("assumptions"))}
    lines = ["## The rules behind it"]
    lines += rows_of(("rule", "because of", "says", "source, and how far it was read", "readings"), rows, "rules")
    if readings:
        lines.append("**Readings of the sources that they rest on**")
        lines.append(bullets(f"{escaped(name)}: {escaped(words, 900)}" for name, words in sorted(readings.items())))
    return lines


def _held(reason: Json) -> list[str]:
    """Return the conditions that hold; of a rule that stays open, all with how each stands."""
    conditions = objects(reason.get("because"))
    if reason.get("state") == "fires":
        return [escaped(c.get("text"), 400) for c in conditions if c.get("state") == "yes"]
    marks = [(mark(CONDITION_STATES, text(c.get("state"))), c) for c in conditions]
    return [f"{one.symbol} {one.word}: {escaped(c.get('text'), 400)}" for one, c in marks]


def _source(one: Json) -> str:
    where = f"{text(one.get('cite'))} {text(one.get('row'))}".strip()
    read = READ.get(text(one.get("read")), text(one.get("read")))
    return f"{escaped(where)}: {escaped(plain(text(one.get('status'))))}; {escaped(read)}"


def _matrix(found: Json) -> list[str]:
    rows, names = objects(found.get("rows")), [text(one.get("name")) for one in objects(found.get("voices"))]
    differing = sum(bool(row.get("differ")) for row in rows)
    cells = [
        (
            f"{escaped(row.get('vignette'))}: {escaped(row.get('title'))}",
            *(_cell(cell) for cell in objects(row.get("cells"))),
        )
        for row in rows
    ]
    return [
        *_voices(found),
        f"## {len(rows)} patients; they differ on {differing}",
        *rows_of(("patient", *(escaped(name) for name in names)), cells, "patients"),
    ]


def _cell(cell: Json) -> str:
    """Return the most telling outcome, and below it everything that is said where that is more."""
    short, whole = text(cell.get("short")), text(cell.get("text"))
    return f"**{escaped(short, 300)}**" + ("" if short == whole else f"<br>{escaped(whole, 900)}")
