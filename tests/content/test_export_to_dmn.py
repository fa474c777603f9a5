"""The standard elements alone give every patient what the guideline gives."""

import random

import pytest

from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.compile.cuts import cut
from redflag_kit.model.vocabulary import Kind
from tests.shipped import editions, project
from tests.unit.dmn.outcomes import Exported

PROJECT = project()
EDITIONS = editions()


def random_patient(guideline, atoms, dice):
    """Return a patient near the thresholds, with few findings present so that every part of the rules is reached."""
    return {one.id: random_value(one, atoms, dice) for one in guideline.vocabulary.findings.values()}


def random_value(finding, atoms, dice):
    if finding.grid is None:
        usual = finding.clean if finding.clean is not None else finding.example
        rare = finding.kind is Kind.YES_NO or finding.clean is not None
        return usual if rare and dice.random() > 0.15 else dice.choice(finding.words)
    if finding.id not in atoms.inputs:
        return finding.example
    interval = atoms.interval(finding.id, dice.randrange(atoms.size(finding.id)))
    return dice.choice((interval.low, interval.high))


@pytest.mark.parametrize("name", EDITIONS)
def test_exported_editions_agree_with_the_literal_interpreter(name):
    guideline = EDITIONS[name]
    exported = Exported(guideline)
    atoms = cut([compile_guideline(guideline)])
    dice = random.Random(7)
    for _ in range(300):
        patient = random_patient(guideline, atoms, dice)
        assert exported.disagreements(patient) == []


def vignette_patient(vignette, findings):
    """Return one patient of a vignette: what is stated, else the normal value, else an ordinary one."""
    patient = {one.id: one.clean if one.clean is not None else one.example for one in findings.values()}
    for stated in vignette.findings:
        if stated.words:
            patient[stated.finding] = min(stated.words)
        elif stated.ranges:
            patient[stated.finding] = stated.ranges[0].low
    return patient


@pytest.mark.parametrize("name", EDITIONS)
def test_exported_editions_agree_on_every_vignette(name):
    exported = Exported(EDITIONS[name])
    vignettes = [one for _, one in PROJECT.library.vignettes]
    assert len(vignettes) >= 200
    for vignette in vignettes:
        patient = vignette_patient(vignette, exported.findings)
        assert exported.disagreements(patient) == [], vignette.id
