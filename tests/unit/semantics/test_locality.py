"""Where two editions can differ at all: in the scope, and where a rule flips."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from redflag_kit.diff.pair import pair
from redflag_kit.model.guideline import Guideline, HitPolicy, Rule
from redflag_kit.semantics.locality import SCOPE, flips
from tests.property.models import has, rule
from tests.unit.diff.small import edition


def table(*rules: Rule, policy: HitPolicy = HitPolicy.COLLECT, **more: Any) -> Guideline:
    made = edition(*rules, otherwise=None, **more)
    return replace(made, decisions=tuple(replace(one, hit_policy=policy) for one in made.decisions))


def flipped(old: Guideline, new: Guideline) -> set[str] | None:
    both = pair(old, new)
    one, other = both.old, both.new
    found = flips(one.compiled, other.compiled, one.meaning, other.meaning, both.diagrams)
    return None if found is None else set(found)


def test_a_rule_flips_where_it_applies_in_one_edition_only():
    old = table(rule("R", has("fever"), {"scan": "now"}), rule("S", has("numb"), {"scan": "soon"}))
    new = table(rule("R", has("cough"), {"scan": "now"}), rule("S", has("numb"), {"scan": "soon"}))
    assert flipped(old, new) == {"R"}


def test_a_rule_that_says_another_thing_flips_wherever_it_applies():
    old, new = (table(rule("R", has("fever"), {"scan": level})) for level in ("now", "soon"))
    assert flipped(old, new) == {"R"}


def test_a_rule_of_one_edition_alone_flips_and_the_scope_does_where_it_moved():
    old = table(rule("R", has("fever"), {"scan": "now"}))
    both = table(rule("R", has("fever"), {"scan": "now"}), rule("S", has("numb"), {"scan": "soon"}))
    assert flipped(old, both) == {"S"}
    assert SCOPE in (flipped(old, table(rule("R", has("fever"), {"scan": "now"}), scope=has("cough"))) or ())


def test_tables_under_another_hit_policy_cannot_be_compared_rule_by_rule():
    rules = rule("R", has("fever"), {"scan": "now"}), rule("S", has("numb"), {"scan": "soon"})
    assert flipped(table(*rules), table(*rules, policy=HitPolicy.FIRST)) is None
