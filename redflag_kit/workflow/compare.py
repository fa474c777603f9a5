"""`redflag compare`: one case through several guidelines, where they part, and because of which rules and sources."""

from collections.abc import Iterable

from redflag_kit.diagnostics.diagnostic import Diagnostic
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Vignette
from redflag_kit.results.case import Explanation
from redflag_kit.results.compare import CompareBody, Disagreement, Position
from redflag_kit.results.envelope import Envelope
from redflag_kit.workflow.envelope import FINDINGS, OK, STATUS
from redflag_kit.workflow.explain import explain_case
from redflag_kit.workflow.positions import NOT_COVERED, gives_advice, position, reasons, scope_words
from redflag_kit.workflow.voices import Speaker, shown_voice

Explained = dict[str, tuple[Guideline, Explanation]]


def compare(speakers: Iterable[Speaker], vignette: Vignette, at: str | None = None) -> Envelope:
    """Return one case through several guidelines, and on what they differ."""
    chosen = tuple(speakers)
    explained: Explained = {}
    diagnostics: list[Diagnostic] = []
    for guideline in (one for speaker in chosen for one in speaker.guidelines):
        found, faults = explain_case(guideline, vignette)
        diagnostics += faults
        if found:
            explained[guideline.name] = (guideline, found)
    body = _body(chosen, explained, at or "") if explained else None
    code = FINDINGS if diagnostics else OK
    summary: dict[str, object] = {
        "case": vignette.id,
        "guidelines": len(chosen),
        "disagreements": len(body.disagreements) if body else 0,
    }
    inputs = tuple(one for speaker in chosen for one in speaker.inputs())
    return Envelope("compare", STATUS[code], code, inputs, {}, tuple(dict.fromkeys(diagnostics)), (), (), summary, body)


def _body(speakers: tuple[Speaker, ...], explained: Explained, at: str) -> CompareBody:
    told = [one for one in speakers if all(part.name in explained for part in one.guidelines)]
    differing: list[Disagreement] = []
    agreed: list[tuple[str, str]] = []
    for output, label in _outputs(explained).items():
        positions = tuple(position(speaker, output, explained) for speaker in told)
        spoken = [one for one in positions if one.stance != NOT_COVERED]
        texts = sorted({one.text for one in spoken})
        if len(texts) > 1 and any(gives_advice(one.stance) for one in spoken):
            differing.append(Disagreement(output, label, tuple((p.voice, p.text) for p in positions), positions))
        elif len(spoken) > 1:
            agreed.append((label, " or ".join(texts)))
    first = next(iter(explained.values()))[1]
    return CompareBody(
        at=at,
        voices=tuple(shown_voice(one) for one in speakers),
        case=first.case,
        in_words=first.in_words,
        explanations=tuple(one for _, one in explained.values()),
        disagreements=tuple(differing),
        agreements=tuple(agreed),
        reasons=reasons(explained.values(), _deciding(differing)),
        out_of_scope=tuple(
            (name, scope_words(one.scope_missed)) for name, (_, one) in explained.items() if one.in_scope != "yes"
        ),
        outcomes=tuple((name, one.outcomes) for name, (_, one) in explained.items()),
    )


def _outputs(explained: Explained) -> dict[str, str]:
    """Return the labels of every output that is spoken of: in the order of the vocabulary, then those of guidelines."""
    labels = {outcome.output: outcome.label for _, one in explained.values() for outcome in one.outcomes}
    order = [name for guideline, _ in explained.values() for name in guideline.vocabulary.outputs]
    return {name: labels[name] for name in dict.fromkeys([*order, *labels]) if name in labels}


def _deciding(differing: Iterable[Disagreement]) -> frozenset[tuple[str, str]]:
    positions: list[Position] = [one for disagreement in differing for one in disagreement.positions]
    return frozenset((one.guideline, rule) for one in positions for rule in one.rules)
