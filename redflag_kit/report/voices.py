"""Who is compared: editions by name, and what is in force side by side under one name."""

from redflag_kit.report.html_read import Json, member, members, objects, text
from redflag_kit.report.text import Page


def voice_lines(found: Json) -> list[str]:
    """Return a line for each voice: its title, or each edition with since when and for which outputs it speaks."""
    return [_voice(voice) for voice in objects(found.get("voices"))]


def _voice(voice: Json) -> str:
    name, parts = text(voice.get("name")), objects(voice.get("parts"))
    if len(parts) == 1 and text(parts[0].get("guideline")) == name:
        return f"{name}: {text(parts[0].get('title'))}"
    return f"{name}: {'; '.join(map(_part, parts))}"


def _part(part: Json) -> str:
    standing = member(part.get("standing"))
    outputs = ", ".join(text(one) for one in members(standing.get("outputs")))
    title = f"{text(part.get('guideline'))} {text(part.get('title'))}"
    return f"{title} (since {text(standing.get('since'))} for {outputs})"


def heading(found: Json) -> str:
    """Return what is compared: what is in force, was in force on a date, or editions that were named as well."""
    parts = [part for voice in objects(found.get("voices")) for part in objects(voice.get("parts"))]
    if not all(part.get("standing") for part in parts):
        return "Compared"
    at = text(found.get("at"))
    return f"In force on {at}" if at else "In force"


def differing_words(found: Json) -> str:
    """Return on what those compared part: the outputs of one patient, or for how many patients of a matrix."""
    voices = len(objects(found.get("voices")))
    rows = objects(found.get("rows"))
    if "rows" in found:
        differing = sum(bool(row.get("differ")) for row in rows)
        return f"{_many(voices, 'guideline')}, {_many(len(rows), 'patient')}: they differ on {differing} of them"
    labels = [text(one.get("label")) for one in objects(found.get("disagreements"))]
    if not labels:
        return f"{_many(voices, 'guideline')}: they differ on nothing"
    return f"{_many(voices, 'guideline')}: they differ on {', '.join(labels)}"


def _many(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def add_voices(page: Page, found: Json) -> None:
    """Add who is compared: the title behind each name."""
    page.blank()
    page.line(heading(found))
    for line in voice_lines(found):
        page.line(line, indent=2, hang=2)
