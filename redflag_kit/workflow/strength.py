"""How strong the vignettes of one guideline are: its mutants made, decided and told."""

from collections.abc import Callable
from dataclasses import dataclass

from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.diagnostics.diagnostic import Diagnostic
from redflag_kit.logic.budget import NO_DEADLINE, Deadline
from redflag_kit.model.guideline import Guideline
from redflag_kit.mutate.apply import apply
from redflag_kit.mutate.changed import changed_mutants, changed_parts
from redflag_kit.mutate.decide import decide
from redflag_kit.mutate.exempt import exemption_faults, exemptions_of
from redflag_kit.mutate.mutant import Mutant
from redflag_kit.mutate.mutants import mutants
from redflag_kit.mutate.present import by_operator, present
from redflag_kit.mutate.score import totals_of
from redflag_kit.mutate.verdict import Strength, Watch, witnessed
from redflag_kit.project.load import Project
from redflag_kit.results.mutate import GuidelineStrength, MutantResult
from redflag_kit.workflow.test import matching

Keep = Callable[[Mutant], bool]


@dataclass(frozen=True, slots=True)
class Measured:
    """What became of the mutants of one guideline. `faults` are about its exemptions."""

    guideline: Guideline
    strength: Strength
    told: GuidelineStrength
    mutants: tuple[MutantResult, ...]
    faults: tuple[Diagnostic, ...]


def measure(
    project: Project,
    guideline: Guideline,
    before: Guideline | None = None,
    keep: Keep = lambda _: True,
    deadline: Deadline = NO_DEADLINE,
) -> Measured:
    """Decide the mutants of a guideline; of what changed since the edition `before` alone, if there is one.

    Raises BudgetExceeded if the guideline itself is too large.
    """
    every = mutants(guideline)
    chosen = every
    compiled = compile_guideline(guideline)
    if before is not None:
        chosen = changed_mutants(every, changed_parts(compile_guideline(before), compiled))
    chosen = tuple(one for one in chosen if keep(one))
    found = decide(guideline, chosen, watches(project, guideline), deadline=deadline, every_killer=False)
    exempted = exemptions_of(guideline.name, project.library.exemptions)
    results = tuple(
        present(found.engine, witnessed(one), exempted, lambda mutant: apply(guideline, mutant.edit))
        for one in found.verdicts
    )
    states = {one.id: one.state for one in results}
    told = GuidelineStrength(
        guideline=guideline.name,
        title=guideline.title,
        path=guideline.path,
        digest=compiled.digest,
        vignettes=len(found.watching),
        totals=totals_of(states.values()),
        operators=by_operator(results),
    )
    return Measured(guideline, found, told, results, exemption_faults(exempted, {one.id for one in every}, states))


def watches(project: Project, guideline: Guideline) -> tuple[Watch, ...]:
    """Return the vignettes that expect something of a guideline; what waits to be filled in expects nothing."""
    return tuple(
        Watch(vignette, expectation)
        for vocabulary, vignette in project.library.vignettes
        if vocabulary == guideline.vocabulary.id and not vignette.todo
        for expectation in vignette.expectations
        if expectation.guideline == guideline.id
        and guideline.version.starts_with(expectation.version)
        and matching(project, expectation.guideline, expectation.version) is guideline
    )
