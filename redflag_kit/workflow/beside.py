"""What stands beside a comparison of two editions: faults of their tables, vignettes, and properties between them."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from redflag_kit.analyse.assumptions import hidden_outcomes
from redflag_kit.analyse.guideline import Finding, analyse
from redflag_kit.analyse.run import Wanted
from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.compile.prepared import Prepared, prepare
from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.span import NOWHERE
from redflag_kit.diff.compare import Comparison
from redflag_kit.logic.budget import Budget, BudgetExceeded
from redflag_kit.model.guideline import Guideline, Waiver
from redflag_kit.results.diff import Health, HealthItem, VignetteSummary
from redflag_kit.results.envelope import NotDecided
from redflag_kit.workflow.check_guideline import Examined
from redflag_kit.workflow.properties import check_between, properties_between
from redflag_kit.workflow.sides import Side, editions_of, vignettes_of
from redflag_kit.workflow.test import highest, run_vignettes

T = TypeVar("T")


def within(question: str, undecided: list[NotDecided], work: Callable[[], T]) -> T | None:
    """Return what work finds, or nothing after noting that the question was not decided within its budget."""
    try:
        return work()
    except BudgetExceeded as error:
        undecided.append(NotDecided(question, "the change classes", str(error)))
        return None


def between(old: Side, new: Side) -> Examined:
    """Return what became of the properties that the new side declares between the two editions."""
    declared = properties_between(new.project, lambda _: True)
    names = {one.path: one.name for one in new.project.library.guidelines}
    wanted = (old.guideline.name, new.guideline.name)
    own = next((some for paths, some in declared.items() if (names[paths[0]], names[paths[1]]) == wanted), ())
    if not own:
        return Examined((), ())
    budget = Budget()
    return check_between(prepare(old.guideline), prepare(new.guideline), own, budget.nodes, budget.start())


def health(old: Guideline, new: Guideline) -> Health:
    """Return the faults of the tables by whether they are new. Raises BudgetExceeded."""
    compiled = compile_guideline(new)
    after = _faults(prepare(new, compiled))
    # COST: editions of one meaning have the same faults, whatever their rules are called; they are found once.
    is_same = compile_guideline(old).digest == compiled.digest and _accepted(old) == _accepted(new)
    before = after if is_same else _faults(prepare(old))
    return Health(
        introduced=tuple(item for key, item in after.items() if key not in before),
        resolved=tuple(item for key, item in before.items() if key not in after),
        kept=tuple(item for key, item in after.items() if key in before),
    )


def _accepted(guideline: Guideline) -> list[Waiver]:
    return [replace(one, span=NOWHERE) for one in guideline.waivers]


def _faults(ready: Prepared) -> dict[tuple[object, ...], HealthItem]:
    """Return the faults of the tables and what assumptions hide, by what makes them the same in another edition."""
    budget = Budget()
    analysed = analyse(ready, budget.nodes, budget.start(), Wanted.FAULTS)
    for one in analysed.unsettled:
        raise BudgetExceeded(f"{one.question} of {ready.guideline.name}", one.budget)
    found: dict[tuple[object, ...], HealthItem] = {
        (one.fault.code, one.fault.rules, one.fault.decision): _item(one) for one in analysed.shown
    }
    code = codes.RF330
    for key, said in hidden_outcomes(ready, budget.nodes, budget.start()).items():
        found[code, *key] = HealthItem(code.id, code.name, code.severity.value, said, (), (key[0],))
    return found


def _item(finding: Finding) -> HealthItem:
    code = finding.fault.code
    return HealthItem(code.id, code.name, code.severity.value, finding.diagnostic.message, finding.fault.rules)


def vignette_summary(old: Side, new: Side, found: Comparison, undecided: list[NotDecided]) -> VignetteSummary:
    """Return what the vignettes of the new side say of the change."""
    vignettes = vignettes_of(old, new)
    editions = tuple(editions_of(old, new))
    asked = {
        v.id: frozenset(g.name for e in v.expectations if (g := highest(editions, e.guideline, e.version)) is not None)
        for v in vignettes
    }
    before, after = old.guideline.name, new.guideline.name
    ran = within(
        "which vignettes fail",
        undecided,
        lambda: run_vignettes(new.project, [v for v in vignettes if after in asked[v.id]], after)[0],
    )
    return VignetteSummary(
        changed=found.vignettes,
        new=_only(asked, after, before),
        failing=tuple(one.id for one in ran or () if not one.passed),
        orphaned=_only(asked, before, after),
        uncovered=found.uncovered,
    )


def _only(asked: dict[str, frozenset[str]], this: str, not_that: str) -> tuple[str, ...]:
    """Return the vignettes that expect something of one edition and nothing of the other."""
    return tuple(name for name, editions in asked.items() if this in editions and not_that not in editions)
