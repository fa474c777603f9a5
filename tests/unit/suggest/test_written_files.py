from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from redflag_kit.model.condition import Range
from redflag_kit.model.vignette import Stated, Vignette
from redflag_kit.suggest.draft import drafted
from redflag_kit.suggest.text import Note, item_text, new_file
from redflag_kit.workflow.envelope import UsageError
from redflag_kit.workflow.suggest_write import default_path, read_vignettes, with_items, write_suggestions
from tests import shipped

ACP = shipped.guideline("acp@2011")
VOCABULARY = ACP.vocabulary
CASE = (
    Stated("age_years", ranges=(Range(Fraction(55), Fraction(55)),)),
    Stated("pain_nrs", ranges=(Range(Fraction(7), Fraction(7)),)),
    Stated("body_temp_c", ranges=(Range(Fraction("38.5"), Fraction("38.5")),)),
    Stated("fever", frozenset({"present"})),
    Stated("foot_drop", unknown=True),
)
FILE = """\
schema: redflag/vignettes/1
vocabulary: low_back_pain
vignettes:
- id: X1
  title: one
  narrative: one
  findings: {fever: present}
  expect: TODO
"""


def draft(*outputs: str, taken: tuple[str, ...] = ()) -> Vignette:
    return drafted(ACP, "acp@2011", CASE, outputs, taken)


def text(vignette: Vignette) -> str:
    return item_text(vignette, VOCABULARY.findings, Note(("a\nfault",), ("11-CA: a row",)))


def test_a_draft_is_written_as_people_write_vignettes() -> None:
    assert text(draft("mri", "esr")) == (
        "  # Would notice, once the outcomes are filled in:\n"
        "  # - a fault\n"
        "  # Rows to read:\n"
        "  # - 11-CA: a row\n"
        "  - id: acp-2011-fever-foot-drop-unknown-age-years-55\n"
        '    title: "Fever, foot drop: not assessed, age 55 years and 2 more"\n'
        "    source: suggested by redflag\n"
        "    narrative: >-\n"
        "      A drafted patient, nobody's story: age 55 years; pain score (0 to 10) 7; body temperature 38.5 °C; fever.\n"  # noqa: E501
        "      Not assessed: foot drop. What is not mentioned is normal, or makes no difference to what acp@2011 says now.\n"  # noqa: E501
        "    tags: [suggested]\n"
        "    findings:\n"
        "      age_years: 55 a\n"
        "      pain_nrs: 7\n"
        "      body_temp_c: 38.5 Cel\n"
        "      fever: present\n"
        "      foot_drop: unknown\n"
        "    unmentioned: absent\n"
        "    expect:\n"
        "      acp@2011:\n"
        "        outcomes: {mri: TODO, esr: TODO}\n"
    )


@pytest.mark.parametrize("outputs", [("mri",), ()])
def test_what_is_written_reads_back_as_the_draft(outputs: tuple[str, ...]) -> None:
    written = draft(*outputs)
    found = read_vignettes(new_file(VOCABULARY.id, [text(written)]), VOCABULARY, "x.yaml")
    assert found is not None
    (back,) = found
    assert (back.id, back.title, back.source, back.narrative) == (
        written.id,
        written.title,
        written.source,
        written.narrative,
    )
    assert (back.findings, back.fill_clean, back.tags) == (written.findings, True, written.tags)
    (expectation,) = back.expectations
    assert [(one.output, one.todo) for one in expectation.outcomes] == [(name, True) for name in outputs]
    assert (expectation.whole is None) == bool(outputs)


def test_a_comment_without_rows_has_no_heading_for_them() -> None:
    lines = item_text(draft(), VOCABULARY.findings, Note(("a",), ())).splitlines()
    assert [line for line in lines if "#" in line] == lines[:2]
    assert lines[1] == "  # - a"


def test_a_narrative_is_not_broken_within_a_word() -> None:
    long = replace(draft(), narrative=f"{'a ' * 50}twenty-four-hour")
    told = item_text(long, VOCABULARY.findings, Note((), ())).splitlines()
    at = told.index("    narrative: >-")
    assert told[at + 1 : at + 3] == [f"      {'a ' * 49}a", "      twenty-four-hour"]


def test_a_vignette_that_takes_nothing_as_normal_says_so_and_tags_make_a_list() -> None:
    cautious = replace(draft(), fill_clean=False, tags=("suggested", "cautious"))
    told = item_text(cautious, VOCABULARY.findings, Note((), ())).splitlines()
    assert "    unmentioned: unknown" in told
    assert "    tags: [suggested, cautious]" in told


def test_vignettes_are_added_at_the_indent_of_the_file() -> None:
    longer = with_items(FILE, VOCABULARY, [text(draft()), text(draft(taken=(draft().id,)))], "x.yaml")
    assert longer.startswith(FILE)
    assert f"\n- id: {draft().id}\n  title:" in longer
    found = read_vignettes(longer, VOCABULARY, "x.yaml")
    assert found is not None
    assert [one.id for one in found] == ["X1", draft().id, f"{draft().id}-2"]


@pytest.mark.parametrize(
    "before",
    [
        FILE.replace("low_back_pain", "sore_throat"),
        FILE + "note: [\n",
        "schema: redflag/sources/1\nsources: {}\n",
        FILE.replace("vignettes:\n- id", "vignettes: [{id").replace("  ", "").replace("\n", ", ", 0),
        FILE.replace("X1", draft().id),
        "vignettes:\n- {id: X1, title: one, narrative: one, findings: {}, expect: TODO}\n"
        "schema: redflag/vignettes/1\nvocabulary: low_back_pain\n",
    ],
)
def test_nothing_is_added_to_a_file_that_would_not_hold_it(before: str) -> None:
    with pytest.raises(UsageError):
        with_items(before, VOCABULARY, [text(draft())], "x.yaml")


def test_a_flow_list_takes_no_more() -> None:
    flow = (
        "schema: redflag/vignettes/1\nvocabulary: low_back_pain\n"
        "vignettes: [{id: X1, title: one, narrative: one, findings: {fever: present}, expect: TODO}]\n"
    )
    with pytest.raises(UsageError, match="no file of vignettes that more can be added to"):
        with_items(flow, VOCABULARY, [text(draft())], "x.yaml")


def test_files_are_made_extended_and_never_replaced(tmp_path) -> None:
    path = tmp_path / "new" / "suggested.yaml"
    write_suggestions(path, VOCABULARY, [text(draft())])
    first = path.read_text("utf-8")
    assert first.startswith("# Patients drafted by `redflag suggest --write`.")
    with pytest.raises(UsageError, match="nothing can be added"):
        write_suggestions(path, VOCABULARY, [text(draft())])
    assert path.read_text("utf-8") == first
    write_suggestions(path, VOCABULARY, [text(draft(taken=(draft().id,)))])
    assert path.read_text("utf-8").startswith(first)


def test_only_a_vignette_file_that_can_be_written_is_written(tmp_path) -> None:
    with pytest.raises(UsageError, match="no vignette file"):
        write_suggestions(tmp_path / "acp@2011", VOCABULARY, [text(draft())])
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match="it holds no text"):
        write_suggestions(tmp_path / "bytes.yaml", VOCABULARY, [text(draft())])
    (tmp_path / "folder.yaml").mkdir()
    with pytest.raises(UsageError, match="cannot be written"):
        write_suggestions(tmp_path / "folder.yaml", VOCABULARY, [text(draft())])


def test_suggestions_go_beside_the_other_vignettes_of_the_library(tmp_path) -> None:
    assert default_path(tmp_path, VOCABULARY) == tmp_path / "vignettes" / "low_back_pain" / "suggested.yaml"


def test_a_new_file_holds_its_items_with_a_line_between() -> None:
    assert new_file("words", ["one\n", "two\n"]).endswith("vocabulary: words\nvignettes:\none\n\ntwo\n")
