"""What a vignette states and expects, and what `finding=value` on a command line says."""

from fractions import Fraction

import pytest

from redflag_kit.diagnostics.span import NOWHERE
from redflag_kit.model.condition import Range
from redflag_kit.source.documents import VignettesDoc
from redflag_kit.source.names import Faults
from redflag_kit.source.validate import validate
from redflag_kit.source.vignettes import build_vignettes, read_stated, stated_from_text
from tests.unit.source.reading import base, node_of

VOCABULARY = base().vocabularies[0]


def between(low, high):
    return Range(Fraction(low), Fraction(high))


def stated(name, text):
    faults = Faults()
    return read_stated(name, node_of(text), NOWHERE, VOCABULARY.findings, faults), [one.code.id for one in faults.found]


@pytest.mark.parametrize(
    ("name", "text", "words", "ranges"),
    [
        ("fever", "present", {"present"}, ()),
        ("injury", "{one_of: [minor, major]}", {"minor", "major"}, ()),
        ("injury", "{one_of: minor}", {"minor"}, ()),
        ("age_years", "45 a", set(), (between(45, 45),)),
        ("age_years", "45", set(), (between(45, 45),)),
        ("age_years", "{one_of: 40 a to 60 a}", set(), (between(40, 60),)),
        ("pain_days", "{one_of: [1 wk, 9 d to 2 wk]}", set(), (between(7, 7), between(9, 14))),
    ],
)
def test_a_finding_is_stated(name, text, words, ranges):
    found, codes = stated(name, text)
    assert codes == []
    assert (found.finding, found.words, found.ranges, found.unknown) == (name, words, ranges, False)


def test_a_finding_may_be_stated_as_unknown():
    found, codes = stated("fever", "unknown")
    assert (found.unknown, codes) == (True, [])


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("rash", "present", "RF107"),
        ("fever", "[present]", "RF103"),
        ("fever", "{two_of: [present]}", "RF103"),
        ("fever", "{one_of: [[present]]}", "RF103"),
        ("fever", "~", "RF109"),
        ("fever", "true", "RF109"),
        ("age_years", "old", "RF119"),
        ("age_years", "45 wk", "RF121"),
        ("age_years", "1 a to 2 a to 3 a", "RF120"),
        ("age_years", "40 a to 200 a", "RF109"),
        ("age_years", "60 a to 40 a", "RF126"),
    ],
)
def test_what_cannot_be_stated_is_refused(name, text, code):
    assert code in stated(name, text)[1]


@pytest.mark.parametrize(
    ("name", "text", "words", "unknown"),
    [
        ("injury", "minor | major", {"minor", "major"}, False),
        ("injury", "unknown", set(), True),
        ("fever", "present", {"present"}, False),
    ],
)
def test_a_command_line_states_a_finding(name, text, words, unknown):
    faults = Faults()
    found = stated_from_text(name, text, VOCABULARY.findings, NOWHERE, faults)
    assert found is not None
    assert (found.words, found.unknown, faults.found) == (words, unknown, [])


def test_a_command_line_that_names_no_finding_is_refused():
    faults = Faults()
    assert stated_from_text("rash", "present", VOCABULARY.findings, NOWHERE, faults) is None
    assert [one.code.id for one in faults.found] == ["RF107"]


def expectations(outcomes):
    text = (
        "schema: redflag/vignettes/1\nvocabulary: back_pain\nvignettes:\n"
        f"  - {{id: V, title: t, narrative: x, findings: {{}}, expect: {{clinic@2024: {{outcomes: {outcomes}}}}}}}\n"
    )
    node, faults = node_of(text), Faults()
    doc, found = validate(node, VignettesDoc)
    assert doc is not None, found
    vignettes = build_vignettes(doc, node, VOCABULARY, faults)
    return vignettes, [one.code.id for one in faults.found]


@pytest.mark.parametrize(
    ("outcomes", "must", "may"),
    [
        ("{suspected: [infection]}", {"infection"}, {"infection"}),
        ("{suspected: {must: [infection]}}", {"infection"}, {"infection"}),
        ("{suspected: {may: [infection, silent]}}", set(), {"infection", "silent"}),
        ("{suspected: {must: [infection], may: [infection, fracture]}}", {"infection"}, {"infection", "fracture"}),
    ],
)
def test_members_of_a_set_are_expected(outcomes, must, may):
    (vignette,), codes = expectations(outcomes)
    assert codes == []
    (expected,) = vignette.expectations[0].outcomes
    assert (expected.must, expected.may) == (must, may)


@pytest.mark.parametrize(
    ("outcomes", "values"),
    [
        ("{mri: today}", {"today"}),
        ("{mri: silent}", {"silent"}),
        ("{mri: {may: [today, silent]}}", {"today", "silent"}),
        ("{mri: not_covered}", {"not_covered"}),
    ],
)
def test_levels_and_statuses_are_expected(outcomes, values):
    (vignette,), codes = expectations(outcomes)
    assert codes == []
    assert vignette.expectations[0].outcomes[0].values == values


@pytest.mark.parametrize(
    ("outcomes", "flag"),
    [("undecided", "undecided"), ("TODO", "todo"), ("silent", "values"), ("out_of_scope", "values")],
)
def test_one_word_stands_for_every_output(outcomes, flag):
    (vignette,), codes = expectations(outcomes)
    assert codes == []
    assert getattr(vignette.expectations[0].whole, flag)


@pytest.mark.parametrize(
    ("outcomes", "code"),
    [
        ("{}", "RF139"),
        ("[today]", "RF103"),
        ("soon", "RF103"),
        ("{scan: today}", "RF108"),
        ("{mri: soon}", "RF110"),
        ("{mri: [today]}", "RF103"),
        ("{mri: {may: []}}", "RF103"),
        ("{mri: {must: [today], may: [today]}}", "RF103"),
        ("{mri: {might: [today]}}", "RF103"),
        ("{suspected: infection}", "RF103"),
        ("{suspected: [flu]}", "RF110"),
        ("{suspected: [[infection]]}", "RF110"),
        ("{suspected: {may: infection}}", "RF103"),
        ("{suspected: {may: [flu]}}", "RF110"),
    ],
)
def test_what_cannot_be_expected_is_refused(outcomes, code):
    vignettes, codes = expectations(outcomes)
    assert vignettes == ()
    assert code in codes
