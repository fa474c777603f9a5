"""`redflag diff --plot`: the two findings that the changed area is drawn over."""

import json

import pytest

from tests.unit.cli.command_lines import base_project, run


@pytest.fixture(autouse=True)
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(base_project(tmp_path))


def test_the_findings_named_are_drawn_over(capsys):
    ran = run(capsys, "diff", "clinic@2024", "clinic@2025", "--plot", "age_years", "fever", "--format", "json")
    found = json.loads(ran.out)
    assert ran.code == 0
    assert found["options"]["plot"] == ["age_years", "fever"]
    area = found["diff"]["area"]
    assert (area["rows"]["finding"], area["columns"]["finding"], area["chosen"]) == ("age_years", "fever", True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("clinic@2024", "clinic@2025", "--plot", "fevre", "age_years"), "no finding is called `fevre`"),
        (("clinic@2024", "clinic@2025", "--plot", "fever", "fever"), "drawn over two findings"),
        (("--guidelines", "--plot", "fever", "age_years"), "draws one comparison of two editions"),
        (("--against", "HEAD", "--plot", "fever", "age_years"), "draws one comparison of two editions"),
        (("HEAD:", "HEAD:", "--plot", "fever", "age_years"), "draws one comparison of two editions"),
    ],
)
def test_a_plot_that_cannot_be_drawn_ends_with_2_and_words(capsys, arguments, said):
    ran = run(capsys, "diff", *arguments)
    assert ran.code == 2
    assert said in ran.err
