"""The questions on which the guidelines disagree: patients, what each guideline says, and the tables of the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from redflag_kit.evaluate.engine import Engine, engine
from redflag_kit.evaluate.outcome import outcomes
from redflag_kit.model.vignette import Vignette
from redflag_kit.terms.scale import STATUSES
from tests.content.library import vignettes
from tests.shipped import ROOT, guideline

PAGE = ROOT / "docs" / "clinical" / "disagreements.md"
QUESTION = "question:"


@dataclass(frozen=True, slots=True)
class Cell:
    """One line of the page: what a guideline was expected to say of a patient, what it says, and why they differ."""

    vignette: str
    guideline: str
    expected: str
    said: str
    difference: str


def patients() -> tuple[Vignette, ...]:
    """Return the vignettes of the disagreements, in file order."""
    return tuple(one for one in vignettes() if "disagreement" in one.tags)


def question(vignette: Vignette) -> str:
    """Return the question a patient stands for."""
    (found,) = (tag.removeprefix(QUESTION) for tag in vignette.tags if tag.startswith(QUESTION))
    return found


def answer(vignette: Vignette, reference: str) -> str:
    """Return in a few plain words what a guideline says of a patient of whom everything it reads is known."""
    ready = _engine(reference)
    grouped: dict[str, list[str]] = {}
    statuses: set[str] = set()
    for outcome in outcomes(ready, ready.fill(vignette.findings, vignette.fill_clean)):
        declared = ready.guideline.outputs[outcome.output]
        assert outcome.decided, f"{vignette.id}, {reference}: {outcome.output} is not decided"
        label = _short(outcome.label)
        if outcome.kind == "set" and outcome.must:
            grouped[label] = [declared.phrase(member) for member in outcome.must]
        elif declared.scale and outcome.written[0] not in STATUSES:
            grouped.setdefault(_short(declared.scale.phrase(outcome.written[0])), []).append(label)
        else:
            statuses.update(outcome.written)
    if grouped:
        return "; ".join(f"{phrase}: {', '.join(names)}" for phrase, names in grouped.items())
    return "out of scope" if statuses == {"out_of_scope"} else "says nothing"


def cells() -> Iterator[Cell]:
    """Yield the lines of the page's tables."""
    vignette = ""
    for line in PAGE.read_text("utf-8").splitlines():
        if line.startswith("### "):
            vignette = line.removeprefix("### ").split(":")[0]
        elif line.startswith("| `"):
            name, expected, said, difference = (part.strip() for part in line.strip("|").split("|"))
            yield Cell(vignette, name.strip("`"), expected, said, difference)


@cache
def _engine(reference: str) -> Engine:
    return engine(guideline(reference), [vignette.findings for vignette in patients()])


def _short(words: str) -> str:
    for part in (" of the lumbar spine", " (time not said)", " (modality not said)", " (or both)"):
        words = words.replace(part, "")
    return words
