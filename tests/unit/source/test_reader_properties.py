"""The reader never raises, and both parsers give the same nodes and the same words."""

import random
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from redflag_kit.source import reader
from redflag_kit.source.nodes import Mapping, Scalar, Sequence, plain
from redflag_kit.source.reader import read_yaml

ROOT = Path(__file__).resolve().parents[3]
PIECES = [
    *"abcn1?:,-|>&*!%@`'\"#~=<{}[] \\", *["\n"] * 4, "\n  ", "\n    ", "\n- ", "  ", ": ", ", ", "- ", "? ", "# c",
    "|\n  ", ">-\n ", "&x ", "*x ", "!t ", "!!str ", "!<x>", "%YAML 1.1\n", "%TAG ! x\n", "---", "\n---\n", "\n...\n",
    "yes", "010", "1.5", "12:30", "<<: ", "é", "😀", "\r\n", "\r", "\t", "\n\t", "\ufeff", "\u2028", "\xa0", "\\x41",
    "\\ud800", "\\UFFFFFFFF", "a: 1\n", "b: [x, y]\n", "c: {d: 1, e: 2}\n", "k:\n  - 1\n  - 2\n", "t: |\n  one\n",
    "when: {all: [fever, {age_years: at_least adult}]}\n", 'ask: "Getting worse?"\n', "title: 'It''s'\n",
]  # fmt: skip
fast_only = pytest.mark.skipif(not hasattr(yaml, "CSafeLoader"), reason="needs libyaml")


def both(text):
    """Read a text with libyaml, and as if there were none."""
    fast = read_yaml(text.encode("utf-8", "surrogatepass"), "f.yaml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "_FAST_LOADER", yaml.SafeLoader)
        return fast, read_yaml(text.encode("utf-8", "surrogatepass"), "f.yaml")


def well_formed(node):
    """Say whether keys are text and unique, and whether places run forwards, all the way down."""
    span = node.span
    if (span.line, span.column) > (span.end_line, span.end_column) or min(span.line, span.column) < 1:
        return False
    match node:
        case Scalar():
            return True
        case Sequence():
            return all(well_formed(item) for item in node.items)
        case Mapping():
            keys = [key.value for key, _ in node.entries]
            return (
                all(isinstance(key, str) for key in keys)
                and len(set(keys)) == len(keys)
                and all(well_formed(key) and well_formed(value) for key, value in node.entries)
            )


def assert_ends_well(data):
    node, faults = read_yaml(data, "f.yaml")
    assert node is not None or faults
    if node is not None:
        assert well_formed(node)
        plain(node)
    for fault in faults:
        assert fault.message.isprintable()
        assert fault.help.isprintable()
        assert not fault.message.endswith(".")
        assert not fault.message[0].isupper()
        assert fault.help != ""
        assert min(fault.span.line, fault.span.column) >= 1


@given(st.binary(max_size=200))
def test_any_bytes_end_in_a_node_or_in_diagnostics(data):
    assert_ends_well(data)


@given(st.text(max_size=200))
def test_any_text_ends_in_a_node_or_in_diagnostics(text):
    assert_ends_well(text.encode("utf-8", "surrogatepass"))


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_any_yaml_like_text_ends_in_a_node_or_in_diagnostics(text):
    assert_ends_well(text.encode())


@fast_only
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text(max_size=60))
def test_both_parsers_say_the_same(text):
    fast, pure = both(text)
    assert fast == pure


@fast_only
def test_both_parsers_say_the_same_of_many_mixtures():
    chance = random.Random(20260201)
    for _ in range(2_000):
        text = "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 16)))
        fast, pure = both(text)
        assert fast == pure, text


@fast_only
@pytest.mark.parametrize(
    "text",
    [
        "{k:  }",
        "[k: \t]",
        "[a? b]",
        "{a?b: c}",
        "|#",
        "a: >-#\n  b",
        "!!",
        "! a",
        "a: !,b c",
        "%FOO\n---\na",
        "%YAML 1.3\n--- a",
        "- |\n\n\n",
        '"\\',
        "a: b",
        "é: '😀\n  x'\nb: c",
    ],
)
def test_both_parsers_say_the_same_where_they_are_known_to_differ(text):
    fast, pure = both(text)
    assert fast == pure
