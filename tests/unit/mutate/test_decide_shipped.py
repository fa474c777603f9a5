"""Verdicts on mutants of a shipped guideline, against its vignettes run again on each mutant."""

from __future__ import annotations

from redflag_kit.evaluate.engine import engine
from redflag_kit.evaluate.vignettes import run
from redflag_kit.model.guideline import Guideline
from redflag_kit.mutate.apply import apply
from redflag_kit.mutate.decide import decide
from redflag_kit.mutate.mutants import mutants
from redflag_kit.mutate.verdict import Killed, Watch
from redflag_kit.workflow.reference import matches
from tests import shipped

EVERY = 8


def met(guideline: Guideline, watches: list[Watch]) -> list[bool]:
    ready = engine(guideline, [watch.vignette.findings for watch in watches])
    results = [run(ready, watch.vignette, watch.expectation)[0] for watch in watches]
    return [bool(found) and all(one.passed for one in found) for found in results]


def test_vignettes_kill_exactly_the_mutants_on_which_they_fail() -> None:
    guideline = shipped.guideline("ahcpr@1994")
    project = shipped.project()
    watches = [
        Watch(vignette, one)
        for _, vignette in project.library.vignettes
        for one in vignette.expectations
        if matches(project, guideline, f"{one.guideline}@{one.version}")
    ]
    before = met(guideline, watches)
    for verdict in decide(guideline, mutants(guideline)[::EVERY], watches).verdicts:
        after = met(apply(guideline, verdict.mutant.edit), watches)
        fails = [w.vignette.id for w, was, still in zip(watches, before, after, strict=True) if was and not still]
        killers = verdict.by if isinstance(verdict, Killed) else ()
        assert killers == tuple(dict.fromkeys(fails)), verdict.mutant.id
