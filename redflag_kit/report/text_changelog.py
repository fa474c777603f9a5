"""`redflag changelog` as text: Keep-a-Changelog entries, ready to be pasted and put in better words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from redflag_kit.report.json import Result
from redflag_kit.report.text import PLAIN, Page, Style, items, record, said, words, wrap

_MARKS = {
    "less_urgent": "Less urgent",
    "lost": "Lost",
    "lateral": "Other stance",
    "scope": "Scope or coverage only",
    "constraint": "Who counts as a possible patient",
    "gained": "Gained",
    "more_urgent": "More urgent",
}
NO_ENTRY = "No guideline differs: the text of every one is the same."
NOTHING = "Nothing changed for any patient, or for any case with missing information (proved)."


@dataclass(frozen=True, slots=True)
class Ink:
    """How an entry is put on paper: what becomes of authored text and of a line's first word, and how wide it is."""

    text: Callable[[str], str]
    start: Callable[[str], str]
    width: int


def render(result: Result, style: Style = PLAIN) -> str:
    """Return every entry of the result, and what was not decided."""
    return written(result, Ink(Page(style).clean, str, style.width))


def written(result: Result, ink: Ink) -> str:
    """Return the entries one after the other; below them what was not decided and belongs to none of them."""
    entries = items(record(result.get("changelog")).get("entries"))
    parts = ["\n".join(_entry(one, ink)) for one in entries]
    told = [question for one in entries for question in words(one["open_questions"])]
    for one in items(result.get("not_decided")):
        question = said(one["question"])
        if not any(known.startswith(question.split(": ", 1)[-1]) for known in told):
            parts.append("\n".join(_lines(f"**Not decided:** {ink.text(question)}.", ink)))
    return "\n\n".join(parts or [NO_ENTRY]) + "\n"


def _entry(found: Result, ink: Ink) -> Iterator[str]:
    date = f" - {said(found['date'])}" if found["date"] else ""
    yield f"## [{ink.text(said(found['version']))}]{ink.text(date)}"
    yield ""
    told = f"{said(found['title'])} ({said(found['id'])}): {said(found['new'])}, compared with {said(found['old'])}."
    yield from _lines(ink.start(ink.text(told)), ink)
    if found["equivalent"] is not False:
        yield ""
        yield from _lines(NOTHING if found["equivalent"] else ink.text(f"{said(found['verdict'])}."), ink)
    for section in items(found["sections"]):
        yield from ("", f"### {said(section['title'])}")
        for one in items(section["items"]):
            yield from _item(one, ink)
    yield from _end(found, ink)


def _item(one: Result, ink: Ink) -> Iterator[str]:
    mark = said(one["mark"])
    start = f"- **{_MARKS.get(mark, mark.capitalize())}:** "
    parts = items(one["parts"])
    if not parts:
        yield from _lines(start + ink.text(said(one["text"])), ink, 2)
        return
    rules = ink.text(" → ".join(words(one["rules"])))
    cited = ", ".join(words(one["sources"])) or "no source"
    noun = "Rules:" if len(words(one["rules"])) > 1 else "Rule:"
    behind = f" {noun} {rules} ({ink.text(cited)})."
    if len(parts) == 1:
        yield from _lines(start + _part(parts[0], ink) + behind, ink, 2)
        return
    yield from _lines(start.rstrip() + behind, ink, 2)
    for part in parts:
        yield from _lines("  - " + _part(part, ink), ink, 4)


def _part(part: Result, ink: Ink) -> str:
    shortened = "" if part["exact"] else " (shortened: not the whole condition)"
    return ink.text(f"{'; '.join(words(part['what']))}. For whom: {said(part['who'])}{shortened}.")


def _end(found: Result, ink: Ink) -> Iterator[str]:
    """Yield what stands below the sections: what was proved unchanged, what is open, and the step of the version."""
    unchanged, questions = words(found["unchanged"]), words(found["open_questions"])
    if unchanged:
        yield ""
        yield from _lines(f"Touched, but proved unchanged for every patient: {ink.text('; '.join(unchanged))}.", ink)
    if questions:
        yield ""
        yield from _lines(f"**Not decided:** {ink.text('; '.join(questions))}.", ink)
    yield ""
    yield from _lines(f"Version: {ink.text(said(found['step']))}.", ink)


def _lines(text: str, ink: Ink, hang: int = 0) -> Iterator[str]:
    """Yield a paragraph or an item; a later line never begins like a list or a heading."""
    indent = len(text) - len(text.lstrip(" "))
    first, *later = wrap(text.lstrip(" "), ink.width, " " * indent, " " * hang)
    yield first
    for row in later:
        bare = row.lstrip(" ")
        yield row[: len(row) - len(bare)] + ink.start(bare)
