"""A matrix of patients and guidelines as text: a table where the columns fit, else a block for each patient."""

from itertools import zip_longest

from redflag_kit.report.json import Result
from redflag_kit.report.text import BOLD, Page, cells, items, said, wrap
from redflag_kit.report.voices import add_voices, differing_words

NARROWEST = 18
"""A column of fewer cells cannot hold a level in words."""
GAP = 2
WITHOUT_ADVICE = {"silent": "silent:", "out_of_scope": "out of scope:"}


def add_matrix(page: Page, found: Result) -> None:
    """Add who says what of which patient, the most telling outcome of each."""
    rows, voices = items(found["rows"]), items(found["voices"])
    page.line(differing_words(found), hang=2, colour=BOLD)
    add_voices(page, found)
    width = _column_width(page, len(voices))
    if width >= NARROWEST:
        _add_table(page, rows, [said(one["name"]) for one in voices], width)
    else:
        for place, row in enumerate(rows, 1):
            _add_block(page, row, place)
    page.blank()
    page.line("Shown is what is most telling; --format html or markdown has every outcome.")


def _column_width(page: Page, voices: int) -> int:
    return (page.style.width - GAP * voices) // (voices + 1)


def _add_table(page: Page, rows: list[Result], names: list[str], width: int) -> None:
    page.blank()
    _add_line(page, ["patient", *names], width, BOLD)
    for row in rows:
        page.blank()
        _add_line(page, [f"{said(row['vignette'])} {said(row['title'])}", *_shorts(row)], width, "")


def _shorts(row: Result) -> list[str]:
    return [said(cell["short"]) for cell in items(row["cells"])]


def _add_line(page: Page, texts: list[str], width: int, colour: str) -> None:
    columns = [wrap(page.clean(text), width) for text in texts]
    for line in zip_longest(*columns, fillvalue=""):
        padded = (text + " " * (width - cells(text)) for text in line)
        page.lines.append(page.paint((" " * GAP).join(padded).rstrip(), colour))


def _add_block(page: Page, row: Result, place: int) -> None:
    """Add one patient: a line for each guideline with advice, then who is silent and for whom it is out of scope."""
    page.blank()
    page.item(f"{place}.", f"{said(row['title'])} ({said(row['vignette'])})", hang=4, colour=BOLD)
    found = items(row["cells"])
    width = max((cells(said(one["voice"])) for one in found), default=0)
    for one in found:
        if one["stance"] not in WITHOUT_ADVICE:
            page.item(said(one["voice"]), said(one["short"]), indent=4, hang=width + GAP)
    for stance, mark in WITHOUT_ADVICE.items():
        voices = [said(one["voice"]) for one in found if one["stance"] == stance]
        if voices:
            page.item(mark, ", ".join(voices), indent=4, hang=4)
