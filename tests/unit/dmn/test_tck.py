"""The selected cases of the Technology Compatibility Kit, and the table of them in the documentation."""

from pathlib import Path

import pytest

from tests.dmn.tck import run, table

ROOT = Path(__file__).parents[3]
RESULTS = run(ROOT / "tests/data/dmn_tck")


def test_the_kit_is_there():
    assert len(RESULTS) == 108


@pytest.mark.parametrize("result", RESULTS, ids=lambda one: f"{one.model}-{one.case}-{one.node}")
def test_a_case_of_the_kit_passes(result):
    assert result.verdict == "pass", result.detail


def test_the_table_in_the_documentation_is_what_the_command_prints():
    printed = table(RESULTS, "python -m tests.dmn.tck tests/data/dmn_tck")
    assert (ROOT / "docs/dmn-tck.md").read_text("utf-8") == printed
