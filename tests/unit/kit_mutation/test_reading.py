"""What mutmut leaves on disk, read as mutants that keep their identity when its numbers shift."""

from __future__ import annotations

import json

import pytest

from tests.kit_mutation.mutants import Change, Mutant, Outcome, change_between, function_of, mutants_of, outcome_of

CODE = """\
from x import y


def x_area__mutmut_orig(a, b):
    if a < 0:
        return 0
    return a * b


def x_area__mutmut_1(a, b):
    if a <= 0:
        return 0
    return a * b


def x_area__mutmut_2(a, b):
    if a < 0:
        return 0
    return a / b
"""
NAMES = [f"redflag_kit.diff.area.x_area__mutmut_{number}" for number in (1, 2)]
SPANS = json.dumps(
    {"version": 1, "spans": {"x_area__mutmut_orig": [4, 7], "x_area__mutmut_1": [10, 13], "x_area__mutmut_2": [16, 19]}}
)


def read(code: str = CODE, codes: tuple[int | None, ...] = (1, 0)) -> tuple[Mutant, ...]:
    return mutants_of(json.dumps({"exit_code_by_key": dict(zip(NAMES, codes, strict=True))}), SPANS, code)


def test_a_mutant_is_known_by_its_function_and_the_text_it_changes():
    assert read() == (
        Mutant(NAMES[0], Change("redflag_kit.diff.area.area", "if a < 0:", "if a <= 0:"), Outcome.KILLED),
        Mutant(NAMES[1], Change("redflag_kit.diff.area.area", "return a * b", "return a / b"), Outcome.SURVIVED),
    )


def test_mutants_that_read_alike_are_numbered():
    alike = CODE.replace(
        "if a <= 0:\n        return 0\n    return a * b", "if a < 0:\n        return 0\n    return a / b"
    )
    assert [one.change.nth for one in read(alike)] == [1, 2]


def test_a_module_without_mutants_has_none():
    assert mutants_of(json.dumps({"exit_code_by_key": {}}), "{}", CODE) == ()


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("redflag_kit.compile.cuts.x_cut__mutmut_3", "redflag_kit.compile.cuts.cut"),
        ("redflag_kit.compile.cuts.x__bounds__mutmut_12", "redflag_kit.compile.cuts._bounds"),
        ("redflag_kit.logic.bdd.xǁRegionǁ__or____mutmut_1", "redflag_kit.logic.bdd.Region.__or__"),
        ("redflag_kit.diff.area.xǁ_Spentǁ_step__mutmut_1", "redflag_kit.diff.area._Spent._step"),
    ],
)
def test_functions_and_methods_have_their_own_names_again(name, function):
    assert function_of(name) == function


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        (1, Outcome.KILLED),
        (3, Outcome.KILLED),
        (0, Outcome.SURVIVED),
        (33, Outcome.NO_TESTS),
        (5, Outcome.NO_TESTS),
        (-24, Outcome.TIMED_OUT),
        (-9, Outcome.TIMED_OUT),
        (-6, Outcome.CRASHED),
        (-11, Outcome.CRASHED),
        (None, Outcome.NOT_RUN),
        (2, Outcome.NOT_RUN),
        (255, Outcome.NOT_RUN),
        (99, Outcome.NOT_RUN),
    ],
)
def test_an_exit_code_that_is_not_known_is_no_verdict(code, outcome):
    assert outcome_of(code) is outcome


def test_every_outcome_is_noticed_or_open_or_no_verdict():
    assert [one for one in Outcome if one.noticed == one.open] == [Outcome.NOT_RUN]


def test_lines_taken_away_and_the_signature_are_changes_too():
    old = "def x_f__mutmut_orig(a, b=1):\n    match a:\n        case 1:\n            return 2\n    return b\n"
    assert change_between(old, old.replace("orig", "1").replace("b=1", "b=2")) == ("def (a, b=1):", "def (a, b=2):")
    assert change_between(old, old.replace("        case 1:\n            return 2\n", "")) == ("case 1:\nreturn 2", "")
