"""The benchmarks still run on what they measure, and find what is true; how long they take is not looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import diff, questions, startup, suggest
from benchmarks.verification import check, stress, tables
from benchmarks.verification.stress_models import counting

ROOT = Path(__file__).parents[2]
NAMED = ("--guideline", "acep@2014", "--guideline", "start_back@2008")
SMALL = 21  # as many rules as an edit needs


@pytest.mark.parametrize("name", ["3c-499-overlap", "3c-499-missing"])
def test_the_overlaps_and_the_uncovered_share_of_a_generated_table_are_the_true_ones(name: str, tmp_path: Path) -> None:
    ((file, truth),) = tables.generated(tmp_path, name).items()
    found = tables.analyse(file)
    tables.check(name, truth, found)
    assert (found["pairs"] > 0) is name.endswith("overlap")
    assert (found["share"] != "0") is name.endswith("missing")


def test_a_table_measured_in_a_process_of_its_own_is_reported(tmp_path: Path) -> None:
    ((file, truth),) = tables.generated(tmp_path, "3c-499-base").items()
    found = tables.in_fresh_process(file, rounds=1)
    tables.check(file.stem, truth, found)
    assert "| 3c-499-base | 0 |" in tables.report({file.stem: found})


def test_both_engines_say_the_same_of_a_model_of_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(stress.MODELS, "small", lambda: counting(SMALL, crossed=False, seed=1))
    sat, diagrams = (stress.measure("small", engine)["verdict"] for engine in stress.ENGINES)
    assert sat == diagrams
    assert isinstance(sat, dict)
    assert sat["changed"] != {"answer": []}
    assert sat["equal"] is True


def test_a_generated_model_is_checked_as_a_guideline_within_each_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(check.MODELS, "small", lambda: counting(3, crossed=False, seed=1))
    lines = list(check.hard("small", (5.0, 0.000_001)))
    assert "not decided: nothing" in lines[0]
    assert "exit 4, 0 findings, not decided: gaps;" in lines[1]


def test_the_start_is_measured_against_a_bare_interpreter(monkeypatch: pytest.MonkeyPatch) -> None:
    short = {name: startup.COMMANDS[name] for name in (startup.BARE, startup.VERSION)}
    monkeypatch.setattr(startup, "COMMANDS", short)
    assert startup.table(startup.measure(1, ROOT)).count("\n") == 4


def test_a_comparison_is_measured_in_a_process_of_its_own() -> None:
    pair = ("acp@2011", "acp@2011")
    run = diff.measured(ROOT, pair)
    assert diff.row(pair, [run], [run]).endswith("| 1.00 | 1.00 | 1.00 | yes |")


def test_questions_are_measured_for_each_guideline_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["questions", "--project", str(ROOT), "--rounds", "1", *NAMED])
    questions.main()
    printed = capsys.readouterr().out
    assert all(printed.count(f"| {what} |") == 2 for what in (*questions.WORK, *questions.WHOLE))


def test_suggestions_are_measured_for_each_guideline_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["suggest", "--project", str(ROOT), "--rounds", "1", "--guideline", "acep@2014"])
    suggest.main()
    printed = capsys.readouterr().out
    assert "| acep@2014.0.0 | 70 | 22 | 22 |" in printed
