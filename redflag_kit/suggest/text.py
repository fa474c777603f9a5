"""Drafted vignettes as the text of a file: loadable, failing until somebody fills in what should come out.

Claim: the text reads back as the vignette it was made from, below whatever vignettes stand in the file already.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from textwrap import wrap

from redflag_kit.model.vignette import Expectation, Stated, Vignette
from redflag_kit.model.vocabulary import Finding
from redflag_kit.source.dump import WIDTH, Data, dump
from redflag_kit.terms.quantity import render

TODO = "TODO"
HEAD = """\
# Patients drafted by `redflag suggest --write`. Each fails until its expected outcomes are filled in from the rows that
# it names, by somebody who has read them. A patient who cannot be, or is no use, is best deleted.
schema: redflag/vignettes/1
vocabulary: {vocabulary}
vignettes:
"""


@dataclass(frozen=True, slots=True)
class Note:
    """What stands above a vignette as a comment: what it would notice, and the rows to read, a line each."""

    notices: tuple[str, ...]
    rows: tuple[str, ...]


def new_file(vocabulary: str, items: Iterable[str]) -> str:
    """Return a file that holds drafted vignettes."""
    return HEAD.format(vocabulary=vocabulary) + "\n".join(items)


def item_text(vignette: Vignette, findings: Mapping[str, Finding], note: Note) -> str:
    """Return one vignette as an item of the list of a file, with a comment above it."""
    stated: dict[str, Data] = {one.finding: _value(findings[one.finding], one) for one in vignette.findings}
    lines = [
        *_lines({"id": vignette.id, "title": vignette.title, "source": vignette.source}),
        "narrative: >-",
        *wrap(vignette.narrative, WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False),
        f"tags: [{', '.join(vignette.tags)}]",
        *_lines({"findings": stated, "unmentioned": "absent" if vignette.fill_clean else "unknown"}),
        "expect:",
    ]
    for one in vignette.expectations:
        # A reference needs no quotes, and has none in any other file.
        lines += [f"  {one.guideline}@{one.version}:", *(f"  {line}" for line in _lines({"": _expected(one)})[1:])]
    first, *rest = lines
    return "".join(f"{line}\n" for line in (*_comment(note), f"  - {first}", *(f"    {line}" for line in rest)))


def _lines(data: dict[str, Data]) -> list[str]:
    return dump(data).splitlines()


def _comment(note: Note) -> list[str]:
    told = ["Would notice, once the outcomes are filled in:", *(f"- {one}" for one in note.notices)]
    told += ["Rows to read:", *(f"- {one}" for one in note.rows)] if note.rows else []
    return [f"  # {' '.join(line.split())}" for line in told]


def _value(finding: Finding, stated: Stated) -> Data:
    if stated.unknown:
        return "unknown"
    if finding.grid is None:
        (word,) = stated.words
        return word
    number = stated.number()
    assert number is not None  # drafts state one number
    return Decimal(render(number)) if finding.unit == "1" else f"{render(number)} {finding.unit}"


def _expected(one: Expectation) -> Data:
    outcomes: Data = TODO if one.whole else {expected.output: TODO for expected in one.outcomes}
    return {"outcomes": outcomes}
