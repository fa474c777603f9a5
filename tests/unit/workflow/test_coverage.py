"""Coverage of a project: who is measured, floors, and what a run says of it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from redflag_kit.coverage.decisions import MOST
from redflag_kit.coverage.measure import measure
from redflag_kit.report import markdown, text_test
from redflag_kit.report.json import to_json
from redflag_kit.report.text import Style
from redflag_kit.results import vignettes as results
from redflag_kit.results.coverage import KINDS, CoverageBody
from redflag_kit.workflow import coverage as under_test
from redflag_kit.workflow.coverage import floors_of, measured
from redflag_kit.workflow.envelope import UsageError
from redflag_kit.workflow.test import test as run_tests
from tests.shipped import project
from tests.unit.cli.command_lines import base_project, run

ALL = dict.fromkeys(KINDS, Fraction(80))
OWN = "A94-"  # the vignettes of ahcpr@1994 alone, in which every rule fires and hardly anything is unknown


@pytest.mark.parametrize(
    ("texts", "floors"),
    [
        ((), {}),
        (("80",), ALL),
        (("50", "80"), ALL),
        (("80%",), ALL),
        (("rules=100",), {"rules": 100}),
        (("rules=100", "80"), {**ALL, "rules": 100}),
        (("80", "rules=100", "rules=99.5"), {**ALL, "rules": Fraction("99.5")}),
        (("0", "decisions=100"), {**dict.fromkeys(KINDS, 0), "decisions": 100}),
    ],
)
def test_a_floor_for_one_kind_goes_before_one_for_all_and_the_last_one_counts(texts, floors):
    assert floors_of(texts) == floors
    assert list(floors_of(texts)) == [kind for kind in KINDS if kind in floors]


@pytest.mark.parametrize("text", ["", "many", "101", "-1", "80 d", "rules=", "=", "1e2", "100.1"])
def test_a_floor_that_is_no_percentage_is_refused(text):
    with pytest.raises(UsageError) as refused:
        floors_of((text,))
    assert refused.value.exit_code == 2


def test_an_unknown_kind_is_refused_with_those_that_there_are():
    with pytest.raises(UsageError, match="no kind of coverage is called `lines`") as refused:
        floors_of(("lines=80",))
    assert refused.value.hint == "there are rules, outputs, conditions, boundaries, unknowns, decisions"


def covered(**asked):
    found = run_tests(project(), **asked)
    assert isinstance(found.body, results.TestBody)
    assert isinstance(found.body.coverage, CoverageBody)
    return found, found.body.coverage


def test_one_guideline_is_measured_where_one_is_asked_for():
    found, body = covered(expression=OWN, guideline="ahcpr@1994", coverage=measured(("rules=100", "unknowns=50")))
    assert [one.guideline for one in body.guidelines] == ["ahcpr@1994.0.0"]
    assert body.floors == (("rules", "100"), ("unknowns", "50"))
    assert found.options["fail_under"] == {"rules": "100", "unknowns": "50"}
    assert found.limits == ()
    assert found.summary["uncovered"] == sum(one.state == "uncovered" for one in body.guidelines[0].items)
    (short,) = found.diagnostics
    assert (short.code.id, found.exit_code) == ("RF550", 1)
    assert short.message.startswith("ahcpr@1994.0.0 has ")
    assert short.message.endswith(" of its unknowns covered, and 50% is the floor")
    assert short.help == "redflag test --coverage --guideline ahcpr@1994.0.0 lists what no vignette shows"
    assert short.span.file == "guidelines/low_back_pain/ahcpr/1994.yaml"


def test_totals_count_the_items_kind_by_kind_and_what_is_not_covered_comes_first():
    _, body = covered(guideline="ahcpr@1994", coverage=measured())
    (one,) = body.guidelines
    assert [total.kind for total in one.totals] == list(KINDS)
    kinds = [item.kind for item in one.items]
    assert kinds == sorted(kinds, key=KINDS.index)
    for total in one.totals:
        states = [item.state for item in one.items if item.kind == total.kind]
        assert (states.count("covered"), states.count("impossible")) == (total.covered, total.impossible)
        assert len(states) == total.items + total.impossible
        assert states == sorted(states, key=("uncovered", "impossible", "covered").index)
    keys = [(item.kind, item.id) for item in one.items]
    assert len(keys) == len(set(keys))


def test_without_it_nothing_is_measured_and_the_run_says_so():
    found = run_tests(project(), guideline="ahcpr@1994")
    assert isinstance(found.body, results.TestBody)
    assert found.body.coverage is None
    assert found.limits == ("coverage is not measured",)
    assert "uncovered" not in found.summary
    assert found.options == {"expression": "", "guideline": "ahcpr@1994"}


def test_more_decisions_than_are_counted_are_told_as_not_decided(monkeypatch):
    def few(ready, met, most=MOST):
        assert most == MOST
        return measure(ready, met, 2)

    monkeypatch.setattr(under_test, "measure", few)
    found, _ = covered(guideline="ahcpr@1994", coverage=measured(("decisions=1",)))
    (open_one,) = found.not_decided
    assert (open_one.question, open_one.established, open_one.budget) == (
        "how many decisions ahcpr@1994.0.0 can give",
        "more than 2 decisions",
        "2 decisions",
    )
    assert [one.code.id for one in found.diagnostics] == ["RF550"]


def test_guidelines_of_which_no_vignette_speaks_are_measured_with_the_others_worst_first(tmp_path, capsys):
    folder = base_project(tmp_path)
    vignettes = folder / "vignettes/clinic.yaml"
    vignettes.write_text(vignettes.read_text("utf-8").replace("clinic@2024", "clinic@2024.0.0"), "utf-8")
    ran = run(capsys, "test", "--coverage", "--project", folder)
    assert ran.code == 0
    assert ran.out.index("clinic@2025.0.0") < ran.out.index("clinic@2024.0.0")
    narrowed = run(capsys, "test", "--coverage", "-k", "V1", "--project", folder)
    assert "clinic@2025" not in narrowed.out


def test_a_floor_needs_coverage(capsys):
    ran = run(capsys, "test", "--fail-under", "80")
    assert ran.code == 2
    assert ran.err.splitlines()[0] == "redflag: --fail-under has nothing to judge"


def test_what_falls_short_stands_in_the_report_and_is_no_failure_of_vignettes(capsys, tmp_path):
    ran = run(capsys, "test", "--coverage", "--fail-under=rules=100", "--project", base_project(tmp_path))
    assert ran.code == 1
    assert "✘ too little: clinic@2024.0.0 has" in ran.out.replace("clinic@2025", "clinic@2024")
    assert "✔ passed:" in ran.out
    assert "RF550" not in ran.err


def test_markdown_begins_with_what_falls_short_and_what_is_missing():
    found, _ = covered(expression=OWN, guideline="ahcpr@1994", coverage=measured(("unknowns=50",)))
    page = markdown.render(to_json(found))
    first = page.partition("## What no vignette shows")[2].strip().splitlines()
    assert first[0].startswith("- ✕ ahcpr@")
    assert "is the floor" in first[0]
    assert first[2] == "| guideline | rules | outputs | conditions | boundaries | unknowns | decisions |"
    assert "The least that was asked for: unknowns 50%." in page
    whole = markdown.render(to_json(run_tests(project(), guideline="ahcpr@1994")))
    assert "What no vignette shows" not in whole


def test_a_narrow_terminal_gets_shares_in_lines():
    found, _ = covered(guideline="ahcpr@1994", coverage=measured())
    narrow = text_test.render(to_json(found), Style(width=40))
    assert "ahcpr@1994.0.0: rules 100%, outputs" in narrow
    assert max(map(len, narrow.splitlines())) <= 40
