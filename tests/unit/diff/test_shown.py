"""What reports get of a change class and of missing information: everything they show, each in its place."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from redflag_kit.compile.digest import digest_of
from redflag_kit.diagnostics import codes
from redflag_kit.diagnostics.diagnostic import Diagnostic
from redflag_kit.diagnostics.span import NOWHERE, Span
from redflag_kit.diff.changes import changes
from redflag_kit.diff.compare import compare
from redflag_kit.diff.describe import describer
from redflag_kit.diff.edits import align
from redflag_kit.diff.pair import Pair, pair
from redflag_kit.diff.present import NO_RULE, class_id, present, rule_ref
from redflag_kit.diff.reference import seen, unconfirmed
from redflag_kit.diff.unknown_results import unknown_results
from redflag_kit.diff.unknowns import Hinge
from redflag_kit.logic.bdd import BddRegion
from redflag_kit.model.vignette import Vignette
from redflag_kit.results.diff import ChangeClass, Edit, FiredRule, RuleRef, UnknownChange, Witness
from redflag_kit.results.region import Cube, Region
from redflag_kit.semantics.literal import Patient
from tests.property.models import has, implies, rule, stated
from tests.unit.diff.small import ADVICE, SCAN, URGENCY, VISIT, diff, edition, feverish

SCOPES = (("scope (old)", ("inside",)), ("scope (new)", ("inside",)))
OLD = edition(
    rule("R", has("fever"), {"advice": ["walk", "rest"], "scan": "soon"}),
    outputs=[ADVICE, SCAN, VISIT],
    covers=["advice", "scan"],
)
NEW = edition(
    replace(rule("N", has("fever"), {"advice": ["walk"]}), title="Fever"),
    rule("M", has("fever"), {"scan": "soon"}),
    outputs=[ADVICE, SCAN, VISIT],
)
HOT = Vignette("hot", "hot", "", "", (), (stated("fever", "present"),), False, "", (), todo=False, span=NOWHERE)


def test_a_class_has_its_words_its_rules_its_patients_and_a_witness_with_all_that_is_said_to_them():
    lost, covered = compare(OLD, NEW, [HOT]).classes
    mark = lost.fingerprint.removeprefix("sha256:")
    assert lost == ChangeClass(
        id=f"advice.rest-listed-not-listed-{mark[:8]}",
        fingerprint=f"sha256:{mark}",
        kind="recommendation-lost",
        direction="lost",
        output="advice",
        element="rest",
        label="advice: rest",
        from_value="listed",
        to_value="not_listed",
        from_words="listed",
        to_words="not listed",
        sentence="advice: rest: listed → not listed",
        old_rule=RuleRef("R", "R", "", 0, "advice: walk, rest; the scan: soon", (), (), ""),
        new_rule=NO_RULE,
        region=Region(
            "in scope of both editions: fever", (Cube((*SCOPES, ("fever", ("present",))), ("fever",)),), exact=True
        ),
        edit=Edit("removed", ("R",), (), "R -> no rule: the rule has no successor", None, None),
        witness=Witness(
            case={"age": 0, "cough": "absent", "fever": "present", "numb": "absent"},
            shown=("fever",),
            old=(("advice", "rest, walk"), ("scan", "soon"), ("visit", "not_covered")),
            new=(("advice", "walk"), ("scan", "soon"), ("visit", "silent")),
            old_rules=(FiredRule("R", "R", decisive=True),),
            new_rules=(FiredRule("N", "Fever", decisive=False), FiredRule("M", "M", decisive=False)),
        ),
        vignettes=("hot",),
        hazards=(),
        signoff=None,
    )
    assert (covered.kind, covered.direction, covered.from_words) == ("coverage-added", "scope", "not covered")
    assert (covered.old_rule, covered.new_rule, covered.edit) == (NO_RULE, NO_RULE, None)


def test_levels_and_members_are_told_in_the_words_of_the_vocabulary():
    says = replace(URGENCY, says=(("now", "right away"), ("later", "some day")))
    advice = replace(ADVICE, says=(("rest", "lie down"),))
    outputs = [replace(SCAN, scale=says), advice]
    old = edition(rule("R", has("fever"), {"scan": "now", "advice": ["rest"]}), outputs=outputs)
    new = edition(rule("R", has("fever"), {"scan": "later", "advice": ["walk"]}), outputs=outputs)
    assert sorted(one.sentence for one in diff(old, new).classes) == [
        "advice: lie down: listed → not listed",
        "advice: walk: not listed → listed",
        "the scan: right away → some day",
    ]


def test_no_rule_is_a_rule_without_name_words_or_place():
    assert RuleRef(id="", title="", file="", line=0, then="", evidence=(), assumptions=(), note="") == NO_RULE
    assert rule_ref(OLD, None) == rule_ref(OLD, "unheard of") == NO_RULE


def test_a_class_of_the_constraints_is_about_patients_and_one_edition_says_nothing_of_them():
    tied = edition(feverish(), constraints=[implies(has("fever"), has("numb"))])
    ((there,), (back,)) = diff(edition(feverish()), tied).classes, diff(tied, edition(feverish())).classes
    assert there.id.startswith("patients-possible-impossible-")
    assert (there.kind, back.kind) == ("constraint-added", "constraint-removed")
    assert {there.direction, back.direction} == {"constraint"}
    assert (there.label, there.sentence) == ("possible patients", "possible patients: possible → impossible")
    assert (there.witness.old, there.witness.new) == ((("scan", "now"),), (("*", "impossible"),))
    assert (back.witness.old, back.witness.new) == ((("*", "impossible"),), (("scan", "now"),))
    assert (there.witness.old_rules, there.witness.new_rules) == ((FiredRule("R", "R", decisive=False),), ())


def test_an_id_without_a_fingerprint_is_that_of_the_two_rules():
    both = pair(edition(feverish("now", "A")), edition(replace(feverish("soon", "B"), replaces=("A",))))
    (change,) = changes(both)
    assert class_id(change, "now", "soon") == f"scan-now-soon-{digest_of(['A', 'B']).removeprefix('sha256:')[:8]}"
    assert class_id(change, "not_listed", "listed", "sha256:0123456789") == "scan-not-listed-listed-01234567"


# ---------------------------------------------------------------- what is not confirmed


def misread(value: str) -> tuple[ChangeClass | None, tuple[Diagnostic, ...]]:
    """Return what is shown of a class whose old value is not the one that the interpreter reads."""
    describe = describer(pair(edition(feverish("now")), edition(feverish("soon"))))
    (change,) = changes(describe.pair)
    return present(describe, align(describe), replace(change, old_value=value), "", ())


def test_a_class_that_the_interpreter_does_not_confirm_is_not_shown_but_reported_at_the_newer_edition():
    span = Span("new.yaml", 3, 1, 3, 9)
    both = pair(edition(feverish("now")), replace(edition(feverish("soon")), span=span))
    (change,) = changes(both)
    point = both.diagrams.least(change.region)
    assert point is not None
    patient = both.patient_at(point)
    assert unconfirmed(both, change, seen(both, patient)) is None
    for wrong in (
        replace(change, old_value="soon"),
        replace(change, new_value="now"),
        replace(change, old_rule="rest"),
        replace(change, new_rule="rest"),
    ):
        fault = unconfirmed(both, wrong, seen(both, patient))
        assert fault is not None
        assert (fault.span, fault.code, fault.help) == (
            span,
            codes.RF902,
            "please report this as a fault of redflag-kit",
        )
        told = f"the reference evaluator does not confirm that `scan` moves from {wrong.old_value} to {wrong.new_value}"
        assert fault.message == told
    shown, (fault,) = misread("later")
    assert (shown, fault.message) == (
        None,
        "the reference evaluator does not confirm that `scan` moves from later to soon",
    )


def test_a_patient_whom_an_edition_does_not_allow_confirms_no_change_of_an_output():
    tied = [implies(has("fever"), has("numb"))]
    plain, narrow = edition(feverish("now")), edition(feverish("soon"), constraints=tied)
    patient: Patient = {"fever": "present", "numb": "absent", "cough": "absent", "age": Fraction(0)}
    for both in (pair(plain, narrow), pair(narrow, plain)):
        for change in changes(both):
            assert unconfirmed(both, change, seen(both, patient)) is not None


# ---------------------------------------------------------------- missing information


def advised() -> Pair[BddRegion]:
    span = Span("new.yaml", 3, 1, 3, 9)
    return pair(OLD, replace(NEW, span=span))


HINGE = Hinge(
    aspect=("scan", ""),
    kind="wider",
    known={"numb": "present", "fever": "absent", "cough": "present"},
    unknown=("cough", "age"),
    old=("silent", "later"),
    new=("silent", "now", "later", "conflict"),
    confirmed=True,
)


def test_what_missing_information_does_is_shown_with_the_case_and_every_value_calmest_first():
    shown, faults = unknown_results(advised(), [HINGE])
    assert faults == ()
    assert shown == (
        UnknownChange(
            output="scan",
            element="",
            label="the scan",
            kind="wider",
            case={"numb": "present", "fever": "absent"},
            shown=("numb",),
            unknown=("cough", "age"),
            old=("later", "says nothing"),
            new=("later", "now", "says nothing", "rules contradict each other"),
        ),
    )


def test_a_set_as_a_whole_says_nothing_where_a_member_of_it_is_not_listed():
    possible = replace(HINGE, old=("silent",), new=("out_of_scope", "silent", "listed"))
    whole, member = (replace(possible, aspect=("advice", name)) for name in ("", "rest"))
    shown, _ = unknown_results(advised(), [whole, member])
    assert [(one.element, one.label, one.old, one.new) for one in shown] == [
        ("", "advice", ("says nothing",), ("listed", "says nothing", "out of scope")),
        ("rest", "advice: rest", ("not listed",), ("listed", "not listed", "out of scope")),
    ]


@pytest.mark.parametrize("confirmed", [False, None])
def test_a_hinge_that_was_not_confirmed_is_a_fault_of_ours_and_does_not_hide_the_next(confirmed: bool | None):
    both = advised()
    shown, faults = unknown_results(both, [replace(HINGE, confirmed=confirmed), HINGE])
    assert len(shown) == 1
    assert faults == (
        Diagnostic(
            both.new.guideline.span,
            codes.RF902,
            "the reference evaluator does not confirm what is unknown about `scan`",
            "please report this as a fault",
        ),
    )


def test_what_is_possible_is_told_in_the_words_of_the_vocabulary():
    says = replace(SCAN, scale=replace(URGENCY, says=(("now", "right away"), ("later", "some day"))))
    old, new = (edition(rule("R", has("fever"), {"scan": one}), outputs=[says]) for one in ("now", "later"))
    (one,) = diff(old, new).unknowns
    assert (one.old, one.new) == (("right away", "says nothing"), ("some day", "says nothing"))
    (changed,) = compare(old, new, [HOT]).vignettes
    assert changed.changes == (("the scan", "right away", "some day"),)
