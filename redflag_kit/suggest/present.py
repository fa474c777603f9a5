"""Drafts as results: what each notices, the rows to read, what comes out now, and its text for a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from redflag_kit.evaluate.engine import Engine, engine
from redflag_kit.evaluate.outcome import outcomes
from redflag_kit.model.guideline import Guideline, Rule
from redflag_kit.mutate.mutant import Mutant
from redflag_kit.results.case import Outcome
from redflag_kit.results.suggest import MUTANTS, Noticed, OutcomeNow, RowToRead, SuggestedVignette
from redflag_kit.suggest.fault import rules_in_play
from redflag_kit.suggest.plan import Draft
from redflag_kit.suggest.text import Note, item_text
from redflag_kit.wording.cases import case_json, stated_words
from redflag_kit.wording.conditions import value_words

NAMED = 6
"""Things that the comment above a vignette names; the rest is counted."""
EVERY = "every output"


@dataclass(frozen=True, slots=True)
class Shown:
    """What is needed to show drafts for a guideline: its goals by id."""

    guideline: Guideline
    goals: Mapping[str, Noticed]


def noticed_mutant(mutant: Mutant) -> Noticed:
    """Return a mutant as something to notice."""
    return Noticed(mutant.id, MUTANTS, mutant.sentence, mutant.rule, mutant.span.file, mutant.span.line)


def suggested(shown: Shown, drafts: Sequence[Draft]) -> tuple[SuggestedVignette, ...]:
    """Return drafts as results."""
    now = engine(shown.guideline, [draft.vignette.findings for draft in drafts])
    return tuple(_suggested(shown, one, tuple(shown.goals[name] for name in one.notices), now) for one in drafts)


def _suggested(shown: Shown, draft: Draft, notices: tuple[Noticed, ...], now: Engine) -> SuggestedVignette:
    vignette, findings = draft.vignette, shown.guideline.vocabulary.findings
    (expectation,) = vignette.expectations
    told = outcomes(now, now.fill(vignette.findings, vignette.fill_clean))
    outputs = tuple(one.output for one in expectation.outcomes)
    rows = _rows(shown.guideline, draft, notices, told)
    return SuggestedVignette(
        id=vignette.id,
        guideline=shown.guideline.name,
        title=vignette.title,
        case=case_json(vignette.findings, findings),
        unknown=tuple(one.finding for one in vignette.findings if one.unknown),
        in_words=tuple(stated_words(findings[one.finding], one) for one in vignette.findings),
        notices=notices,
        rows=rows,
        outputs=outputs,
        now=tuple(_now(one) for one in told if one.output in outputs) or _as_one(told),
        yaml=item_text(vignette, findings, Note(_noticed_words(notices), tuple(map(_row_words, rows)))),
    )


def _rows(
    guideline: Guideline, draft: Draft, notices: Sequence[Noticed], told: Sequence[Outcome]
) -> tuple[RowToRead, ...]:
    """Return the rules that decide now, and those with the faults that are named, in file order."""
    decide = {rule for one in told for rule in one.rules}
    fired = rules_in_play(guideline, draft.patient) if draft.patient is not None else ()
    wanted = {*decide, *fired, *(one.rule for one in notices[:NAMED])}
    return tuple(_row(rule) for rule in guideline.rules() if rule.id in wanted)


def _row(rule: Rule) -> RowToRead:
    cites = tuple(dict.fromkeys(f"{one.cite} {one.row}".strip() for one in rule.evidence))
    return RowToRead(rule.id, rule.title, cites, rule.span.file, rule.span.line)


def _now(one: Outcome) -> OutcomeNow:
    if not one.may:  # levels and statuses, of which one is possible or several
        value = one.possible[0] if len(one.possible) == 1 else f"{{may: [{', '.join(one.possible)}]}}"
    elif one.decided:
        value = f"[{', '.join(one.may)}]"
    else:
        value = f"{{must: [{', '.join(one.must)}], may: [{', '.join((*one.may, *one.possible))}]}}"
    return OutcomeNow(one.output, one.label, value, one.text)


def _as_one(told: Sequence[Outcome]) -> tuple[OutcomeNow, ...]:
    """Return what every output gets alike, as one."""
    status = told[0].written[0]
    return (OutcomeNow("", EVERY, status, value_words(None, status)),)


def _noticed_words(notices: Sequence[Noticed]) -> tuple[str, ...]:
    more = len(notices) - NAMED
    named = tuple(f"{one.sentence} ({one.file}:{one.line})" for one in notices[:NAMED])
    return (*named, f"{more} more") if more > 0 else named


def _row_words(row: RowToRead) -> str:
    cites = f" ({'; '.join(row.cites)})" if row.cites else ""
    return f"{row.rule}: {row.title}{cites}"
