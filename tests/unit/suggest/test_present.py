"""Drafts as results: what stands above each, what is to be read, what comes out now, and the text of the file."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from redflag_kit.model.condition import Range, Value
from redflag_kit.model.vignette import Stated
from redflag_kit.results.suggest import MUTANTS, Noticed, OutcomeNow, RowToRead, SuggestedVignette
from redflag_kit.suggest.draft import drafted
from redflag_kit.suggest.meet import Effort
from redflag_kit.suggest.plan import Draft, plan
from redflag_kit.suggest.present import Shown, noticed_mutant, suggested
from redflag_kit.suggest.unknown import plan_for_cases
from tests.property import models
from tests.unit.evaluate.worlds import decision, guideline, rule
from tests.unit.suggest.small import faults, faulty, goals, open_faults, small, subject

SHOWN = Shown(small(), {name: noticed_mutant(one) for name, one in faults().items()})


def shown(*words: str) -> tuple[SuggestedVignette, ...]:
    return suggested(SHOWN, plan(subject(), goals(*words), faulty, Effort()).drafts)


def rows(*names: str) -> tuple[RowToRead, ...]:
    return tuple(RowToRead(name, f"the rule {name}", ("BOOK r1",), "g/g.yaml", 17) for name in names)


OTHERWISE = RowToRead("d.otherwise", "nothing is said", (), "g/g.yaml", 18)


def test_a_mutant_is_noticed_at_its_place() -> None:
    assert noticed_mutant(faults()["R1:rule-dropped"]) == Noticed(
        "R1:rule-dropped", MUTANTS, "without the rule: the rule R1", "R1", "g/g.yaml", 17
    )


def test_a_draft_is_told_with_rows_outcomes_and_text() -> None:
    (one,) = shown("R2:rule-dropped")
    assert (one.id, one.guideline, one.title) == ("g-1-cough-worry", "g@1.0.0", "Cough, worry")
    assert one.case == {"cough": "present", "worry": "present", "age": 40}
    assert (one.unknown, one.in_words) == ((), ("cough", "worry", "age 40 years"))
    assert [each.id for each in one.notices] == ["R2:rule-dropped"]
    assert one.rows == rows("R2")
    assert one.outputs == ("scan",)
    assert one.now == (OutcomeNow("scan", "the scan", "now", "right now"),)
    assert one.yaml == (
        "  # Would notice, once the outcomes are filled in:\n"
        "  # - without the rule: the rule R2 (g/g.yaml:17)\n"
        "  # Rows to read:\n"
        "  # - R2: the rule R2 (BOOK r1)\n"
        "  - id: g-1-cough-worry\n"
        '    title: "Cough, worry"\n'
        "    source: suggested by redflag\n"
        "    narrative: >-\n"
        "      A drafted patient, nobody's story: cough; worry; age 40 years. What is not mentioned is normal, or makes no\n"  # noqa: E501
        "      difference to what g@1 says now.\n"
        "    tags: [suggested]\n"
        "    findings:\n"
        "      cough: present\n"
        "      worry: present\n"
        "      age: 40 a\n"
        "    unmentioned: absent\n"
        "    expect:\n"
        "      g@1:\n"
        "        outcomes: {scan: TODO}\n"
    )


def test_six_faults_are_named_above_a_draft_and_the_rest_is_counted() -> None:
    first = shown()[0]
    assert len(first.notices) == 16
    comment = first.yaml.partition("Rows to read")[0].splitlines()
    assert len(comment) == 9  # a heading, six faults, how many more, and the heading of the rows
    assert comment[7] == "  # - 10 more"
    six = shown("R1:")[0]
    assert "more" not in six.yaml.partition("Rows to read")[0]


def test_rows_are_those_that_decide_and_those_of_the_faults_that_are_named() -> None:
    first, second, _ = shown()
    assert first.rows == rows("R1", "R3")  # R2's faults are beyond the six that are named
    assert second.rows == (*rows("R1", "R2", "R3"), OTHERWISE)


def test_where_nothing_is_said_one_word_stands_for_every_output() -> None:
    (one,) = shown("d.otherwise:rule-dropped")
    assert one.outputs == ()
    assert one.now == (OutcomeNow("", "every output", "silent", "says nothing"),)
    assert one.rows == (OTHERWISE,)
    assert "  # - d.otherwise: nothing is said\n" in one.yaml


def test_a_set_is_told_as_a_list() -> None:
    assert shown()[0].now == (
        OutcomeNow("scan", "the scan", "soon", "soon"),
        OutcomeNow("likely", "likely", "[flu]", "influenza"),
    )


def test_what_is_open_is_named_and_what_may_come_out_is_told() -> None:
    faults_of = {name: one for name, one in open_faults().items() if "fever" in name}
    (one,) = suggested(SHOWN, plan_for_cases(subject(), faults_of, Effort()).drafts)
    assert (one.case, one.unknown, one.in_words) == ({"age": 40}, ("fever",), ("fever: not assessed", "age 40 years"))
    assert one.now == (OutcomeNow("scan", "the scan", "{may: [soon, silent]}", "soon, or says nothing"),)
    assert one.rows == (*rows("R1"), OTHERWISE)


def test_a_set_of_which_a_member_is_open_is_told_by_what_it_must_and_may_hold() -> None:
    stated = (Stated("age", unknown=True),)
    vignette = drafted(small(), "g@1", stated, ("likely",), ())
    (one,) = suggested(SHOWN, [Draft(vignette, None, ())])
    assert one.now == (OutcomeNow("likely", "likely", "{must: [], may: [flu, silent]}", one.now[0].text),)
    assert one.rows == (*rows("R3"), OTHERWISE)


def test_no_drafts_are_no_results() -> None:
    assert suggested(SHOWN, ()) == ()


def test_the_one_output_of_a_guideline_is_told_as_every_output_where_nothing_is_said() -> None:
    made = guideline(decision("d", rule("R1", "fever", "{scan: soon}")))
    vignette = drafted(made, "g@1", (), (), ())
    (one,) = suggested(Shown(made, {}), [Draft(vignette, None, ())])
    assert one.now == (OutcomeNow("", "every output", "silent", "says nothing"),)


def test_the_members_of_a_set_are_told_as_people_write_them() -> None:
    made = guideline(
        decision("d", rule("R1", "fever", "{likely: [flu, strain]}"), rule("R2", "cough", "{likely: [stroke]}")),
        covers="likely",
    )

    def value(*stated: Stated) -> str:
        (one,) = suggested(Shown(made, {}), [Draft(drafted(made, "g@1", stated, ("likely",), ()), None, ())])
        return one.now[0].value

    fever = Stated("fever", frozenset({"present"}))
    assert value(fever) == "[flu, strain]"
    assert value(fever, Stated("cough", unknown=True)) == "{must: [flu, strain], may: [flu, stroke, strain]}"


def test_rules_that_fire_without_deciding_are_read_too() -> None:
    stated = tuple(Stated(name, frozenset({"present"})) for name in ("fever", "cough", "worry"))
    patient: dict[str, Value] = {"fever": "present", "cough": "present", "worry": "present", "age": Fraction(40)}
    case = (*stated, Stated("age", ranges=(Range(Fraction(40), Fraction(40)),)))
    (one,) = suggested(SHOWN, [Draft(drafted(small(), "g@1", case, ("scan",), ()), patient, ())])
    assert one.rows == rows("R1", "R2")
    assert one.now[0].value == "now"


def test_a_number_of_a_draft_bounds_others_through_one_that_is_not_told() -> None:
    """With a over c nobody is left for the rule, though no rule reads a."""
    words = models.vocabulary(
        [models.number(name, 0, 60) for name in "abc"], [models.ordered("scan", models.scale("soon", "now"))]
    )
    made = models.guideline(
        words,
        [models.decision("d", [models.rule("R1", models.between("c", 0, 29), {"scan": "now"})])],
        constraints=[models.at_most("a", "b"), models.at_most("b", "c")],
    )

    def comes_out(a: int) -> str:
        draft = Draft(drafted(made, "g@1", (models.stated("a", a),), ("scan",), ()), None, ())
        return suggested(Shown(made, {}), [draft])[0].now[0].value

    assert [comes_out(20), comes_out(40)] == ["{may: [now, gap]}", "gap"]


@pytest.mark.parametrize(("number", "last"), [(6, "- f5 ("), (7, "- 1 more"), (8, "- 2 more")])
def test_the_rest_is_counted_from_the_seventh_fault_on(number: int, last: str) -> None:
    names = {f"f{at}": Noticed(f"f{at}", MUTANTS, f"f{at}", "R1", "g.yaml", 1) for at in range(number)}
    draft = Draft(drafted(small(), "g@1", (), ("scan",), ()), None, tuple(names))
    (one,) = suggested(Shown(small(), names), [draft])
    comment = one.yaml.partition("  # Rows to read")[0].splitlines()
    assert comment[-1].startswith(f"  # {last}")


def test_every_source_of_a_row_is_named_once() -> None:
    made = guideline(decision("d", rule("R1", "fever", "{scan: soon}")))
    (one,) = made.decisions
    (only,) = one.rules
    (cited,) = only.evidence
    several = replace(only, evidence=(cited, replace(cited, row="r2"), cited))
    made = replace(made, decisions=(replace(one, rules=(several,)),))
    vignette = drafted(made, "g@1", (Stated("fever", frozenset({"present"})),), ("scan",), ())
    (found,) = suggested(Shown(made, {}), [Draft(vignette, None, ())])
    assert found.rows[0].cites == ("BOOK r1", "BOOK r2")
    assert "  # - R1: the rule R1 (BOOK r1; BOOK r2)\n" in found.yaml
