"""Files made to do harm, and files that are broken: always diagnostics, never an exception, and never for long."""

import random
import time
from pathlib import Path

import pytest

from redflag_kit.dmn.evaluate import evaluate_model
from redflag_kit.dmn.read import read_dmn
from redflag_kit.dmn.xml import Document, read_xml
from tests.dmn.models import NEWEST, definitions, literal, table

SECONDS = 10  # a bound on harm, not a benchmark
KIT = Path(__file__).parents[2] / "data/dmn_tck"
SOUND = table([("< 50", '"low"'), (">= 50", '"high"')], {"Age": "number"})


def codes_of(data):
    began = time.process_time()
    reading = read_dmn(data, "m.dmn")
    if reading.model:
        evaluate_model(reading.model, {})
    assert time.process_time() - began < SECONDS
    for one in reading.diagnostics:
        assert one.span.line >= 1
        assert one.span.column >= 1
        assert one.message
        assert one.help
    return {one.code.id for one in reading.diagnostics}


BOMB = b"""<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>"""

HARM = {
    "an entity bomb": (BOMB + definitions("<decision name='&c;'/>"), "RF061"),
    "an external document type": (b'<!DOCTYPE d SYSTEM "http://example.org/d.dtd">' + SOUND, "RF061"),
    "a file as an entity": (b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + SOUND, "RF061"),
    "a parameter entity": (b'<!DOCTYPE d [<!ENTITY % x SYSTEM "http://example.org/x"> %x;]>' + SOUND, "RF061"),
    "an entity that nothing declares": (SOUND.replace(b"high", b"&high;"), "RF060"),
    "deep nesting": (definitions("<a>" * 100_000), "RF062"),
    "a million rules": (SOUND.replace(b"<rule>", b"<rule/>" * 1_000_000 + b"<rule>", 1), "RF062"),
    "a file that is too large": (SOUND + b" " * (17 << 20), "RF062"),
    "a truncated file": (SOUND[:-20], "RF060"),
    "an empty file": (b"", "RF060"),
    "no text at all": (bytes(range(256)) * 10, "RF060"),
    "text that is not UTF-8": (SOUND.replace(b"high", b"h\xffgh"), "RF060"),
    "an unknown encoding": (b'<?xml version="1.0" encoding="x-unknown"?>' + SOUND, "RF060"),
    "another namespace": (SOUND.replace(NEWEST.encode(), b"http://example.org/x"), "RF063"),
    "a future version": (SOUND.replace(b"20230324", b"20990101"), "RF063"),
    "another root": (b"<html/>", "RF063"),
    "a prefix that nothing declares": (SOUND.replace(b"<rule>", b"<x:rule>", 1), "RF060"),
    "a long text": (literal("1 + " * 20_000 + "1", {}), "RF071"),
    "a long chain": (literal("1 + " * 3_000 + "1", {}), "RF071"),
    "deep brackets": (literal("(" * 9_000 + "1" + ")" * 9_000, {}), "RF071"),
    "many signs": (literal("- " * 9_000 + "1", {}), "RF071"),
    "deep conditions": (literal("if " * 5_000, {}), "RF071"),
    "deep tests": (table([("x in (" * 3_000, "1")], {"x": "number"}), "RF071"),
    "a long number": (literal("1" * 15_000, {}), "RF070"),
    "a text that is not closed": (literal('"' + "\\" * 15_001, {}), "RF070"),
    "a comment that is not closed": (literal("/*" * 9_000, {}), "RF070"),
    "many faults": (table([("maybe",) * 2] * 5_000, {"x": "number"}), "RF028"),
}


@pytest.mark.parametrize("name", HARM)
def test_a_harmful_file_gives_a_diagnostic(name):
    data, code = HARM[name]
    assert code in codes_of(data)


TABLE = b"<decisionTable"
HARMLESS = {
    "a huge attribute": SOUND.replace(b'name="m"', b'name="' + b"x" * 5_000_000 + b'"', 1),
    "a huge description": SOUND.replace(TABLE, b"<description>" + b"x" * 5_000_000 + b"</description>" + TABLE),
    "many attributes": SOUND.replace(TABLE, TABLE + b"".join(b' a%d=""' % n for n in range(100_000))),
    "many comments": SOUND.replace(TABLE, b"<!-- x -->" * 200_000 + TABLE),
    "UTF-16": SOUND.decode().encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf" + SOUND,
    "a large power": literal("10 ** 999999999 + 7 ** 0.5 ** 999999", {}),
    "a large duration": literal('@"P999999999D" * 999999999999 + @"-999999999-01-01"', {}),
}  # fmt: skip


@pytest.mark.parametrize("name", HARMLESS)
def test_a_strange_but_sound_file_is_read(name):
    assert codes_of(HARMLESS[name]) <= {"RF073"}


def test_requirements_in_a_circle_are_reported_however_long_the_circle_is():
    count = 3_000
    body = "".join(
        f'<decision id="d{n}" name="D{n}"><informationRequirement><requiredDecision href="#d{(n + 1) % count}"/>'
        "</informationRequirement><literalExpression><text>1</text></literalExpression></decision>"
        for n in range(count)
    )
    assert codes_of(definitions(body)) == {"RF068"}


def test_types_in_a_circle_are_reported():
    circle = '<itemDefinition name="a"><typeRef>b</typeRef></itemDefinition>'
    circle += '<itemDefinition name="b"><itemComponent name="c"><typeRef>a</typeRef></itemComponent></itemDefinition>'
    assert codes_of(definitions(circle)) == {"RF069"}


def test_a_type_that_unfolds_into_many_is_refused():
    part = '<itemComponent name="{}"><typeRef>t{}</typeRef></itemComponent>'
    bomb = "".join(
        f'<itemDefinition name="t{n}">{part.format("a", n + 1)}{part.format("b", n + 1)}</itemDefinition>'
        for n in range(35)
    )
    bomb += '<itemDefinition name="t35"><typeRef>number</typeRef></itemDefinition>'
    assert codes_of(definitions(bomb)) == {"RF062"}


def test_a_long_chain_of_types_is_refused():
    chain = "".join(f'<itemDefinition name="t{n}"><typeRef>t{n + 1}</typeRef></itemDefinition>' for n in range(5_000))
    assert "RF062" in codes_of(
        definitions(chain + '<itemDefinition name="t5000"><typeRef>number</typeRef></itemDefinition>')
    )


def test_nothing_is_fetched_for_an_import():
    body = '<import namespace="http://example.org/x" locationURI="http://example.org/x.dmn" name="x" importType="{}"/>'
    assert codes_of(definitions(body.format(NEWEST))) == {"RF067"}


PATHS = sorted(KIT.rglob("*.dmn"))
TOKENS = [
    b"<",
    b">",
    b"&",
    b'"',
    b"]]>",
    b"<text>",
    b"</text>",
    b"-",
    b"not(",
    b")",
    b"..",
    b"[",
    b"null",
    b"\x00",
    b"href",
    b"#",
]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_file_spoilt_at_random_gives_diagnostics_or_a_model(path):
    chance = random.Random(path.stem)
    data = path.read_bytes()
    for _ in range(25):
        spoilt = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(spoilt))
            spoilt[at : at + chance.choice([0, 1, 5, 200])] = chance.choice(TOKENS)
        codes_of(bytes(spoilt))


@pytest.mark.parametrize("path", PATHS[:6], ids=lambda path: path.stem)
def test_a_cell_spoilt_at_random_is_read_or_refused(path):
    chance = random.Random(path.stem)
    letters = "()[]<>=.,-+*/\"'@? \n1aZé" + "\N{NO-BREAK SPACE}"
    for _ in range(60):
        text = "".join(chance.choice(letters) for _ in range(chance.randint(1, 12)))
        codes_of(table([(text, text)], {"x": "number"}))


def test_places_count_characters_and_not_bytes():
    document = read_xml("<a>\n<b>é<c/>é</b>\r\n\t<d/></a>".encode(), "m.xml")
    assert isinstance(document, Document)
    places = {
        one.name: (one.line, one.column)
        for one in [document.root, *document.root.children, *document.root.children[0].children]
    }
    assert places == {"a": (1, 1), "b": (2, 1), "c": (2, 5), "d": (3, 2)}
