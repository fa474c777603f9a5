"""Rules: each fires for certain for some vignette, and some vignette just misses it.

Definition: a rule is shown to *fire* by a vignette for every completion of which it fires, and to be *missed* by one
for none of whose completions it fires while one answer to one finding would make it fire for certain
(`evaluate.reach`). What no legal patient can show is proved impossible.
"""

from collections.abc import Iterator, Sequence

from redflag_kit.coverage.aim import Aim
from redflag_kit.coverage.item import item
from redflag_kit.coverage.shown import Shown
from redflag_kit.evaluate.engine import Engine
from redflag_kit.evaluate.reach import Nearness, nearness
from redflag_kit.model.guideline import Rule
from redflag_kit.results.coverage import RULES, UNCOVERED, CoverageItem


def rules(engine: Engine, vignettes: Sequence[Shown]) -> Iterator[Aim]:
    """Yield two items per rule that runs: that it fires, and that it is just missed."""
    for near in nearness(engine):
        rule = engine.by_id[near.rule]
        fires, missed = _fires(rule, near, vignettes), _missed(rule, near, vignettes)
        yield Aim(fires, near.legal & near.firing)
        yield Aim(missed, near.missing() if missed.state == UNCOVERED else None)


def _fires(rule: Rule, near: Nearness, vignettes: Sequence[Shown]) -> CoverageItem:
    by = next((one.name for one in vignettes if near.fires(one.case.region)), "")
    why = "" if near.can_fire() else "no patient can fire it"
    return item(f"{rule.id} fires", RULES, by, f"{rule.id} fires: {rule.title}", why, rule.span, rules=(rule.id,))


def _missed(rule: Rule, near: Nearness, vignettes: Sequence[Shown]) -> CoverageItem:
    by = next((one.name for one in vignettes if near.missed_by(one.case.region)), "")
    why = "" if near.can_be_missed() else "nobody is one finding away from it"
    text = f"{rule.id} is just missed, by one finding: {rule.title}"
    return item(f"{rule.id} missed", RULES, by, text, why, rule.span, rules=(rule.id,))
