"""Which vignettes of a project exercise which rules of a guideline."""

from redflag_kit.evaluate.engine import engine
from redflag_kit.evaluate.reach import RuleReach, reach
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Vignette
from redflag_kit.project.load import Project
from redflag_kit.workflow.test import matching


def exercising(project: Project, guideline: Guideline) -> tuple[Vignette, ...]:
    """Return the vignettes that expect something of a guideline, in project order."""
    return tuple(
        vignette
        for vocabulary, vignette in project.library.vignettes
        if vocabulary == guideline.vocabulary.id
        and any(matching(project, one.guideline, one.version) is guideline for one in vignette.expectations)
    )


def rule_reach(
    project: Project, guideline: Guideline, exercised: tuple[Vignette, ...] | None = None
) -> tuple[RuleReach, ...]:
    """Return what vignettes do with each rule of a guideline: by default those that expect something of it."""
    vignettes = exercising(project, guideline) if exercised is None else exercised
    return reach(engine(guideline, [one.findings for one in vignettes]), vignettes)
