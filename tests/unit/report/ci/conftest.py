import pytest

from tests.unit.cli.command_lines import base_project
from tests.unit.report.ci.faulty import faulty_project, result_of


@pytest.fixture(scope="session")
def faulty(tmp_path_factory):
    return faulty_project(tmp_path_factory.mktemp("repository"))


@pytest.fixture(scope="session")
def checked(faulty, tmp_path_factory):
    return result_of(tmp_path_factory.mktemp("checked"), faulty, "check")[0]


@pytest.fixture(scope="session")
def tested(faulty, tmp_path_factory):
    return result_of(tmp_path_factory.mktemp("tested"), faulty, "test")[0]


@pytest.fixture(scope="session")
def compared(tmp_path_factory):
    folder = tmp_path_factory.mktemp("compared")
    (folder / ".git").mkdir()
    project = base_project(folder)
    return result_of(folder, project, "diff", "clinic@2024", "clinic@2025")[0]


@pytest.fixture
def losing(compared):
    """Return the change classes of the comparison by which patients lose something."""
    return [one for one in compared["diff"]["changes"] if one["direction"] in ("less_urgent", "lost")]
