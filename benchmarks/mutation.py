"""How long mutants take: a synthetic guideline with 2,000 fully stated patients, and the shipped library.

Method: processor time; of the rounds the median counts, and each starts from the authored model. `kill matrix` is the
bitset alone: the guideline read over the patients, where its rules and parts matter, and one bitset of killing patients
per mutant. The guideline is made here from a seed: six decisions over findings, three that read them.
"""

from __future__ import annotations

import argparse
import gc
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from statistics import median

from redflag_kit.__main__ import GARBAGE
from redflag_kit.diagnostics.span import NOWHERE, Span
from redflag_kit.evaluate.engine import engine_over
from redflag_kit.model.condition import All, Any, AtLeast, Condition, NumberTest, OutputTest, Range, Value, WordTest
from redflag_kit.model.guideline import Assignment, Decision, Guideline, HitPolicy, Rule
from redflag_kit.model.vignette import Expectation, Expected, Stated, Vignette
from redflag_kit.model.vocabulary import ABSENT, PRESENT, Combine, Finding, Grid, Kind, Output, Vocabulary
from redflag_kit.mutate.decide import decide
from redflag_kit.mutate.deciding.points import Matrix, matrix_of, points_of
from redflag_kit.mutate.deciding.prepared import Run, run_of
from redflag_kit.mutate.deciding.watching import watching
from redflag_kit.mutate.mutant import AssumeChanged, Mutant, PartsReplaced
from redflag_kit.mutate.mutants import mutants
from redflag_kit.mutate.verdict import Killed, Watch
from redflag_kit.project.load import Project, load_project
from redflag_kit.semantics.literal import entail, read
from redflag_kit.terms.scale import Scale
from redflag_kit.terms.version import Version
from redflag_kit.workflow.reference import matches

SEED, RULES, PATIENTS = 20261126, 10, 2000
LEVELS = Scale("suspicion", ("none", "low", "high", "very_high"), None)
TIMES = Scale("urgency", ("later", "this_week", "today", "now"), None)


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--project", type=Path, default=Path())
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    gc.set_threshold(*GARBAGE)  # as the command line does
    synthetic(options.rounds)
    shipped(load_project(options.project), options.rounds)


# ---------------------------------------------------------------- measuring


def synthetic(rounds: int) -> None:
    """Print the table of the synthetic guideline."""
    guideline = synthetic_guideline(random.Random(SEED))
    faults = tuple(one for one in mutants(guideline) if not isinstance(one.edit, AssumeChanged))
    watches = [Watch(one, expectation) for one in patients(guideline) for expectation in one.expectations]
    rules, inputs = len(guideline.rules()), len(guideline.vocabulary.findings)
    print(f"{rules} rules, {inputs} findings, {len(guideline.decisions)} tables; {len(faults)} mutants\n")
    print("| what | ms | per mutant, us | evaluations per second |\n|---|---:|---:|---:|")
    row("mutants made", least(rounds, lambda: mutants(guideline)), len(faults))
    alone = least(rounds, lambda: decide(guideline, faults, ()))
    row("decided, no vignettes", alone, len(faults))
    row(f"decided, {len(watches)} vignettes", least(rounds, lambda: decide(guideline, faults, watches)), len(faults))
    run = run_of(guideline, faults, (watch.vignette.findings for watch in watches))
    engine = engine_over(run.ready)
    cases = [(case, found) for case in watching(engine, watches) if (found := points_of(engine, case, run.read))]
    seconds = least(rounds, lambda: kill_matrix(matrix_of(engine, fresh(run).leaves, cases), faults))
    row("kill matrix, maps included", seconds, len(faults), len(faults) * len(cases))
    matrix = matrix_of(engine, run.leaves, cases)
    kill_matrix(matrix, faults)
    seconds = least(rounds, lambda: kill_matrix(matrix, faults))
    row("kill matrix, maps made", seconds, len(faults), len(faults) * len(cases))
    conditions = [one for one in faults if isinstance(one.edit, PartsReplaced)]
    seconds = least(rounds, lambda: kill_matrix(matrix, conditions))
    row("of conditions, maps made", seconds, len(conditions), len(conditions) * len(cases))


def fresh(run: Run) -> Run:
    """Return a run that remembers no atoms of any test."""
    return replace(run, leaves=replace(run.leaves, _masks={}))


def kill_matrix(matrix: Matrix, faults: Sequence[Mutant]) -> list[int]:
    """Return one bitset of killing patients per mutant."""
    return [matrix.kills(matrix.faults.of(one.edit)).bits for one in faults]


def shipped(project: Project, rounds: int) -> None:
    """Print the table of the shipped library."""
    print("\n| guideline | vignettes | mutants | made, ms | decided, ms | all killers, ms | killed |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    total = [0.0, 0.0, 0.0]
    for guideline in project.library.guidelines:
        watches = [
            Watch(vignette, one)
            for vocabulary, vignette in project.library.vignettes
            for one in vignette.expectations
            if vocabulary == guideline.vocabulary.id and matches(project, guideline, f"{one.guideline}@{one.version}")
        ]
        faults = mutants(guideline)
        made = least(rounds, lambda guideline=guideline: mutants(guideline))  # type: ignore[misc]
        strength = decide(guideline, faults, watches)
        decided, whole = (measured(rounds, guideline, faults, watches, every) for every in (False, True))
        total = [total[0] + made, total[1] + decided, total[2] + whole]
        killed = sum(isinstance(one, Killed) for one in strength.verdicts)
        line = f"{len(watches)} | {len(faults)} | {made * 1e3:.0f} | {decided * 1e3:.0f} | {whole * 1e3:.0f}"
        print(f"| {guideline.name} | {line} | {killed} |")
    print(f"| all | | | {' | '.join(f'{one * 1e3:.0f}' for one in total)} | |")


def measured(
    rounds: int, guideline: Guideline, faults: Sequence[Mutant], watches: Sequence[Watch], every: bool
) -> float:
    """Return how long the mutants of a guideline take; with `every`, every vignette that kills one is found."""
    return least(rounds, lambda: decide(guideline, faults, watches, every_killer=every))


def least(rounds: int, work: Callable[[], object]) -> float:
    """Return the median processor time of some rounds, in seconds."""
    times = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return median(times)


def row(what: str, seconds: float, faults: int, evaluations: int = 0) -> None:
    """Print one line."""
    rate = f"{evaluations / seconds:.2g}" if evaluations else ""
    print(f"| {what} | {seconds * 1e3:.1f} | {seconds / faults * 1e6:.1f} | {rate} |")


# ---------------------------------------------------------------- the synthetic guideline


def synthetic_guideline(rng: random.Random) -> Guideline:
    """Return six decisions over findings and three over what those say, ten rules each and one for the rest."""
    findings = synthetic_findings()
    suspected = [
        Output(f"suspected_{i}", f"suspected {i}", LEVELS, (), Combine.HIGHEST, (), (), NOWHERE) for i in range(6)
    ]
    advised = [Output(f"advised_{i}", f"advised {i}", TIMES, (), Combine.HIGHEST, (), (), NOWHERE) for i in range(3)]
    names = list(findings)
    policies = (HitPolicy.COLLECT, HitPolicy.FIRST, HitPolicy.PRIORITY)
    lines = iter(range(1, 100_000))
    decisions = []
    for i, output in enumerate(suspected):
        own = [*names[i * 6 : i * 6 + 6], names[-1]]
        decisions.append(decision(rng, policies[i % 3], output, [findings[name] for name in own], [], lines))
    for i, output in enumerate(advised):
        shared = [findings[name] for name in rng.sample(names, 6)]
        decisions.append(decision(rng, policies[i % 3], output, shared, suspected, lines))
    vocabulary = Vocabulary(
        "synthetic", "1.0.0", "Synthetic", findings, {one.id: one for one in advised}, {}, (), {}, ""
    )
    return Guideline(
        id="synthetic",
        version=Version((1, 0, 0), "1.0.0"),
        title="Synthetic",
        publisher="",
        published="2026-01-01",
        status="draft",
        intended_use="benchmark",
        vocabulary=vocabulary,
        cite=(),
        covers=tuple(one.id for one in advised),
        outputs={one.id: one for one in (*advised, *suspected)},
        scope=AtLeast(0, ()),
        parameters={},
        definitions={},
        assumptions={},
        assume={},
        constraints=(),
        scores=(),
        decisions=tuple(decisions),
        sources={},
        path="synthetic.yaml",
        span=NOWHERE,
    )


def synthetic_findings() -> dict[str, Finding]:
    """Return 37 findings: signs, choices and numbers in turn."""
    found = {}
    for i in range(37):
        name, grid, kind = f"finding_{i}", None, Kind.YES_NO
        words: tuple[str, ...] = (ABSENT, PRESENT)
        calm = ABSENT
        if i % 6 == 4:
            kind, words, calm = Kind.CHOICE, ("none", "mild", "severe", "unclear"), "none"
        value: Value = calm
        if i % 6 == 5 or i == 36:
            kind, words, grid = Kind.INTEGER, (), Grid(Fraction(0), Fraction(100), Fraction(1))
            value = Fraction(40)
        found[name] = Finding(name, kind, f"{name}?", name, words, grid, "1", None, value, None, (), (), NOWHERE)
    return found


def decision(
    rng: random.Random,
    policy: HitPolicy,
    output: Output,
    findings: list[Finding],
    before: list[Output],
    lines: Sequence[int] | object,
) -> Decision:
    """Return a decision about one output."""
    assert output.scale is not None
    levels = output.scale.levels
    rules = tuple(
        Rule(
            id=f"{output.id}.{i}",
            title="",
            when=condition(rng, findings, before, lines),
            then=(Assignment(output.id, (levels[rng.randrange(1, len(levels))],)),),
            unless=(),
            overrides=(),
            replaces=(),
            evidence=(),
            assumptions=(),
            claims=(),
            inert="",
            note="",
            span=place(lines),
        )
        for i in range(RULES)
    )
    rest = replace(rules[0], id=f"{output.id}.rest", when=AtLeast(0, ()), then=(Assignment(output.id, levels[:1]),))
    return Decision(output.id, "", policy, rules, (rest,), (), (output.id,), place(lines))


def condition(rng: random.Random, findings: list[Finding], before: list[Output], lines: object) -> Condition:
    """Return a conjunction of tests, the last of them sometimes a group of which some must hold."""
    tests = [test(rng, one, lines) for one in rng.sample(findings, rng.randrange(2, 5))]
    if before:
        read = rng.sample(before, rng.randrange(1, 3))
        tests += [OutputTest(one.id, frozenset(LEVELS.levels[rng.randrange(1, 4) :]), "", place(lines)) for one in read]
    if len(tests) < 4:
        return All(tuple(tests), place(lines))
    group = tuple(tests[2:])
    joined = Any(group, place(lines)) if rng.random() < 0.5 else AtLeast(2, group, place(lines))
    return All((*tests[:2], joined), place(lines))


def test(rng: random.Random, finding: Finding, lines: object) -> Condition:
    """Return a test of one finding."""
    if finding.grid is not None:
        low = Fraction(rng.randrange(5, 80, 5))
        high = low + 20 if rng.random() < 0.3 else None
        return NumberTest(finding.id, (Range(low, high),), False, "", place(lines))
    if finding.kind is Kind.CHOICE:
        return WordTest(finding.id, frozenset(rng.sample(finding.words[1:], rng.randrange(1, 3))), "", place(lines))
    return WordTest(finding.id, frozenset({PRESENT if rng.random() < 0.75 else ABSENT}), "", place(lines))


def place(lines: object) -> Span:
    """Return a place of its own, one line after the other."""
    line = next(lines)  # type: ignore[call-overload]
    return Span("synthetic.yaml", line, 1, line, 80)


def patients(guideline: Guideline) -> list[Vignette]:
    """Return fully stated patients who expect what they get of every output."""
    rng = random.Random(SEED + 1)
    found = []
    for i in range(PATIENTS):
        patient: dict[str, Value] = {name: any_value(rng, one) for name, one in guideline.vocabulary.findings.items()}
        values = entail(guideline, read(guideline, patient).values)
        outcomes = tuple(Expected(name, "", values=frozenset({str(values[name])})) for name in guideline.covers)
        expectation = Expectation(guideline.id, "1.0.0", outcomes, None, (), "", True, NOWHERE)
        stated = tuple(stated_as(name, value) for name, value in patient.items())
        found.append(Vignette(f"p{i}", "", "", "", (), stated, False, "", (expectation,), False, NOWHERE))
    return found


def any_value(rng: random.Random, finding: Finding) -> Value:
    """Return any value of a finding."""
    return rng.choice(finding.words) if finding.grid is None else Fraction(rng.randrange(101))


def stated_as(name: str, value: Value) -> Stated:
    """Return a value as a vignette states it."""
    if isinstance(value, str):
        return Stated(name, frozenset({value}))
    return Stated(name, ranges=(Range(value, value),))


if __name__ == "__main__":
    main()
