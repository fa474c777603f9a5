"""`redflag check` of DMN files: which files it reads, and what it says of those it cannot."""

import pytest

from redflag_kit.logic.budget import Budget
from redflag_kit.workflow.check_dmn import check_models
from redflag_kit.workflow.envelope import UsageError
from tests.dmn.models import table


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "m.dmn"
    path.write_bytes(table([("> 5", "1"), ("<= 5", "2")], {"n": "number"}))
    return path


def test_a_file_named_twice_is_one_file_whatever_way_it_is_named(file):
    found = check_models([file, file.parent / "." / ".." / file.parent.name / file.name, file])
    assert (found.exit_code, found.summary["models"]) == (0, 1)
    assert [one.path for one in found.inputs] == [file.as_posix()]


@pytest.mark.parametrize(("name", "words"), [("folder.dmn", "is a folder"), ("none.dmn", "there is no file")])
def test_what_is_no_file_is_not_loaded(file, name, words):
    (file.parent / "folder.dmn").mkdir()
    with pytest.raises(UsageError) as caught:
        check_models([file, file.parent / name])
    assert words in caught.value.message
    assert caught.value.exit_code == 3


def test_without_time_nothing_is_decided(file):
    found = check_models([file], budget=Budget(seconds=0))
    assert (found.exit_code, found.not_decided[0].established) == (4, "its parts are well-formed")
