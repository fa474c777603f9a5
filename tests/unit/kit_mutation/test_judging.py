"""Scores, rules and justifications: nothing survives without a reason, and no reason outlives its mutant."""

from __future__ import annotations

import pytest

from tests.kit_mutation import justified, table
from tests.kit_mutation.justified import Justification, as_toml, gone, parse, stale
from tests.kit_mutation.mutants import Change, Mutant, Outcome
from tests.kit_mutation.rules import RULES, rule_for
from tests.kit_mutation.verdict import Tally, faults, tally
from tests.kit_mutation.workspace import ROOT


def mutant(number: int, outcome: Outcome, was: str = "a", now: str = "b") -> Mutant:
    return Mutant(f"p.m.x_f__mutmut_{number}", Change("p.m.f", was, f"{now}{number}"), outcome)


def why(one: Mutant, kind: str = "equivalent") -> Justification:
    return Justification(one.change, kind, "for this reason")


def judged(mutants: list[Mutant], reasons: list[Justification], *, bounded: bool = False) -> list[str]:
    return faults(tally("p", mutants, reasons), mutants, reasons, bounded=bounded)


KILLED = [mutant(number, Outcome.KILLED) for number in range(100, 119)]
SURVIVOR = mutant(1, Outcome.SURVIVED)


def test_a_survivor_is_named_with_its_change():
    (fault,) = judged([*KILLED, SURVIVOR], [])
    assert fault == "survived: p.m.f: `a` -> `b1`  [p.m.x_f__mutmut_1]"


def test_a_survivor_with_a_reason_passes():
    assert judged([*KILLED, SURVIVOR], [why(SURVIVOR)]) == []
    assert judged([*KILLED, SURVIVOR], [why(SURVIVOR, "accepted")]) == []


def test_what_no_test_runs_has_survived():
    assert judged([*KILLED, mutant(1, Outcome.NO_TESTS)], [])[0].startswith("no tests: p.m.f")


def test_limits_and_crashes_are_kills_that_are_counted_apart():
    one = tally("p", [mutant(1, Outcome.TIMED_OUT), mutant(2, Outcome.CRASHED), mutant(3, Outcome.KILLED)], [])
    assert (one.killed, one.by_limit, one.score) == (3, 2, 100.0)


def test_equivalent_mutants_do_not_count_and_accepted_ones_do():
    mutants = [*KILLED[:3], SURVIVOR, mutant(2, Outcome.SURVIVED)]
    one = tally("p", mutants, [why(mutants[3]), why(mutants[4], "accepted")])
    assert (one.mutants, one.killed, one.equivalent, one.accepted) == (5, 3, 1, 1)
    assert one.score == 75.0


def test_too_many_accepted_survivors_are_below_the_floor():
    two = [SURVIVOR, mutant(2, Outcome.SURVIVED)]
    assert judged([*KILLED, *two], [why(one, "accepted") for one in two]) == [
        "p: 90.5 % of the mutants that count are killed, fewer than 95 %"
    ]


def test_the_floor_itself_is_enough():
    assert judged([*KILLED, SURVIVOR], [why(SURVIVOR, "accepted")]) == []


def test_no_mutants_are_never_a_pass_but_where_nothing_changed_that_can_be_mutated():
    assert judged([], []) == ["p: no mutants were made, which is never a pass"]
    assert judged([], [], bounded=True) == []


def test_a_mutant_without_verdict_passes_in_a_bounded_run_only():
    mutants = [*KILLED, mutant(1, Outcome.NOT_RUN)]
    assert judged(mutants, []) == ["no verdict: p.m.x_f__mutmut_1"]
    assert judged(mutants, [], bounded=True) == []


def test_a_reason_for_a_mutant_that_is_killed_or_gone_is_stale():
    gone = Justification(Change("p.m.f", "a", "c"), "equivalent", "was so")
    elsewhere = Justification(Change("p.m.g", "a", "c"), "equivalent", "of a function that is not looked at")
    assert stale([why(KILLED[0]), gone, elsewhere], KILLED) == [
        "justifies a mutant that the tests kill: p.m.f: `a` -> `b100`",
        "justifies a mutant that does not exist: p.m.f: `a` -> `c`",
    ]


@pytest.mark.parametrize("limit", [Outcome.TIMED_OUT, Outcome.CRASHED])
def test_a_limit_does_not_make_a_reason_stale(limit: Outcome):
    """A mutant that is equivalent may take longer, on one machine too long."""
    slow = mutant(1, limit)
    assert judged([*KILLED, slow], [why(slow)]) == []
    one = tally("p", [*KILLED, slow], [why(slow)])
    assert (one.killed, one.by_limit, one.equivalent) == (len(KILLED), 0, 1)


def test_a_reason_may_wait_for_a_mutant_that_a_bounded_run_left_out():
    left = mutant(1, Outcome.NOT_RUN)
    assert judged([*KILLED, left], [why(left)], bounded=True) == []


def test_entries_proposed_for_survivors_are_read_back_as_those_changes():
    changes = [
        Change("p.m.f", "x = 'a' + \"b\"", "x = 'a' - \"b\"", 2),
        Change("p.m.f", "case 1:\nreturn \\d", ""),
        Change("p.m.g", 'return "a"', 'return "XXaXX"'),
    ]
    text = as_toml(changes).replace('kind = ""', 'kind = "accepted"').replace('reason = ""', 'reason = "because"')
    assert [one.change for one in parse(text)] == changes


ENTRY = '[[justified]]\nfunction = "p.f"\nkind = "equivalent"\nreason = "so"\nchanges = [["a", "b"]]\n'


@pytest.mark.parametrize(
    "text",
    [
        ENTRY.replace("equivalent", "boring"),
        ENTRY.replace('"so"', '" "'),
        ENTRY.replace('[["a", "b"]]', "[]"),
        ENTRY.replace('function = "p.f"\n', ""),
        ENTRY + ENTRY,
    ],
)
def test_an_entry_without_kind_reason_or_changes_or_given_twice_is_refused(text):
    assert parse(ENTRY) == (Justification(Change("p.f", "a", "b"), "equivalent", "so"),)
    with pytest.raises(ValueError, match=r"needs|justified twice"):
        parse(text)


def test_what_is_justified_stands_in_the_code():
    assert gone(parse(justified.FILE.read_text()), ROOT) == []


@pytest.mark.parametrize(
    ("function", "was", "what"),
    [
        ("redflag_kit.logic.mdd.counts", "node = diagram.root", "a function"),
        ("redflag_kit.logic.nothing.contains", "node = diagram.root", "a function"),
        ("nothing.contains", "node = diagram.root", "a function"),
        ("redflag_kit.logic.mdd.contains", "node = diagram.roots", "lines"),
        ("redflag_kit.logic.mdd.Diagram.position", "while node > 1:", "lines"),
    ],
)
def test_a_reason_for_what_does_not_stand_in_the_code_is_told(function: str, was: str, what: str):
    one = Justification(Change(function, was, ""), "equivalent", "so")
    (remark,) = gone([one], ROOT)
    assert remark.startswith(f"justifies a mutant of {what} that do")
    assert remark.endswith(f" not exist: {function}: `{was}` -> ``")


def test_the_file_of_justifications_is_sound_and_sorted():
    functions = [one.change.function for one in parse(justified.FILE.read_text())]
    assert functions == sorted(functions)


@pytest.mark.parametrize(
    ("was", "now", "rule"),
    [
        ("for a in zip(x, y, strict=True):", "for a in zip(x, y, strict=False):", "strict zips"),
        ("for a in zip(x, y, strict=True):", "for a in zip(x, y, strict=None):", "strict zips"),
        ("for a in zip(x, y, strict=True):", "for a in zip(x, y, ):", "strict zips"),
        ("for a in zip(x, y, strict=True):", "for a in zip(x, None, strict=True):", None),
        ("for a in zip(x, y, strict=True):", "for a in zip(x, strict=True):", None),
        ('raise ValueError("no axis")', "raise ValueError(None)", "texts of internal faults"),
        ('raise ValueError("no axis")', 'raise ValueError("NO AXIS")', "texts of internal faults"),
        ('raise BudgetExceeded("cells", limit)', 'raise BudgetExceeded("XXcellsXX", limit)', None),
        ("dict(zip(x, y, strict=False))", "dict(zip(x, y, ))", "strict zips"),
        ("dict(zip(x, y, strict=False))", "dict(zip(x, y, strict=True))", None),
        ('assert a, "one each"', 'assert a, "XXone eachXX"', "assertions"),
        ("assert a is not None", "assert a is None", "assertions"),
        ("assert a\nreturn a", "assert a\nreturn b", None),
        ('x = cast("R", y)', 'x = cast("XXRXX", y)', "types for the type checker"),
        ('x = cast("R", y)', "x = cast(None, y)", "types for the type checker"),
        ('x = cast("R", y)', 'x = cast("R", None)', None),
        ("a < b", "a <= b", None),
    ],
)
def test_a_rule_covers_its_kind_and_nothing_else(was, now, rule):
    found = rule_for(Change("p.f", was, now))
    assert (found.name if found else None) == rule


def test_survivors_under_a_rule_are_counted_as_such_unless_they_are_justified_by_name():
    one = Mutant("p.m.x_f__mutmut_1", Change("p.m.f", "zip(a, strict=True)", "zip(a, strict=None)"), Outcome.SURVIVED)
    assert (tally("p", [one], []).by_rule, tally("p", [one], [why(one)]).by_rule) == (1, 0)


TALLY = Tally("logic", 10, 7, 1, 1, 1, 1, (), 0)


def test_a_run_of_one_package_rewrites_its_row_alone():
    page = (
        f"before\n{table.BEGIN}\n{table.HEAD}| `diff` | 5 |\n| `logic` | 2 |\n| `logic.sat` | 3 |\n{table.END}\nafter\n"
    )
    assert table.rewritten(page, [TALLY], ["logic", "logic.sat", "compile", "diff"]) == (
        f"before\n{table.BEGIN}\n{table.HEAD}"
        "| `logic` | 10 | 7 | 1 | 1 | 1 | 1 | 0 | 87.5 % |\n"
        f"| `logic.sat` | 3 |\n| `diff` | 5 |\n{table.END}\nafter\n"
    )


def test_the_page_tells_every_rule():
    from tests.kit_mutation.__main__ import PAGE

    told = PAGE.read_text()
    assert [rule.name for rule in RULES if f"**{rule.name}**" not in told] == []
