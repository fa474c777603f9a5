"""`redflag compare`: who is compared, where they part, and why, on the shipped library and on small guidelines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from redflag_kit.model.guideline import Guideline
from redflag_kit.model.vignette import Vignette
from redflag_kit.project.load import Project
from redflag_kit.report import html, markdown, text_compare
from redflag_kit.report.json import Result, to_json
from redflag_kit.report.text import Style, cells
from redflag_kit.results.compare import CompareBody, Disagreement, MatrixBody
from redflag_kit.workflow.compare import compare
from redflag_kit.workflow.envelope import NOT_LOADED, USAGE, UsageError
from redflag_kit.workflow.explain import case_from_text
from redflag_kit.workflow.in_force import not_taken
from redflag_kit.workflow.matrix import matrix
from redflag_kit.workflow.positions import gives_advice
from redflag_kit.workflow.voices import named, speakers
from tests import shipped

Render = Callable[[Result], str]
FAMILIES = ("acp", "acep", "red_flags")


@cache
def project() -> Project:
    """Return the shipped library without the guidelines that these tests do not read."""
    loaded = shipped.project()
    kept = tuple(one for one in loaded.library.guidelines if one.id in FAMILIES)
    return replace(loaded, library=replace(loaded.library, guidelines=kept))


def edition(name: str) -> Guideline:
    (found,) = (one for one in project().library.guidelines if one.name.startswith(name))
    return found


def case(*texts: str, absent: bool = True) -> Vignette:
    said = ("low_back_pain=present", "care_setting=emergency", *texts)
    return case_from_text(edition("acp@2011").vocabulary, said, None, absent)


def body(*texts: str, absent: bool = True, at: str | None = None) -> CompareBody:
    chosen = speakers(project(), (), at, "low_back_pain")
    found = compare(chosen, case(*texts, absent=absent), at).body
    assert isinstance(found, CompareBody)
    return found


def about(found: CompareBody, output: str) -> Disagreement:
    return next(one for one in found.disagreements if one.output == output)


STEROIDS = ("age_years=45 a", "systemic_steroid=prolonged", "conservative_trial_days=0 d", "symptom_duration_days=10 d")


def test_everything_in_force_is_compared_and_a_family_of_two_editions_speaks_as_one() -> None:
    found = body(*STEROIDS)
    assert [one.name for one in found.voices] == ["acep@2014.0.0", "acp", "red_flags@2026.1.0"]
    acp = found.voices[1]
    assert [part.guideline for part in acp.parts] == ["acp@2011.0.0", "acp@2017.0.0"]
    assert not [one for one in found.explanations if one.version == "2007.0.0"]


def test_each_position_names_its_edition_its_rules_and_what_stands_behind_them() -> None:
    found = body(*STEROIDS)
    by_voice = {one.voice: one for one in about(found, "xray_lumbar").positions}
    assert (by_voice["acp"].guideline, by_voice["acp"].rules) == ("acp@2011.0.0", ("11-VCF",))
    assert by_voice["acep@2014.0.0"].stance == "not_covered"
    (reason,) = (one for one in found.reasons if one.rule == "11-VCF")
    assert [one.read for one in reason.sources] == ["table"]
    assert [one.status for one in reason.sources] == ["partly"]
    assert dict(reason.assumptions)["A-11-TRIAL"]
    assert any(one.state == "yes" for one in reason.because)


def test_an_output_belongs_to_the_edition_in_force_for_it() -> None:
    for disagreement in body(*STEROIDS).disagreements:
        for one in disagreement.positions:
            if one.voice == "acp" and one.guideline:
                assert one.guideline == (
                    "acp@2017.0.0" if disagreement.output == "conservative_care" else "acp@2011.0.0"
                )


def test_a_date_takes_what_was_in_force_then() -> None:
    found = body(*STEROIDS, at="2009-01-01")
    assert [one.name for one in found.voices] == ["acp@2007.0.0"]
    assert (found.at, found.disagreements) == ("2009-01-01", ())
    then = body(*STEROIDS, at="2012-01-01")
    assert [part.guideline for part in then.voices[0].parts] == ["acp@2007.0.0", "acp@2011.0.0"]


def test_what_was_dropped_on_purpose_is_told_as_such() -> None:
    chosen = (*speakers(project(), ["acp"], "2012-01-01", "low_back_pain"), named(edition("acp@2007")))
    found = compare([chosen[0]], case("age_years=45 a")).body
    assert isinstance(found, CompareBody)
    assert chosen[0].replaced_without_successor("hla_b27") == ("acp@2011.0.0", "acp@2007.0.0")
    assert chosen[1].replaced_without_successor("hla_b27") is None


def test_out_of_scope_is_told_with_the_condition_that_fails() -> None:
    found = body("age_years=12 a")
    told = dict(found.out_of_scope)
    assert told["acep@2014.0.0"] == "it speaks only of age at least 18 years [age 12 years]"
    assert "red_flags@2026.1.0" not in told
    unknown = dict(body(absent=False).out_of_scope)
    assert unknown["acp@2011.0.0"].startswith("whether it speaks of this patient depends on age at least 18 years")


def test_silence_and_being_out_of_scope_alone_are_no_disagreement() -> None:
    found = body("age_years=12 a")
    for one in found.disagreements:
        assert any(gives_advice(position.stance) for position in one.positions)
    assert any(" or " in text for _, text in found.agreements)


def test_an_undecided_output_says_what_to_ask_first() -> None:
    found = body("age_years=40 a", "fever=present", absent=False)
    (acp,) = (one for one in about(found, "mri").positions if one.voice == "acp")
    assert acp.stance == "undecided"
    assert acp.ask is not None
    assert "mri" in acp.ask.can_change
    assert acp.ask.label != acp.ask.finding or "_" not in acp.ask.finding


def test_a_case_that_contradicts_itself_is_compared_with_nobody() -> None:
    impossible = case("pregnant=present", "sex=male")
    for made in (compare([named(edition("acp@2011"))], impossible), matrix([named(edition("acp@2011"))], [impossible])):
        assert made.exit_code == 1
        assert {one.code.id for one in made.diagnostics} == {"RF401"}
    assert compare([named(edition("acp@2011"))], impossible).body is None


@pytest.mark.parametrize("render", [text_compare.render, markdown.render, html.render])
def test_every_format_tells_rules_sources_readings_and_editions(render: Render) -> None:
    chosen = speakers(project(), (), None, "low_back_pain")
    page = render(to_json(compare(chosen, case(*STEROIDS))))
    for words in ("11-VCF", "its table or text was read", "A-11-TRIAL", "2017-02-14", "Where"):
        assert words in page
    out = render(to_json(compare(chosen, case("age_years=12 a"))))
    assert "age at least 18 years" in out


def test_no_identifier_of_a_finding_stands_in_the_text() -> None:
    chosen = speakers(project(), (), None, "low_back_pain")
    page = text_compare.render(to_json(compare(chosen, case("age_years=40 a", "fever=present", absent=False))))
    names = [name for name in edition("acp@2011").vocabulary.findings if "_" in name]
    assert [name for name in names if name in page] == ["low_back_pain"]  # in the paths of files


def patients() -> tuple[Vignette, ...]:
    young = replace(case("age_years=12 a"), id="child", title="A child")
    old = replace(case(*STEROIDS), id="steroids", title="Steroids")
    vague = replace(case("age_years=40 a", "fever=present", absent=False), id="vague", title="Fever")
    return young, old, vague


def table() -> MatrixBody:
    found = matrix(speakers(project(), (), None, "low_back_pain"), patients()).body
    assert isinstance(found, MatrixBody)
    return found


def test_a_matrix_has_a_row_per_patient_and_a_cell_per_voice() -> None:
    found = table()
    assert [row.vignette for row in found.rows] == ["child", "steroids", "vague"]
    assert {len(row.cells) for row in found.rows} == {len(found.voices)}
    stances = {(row.vignette, cell.voice): (cell.stance, cell.short) for row in found.rows for cell in row.cells}
    assert stances["child", "acp"] == ("out_of_scope", "out of scope")
    assert stances["steroids", "acp"] == ("says", "X-ray: after a trial of therapy")
    assert stances["vague", "acp"][0] == "undecided"
    assert stances["vague", "acp"][1].startswith("undecided: ")
    assert all(row.differ for row in found.rows)


def test_a_matrix_agrees_with_the_comparison_of_each_patient() -> None:
    chosen = speakers(project(), (), None, "low_back_pain")
    for row, patient in zip(table().rows, patients(), strict=True):
        single = compare(chosen, patient).body
        assert isinstance(single, CompareBody)
        alone = {(name, one.output): one.text for name, outcomes in single.outcomes for one in outcomes}
        together = {one.output: one.text for cell in row.cells if cell.voice != "acp" for one in cell.outcomes}
        assert together
        for cell in row.cells:
            part = next(voice.parts for voice in single.voices if voice.name == cell.voice)
            for one in cell.outcomes:
                assert one.text in {alone.get((edition.guideline, one.output)) for edition in part}


@pytest.mark.parametrize("render", [text_compare.render, markdown.render, html.render])
def test_a_matrix_is_shown_in_every_format(render: Render) -> None:
    few = [named(edition("acp@2011")), named(edition("red_flags@2026.0"))]
    for chosen in (few, speakers(project(), (), None, "low_back_pain")):
        page = render(to_json(matrix(chosen, patients())))
        assert "out of scope" in page
        assert "undecided" in page
        assert "Steroids" in page


def test_what_cannot_be_compared_is_refused() -> None:
    empty = replace(project(), library=replace(project().library, guidelines=()))
    drafts = tuple(replace(one, status="draft") for one in project().library.guidelines)
    unfinished = replace(project(), library=replace(project().library, guidelines=drafts))
    for where, references, at, code in (
        (empty, (), None, NOT_LOADED),
        (unfinished, (), None, NOT_LOADED),
        (unfinished, (), "2020-01-01", NOT_LOADED),
        (project(), ("acp", "acp@2011"), "2018-01-01", USAGE),
    ):
        with pytest.raises(UsageError) as refused:
            speakers(where, references, at, "low_back_pain")
        assert refused.value.exit_code == code
        assert refused.value.hint


def test_a_draft_is_compared_where_it_is_named() -> None:
    assert [one.name for one in speakers(project(), ("acp@2007", "acp"), None, "")] == ["acp@2007.0.0", "acp@2017.0.0"]


def test_an_edition_that_may_have_been_in_force_is_named_and_not_compared() -> None:
    undated = tuple(replace(one, withdrawn="") for one in project().library.guidelines)
    there = replace(project(), library=replace(project().library, guidelines=undated))
    assert not_taken(there, "2009-01-01", "low_back_pain") == (
        "acp@2007.0.0: withdrawn, date not known; not taken as in force on 2009-01-01",
    )
    assert not_taken(there, None, "low_back_pain") == not_taken(project(), "2009-01-01", "low_back_pain") == ()


def test_silence_beside_being_out_of_scope_is_no_difference_in_a_matrix() -> None:
    child = replace(case("age_years=12 a"), id="child")
    found = matrix([named(edition("acep@2014")), named(edition("acp@2011"))], [child]).body
    assert isinstance(found, MatrixBody)
    assert not found.rows[0].differ
    adult = replace(case("age_years=40 a", "trauma=minor", "fever=present"), id="adult")
    found = matrix([named(edition("acep@2014")), named(edition("acp@2017"))], [adult]).body
    assert isinstance(found, MatrixBody)
    assert [cell.stance for cell in found.rows[0].cells] == ["out_of_scope", "silent"]
    assert not found.rows[0].differ


@pytest.mark.parametrize("width", [32, 48, 80, 120])
def test_a_matrix_and_a_comparison_keep_to_the_width(width: int) -> None:
    everybody = speakers(project(), (), None, "low_back_pain")
    for made in (matrix(everybody, patients()), matrix(everybody[:1], patients()), compare(everybody, patients()[2])):
        text = text_compare.render(to_json(made), Style(width))
        assert [line for line in text.splitlines() if cells(line) > width] == []


def test_a_contradiction_is_told_once_however_many_guidelines_refuse_the_patient():
    chosen = speakers(project(), (), None, "low_back_pain")
    found = compare(chosen, case("sex=male", "pregnant=present"))
    assert len(chosen) > 1
    assert [one.code.id for one in found.diagnostics] == ["RF401"]


@pytest.mark.parametrize("value", ["absent", "present|absent"])
def test_one_finding_with_two_values_is_refused_and_the_last_one_never_wins(value: str):
    with pytest.raises(UsageError) as refused:
        case("fever=present", f"fever={value}")
    assert refused.value.message == f"`fever` is both `present` and `{value}`"
    assert case("fever=present", "fever= present").findings == case("fever=present").findings


def test_a_comparison_says_first_on_what_the_guidelines_differ():
    found = to_json(compare(speakers(project(), (), None, "low_back_pain"), case(*STEROIDS)))
    said = "3 guidelines: they differ on X-ray of the lumbar spine, MRI of the lumbar spine, "
    assert said in " ".join(text_compare.render(found).split())
    assert said in " ".join(html.render(found).split())
    assert f"**{said}" in markdown.render(found)


def test_guidelines_that_agree_differ_on_nothing():
    found = to_json(compare((named(edition("acp@2011")), named(edition("acp@2011"))), case(*STEROIDS)))
    assert "2 guidelines: they differ on nothing" in text_compare.render(found)


@pytest.mark.parametrize("render", [text_compare.render, html.render, markdown.render])
def test_a_reader_is_told_which_guideline_each_name_means(render: Callable[[Result], str]):
    chosen = speakers(project(), (), "2018-01-01", "low_back_pain")
    shown = " ".join(render(to_json(compare(chosen, case(*STEROIDS), "2018-01-01"))).replace("\\", "").split())
    shown = shown.replace("<!-- -->", "")
    assert "acep@2014.0.0: Lumbar spine imaging in the emergency department" in shown
    assert "acp: acp@2011.0.0 Imaging for low back pain, best-practice advice (since 2011-02-01 for X-ray" in shown
    assert "acp@2017.0.0 Treatment of low back pain without surgery (since 2017-02-14 for conservative care)" in shown


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("feverr=present", "did you mean `fever`?"),
        ("zzzz=39", "the findings are listed in guidelines/low_back_pain/vocabulary.yaml"),
        ("fever=perhaps", "its values are absent, present"),
    ],
)
def test_a_finding_that_nobody_declared_is_refused_with_where_to_look(text: str, hint: str):
    with pytest.raises(UsageError) as refused:
        case(text)
    assert refused.value.hint == hint
