"""Every planted fault is found, and nothing beside it.

`expected.json` says what was planted. Where trying every kind of value shows more than that, the truth is corrected
here, with values that prove it.
"""

import json
from itertools import product
from pathlib import Path

import pytest

from redflag_kit.analyse.fault import kind_of
from redflag_kit.diagnostics.codes import RF902, Severity
from redflag_kit.dmn.evaluate import evaluate_decision
from redflag_kit.dmn.feel.evaluate import evaluate
from redflag_kit.dmn.feel.parser import parse_expression
from redflag_kit.dmn.feel.scope import scope_of
from redflag_kit.dmn.findings import analyse_model
from redflag_kit.dmn.read import read_dmn
from redflag_kit.logic.budget import Budget

FOLDER = Path(__file__).parents[1] / "data" / "planted"
EXPECTED = {one["file"]: one for one in json.loads((FOLDER / "expected.json").read_text("utf-8"))}
STRICT = {"gap", "overlap", "conflict", "masked", "never-fires"}
DIAGNOSED = {"type-error": "dmn-type-error", "unknown-name": "unknown-name"}

NOT_PLANTED = {
    # Rules 1 and 2 cover every age and have priority over rule 4 too, which the truth does not mention.
    ("masked_union_priority.dmn", "masked", (4,)): {"Age": "40", "Fever": "false", "Site": '"low"'},
    # Rule 3 covers two sites only from 50 on: not("low") covers every other text below 50 and nowhere else.
    ("gap_string_open_domain.dmn", "gap", ()): {"Age": "50", "Site": '"high"'},
}


def loaded(name):
    reading = read_dmn((FOLDER / name).read_bytes(), name)
    assert reading.model is not None
    budget = Budget()
    return reading, analyse_model(reading.model, budget, budget.start())[0]


def told(name):
    reading, found = loaded(name)
    assert all(one.diagnostic.code is not RF902 for one in found)
    kinds = {(kind_of(one.fault.code), tuple(sorted(one.rules))) for one in found}
    return kinds, {one.code.name for one in reading.diagnostics}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_every_planted_fault_is_found(name):
    kinds, diagnosed = told(name)
    alternatives = {("duplicate", "overlap")}
    for one in EXPECTED[name]["findings"]:
        kind, rules = one["kind"], tuple(one.get("rules", ()))
        if kind in DIAGNOSED:
            assert DIAGNOSED[kind] in diagnosed
        elif kind == "redundant":  # either of the two, or both: one of them may be left out, not both for certain
            assert any(found in {("redundant", (1,)), ("redundant", (3,)), ("mergeable", (1, 3))} for found in kinds)
        elif kind == "duplicate":
            assert any((said, rules) in kinds or (said, rules[1:]) in kinds for said in alternatives.pop())
        else:
            assert (kind, rules) in kinds


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_nothing_is_found_that_was_not_planted(name):
    kinds, _ = told(name)
    planted = {(one["kind"], tuple(one.get("rules", ()))) for one in EXPECTED[name]["findings"]}
    extra = {found for found in kinds if found[0] in STRICT} - planted
    assert extra == {(kind, rules) for file, kind, rules in NOT_PLANTED if file == name}


@pytest.mark.parametrize(("name", "kind", "rules"), sorted(NOT_PLANTED), ids=lambda one: str(one))
def test_what_was_not_planted_is_there_all_the_same(name, kind, rules):
    model = loaded(name)[0].model
    (decision,) = model.decisions
    if kind == "gap":
        given = {key: constant(text) for key, text in NOT_PLANTED[name, kind, rules].items()}
        assert evaluate_decision(model, decision.id, given).matched == ()
        return
    ages, fevers, sites = ["0", "29", "30", "40", "50", "60", "61", "120"], ["true", "false"], ['"low"', '"mid"']
    for age, fever, site in product(ages, fevers, sites):
        given = {"Age": constant(age), "Fever": constant(fever), "Site": constant(site)}
        found = evaluate_decision(model, decision.id, given)
        assert set(found.matched) & {1, 2}
        assert found.value == "image"


def constant(text):
    return evaluate(parse_expression(text, scope_of({})), {})


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_advice_on_style_is_no_error(name):
    _, found = loaded(name)
    style = {"mergeable", "redundant", "subsumed", "irrelevant", "partly-masked"}
    graver = {one.diagnostic.code.severity for one in found if kind_of(one.fault.code) in style}
    assert graver <= {Severity.INFO}


def test_no_text_below_fifty_is_left_out_by_a_negated_text():
    (gap,) = loaded("gap_string_open_domain.dmn")[1]
    assert gap.diagnostic.where.startswith("Age: [50..120]")


def test_a_rule_that_changes_results_is_not_offered_for_removal():
    kinds, _ = told("first_unsafe_subsumption.dmn")
    assert not {found for found in kinds if found[0] in {"redundant", "subsumed", "duplicate"} and 1 in found[1]}
