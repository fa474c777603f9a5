"""How the files of a project come together where some of them cannot be used."""

import pytest

from redflag_kit.__main__ import main
from redflag_kit.project.load import load_project
from redflag_kit.source.documents import GuidelineDoc, SourcesDoc
from redflag_kit.source.library import build_library
from redflag_kit.source.places import ParsedFile, UnreadFile
from redflag_kit.source.validate import validate
from tests.cases.bad_projects import GUIDELINE, SOURCES, VIGNETTES, VOCABULARY, build
from tests.unit.source.reading import node_of


def test_a_guideline_is_shown_although_its_bibliography_cannot_be_read(tmp_path, capsys):
    project = build({"edit": {SOURCES: [{"find": "read: secondary", "write": "read: partly"}]}}, tmp_path)
    assert main(["show", "clinic", "--project", str(project)]) == 0
    assert "CLINIC24" in capsys.readouterr().out


def test_the_unknown_policy_of_a_guideline_replaces_that_of_its_vocabulary(tmp_path):
    assumed = "judgement: {assume: present, reason: to be safe, evidence: opinion, cite: CLINIC24}"
    project = build({"edit": {GUIDELINE: [{"find": "judgement: ask", "write": assumed}]}}, tmp_path)
    (guideline,) = load_project(project).library.guidelines
    assert guideline.assume["judgement"].value == "present"


def test_an_unknown_policy_with_a_value_that_does_not_exist_is_told_and_not_used(tmp_path):
    assumed = "judgement: {assume: likely, reason: to be safe, evidence: opinion}"
    project = load_project(build({"edit": {GUIDELINE: [{"find": "judgement: ask", "write": assumed}]}}, tmp_path))
    assert [one.code.id for one in project.diagnostics] == ["RF109"]
    assert not project.sound


def test_phrases_for_values_are_kept(tmp_path):
    says = "values: [none, minor, major], says: {none: no injury},"
    edit = [{"find": "values: [none, minor, major],", "write": says}]
    (vocabulary,) = load_project(build({"edit": {VOCABULARY: edit}}, tmp_path)).library.vocabularies
    assert dict(vocabulary.findings["injury"].says) == {"none": "no injury"}


@pytest.mark.parametrize(
    ("path", "schema", "kind", "is_so"),
    [
        ("a/vocabulary.yaml", None, "vocabulary", True),
        ("a/vocabulary.yml", None, "vocabulary", True),
        ("a/words.yaml", None, "vocabulary", False),
        ("a/words.yaml", "redflag/vocabulary/2", "vocabulary", True),
        ("a/vocabulary.yaml", "redflag/sources/1", "vocabulary", False),
        ("a/sources.yaml", None, "sources", True),
    ],
)
def test_a_file_that_could_not_be_read_is_known_by_its_schema_or_its_name(path, schema, kind, is_so):
    assert UnreadFile(path, schema).is_a(kind) is is_so


def test_the_order_of_the_files_does_not_matter(tmp_path):
    from redflag_kit.source.reader import read_file

    project = build({}, tmp_path)
    files = []
    for name in (GUIDELINE, VOCABULARY, SOURCES, VIGNETTES):
        node, _ = read_file(project / name, project)
        assert node is not None
        files.append(ParsedFile(name, node))
    assert build_library(files) == build_library(reversed(files))


def test_a_file_that_is_a_list_is_told_as_such():
    _, (fault,) = validate(node_of("[a, b]"), SourcesDoc)
    assert fault.message == "the file must be a map, not a list"


def test_a_sound_part_of_a_wrong_document_is_not_told():
    doc, faults = validate(node_of("{schema: redflag/guideline/1, otherwise: 1}"), GuidelineDoc)
    assert doc is None
    assert {fault.code.id for fault in faults} == {"RF101", "RF102"}
