"""The case that a command line describes: a vignette, findings with values, or a vignette with some values changed."""

import argparse
from dataclasses import replace

from redflag_kit.model.guideline import Guideline
from redflag_kit.model.in_force import in_force
from redflag_kit.model.vignette import Vignette
from redflag_kit.model.vocabulary import Vocabulary
from redflag_kit.project.load import Project
from redflag_kit.workflow.envelope import NOT_LOADED, UsageError
from redflag_kit.workflow.explain import case_from_text
from redflag_kit.workflow.in_force import own_part
from redflag_kit.workflow.reference import find_guideline, find_vignette


def case_of(options: argparse.Namespace, texts: list[str], project: Project, vocabulary: Vocabulary) -> Vignette:
    """Return the case over a vocabulary. Raises UsageError if nothing is said of the patient."""
    if not texts and not options.vignette:
        hint = "name a vignette (--vignette ID), or findings with values, for example fever=present"
        raise UsageError("nothing is said of the patient", hint)
    base = find_vignette(project, options.vignette) if options.vignette else None
    case = case_from_text(vocabulary, texts, base, options.unmentioned == "absent") if texts or not base else base
    return replace(case, fill_clean=options.unmentioned == "absent") if options.unmentioned else case


def case_options(case: Vignette) -> dict[str, object]:
    """Return how findings that the case does not mention were taken, for the result."""
    return {"unmentioned": "absent" if case.fill_clean else "unknown"}


def guidelines_of(options: argparse.Namespace, texts: list[str], project: Project) -> tuple[Guideline, ...]:
    """Return the guidelines to compare: those named, else all in force that share the vocabulary of the case."""
    if options.guideline:
        chosen = {one.name: one for one in (find_guideline(project, ref) for ref in options.guideline)}
        if len({one.vocabulary.id for one in chosen.values()}) > 1:
            raise UsageError("the guidelines do not share a vocabulary", "compare guidelines of one library")
        return tuple(chosen.values())
    wanted = _vocabulary_of(options, texts, project)
    standing = in_force(project.library.guidelines)
    chosen = {one.guideline.name: own_part(one) for f in standing if f.vocabulary == wanted for one in f.in_force}
    if not chosen:
        raise UsageError("no guideline could be loaded", "redflag check shows what is wrong", NOT_LOADED)
    return tuple(chosen.values())


def _vocabulary_of(options: argparse.Namespace, texts: list[str], project: Project) -> str:
    """Return the vocabulary of the vignette, else the first that knows every finding named, else the first."""
    if options.vignette:
        find_vignette(project, options.vignette)
        return next(name for name, one in project.library.vignettes if one.id == options.vignette)
    names = {text.partition("=")[0].strip() for text in texts}
    known = [one.id for one in project.library.vocabularies if names <= set(one.findings)]
    return next(iter((*known, *(one.id for one in project.library.vocabularies))), "")
