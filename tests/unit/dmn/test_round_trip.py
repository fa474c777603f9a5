"""Exported editions come back with equal meaning and with everything that was written about them."""

import pytest

from redflag_kit.diff.compare import compare
from redflag_kit.dmn.write_xml import DmnVersion
from redflag_kit.project.load import load_project
from redflag_kit.source.nodes import plain
from redflag_kit.source.reader import read_file, read_yaml
from redflag_kit.workflow.export import export_dmn
from redflag_kit.workflow.import_dmn import import_dmn
from tests.shipped import ROOT, editions, project

PROJECT = project()
EDITIONS = editions()


def exported(name, version=DmnVersion.V1_5):
    return export_dmn(PROJECT, EDITIONS[name], version)


def as_data(reading):
    node, faults = reading
    assert faults == ()
    return plain(node)


@pytest.mark.parametrize("name", EDITIONS)
def test_an_edition_comes_back_with_equal_meaning(name):
    found = import_dmn(exported(name).encode(), "exported.dmn")
    assert found.diagnostics == ()
    assert found.guideline is not None
    assert found.guideline.name == name
    assert compare(EDITIONS[name], found.guideline, ()).equivalent


@pytest.mark.parametrize("name", EDITIONS)
def test_every_word_of_the_documents_comes_back(name):
    found = import_dmn(exported(name, DmnVersion.V1_3).encode(), "exported.dmn")
    originals = (EDITIONS[name].path, EDITIONS[name].vocabulary.path)
    written = [as_data(read_yaml(text.encode(), path)) for path, text in found.files.items()]
    for path in originals:
        assert as_data(read_file(ROOT / path, ROOT)) in written


def test_exporting_again_gives_the_same_bytes(tmp_path):
    text = exported("acp@2011.0.0")
    for path, content in import_dmn(text.encode(), "exported.dmn").files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(content, "utf-8")
    found = load_project(tmp_path)
    assert found.sound
    assert export_dmn(found, found.library.guidelines[0], DmnVersion.V1_5) == text


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("<text>[0..120]</text>", "<text>[0..121]</text>", "input `age_years` differs"),
        ("age_years &gt; 50", "age_years &gt; 51", "decision `multiple_cancer_factors` differs"),
        ('<text>"after_trial"</text>', '<text>"without_trial"</text>', "decision `xray_lumbar` differs"),
    ],
)
def test_an_edit_of_the_standard_elements_is_not_lost_in_silence(before, after, message):
    text = exported("acp@2011.0.0")
    assert before in text
    found = import_dmn(text.replace(before, after, 1).encode(), "edited.dmn")
    assert found.files == {}
    assert any(one.code.id == "RF082" and one.message.startswith(message) for one in found.diagnostics)


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ('name="id">acep<', 'name="id">../acep<', "RF080"),
        ('name="version">2014.0.0<', 'name="version">../2014<', "RF080"),
        ('name="vocabulary" kind="map">', 'name="vocabulary" kind="list">', "RF082"),
    ],
)
def test_a_file_cannot_carry_a_guideline_that_would_be_written_elsewhere(before, after, code):
    text = exported("acep@2014.0.0")
    assert before in text
    found = import_dmn(text.replace(before, after).encode(), "hostile.dmn")
    assert found.files == {}
    assert [one.code.id for one in found.diagnostics][:1] == [code]


def test_spacing_and_diagram_may_change():
    text = exported("acep@2014.0.0").replace(" and ", "  and\n").replace('width="180"', 'width="200"')
    assert import_dmn(text.encode(), "moved.dmn").diagnostics == ()
