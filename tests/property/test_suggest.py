"""Drafted vignettes for random guidelines with random faults: each is legal, passes when filled in, and notices."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.compile.cuts import cut
from redflag_kit.evaluate.engine import Engine, engine
from redflag_kit.evaluate.vignettes import run
from redflag_kit.logic.bdd import BddRegion, Diagrams
from redflag_kit.model.condition import Always, Not
from redflag_kit.model.guideline import Guideline, Rule
from redflag_kit.semantics.cases import entailed, written
from redflag_kit.semantics.literal import is_legal
from redflag_kit.semantics.regions import meaning
from redflag_kit.suggest.filled import filled_in, waits
from redflag_kit.suggest.goal import Goal
from redflag_kit.suggest.meet import Effort
from redflag_kit.suggest.plan import Plan, Subject, plan
from tests.property.effort import examples
from tests.property.generators import guidelines
from tests.property.reference import constraints_of


def faults_of(guideline: Guideline) -> dict[str, Guideline]:
    """Return some faulty guidelines: a rule always, never, or where it should not; one that says nothing."""
    found: dict[str, Guideline] = {}
    for rule in guideline.rules():
        found[f"{rule.id} always"] = with_rule(guideline, replace(rule, when=Always()))
        found[f"{rule.id} never"] = with_rule(guideline, replace(rule, when=Not(Always())))
        found[f"{rule.id} negated"] = with_rule(guideline, replace(rule, when=Not(rule.when)))
        found[f"{rule.id} empty"] = with_rule(guideline, replace(rule, then=()))
    found["scope"] = replace(guideline, scope=Always())
    return found


def with_rule(guideline: Guideline, new: Rule) -> Guideline:
    def put(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        return tuple(new if one.id == new.id else one for one in rules)

    return replace(
        guideline,
        decisions=tuple(
            replace(one, rules=put(one.rules), otherwise=None if one.otherwise is None else put(one.otherwise))
            for one in guideline.decisions
        ),
    )


def prepared(guideline: Guideline, faults: dict[str, Guideline]) -> tuple[Engine, list[Goal]]:
    """Return the guideline over one space with its faults, and who gets another outcome from each."""
    compiled = compile_guideline(guideline)
    beside = {name: compile_guideline(one) for name, one in faults.items()}
    atoms = cut((compiled, *beside.values()))
    diagrams = Diagrams(atoms.space, 200_000)

    def tables(one: Guideline) -> dict[tuple[str, str], dict[str, BddRegion]]:
        made = compile_guideline(one)
        return entailed(made, written(meaning(made, atoms, diagrams), diagrams), diagrams)

    regions = meaning(compiled, atoms, diagrams)
    as_written = written(regions, diagrams)
    ready = Engine(guideline, compiled, atoms, diagrams, regions, as_written, tables(guideline))
    goals = []
    for name, one in faults.items():
        region = diagrams.empty
        for aspect, values in tables(one).items():
            if aspect[0] in guideline.covers:
                for value in {*values, *ready.entailed[aspect]}:
                    before = ready.entailed[aspect].get(value, diagrams.empty)
                    region |= before ^ values.get(value, diagrams.empty)
        goals.append(Goal(name, region & regions.legal))
    return ready, goals


def planned(guideline: Guideline, faults: dict[str, Guideline], effort: Effort) -> tuple[Plan, list[Goal]]:
    ready, goals = prepared(guideline, faults)
    return plan(Subject(ready, f"{guideline.id}@1", frozenset()), goals, faults.get, effort), goals


@examples(6)
@given(guidelines())
def test_drafts_pass_once_filled_in_and_notice_every_fault_that_somebody_would(guideline: Guideline) -> None:
    faults = faults_of(guideline)
    found, goals = planned(guideline, faults, Effort())
    showing = {goal.id for goal in goals if not goal.region.is_empty()}
    assert not found.unconfirmed
    assert {name for draft in found.drafts for name in draft.notices} == showing
    assert found.bound <= len(found.drafts) <= len(showing)
    cases = [draft.vignette.findings for draft in found.drafts]
    before, after = engine(guideline, cases), {name: engine(one, cases) for name, one in faults.items()}
    for draft in found.drafts:
        assert draft.patient is not None
        assert is_legal(constraints_of(guideline), draft.patient)
        (waiting,) = draft.vignette.expectations
        assert waits(waiting)
        assert run(before, draft.vignette, waiting)[1]
        filled = filled_in(before, draft.vignette, waiting)
        results, failures = run(before, draft.vignette, filled)
        assert results
        assert not failures
        assert all(one.actual.decided for one in results)
        for name in draft.notices:
            assert run(after[name], draft.vignette, filled)[1], name


@examples(6)
@given(guidelines())
def test_the_names_of_drafts_are_their_own(guideline: Guideline) -> None:
    found, _ = planned(guideline, faults_of(guideline), Effort(unusual=0, choices=0, beginnings=0))
    names = [draft.vignette.id for draft in found.drafts]
    assert len({*names}) == len(names)
    assert all(name.startswith(guideline.id.replace("_", "-")) for name in names)
