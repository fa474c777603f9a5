"""`redflag test`: every vignette against every guideline it expects something of."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from redflag_kit.coverage.shown import Met
from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.codes import Severity
from redflag_kit.diagnostics.diagnostic import Diagnostic, quoted, sorted_unique
from redflag_kit.evaluate.engine import Engine, engine
from redflag_kit.evaluate.vignettes import judge
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Expectation, Stated, Vignette
from redflag_kit.project.load import Project
from redflag_kit.results.envelope import Envelope
from redflag_kit.results.vignettes import ExpectationResult, TestBody, TestTotals, VignetteResult
from redflag_kit.workflow.coverage import NOT_MEASURED, Coverage, Cuts, no_cuts
from redflag_kit.workflow.envelope import FINDINGS, NOT_LOADED, OK, STATUS, UsageError, guideline_input


def test(project: Project, expression: str = "", guideline: str = "", coverage: Coverage = NOT_MEASURED) -> Envelope:
    """Return what every vignette got. `expression` keeps vignettes whose id, title or tags contain every word of it.

    Raises UsageError with exit code 3 if no vignette is left: an empty run is never a pass.
    """
    vignettes = [v for _, v in project.library.vignettes if is_about(v, expression)]
    if not vignettes and not project.sound:
        return Envelope("test", STATUS[NOT_LOADED], NOT_LOADED, diagnostics=project.diagnostics)
    if not vignettes and expression:
        hint = "ids, titles and tags are searched; several words must all be found"
        raise UsageError(f"no vignette matches {quoted(expression)}", hint, NOT_LOADED)
    if not vignettes:
        raise UsageError("the project has no vignette", "put vignettes below vignettes/", NOT_LOADED)
    ran = run_all(project, vignettes, guideline, coverage.cuts)
    results = ran.results
    expectations = [r for v in results for r in v.results]
    if guideline and not expectations:
        hint = f"the project has: {', '.join(sorted(g.name for g in project.library.guidelines))}"
        raise UsageError(f"no vignette expects anything of {quoted(guideline)}", hint, NOT_LOADED)
    if guideline:
        results = [v for v in results if v.results or v.faults]
    others = () if expression or guideline else project.library.guidelines
    covered = coverage.of(ran.engines, ran.met, others)
    diagnostics = (*project.diagnostics, *ran.diagnostics, *covered.diagnostics)
    code = FINDINGS if any(d.severity is Severity.ERROR for d in diagnostics) else OK
    totals = TestTotals(
        vignettes=len(results),
        expectations=len(expectations),
        passed=sum(r.passed and r.because_ok for r in expectations),
        failed=sum(not (r.passed and r.because_ok) for r in expectations) + sum(len(v.faults) for v in results),
        undecided=sum(not r.actual.decided for r in expectations),
        todo=sum(r.todo for r in expectations),
        vignettes_failed=sum(not v.passed for v in results),
    )
    used = [ran.engines[name].guideline for name in sorted(ran.engines)]
    return Envelope(
        command="test",
        status=STATUS[code],
        exit_code=code,
        inputs=tuple(guideline_input(g, "guideline", g.name) for g in used),
        options={"expression": expression, "guideline": guideline, **covered.options},
        diagnostics=sorted_unique(diagnostics),
        not_decided=covered.not_decided,
        limits=() if covered.body else ("coverage is not measured",),
        summary={"vignettes": totals.vignettes, "failed": totals.vignettes_failed, **covered.summary},
        body=TestBody(totals, tuple(results), covered.body),
    )


@dataclass(frozen=True, slots=True)
class Ran:
    """Vignettes that were run: what each got, what is to be told, and per guideline its engine and what it met."""

    results: list[VignetteResult]
    diagnostics: list[Diagnostic]
    engines: dict[str, Engine]
    met: dict[str, list[Met]]


def run_vignettes(
    project: Project, vignettes: list[Vignette], only: str = ""
) -> tuple[list[VignetteResult], list[Diagnostic]]:
    """Return results and diagnostics per vignette."""
    ran = run_all(project, vignettes, only)
    return ran.results, ran.diagnostics


def run_all(project: Project, vignettes: list[Vignette], only: str = "", cuts: Cuts = no_cuts) -> Ran:
    """Return what every vignette got; `cuts` are further cases that the engine of a guideline is to tell apart."""
    vocabulary_of = {vignette.id: vocabulary for vocabulary, vignette in project.library.vignettes}
    ran = Ran([], [], {}, {})
    for vignette in vignettes:
        found: list[ExpectationResult] = []
        faults: list[str] = []
        if vignette.todo:
            message = f"{quoted(vignette.id)} still waits for its expected outcomes"
            ran.diagnostics.append(
                Diagnostic(vignette.span, codes.RF405, message, "read the cited rows and fill them in")
            )
            faults.append(message)
        for expectation in vignette.expectations:
            if only and not _names(only, expectation.guideline, expectation.version):
                continue
            guideline = _asked(project, vignette, expectation, vocabulary_of[vignette.id])
            if isinstance(guideline, Diagnostic):
                if project.sound:  # a guideline that could not be used has told its own fault already
                    ran.diagnostics.append(guideline)
                faults.append(guideline.message)
                continue
            if guideline.name not in ran.engines:
                ran.engines[guideline.name] = engine(guideline, [*cases_in(project, guideline), *cuts(guideline)])
            rows, noted = _judged(ran, ran.engines[guideline.name], vignette, expectation)
            found += rows
            ran.diagnostics.extend(noted)
            if not rows:
                faults += [one.message for one in noted if one.message not in faults]
        span = vignette.span
        ran.results.append(
            VignetteResult(
                vignette.id, vignette.title, span.file, span.line, vignette.tags, tuple(found), tuple(faults)
            )
        )
    return ran


def _judged(
    ran: Ran, asked: Engine, vignette: Vignette, expectation: Expectation
) -> tuple[tuple[ExpectationResult, ...], tuple[Diagnostic, ...]]:
    """Return what one expectation got, and note it among those that are met."""
    case = asked.fill(vignette.findings, vignette.fill_clean)
    rows, noted = judge(asked, vignette, expectation, case)
    if rows and all(row.passed and row.because_ok for row in rows):
        ran.met.setdefault(asked.guideline.name, []).append(Met(vignette, expectation, case, rows))
    return rows, noted


def cases_in(project: Project, guideline: Guideline) -> list[tuple[Stated, ...]]:
    """Return the cases of all vignettes written in a guideline's vocabulary."""
    return [v.findings for vocabulary, v in project.library.vignettes if vocabulary == guideline.vocabulary.id]


def _asked(project: Project, vignette: Vignette, expectation: Expectation, vocabulary: str) -> Guideline | Diagnostic:
    """Return the guideline an expectation is about, or why it cannot be asked: unknown, or of another vocabulary."""
    name = quoted(f"{expectation.guideline}@{expectation.version}")
    guideline = matching(project, expectation.guideline, expectation.version)
    if guideline is None:
        message = f"{quoted(vignette.id)} expects something of {name}, which the project does not have"
        return Diagnostic(expectation.span, codes.RF402, message, "correct the name, or add the guideline")
    if guideline.vocabulary.id != vocabulary:
        message = (
            f"{quoted(vignette.id)} is written in {quoted(vocabulary)}, {name} in {quoted(guideline.vocabulary.id)}"
        )
        return Diagnostic(expectation.span, codes.RF402, message, "a guideline can be asked in its own vocabulary only")
    return guideline


def matching(project: Project, name: str, prefix: str) -> Guideline | None:
    """Return the highest version of a guideline of the project that starts with a prefix."""
    return highest(project.library.guidelines, name, prefix)


def highest(guidelines: Iterable[Guideline], name: str, prefix: str) -> Guideline | None:
    """Return the highest version of a guideline that starts with a prefix."""
    found = [g for g in guidelines if g.id == name and g.version.starts_with(prefix)]
    return max(found, key=lambda g: g.version, default=None)


def _names(only: str, name: str, version: str) -> bool:
    wanted, _, prefix = only.partition("@")
    shorter = min(len(prefix.split(".")), len(version.split("."))) if prefix else 0
    return wanted == name and prefix.split(".")[:shorter] == version.split(".")[:shorter]


def is_about(vignette: Vignette, expression: str) -> bool:
    """Say whether every word of an expression is in the id, title or tags of a vignette."""
    text = " ".join((vignette.id, vignette.title, *vignette.tags)).casefold()
    words = [word for word in re.split(r"\s+and\s+|\s+", expression.casefold()) if word]
    return all(word in text for word in words)
