"""Run vignettes against one guideline."""

from collections.abc import Iterable, Iterator

from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic, quoted
from redflag_kit.diagnostics.span import Span
from redflag_kit.evaluate.engine import Engine
from redflag_kit.evaluate.met import is_met, is_met_as_written
from redflag_kit.evaluate.outcome import outcomes
from redflag_kit.evaluate.trace import state_of
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.model.vignette import Expectation, Expected, Vignette
from redflag_kit.results.case import Outcome
from redflag_kit.results.vignettes import ExpectationResult
from redflag_kit.semantics.cases import Filled, Possible
from redflag_kit.terms.scale import Status
from redflag_kit.wording.cases import case_phrases

NOT_COVERED = Status.NOT_COVERED.value
SILENT = (Status.SILENT.value,)


def run(
    engine: Engine, vignette: Vignette, expectation: Expectation
) -> tuple[tuple[ExpectationResult, ...], tuple[Diagnostic, ...]]:
    """Return what came out for every expected output, and a diagnostic for each that is not as expected."""
    return judge(engine, vignette, expectation, engine.fill(vignette.findings, vignette.fill_clean))


def judge(
    engine: Engine, vignette: Vignette, expectation: Expectation, case: Filled[BddRegion]
) -> tuple[tuple[ExpectationResult, ...], tuple[Diagnostic, ...]]:
    """Return the same of a vignette whose case is filled in already."""
    if case.region.is_empty():
        return (), (contradiction_of(engine, vignette),)
    found = {outcome.output: outcome for outcome in outcomes(engine, case, _asked(expectation))}
    missing = tuple(
        rule
        for rule in expectation.because
        if rule not in engine.meaning.fires or state_of(engine.meaning.fires[rule], case.region) != "yes"
    )
    told = tuple(_results(engine, expectation, found, missing))
    faults = (*_unmet(engine, vignette, expectation, told), *_unreasoned(engine, vignette, expectation, case.region))
    return tuple(result for result, _ in told), faults


def _asked(expectation: Expectation) -> frozenset[str] | None:
    """Return the outputs whose outcome an expectation needs; nothing if it needs all."""
    if expectation.whole is not None or expectation.strict:
        return None
    return frozenset(expected.output for expected in expectation.outcomes)


def _results(
    engine: Engine, expectation: Expectation, found: dict[str, Outcome], missing: tuple[str, ...]
) -> Iterator[tuple[ExpectationResult, Span]]:
    """Yield what came out for every expected output, and where it is expected."""

    def result(expected: Expected, text: str, outcome: Outcome, passed: bool) -> tuple[ExpectationResult, Span]:
        span = expected.span or expectation.span
        guideline = engine.guideline
        shown = ExpectationResult(
            guideline.id,
            guideline.version.text,
            outcome.output,
            text,
            outcome,
            passed,
            not missing,
            missing,
            expected.todo,
            span.line,
        )
        return shown, span

    if expectation.whole is not None:
        for outcome in found.values():
            ordered = outcome.kind == "ordered"
            met = is_met_as_written(expectation.whole, _found(outcome), Possible(outcome.written), ordered=ordered)
            yield result(expectation.whole, expectation.whole.text, outcome, met)
        return
    for expected in expectation.outcomes:
        outcome = found.get(expected.output) or _uncovered(engine, expected.output)
        yield result(expected, expected.text, outcome, is_met(expected, _found(outcome)))
    if expectation.strict:
        listed = {expected.output for expected in expectation.outcomes}
        for output, outcome in found.items():
            if output not in listed and outcome.written != SILENT:
                yield result(Expected(output, "silent"), "silent (not listed)", outcome, False)


def _found(outcome: Outcome) -> Possible:
    return Possible(outcome.possible, outcome.must, outcome.may)


def _uncovered(engine: Engine, name: str) -> Outcome:
    output = engine.guideline.vocabulary.outputs.get(name)  # none if the vignette uses another vocabulary
    kind = "ordered" if output is None or output.scale else "set"
    label = output.label if output else name.replace("_", " ")
    status = (NOT_COVERED,)
    return Outcome(name, kind, True, status, None, None, (), (), (), (), status, label, "not covered")


def _unmet(
    engine: Engine, vignette: Vignette, expectation: Expectation, told: Iterable[tuple[ExpectationResult, Span]]
) -> Iterator[Diagnostic]:
    """Yield a diagnostic per output that is not as expected, and one per expectation still to be filled in."""
    name = engine.guideline.name
    waiting: set[Span] = set()
    for result, span in told:
        if result.todo and span not in waiting:
            waiting.add(span)
            of = f" of {quoted(result.actual.output)}" if expectation.whole is None else ""
            message = f"{quoted(vignette.id)} still waits for what {name} should say{of}"
            yield Diagnostic(span, codes.RF405, message, "read the cited row and fill in the expected outcome")
        elif not result.passed and not result.todo:
            outcome = result.actual
            actual = " | ".join((*outcome.may, *outcome.possible))
            because = f" because of {', '.join(outcome.rules)}" if outcome.rules else ""
            gives = f"{name} gives {quoted(outcome.output)} {actual}{because}"
            message = f"{quoted(vignette.id)}: {gives}, expected {result.expected}"
            hint = f"redflag explain {name} --vignette {vignette.id} shows why"
            yield Diagnostic(span, codes.RF403, message, hint, rules=outcome.rules)


def _unreasoned(engine: Engine, vignette: Vignette, expectation: Expectation, case: BddRegion) -> Iterator[Diagnostic]:
    """Yield one diagnostic per rule given as a reason that does not fire for certain."""
    name = engine.guideline.name
    inert = engine.guideline.inert_rules()
    for rule in expectation.because:
        claimed = f"{quoted(vignette.id)} gives the rule {quoted(rule)} as a reason"
        if rule in inert:
            message, hint = f"{claimed}, and it is inert in {name}", "an inert rule decides nothing; correct `because`"
        elif rule not in engine.meaning.fires:
            message, hint = f"{claimed}, and {name} has no such rule", "correct `because`"
        elif state_of(engine.meaning.fires[rule], case) != "yes":
            message = f"{claimed}, and it does not fire for certain in {name}"
            hint = "correct `because`, or state what the rule needs"
        else:
            continue
        yield Diagnostic(expectation.span, codes.RF404, message, hint, rules=(rule,))


def contradiction_of(engine: Engine, vignette: Vignette) -> Diagnostic:
    """Name the smallest part of the stated findings that cannot be true together."""
    kept = [one for one in vignette.findings if one.finding in engine.atoms.inputs and not one.unknown]
    for one in tuple(kept):
        fewer = [other for other in kept if other is not one]
        if engine.fill(fewer, fill_clean=False).region.is_empty():
            kept = fewer
    said = ", ".join(case_phrases(kept, engine.guideline.vocabulary.findings))
    message = f"{quoted(vignette.id)} states what cannot be true together: {said}"
    hint = "correct one of them, or the constraint that forbids it"
    if not kept:
        message = f"{quoted(vignette.id)} is no patient: the constraints of {engine.guideline.name} leave none"
        hint = "correct one of the constraints"
    return Diagnostic(vignette.span, codes.RF401, message, hint, findings=tuple(one.finding for one in kept))
