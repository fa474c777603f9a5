"""What verdicts on mutants must be: vignettes run again on each mutant, and all patients read word by word."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TypeAlias

from redflag_kit.evaluate.engine import Engine, engine
from redflag_kit.evaluate.vignettes import run
from redflag_kit.logic.space import Point
from redflag_kit.model.condition import Value
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Stated
from redflag_kit.model.vocabulary import Comparison
from redflag_kit.mutate.apply import apply
from redflag_kit.mutate.decide import decide
from redflag_kit.mutate.deciding.confirm import outcome
from redflag_kit.mutate.mutant import AssumeChanged, Mutant
from redflag_kit.mutate.verdict import Equivalent, Killed, NotDecided, Survived, Watch
from redflag_kit.semantics.literal import Patient, is_legal
from tests.property.generators import values_of
from tests.property.reference import constraints_of, patients_of

Run: TypeAlias = tuple[Guideline, list[Mutant], list[Watch]]
Case: TypeAlias = dict[str, Value | None]


def met(guideline: Guideline, watches: list[Watch]) -> list[bool]:
    """Say of each expectation whether every result is as expected, reasons aside."""
    ready = engine(guideline, [watch.vignette.findings for watch in watches])
    return [_is_met(ready, watch) for watch in watches]


def _is_met(ready: Engine, watch: Watch) -> bool:
    results, faults = run(ready, watch.vignette, watch.expectation)
    contradicts = any(one.code.id == "RF401" for one in faults)
    return not contradicts and all(result.passed for result in results)


def expected_killers(guideline: Guideline, mutant: Mutant, watches: list[Watch], before: list[bool]) -> tuple[str, ...]:
    after = met(apply(guideline, mutant.edit), watches)
    killing = (watch.vignette.id for watch, was, still in zip(watches, before, after, strict=True) if was and not still)
    return tuple(dict.fromkeys(killing))


def check_killers(found: Run) -> None:
    guideline, mutants, watches = found
    before = met(guideline, watches)
    for verdict in decide(guideline, mutants, watches).verdicts:
        killers = verdict.by if isinstance(verdict, Killed) else ()
        assert killers == expected_killers(guideline, verdict.mutant, watches, before), verdict.mutant.edit


def check_some_killers(found: Run) -> None:
    """Check that a mutant is killed if some vignette kills it, and by none that does not."""
    guideline, mutants, watches = found
    everything = decide(guideline, mutants, watches).verdicts
    for verdict, whole in zip(
        decide(guideline, mutants, watches, every_killer=False).verdicts, everything, strict=True
    ):
        assert type(verdict) is type(whole)
        if isinstance(verdict, Killed) and isinstance(whole, Killed):
            assert verdict.by
            assert [one for one in whole.by if one in verdict.by] == [*verdict.by]


def check_patients(found: Run) -> None:
    guideline, mutants, _ = found
    edits = [one for one in mutants if not isinstance(one.edit, AssumeChanged)]
    strength = decide(guideline, edits, ())
    atoms, diagrams = strength.engine.atoms, strength.engine.diagrams
    patients = [one for one in patients_of(guideline.vocabulary.findings) if is_legal(constraints_of(guideline), one)]

    def point_of(patient: Patient) -> Point:
        return tuple(atoms.atom_of(name, patient[name]) for name in atoms.space.names)

    for verdict in strength.verdicts:
        other = apply(guideline, verdict.mutant.edit)
        changed = {point_of(one) for one in patients if outcome(guideline, one) != outcome(other, one)}
        assert isinstance(verdict, Survived if changed else Equivalent), verdict.mutant.edit
        if isinstance(verdict, Survived):
            assert verdict.region is not None
            assert {p for p in map(point_of, patients) if diagrams.contains(verdict.region, p)} == changed
            assert (verdict.region - strength.engine.meaning.legal).is_empty()


def check_assumptions(found: Run) -> None:
    guideline, mutants, _ = found
    edits = [one for one in mutants if isinstance(one.edit, AssumeChanged)]
    for verdict in decide(guideline, edits, ()).verdicts:
        changed = [
            case for case in cases_of(guideline) if differs(guideline, apply(guideline, verdict.mutant.edit), case)
        ]
        assert isinstance(verdict, (Survived, NotDecided) if changed else Equivalent)
        if isinstance(verdict, NotDecided):
            assert any(isinstance(one, Comparison) for one in constraints_of(guideline))
        if isinstance(verdict, Survived):
            assert verdict.region is None
            assert {one.finding: None if one.unknown else value_of(one) for one in verdict.case} in changed
            fewest = min(sum(value is None for value in case.values()) for case in changed)
            assert sum(one.unknown for one in verdict.case) == fewest


def value_of(stated: Stated) -> Value:
    number = stated.number()
    return next(iter(stated.words)) if number is None else number


def cases_of(guideline: Guideline) -> Iterator[Case]:
    """Yield every case in which each finding is known or not assessed."""
    findings = guideline.vocabulary.findings
    for chosen in product(*((None, *values_of(one)) for one in findings.values())):
        yield dict(zip(findings, chosen, strict=True))


def differs(guideline: Guideline, other: Guideline, case: Case) -> bool:
    choices = (
        [value] if value is not None else values_of(guideline.vocabulary.findings[name]) for name, value in case.items()
    )
    every = (dict(zip(case, chosen, strict=True)) for chosen in product(*choices))
    legal: list[Patient] = [one for one in every if is_legal(constraints_of(guideline), one)]
    unknown = tuple(name for name, value in case.items() if value is None)
    return bool(legal) and outlook(guideline, legal, unknown) != outlook(other, legal, unknown)


def outlook(
    guideline: Guideline, legal: list[Patient], unknown: tuple[str, ...]
) -> dict[str, tuple[frozenset[str], ...]]:
    """Return what each output can be, once the guideline's assumptions are made one after the other."""
    for name in guideline.vocabulary.findings:
        if name in unknown and name in guideline.assume:
            legal = [one for one in legal if one[name] == guideline.assume[name].value] or legal
    read = [outcome(guideline, one) for one in legal]
    found: dict[str, tuple[frozenset[str], ...]] = {}
    for name in guideline.covers:
        values = [one[name] for one in read]
        sets = [frozenset() if isinstance(value, str) else value for value in values]
        plain = frozenset(value for value in values if isinstance(value, str))
        found[name] = (plain, frozenset.intersection(*sets), frozenset.union(*sets))
    return found
