"""What a voice says of one output for a case, and why it says that or says nothing."""

from collections.abc import Collection, Iterable, Mapping

from redflag_kit.model.evidence import Evidence
from redflag_kit.model.guideline import Guideline, Rule
from redflag_kit.results.case import ConditionState, Explanation, Outcome, RuleState
from redflag_kit.results.compare import Position, Reason, ReasonSource
from redflag_kit.terms.scale import Status
from redflag_kit.wording.evidence import source_words
from redflag_kit.workflow.voices import Speaker

SAYS, UNDECIDED, SILENT = "says", "undecided", Status.SILENT.value
NOT_COVERED, OUT_OF_SCOPE = Status.NOT_COVERED.value, Status.OUT_OF_SCOPE.value


def position(speaker: Speaker, output: str, explained: Mapping[str, tuple[Guideline, Explanation]]) -> Position:
    """Return what a voice says of an output."""
    guideline = speaker.about(output)
    if guideline is None:
        return Position(speaker.name, "", NOT_COVERED, "not covered", (), _not_covered(speaker, output), None)
    _, found = explained[guideline.name]
    outcome = next(one for one in found.outcomes if one.output == output)
    stance = stance_of(outcome)
    asked = (one for one in found.ask_next if output in one.can_change)
    return Position(
        voice=speaker.name,
        guideline=guideline.name,
        stance=stance,
        text=outcome.text,
        rules=outcome.rules,
        why=_why(stance, outcome, found),
        ask=next(asked, None) if stance == UNDECIDED else None,
    )


def gives_advice(stance: str) -> bool:
    """Say whether there is advice, may be some, or should be: everything but silence and being out of scope."""
    return stance not in (SILENT, OUT_OF_SCOPE, NOT_COVERED)


def stance_of(outcome: Outcome) -> str:
    """Return whether an outcome is advice, undecided, or the status that stands instead of advice."""
    if not outcome.decided:
        return UNDECIDED
    statuses = [value for value in outcome.possible if value in set(Status)]
    return statuses[0] if statuses and not outcome.must else SAYS


def _not_covered(speaker: Speaker, output: str) -> str:
    dropped = speaker.replaced_without_successor(output)
    if dropped:
        return f"{dropped[0]} replaced what {dropped[1]} said of it, and says nothing of it"
    return "it does not speak of this"


def _why(stance: str, outcome: Outcome, found: Explanation) -> str:
    """Return in words why there is no decided advice; nothing where there is."""
    if stance == OUT_OF_SCOPE:
        return scope_words(found.scope_missed)
    if stance == SILENT and not outcome.rules:
        return "none of its rules about this applies"
    if stance == UNDECIDED and OUT_OF_SCOPE in outcome.possible:
        return scope_words(found.scope_missed)
    return ""


def scope_words(scope: Iterable[ConditionState]) -> str:
    """Return which parts of a scope do not hold, or may not, and what is known of the patient."""
    missing = [one for one in scope if one.state == "no"]
    unclear = [one for one in scope if one.state == "open"]
    words = [f"it speaks only of {_with_value(one)}" for one in missing]
    words += [f"whether it speaks of this patient depends on {_with_value(one)}" for one in unclear]
    return "; ".join(words)


def _with_value(one: ConditionState) -> str:
    return one.text if one.value in ("", one.text) else f"{one.text} [{one.value}]"


def reasons(
    explained: Iterable[tuple[Guideline, Explanation]], wanted: Collection[tuple[str, str]]
) -> tuple[Reason, ...]:
    """Return the wanted rules, each once, by guideline and in file order; a bare `otherwise: silent` is no reason."""
    found = []
    for guideline, one in explained:
        rules = {rule.id: rule for rule in guideline.rules() if rule.then or rule.evidence}
        states = [state for state in one.rules if state.id in rules and (guideline.name, state.id) in wanted]
        found += [_reason(guideline, rules[state.id], state) for state in states]
    return tuple(found)


def _reason(guideline: Guideline, rule: Rule, state: RuleState) -> Reason:
    return Reason(
        guideline=guideline.name,
        rule=rule.id,
        title=rule.title,
        state=state.state,
        writes=state.writes,
        because=state.conditions,
        sources=tuple(_source(one, guideline) for one in rule.evidence),
        assumptions=tuple((name, guideline.assumptions[name].text) for name in rule.assumptions),
        file=state.file,
        line=state.line,
    )


def _source(one: Evidence, guideline: Guideline) -> ReasonSource:
    source = guideline.sources[one.cite]
    return ReasonSource(one.cite, one.row, one.status, source_words(source), source.read)
