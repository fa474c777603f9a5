"""The page on DMN says what is true."""

import re
from pathlib import Path

from redflag_kit.dmn.feel.builtins import SIGNATURES

PAGE = (Path(__file__).parents[3] / "docs/dmn.md").read_text("utf-8")


def test_the_page_lists_the_functions_that_are_supported():
    listed = PAGE.split("and these functions:")[1].split("Refused are")[0]
    assert set(re.findall("`(.+?)`", listed)) == set(SIGNATURES)
