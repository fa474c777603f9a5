"""The case that a command line describes: a vignette, findings with values, or a vignette with some values changed."""

import argparse
from collections.abc import Iterable
from dataclasses import replace

from redflag_kit.cli.projects import states_of
from redflag_kit.diagnostics.diagnostic import quoted
from redflag_kit.model.vignette import Vignette
from redflag_kit.model.vocabulary import Vocabulary
from redflag_kit.project.load import Project
from redflag_kit.workflow.envelope import NOT_LOADED, UsageError
from redflag_kit.workflow.explain import case_from_text
from redflag_kit.workflow.in_force import date_of, not_taken
from redflag_kit.workflow.reference import find_vignette
from redflag_kit.workflow.test import is_about
from redflag_kit.workflow.voices import Speaker, speakers


def case_of(options: argparse.Namespace, texts: list[str], project: Project, vocabulary: Vocabulary) -> Vignette:
    """Return the case over a vocabulary. Raises UsageError if nothing is said of the patient."""
    if not texts and not options.vignette:
        hint = "name a vignette (--vignette ID), or findings with values, for example fever=present"
        raise UsageError("nothing is said of the patient", hint)
    base = find_vignette(project, options.vignette) if options.vignette else None
    if base:
        check_vocabulary([base], project, vocabulary)
    case = case_from_text(vocabulary, texts, base, options.unmentioned == "absent") if texts or not base else base
    return replace(case, fill_clean=options.unmentioned == "absent") if options.unmentioned else case


def check_vocabulary(vignettes: Iterable[Vignette], project: Project, vocabulary: Vocabulary) -> None:
    """Refuse vignettes of another vocabulary, of whose findings the guidelines may know none. Raises UsageError."""
    written_in = {one.id: name for name, one in project.library.vignettes}
    for one in vignettes:
        if written_in[one.id] != vocabulary.id:
            message = f"the vignette {quoted(one.id)} is written in the vocabulary {quoted(written_in[one.id])}"
            raise UsageError(message, f"name guidelines of it, or a vignette of {vocabulary.id}")


def case_options(case: Vignette) -> dict[str, object]:
    """Return how findings that the case does not mention were taken, for the result."""
    return {"unmentioned": "absent" if case.fill_clean else "unknown"}


def speakers_of(options: argparse.Namespace, texts: list[str], project: Project) -> tuple[Speaker, ...]:
    """Return the guidelines to compare: those named, else all in force that share the vocabulary of the case."""
    vocabulary = _vocabulary_of(options, texts, project)
    return speakers(project, options.guideline, date_of(options.at), vocabulary, states_of(options))


def limits_of(options: argparse.Namespace, chosen: tuple[Speaker, ...], project: Project) -> tuple[str, ...]:
    """Return what a comparison of what was in force leaves out."""
    return not_taken(project, options.at, chosen[0].guidelines[0].vocabulary.id, options.guideline)


def patients_of(names: list[str], expression: str, project: Project) -> tuple[Vignette, ...]:
    """Return the vignettes of a matrix, in the order of the library. Raises UsageError if there is none."""
    named = {find_vignette(project, name).id for name in names}
    found = tuple(
        one for _, one in project.library.vignettes if one.id in named or (expression and is_about(one, expression))
    )
    if not found:
        hint = "ids, titles and tags are searched; several words must all be found"
        raise UsageError(f"no vignette matches {quoted(expression)}", hint, NOT_LOADED)
    vocabularies = {name for name, one in project.library.vignettes if one in found}
    if len(vocabularies) > 1:
        raise UsageError("the vignettes do not share a vocabulary", "compare vignettes of one library")
    return found


def _vocabulary_of(options: argparse.Namespace, texts: list[str], project: Project) -> str:
    """Return the vocabulary of the vignette, else the first that knows every finding named, else the first."""
    if options.vignette:
        find_vignette(project, options.vignette)
        return next(name for name, one in project.library.vignettes if one.id == options.vignette)
    names = {text.partition("=")[0].strip() for text in texts}
    known = [one.id for one in project.library.vocabularies if names <= set(one.findings)]
    return next(iter((*known, *(one.id for one in project.library.vocabularies))), "")
