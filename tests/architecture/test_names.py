"""Public names that others rely on: diagnostic codes, and the version."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

import redflag_kit
from redflag_kit.diagnostics import codes

ROOT = Path(__file__).resolve().parents[2]
FAMILIES = "01234569"  # source, model, compile, analysis, vignette, diff, gate, our own fault


def repeated(values):
    return sorted(value for value, count in Counter(values).items() if count > 1)


def test_there_are_codes():
    assert codes.ALL


def test_every_code_has_its_own_id_and_name():
    assert repeated(code.id for code in codes.ALL) == []
    assert repeated(code.name for code in codes.ALL) == []


@pytest.mark.parametrize("code", codes.ALL, ids=lambda code: code.id)
def test_a_code_is_spelled_like_the_others_and_found_by_its_id(code):
    assert re.fullmatch(rf"RF[{FAMILIES}]\d\d", code.id)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code.name)
    assert codes.by_id(code.id) is code


@pytest.mark.parametrize("code", codes.ALL, ids=lambda code: code.id)
def test_a_codes_title_says_something_and_ends_without_a_full_stop(code):
    assert code.title.strip() == code.title != ""
    assert not code.title.endswith(".")


def test_a_code_is_known_under_the_name_of_its_id():
    assert [code.id for code in codes.ALL if getattr(codes, code.id, None) is not code] == []


def test_the_codes_are_listed_in_the_order_of_their_ids():
    assert [code.id for code in codes.ALL] == sorted(code.id for code in codes.ALL)


def test_an_unknown_id_names_no_code():
    assert codes.by_id("RF000") is None


def test_the_package_and_its_metadata_agree_on_the_version():
    metadata = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert redflag_kit.__version__ == metadata["project"]["version"]
