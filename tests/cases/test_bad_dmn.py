"""Bad decision models: every fault is told with the right place and words.

`REDFLAG_ACCEPT=1 pytest tests/cases/test_bad_dmn.py` rewrites what is expected; `git diff` reviews it.
"""

import re

import pytest
import yaml

from redflag_kit.diagnostics import codes
from redflag_kit.dmn.read import read_dmn
from tests.cases.bad_projects import ACCEPT, HERE
from tests.cases.test_bad import PYTHON

FOLDER = HERE / "bad_dmn"
NAMES = sorted(path.stem for path in FOLDER.glob("*.dmn"))
EXPECTED = FOLDER / "expected.yaml"


def told(name):
    path = FOLDER / f"{name}.dmn"
    return [
        f"{one.span.line}:{one.span.column} {one.code.id} {one.code.name}: {one.message} | {one.help}"
        for one in read_dmn(path.read_bytes(), path.name).diagnostics
    ]


def test_accepting_rewrites_what_is_expected():
    if ACCEPT:
        found = {name: told(name) for name in NAMES}
        EXPECTED.write_text(yaml.safe_dump(found, allow_unicode=True, width=4096, sort_keys=True), "utf-8")
    assert sorted(yaml.safe_load(EXPECTED.read_text("utf-8"))) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_bad_model_is_reported_as_expected(name):
    assert told(name) == yaml.safe_load(EXPECTED.read_text("utf-8"))[name]


@pytest.mark.parametrize("name", NAMES)
def test_a_fault_is_told_in_plain_words(name):
    path = FOLDER / f"{name}.dmn"
    diagnostics = read_dmn(path.read_bytes(), path.name).diagnostics
    assert diagnostics
    for one in diagnostics:
        assert one.help
        for text in (one.message, one.help):
            said = re.sub("`[^`]*`", "`...`", text)
            assert not re.search("[.!]$", said)
            assert said[:1] == said[:1].lower()
            assert not PYTHON.search(said)


def test_every_code_about_dmn_has_a_sample():
    given = {line.split()[1] for name in NAMES for line in told(name)}
    assert {code.id for code in codes.ALL if "RF060" <= code.id <= "RF079"} | {"RF083"} <= given
