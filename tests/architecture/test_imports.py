"""The import rules on which trust rests. The full contracts are in pyproject.toml, for import-linter."""

import pytest

from tests.architecture.imports import imported_names, imports_package, reachable, sources

SOURCES = sources()
LITERAL = "redflag_kit.semantics.literal"
DIAGRAMS = "redflag_kit.logic.bdd"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import oxidd", True),
        ("import oxidd.bcdd as b", True),
        ("from oxidd import bcdd", True),
        ("from oxidd.bcdd import BCDDManager", True),
        ("def f():\n    from oxidd.bcdd import BCDDManager", True),
        ("import oxidd_other", False),
        ("from redflag_kit.logic import bdd", False),
        ("text = 'import oxidd'", False),
    ],
)
def test_an_import_is_found_however_it_is_written(source, found):
    assert imports_package(source, "oxidd") is found


def test_imports_are_followed_through_other_modules():
    texts = {"a": "from b.c import d", "b": "import f", "b.c": "", "b.c.d": "import a", "e": "", "f": ""}
    assert reachable("a", texts) == {"a", "b", "b.c", "b.c.d", "f"}


def test_no_module_uses_relative_imports_which_these_tests_would_not_follow():
    assert [m for m, text in SOURCES.items() if any(name.startswith(".") for name in imported_names(text))] == []


def test_only_the_diagram_module_imports_the_diagram_engine():
    assert [module for module, text in SOURCES.items() if imports_package(text, "oxidd")] == [DIAGRAMS]


def test_the_literal_interpreter_reaches_neither_the_engine_nor_the_compiler():
    forbidden = ("redflag_kit.logic", "redflag_kit.compile")
    assert [module for module in reachable(LITERAL, SOURCES) if module.startswith(forbidden)] == []
