"""`redflag compare` over several patients: a matrix of patients and guidelines, each cell in few words."""

from collections.abc import Iterable, Iterator

from redflag_kit.diagnostics.diagnostic import Diagnostic
from redflag_kit.evaluate.engine import Engine, engine
from redflag_kit.evaluate.outcome import outcomes
from redflag_kit.evaluate.vignettes import contradiction_of
from redflag_kit.model.vignette import Vignette
from redflag_kit.results.case import Outcome
from redflag_kit.results.compare import Cell, MatrixBody, MatrixRow
from redflag_kit.results.envelope import Envelope
from redflag_kit.wording.cases import case_phrases
from redflag_kit.wording.cells import Said, headline_words, whole_words
from redflag_kit.workflow.envelope import FINDINGS, OK, STATUS
from redflag_kit.workflow.positions import OUT_OF_SCOPE, SAYS, SILENT, UNDECIDED, gives_advice, stance_of
from redflag_kit.workflow.voices import Speaker, shown_voice

CONTRADICTION = "contradiction"
WORDS = {
    SILENT: "silent",
    OUT_OF_SCOPE: "out of scope",
    UNDECIDED: "undecided",
    CONTRADICTION: "what is stated cannot all be true",
}


def matrix(speakers: Iterable[Speaker], vignettes: Iterable[Vignette], at: str | None = None) -> Envelope:
    """Return what each guideline says of each patient. The vignettes share the vocabulary of the guidelines."""
    chosen, patients = tuple(speakers), tuple(vignettes)
    cases = [one.findings for one in patients]
    engines = {one.name: tuple(engine(guideline, cases) for guideline in one.guidelines) for one in chosen}
    diagnostics: list[Diagnostic] = []
    rows = []
    for vignette in patients:
        cells = []
        for speaker in chosen:
            cell, faults = _cell(speaker.name, engines[speaker.name], vignette)
            cells.append(cell)
            diagnostics += faults
        rows.append(_row(vignette, tuple(cells), chosen))
    code = FINDINGS if diagnostics else OK
    summary: dict[str, object] = {
        "cases": len(rows),
        "guidelines": len(chosen),
        "disagreements": sum(row.differ for row in rows),
    }
    inputs = tuple(one for speaker in chosen for one in speaker.inputs())
    body = MatrixBody(at or "", tuple(shown_voice(one) for one in chosen), tuple(rows))
    return Envelope("compare", STATUS[code], code, inputs, {}, tuple(dict.fromkeys(diagnostics)), (), (), summary, body)


def _row(vignette: Vignette, cells: tuple[Cell, ...], speakers: tuple[Speaker, ...]) -> MatrixRow:
    findings = speakers[0].guidelines[0].vocabulary.findings
    return MatrixRow(
        vignette=vignette.id,
        title=vignette.title,
        file=vignette.span.file,
        line=vignette.span.line,
        in_words=case_phrases(vignette.findings, findings),
        differ=any(gives_advice(cell.stance) for cell in cells) and len({cell.text for cell in cells}) > 1,
        cells=cells,
    )


def _cell(voice: str, engines: tuple[Engine, ...], vignette: Vignette) -> tuple[Cell, tuple[Diagnostic, ...]]:
    said: list[Said] = []
    for ready in engines:
        case = ready.fill(vignette.findings, vignette.fill_clean)
        if case.region.is_empty():
            words = WORDS[CONTRADICTION]
            return Cell(voice, CONTRADICTION, words, words, ()), (contradiction_of(ready, vignette),)
        said += [Said(one, ready.guideline.outputs[one.output]) for one in outcomes(ready, case)]
    found = tuple(one.outcome for one in said)
    stance = _stance(found)
    if stance in (SILENT, OUT_OF_SCOPE):
        return Cell(voice, stance, WORDS[stance], WORDS[stance], found), ()
    vocabulary = engines[0].guideline.vocabulary
    return Cell(voice, stance, headline_words(said, vocabulary), whole_words(said), found), ()


def _stance(found: Iterable[Outcome]) -> str:
    """Return undecided if any outcome is, else advice if there is any, else why there is none."""
    stances = set(_stances(found))
    first = next((one for one in (UNDECIDED, SAYS) if one in stances), None)
    return first or (OUT_OF_SCOPE if stances == {OUT_OF_SCOPE} else SILENT)


def _stances(found: Iterable[Outcome]) -> Iterator[str]:
    for one in found:
        stance = stance_of(one)
        yield stance if stance in (UNDECIDED, SILENT, OUT_OF_SCOPE) else SAYS
