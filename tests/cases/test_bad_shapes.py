"""Values of the wrong kind at every key of every schema: told as such, at their place, without a traceback."""

import json
import types
from typing import Any, Literal, Union, get_args, get_origin

import pytest
from pydantic import BaseModel

from redflag_kit.source.nodes import Mapping, Sequence, plain
from redflag_kit.source.schemas import DOCUMENTS
from tests.cases.bad_projects import (
    CLAIMS,
    GUIDELINE,
    HAZARDS,
    MUTANTS,
    PROPERTIES,
    RECORD,
    SOURCES,
    VIGNETTES,
    VOCABULARY,
    build,
    run,
)
from tests.cases.test_bad_mutations import load_tree

pytestmark = pytest.mark.usefixtures("_equal_tables_are_examined_once")
FILES = {
    "redflag/vocabulary/1": VOCABULARY,
    "redflag/sources/1": SOURCES,
    "redflag/guideline/1": GUIDELINE,
    "redflag/vignettes/1": VIGNETTES,
    "redflag/properties/1": PROPERTIES,
    "redflag/hazards/1": HAZARDS,
    "redflag/claims/1": CLAIMS,
    "redflag/approval/1": RECORD,
    "redflag/mutants/1": MUTANTS,
}
HASH = "sha256:" + 8 * "01234567"
SAMPLE = {
    PROPERTIES: """\
schema: redflag/properties/1
vocabulary: back_pain
parameters:
  adult: {value: 18 a, cite: TEXTBOOK, evidence: opinion}
definitions:
  grown: {age_years: at_least adult}
note: made up
properties:
  - id: P-STEP
    title: A finding more
    hazard: harm
    cite: [TEXTBOOK]
    applies_to: [clinic@2024]
    monotone:
      adding: [numb_saddle, {injury: [none, major]}, {age_years: rising adult to 120 a}]
      outputs: [mri]
      within: grown
  - id: P-FLOOR
    title: A floor
    hazard: harm
    assumption: made up
    values: written
    floor: [{when: {all: [cauda_signs, grown]}, at_least: {mri: today}}]
    known: [{guideline: clinic, where: fever, reason: made up, cite: [CLINIC24]}]
""",
    HAZARDS: """\
schema: redflag/hazards/1
vocabulary: back_pain
judgement: made up
note: made up
matrix:
  cite: [TEXTBOOK]
  note: made up
  severity: [{id: small, means: little}, {id: grave, means: much}]
  likelihood: [{id: rare, means: seldom}, {id: often, means: often}]
  classes: [{id: fine, means: fine}, {id: bad, means: bad}]
  table:
    small: {rare: fine, often: fine}
    grave: {rare: fine, often: bad}
hazards:
  - id: HZ-1
    title: Cauda equina missed
    happens: it is missed
    causes: [nobody asked]
    effect: harm
    severity: {is: grave, reason: made up}
    likelihood_before: {is: often, reason: made up}
    likelihood_after: {is: rare, reason: made up}
    cite: [CLINIC24]
    controls: {rules: {clinic@2024: [M-CES]}, vignettes: [V1], other: [somebody looks]}
    note: made up
""",
    CLAIMS: """\
schema: redflag/claims/1
vocabulary: back_pain
title: A made-up article
groups: {ART: article}
sections: {A: Beginning}
note: made up
claims:
  - id: ART-1
    section: A
    says: 83 % hurt
    verdict: not_found
    why: made up
    sources: [CLINIC24]
    statistic: true
    figures: [83 %]
    vignettes: [V1]
  - {id: ART-2, section: A, says: backs hurt, verdict: opinion, why: made up, no_rule: made up}
contradictions:
  - {id: SX-1, says: both, claims: [ART-1, ART-2], patient: anybody, vignettes: [V1]}
""",
    RECORD: f"""\
schema: redflag/approval/1
id: record
guideline: clinic
decision: approve
who: A Reviewer <reviewer@example.org>
role: clinical-safety
date: 2026-02-28
expires: 2027-02-28
rationale: made up
conditions: [{{text: somebody looks, met: made up}}]
old: {{version: 2023.0.0, digest: {HASH}}}
new: {{version: 2024.0.0, digest: {HASH}}}
covers: [{{fingerprint: {HASH}, what: made up}}]
""",
    MUTANTS: """\
schema: redflag/mutants/1
guideline: clinic@2024.0.0
note: made up
exempt: [{id: a-fault, reason: made up}]
""",
}
WRONG = {"a list": ["a", "b"], "a map": {"a": "b"}, "a number": 3.5, "true": True, "a word": "zzz", "nothing": None}
KEYS = [
    (schema, field.alias or name, field)
    for schema, shape in sorted(DOCUMENTS.items())
    for name, field in shape.model_fields.items()
]


def kinds(annotation):
    """Return which kinds of value a place takes, or nothing where the language itself decides."""
    if annotation is Any:
        return set()
    if get_origin(annotation) is Literal:
        return {"a word"}
    if get_origin(annotation) in (Union, types.UnionType):
        return {kind for part in get_args(annotation) for kind in kinds(part)}
    if get_origin(annotation) is list:
        return {"a list"}
    if get_origin(annotation) is dict or (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
        return {"a map"}
    if annotation is type(None):
        return {"nothing"}
    if annotation is bool:
        return {"true"}
    return {"a word"} if annotation is str else {"a number"}


def told(project, capsys, monkeypatch, file, tree):
    """Return the diagnostics of a project in which one file is replaced, after checking the command itself."""
    (project / file).write_text(json.dumps(tree, default=float, indent=1), "utf-8")
    monkeypatch.chdir(project.parent)
    found = run(project, capsys, "check", "--format", "json")
    assert "Traceback" not in found.out + found.err
    assert found.exit_code in (1, 3)
    return [one for one in found.outcome["diagnostics"] if one["at"].startswith(file)]


def top(project, schema):
    return plain(load_tree(project / FILES[schema], project))


@pytest.mark.parametrize(
    ("schema", "key", "wrong"),
    [
        pytest.param(schema, key, wrong, id=f"{schema.split('/')[1]}-{key}-{wrong.replace(' ', '-')}")
        for schema, key, field in KEYS
        for wrong in WRONG
        if key != "schema" and wrong not in kinds(field.annotation)
    ],
)
def test_a_wrong_value_of_a_top_level_key_is_told_at_its_line(schema, key, wrong, tmp_path, capsys, monkeypatch):
    project = build({"add": SAMPLE}, tmp_path)
    tree = {one: value for one, value in top(project, schema).items() if one != key} | {key: WRONG[wrong]}
    found = told(project, capsys, monkeypatch, FILES[schema], tree)
    text = (project / FILES[schema]).read_text("utf-8")
    line = next(n for n, one in enumerate(text.split("\n"), 1) if one.startswith(f' "{key}":'))
    mine = [one for one in found if int(one["at"].split(":")[1]) >= line]
    assert mine
    if kinds(next(field.annotation for s, k, field in KEYS if (s, k) == (schema, key))):
        assert mine[0]["code"].split()[0] in ("RF103", "RF104")
        assert f"`{key}` must be" in mine[0]["message"]
        assert len(found) == 1


@pytest.mark.parametrize(
    ("schema", "key"),
    [(schema, key) for schema, key, field in KEYS if field.is_required()],
    ids=lambda one: one.removeprefix("redflag/").removesuffix("/1"),
)
def test_a_missing_top_level_key_is_told(schema, key, tmp_path, capsys, monkeypatch):
    project = build({"add": SAMPLE}, tmp_path)
    tree = {one: value for one, value in top(project, schema).items() if one != key}
    (found,) = told(project, capsys, monkeypatch, FILES[schema], tree)
    assert found["code"].split()[0] == ("RF105" if key == "schema" else "RF101")


def places(node, path=()):
    """Yield the path of every value of a tree."""
    yield path
    match node:
        case Mapping(entries):
            for key, value in entries:
                yield from places(value, (*path, key.text))
        case Sequence(items):
            for position, item in enumerate(items):
                yield from places(item, (*path, position))


def replaced(tree, path, value):
    if not path:
        return value
    copy = dict(tree) if isinstance(tree, dict) else list(tree)
    copy[path[0]] = replaced(tree[path[0]], path[1:], value)
    return copy


@pytest.mark.slow
@pytest.mark.parametrize("schema", sorted(FILES))
@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_value_anywhere_never_breaks_the_command(schema, wrong, tmp_path, capsys, monkeypatch):
    project = build({"add": SAMPLE}, tmp_path)
    monkeypatch.chdir(tmp_path)
    node = load_tree(project / FILES[schema], project)
    tree = plain(node)
    for path in list(places(node))[::3]:
        (project / FILES[schema]).write_text(json.dumps(replaced(tree, path, WRONG[wrong]), default=float), "utf-8")
        found = run(project, capsys, "check", "--format", "json")
        assert found.exit_code in (0, 1, 3), (path, found.err)
