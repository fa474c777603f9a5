"""Nodes give ordinary data and the place of every part."""

from decimal import Decimal

import pytest

from redflag_kit.source.nodes import Mapping, Scalar, get, key_span_at, node_at, plain, span_at
from redflag_kit.source.reader import read_yaml

TEXT = b"""\
id: acp
rules:
  - id: r1
    then: {mri: 1.50}
  - id: r2
none:
"""


@pytest.fixture
def root():
    node, faults = read_yaml(TEXT, "f.yaml")
    assert isinstance(node, Mapping)
    assert faults == ()
    return node


def place(span):
    return (span.line, span.column, span.end_line, span.end_column)


def test_plain_data_keeps_order_and_exact_decimals(root):
    assert plain(root) == {
        "id": "acp",
        "rules": [{"id": "r1", "then": {"mri": Decimal("1.50")}}, {"id": "r2"}],
        "none": None,
    }
    assert str(plain(node_at(root, ("rules", 0, "then", "mri")))) == "1.50"


def test_get_finds_a_value_by_its_key(root):
    found = get(root, "id")
    assert isinstance(found, Scalar)
    assert found.value == "acp"
    assert get(root, "title") is None


@pytest.mark.parametrize(
    ("path", "value_at", "key_at"),
    [
        ((), (1, 1, 6, 5), (1, 1, 6, 5)),
        (("id",), (1, 5, 1, 8), (1, 1, 1, 3)),
        (("rules", 0), (3, 5, 4, 22), (3, 5, 4, 22)),
        (("rules", 0, "then", "mri"), (4, 17, 4, 21), (4, 12, 4, 15)),
        (("rules", 1, "id"), (5, 9, 5, 11), (5, 5, 5, 7)),
        (("rules", 2), (3, 3, 5, 11), (3, 3, 5, 11)),
        (("rules", -1), (3, 3, 5, 11), (3, 3, 5, 11)),
        (("rules", "x", "y"), (3, 3, 5, 11), (3, 3, 5, 11)),
        (("id", "x"), (1, 5, 1, 8), (1, 5, 1, 8)),
        ((0,), (1, 1, 6, 5), (1, 1, 6, 5)),
        (("none",), (6, 5, 6, 5), (6, 1, 6, 5)),
    ],
)
def test_a_path_leads_to_the_deepest_place_that_exists(root, path, value_at, key_at):
    assert place(span_at(root, path)) == value_at
    assert place(key_span_at(root, path)) == key_at


def test_a_path_that_exists_leads_to_its_value(root):
    assert plain(node_at(root, ("rules", 1))) == {"id": "r2"}
    with pytest.raises(KeyError):
        node_at(root, ("rules", 2))
