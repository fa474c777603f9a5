"""How a diagnostic is shown on a terminal."""

import pytest

from redflag_kit.report.text import Style
from redflag_kit.report.text_diagnostics import render_diagnostics

WIDE = Style(width=5_000)


def shown(where, severity="info"):
    one = {
        "code": "RF315", "name": "partly-masked-rule", "severity": severity, "message": "m", "help": "", "file": "",
        "line": 0, "column": 0, "witness": None, "where": where, "waived": "", "related": [],
    }  # fmt: skip
    return render_diagnostics([one], WIDE)


def test_a_short_region_is_shown_whole():
    assert "who: Age: 1; or Age: 2\n" in shown("Age: 1; or Age: 2")


@pytest.mark.parametrize(("severity", "kept"), [("info", 2), ("error", 8)])
def test_a_long_region_is_cut_between_alternatives_and_says_so(severity, kept):
    alternatives = [f"{n}" * 120 for n in range(10)]
    text = shown("; or ".join(alternatives), severity)
    assert [one for one in alternatives if one in text] == alternatives[:kept]
    assert "; or others (--report html=FILE shows them)" in text


def test_a_single_long_alternative_is_never_cut():
    assert "x" * 3_000 in shown("x" * 3_000)
