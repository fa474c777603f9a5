"""Which mutants are tried: packages, modules, or the functions that differ from those of a revision."""

from __future__ import annotations

import subprocess
import tomllib
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from tests.kit_mutation import __main__ as command
from tests.kit_mutation.changed import changed_functions, patterns
from tests.kit_mutation.packages import PARTS, Part
from tests.kit_mutation.workspace import ROOT, Workspace, configured, environment, reopened

OLD = """\
def same(a):
    return a


def other(a):
    return a + 1


class Box:
    def size(self):
        return 1

    def gone(self):
        return 2
"""
NEW = """\
def same(a):
    # told at length
    return (a)


def other(a):
    return a + 2


def added():
    return 0


class Box:
    def size(self):
        return 3
"""


def test_what_a_function_says_counts_and_not_how_it_is_laid_out():
    assert changed_functions(OLD, NEW) == ("x_other", "x_added", "xǁBoxǁsize")


def test_all_functions_of_a_new_module_are_new():
    assert changed_functions(None, OLD) == ("x_same", "x_other", "xǁBoxǁsize", "xǁBoxǁgone")


def test_changed_functions_are_found_in_the_files_that_git_says_differ(tmp_path: Path):
    module = tmp_path / "redflag_kit" / "diff" / "m.py"
    module.parent.mkdir(parents=True)

    def git(*arguments: str) -> None:
        identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        subprocess.run(["git", *identity, *arguments], cwd=tmp_path, check=True, capture_output=True)

    module.write_text(OLD)
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "first")
    chosen = Part(("redflag_kit/diff/*",), ()).holds
    assert patterns(tmp_path, "HEAD", chosen) == {}
    module.write_text(NEW)
    (module.parent / "n.py").write_text("def f(): return 1\n")
    git("add", ".")
    assert patterns(tmp_path, "HEAD", lambda path: not chosen(path)) == {}
    assert patterns(tmp_path, "HEAD", chosen) == {
        "redflag_kit/diff/m.py": tuple(
            f"redflag_kit.diff.m.{n}__mutmut_*" for n in ("x_other", "x_added", "xǁBoxǁsize")
        ),
        "redflag_kit/diff/n.py": ("redflag_kit.diff.n.x_f__mutmut_*",),
    }


@pytest.mark.parametrize("target", ["redflag_kit/compile/cuts.py", "compile.cuts", "redflag_kit.compile.cuts"])
def test_a_module_may_be_named_by_path_or_by_name(target):
    one = command.task(target)
    assert (one.part, one.workspace.modules) == ("compile", ("redflag_kit/compile/cuts.py",))


@pytest.mark.parametrize("target", ["report", "redflag_kit/report/text.py", "compile.nothing"])
def test_what_is_not_under_mutation_is_refused(target):
    with pytest.raises(SystemExit, match="neither one of"):
        command.task(target)


def test_a_workspace_is_configured_for_its_modules_and_tests_and_else_like_the_project():
    text = (ROOT / "pyproject.toml").read_text()
    narrowed = tomllib.loads(configured(text, ["redflag_kit/compile/*"], ["tests/unit/compile"]))
    whole = tomllib.loads(text)
    mine, all_of_it = narrowed["tool"].pop("mutmut"), whole["tool"].pop("mutmut")
    assert narrowed == whole
    changed = {key: value for key, value in mine.items() if all_of_it[key] != value}
    assert changed == {
        "only_mutate": ["redflag_kit/compile/*"],
        "pytest_add_cli_args_test_selection": ["tests/unit/compile"],
    }


def test_mutmut_by_itself_mutates_the_same_packages_and_runs_the_same_tests():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mutmut"]
    modules = [path for path in modules_of("redflag_kit") if any(fnmatchcase(path, p) for p in settings["only_mutate"])]
    assert modules == [path for path in modules_of("redflag_kit") if any(part.holds(path) for part in PARTS.values())]
    chosen = {one for part in PARTS.values() for one in part.selection}
    assert settings["pytest_add_cli_args_test_selection"] == sorted(chosen)


def modules_of(package: str) -> list[str]:
    return sorted(str(path.relative_to(ROOT)) for path in (ROOT / package).rglob("*.py"))


def test_every_module_of_the_packages_is_in_exactly_one_part():
    packages = sorted({pattern.split("/")[1] for part in PARTS.values() for pattern in part.modules})
    for path in (path for package in packages for path in modules_of(f"redflag_kit/{package}")):
        if path != "redflag_kit/logic/__init__.py":
            assert [name for name, part in PARTS.items() if part.holds(path)] == [part_of(path)]


def part_of(path: str) -> str:
    return command.task(path).part


def test_every_test_chosen_or_left_out_is_there():
    for part in PARTS.values():
        assert [one for one in part.tests if not (ROOT / one).exists()] == []
        for one in part.left_out:
            file, _, name = one.partition("::")
            assert f"def {name}(" in (ROOT / file).read_text()


def test_nothing_outside_shadows_the_mutated_copy():
    assert environment({"PYTHONPATH": "/x", "HOME": "/h"}) == {"HOME": "/h", "PYTHONHASHSEED": "0"}


def test_what_was_not_noticed_is_tried_again():
    import json

    meta = json.dumps({"exit_code_by_key": {"a": 1, "b": 0, "c": 33, "d": -24, "e": None}, "durations_by_key": {}})
    assert json.loads(reopened(meta)) == {
        "exit_code_by_key": {"a": 1, "b": None, "c": None, "d": -24, "e": None},
        "durations_by_key": {},
    }


def test_reading_the_project_runs_nothing_that_is_mutated():
    # Every mutant shares the project as it was read without mutants.
    read = ("diagnostics", "model", "source", "terms")
    text = "".join(p.read_text() for one in read for p in sorted((ROOT / "redflag_kit" / one).rglob("*.py")))
    text += "".join(p.read_text() for p in (ROOT / "redflag_kit" / "project").glob("*.py"))
    assert [name for name in PARTS if f"redflag_kit.{name.partition('.')[0]}." in text] == []


def test_what_there_is_no_time_for_is_told_and_not_begun(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    late = command.Task("diff", Workspace("since.diff", (), ()), ("redflag_kit.diff.area.x_area__mutmut_*",))
    monkeypatch.setattr(command, "tasks_since", lambda revision: [late])
    monkeypatch.setattr(Workspace, "prepare", lambda *_, **__: pytest.fail("begun"))
    assert command.main(["--since", "HEAD", "--seconds", "1e-9"]) == 0
    assert capsys.readouterr().out == "since.diff: left out, the time was over: 1 functions\n"
