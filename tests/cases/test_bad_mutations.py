"""Sound files changed at random: reading them never fails otherwise than with diagnostics."""

import random

import pytest

from redflag_kit.project.load import load_project
from redflag_kit.source.library import build_library
from redflag_kit.source.places import ParsedFile
from tests.cases.bad_projects import GUIDELINE, SOURCES, VIGNETTES, VOCABULARY, build, run
from tests.cases.mutations import ROOT, mutated, shipped, text_of

LIBRARY = "guidelines/low_back_pain"
SHIPPED = (
    f"{LIBRARY}/vocabulary.yaml",
    f"{LIBRARY}/sources.yaml",
    f"{LIBRARY}/acep/2014.yaml",
    f"{LIBRARY}/acp/2011.yaml",
    f"{LIBRARY}/red_flags/2026.0.yaml",
    f"{LIBRARY}/properties.yaml",
    "vignettes/low_back_pain/comments.yaml",
)
BESIDE = SHIPPED[:3]  # read beside the changed file: vocabulary, sources and one guideline
TREES = 700  # each changed one to four times: some 1,700 changes


@pytest.mark.slow
@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_file_changed_at_random_is_read_without_failing(name):
    rng = random.Random(name)
    others = [ParsedFile(one, shipped(one)) for one in BESIDE if one != name]
    for _ in range(TREES // len(SHIPPED)):
        node = mutated(shipped(name), rng, rng.randint(1, 4))
        _, diagnostics = build_library([*others, ParsedFile(name, node)])
        assert list(diagnostics) == sorted(set(diagnostics), key=lambda one: one.sort_key)
        for one in diagnostics:
            assert one.message
            assert one.help
            assert one.span.line >= 1


@pytest.mark.slow
@pytest.mark.parametrize("name", SHIPPED)
def test_a_changed_file_on_disk_is_loaded_without_failing(name, tmp_path):
    rng = random.Random(name)
    for one in {*BESIDE, name}:
        (tmp_path / one).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / one).write_bytes((ROOT / one).read_bytes())
    for _ in range(8):
        (tmp_path / name).write_text(text_of(mutated(shipped(name), rng, rng.randint(1, 4))), "utf-8")
        load_project(tmp_path)


@pytest.mark.slow
@pytest.mark.usefixtures("_equal_tables_are_examined_once")
@pytest.mark.parametrize("name", [GUIDELINE, VOCABULARY, SOURCES, VIGNETTES])
def test_a_command_on_a_changed_project_ends_in_a_result(name, tmp_path, capsys, monkeypatch):
    rng = random.Random(name)
    project = build({}, tmp_path)
    monkeypatch.chdir(tmp_path)
    sound = load_tree(project / name, project)
    for _ in range(30):
        (project / name).write_text(text_of(mutated(sound, rng, rng.randint(1, 3))), "utf-8")
        found = run(project, capsys, rng.choice(("check", "test")), "--format", "json")
        assert found.exit_code in (0, 1, 3), found.err
        assert "Traceback" not in found.out + found.err


def load_tree(path, root):
    """Return the tree of a file of a project."""
    from redflag_kit.source.reader import read_file

    node, faults = read_file(path, root)
    assert not faults
    return node
