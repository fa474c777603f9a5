"""References to guidelines: `ID`, `ID@VERSION-PREFIX`, or the path of a file."""

from pathlib import Path

from redflag_kit.diagnostics.diagnostic import did_you_mean, quoted
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Vignette
from redflag_kit.project.load import Project
from redflag_kit.workflow.envelope import NOT_LOADED, UsageError


def find_guideline(project: Project, reference: str) -> Guideline:
    """Return the guideline a reference names; a version prefix means the highest version that starts with it.

    Raises UsageError with exit code 3 where nothing matches.
    """
    guidelines = project.library.guidelines
    found = [g for g in guidelines if _matches(project, g, reference)]
    if found:
        return max(found, key=lambda g: g.version)
    broken = sorted({d.span.file for d in project.diagnostics if d.severity.value == "error"})
    hint = did_you_mean(reference, [name for g in guidelines for name in (g.id, g.name)])
    if broken:
        hint = f"these files have errors and could not be used: {', '.join(broken[:5])}"
    known = ", ".join(g.name for g in guidelines) or "none"
    raise UsageError(f"no guideline matches {quoted(reference)}", hint or f"the project has: {known}", NOT_LOADED)


def _matches(project: Project, guideline: Guideline, reference: str) -> bool:
    if reference.endswith((".yaml", ".yml")) or "/" in reference:
        path = Path(reference)
        place = path if path.is_absolute() else Path.cwd() / path
        return place.resolve() == (project.root / guideline.path).resolve() or reference == guideline.path
    name, _, version = reference.partition("@")
    return guideline.id == name and (not version or guideline.version.starts_with(version))


def find_vignette(project: Project, name: str) -> Vignette:
    """Return a vignette by its id. Raises UsageError with exit code 3 where there is none."""
    vignettes = {vignette.id: vignette for _, vignette in project.library.vignettes}
    if name in vignettes:
        return vignettes[name]
    counted = f"the project has {len(vignettes)} vignettes; redflag compare -k WORDS lists those about something"
    hint = did_you_mean(name, vignettes) or counted
    raise UsageError(f"no vignette is called {quoted(name)}", hint, NOT_LOADED)
