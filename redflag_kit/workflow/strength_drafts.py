"""A drafted vignette for a mutant that no vignette notices: its witness written down, the outcomes left to a person."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from redflag_kit.evaluate.engine import Engine
from redflag_kit.mutate.verdict import Survived
from redflag_kit.mutate.witness import patient_of
from redflag_kit.project.load import Project
from redflag_kit.results.mutate import SURVIVED, MutantResult
from redflag_kit.suggest.draft import drafted
from redflag_kit.suggest.naming import reference
from redflag_kit.suggest.text import Note, item_text
from redflag_kit.suggest.written import write_case, write_down
from redflag_kit.workflow.strength import Measured


def with_drafts(project: Project, measured: Measured) -> tuple[MutantResult, ...]:
    """Return the mutants of a guideline, each survivor with a vignette that notices it."""
    ref = reference(measured.guideline, project.library.guidelines)
    taken = {one.id for _, one in project.library.vignettes}
    survivors = {one.mutant.id: one for one in measured.strength.verdicts if isinstance(one, Survived)}
    return tuple(
        replace(one, draft=_draft(measured, survivors[one.id], one, ref, taken)) if one.state == SURVIVED else one
        for one in measured.mutants
    )


def _draft(measured: Measured, survived: Survived, told: MutantResult, ref: str, taken: Collection[str]) -> str:
    outputs = [one.output for one in told.witness.outcomes] if told.witness else []
    return draft_of(measured.strength.engine, survived, ref, outputs, taken)


def draft_of(ready: Engine, survived: Survived, ref: str, outputs: Sequence[str], taken: Collection[str]) -> str:
    """Return a vignette that notices a mutant, as an item of a file, once its outcomes are filled in.

    `ref` names the edition, `outputs` are those that the mutant changes, `taken` are ids that are in use.
    """
    guideline, mutant = ready.guideline, survived.mutant
    findings = guideline.vocabulary.findings
    patient = patient_of(findings, survived.case)
    if patient is None:
        stated = write_case(ready, survived.case)
    else:
        names = ready.diagrams.space.names
        point = tuple(ready.atoms.atom_of(name, patient[name]) for name in names)
        stated = write_down(ready, point).findings
    vignette = drafted(guideline, ref, stated, outputs, taken)
    note = Note((f"{mutant.sentence} ({mutant.span.file}:{mutant.span.line})",), ())
    return item_text(vignette, findings, note)
