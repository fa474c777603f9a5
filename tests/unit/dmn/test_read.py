"""Reading DMN files: every part in its place, and every fault at its place."""

from decimal import Decimal
from pathlib import Path

import pytest

from redflag_kit.dmn.evaluate import evaluate_decision
from redflag_kit.dmn.read import read_dmn
from redflag_kit.dmn.versions import VERSIONS
from tests.dmn.models import NEWEST, faults, requirements, sound, table, table_of

RISK = table([("< 50", '"low"'), (">= 50", '"high"')], {"Age": "number"}, kind="string")


@pytest.mark.parametrize("namespace", VERSIONS)
def test_every_version_is_read_alike(namespace):
    model = sound(RISK.replace(NEWEST.encode(), namespace.encode()))
    assert model.version == VERSIONS[namespace]
    assert evaluate_decision(model, "D", {"Age": Decimal(50)}).value == "high"


def test_rules_are_numbered_from_1_and_know_their_places():
    rules = table_of(sound(RISK)).rules
    assert [rule.number for rule in rules] == [1, 2]
    assert [str(rule.span) for rule in rules] == ["m.dmn:6:1", "m.dmn:7:1"]
    assert str(rules[1].inputs[0].span) == "m.dmn:7:25"


def test_a_fault_after_an_escaped_character_is_shown_at_its_column():
    assert faults(table([("< x", "1")], {"Age": "number"})) == [("RF072", "6:30")]


def test_the_kits_models_have_no_faults():
    folder = Path(__file__).parents[2] / "data/dmn_tck"
    for path in sorted(folder.rglob("*.dmn")):
        assert read_dmn(path.read_bytes(), path.name).diagnostics == ()


def test_a_value_outside_its_list_is_told_once_with_all_its_places():
    data = table([("130", "1"), ("130", "2"), ("7", "3")], {"Age": "number"}, values={"Age": "[0..120]"})
    (fault,) = read_dmn(data, "m.dmn").diagnostics
    assert (fault.code.id, fault.span.line) == ("RF074", 6)
    assert [note.span.line for note in fault.related] == [7]


def test_inputs_that_are_declared_nowhere_are_inputs_of_the_type_of_their_column():
    declared = table([('"Fall"', "<= 8", '"Spareribs"')], {"season": "string", "guest count": "integer"}).decode()
    first = declared.index("<inputData")
    bare = declared[:first] + declared[declared.index("<decision ") :]
    bare = bare.replace(requirements(("season", "guest count")), "")
    reading = read_dmn(bare.encode(), "m.dmn")
    assert {one.code.id for one in reading.diagnostics} == {"RF078", "RF083"}
    assert reading.model is not None
    assert [(one.name, str(one.variable.type)) for one in reading.model.inputs] == [
        ("season", "string"),
        ("guest count", "number"),
    ]
    found = evaluate_decision(reading.model, "D", {"season": "Fall", "guest count": Decimal(8)})
    assert (found.value, found.faults) == ("Spareribs", ())


def test_types_of_dmn_1_1_are_named_with_their_prefixes():
    types = '<itemDefinition name="tAge"><typeRef>feel:number</typeRef></itemDefinition>'
    data = table([("5", "1")], {"Age": "m:tAge"}, types=types, kind="feel:number")
    spaces = b' xmlns:feel="http://www.omg.org/spec/FEEL/20140401" xmlns:m="urn:m"'
    data = data.replace(NEWEST.encode() + b'"', b'http://www.omg.org/spec/DMN/20151101/dmn.xsd"' + spaces)
    model = sound(data)
    assert str(model.inputs[0].variable.type) == "number"
    assert model.version == "1.1"
