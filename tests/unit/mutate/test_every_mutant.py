"""What holds for every mutant of a guideline that has something for each operator."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.model.guideline import Guideline
from redflag_kit.mutate.apply import apply
from redflag_kit.mutate.mutant import Mutant, Operator
from redflag_kit.mutate.mutants import faults, mutants
from tests.unit.evaluate.worlds import decision, guideline, rule, score
from tests.unit.mutate.told import PARAMETERS

LISTED = Path(__file__).with_name("every_mutant.txt")
SCOPE = (Operator.SCOPE_WIDENED, Operator.SCOPE_NARROWED)


@cache
def rich() -> Guideline:
    return guideline(
        score(
            "sum_of_all",
            "{when: fever, points: 1}, {when: {pain: severe}, points: 2}, {when: {age: above old}, points: 1}",
            "{low: 0 to 1, mid: 2 to 2, high: 3 to 5}",
        ),
        decision(
            "d",
            rule("R1", "{all: [fever, {sum_of_all: mid}]}", "{scan: soon}", more="unless: [R3]"),
            rule("R2", "{any: [cough, very_ill, {days: at_least 10 d}]}", "{scan: later, likely: [flu]}"),
            rule("R3", "{at_least: {n: 2, of: [numb, cough, {pain: [mild, severe]}]}}", "{scan: now}"),
            otherwise=[rule("E1", "{not: {age: child to old}}", "{likely: [strain]}"), rule("E2")],
        ),
        decision(
            "e_and_f",
            rule("X1", "{scan: at_least soon}", "{visit: soon}"),
            rule("X2", "{sum_of_all: high}", "{visit: now}"),
        ),
        findings="fever cough numb pain age temp days worry",
        covers="scan visit likely",
        scope="{age: at_least child}",
        extra=f"{PARAMETERS}definitions:\n  very_ill: {{any: [worry, {{temp: at_least hot}}]}}\n",
    )


@cache
def made() -> tuple[Mutant, ...]:
    return mutants(rich())


def test_every_mutant_has_a_compiled_form_of_its_own() -> None:
    digests = [compile_guideline(apply(rich(), one.edit)).digest for one in made()]
    assert len({*digests, compile_guideline(rich()).digest}) == len(digests) + 1


def told_in_full(one: Mutant) -> str:
    span = one.span
    place = f"{span.file}:{span.line}:{span.column}-{span.end_line}:{span.end_column}"
    return (
        f"{one.id}\n"
        f"    {one.operator.value} at {place}{f' of {one.rule}' if one.rule else ''}\n"
        f"    {one.original!r} -> {one.replacement!r}\n"
        f"    {one.sentence}\n"
    )


def test_every_mutant_is_told_to_the_last_word() -> None:
    """Compare with the list beside this file; where it should change, what the assertion shows goes there."""
    assert "".join(map(told_in_full, made())) == LISTED.read_text("utf-8")


def test_every_operator_has_a_mutant() -> None:
    assert {one.operator for one in made()} == {*Operator}


def test_every_mutant_is_of_the_rule_that_its_id_begins_with_or_of_none() -> None:
    names = {one.id for one in rich().rules()}
    for one in made():
        owner = one.id.partition(":")[0]
        assert one.rule == (owner if owner in names else "")


def test_every_mutant_has_the_operator_that_its_id_names_unless_it_is_told_as_one_of_the_scope() -> None:
    for one in made():
        kind = one.id.split(":")[1]
        assert one.operator.value == kind or (one.id.startswith("scope:") and one.operator in SCOPE)


def test_every_fault_can_be_told_and_made() -> None:
    for one in faults(rich()):
        told = one.tell()
        assert told.sentence
        assert told.original != told.replacement
        assert told.span.line > 0
        assert compile_guideline(apply(rich(), one.edit())).digest
