import pytest

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
