"""Findings that nobody assessed."""

from dataclasses import replace

from redflag_kit.mutate.mutants import mutants
from tests.unit.evaluate.worlds import decision, guideline, rule
from tests.unit.mutate.told import mutant, told


def test_a_clean_value_is_taken_and_an_assumption_is_forgotten() -> None:
    made = guideline(
        decision("d", rule("R1", "{all: [fever, worry, weight]}", "{scan: soon}")),
        findings="fever worry weight cough",
        extra="on_unknown: {fever: ask, weight: ask}\n",
    )
    assert told(made, "finding") == {
        "finding fever:unknown-as-absent": (
            "{fever: ask, weight: ask}",
            "{fever: {assume: absent, reason: unknown is taken as absent, evidence: opinion}, weight: ask}",
            "fever: taken as absent where nothing is known",
        ),
        "finding worry:assumption-removed": (
            "{assume: absent, reason: not noted, evidence: opinion}",
            "ask",
            "worry: no longer taken as absent where nothing is known",
        ),
    }


def test_a_guideline_without_policies_gets_its_first() -> None:
    made = guideline(
        decision("d", rule("R1", "{all: [fever, {temp: above 38.0 Cel}]}", "{scan: soon}")), findings="fever temp"
    )
    assert told(made, "finding") == {
        "finding fever:unknown-as-absent": (
            "",
            "on_unknown: {fever: {assume: absent, reason: unknown is taken as absent, evidence: opinion}}\n",
            "fever: taken as absent where nothing is known",
        ),
    }


def test_a_policy_of_the_guideline_itself_is_forgotten() -> None:
    made = guideline(
        decision("d", rule("R1", "{age: at_least 18 a}", "{scan: soon}")),
        findings="age",
        extra="on_unknown: {age: {assume: 40, reason: common, evidence: opinion, cite: BOOK}}\n",
    )
    assert told(made, "finding") == {
        "finding age:assumption-removed": (
            "{assume: 40, reason: common, evidence: opinion, cite: BOOK}",
            "ask",
            "age: no longer taken as 40 years where nothing is known",
        ),
    }


def test_policies_of_the_guideline_stay_beside_a_new_one() -> None:
    age = "age: {assume: 40, reason: common, evidence: opinion, cite: BOOK}"
    made = guideline(
        decision("d", rule("R1", "{all: [fever, {age: at_least 18 a}]}", "{scan: soon}")),
        findings="age fever",
        extra=f"on_unknown: {{{age}}}\n",
    )
    fever = "fever: {assume: absent, reason: unknown is taken as absent, evidence: opinion}"
    assert told(made, "fever:unknown")["finding fever:unknown-as-absent"][:2] == (f"{{{age}}}", f"{{{age}, {fever}}}")


def test_a_first_policy_takes_an_empty_place_before_everything_else() -> None:
    made = guideline(decision("d", rule("R1", "fever", "{scan: soon}")), findings="fever")
    span = mutant(made, "finding fever:unknown-as-absent").span
    assert (span.line, span.column, span.end_line, span.end_column) == (made.span.line, 1, made.span.line, 1)


def test_what_lies_in_the_file_of_the_guideline_comes_before_what_the_vocabulary_says() -> None:
    made = guideline(decision("d", rule("R1", "worry", "{scan: soon}")), findings="worry")
    for path in ("g/g.yaml", "g/vocabulary.yaml"):
        files = [one.span.file for one in mutants(replace(made, path=path))]
        assert set(files) == {"g/g.yaml", "g/vocabulary.yaml"}
        assert files == sorted(files, key=lambda file: file != path)


def test_an_assumption_is_forgotten_also_where_there_is_a_clean_value_and_whatever_is_not_read_before_it() -> None:
    made = guideline(
        decision("d", rule("R1", "fever", "{scan: soon}")),
        findings="cough fever",
        extra="on_unknown: {fever: {assume: present, reason: common, evidence: opinion}}\n",
    )
    assert told(made, "finding") == {
        "finding fever:assumption-removed": (
            "{assume: present, reason: common, evidence: opinion}",
            "ask",
            "fever: no longer taken as present where nothing is known",
        ),
    }


def test_a_first_policy_takes_an_empty_place_even_before_an_id_on_two_lines() -> None:
    made = guideline(decision("d", rule("R1", "fever", "{scan: soon}")), findings="fever")
    line = made.span.line
    long = replace(made, span=replace(made.span, end_line=line + 1, end_column=3))
    span = mutant(long, "finding fever:unknown-as-absent").span
    assert (span.line, span.column, span.end_line, span.end_column) == (line, 1, line, 1)
