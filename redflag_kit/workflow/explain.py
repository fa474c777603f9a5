"""`redflag explain`: one case through one guideline."""

from collections.abc import Iterable, Iterator

from redflag_kit.diagnostics.diagnostic import Diagnostic, did_you_mean, quoted
from redflag_kit.diagnostics.span import NOWHERE
from redflag_kit.evaluate.ask import inquire
from redflag_kit.evaluate.engine import engine
from redflag_kit.evaluate.outcome import outcomes, pivotal_assumptions
from redflag_kit.evaluate.trace import rule_states, scope_state
from redflag_kit.evaluate.vignettes import contradiction_of
from redflag_kit.model.condition import Value
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Stated, Vignette
from redflag_kit.model.vocabulary import Vocabulary
from redflag_kit.project.load import Project
from redflag_kit.results.case import Explanation
from redflag_kit.results.envelope import Envelope
from redflag_kit.source.names import Faults
from redflag_kit.source.vignettes import stated_from_text
from redflag_kit.wording.cases import case_json, case_phrases, stated_patient
from redflag_kit.wording.findings import value_phrase
from redflag_kit.workflow.envelope import FINDINGS, OK, STATUS, UsageError, guideline_input


def explain_case(guideline: Guideline, vignette: Vignette) -> tuple[Explanation | None, tuple[Diagnostic, ...]]:
    """Return what a guideline says of a case and why, or the contradiction that keeps it from saying anything."""
    ready = engine(guideline, (vignette.findings,))
    case = ready.fill(vignette.findings, vignette.fill_clean)
    if case.region.is_empty():
        return None, (contradiction_of(ready, vignette),)
    findings = guideline.vocabulary.findings
    stated = filled_findings(guideline.vocabulary, vignette, case.withdrawn)
    asked, worst_case = inquire(ready, case.region)
    known = {one.finding: one for one in stated}
    in_scope, scope_missed = scope_state(ready, known, case.region)
    said = outcomes(ready, case)
    used = {name for outcome in said for name in outcome.assumptions}
    withdrawn = tuple(
        value_phrase(findings[name], value) for name in case.withdrawn for value in _refused(guideline, vignette, name)
    )
    return Explanation(
        guideline=guideline.id,
        version=guideline.version.text,
        title=guideline.title,
        case=case_json(vignette.findings, findings),
        in_words=case_phrases(vignette.findings, findings),
        outcomes=said,
        rules=rule_states(ready, known, case.region),
        ask_next=asked,
        questions_worst_case=worst_case,
        pivotal_assumptions=pivotal_assumptions(ready, case),
        withdrawn=withdrawn,
        assumptions={name: guideline.assumptions[name].text for name in sorted(used)},
        in_scope=in_scope,
        scope_missed=scope_missed,
    ), ()


def _refused(guideline: Guideline, vignette: Vignette, name: str) -> Iterator[Value]:
    """Yield the normal or assumed value that was not taken for a finding."""
    clean = guideline.vocabulary.findings[name].clean
    stated = {one.finding for one in vignette.findings}
    if vignette.fill_clean and clean is not None and name not in stated:
        yield clean
    elif name in guideline.assume:
        yield guideline.assume[name].value


def filled_findings(vocabulary: Vocabulary, vignette: Vignette, withdrawn: Iterable[str]) -> tuple[Stated, ...]:
    """Return what a vignette says of every finding, the clean values that it takes included."""
    stated = {one.finding: one for one in vignette.findings}
    if vignette.fill_clean:
        left_out = {*stated, *withdrawn}
        clean = {
            name: f.clean for name, f in vocabulary.findings.items() if f.clean is not None and name not in left_out
        }
        stated |= {one.finding: one for one in stated_patient(clean)}
    return tuple(stated[name] for name in vocabulary.findings if name in stated)


def case_from_text(vocabulary: Vocabulary, texts: Iterable[str], base: Vignette | None, fill_clean: bool) -> Vignette:
    """Return a case from `finding=value` words, on top of a vignette if one is given. Raises UsageError."""
    stated = {one.finding: one for one in base.findings} if base else {}
    given: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise UsageError(
                f"`{text}` is not a finding with a value", "write finding=value, for example fever=present"
            )
        faults = Faults()
        one = stated_from_text(name.strip(), value.strip(), vocabulary.findings, NOWHERE, faults)
        if one is None or faults.found:
            fault, known = faults.found[0], name.strip() in vocabulary.findings
            listed = did_you_mean(name.strip(), vocabulary.findings) or f"the findings are listed in {vocabulary.path}"
            raise UsageError(fault.message, fault.help if known else listed)
        if given.setdefault(one.finding, value.strip()) != value.strip():
            first, hint = given[one.finding], "give it once; of a value known in part write the alternatives with `|`"
            raise UsageError(f"{quoted(name.strip())} is both {quoted(first)} and {quoted(value.strip())}", hint)
        stated[one.finding] = one
    return Vignette(
        id=base.id if base else "case",
        title=base.title if base else "",
        source="",
        narrative=base.narrative if base else "",
        tags=(),
        findings=tuple(stated.values()),
        fill_clean=fill_clean or bool(base and base.fill_clean),
        truth="",
        expectations=(),
        todo=False,
        span=base.span if base else NOWHERE,
    )


def explain(guideline: Guideline, vignette: Vignette, reference: str, project: Project | None = None) -> Envelope:
    """Return the explanation of a case as a result; the guideline is of the project, if that may be a commit."""
    found, faults = explain_case(guideline, vignette)
    code = OK if found else FINDINGS
    summary: dict[str, object] = {"case": vignette.id, "title": vignette.title}
    if found:
        summary |= {"decided": sum(o.decided for o in found.outcomes), "outputs": len(found.outcomes)}
    inputs = (guideline_input(guideline, "guideline", reference, "", project),)
    limits: tuple[str, ...] = ()
    if found and not found.questions_worst_case.exact:
        limits = ("questions in the worst case: bounds, not the exact number",)
    return Envelope("explain", STATUS[code], code, inputs, {}, faults, (), limits, summary, found)
