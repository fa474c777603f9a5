from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import pytest

from redflag_kit.compile.compiler import compile_guideline
from redflag_kit.compile.cuts import cut
from redflag_kit.compile.expression import InputEntry, Interval
from redflag_kit.logic.bdd import BddRegion, Diagrams
from redflag_kit.model.condition import All, Value
from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Stated
from redflag_kit.model.vocabulary import Constraint, Finding, Output
from redflag_kit.semantics.cases import (
    Filled,
    Possible,
    entailed,
    fill,
    members_first,
    possible,
    stated_entry,
    written,
)
from redflag_kit.semantics.regions import meaning
from tests.property.models import (
    a_set,
    at_most,
    between,
    choice,
    decision,
    guideline,
    has,
    implies,
    number,
    ordered,
    rule,
    said,
    scale,
    stated,
    vocabulary,
    yes_no,
)

URGENCY = scale("avoid", "later", "now", against="avoid")
SCAN = ordered("scan", URGENCY)
FEVER, NUMB = yes_no("fever"), yes_no("numb")


class Ward:
    """A guideline ready for some cases."""

    def __init__(self, rules: Guideline, *cases: Iterable[Stated]) -> None:
        self.compiled = compile_guideline(rules)
        entries = [stated_entry(self.compiled.inputs[one.finding], one) for case in cases for one in case]
        self.atoms = cut((self.compiled,), entries)
        self.diagrams = Diagrams(self.atoms.space, 10_000)
        self.meaning = meaning(self.compiled, self.atoms, self.diagrams)
        self.written = written(self.meaning, self.diagrams)
        self.entailed = entailed(self.compiled, self.written, self.diagrams)

    def fill(self, *case: Stated, **clean: str | int) -> Filled[BddRegion]:
        values: dict[str, Value] = {name: Fraction(v) if isinstance(v, int) else v for name, v in clean.items()}
        return fill(self.compiled, case, values, self.meaning.legal, self.atoms, self.diagrams)

    def ages(self, region: BddRegion) -> list[int]:
        """Return the years of `age` that lie in a region, if every year is told from the next."""
        at = self.atoms.atom_of
        years = range(10)
        return [y for y in years if not (region & self.diagrams.literal("age", 1 << at("age", Fraction(y)))).is_empty()]

    def possible(self, output: str, region: BddRegion, *, as_written: bool = False) -> Possible:
        tables = self.written if as_written else self.entailed
        return possible(self.compiled, output, tables, self.meaning.sets, region)


def ward(findings: Iterable[Finding], constraints: Iterable[Constraint] = (), *cases: Iterable[Stated]) -> Ward:
    """Return a guideline that scans now if any of the findings has its last word, or lies in the upper half."""
    findings = list(findings)
    rules = []
    for one in findings:
        top = has(one.id, one.words[-1]) if one.grid is None else between(one.id, (one.grid.low + one.grid.high) / 2)
        rules.append(rule(f"if_{one.id}", top, {"scan": "now"}))
    words = vocabulary(findings, [SCAN], constraints)
    return Ward(guideline(words, [decision("d", rules, [rule("rest")])]), *cases)


# ---------------------------------------------------------------- fills


def test_stated_words_and_ranges_are_alternatives() -> None:
    case = (stated("pain", "mild", "severe"), stated("age", (2, 3), 7))
    found = ward([choice("pain", ["none", "mild", "severe"]), number("age", 0, 9)], (), case)
    region = found.fill(*case).region
    assert found.ages(region) == [2, 3, 7]
    assert (region & found.diagrams.literal("pain", 1 << found.atoms.atom_of("pain", "none"))).is_empty()


def test_what_is_stated_of_a_finding_is_a_test_of_it() -> None:
    inputs = ward([FEVER, number("age", 0, 9)]).compiled.inputs

    def ages(*ends: tuple[int, int]) -> InputEntry:
        return InputEntry("age", intervals=tuple(Interval(Fraction(low), Fraction(high)) for low, high in ends))

    assert stated_entry(inputs["fever"], stated("fever", "present")) == InputEntry("fever", frozenset({"present"}))
    assert stated_entry(inputs["fever"], stated("fever")) == InputEntry("fever", frozenset({"absent", "present"}))
    assert stated_entry(inputs["age"], stated("age", 5)) == ages((5, 5))
    assert stated_entry(inputs["age"], stated("age", (7, 8), (1, 2), 3)) == ages((1, 3), (7, 8))
    assert stated_entry(inputs["age"], stated("age")) == ages((0, 9))


def test_a_case_that_no_patient_completes_is_empty_and_names_nothing() -> None:
    found = ward([FEVER, yes_no("numb", assume="present")], [implies(has("fever"), has("numb"))])
    case = found.fill(stated("fever", "present"), stated("numb", "absent"), numb="absent")
    assert case.region.is_empty()
    assert (case.assumed, case.withdrawn, case.without) == ((), (), {})


def test_a_finding_stated_as_unknown_takes_no_clean_value() -> None:
    found = ward([FEVER])
    assert found.possible("scan", found.fill(fever="absent").region).values == ("silent",)
    assert found.possible("scan", found.fill(stated("fever"), fever="absent").region).values == ("now", "silent")


def test_a_finding_that_nothing_reads_is_no_part_of_a_case() -> None:
    words = vocabulary([FEVER, NUMB], [SCAN])
    found = Ward(guideline(words, [decision("d", [rule("r", has("fever"), {"scan": "now"})])]))
    case = found.fill(stated("numb", "present"), numb="absent")
    assert case.region == found.diagrams.whole


def test_a_forced_value_is_neither_filled_nor_assumed() -> None:
    findings = [FEVER, yes_no("numb", clean="absent"), yes_no("sick", assume="absent")]
    constraints = [implies(has("fever"), has("numb")), implies(has("fever"), has("sick"))]
    case = ward(findings, constraints).fill(stated("fever", "present"), numb="absent")
    assert (case.assumed, case.withdrawn) == ((), ())


def test_a_clean_value_that_fits_nothing_is_withdrawn_and_named() -> None:
    findings = [FEVER, choice("pain", ["none", "mild", "severe"], clean="none")]
    constraints = [implies(has("fever"), has("pain", "mild", "severe"))]
    case = ward(findings, constraints).fill(stated("fever", "present"), pain="none")
    assert case.withdrawn == ("pain",)
    assert not case.region.is_empty()


def test_of_two_clean_values_that_clash_the_first_is_taken() -> None:
    found = ward([yes_no("numb"), yes_no("fever")], [implies(has("numb", "absent"), has("fever"))])
    assert found.fill(numb="absent", fever="absent").withdrawn == ("fever",)
    assert found.fill(fever="absent", numb="absent").withdrawn == ("numb",)


def test_an_assumption_applies_only_where_nothing_is_known() -> None:
    found = ward([yes_no("fever", assume="absent")])
    assert found.fill().assumed == ("fever",)
    assert found.fill(stated("fever")).assumed == ("fever",)
    assert found.fill(stated("fever", "absent", "present")).assumed == ()
    assert found.fill(fever="absent").assumed == ()


def test_an_assumption_replaces_a_clean_value_that_was_withdrawn() -> None:
    findings = [FEVER, choice("pain", ["none", "mild", "severe"], assume="mild")]
    constraints = [implies(has("fever"), has("pain", "mild", "severe"))]
    case = ward(findings, constraints).fill(stated("fever", "present"), pain="none")
    assert (case.withdrawn, case.assumed) == (("pain",), ("pain",))


def test_a_finding_whose_clean_value_and_assumption_both_clash_is_named_once() -> None:
    findings = [FEVER, choice("pain", ["none", "mild", "severe"], assume="none")]
    constraints = [implies(has("fever"), has("pain", "mild", "severe"))]
    case = ward(findings, constraints).fill(stated("fever", "present"), pain="none")
    assert (case.withdrawn, case.assumed) == (("pain",), ())


def test_assumptions_are_taken_in_vocabulary_order_not_by_name() -> None:
    clash = [implies(has("zoster", "absent"), has("asthma"))]
    found = ward([yes_no("zoster", assume="absent"), yes_no("asthma", assume="absent")], clash)
    case = found.fill()
    assert (case.assumed, case.withdrawn) == (("zoster",), ("asthma",))


def test_leaving_an_assumption_out_does_not_revive_one_that_was_withdrawn() -> None:
    clash = [implies(has("zoster", "absent"), has("asthma"))]
    found = ward([yes_no("zoster", assume="absent"), yes_no("asthma", assume="absent")], clash)
    case = found.fill()
    assert case.without == {"zoster": found.meaning.legal}


def test_an_assumption_is_left_out_alone() -> None:
    found = ward([yes_no("fever", assume="absent"), yes_no("numb", assume="absent")])
    case = found.fill()
    assert case.without["fever"] == found.diagrams.literal("numb", 0b01)
    assert case.without["numb"] == found.diagrams.literal("fever", 0b01)


# ---------------------------------------------------------------- fills of numbers


def test_a_number_that_constraints_leave_several_values_is_not_forced() -> None:
    """Whether a fill is named must not depend on where other tests cut the numbers."""
    findings = [FEVER, number("age", 0, 9, assume=2, clean=2)]
    found = ward(findings, [implies(has("fever"), between("age", 5))])
    assert found.atoms.starts["age"] == (0, 5)
    assert found.fill(stated("fever", "present")).withdrawn == ("age",)
    assert found.fill(stated("fever", "present"), age=2).withdrawn == ("age",)


def test_a_number_that_constraints_leave_one_value_is_forced() -> None:
    findings = [FEVER, number("age", 0, 9, assume=2)]
    found = ward(findings, [implies(has("fever"), between("age", 9))])
    assert found.fill(stated("fever", "present")).withdrawn == ()


@pytest.mark.parametrize(("days", "kept"), [(3, False), (4, False), (5, True), (9, True)])
def test_an_assumed_number_is_compared_as_that_very_number(days: int, kept: bool) -> None:
    case = (stated("days", days),)
    trial, duration = number("trial", 0, 9, assume=5), number("days", 0, 9)
    filled = ward([trial, duration], [at_most("trial", "days")], case).fill(*case)
    assert (filled.assumed, filled.withdrawn) == ((("trial",), ()) if kept else ((), ("trial",)))


@pytest.mark.parametrize(("days", "kept"), [(3, False), (4, False), (5, True), (9, True)])
def test_a_clean_number_is_compared_as_that_very_number(days: int, kept: bool) -> None:
    case = (stated("days", days),)
    trial, duration = number("trial", 0, 9, clean=5), number("days", 0, 9)
    filled = ward([trial, duration], [at_most("trial", "days")], case).fill(*case, trial=5)
    assert filled.withdrawn == (() if kept else ("trial",))


@pytest.mark.parametrize(("days", "kept"), [(6, False), (7, True), (8, True)])
def test_two_filled_numbers_are_compared_as_those_very_numbers(days: int, kept: bool) -> None:
    constraints = [at_most("trial", "days")]
    both_assumed = [number("trial", 0, 9, assume=7), number("days", 0, 9, assume=days)]
    assert ward(both_assumed, constraints).fill().withdrawn == (() if kept else ("days",))
    both_clean = [number("trial", 0, 9, clean=7), number("days", 0, 9, clean=days)]
    assert ward(both_clean, constraints).fill(trial=7, days=days).withdrawn == (() if kept else ("days",))


@pytest.mark.parametrize("strict", [False, True])
def test_a_comparison_can_force_a_number(strict: bool) -> None:
    case = (stated("days", 1 if strict else 0),)
    trial, duration = number("trial", 0, 9, clean=5), number("days", 0, 9)
    filled = ward([trial, duration], [at_most("trial", "days", strict=strict)], case).fill(*case, trial=5)
    assert filled.withdrawn == ()


# ---------------------------------------------------------------- outcomes


def test_possible_levels_come_low_to_high_and_statuses_last() -> None:
    rules = [rule("a", has("fever"), {"scan": "now"}), rule("b", has("numb"), {"scan": "avoid"})]
    found = Ward(guideline(vocabulary([FEVER, NUMB], [SCAN]), [decision("d", rules)]))
    assert found.possible("scan", found.fill().region) == Possible(("avoid", "now", "gap"))
    assert found.possible("scan", found.fill(stated("fever", "present")).region).decided


def test_of_a_set_must_is_in_every_completion_and_may_in_some() -> None:
    rules = [rule("a", has("fever"), {"likely": ["abscess"]}), rule("b", has("numb"), {"likely": ["cauda"]})]
    words = vocabulary([FEVER, NUMB], [a_set("likely", "abscess", "cauda", "cancer")])
    found = Ward(guideline(words, [decision("d", rules, [rule("rest")])]))

    def likely(*case: Stated) -> Possible:
        return found.possible("likely", found.fill(*case).region)

    assert likely() == Possible(("silent",), (), ("abscess", "cauda"))
    assert likely(stated("fever", "present")) == Possible((), ("abscess",), ("abscess", "cauda"))
    assert not likely(stated("fever", "present")).decided
    assert likely(stated("fever", "present"), stated("numb", "absent")).decided
    assert likely(stated("fever", "absent"), stated("numb", "absent")) == Possible(("silent",))
    assert likely(stated("fever", "absent")) == Possible(("silent",), (), ("cauda",))


# ---------------------------------------------------------------- entailment


def umbrella(*outputs: Output, **levels: str) -> Ward:
    """Return a guideline that writes these levels for everybody; what is not written is silent."""
    always = rule("always", has("fever", "present", "absent"), dict(levels) if levels else None)
    names = [output.id for output in outputs]
    return Ward(guideline(vocabulary([FEVER], outputs), [decision("d", [always], outputs=names)]))


def test_an_umbrella_has_at_least_the_level_of_its_members() -> None:
    found = umbrella(ordered("some", URGENCY, satisfied_by=["scan"]), SCAN, scan="later")
    assert found.possible("some", found.meaning.legal).values == ("later",)
    assert found.possible("some", found.meaning.legal, as_written=True).values == ("silent",)


def test_entailed_tables_name_only_values_that_occur() -> None:
    found = umbrella(ordered("some", URGENCY, satisfied_by=["scan"]), SCAN, scan="later")
    assert {aspect: list(values) for aspect, values in found.entailed.items()} == {
        ("some", ""): ["later"],
        ("scan", ""): ["later"],
    }


def test_entailment_can_be_limited_to_some_outputs() -> None:
    some, other = (
        ordered(name, URGENCY, satisfied_by=[member]) for name, member in (("some", "scan"), ("other", "visit"))
    )
    found = umbrella(some, SCAN, other, ordered("visit", URGENCY), scan="later", visit="now")
    limited = entailed(found.compiled, found.written, found.diagrams, ("some", "scan"))
    assert list(limited["some", ""]) == ["later"]
    assert limited["other", ""] == found.written["other", ""]


def test_a_higher_level_of_the_umbrella_itself_stays() -> None:
    found = umbrella(ordered("some", URGENCY, satisfied_by=["scan"]), SCAN, scan="later", some="now")
    assert found.possible("some", found.meaning.legal).values == ("now",)


def test_advice_against_passes_down_to_silent_members_through_umbrellas() -> None:
    outer = ordered("outer", URGENCY, satisfied_by=["inner"])
    inner = ordered("inner", URGENCY, satisfied_by=["scan", "uncovered"])
    found = umbrella(outer, inner, SCAN, outer="avoid")
    assert found.possible("inner", found.meaning.legal).values == ("avoid",)
    assert found.possible("scan", found.meaning.legal).values == ("avoid",)
    assert found.possible("scan", found.meaning.legal, as_written=True).values == ("silent",)


def test_advice_against_does_not_touch_members_with_a_status_of_their_own() -> None:
    outer = ordered("outer", URGENCY, satisfied_by=["scan", "mri"])
    always, rest = rule("always", has("fever", "present", "absent"), {"outer": "avoid"}), rule("b", has("fever"))
    words = vocabulary([FEVER], [outer, SCAN, ordered("mri", URGENCY)])
    scans = decision("e", [rule("mri", has("fever"), {"mri": "avoid"}), rest], outputs=["scan"])
    found = Ward(guideline(words, [decision("d", [always]), scans]))
    without_fever = found.fill(stated("fever", "absent")).region
    assert found.possible("scan", without_fever).values == ("gap",)
    with_fever = found.fill(stated("fever", "present")).region
    assert found.possible("scan", with_fever).values == found.possible("mri", with_fever).values == ("avoid",)


def test_advice_against_that_is_passed_down_joins_what_a_member_has_of_its_own() -> None:
    outer = ordered("outer", URGENCY, satisfied_by=["scan"])
    rules = [
        rule("own", All((has("fever"), has("numb"))), {"scan": "avoid"}),
        rule("all", has("fever"), {"outer": "avoid"}),
    ]
    found = Ward(guideline(vocabulary([FEVER, NUMB], [outer, SCAN]), [decision("d", rules, [rule("rest")])]))
    for numb in ("present", "absent"):
        case = found.fill(stated("fever", "present"), stated("numb", numb)).region
        assert found.possible("scan", case).values == ("avoid",)


def test_an_umbrella_without_advice_against_does_not_keep_another_from_passing_it_down() -> None:
    plain = ordered("plain", scale("later", "now"), satisfied_by=["visit"])
    outer = ordered("outer", URGENCY, satisfied_by=["scan"])
    visit = ordered("visit", scale("later", "now"))
    for outputs in ((outer, SCAN, plain, visit), (plain, visit, outer, SCAN)):
        found = umbrella(*outputs, outer="avoid", plain="later")
        assert found.possible("scan", found.meaning.legal).values == ("avoid",)


def test_a_scale_without_advice_against_passes_nothing_down() -> None:
    plain = scale("later", "now")
    found = umbrella(ordered("some", plain, satisfied_by=["scan"]), ordered("scan", plain), some="later")
    assert found.possible("scan", found.meaning.legal).values == ("silent",)


def test_members_come_before_the_outputs_they_satisfy() -> None:
    outer = ordered("outer", URGENCY, satisfied_by=["inner", "not_covered"])
    found = umbrella(outer, ordered("inner", URGENCY, satisfied_by=["scan"]), SCAN, scan="now")
    assert members_first(found.compiled) == ("scan", "inner", "outer")


def test_a_set_has_no_entailed_values() -> None:
    words = vocabulary([FEVER], [a_set("likely", "abscess")])
    found = Ward(guideline(words, [decision("d", [rule("a", has("fever"), {"likely": ["abscess"]})], [rule("o")])]))
    assert found.entailed == found.written


def test_a_later_decision_reads_what_is_written_not_what_is_entailed() -> None:
    outer = ordered("outer", URGENCY, satisfied_by=["scan"])
    first = decision("d", [rule("a", has("fever", "present", "absent"), {"scan": "now"})], outputs=["outer"])
    second = decision("e", [rule("b", said("outer", "silent"), {"visit": "now"})], [rule("o")])
    words = vocabulary([FEVER], [outer, SCAN, ordered("visit", URGENCY)])
    found = Ward(guideline(words, [first, second]))
    assert found.possible("visit", found.meaning.legal).values == ("now",)
